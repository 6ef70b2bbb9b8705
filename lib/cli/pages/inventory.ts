import { reportFormats } from "../../report/reported-assessment";
import {
  environmentSection,
  formatOption,
  formatTerms,
  limitOption,
  outputOption,
  type CommandPage,
} from "../command-page";
import { readerOption, readerTerms } from "./readers";

/** The help of `migration-patterns inventory`. */
export const inventoryPage: CommandPage = {
  name: "inventory",
  summary: "read inventory files and show what is in them",
  synopsis: ["inventory [OPTION]... FILE..."],
  description: [
    "Reads each FILE, recognises its format, and prints what is there: servers with their power states, templates and " +
      "placeholders, disks, networks, databases, file shares and flows. Whatever could not be read is listed with its file, " +
      "sheet, row and column; one bad row never stops the others from being read.",
    "FILE may also be a folder, as for the CSV tabs that RVTools exports. Several files are merged into one inventory, in " +
      "the order of trust: what an earlier file says stays, a later one fills in what is not known yet.",
    "With --format json the inventory is printed whole, under the library's own names: servers (each with name, powerState, " +
      "template, os, cpus, memoryMiB, disks, nics ...), networks, databases, fileShares, flows and findings. What is printed is " +
      "itself an inventory file that every command reads.",
  ],
  options: [readerOption, formatOption(reportFormats), outputOption, limitOption],
  sections: [
    { title: "INPUT FORMATS", terms: readerTerms },
    { title: "OUTPUT FORMATS", terms: formatTerms },
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "The files were read, even if some rows were not; the findings say which. assess judges them."],
        ["2", "The command was called wrongly, or nothing at all could be read of a file."],
      ],
    },
    environmentSection,
  ],
  examples: [
    ["What is in an export:", "migration-patterns inventory estate.xlsx"],
    [
      "The export with the flows of a network capture filled in, as one file:",
      "migration-patterns inventory estate.xlsx flows.csv --format json --output inventory.json",
    ],
    [
      "The names of all servers that are switched off:",
      "migration-patterns inventory estate.xlsx --format json | jq -r '.servers[] | select(.powerState == \"off\") | .name'",
    ],
  ],
};
