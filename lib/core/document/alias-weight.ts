/**
 * How large a YAML document is once its aliases are followed. Ten anchors that each repeat the one before nine times are
 * half a kilobyte of text and a billion values: the parser shares them, but everything after it would walk them all.
 */
import { yaml } from "./yaml";

/**
 * How many values the aliases add, counted until `limit` is passed. An alias counts as much as what its anchor stands for,
 * so the cost is linear in the text. An alias inside its own anchor counts as more than any limit.
 */
export function addedByAliases(root: unknown, limit: number): number {
  const { isAlias, isCollection, isPair, isScalar } = yaml();
  const weights = new Map<string, number>();
  const open = new Set<string>();
  let added = 0;

  const weigh = (node: unknown): number => {
    if (isAlias(node)) {
      const weight = open.has(node.source) ? Number.POSITIVE_INFINITY : (weights.get(node.source) ?? 1);
      added += weight;
      return weight;
    }
    if (isPair(node)) return weigh(node.key) + weigh(node.value);
    const anchor = isCollection(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined) open.add(anchor);
    let weight = 1;
    if (isCollection(node)) {
      for (const item of node.items) {
        weight += weigh(item);
        if (added > limit) break;
      }
    }
    if (anchor !== undefined) {
      open.delete(anchor);
      weights.set(anchor, weight);
    }
    return weight;
  };

  weigh(root);
  return added;
}
