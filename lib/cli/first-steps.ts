/** The first steps: the answer to a call without a command. */
import { painter } from "../report/text-layout";
import type { ManualOptions } from "./manual";

const PROGRAM = "migration-patterns";

/** The first steps, each with its command. */
const STEPS: readonly (readonly [text: string, command: string])[] = [
  ["What is in your export?", `${PROGRAM} inventory estate.xlsx`],
  ["Which pattern fits?", `${PROGRAM} help recommend`],
  ["Write a repo with both:", `${PROGRAM} init platform --inventory estate.xlsx`],
  ["What is missing before it may start?", "cd platform && npm install && npx cdktf synth"],
];

/** Returns the text: ten lines, the last of them empty. */
export function firstSteps({ color }: Pick<ManualOptions, "color">): string {
  const paint = painter(color);
  const longest = Math.max(...STEPS.map(([text]) => text.length));
  return [
    `${PROGRAM} reads what is to be migrated, says whether the migration may start, and writes its Terraform.`,
    "",
    ...STEPS.map(([text, command], index) => `  ${index + 1}  ${text.padEnd(longest)}  ${paint("bold", command)}`),
    "",
    `All commands: ${PROGRAM} --help; one of them: ${PROGRAM} help init`,
    "",
  ].join("\n");
}
