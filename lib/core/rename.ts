/**
 * ```ts
 * new LiftAndShift(stack, "web", { …, renamedFrom: "wave-1/servers", namedAfter: "wave-1/servers" });
 * ```
 *
 * A construct's path is two contracts at once: the Terraform addresses of all that is below it, and the names in AWS that
 * are made of it. `renamedFrom` keeps the first, with `moved` blocks ({@link Moves}), and may go when every state has moved;
 * `namedAfter` keeps the second, and stays, because a name in AWS cannot be moved: nearly each one that changes replaces what
 * serves. The old path itself is kept, rather than a name made of it, because some names are a hash of the path (the inside
 * addresses of VPN tunnels) and others a part of it.
 */
import { TerraformStack, type TerraformResource } from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import { admit } from "./door/admit";
import { MigrationError } from "./error";
import { addressAt, formerAddress } from "./former-address";
import { Moves } from "./moves";
import { isUnresolved } from "./unresolved";

/** Properties of a construct that can be renamed. */
export interface RenameProps {
  /**
   * The whole path that the construct had before, as errors and the plan write it: `moved` blocks keep the resources below
   * it. May go when every state has moved, which is when a plan of each says nothing of moves.
   * @default - it was not renamed
   * @example "wave-1/servers"
   */
  readonly renamedFrom?: string;
  /**
   * The path of which the names of its resources are made. Stays for as long as they shall keep their names.
   * @default - its own path
   * @example "wave-1/servers"
   */
  readonly namedAfter?: string;
}

const PATH = /^[^/]+(?:\/[^/]+)+$/;

interface Rename {
  readonly renamedFrom: string | undefined;
  readonly namedAfter: string | undefined;
}

/** The constructs of one tree that can be renamed, with what their props say. */
class Renames {
  private static readonly trees = new WeakMap<IConstruct, Renames>();

  public static of({ root }: Node): Renames {
    const found = Renames.trees.get(root) ?? new Renames();
    Renames.trees.set(root, found);
    return found;
  }

  public readonly byNode = new Map<Node, Rename>();
  public readonly byNames = new Map<string, IConstruct>();
  public readonly byFormerPath = new Map<string, IConstruct>();
}

/**
 * Takes the former path and the names of a construct from its props: to be called before anything is made below it.
 *
 * @throws MigrationError `MIGRATION_RENAMED_FROM`, `MIGRATION_RENAMED_STACK`, `MIGRATION_RENAMED_TWICE`,
 * `MIGRATION_RENAMED_NAMES`, `MIGRATION_NAMED_AFTER`; at synthesis `MIGRATION_RENAMED_TAKEN`
 */
export function declareRename(construct: Construct, { renamedFrom, namedAfter }: RenameProps): void {
  const renames = Renames.of(construct.node);
  checkNames(construct, namedAfter);
  if (renamedFrom !== undefined) {
    checkFormerPath(construct, renamedFrom);
    checkStack(construct, renamedFrom);
    const other = renames.byFormerPath.get(renamedFrom);
    if (other !== undefined) throw twice(construct, renamedFrom, other);
    if (namedAfter === undefined) throw namesMissing(construct, renamedFrom);
    renames.byFormerPath.set(renamedFrom, construct);
  }
  if (renamedFrom !== undefined || namedAfter !== undefined) {
    renames.byNode.set(construct.node, { renamedFrom, namedAfter });
  }
  const names = namePath(construct);
  const other = renames.byNames.get(names);
  if (other !== undefined) throw namesTaken(construct, names, other);
  renames.byNames.set(names, construct);
  if (renamedFrom === undefined) return;
  new Moves(construct, "moved", {
    from: renamedFrom,
    isRenamed: (each) => renames.byNode.get(each.node)?.renamedFrom !== undefined,
  });
}

/**
 * Returns the path of which names are made: the construct's own, in which what the nearest construct above it is named after
 * stands for that one's path. A name must never be made of `node.path`, which a rename changes.
 */
export function namePath(iConstruct: IConstruct): string {
  admit("namePath", { iConstruct });
  const { node } = iConstruct;
  const { byNode } = Renames.of(node);
  const below: string[] = [];
  for (let each: Node | undefined = node; each !== undefined; each = each.scope?.node) {
    const named = byNode.get(each)?.namedAfter;
    if (named !== undefined) return [named, ...below].join("/");
    below.unshift(each.id);
  }
  return node.path;
}

/**
 * Returns the addresses from which Terraform brings a resource here whose own construct says that it was called `formerId`: under
 * that id at its path of today, and at the path that the nearest construct above it says it had.
 */
