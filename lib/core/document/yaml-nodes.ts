/**
 * A walk over a YAML document before it is turned into values. It finds what the parser does not look for or what would cost
 * too much afterwards: keys that stand twice, aliases whose values would be walked a billion times (ten anchors that each
 * repeat the one before nine times are half a kilobyte of text), and aliases that nest more deeply than the text.
 */
import type { Alias, Document } from "yaml";
import { ALIAS_LIMIT, DEPTH_LIMIT } from "./limits";
import { yaml } from "./yaml";

/** A fault of a document, with its offset. */
export interface NodeFault {
  readonly offset: number;
  readonly fault: "alias-count" | "alias-unknown" | "collection-key" | "depth" | "duplicate-key";
}

/** The result of {@link checkNodes}. */
export interface CheckedNodes {
  /** The node that each alias stands for. */
  readonly targets: ReadonlyMap<Alias, unknown>;
  /** The number of values that the aliases add to those of the text. */
  readonly added: number;
}

/** The number of values that a node stands for, and of levels of collections in it. */
interface Extent {
  readonly values: number;
  readonly levels: number;
}

const ONE: Extent = { values: 1, levels: 0 };

/**
 * Checks the nodes of the document. The cost is linear in the text: an alias counts as much as its anchor has been counted.
 *
 * @param allowed the number of values that aliases may add
 */
export function checkNodes(document: Document.Parsed, allowed = ALIAS_LIMIT): CheckedNodes | NodeFault {
  const walk = new Walk(allowed);
  try {
    walk.visit(document.contents, 0);
  } catch (stopped) {
    if (stopped instanceof Stop) return stopped.fault;
    throw stopped;
  }
  return { targets: walk.targets, added: walk.added };
}

/** Ends the walk at the first fault. */
class Stop extends Error {
  constructor(public readonly fault: NodeFault) {
    super(fault.fault);
  }
}

class Walk {
  public added = 0;
  public readonly targets = new Map<Alias, unknown>();
  private readonly kinds = yaml();
  private readonly anchors = new Map<string, { readonly node: unknown; readonly extent: Extent | undefined }>();
  private offset = 0;

  constructor(private readonly allowed: number) {}

  /** Visits the node, which stands inside `depth` collections. */
  public visit(node: unknown, depth: number): Extent {
    const { isAlias, isCollection, isMap, isNode, isPair, isScalar } = this.kinds;
    if (isNode(node) && node.range !== undefined && node.range !== null) this.offset = node.range[0];
    if (isAlias(node)) return this.alias(node, depth);
    // A list of pairs; a mapping's own pairs are visited with the mapping.
    if (isPair(node))
      return { ...ONE, values: this.visit(node.key, depth).values + this.visit(node.value, depth).values };
    const anchor = isCollection(node) || isScalar(node) ? node.anchor : undefined;
    // Until the node has ended, an alias to it is a circle.
    if (anchor !== undefined) this.anchors.set(anchor, { node, extent: undefined });
    let extent = ONE;
    if (isMap(node)) extent = this.mapping(node.items, depth);
    else if (isCollection(node)) extent = this.sum(node.items, depth);
    if (anchor !== undefined) this.anchors.set(anchor, { node, extent });
    return extent;
  }

  private sum(items: readonly unknown[], depth: number): Extent {
    let values = 1;
    let levels = 0;
    for (const item of items) {
      const extent = this.visit(item, depth + 1);
      values += extent.values;
      levels = Math.max(levels, extent.levels);
    }
    return { values, levels: levels + 1 };
  }

  private mapping(items: readonly { readonly key: unknown; readonly value: unknown }[], depth: number): Extent {
    const { isAlias, isCollection, isNode, isScalar } = this.kinds;
    const keys = new Set<unknown>();
    let values = 1;
    let levels = 0;
    for (const { key, value } of items) {
      const keyExtent = this.visit(key, depth + 1);
      const keyOffset = isNode(key) ? key.range?.[0] : undefined;
      const named = isAlias(key) ? this.targets.get(key) : key;
      if (isCollection(named)) this.stop("collection-key", keyOffset);
      if (isScalar(key)) {
        if (keys.has(key.value)) this.stop("duplicate-key", keyOffset);
        keys.add(key.value);
      }
      const extent = this.visit(value, depth + 1);
      values += keyExtent.values + extent.values;
      levels = Math.max(levels, extent.levels);
    }
    return { values, levels: levels + 1 };
  }

  private alias(alias: Alias, depth: number): Extent {
    const anchor = this.anchors.get(alias.source);
    if (anchor === undefined) this.stop("alias-unknown");
    const { node, extent } = anchor;
    this.targets.set(alias, node);
    this.added += extent?.values ?? Number.POSITIVE_INFINITY;
    if (extent === undefined || this.added > this.allowed) this.stop("alias-count");
    if (depth + extent.levels > DEPTH_LIMIT) this.stop("depth");
    return extent;
  }

  private stop(fault: NodeFault["fault"], offset = this.offset): never {
    throw new Stop({ fault, offset });
  }
}
