import { reportFormats } from "../../report/reported-assessment";
import {
  asOfOption,
  environmentSection,
  formatOption,
  formatTerms,
  limitOption,
  outputOption,
  waiversOption,
  type CommandPage,
} from "../command-page";
import { readerOption } from "./readers";

/** The help of `migration-patterns assess`. */
export const assessPage: CommandPage = {
  name: "assess",
  summary: "say whether a migration may start",
  synopsis: ["assess --inventory FILE... --checklist FILE [--waivers FILE]... [--as-of DAY] [OPTION]..."],
  description: [
    "Reads the inventory, the pre-migration checklist and the waivers, has every rule of the library look at them, and prints " +
      "the verdict with everything that was found: where it is, why it matters and how to fix it.",
    "The verdict is ready where nothing blocks; incomplete where all that blocks is something not known yet, an unanswered " +
      "question of the checklist for example; and blocked where anything else blocks that has not been waived. It is the verdict that a stack's constructs are given by assess() in " +
      "TypeScript: a stack that is blocked is not synthesized.",
    "A waiver covers the findings of one rule, for one subject or for all, until its last day. Waived findings stay in every " +
      "report. A waiver that is past its last day or covers nothing is itself a finding.",
  ],
  options: [
    {
      name: "inventory",
      short: "i",
      value: "FILE",
      multiple: true,
      text:
        "An inventory file or folder, as for the command inventory. May be repeated, the most trusted first; arguments " +
        "without an option are inventory files too, so that --inventory exports/*.csv works.",
    },
    {
      name: "checklist",
      short: "c",
      value: "FILE",
      text: "The checklist, YAML or JSON. Its JSON Schema is printed by: migration-patterns schema checklist. Required.",
    },
    waiversOption,
    {
      ...asOfOption,
      text: "The day for which is asked, YYYY-MM-DD: ends of support and last days of waivers are judged by it.",
    },
    readerOption,
    formatOption(reportFormats),
    {
      ...outputOption,
      text: `${outputOption.text} A summary of a few lines is then printed on standard error.`,
    },
    limitOption,
  ],
  sections: [
    { title: "OUTPUT FORMATS", terms: formatTerms },
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "Ready: nothing blocks the migration."],
        ["1", "Blocked or incomplete."],
        ["2", "The command was called wrongly, or an input could not be read."],
      ],
    },
    environmentSection,
  ],
  examples: [
    [
      "May this migration start?",
      "migration-patterns assess --inventory estate.xlsx --checklist checklist.yaml --waivers waivers.yaml",
    ],
    [
      "As a step of a pipeline, with the report as a file:",
      "migration-patterns assess -i estate.xlsx -c checklist.yaml --format junit --output assessment.xml",
    ],
    [
      "What will block on the day of the cutover, when some support has ended and some waivers have lapsed:",
      "migration-patterns assess -i estate.xlsx -c checklist.yaml -w waivers.yaml --as-of 2027-03-01",
    ],
  ],
};
