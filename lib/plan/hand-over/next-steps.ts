/** The steps of a hand-over, in Markdown: commands in order, what each plan must say, and the way back. */
import { codeSpan, escapeMarkdown } from "../../core/markdown";
import { shellWord } from "../../core/shell";
import { compareText } from "../../core/text";
import type { PlannedHandOver } from "./model";

/** Renders the steps. */
export function nextSteps(of: PlannedHandOver, forgotten: readonly string[]): string {
  const { app, migration, stack, stage, imports, settings, stateMoves, released, rewritten, ends } = of;
  const { beside, variables, findings } = of;
  const old = `cdktf.out/stacks/${stack}`;
  const folder = shellWord(`-chdir=${old}`);
  const count = imports.length;
  return [
    `# Hand-over of ${escapeMarkdown(`${app}/${migration}`)}`,
    "",
    `The migration ends in its stage ${codeSpan(stage ?? "")}. Until step 2 has been applied nothing has happened that must be taken back;`,
    `nobody deploys the stack ${codeSpan(stack)} between the first step and the last.`,
    "",
    "## 1. The new module takes it in",
    "",
    "Put `module/` where your plain Terraform lives, and your backend into `module/backend.tf`.",
    ...(variables.length === 0
      ? []
      : [`It asks for the same variables as the stack: ${variables.map((each) => codeSpan(each)).join(", ")}.`]),
    "",
    "```sh",
    "terraform -chdir=module init",
    ...(stateMoves.length === 0
      ? []
      : [
          "# Importing does not take in all of these: their entries are moved from a copy of the old state.",
          `terraform ${folder} state pull > old.tfstate`,
          ...stateMoves.map(
            (address) =>
              `terraform state mv -state=old.tfstate -state-out=new.tfstate ${shellWord(address)} ${shellWord(address)}`,
          ),
          "terraform -chdir=module state push ../new.tfstate",
        ]),
    "terraform -chdir=module plan -out=import.tfplan",
    "```",
    "",
    `Expected: **${count} to import, 0 to add, ${settings.length} to change, 0 to destroy**. Stop where anything else is planned.`,
    ...(settings.length === 0
      ? []
      : [
          "",
          "The changes are what AWS does not keep and Terraform alone knows: they write into the state, and AWS is asked for nothing.",
          "",
          ...settings.map(({ address, arguments: names }) => `- ${codeSpan(address)}: ${names.join(", ")}`),
        ]),
    "",
    "```sh",
    "terraform -chdir=module apply import.tfplan",
    "terraform -chdir=module plan -detailed-exitcode   # empty: exit status 0",
    "```",
    "",
    ...(stateMoves.length === 0 ? [] : ["Delete `old.tfstate` and `new.tfstate`: they hold what the state holds.", ""]),
    "## 2. The stack forgets it",
    "",
    `Remove the migration's construct from the stack ${codeSpan(stack)}${beside.length === 0 ? "" : ", with what goes along (below)"}, and add the blocks of`,
    "`stack/removed.tf.json`: with `stack/removed.ts`, or as the file itself beside `cdk.tf.json`. Terraform 1.7 or later.",
    "",
    "```sh",
    "cdktf synth",
    `terraform ${folder} plan -out=forget.tfplan`,
    "```",
    "",
    `Expected: **0 to add, 0 to change, ${ends.length} to destroy**, and a note for each of ${forgotten.length} resources that it will no longer be managed. What is`,
    "destroyed was made for the move alone:",
    "",
    ...(ends.length === 0 ? ["- nothing"] : ends.map((each) => `- ${codeSpan(each)}`)),
    "",
    "```sh",
    `terraform ${folder} apply forget.tfplan`,
    `terraform ${folder} plan -detailed-exitcode       # empty: exit status 0`,
    "terraform -chdir=module plan -detailed-exitcode   # still empty",
    "```",
    "",
    "The `removed` and `import` blocks may be deleted now.",
    "",
    "## The way back",
    "",
    "- Before step 2 is applied: delete the state of the new module, and nothing else. The stack still has everything.",
    "- After it: put the construct back, leave the `removed` blocks out, copy `stack/way-back.tf.json` beside `cdk.tf.json` (the addresses are the",
    "  same), and plan.",
    "",
    "```sh",
    ...(stateMoves.length === 0
      ? []
      : [
          "# What importing does not take in comes first: its entries go back as they came, from a copy of the module's state.",
          "terraform -chdir=module state pull > new.tfstate",
          `terraform ${folder} state pull > old.tfstate`,
          ...stateMoves.map(
            (address) =>
              `terraform state mv -state=new.tfstate -state-out=old.tfstate ${shellWord(address)} ${shellWord(address)}`,
          ),
          `terraform ${folder} state push "$PWD"/old.tfstate`,
        ]),
    `terraform ${folder} plan -out=back.tfplan`,
    "```",
    "",
    `Expected: **${of.returns.length} to import, ${ends.length + rewritten.length} to add, 0 to destroy**. What is added is what had ended${rewritten.length === 0 ? "" : ", and another version, with the same value, of each secret that is write-only"}; settings and`,
    "write-only values of parameters, which Terraform alone knows, are a change. Stop where anything is destroyed or replaced.",
    "",
    "```sh",
    `terraform ${folder} apply back.tfplan`,
    `terraform ${folder} plan -detailed-exitcode       # empty: exit status 0`,
    "```",
    "",
    `Then delete the state of the new module${stateMoves.length === 0 ? "" : ", `old.tfstate` and `new.tfstate`"}, and \`way-back.tf.json\`.`,
    "",
    "## What is where",
    "",
    section("Goes along, because it refers to what leaves; remove it from the stack's code too", beside),
    section("Stays in the account and leaves Terraform, because its value is a secret", released),
    "The tags `migration:pattern` and `migration:wave` stay: they cost nothing, and to remove them would change every resource. Remove them by",
    "a change of its own.",
    "",
    ...(findings.length === 0
      ? []
      : [
          "## What was found",
          "",
          ...[...findings]
            .sort((a, b) => compareText(a.rule, b.rule) || compareText(a.subject, b.subject))
            .map(
              ({ rule, subject, message, remedy }) =>
                `- ${codeSpan(subject)}: ${escapeMarkdown(message)} (${rule}). ${escapeMarkdown(remedy)}.`,
            ),
          "",
        ]),
  ].join("\n");
}

function section(title: string, addresses: readonly string[]): string {
  if (addresses.length === 0) return `${title}: nothing.\n`;
  return `${title}:\n\n${addresses.map((each) => `- ${codeSpan(each)}`).join("\n")}\n`;
}
