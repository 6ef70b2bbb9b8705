/** The subject of the guard's rules: a plan without any of its values. */
import type { GuardedChange } from "./guarded-change";
import type { InPlaceCut } from "../losses/cut";
import type { PlannedStage } from "./planned-stages";
import type { PlannedInvocation } from "./terraform-plan";

/** A change that was made outside of Terraform. */
export interface DriftedResource {
  readonly address: string;
  readonly destroyed: boolean;
  readonly holds?: string;
  readonly carries?: string;
  readonly cuts: readonly InPlaceCut[];
}

/** A lifecycle of objects that the plan creates for a bucket which exists already. */
export interface NewExpiry {
  readonly address: string;
  readonly cuts: readonly InPlaceCut[];
}

/** A plan, as the guard's rules see it. */
export interface GuardReview {
  /** The changes of resources, those that change nothing left out. */
  readonly changes: readonly GuardedChange[];
  readonly drift: readonly DriftedResource[];
  /** The addresses of what only a later plan will show. */
  readonly deferred: readonly string[];
  /** The actions of providers that the plan runs. */
  readonly invocations: readonly PlannedInvocation[];
  readonly newExpiries: readonly NewExpiry[];
  readonly stages: readonly PlannedStage[];
  /** Whether production may depend on what the plan changes. */
  readonly serves: boolean;
  /** Whether the plan changes the declared stage of a migration. */
  readonly changesStage: boolean;
  /** The name of the plan. */
  readonly plan: string;
  readonly errored: boolean;
  readonly complete: boolean;
}

/** Describes the end of a resource: `is destroyed, because its for_each no longer has this key`. */
export function endPhrase({ effect, deposed, createdFirst, replacedBy, reason }: GuardedChange): string {
  const what = deposed ? "the object of it that an earlier replacement left behind" : "it";
  const because =
    replacedBy.length > 0 ? ` because of ${replacedBy.join(", ")}` : reason === undefined ? "" : `, because ${reason}`;
  if (effect !== "replaced") return `the plan destroys ${what}${because}`;
  return `the plan replaces ${what}${createdFirst ? ", the new one first," : ""}${because}`;
}

/** Checks whether the plan destroys the resource, with or without another in its place. */
export function ends({ effect }: GuardedChange): boolean {
  return effect === "destroyed" || effect === "replaced";
}
