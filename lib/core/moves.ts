/**
 * The `moved` blocks of a construct that was renamed: one for each resource and module below it, from the address that
 * CDKTF gave it at the old path. They are written when the stack is, because parts add resources until then.
 *
 * What was called otherwise below it too has a chain of them, which Terraform follows from wherever a state has it: at the old path
 * under the old name, at the old path under the new one, at the new path under the old one.
 *
 * Nothing else in a state has an address that a rename changes: data sources are read anew, locals and outputs are computed.
 */
import { TerraformElement, TerraformModule, TerraformResource, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { MigrationError } from "./error";
import { formerAddress, formerIdOf, logicalIdAt } from "./former-address";

/** Properties of {@link Moves}. */
export interface MovesProps {
  /** The path that the construct had before. */
  readonly from: string;
  /** Checks whether a construct has `moved` blocks of its own. */
  readonly isRenamed: (construct: IConstruct) => boolean;
}

type Movable = TerraformResource | TerraformModule;

/** A `moved` block. */
interface Move {
  readonly from: string;
  readonly to: string;
}

/** The `moved` blocks of what is below its scope. It has no address itself. */
export class Moves extends TerraformElement {
  private readonly renamed: IConstruct;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MovesProps,
  ) {
    super(scope, id);
    this.renamed = scope;
  }

  // CDKTF asks every stack before it writes the first, and skips no question, so what is thrown here leaves nothing behind.
  public override toTerraform(): unknown {
    this.checkFormerPath();
    const moved = this.moves();
    return moved.length === 0 ? {} : { moved };
  }

  private moves(): Move[] {
    const owners = new Map(movables(this.cdktfStack, () => false).map((each) => [addressOf(each), each]));
    return movables(this.renamed, (each) => each !== this.renamed && this.props.isRenamed(each)).flatMap((each) => {
      return this.way(each).flatMap((from, index, way) => {
        const to = way[index + 1];
        if (to === undefined || from === to) return [];
        const holder = owners.get(from);
        if (holder !== undefined) throw this.taken(holder, ` and still has the address ${from}`);
        return [{ from, to }];
      });
    });
  }

  /** Returns the addresses through which an element comes here, the oldest first; none for what has no part in the rename. */
  private way(element: Movable): string[] {
    const stack = this.cdktfStack;
    // An id that somebody has set depends on no path.
    if (element.friendlyUniqueId !== stack.getLogicalId(element)) return [];
    const before = ownFormerId(element);
    // Another move of its own knows better, and Terraform takes one for each address.
    if (before === undefined && TerraformResource.isTerraformResource(element) && isMoved(element)) return [];
    const old = this.addressUnder(element, element.node.id);
    if (before === undefined) return [old, addressOf(element)];
    // The resource itself says how it goes on from there.
    return [this.addressUnder(element, before.id), old, before.address];
  }

  /** Returns the address that the element had at the old path, under an id of its own. */
  private addressUnder(element: Movable, id: string): string {
    const former = this.props.from.slice(this.cdktfStack.node.path.length + 1).split("/");
    const below = element.node.scopes.slice(this.renamed.node.scopes.length, -1).map(({ node }) => node.id);
    return `${kindOf(element)}.${logicalIdAt(element, [...former, ...below, id])}`;
  }

  /** A scope that was put between is above the renamed construct, and may well have the old path. */
  private checkFormerPath(): void {
    const { from } = this.props;
    let holder: IConstruct | undefined = this.renamed.node.root;
    for (const id of from.split("/")) holder = holder?.node.tryFindChild(id);
    if (holder !== undefined && !this.renamed.node.scopes.includes(holder)) throw this.taken(holder, "");
  }

  private taken(holder: IConstruct, what: string): MigrationError {
    return new MigrationError({
      code: "MIGRATION_RENAMED_TAKEN",
      path: "renamedFrom",
      received: this.props.from,
      allowed: `a path that no construct has any more: ${holder.node.path} is in the tree beside ${this.renamed.node.path}${what}`,
      fix: "deploy the rename first, to every state, and give something else the old path in a later commit",
      construct: this.renamed.node.path,
    });
  }
}

/** Returns the resources and modules below a construct, without other stacks and without what is below the excluded. */
function movables(top: IConstruct, isExcluded: (construct: IConstruct) => boolean): Movable[] {
  const found: Movable[] = [];
  const visit = (each: IConstruct): void => {
    if (TerraformResource.isTerraformResource(each) || each instanceof TerraformModule) found.push(each);
    for (const child of each.node.children) if (!TerraformStack.isStack(child) && !isExcluded(child)) visit(child);
  };
  visit(top);
  return found;
}

/** Returns the former id of a resource with the address that it gives it at the path of today. */
function ownFormerId(element: Movable): { readonly id: string; readonly address: string } | undefined {
  if (!TerraformResource.isTerraformResource(element)) return undefined;
  const id = formerIdOf(element);
  return id === undefined ? undefined : { id, address: formerAddress(element, id) };
}

/** CDKTF declares a boolean and returns what it moves. */
function isMoved(resource: TerraformResource): boolean {
  return Boolean(resource.hasResourceMove());
}

function kindOf(element: Movable): string {
  return element instanceof TerraformModule ? "module" : element.terraformResourceType;
}

function addressOf(element: Movable): string {
  return `${kindOf(element)}.${element.friendlyUniqueId}`;
}
