import { environmentSection, formatOption, outputOption, type CommandPage } from "../command-page";

/** The help of `migration-patterns rules`. */
export const rulesPage: CommandPage = {
  name: "rules",
  summary: "list all rules: what each finds, why it matters, how to fix it",
  synopsis: ["rules [OPTION]... [RULE]..."],
  description: [
    "Prints every rule of the library, or only those named: its id, which a waiver names; its severity (blocker, warning, " +
      "info); what it finds; why that matters, with the source of any limit; and how to fix it.",
  ],
  options: [formatOption(["text", "json", "markdown"]), outputOption],
  sections: [
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "Printed."],
        ["2", "The command was called wrongly, or there is no such rule."],
      ],
    },
    environmentSection,
  ],
  examples: [
    ["What did that finding mean?", "migration-patterns rules checklist-unanswered"],
    [
      "The ids of everything that can block:",
      "migration-patterns rules --format json | jq -r '.[] | select(.severity == \"blocker\") | .id'",
    ],
  ],
};
