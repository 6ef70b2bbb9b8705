/** The report on a hand-over, for people and for programs. Addresses and ids are in it, and no value of a state. */
import { isBlocking } from "../core/finding";
import { printable } from "../core/printable";
import { count } from "../core/text";
import type { HandOver } from "../plan/hand-over/model";
import { findingsText } from "./findings-text";
import { formatTally, tally } from "./tally";
import { DEFAULT_WIDTH, painter, wrap, type LayoutOptions } from "./text-layout";

/** A hand-over, and where it was written. */
export interface ReportedHandOver extends HandOver {
  /** The folder that was written; undefined where nothing was. */
  readonly folder?: string;
}

/** Renders the report as plain text. Ends with a line feed. */
export function handOverText(report: ReportedHandOver, options: LayoutOptions = {}): string {
  const { width = DEFAULT_WIDTH, color = false } = options;
  const paint = painter(color);
  const { app, migration, stack, stage, imports, stateMoves, released, ends, beside, findings, folder } = report;
  const blocked = findings.some(isBlocking);
  const verdict = paint("bold", paint(blocked ? "red" : "green", blocked ? "BLOCKED" : "READY"));
  const lines = [
    `migration: ${app}/${migration} of the stack ${stack}, in ${stage ?? "a stage that only Terraform knows"}`,
    `stays: ${count(imports.length, "resource")} by import, ${stateMoves.length} by moving the state`,
    ...(beside.length === 0 ? [] : [`goes along, because it refers to what leaves: ${beside.join(", ")}`]),
    ...(released.length === 0 ? [] : [`leaves Terraform and stays in the account: ${released.join(", ")}`]),
    `ends with the construct: ${ends.length === 0 ? "nothing" : ends.join(", ")}`,
    folder === undefined
      ? blocked
        ? "nothing was written"
        : "nothing was written: name a folder with --output"
      : `written: ${folder}; go on with ${folder}/README.md`,
  ];
  return [
    ...wrap(`hand-over: ${verdict}, ${formatTally(tally(findings))}`, width, "", "  "),
    ...lines.flatMap((line) => wrap(printable(line), width, "  ", "    ")),
    ...findingsText(findings, options),
    "",
  ].join("\n");
}

/** Renders the report as JSON, keys in a fixed order. Ends with a line feed. */
export function handOverJson(report: ReportedHandOver): string {
  const { app, migration, stack, stage, imports, settings, stateMoves, released, rewritten, ends } = report;
  const { beside, variables, findings, files, folder } = report;
  const document = {
    app,
    migration,
    stack,
    stage: stage ?? null,
    verdict: findings.some(isBlocking) ? "blocked" : "ready",
    folder: folder ?? null,
    files: files.map(({ name }) => name),
    imports,
    settings,
    stateMoves,
    released,
    rewritten,
    ends,
    beside,
    variables,
    findings,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
