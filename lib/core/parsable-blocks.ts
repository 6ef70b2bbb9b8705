/**
 * ```ts
 * writeParsableBlocks(this); // "import": [[{ "to": …, "id": … }]]
 * ```
 *
 * The form in which a stack writes its `import`, `moved` and `removed` blocks. checkov's reader of Terraform's JSON takes what
 * stands below a block's type for blocks with a label, dies on the text where an argument is, and reports a stack that it has not
 * read as one without a failure. It passes over a list within the list. To Terraform that is the same block: "the body of a block"
 * may be "an array of JSON objects", whose members are merged (HCL, "JSON Syntax Specification", section "Bodies"), in each version
 * that has these blocks, and in OpenTofu.
 */
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** The types of blocks without a label that a resource or a user of it writes. */
const UNLABELLED = ["import", "moved", "removed"] as const;

const written = new WeakSet<TerraformStack>();

/** Has the stack of a construct write its blocks without a label so that checkov reads the stack, whoever adds them. */
export function writeParsableBlocks(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  if (written.has(stack)) return;
  written.add(stack);
  const write = stack.toTerraform.bind(stack);
  stack.toTerraform = () => withBodiesInLists(write() as Readonly<Record<string, unknown>>);
}

function withBodiesInLists(terraform: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const nested = UNLABELLED.filter((type) => type in terraform).map((type) => [
    type,
    [terraform[type]].flat().map((body: unknown): unknown[] => (Array.isArray(body) ? (body as unknown[]) : [body])),
  ]);
  return { ...terraform, ...(Object.fromEntries(nested) as object) };
}
