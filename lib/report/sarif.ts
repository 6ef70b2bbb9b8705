/**
 * SARIF 2.1.0, the format in which code-scanning services take findings (OASIS Standard "Static Analysis Results Interchange
 * Format (SARIF) Version 2.1.0"; section numbers below are its own). A spreadsheet has no lines, so a finding in one names
 * the file as its physical and the sheet, row and column as its logical location; only text files have a region.
 */
import { createHash } from "node:crypto";
import type { Verdict } from "../core/assessment-record";
import { admit } from "../core/door/admit";
import { sortFindings, type Finding, type Severity } from "../core/finding";
import type { IsoDate } from "../core/iso-date";
import { formatLocation, type Location } from "../core/location";
import type { RuleDescription } from "../core/rule";
import { reportedRules } from "./reported-rules";

/** Options of {@link findingsSarif}. */
export interface SarifOptions {
  /**
   * The version of the library, for `tool.driver.version`.
   * @default - no version
   */
  readonly toolVersion?: string;
  /**
   * The rules that were run.
   * @default - those of an assessment
   */
  readonly rules?: readonly RuleDescription[];
  /**
   * The verdict, kept in the run's property bag.
   * @default - none: the findings are of a reader
   */
  readonly verdict?: Verdict;
  /**
   * The day for which the findings hold, kept in the run's property bag.
   * @default - none
   */
  readonly asOf?: IsoDate;
  /**
   * The file to which findings are attributed that have none of their own, as its name is to be in the report. GitHub code scanning
   * refuses a whole SARIF file of which one result has no physical location ("SARIF support for code scanning", `locations[]`).
   * @default - such findings have a logical location alone
   */
  readonly defaultFile?: string;
}

/** The SARIF levels of the severities (3.27.10: error, warning and note). */
const LEVELS: Record<Severity, "error" | "warning" | "note"> = { blocker: "error", warning: "warning", info: "note" };

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/** Renders findings as one SARIF run. Ends with a line feed. */
export function findingsSarif(findings: readonly Finding[], options: SarifOptions = {}): string {
  admit("findingsSarif", { findings, options });
  const sorted = sortFindings(findings);
  const rules = reportedRules(sorted, options.rules);
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
  const properties = {
    ...(options.verdict === undefined ? {} : { verdict: options.verdict }),
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
  };
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "migration-patterns",
            ...(options.toolVersion === undefined ? {} : { version: options.toolVersion }),
            rules: rules.map(descriptor),
          },
        },
        invocations: [{ executionSuccessful: true }],
        columnKind: "utf16CodeUnits",
        results: results(sorted, ruleIndex, options.defaultFile),
        ...(Object.keys(properties).length === 0 ? {} : { properties }),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor(rule: RuleDescription): unknown {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: {
      text: `Why: ${rule.why}.\nRemedy: ${rule.remedy}.`,
      markdown: `**Why:** ${rule.why}.\n\n**Remedy:** ${rule.remedy}.`,
    },
    defaultConfiguration: { level: LEVELS[rule.severity] },
  };
}

function results(
  sorted: readonly Finding[],
  ruleIndex: ReadonlyMap<string, number>,
  defaultFile: string | undefined,
): unknown[] {
  const seen = new Map<string, number>();
  return sorted.map((finding) => {
    const identity = JSON.stringify([finding.rule, finding.subject]);
    const ordinal = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, ordinal);
    return {
      ruleId: finding.rule,
      ruleIndex: ruleIndex.get(finding.rule),
      level: LEVELS[finding.severity],
      message: { text: messageText(`${finding.subject}: ${finding.message}. Remedy: ${finding.remedy}.`) },
      locations: [sarifLocation(finding.subject, finding.location, defaultFile)],
      // Neither the message nor the row is part of the identity: a day that has passed, or a server added above, must not
      // turn a known finding into a new alert.
      partialFingerprints: { "ruleSubjectOrdinal/v1": fingerprint(`${identity}#${ordinal}`) },
      // 3.27.23: all results of a run have suppressions, or none has; an empty array says "looked at, not suppressed".
      suppressions: finding.waived === undefined ? [] : [suppression(finding.waived)],
    };
  });
}

/**
 * Returns the text so that a viewer shows it as it is: what looks like an embedded link, whose target may be anything, and what
 * looks like a placeholder for an argument is escaped as the standard has it (3.11.6 and 3.11.5), and nothing else, because
 * not every viewer takes the escapes back.
 */
function messageText(text: string): string {
  const linkless = text.replace(/\[([^[\]]*)\](?=\()/g, "\\[$1\\]");
  return /\{\d+\}/.test(linkless) ? linkless.replace(/[{}]/g, "$&$&") : linkless;
}

function suppression({ reason, approvedBy, expires }: NonNullable<Finding["waived"]>): unknown {
  // 3.35: external, because the waiver is a file or code of its own and not a comment in the inventory.
  return {
    kind: "external",
    status: "accepted",
    justification: `${reason} (${approvedBy}, until ${expires})`,
    properties: { approvedBy, expires },
  };
}

function sarifLocation(subject: string, location: Location = {}, defaultFile?: string): unknown {
  const { file = defaultFile, line, character } = location;
  // The file is said by the physical location; what is left says where in it.
  const place = formatLocation({
    sheet: location.sheet,
    row: location.row,
    column: location.column,
    path: location.path,
  });
  return {
    ...(file === undefined
      ? {}
      : {
          physicalLocation: {
            artifactLocation: { uri: fileUri(file) },
            ...(line === undefined
              ? {}
              : { region: { startLine: line, ...(character === undefined ? {} : { startColumn: character }) } }),
          },
        }),
    logicalLocations: [
      { name: subject, ...(place === "" ? {} : { fullyQualifiedName: `${subject} (${place})` }), kind: "resource" },
    ],
  };
}

/**
 * A file's name as a URI reference (RFC 3986, 3.4.3 and 3.4.4 of the standard): absolute paths become `file:` URIs, relative
 * ones stay relative, so that a service finds them in the repository.
 */
export function fileUri(file: string): string {
  const windows = /^[A-Za-z]:[\\/]|^\\\\/.test(file);
  const path = windows ? file.replaceAll("\\", "/") : file;
  const encoded = path
    .split("/")
    .map((segment, index) =>
      windows && index === 0 && segment.endsWith(":")
        ? segment
        : encodeURIComponent(segment.replace(/\p{Surrogate}/gu, "\ufffd")),
    )
    .join("/");
  if (encoded.startsWith("//")) return `file:${encoded}`;
  if (encoded.startsWith("/")) return `file://${encoded}`;
  return windows ? `file:///${encoded}` : encoded;
}

function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
