import { environmentSection, formatOption, type CommandPage } from "../command-page";

/** The help of `migration-patterns lock`. */
export const lockPage: CommandPage = {
  name: "lock",
  summary: "record which server and disk is which, so that no correction of the inventory destroys one",
  synopsis: [
    "lock [--output FILE] [--check] [--app NAME]... [OPTION]... [DIR]",
    "lock --forget NAME... [--output FILE] [OPTION]...",
  ],
  description: [
    "Writes the record of identities of a synthesized app: for each server and disk what does not change (its UUID, its key in " +
      "the source) and what was made of it (address, stack, size, device name, subnet). The file is reviewed like a lock file and " +
      "passed to LiftAndShift as estate: readEstateRecord(…). A rename, a relabelled disk, a server that went or changed its " +
      "wave is then a finding that says what would be destroyed, and the order of the inventory counts for nothing.",
    "Run it after a deployment, and commit the file with it. An existing record is brought up to date: what was renamed with " +
      "renamedFrom gets its new name. What is recorded and gone from the app is named, and nothing is written until it is back " +
      "or forgotten with --forget.",
    "With --forget the record alone is read and written, because the app may be blocked until something is forgotten. A record " +
      "that forgets does not keep anything from being destroyed: have Terraform forget first, as the finding says.",
    "DIR is the folder into which cdktf synth has written the app; by default cdktf.out. Nothing is asked of AWS. Where the last " +
      "synthesis was stopped, by a blocker or by an error, what is in there is of an earlier one, and the command says so and " +
      "exits with 2. Code that does not compile never began a synthesis: there, only cdktf synth itself tells.",
  ],
  options: [
    {
      name: "output",
      short: "o",
      value: "FILE",
      text: "The file of the record, which is read and written. It is complete or it is not there.",
      default: "estate.lock.json",
    },
    { name: "check", text: "Write nothing, and exit with 1 where the file is not what the app makes. For a pipeline." },
    {
      name: "forget",
      value: "NAME",
      multiple: true,
      text: "Drop a server, by its name or UUID, or a disk, as SERVER:DISK. May be repeated.",
      default: "nothing is dropped",
    },
    {
      name: "app",
      short: "a",
      value: "NAME",
      multiple: true,
      text: "The migrations of that app only: a record is of one app.",
      default: "all apps of the code, which must be one",
    },
    formatOption(["text", "json"]),
  ],
  sections: [
    {
      title: "FORMATS",
      terms: [
        ["text", "What was done, and each change: added, renamed, moved, resized, changed, gone."],
        ["json", "The same for programs: file, outcome (written, unchanged, stale, refused), servers, changes."],
      ],
    },
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "The record is what the app makes, or was written."],
        ["1", "Something recorded is gone from the app, or the record is stale and was to be checked."],
        [
          "2",
          "The command was called wrongly, the record or the app could not be read, or the last synthesis was stopped.",
        ],
      ],
    },
    environmentSection,
  ],
  examples: [
    ["After a deployment:", "cdktf deploy 'wave-1' && migration-patterns lock && git add estate.lock.json"],
    ["Is the record that was committed the one of this code?", "cdktf synth && migration-patterns lock --check"],
    ["A server was given up, and Terraform has forgotten it:", "migration-patterns lock --forget db-01"],
  ],
};
