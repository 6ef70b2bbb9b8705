/** The generator of `docs/security.md`: what public checkers ask for that the defaults do not have. */
import { acceptedFailures, type AcceptedFailure } from "./accepted-failures";
import { firstLine, type GeneratedFile } from "./generated-file";

const HEAD = `# Security, as public checkers see it

Every example is planned and checked with [checkov](https://www.checkov.io) 3.3.30, as plans and as Terraform's JSON: \`npm run
test:policy\` in the repo of the library. What fails is in the list below with the reason and the way to have it nevertheless, and nothing
else fails: a failure that is not in the list stops a change, and so does an entry of which there is none any more.

## In your own gate

Scan the plan: it has every value that Terraform knows.

\`\`\`sh
terraform -chdir=cdktf.out/stacks/NAME plan -out=next.tfplan
terraform -chdir=cdktf.out/stacks/NAME show -json next.tfplan > plan.json
checkov --file plan.json --framework terraform_plan --skip-check CKV_AWS_319
\`\`\`

checkov reads \`cdk.tf.json\` too (\`--framework terraform_json\`), with one trap: its reader dies on an argument of a block without a
label, reports 0 checks and "Parsing errors: 1", and ends with 0, so that a gate is green that has looked at nothing. What this
library and CDKTF write for a stack with a migration is in a form that both Terraform and checkov read: the blocks \`import\`,
\`moved\` and \`removed\` have their bodies in a list, and the required version of Terraform is in a file of its own,
\`required-version.tf.json\`. What you add yourself with \`addOverride("terraform.required_version", …)\` is not: look for parsing errors in
what checkov prints, and scan the plan of such a stack instead.

## What fails, and why
`;

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function row({ check, type, asks, why, switchedOn, form }: AcceptedFailure): string {
  const where = form === undefined ? "" : form === "plan" ? " (in plans)" : " (in JSON)";
  return `| \`${check}\`${where} | \`${type}\` | ${cell(asks)} | ${cell(why)} | ${cell(switchedOn ?? "–")} |`;
}

/** The page `docs/security.md`. */
export const securityPage: GeneratedFile = {
  path: "docs/security.md",
  text: () => {
    const rows = [...acceptedFailures].sort((a, b) => (a.type + a.check < b.type + b.check ? -1 : 1)).map(row);
    const table = [
      "| Check | Resource | Asks for | Why not | How it is switched on |",
      "| --- | --- | --- | --- | --- |",
    ];
    const parts = [`<!-- ${firstLine("the list of accepted failures")} -->\n`, HEAD, "<!-- prettier-ignore -->"];
    return `${[...parts, ...table, ...rows].join("\n")}\n`;
  },
};
