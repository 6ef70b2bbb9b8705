/**
 * ```ts
 * const assessment = assess(await readInventory("estate.xlsx"), checklist, waivers);
 * assessment.verdict; // "ready", "incomplete" or "blocked"
 * new LiftAndShift(stack, "wave-1", { assessment, … }); // refuses to be synthesized unless it is ready
 * ```
 *
 * The assessment of an inventory and a checklist. An `Assessment` cannot be written, only earned: its constructor is private,
 * and `assess()` is the one that calls it. So whoever holds one knows that all rules have looked at this inventory and this
 * checklist.
 */
import { z } from "zod";
import type { AssessmentRecord, Verdict } from "../core/assessment-record";
import { admit } from "../core/door/admit";
import { MigrationError } from "../core/error";
import { isBlocking, sortFindings, type Finding } from "../core/finding";
import { isoDate, today, type IsoDate } from "../core/iso-date";
import { ruleRules, runRules, type Rule } from "../core/rule";
import { dataWithoutSecrets } from "../core/secret/redact";
import { applyWaivers, waiverExpired, waiverRules, waiverSchema, waiverUnused, type Waiver } from "../core/waiver";
import type { Inventory } from "../inventory/model";
import { readerRules } from "../inventory/reader-rules";
import { checklistSchema, type Checklist, type ChecklistInput } from "./checklist/checklist";
import { sourceOf } from "./checklist/item-locations";
import { applyDecisions } from "./decisions";
import { summarizeEvidence, type Evidence } from "./evidence";
import { invalidDocument } from "./invalid-document";
import { assessmentRules } from "./rules/all";
import { checklistUnanswered } from "./rules/checklist-rules";
import { externalIntegrationWithoutOwner } from "./rules/dependency-rules";
import { osUnknown } from "./rules/operating-system-rules";
import { questionnaireUnanswered } from "./rules/questionnaire-rules";
import { assessmentSubject, type AssessmentSubject } from "./subject";

/** Options for {@link assess}. */
export interface AssessOptions {
  /**
   * The day for which the assessment holds, `YYYY-MM-DD`: ends of support and of waivers are judged by it. Pin it where the
   * outcome must not change by itself, in a test for example.
   * @default - today, in UTC
   */
  readonly asOf?: IsoDate;
  /**
   * Rules of your own, which run beside those of the library. Their findings block, are waived and are reported like all others.
   * @default - the rules of the library alone
   */
  readonly rules?: readonly Rule<AssessmentSubject>[];
}

interface AssessmentContent extends AssessmentRecord {
  readonly inventory: Inventory;
  readonly checklist: Checklist;
  readonly evidence: readonly Evidence[];
}

let make: (content: AssessmentContent) => Assessment;

/**
 * The outcome of {@link assess}: the inventory and the checklist, the findings about them, and whether the migration may be
 * provisioned.
 */
export class Assessment implements AssessmentRecord {
  static {
    make = (content) => new Assessment(content);
  }

  /** The verdict: `ready`, `incomplete` (the only blockers are that something is not known) or `blocked`. */
  public readonly verdict: Verdict;
  /** All findings, heaviest first, waived findings and findings about waivers included. */
  public readonly findings: readonly Finding[];
  /** All waivers that were given. */
  public readonly waivers: readonly Waiver[];
  /** The waivers in force that name a rule that `assess()` does not run: those of constructs. */
  public readonly deferredWaivers: readonly Waiver[];
  public readonly asOf: IsoDate;
  /** The inventory, with the checklist's decisions about its servers in it. Constructs take their servers from here. */
  public readonly inventory: Inventory;
  /** The checklist, defaults filled in. */
  public readonly checklist: Checklist;
  /** The evidence for each item of the checklist. */
  public readonly evidence: readonly Evidence[];
  /** The private field that makes the type nominal: an object that merely has these properties is not an assessment. */
  readonly #earned = true;

  private constructor(content: AssessmentContent) {
    this.verdict = content.verdict;
    this.findings = content.findings;
    this.waivers = content.waivers;
    this.deferredWaivers = content.deferredWaivers;
    this.asOf = content.asOf;
    this.inventory = content.inventory;
    this.checklist = content.checklist;
    this.evidence = content.evidence;
  }

  /** Checks whether the value was made by `assess()`. */
  public static isAssessment(value: unknown): value is Assessment {
    return typeof value === "object" && value !== null && #earned in value;
  }
}

/**
 * Assesses an inventory and a checklist by every rule of the assessment.
 *
 * A secret in what is assessed is not kept: constructs and reports get its kind in its place, and a finding says where it stands.
 *
 * The findings of the inventory's readers are part of the outcome. A waiver that names a rule of the assessment and covers
 * nothing, or is past its last day, is a finding; one that names another rule is left to the constructs.
 *
 * @throws MigrationError `CHECKLIST_INVALID`, `ASSESSMENT_WAIVER_INVALID`, `ASSESSMENT_AS_OF`, `ASSESSMENT_RULE_ID`
 */
