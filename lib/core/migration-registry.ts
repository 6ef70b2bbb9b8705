/**
 * The registry of all migrations of a construct tree, by their names. A name is an external contract, since the stage record
 * has it: two migrations of one name would overwrite each other's record.
 */
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { unique } from "./collections";
import { MigrationError } from "./error";
import type { IdentifiedMigration, ResolvedDependency } from "./migration-dependency";
import type { Stage } from "./stage";
import { parameterPath, type MigrationIdentity } from "./stage-parameters";

/** A migration as the registry knows it: with its construct, its declared stage and its dependencies. */
export interface RegisteredMigration extends IdentifiedMigration, IConstruct {
  /** The stage that is declared. */
  readonly stage: Stage;
  readonly dependencies: readonly ResolvedDependency[];
  /** The names of the servers that it moves. */
  readonly moves: readonly string[];
}

/** The migrations of one tree. */
export class MigrationRegistry {
  private static readonly trees = new WeakMap<IConstruct, MigrationRegistry>();

  /** Returns the registry of the tree that the construct is in. */
  public static of(scope: IConstruct): MigrationRegistry {
    const { root } = scope.node;
    const found = MigrationRegistry.trees.get(root) ?? new MigrationRegistry();
    MigrationRegistry.trees.set(root, found);
    return found;
  }

  private readonly byPath = new Map<string, RegisteredMigration>();

  /**
   * Adds a migration.
   *
   * @throws MigrationError `MIGRATION_NAME`
   */
  public add(migration: RegisteredMigration): void {
    const path = parameterPath(migration.identity);
    const other = this.byPath.get(path);
    if (other !== undefined) {
      throw new MigrationError({
        code: "MIGRATION_NAME",
        path: "name",
        received: migration.identity.name,
        allowed: `a name that no other migration of the app ${migration.identity.app} has: ${other.node.path} has this one`,
        fix: "give one of the two another name",
        construct: migration.node.path,
      });
    }
    this.byPath.set(path, migration);
  }

  /** The migrations in the order in which they were made. */
  public get all(): readonly RegisteredMigration[] {
    return [...this.byPath.values()];
  }

  /** Returns the migration of that identity; undefined where it is of another app, or is not made yet. */
  public find(identity: MigrationIdentity): RegisteredMigration | undefined {
    return this.byPath.get(parameterPath(identity));
  }

  /** Returns the migrations that depend on this one, in the order in which they were made. */
  public dependentsOf({ identity }: IdentifiedMigration): readonly RegisteredMigration[] {
    const path = parameterPath(identity);
    return [...this.byPath.values()].filter(({ dependencies }) =>
      dependencies.some(({ migration }) => parameterPath(migration.identity) === path),
    );
  }

  /** Returns the servers of the migration that another one moves, which was made before it, with the path of that one. */
  public sharedMoves(migration: RegisteredMigration): { readonly server: string; readonly other: string }[] {
    const movers = new Map<string, string>();
    for (const other of this.byPath.values()) {
      if (other === migration) break;
      for (const server of other.moves) if (!movers.has(server)) movers.set(server, other.node.path);
    }
    return unique(migration.moves).flatMap((server) => {
      const other = movers.get(server);
      return other === undefined ? [] : [{ server, other }];
    });
  }

  /** Returns the circle of dependencies that the migration is in, as parameter paths; undefined where it is in none. */
  public circleOf(migration: RegisteredMigration): readonly string[] | undefined {
    const start = parameterPath(migration.identity);
    const visited = new Set<string>();
    const search = (each: RegisteredMigration, path: readonly string[]): readonly string[] | undefined => {
      for (const { migration: needed } of each.dependencies) {
        const next = parameterPath(needed.identity);
        if (next === start) return [...path, start];
        const found = this.byPath.get(next);
        if (found === undefined || visited.has(next)) continue;
        visited.add(next);
        const circle = search(found, [...path, next]);
        if (circle !== undefined) return circle;
      }
      return undefined;
    };
    return search(migration, [start]);
  }
}

/** Returns the name of the stack that a migration is in. */
export function stackOf(migration: IConstruct): string {
  return TerraformStack.of(migration).node.id;
}
