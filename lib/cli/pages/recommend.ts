import { environmentSection, formatOption, outputOption, type CommandPage } from "../command-page";

/** The help of `migration-patterns recommend`. */
export const recommendPage: CommandPage = {
  name: "recommend",
  summary: "say which migration pattern fits",
  synopsis: ["recommend [OPTION]... --type TYPE --complexity COMPLEXITY --downtime TOLERANCE"],
  description: [
    "Looks the question up in the catalog's pattern selection matrix, and says which pattern it recommends, why, and why not " +
      "the others. Where no row of the matrix says exactly what was asked, no pattern is recommended: the nearest rows are " +
      "named, with what differs.",
    "With --format json the answer has pattern (the name of the pattern, or null), profile, row, reasons and alternatives.",
  ],
  options: [
    {
      name: "type",
      short: "t",
      value: "TYPE",
      choices: ["schema-change", "service-replace", "service-update", "data-migration", "infrastructure"],
      text: "What is to be migrated.",
    },
    {
      name: "complexity",
      short: "c",
      value: "COMPLEXITY",
      choices: ["low", "medium", "high"],
      text: "How hard it is.",
    },
    {
      name: "downtime",
      short: "d",
      value: "TOLERANCE",
      choices: ["zero", "some"],
      text: "How much downtime is tolerated.",
    },
    formatOption(["text", "json"]),
    outputOption,
  ],
  sections: [
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "The matrix recommends a pattern."],
        ["1", "It has no row for the question; the nearest rows are printed."],
        ["2", "The command was called wrongly."],
      ],
    },
    environmentSection,
  ],
  examples: [
    [
      "A column is renamed, and nobody may notice:",
      "migration-patterns recommend --type schema-change --complexity low --downtime zero",
    ],
    [
      "The pattern alone, for a script:",
      "migration-patterns recommend -t infrastructure -c low -d some --format json | jq -r .pattern",
    ],
  ],
};
