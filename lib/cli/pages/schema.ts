import { environmentSection, outputOption, type CommandPage } from "../command-page";

/** The documents that have a JSON Schema. */
export const schemaNames = ["inventory", "checklist", "waivers", "questionnaire"] as const;

/** The help of `migration-patterns schema`. */
export const schemaPage: CommandPage = {
  name: "schema",
  summary: "print the JSON Schema of a document that people write",
  synopsis: ["schema [OPTION]... NAME"],
  description: [
    `Prints the JSON Schema of NAME, one of ${schemaNames.join(", ")}. An editor that is given it completes and checks the ` +
      "document while it is written. The package has the same as files: node_modules/cdktf-migration-patterns/schemas/NAME.schema.json.",
  ],
  operands: schemaNames,
  options: [outputOption],
  sections: [
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "Printed."],
        ["2", "The command was called wrongly, or there is no such schema."],
      ],
    },
    environmentSection,
  ],
  examples: [
    ["The schema beside the checklist:", "migration-patterns schema checklist --output checklist.schema.json"],
    [
      "The first line of checklist.yaml, for editors with the YAML language server:",
      "# yaml-language-server: $schema=checklist.schema.json",
    ],
  ],
};
