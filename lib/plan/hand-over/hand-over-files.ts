/** The files of a hand-over: the new root module, what the old stack forgets, and the steps. */
import { block, blocks, type Block } from "../rehearsal/stack-terraform";
import { literalText } from "./expression";
import type { HandOverFile, Import, PlannedHandOver } from "./model";
import { nextSteps } from "./next-steps";
import type { PlainResources } from "./plain-resources";
import { isSecretName } from "./secrets";

/** The folder of the new root module in that of the hand-over. */
export const MODULE_FOLDER = "module";

/** The folder in which is what the stack needs that the migration leaves. */
export const STACK_FOLDER = "stack";

/** `removed` blocks came with 1.7 (Terraform documentation, removed). */
const REQUIRED_TERRAFORM = ">= 1.7.0";

/** Renders the files of a hand-over. */
export function handOverFiles(of: PlannedHandOver, plain: PlainResources, terraform: Block): HandOverFile[] {
  const forgotten = [...of.imports.map(({ to }) => to), ...of.stateMoves, ...of.released].sort();
  const main = {
    ...(Object.keys(plain.variable).length === 0 ? {} : { variable: plain.variable }),
    ...(Object.keys(plain.locals).length === 0 ? {} : { locals: plain.locals }),
    resource: plain.resource,
  };
  const importBlocks = (all: readonly Import[]): Block => ({
    import: all.map(({ to, id }) => ({ to, id: literalText(id) })),
  });
  const removed = forgotten.map((from) => ({ from, lifecycle: { destroy: false } }));
  return [
    { name: "README.md", text: nextSteps(of, forgotten) },
    { name: `${MODULE_FOLDER}/main.tf.json`, text: json(main) },
    { name: `${MODULE_FOLDER}/imports.tf.json`, text: json(importBlocks(of.imports)) },
    { name: `${MODULE_FOLDER}/providers.tf.json`, text: json(providers(plain, terraform)) },
    { name: `${MODULE_FOLDER}/backend.tf`, text: BACKEND },
    { name: `${STACK_FOLDER}/removed.tf.json`, text: json({ removed }) },
    { name: `${STACK_FOLDER}/way-back.tf.json`, text: json(importBlocks(of.returns)) },
    { name: `${STACK_FOLDER}/removed.ts`, text: overrideFile(of, forgotten) },
  ];
}

const BACKEND = `# The state of what was handed over. Put your own backend here before terraform init; without one, the state is a file in this
# folder. Never the backend and key of the stack that the migration leaves: two configurations on one state destroy each other.
#
# terraform {
#   backend "s3" {
#     bucket       = "…"
#     key          = "…"
#     region       = "…"
#     encrypt      = true
#     use_lockfile = true
#   }
# }
`;

/** The providers that what stays uses: those of the stack, without what is a secret. */
function providers(plain: PlainResources, terraform: Block): Block {
  const named = new Set<string>();
  for (const [type, resources] of Object.entries(plain.resource)) {
    for (const { provider } of Object.values(resources)) {
      // A provider is named as a reference or as plain text; without one it is the default of the type's prefix.
      const name = typeof provider === "string" ? provider.replace(/^\$\{|\}$/g, "") : type.split("_")[0];
      named.add(name ?? "");
    }
  }
  const configurations = Object.entries(block(terraform["provider"])).flatMap(([name, value]) => {
    const used = blocks(value).filter(({ alias }) => named.has(typeof alias === "string" ? `${name}.${alias}` : name));
    return used.length === 0 ? [] : [[name, used.map(withoutSecrets)] as const];
  });
  const required = block(block(terraform["terraform"])["required_providers"]);
  const names = new Set([...named].map((each) => each.split(".")[0]));
  return {
    terraform: {
      required_version: REQUIRED_TERRAFORM,
      required_providers: Object.fromEntries(Object.entries(required).filter(([name]) => names.has(name))),
    },
    provider: Object.fromEntries(configurations),
  };
}

function withoutSecrets(configuration: Block): Block {
  return Object.fromEntries(Object.entries(configuration).filter(([name]) => name !== "//" && !isSecretName(name)));
}

/** The same blocks as an override of the stack, for whoever writes the stack in TypeScript. */
function overrideFile({ app, migration, stack }: PlannedHandOver, forgotten: readonly string[]): string {
  return [
    `// The stack ${JSON.stringify(stack)} forgets what ${app}/${migration} has handed over, and destroys none of it.`,
    "// Remove the migration's construct, call this at the end of the stack's constructor, and deploy; then delete the file again.",
    'import type { TerraformStack } from "cdktf";',
    "",
    "const forgotten = [",
    ...forgotten.map((address) => `  ${JSON.stringify(address)},`),
    "];",
    "",
    "export function forgetHandedOver(stack: TerraformStack): void {",
    '  stack.addOverride("removed", forgotten.map((from) => ({ from, lifecycle: { destroy: false } })));',
    "}",
    "",
  ].join("\n");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
