/** The README of a repo: one page, what to do next first. */
import type { Pattern } from "../../core/pattern";
import { count, listed } from "../../core/text";
import type { AddedFile } from "../add-files";
import type { InitAnswers } from "./answers";
import { toolchainPackages } from "./versions";

/** The choices that the README of a repo is made from. */
export interface ReadmeInput {
  readonly answers: InitAnswers;
  readonly patterns: readonly Pattern[];
  /** The number of the checklist's items that are open; undefined for the sample, in which all are answered. */
  readonly open: number | undefined;
}

/** Returns the README. */
export function readmeFile({ answers, patterns, open }: ReadmeInput): AddedFile {
  const { command, node } = toolchainPackages(answers.toolchain);
  // The lock of a state in S3 came with 1.10 of both.
  const engine = answers.backend.kind === "s3" ? "Terraform 1.10 or OpenTofu 1.10" : "Terraform 1.5 or OpenTofu 1.6";
  const begin =
    open === undefined
      ? `It begins with a small sample, of which everything is known: the last command prints \`READY\` and writes
\`cdktf.out/stacks/plan/report.html\`. Then replace the sample: put your export into \`estate/\`, name it in \`settings.ts\`, and
write \`checklist.yaml\` anew (\`npx migration-patterns init DIR --inventory FILE\` in another folder begins one from an export).`
      : `The last command says what is missing, first what holds most, and writes no Terraform until nothing is. ${
          open === 0
            ? "Every item of the checklist is answered"
            : `${count(open, "item")} of the checklist ${open === 1 ? "is" : "are"} open`
        }: answer each
in \`checklist.yaml\` with evidence, or with \`none\` and the reason; its comments have the question, what the inventory knows, and an
example. A finding that somebody accepts goes into \`waivers.yaml\`. Run it again until it prints \`READY\`.`;
  const next = patterns.flatMap(({ starter }) => starter.next);
  const titles = listed(patterns.map(({ profile }) => profile.title));
  return {
    name: "README.md",
    content: `# ${answers.app}

A migration to AWS: ${titles}, with \`cdktf-migration-patterns\`. Node.js ${node}; ${engine}, or later.

## Now

\`\`\`sh
npm install
npm test
npx ${command} synth
\`\`\`

${begin}

## Before the first deployment

- \`settings.ts\`: those on call, who decides to go back, and on what. What is still made up says \`decide(…)\`, and every synthesis
  names it.
${next.map((step) => `- ${step}`).join("\n")}
- Commit \`package-lock.json\`. \`estate/\` is your own export: decide who may read this repo.
- Read \`cdktf.out/stacks/plan/report.html\` with those who decide, and \`runbook.md\` beside it with those who do it.

## What is here

| file                              | what it is                                                                           |
| --------------------------------- | ------------------------------------------------------------------------------------ |
| \`estate/\`, named in \`settings.ts\` | the inventory: servers, networks, flows                                              |
| \`checklist.yaml\`, \`waivers.yaml\`  | what only people know, and the findings that they have accepted                      |
| \`main.ts\`                         | reads and assesses these, and makes the stacks                                       |
| \`stacks/\`                         | a file for each pattern, with its declared stage, and one for the plan over all      |
| \`test/\`                           | what the code makes of a small sample: all stacks, and every stage forward and back  |
| \`schemas/\`                        | JSON Schemas, by which editors complete the documents; \`npm run schemas\` renews them |

## Every day

- A stage is declared in \`stacks/\`, changed by a reviewed commit, forward or back, and deployed: \`npx ${command} deploy STACK\`.
- Before it is applied, see that nothing is lost:
  \`terraform plan -out=plan && terraform show -json plan | npx migration-patterns guard\` in \`cdktf.out/stacks/STACK\`.
- How far each migration has come: \`npx migration-patterns status --app ${answers.app}\`.
- Why something blocks: \`npx migration-patterns rules RULE\`. All commands: \`npx migration-patterns --help\`.
`,
  };
}
