/** The blocks `import`, `moved` or `removed` of a stack, each of which has its body in a list (`core/parsable-blocks.ts`). */
export function unlabelledBlocks<Block>(written: readonly Block[] | undefined): Block[] {
  return [written ?? []].flat(2) as Block[];
}