export function assess(
  inventory: Inventory,
  checklist: ChecklistInput,
  waivers: readonly Waiver[] = [],
  options: AssessOptions = {},
): Assessment {
  // The checklist is parsed below, and everything that it lacks is listed at once.
  admit("assess", { inventory, waivers, options });
  return assessClean(dataWithoutSecrets(inventory), checklist, dataWithoutSecrets(waivers), options);
}

function assessClean(
  inventory: Inventory,
  checklist: ChecklistInput,
  waivers: readonly Waiver[],
  options: AssessOptions,
): Assessment {
  const asOf = options.asOf ?? today();
  if (!isoDate.safeParse(asOf).success) {
    throw new MigrationError({
      code: "ASSESSMENT_AS_OF",
      path: "asOf",
      received: asOf,
      allowed: "a calendar day, YYYY-MM-DD",
      fix: "write the day of the assessment, like 2026-07-01",
    });
  }
  checkWaivers(waivers);
  const rules = [...assessmentRules, ...ownRules(options.rules ?? [])];
  const locate = sourceOf(checklist);
  const parsed = checklistSchema.safeParse(checklist);
  if (!parsed.success) {
    throw invalidDocument("CHECKLIST_INVALID", "checklist", parsed.error, (path) => locate(plainPath(path)));
  }
  const answers = dataWithoutSecrets(parsed.data);
  const decided = applyDecisions(inventory, answers);
  const subject = assessmentSubject(decided, answers, asOf, locate);

  const observed = [...inventory.findings.map(withoutWaiver), ...runRules(rules, subject)];
  const { findings, used } = applyWaivers(observed, waivers, asOf);

  const own = judgedRuleIds(inventory, rules);
  const judged = waivers.filter((waiver) => own.has(waiver.rule));
  const deferredWaivers = waivers.filter(
    (waiver) => !own.has(waiver.rule) && !used.has(waiver) && waiver.expires >= asOf,
  );
  const all = sortFindings([
    ...findings,
    ...waiverExpired({ waivers, used, asOf }),
    ...waiverUnused({ waivers: judged, used, asOf }),
  ]);
  return make({
    verdict: verdictOf(all),
    findings: all,
    waivers,
    deferredWaivers,
    asOf,
    inventory: decided,
    checklist: answers,
    evidence: summarizeEvidence(subject),
  });
}

/** The rules whose findings mean that something is not known, rather than that something is wrong. */
const INCOMPLETE: ReadonlySet<string> = new Set([
  checklistUnanswered.id,
  questionnaireUnanswered.id,
  externalIntegrationWithoutOwner.id,
  osUnknown.id,
]);

function verdictOf(findings: readonly Finding[]): Verdict {
  const blocking = findings.filter(isBlocking);
  if (blocking.length === 0) return "ready";
  return blocking.every((finding) => INCOMPLETE.has(finding.rule)) ? "incomplete" : "blocked";
}

/**
 * Returns the finding without its waiver: an inventory that was written by an earlier run may carry waivers that were not
 * given to this one.
 */
function withoutWaiver({ waived: _waived, ...finding }: Finding): Finding {
  return finding;
}

/** Returns the caller's rules, each with an id that no other has: waivers and reports know a rule by its id alone. */
function ownRules(rules: readonly Rule<AssessmentSubject>[]): readonly Rule<AssessmentSubject>[] {
  const taken = new Set([...assessmentRules, ...readerRules, ...waiverRules, ...ruleRules].map(({ id }) => id));
  rules.forEach(({ id }, index) => {
    if (taken.has(id)) {
      throw new MigrationError({
        code: "ASSESSMENT_RULE_ID",
        path: `options.rules[${index}].id`,
        received: id,
        allowed: "an id that no other rule has",
        fix: "put your firm's name before it, as in acme-server-name",
      });
    }
    taken.add(id);
  });
  return rules;
}

/** Returns the ids of the rules whose waivers are judged here; those of constructs are judged at synthesis. */
function judgedRuleIds(inventory: Inventory, rules: readonly Rule<AssessmentSubject>[]): ReadonlySet<string> {
  // A rule that failed is not among them: a construct's rule may fail as well, so its waiver is judged at the end.
  const ids = [...rules, ...readerRules, ...waiverRules].map((rule) => rule.id);
  const failed = new Set(ruleRules.map((rule) => rule.id));
  return new Set([...ids, ...inventory.findings.map((finding) => finding.rule)].filter((id) => !failed.has(id)));
}

function checkWaivers(waivers: readonly Waiver[]): void {
  const result = z.array(waiverSchema).safeParse(waivers.map(({ location: _location, ...waiver }) => waiver));
  if (!result.success) {
    throw invalidDocument("ASSESSMENT_WAIVER_INVALID", "waivers", result.error, (path) => {
      const [index] = path;
      return typeof index === "number" ? waivers[index]?.location : undefined;
    });
  }
}

function plainPath(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((part) => (typeof part === "symbol" ? String(part) : part));
}
