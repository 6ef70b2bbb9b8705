/** What stands between two migrations that hold each other, as far as their declarations tell. */
import { defineRule, type Rule } from "./rule";

/** A dependency with what is declared on both sides. */
export interface ReviewedDependency {
  /** The other migration: its construct's path, or the path of its parameters where it is of another app. */
  readonly migration: string;
  /** The stage that the other declares; undefined where it is of another app, and only the deployment can tell. */
  readonly declared: string | undefined;
  /** The stages that the other has. @default - it is of another app, and not known here */
  readonly stages?: readonly string[];
  /** The stages that the dependency says the other has. */
  readonly namedStages: readonly string[];
  /** The stack of the other; undefined where it is of another app. */
  readonly stack: string | undefined;
  readonly reached: string;
  /** The other's stages that are enough. */
  readonly needs: readonly string[];
  /** The first own stage that needs them. */
  readonly before: string;
  /** The own stages that need them. */
  readonly while: readonly string[];
}

/** What the rules about dependencies look at. */
export interface InterlockReview {
  readonly migration: string;
  readonly stack: string;
  /** The stage that is declared. */
  readonly stage: string;
  readonly dependencies: readonly ReviewedDependency[];
  /** The circle that the migration is in, as parameter paths. @default - it is in none */
  readonly circle?: readonly string[];
}

/** The migration is in a stage that needs more of another than that declares. */
export const interlockNotReached: Rule<InterlockReview> = defineRule<InterlockReview>({
  id: "interlock-not-reached",
  title: "A migration declares a stage that needs another migration to have come further",
  severity: "blocker",
  why: "what serves on something that is not there fails for every user at once: a route without its schema, a server without its connection",
  remedy: "bring the other migration forward first; on the way back, take the dependent back first",
  *check({ migration, stack, stage, dependencies }) {
    for (const each of dependencies) {
      if (each.declared === undefined || !each.while.includes(stage) || each.needs.includes(each.declared)) continue;
      yield {
        subject: migration,
        message: `the stage ${stage} needs ${each.migration} to have reached ${each.reached}, and it declares ${each.declared}`,
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
  remedy: "take away the dependency that is not needed, or make one migration of two",
  *check({ migration, circle }) {
    if (circle !== undefined) yield { subject: migration, message: `it waits for itself: ${circle.join(" → ")}` };
  },
});

/** The rules about migrations that hold each other. */
export const interlockRules: readonly Rule<InterlockReview>[] = [
  interlockNotReached,
  interlockOtherStages,
  interlockCircle,
];
