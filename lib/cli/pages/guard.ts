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

/** The help of `migration-patterns guard`. */
export const guardPage: CommandPage = {
  name: "guard",
  summary: "say what a plan of Terraform or OpenTofu would destroy, cut or switch off, before it is applied",
  synopsis: ["guard [--waivers FILE]... [--as-of DAY] [OPTION]... PLAN.json", "guard [OPTION]... < PLAN.json"],
  description: [
    "Reads a plan in JSON, as terraform show -json PLAN or tofu show -json PLAN prints it, from a file, a pipe, or standard " +
      "input, and says which resources that hold data or carry traffic would be destroyed, replaced, shrunk, unprotected or " +
      "re-keyed; which retention is cut, which backup is switched off, which tunnel goes down.",
    "It reads what Terraform itself has planned, and so it sees what a rehearsal of synthesized Terraform cannot: modules, " +
      "variables, for_each, other backends, and what was changed outside of Terraform. Nothing is asked of AWS.",
    "The stages of the migrations are read from the parameters in the plan in which they are recorded. While no migration of " +
      "the plan is in a stage that serves, lost traffic is a warning; otherwise, and where the plan records no stage, it " +
      "blocks. Routes, rules and names that go with a change of stage are a warning.",
    "What is meant is waived, by the rule and the address of the resource. A waiver for a resource that the plan does not touch " +
      "is not reported, because it may be for another stack.",
    "Names of attributes are printed and never a value: a plan holds passwords and keys in clear.",
  ],
  options: [waiversOption, asOfOption, formatOption(reportFormats), outputOption, limitOption],
  sections: [
    { title: "OUTPUT FORMATS", terms: formatTerms },
    {
      title: "LIMITS",
      paragraphs: [
        "A plan has at most 128 MB. Of the formats of plans 0.x and 1.x are read: Terraform 1.11 and OpenTofu 1.12 write 1.2. A " +
          "plan of a newer major version is refused. The destruction of a type that the guard does not know is a warning, and so is " +
          "an action of a provider (Terraform 1.14) that it does not know.",
      ],
    },
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "Nothing blocks the plan."],
        ["1", "Blocked: something is lost that nobody has waived, or planning ended in an error."],
        ["2", "The command was called wrongly, or the plan could not be read or is of a newer format."],
      ],
    },
    environmentSection,
  ],
  examples: [
    [
      "May this plan be applied?",
      "terraform plan -out=plan && terraform show -json plan | migration-patterns guard && terraform apply plan",
    ],
    [
      "The same with OpenTofu:",
      "tofu plan -out=plan && tofu show -json plan | migration-patterns guard && tofu apply plan",
    ],
    [
      "As a step of a pipeline, with what was accepted, as a comment for the pull request:",
      "migration-patterns guard plan.json --waivers waivers.yaml --format markdown --output guard.md",
    ],
    [
      "Which attributes replace something?",
      "migration-patterns guard plan.json --format json | jq '.changes[] | select(.effect == \"replaced\") | {address, replacedBy}'",
    ],
  ],
};
