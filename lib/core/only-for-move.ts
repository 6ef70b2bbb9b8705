/**
 * ```ts
 * onlyForMove(this.role, this.policy); // in the constructor of what imports disks
 * ```
 *
 * Marks what a migration makes for the move alone, and what therefore ends with it: who makes a resource says so, because its
 * type cannot. An IAM role that imports disks ends with the migration, one of a server does not. Whatever is not marked stays, so
 * that a mark that was forgotten leaves something behind and destroys nothing. `migration-patterns hand-over` reads the marks
 * from the synthesized Terraform, in the comment of the record's last parameter.
 */
import type { IConstruct } from "constructs";

const marked = new WeakSet<IConstruct>();

/** Marks constructs, with all that is below them, as made for the move alone: they end with the migration. */
export function onlyForMove(...constructs: readonly (IConstruct | undefined)[]): void {
  for (const construct of constructs) if (construct !== undefined) marked.add(construct);
}

/** Checks whether the construct, or one above it, was made for the move alone. */
export function isOnlyForMove(construct: IConstruct): boolean {
  for (let each: IConstruct | undefined = construct; each !== undefined; each = each.node.scope) {
    if (marked.has(each)) return true;
  }
  return false;
}

/** The key of the comment below `//` in which the record tells what is whose: {@link HandOverComment}. */
export const HAND_OVER_COMMENT = "handOver";

/** The comment of a migration's `reached` parameter in the synthesized Terraform. */
export interface HandOverComment {
  /** The construct path of the migration. */
  readonly migration: string;
  /**
   * The addresses of its resources and modules, its parts' included and its record's not.
   * @default - those on which the parameter depends: a fleet has ten thousands, and they are in the file once
   */
  readonly resources?: readonly string[];
  /** The addresses among them that were made for the move alone. */
  readonly onlyForMove: readonly string[];
}
