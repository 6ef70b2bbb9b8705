import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** The blocks by which a stack tells Terraform about the addresses in its state, whoever wrote them. */
export interface StackBlocks {
  /** The former addresses by the new ones, of `moved` blocks. */
  readonly movedFrom: ReadonlyMap<string, string>;
  /** The addresses that are imported. */
  readonly imported: ReadonlySet<string>;
  /** The addresses that Terraform forgets without destroying what they stand for, of `removed` blocks. */
  readonly forgotten: ReadonlySet<string>;
}

/**
 * Reads the blocks from the construct's stack, by having CDKTF write it: so moves of other constructs and overrides count. That
 * takes as long as synthesizing the stack, so nobody asks without need.
 */
export function stackBlocks(scope: IConstruct): StackBlocks {
  const terraform = TerraformStack.of(scope).toTerraform() as Readonly<Record<string, unknown>>;
  return {
    movedFrom: new Map(blocks(terraform["moved"]).map(({ from, to }) => [String(to), String(from)])),
    imported: new Set(blocks(terraform["import"]).map(({ to }) => String(to))),
    forgotten: new Set(
      blocks(terraform["removed"])
        .filter(({ lifecycle }) => blocks(lifecycle).some(({ destroy }) => destroy === false))
        .map(({ from }) => String(from)),
    ),
  };
}

/** A block may be written alone or in a list, and so may its body. */
function blocks(value: unknown): Readonly<Record<string, unknown>>[] {
  return [value].flat(2).filter((each) => typeof each === "object" && each !== null) as Record<string, unknown>[];
}
