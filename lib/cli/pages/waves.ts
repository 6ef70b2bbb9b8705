import { environmentSection, formatOption, outputOption, type CommandPage } from "../command-page";
import { readerOption, readerTerms } from "./readers";

/** The help of `migration-patterns waves`. */
export const wavesPage: CommandPage = {
  name: "waves",
  summary: "group the servers of an inventory into migration waves",
  synopsis: ["waves [OPTION]... FILE..."],
  description: [
    "Reads the inventory in each FILE as the command inventory does, and groups its servers into waves. Servers that need " +
      "each other in a circle move together, and so do the servers of one application; what is needed moves before what " +
      "needs it; low risks move first. Templates, placeholders, and servers that are retired or retained do not move.",
    "A server whose wave the inventory names by number (wave-3) is pinned to it. Flows decide what needs what: give the " +
      "file of a network capture beside the export.",
    "The same files and options give the same waves.",
  ],
  options: [
    readerOption,
    {
      name: "checklist",
      short: "c",
      value: "FILE",
      text:
        "The checklist, YAML or JSON, whose decisions about servers (wave, application, strategy) hold before the inventory's. " +
        "An export of a hypervisor knows no strategy: without it servers that are to be retired are in the waves.",
    },
    { name: "max-moves", value: "N", text: "At most N servers move in one wave.", default: "20" },
    {
      name: "window",
      value: "MINUTES",
      text:
        "The change window of each wave: the servers of one wave are cut over in it one after the other. Together with " +
        "--minutes-per-move.",
      default: "no limit",
    },
    {
      name: "minutes-per-move",
      value: "MINUTES",
      text: "How long the cut-over of one server takes. Together with --window.",
    },
    { name: "first-day", value: "DAY", text: "The day of the first wave, YYYY-MM-DD.", default: "waves have no days" },
    { name: "every", value: "DAYS", text: "The days from one wave to the next.", default: "7" },
    {
      name: "blackout",
      value: "DAY..DAY",
      multiple: true,
      text: "Days on which nothing moves, both included. May be given more than once.",
    },
    {
      name: "round-trip",
      value: "MS",
      text: "The round-trip time between the two sites in milliseconds, as measured, for the findings about flows that cross a wave.",
      default: "20",
    },
    {
      name: "exclude",
      value: "NAME",
      multiple: true,
      text: "The server of that name moves in no wave. May be given more than once.",
    },
    { name: "ignore-pins", text: "Plan anew, whatever waves the inventory names." },
    formatOption(["text", "json", "markdown"]),
    outputOption,
  ],
  sections: [
    { title: "INPUT FORMATS", terms: readerTerms },
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "There is a plan, and nothing blocks it."],
        ["1", "A group is too large for a wave or its window, or a pin could not be kept; the findings say which."],
        ["2", "The command was called wrongly, or a file could not be read."],
      ],
    },
    environmentSection,
  ],
  examples: [
    ["Waves from an export and the flows between its servers:", "migration-patterns waves estate.xlsx flows.csv"],
    [
      "At most 15 servers every second Saturday, not over the holidays:",
      "migration-patterns waves estate.xlsx --max-moves 15 --first-day 2027-01-09 --every 14 --blackout 2027-04-01..2027-04-12",
    ],
  ],
};
