import { environmentSection, formatOption, outputOption, type CommandPage } from "../command-page";

/** The help of `migration-patterns access`. */
export const accessPage: CommandPage = {
  name: "access",
  summary: "list who may assume, reach and decrypt what, for an auditor",
  synopsis: ["access [--format FORMAT] [--output FILE] [--title TEXT] [DIR]"],
  description: [
    "Reads the Terraform of a synthesized app and writes a page: which role may be assumed by whom and under which conditions, " +
      "what it is given to and what it may do; what has a policy of its own; which security group is open to whom, on which " +
      "ports and for what; every route out of a network; and each key with what it encrypts and who may decrypt it.",
    "References are followed, through local values and other stacks' outputs, to the construct that they mean. What the code does " +
      "not tell is listed at the end: a module, a policy that only Terraform evaluates. What is there already is named, and its " +
      "own policy is not here to be read. Nothing is asked of AWS.",
    "DIR is the folder into which cdktf synth has written the app; by default cdktf.out. Whatever else was written by hand, or " +
      "beside this app, is not on the page.",
  ],
  options: [
    formatOption(["markdown", "json"]),
    outputOption,
    { name: "title", value: "TEXT", text: "The title of the page.", default: "Access" },
  ],
  sections: [
    {
      title: "FORMATS",
      terms: [
        ["markdown", "A page to be read, and to be compared with that of the change before."],
        ["json", "The same for programs: stacks, roles, policies, groups, routes, keys, withoutOwnKey, unread."],
      ],
    },
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "The page was written."],
        ["2", "The command was called wrongly, or the app could not be read, or the file not written."],
      ],
    },
    environmentSection,
  ],
  examples: [
    ["The page of what is deployed from this code:", "cdktf synth && migration-patterns access --output access.md"],
    [
      "Roles that anybody may assume without a condition:",
      "migration-patterns access --format json | jq '.roles[] | select(any(.trust[]; .conditions == [])) | .name'",
    ],
  ],
};
