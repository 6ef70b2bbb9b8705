/** A rehearsal for a pull request or a wiki (GitHub Flavored Markdown Spec): findings first, then one section a migration. */
import type { Finding } from "../../core/finding";
import { printable } from "../../core/printable";
import { capital } from "../../core/words";
import type { Rehearsal, RehearsedTransition } from "./rehearsal";
import { arrow } from "./rehearsal-text";
import { tell, type RehearsalRenderOptions } from "./tell";

/** The rehearsal as Markdown. Nothing from the user's code can close a table or open an HTML element. Ends with a line feed. */
export function rehearsalMarkdown({ transitions, findings }: Rehearsal, options: RehearsalRenderOptions = {}): string {
  const byMigration = new Map<string, RehearsedTransition[]>();
  for (const transition of transitions) {
    const same = byMigration.get(transition.migration);
    if (same === undefined) byMigration.set(transition.migration, [transition]);
    else same.push(transition);
  }
  return [
    "# Rehearsal",
    "",
    "What each transition does to the resources, by the Terraform of neighbouring stages. Nothing was deployed.",
    "",
    "## Findings",
    "",
    ...(findings.length === 0 ? ["None."] : findings.map(findingLine)),
    ...[...byMigration.values()].flatMap((own) => section(own, options)),
    "",
  ].join("\n");
}

function findingLine({ rule, severity, message, remedy, waived }: Finding): string {
  const accepted =
    waived === undefined
      ? ` Remedy: ${escape(remedy)}.`
      : ` Waived by ${escape(waived.approvedBy)} until ${waived.expires}: ${escape(waived.reason)}.`;
  return `- **${waived === undefined ? severity : "waived"}** \`${rule}\`: ${escape(message)}.${accepted}`;
}

function section(transitions: readonly RehearsedTransition[], options: RehearsalRenderOptions): string[] {
  return transitions.flatMap((transition, index) => [
    ...(index === 0 ? ["", `## ${escape(transition.migration)} (${escape(transition.pattern)})`] : []),
    "",
    `### ${escape(capital(arrow(transition)))}`,
    "",
    ...tell(transition, options).map((line) => `- ${escape(line)}`),
  ]);
}

// Everything that GitHub Flavored Markdown gives a meaning inside a paragraph.
function escape(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|~#&]/g, "\\$&");
}
