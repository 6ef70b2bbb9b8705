/** Renders a rehearsal for a terminal: one paragraph per transition, resources grouped by what happens to them. */
import { admit } from "../../core/door/admit";
import { formatFinding } from "../../core/finding";
import { printable } from "../../core/printable";
import { dataWithoutSecrets } from "../../core/secret/redact";
import { transitionEnds } from "../transition";
import type { Rehearsal, RehearsedTransition } from "./rehearsal";
import { sincePreviousLines, transitionLines, type RehearsalRenderOptions } from "./transition-lines";

/** Renders the rehearsal as plain text; control characters in names are written as escapes. Ends with a line feed. */
export function rehearsalText(rehearsal: Rehearsal, options: RehearsalRenderOptions = {}): string {
  admit("rehearsalText", { rehearsal, options });
  return writeRehearsalText(dataWithoutSecrets(rehearsal), options);
}

function writeRehearsalText(rehearsal: Rehearsal, options: RehearsalRenderOptions): string {
  const { transitions, findings } = rehearsal;
  const lines: string[] = [];
  let migration: string | undefined;
  for (const transition of transitions) {
    if (transition.migration !== migration) {
      if (migration !== undefined) lines.push("");
      ({ migration } = transition);
      lines.push(`${migration} (${transition.pattern})`);
    }
    lines.push(`  ${transitionArrow(transition)}`);
    for (const sentence of transitionLines(transition, options)) lines.push(`    ${sentence}`);
  }
  lines.push("", "since the previous synthesis");
  for (const sentence of sincePreviousLines(rehearsal, options)) lines.push(`  ${sentence}`);
  lines.push("", ...findings.map(formatFinding));
  if (findings.length === 0) lines.push("no findings");
  return `${lines.map((line) => line.split("\n").map(printable).join("\n")).join("\n")}\n`;
}

/** Formats the transition with an arrow: `forward: test → cutover`, `back: replicate → withdrawn`. */
export function transitionArrow(transition: RehearsedTransition): string {
  return `${transition.direction}: ${transitionEnds(transition)}`;
}
