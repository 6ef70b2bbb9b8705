/**
 * ```ts
 * const synthesis = synthesize(app); // nothing is validated, nothing is written
 * ```
 *
 * Synthesizes the Terraform of an app in memory, as `app.synth()` would write it: first every stack is prepared, because a
 * reference to another stack adds an output there, and only then aspects run and each stack is rendered. Left out is all that
 * would stop a rehearsal or leave files behind: the validations (a stage may lack its evidence and is rehearsed all the same),
 * the artifacts, and the manifest.
 */
import { TerraformStack, type App } from "cdktf";
import { invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import { synthesisOf, type Synthesis } from "./stack-terraform";

export * from "./stack-terraform";

/** Synthesizes the app in memory. Nothing is validated, nothing is written. */
export function synthesize(app: App): Synthesis {
  const stacks = app.node.findAll().filter((each): each is TerraformStack => TerraformStack.isStack(each));
  for (const stack of stacks) stack.prepareStack();
  return synthesisOf(
    stacks.map((stack) => {
      invokeAspects(stack);
      return { path: stack.node.path, terraform: stack.toTerraform() as unknown };
    }),
  );
}
