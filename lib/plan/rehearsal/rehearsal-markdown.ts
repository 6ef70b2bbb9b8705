/** Renders a rehearsal for a pull request or a wiki (GitHub Flavored Markdown Spec): findings, then a section per migration. */
import { groupBy } from "../../core/collections";
import { admit } from "../../core/door/admit";
import type { Finding } from "../../core/finding";
import { codeSpan, escapeMarkdown } from "../../core/markdown";
import { capital } from "../../core/text";
import { dataWithoutSecrets } from "../../core/secret/redact";
import type { Rehearsal, RehearsedTransition } from "./rehearsal";
import { transitionArrow } from "./rehearsal-text";
import { sincePreviousLines, transitionLines, type RehearsalRenderOptions } from "./transition-lines";

/** Renders the rehearsal as Markdown. No text of the user's code can close a table or open HTML. Ends with a line feed. */
export function rehearsalMarkdown(rehearsal: Rehearsal, options: RehearsalRenderOptions = {}): string {
  admit("rehearsalMarkdown", { rehearsal, options });
  return writeRehearsalMarkdown(dataWithoutSecrets(rehearsal), options);
}

function writeRehearsalMarkdown(rehearsal: Rehearsal, options: RehearsalRenderOptions): string {
  const { transitions, findings } = rehearsal;
  const byMigration = groupBy(transitions, ({ migration }) => migration);
  return [
    "# Rehearsal",
    "",
    "What each transition does to the resources, by the Terraform of neighbouring stages. Nothing was deployed.",
    "",
    "## Findings",
    "",
    ...(findings.length === 0 ? ["None."] : findings.map(findingLine)),
    "",
    "## Since the previous synthesis",
    "",
    ...sincePreviousLines(rehearsal, options).map((line) => `- ${escapeMarkdown(line)}`),
    ...[...byMigration.values()].flatMap((own) => section(own, options)),
    "",
  ].join("\n");
}

function findingLine({ rule, severity, message, remedy, waived }: Finding): string {
  const accepted =
    waived === undefined
      ? ` Remedy: ${escapeMarkdown(remedy)}.`
      : ` Waived by ${escapeMarkdown(waived.approvedBy)} until ${waived.expires}: ${escapeMarkdown(waived.reason)}.`;
  return `- **${waived === undefined ? severity : "waived"}** ${codeSpan(rule)}: ${escapeMarkdown(message)}.${accepted}`;
}

function section(transitions: readonly RehearsedTransition[], options: RehearsalRenderOptions): string[] {
  return transitions.flatMap((transition, index) => [
    ...(index === 0 ? ["", `## ${escapeMarkdown(transition.migration)} (${escapeMarkdown(transition.pattern)})`] : []),
    "",
    `### ${escapeMarkdown(capital(transitionArrow(transition)))}`,
    "",
    ...transitionLines(transition, options).map((line) => `- ${escapeMarkdown(line)}`),
  ]);
}
