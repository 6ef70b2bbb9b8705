/** The rules about migrations that depend on each other, as far as their declarations tell. */
import { defineRule, type Rule } from "./rule";

/** A dependency of a migration, with the stages that both sides declare. */
export interface ReviewedDependency {
  /** The other migration: its construct's path, or the path of its parameters where it is of another app. */
  readonly migration: string;
  /** The stage that the other migration declares; undefined where it is of another app, and only the deployment can tell. */
  readonly declared: string | undefined;
  /** The stages that the other has. @default - it is of another app, and not known here */
  readonly stages?: readonly string[];
  /** The stages that the dependency says the other has. */
  readonly namedStages: readonly string[];
  /** The stack of the other; undefined where it is of another app. */
  readonly stack: string | undefined;
  /** The first of the other migration's stages that satisfies the dependency. */
  readonly reached: string;
  /** The other migration's stages that satisfy the dependency. */
  readonly needs: readonly string[];
  /** The first own stage that needs them. */
  readonly before: string;
  /** The own stages that need them. */
  readonly while: readonly string[];
}

/** The subject of the rules about dependencies: a migration with what it depends on. */
export interface InterlockReview {
  readonly migration: string;
  readonly stack: string;
  /** The stage that is declared. */
  readonly stage: string;
  readonly dependencies: readonly ReviewedDependency[];
  /** The circle that the migration is in, as parameter paths. @default - it is in none */
  readonly circle?: readonly string[];
}

/** Reports a migration that declares a stage that needs a later stage of another migration. */
export const interlockNotReached: Rule<InterlockReview> = defineRule<InterlockReview>({
  id: "interlock-not-reached",
  title: "A migration declares a stage that needs a later stage of another migration",
  severity: "blocker",
  why: "a migration that serves without what it depends on fails for every user at once: a route without its schema, a server without its connection",
  remedy: "bring the other migration forward first; on the way back, take the dependent back first",
  *check({ migration, stack, stage, dependencies }) {
    for (const each of dependencies) {
      if (each.declared === undefined || !each.while.includes(stage) || each.needs.includes(each.declared)) continue;
      yield {
        subject: migration,
        message: `the stage ${stage} needs ${each.migration} to have reached ${each.reached}, but that migration declares ${each.declared}`,
        remedy: `forward: declare ${each.reached} for ${each.migration} first (cdktf deploy ${each.stack ?? ""}, then cdktf deploy ${stack}); back: declare a stage before ${each.before} for ${migration} first (cdktf deploy ${stack} --ignore-missing-stack-dependencies, then cdktf deploy ${each.stack ?? ""})`,
      };
    }
  },
});

/** A migration of the app is named by its path, with the stages of another pattern. */
export const interlockOtherStages: Rule<InterlockReview> = defineRule<InterlockReview>({
  id: "interlock-other-stages",
  title: "A dependency names stages that the other migration does not have",
  severity: "blocker",
  why: "how far the other has come is read in the order of its stages: in another order the first may count as the last",
  remedy: "pass the migration's construct, or the stages of its own pattern",
  *check({ migration, dependencies }) {
    for (const { migration: other, stages, namedStages } of dependencies) {
      if (stages === undefined || stages.join() === namedStages.join()) continue;
      const message = `it depends on ${other} with the stages ${namedStages.join(", ")}, and that has ${stages.join(", ")}`;
      yield { subject: migration, message };
    }
  },
});

/** Migrations that wait for each other. */
export const interlockCircle: Rule<InterlockReview> = defineRule<InterlockReview>({
  id: "interlock-circle",
  title: "Migrations depend on each other in a circle",
  severity: "blocker",
  why: "none of them can go forward before the others have",
  remedy: "remove the dependency that is not needed, or merge two of the migrations into one",
  *check({ migration, circle }) {
    if (circle !== undefined) yield { subject: migration, message: `circular dependency: ${circle.join(" → ")}` };
  },
});

/** The rules about migrations that hold each other. */
export const interlockRules: readonly Rule<InterlockReview>[] = [
  interlockNotReached,
  interlockOtherStages,
  interlockCircle,
];
