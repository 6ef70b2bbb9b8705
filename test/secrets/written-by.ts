import { Testing, type TerraformStack } from "cdktf";
import { Artifact } from "../../lib/core/artifact";

/** Returns all that the stack would write: Terraform's JSON, and each artifact. */
export function writtenBy(stack: TerraformStack): ReadonlyMap<string, string> {
  const written = new Map([["cdk.tf.json", Testing.synth(stack)]]);
  for (const construct of stack.node.findAll()) {
    if (!(construct instanceof Artifact)) continue;
    written.set(construct.fileName, (Reflect.get(construct, "content") as () => string)());
  }
  return written;
}
