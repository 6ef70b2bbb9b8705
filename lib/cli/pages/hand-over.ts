import { environmentSection, formatOption, type CommandPage } from "../command-page";

/** The help of `migration-patterns hand-over`. */
export const handOverPage: CommandPage = {
  name: "hand-over",
  summary: "let a finished migration leave the code, and production stay",
  synopsis: [
    "hand-over --state FILE [--synthesized DIR] [--output DIR] [--abandon STAGE] [--format FORMAT] MIGRATION",
    "hand-over [OPTION]... MIGRATION < STATE.json",
  ],
  description: [
    "Writes what a finished migration leaves behind as plain Terraform: a root module with the resources that stay, under the " +
      "addresses that they have, and the import blocks that take them in; the removed blocks by which the stack forgets them " +
      "without destroying any; and a README with the commands in order, what each plan must say, and the way back.",
    "What was made for the move alone is not handed over: the record of the stages, replications, locations, roles that import. " +
      "Terraform destroys it as the construct goes. Nothing that holds data is among it, and nothing that is still referred to. " +
      "The record stays while another migration names this one.",
    "References between resources that stay are kept. Any other becomes the value that the state has. No secret is written: its " +
      "argument is left out and ignored, and what AWS has stays. The values of secrets stay in the account and leave Terraform.",
    "MIGRATION is the name as migration-patterns status prints it, APP/NAME, or the path of its construct. It must be in its last " +
      "stage: declared by the code, and by the state declared and reached. Nothing is asked of AWS.",
  ],
  options: [
    {
      name: "state",
      value: "FILE",
      text: "The state of the migration's stack as terraform -chdir=cdktf.out/stacks/STACK show -json prints it, or tofu in its place; of a plan in JSON, the state from which it began.",
      default: "standard input",
    },
    {
      name: "synthesized",
      short: "s",
      value: "DIR",
      text: "The folder into which cdktf synth has written the app.",
      default: "cdktf.out",
    },
    {
      name: "output",
      short: "o",
      value: "DIR",
      text: "The folder that is written, which must not exist or be empty. It is complete or it is not there.",
      default: "nothing is written: the report says what would be",
    },
    {
      name: "abandon",
      value: "STAGE",
      text: "Hands over a migration that ends before its last stage, in the stage that is declared and reached.",
      default: "only the last stage is handed over",
    },
    formatOption(["text", "json"]),
  ],
  sections: [
    {
      title: "FILES",
      terms: [
        ["README.md", "The steps, what was found, and the way back."],
        [
          "module/",
          "The new root module: main.tf.json, imports.tf.json, providers.tf.json, and backend.tf for your backend.",
        ],
        [
          "stack/removed.tf.json",
          "What the stack forgets; removed.ts is the same as an override for the stack's constructor.",
        ],
      ],
    },
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "The hand-over is complete, or would be."],
        [
          "1",
          "Blocked: not in its last stage, not deployed, or with a value that cannot be written. Nothing was written.",
        ],
        [
          "2",
          "The command was called wrongly, there is no such migration, or the state or the folder could not be read or written.",
        ],
      ],
    },
    environmentSection,
  ],
  examples: [
    [
      "Look first, then write:",
      "terraform -chdir=cdktf.out/stacks/shop show -json | migration-patterns hand-over shop/routing --output handed-over",
    ],
    [
      "A migration that stays at half of the traffic for good:",
      "migration-patterns hand-over shop/routing --state state.json --abandon 50-percent --output handed-over",
    ],
  ],
};
