/** A wave plan as text, Markdown and JSON. */
import type { Finding } from "../core/finding";
import type { Wave, WavePlan } from "../plan/waves/plan-waves";
import { findingsText } from "./findings-text";
import { painter, wrap, type LayoutOptions } from "./text-layout";
import { codeCell, escapeMarkdown, markdownTable } from "../core/markdown";
import { printable } from "../core/printable";
import { count } from "../core/text";

/** A wave plan with the findings of its rules. */
export interface ReportedWavePlan {
  readonly plan: WavePlan;
  readonly findings: readonly Finding[];
}

/** Renders a wave plan as plain text: each wave with its groups, then the findings. Ends with a line feed. */
export function wavePlanText({ plan, findings }: ReportedWavePlan, options: LayoutOptions = {}): string {
  const { width = 100, color = false } = options;
  const paint = painter(color);
  const waves = plan.waves.flatMap((wave) => [
    paint("bold", titleOf(wave)),
    ...wave.groups.flatMap(({ moves }) => wrap(printable(moves.join(", ")), width, "  - ", "    ")),
    "",
  ]);
  return `${[...waves, ...(findings.length === 0 ? [] : findingsText(findings, options))].join("\n").trimEnd()}\n`;
}

/** Renders a wave plan as Markdown: a table of the waves, and one of the findings. Ends with a line feed. */
export function wavePlanMarkdown({ plan, findings }: ReportedWavePlan): string {
  const rows = plan.waves.map((wave) => {
    const groups = wave.groups.map(({ moves }) => escapeMarkdown(moves.join(", "))).join("<br>");
    return [escapeMarkdown(wave.name), wave.day ?? "", String(wave.moves.length), groups];
  });
  const found = findings.map(({ severity, rule, subject, message }) => [
    severity,
    codeCell(rule),
    escapeMarkdown(subject),
    escapeMarkdown(message),
  ]);
  return [
    "# Waves",
    "",
    ...markdownTable(["Wave", "Day", "Moves", "Together"], rows),
    ...(found.length === 0
      ? []
      : ["", "## Findings", "", ...markdownTable(["Severity", "Rule", "Subject", "Finding"], found)]),
    "",
  ].join("\n");
}

/**
 * Renders a wave plan as JSON: `waves`, each with its number, name, day, groups and moves, and `findings`. Ends with a line
 * feed.
 */
export function wavePlanJson({ plan, findings }: ReportedWavePlan): string {
  return `${JSON.stringify({ waves: plan.waves, findings }, undefined, 2)}\n`;
}

function titleOf(wave: Wave): string {
  return [wave.name, ...(wave.day === undefined ? [] : [wave.day]), count(wave.moves.length, "move")].join(", ");
}
