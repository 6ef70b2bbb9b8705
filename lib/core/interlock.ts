/** The interlock of the migrations of one tree, as far as declarations tell: the order of their stacks, and what rules review. */
import { TerraformStack } from "cdktf";
import { MigrationError } from "./error";
import type { InterlockReview } from "./interlock-rules";
import { MigrationRegistry, stackOf, type RegisteredMigration } from "./migration-registry";
import { parameterPath } from "./stage-parameters";

/**
 * Makes the stacks of the migrations that this one depends on be deployed first.
 *
 * @throws MigrationError `MIGRATION_DEPENDENCY`
 */
export function dependOnStacks(dependent: RegisteredMigration): void {
  const own = TerraformStack.of(dependent);
  const registry = MigrationRegistry.of(dependent);
  for (const { migration } of dependent.dependencies) {
    const found = registry.find(migration.identity);
    if (found === undefined) continue;
    const other = TerraformStack.of(found);
    if (other === own || own.dependsOn(other)) continue;
    if (other.dependsOn(own)) {
      throw new MigrationError({
        code: "MIGRATION_DEPENDENCY",
        path: "dependsOn",
        received: `${found.node.path} of the stack ${other.node.id}, which is deployed after the stack ${own.node.id}`,
        allowed: "migrations of stacks that can be deployed first",
        fix: "move one of the migrations into a stack of its own, so that the stacks do not wait for each other",
        construct: dependent.node.path,
      });
    }
    own.addDependency(other);
  }
}

/** Returns the dependencies of a migration for the interlock's rules. Complete once the tree is. */
export function interlockReview(dependent: RegisteredMigration): InterlockReview {
  const registry = MigrationRegistry.of(dependent);
  const circle = registry.circleOf(dependent);
  return {
    migration: dependent.node.path,
    stack: stackOf(dependent),
    stage: dependent.stage.name,
    dependencies: dependent.dependencies.map((dependency) => {
      const found = registry.find(dependency.migration.identity);
      return {
        ...dependency,
        migration: found?.node.path ?? parameterPath(dependency.migration.identity),
        declared: found?.stage.name,
        ...(found === undefined ? {} : { stages: found.stages.names }),
        namedStages: dependency.migration.stages.names,
        stack: found === undefined ? undefined : stackOf(found),
      };
    }),
    ...(circle === undefined ? {} : { circle }),
  };
}