export function addressesBefore(resource: TerraformResource, formerId: string): string[] {
  const { byNode } = Renames.of(resource.node);
  const now = formerAddress(resource, formerId);
  const { scopes } = resource.node;
  for (const { node } of [...scopes].reverse()) {
    const from = byNode.get(node)?.renamedFrom;
    if (from === undefined) continue;
    const former = from.slice(TerraformStack.of(resource).node.path.length + 1).split("/");
    const below = scopes.slice(node.scopes.length, -1).map((each) => each.node.id);
    return [now, addressAt(resource, [...former, ...below, formerId])];
  }
  return [now];
}

function checkNames(construct: IConstruct, namedAfter: unknown): void {
  if (namedAfter === undefined) return;
  if (typeof namedAfter === "string" && PATH.test(namedAfter) && !isUnresolved(namedAfter)) return;
  throw new MigrationError({
    code: "MIGRATION_NAMED_AFTER",
    path: "namedAfter",
    received: isUnresolved(namedAfter) ? "a value that only Terraform knows" : namedAfter,
    allowed: "the path of a construct, known at synthesis, which begins with its stack: wave-1/servers",
    fix: "write the path that the construct had when its resources were named, or leave it out",
    construct: construct.node.path,
  });
}

function checkFormerPath(construct: IConstruct, renamedFrom: unknown): void {
  const { path } = construct.node;
  const stack = TerraformStack.of(construct).node.path;
  const refuse = (received: unknown, allowed: string, fix: string): MigrationError =>
    new MigrationError({
      code: "MIGRATION_RENAMED_FROM",
      path: "renamedFrom",
      received,
      allowed,
      fix,
      construct: path,
    });
  if (typeof renamedFrom !== "string" || isUnresolved(renamedFrom) || !PATH.test(renamedFrom)) {
    const received = isUnresolved(renamedFrom) ? "a value that only Terraform knows" : renamedFrom;
    const allowed = `the whole path that the construct had, known at synthesis: ${stack}/ID, or ${stack}/SCOPE/ID`;
    throw refuse(received, allowed, "write the path as errors and the plan of the earlier commit have it");
  }
  if (renamedFrom === path) {
    throw refuse(
      renamedFrom,
      `a path that the construct had before; ${path} is the one it has`,
      "leave renamedFrom out, or write the path of the earlier commit",
    );
  }
}

/** `moved` crosses no state (Terraform language, "Refactoring"), and each stack of CDKTF has a state of its own. */
function checkStack(construct: IConstruct, renamedFrom: string): void {
  const { path } = construct.node;
  const stack = TerraformStack.of(construct).node.path;
  if (renamedFrom.startsWith(`${stack}/`)) return;
  const below = path.slice(stack.length + 1);
  const before = renamedFrom.split("/")[0] ?? "";
  throw new MigrationError({
    code: "MIGRATION_RENAMED_STACK",
    path: "renamedFrom",
    received: renamedFrom,
    allowed: `a path in the stack ${stack}, in which ${path} is: a moved block crosses no state`,
    fix: `where only the stack's id changed and its backend is still that of ${before}, no address changes by it: write namedAfter: "${renamedFrom}" alone, and renamedFrom: "${stack}/…" only where ${below} had another path below its stack; else write a removed block with destroy = false for each resource in ${before}, deploy that, and an import block for each here`,
    construct: path,
  });
}

function twice(construct: IConstruct, renamedFrom: string, other: IConstruct): MigrationError {
  return new MigrationError({
    code: "MIGRATION_RENAMED_TWICE",
    path: "renamedFrom",
    received: renamedFrom,
    allowed: `a path that no other construct had: ${other.node.path} is renamed from it as well`,
    fix: "leave renamedFrom to the one of the two that the resources belong to",
    construct: construct.node.path,
  });
}

function namesMissing(construct: IConstruct, renamedFrom: string): MigrationError {
  return new MigrationError({
    code: "MIGRATION_RENAMED_NAMES",
    path: "namedAfter",
    allowed: "renamedFrom only beside namedAfter: names made of the path would change, and replace what serves",
    fix: `write namedAfter: "${renamedFrom}", or what it was named after before; it stays when renamedFrom goes`,
    construct: construct.node.path,
  });
}

function namesTaken(construct: IConstruct, names: string, other: IConstruct): MigrationError {
  return new MigrationError({
    code: "MIGRATION_NAMED_AFTER",
    path: "namedAfter",
    received: names,
    allowed: `a path after which nothing else is named: ${other.node.path} is`,
    fix: "give the newer of the two another id, or name it after a path of its own",
    construct: construct.node.path,
  });
}
