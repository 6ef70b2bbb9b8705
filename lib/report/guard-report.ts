/** The guard's report on a plan, in all formats. Names of attributes, addresses and stages are in it, and no value. */
import { groupBy } from "../core/collections";
import { admit } from "../core/door/admit";
import { isBlocking } from "../core/finding";
import { codeSpan, escapeMarkdown, markdownTable } from "../core/markdown";
import { printable } from "../core/printable";
import { listed } from "../core/text";
import { dataWithoutSecrets } from "../core/secret/redact";
import type { GuardReport } from "../plan/guard/guard";
import { guardRules } from "../plan/guard/guard-rules";
import type { PlannedEffect } from "../plan/guard/guarded-change";
import { plannedStagePhrase } from "../plan/guard/planned-stages";
import { findingsMarkdown } from "./assessment-markdown";
import { findingsText } from "./findings-text";
import { findingsJunit } from "./junit";
import type { RenderOptions } from "./render";
import type { ReportFormat } from "./reported-assessment";
import { findingsSarif } from "./sarif";
import { formatTally, tally } from "./tally";
import { DEFAULT_WIDTH, painter, wrap } from "./text-layout";

/** Renders the guard's report in a format. Ends with a line feed. */
export function renderGuardReport(report: GuardReport, format: ReportFormat, options: RenderOptions = {}): string {
  admit("renderGuardReport", { report, format, options });
  return writeGuardReport(dataWithoutSecrets(report), format, options);
}

function writeGuardReport(report: GuardReport, format: ReportFormat, options: RenderOptions): string {
  const { findings, asOf } = report;
  switch (format) {
    case "text":
      return guardText(report, options);
    case "json":
      return guardJson(report);
    case "markdown":
      return guardMarkdown(report, options);
    case "sarif":
      return findingsSarif(findings, {
        asOf,
        toolVersion: options.toolVersion,
        defaultFile: options.defaultFile,
        rules: guardRules,
      });
    case "junit":
      return findingsJunit(findings, { rules: guardRules });
  }
}

function guardText(report: GuardReport, options: RenderOptions): string {
  const { width = DEFAULT_WIDTH, color = false } = options;
  const paint = painter(color);
  const blocked = report.findings.some(isBlocking);
  const verdict = paint("bold", paint(blocked ? "red" : "green", blocked ? "BLOCKED" : "PASSED"));
  return [
    ...wrap(`guard: ${verdict}, ${formatTally(tally(report.findings))}`, width, "", "  "),
    ...facts(report).flatMap((line) => wrap(printable(line), width, "  ", "    ")),
    ...findingsText(report.findings, options),
    "",
  ].join("\n");
}

function guardMarkdown(report: GuardReport, options: RenderOptions): string {
  const blocked = report.findings.some(isBlocking);
  const icon = blocked ? ":no_entry:" : ":white_check_mark:";
  return [
    `# Guard: ${blocked ? "blocked" : "passed"}`,
    "",
    `${icon} ${codeSpan(report.plan)}, as of ${report.asOf}: ${formatTally(tally(report.findings))}.`,
    "",
    ...facts(report)
      .slice(1)
      .map((line) => `- ${escapeMarkdown(line)}`),
    ...(report.changes.length === 0 ? [] : ["", ...effectTable(report)]),
    ...findingsMarkdown(report.findings, options),
    "",
  ].join("\n");
}

/** The changes as a program reads them, in the order of the plan; keys in a fixed order. */
function guardJson({ plan, terraformVersion, asOf, stages, serves, changes, findings }: GuardReport): string {
  const document = {
    plan,
    terraformVersion: terraformVersion ?? null,
    asOf,
    verdict: findings.some(isBlocking) ? "blocked" : "passed",
    serves,
    migrations: stages.map(({ app, migration, from, to, reached, withdrawn }) => ({
      app,
      migration,
      from: from ?? null,
      to: to ?? null,
      reached: reached ?? null,
      withdrawn,
    })),
    changes: changes.map(({ address, type, effect, movedFrom, imported, deposed, replacedBy, cuts }) => ({
      address,
      type,
      effect,
      movedFrom: movedFrom ?? null,
      imported,
      deposed,
      replacedBy,
      cuts: cuts.map(({ kind, attributes, certain }) => ({ kind, attributes, certain })),
    })),
    findings,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Lines for people: the plan, its changes, its migrations. */
function facts({ plan, terraformVersion, stages, serves, changes }: GuardReport): string[] {
  const effects = groupBy(changes, ({ effect }) => effect);
  const counted = EFFECTS.flatMap((effect) => {
    const own = effects.get(effect)?.length ?? 0;
    return own === 0 ? [] : [`${own} ${effect}`];
  });
  const moved = changes.filter(({ movedFrom }) => movedFrom !== undefined).length;
  const imported = changes.filter((each) => each.imported).length;
  const beside = [...(moved > 0 ? [`${moved} moved`] : []), ...(imported > 0 ? [`${imported} imported`] : [])];
  const all = [...counted, ...beside];
  return [
    `plan: ${plan}${terraformVersion === undefined ? "" : `, of version ${terraformVersion}`}`,
    `resources: ${all.length === 0 ? "nothing changes" : listed(all)}`,
    ...stages.map(plannedStagePhrase),
    stages.length === 0
      ? "no migration records its stage in this plan: whatever carries traffic counts as in use"
      : serves
        ? "lost traffic blocks: production may depend on what is planned"
        : "lost traffic is a warning: no stage of this plan serves",
  ];
}

const EFFECTS: readonly PlannedEffect[] = ["created", "changed", "replaced", "destroyed", "forgotten"];

function effectTable({ changes }: GuardReport): string[] {
  const effects = groupBy(changes, ({ effect }) => effect);
  return markdownTable(
    ["Effect", "Resources"],
    EFFECTS.flatMap((effect) => {
      const own = effects.get(effect)?.length ?? 0;
      return own === 0 ? [] : [[effect, String(own)]];
    }),
  );
}
