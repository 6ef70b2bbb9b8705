/** The properties of a migration, which every pattern has, and the definition that its pattern passes to `super`. */
import type { TerraformProvider } from "cdktf";
import type { AssessmentRecord } from "./assessment-record";
import type { MigrationDependency } from "./migration-dependency";
import type { PatternProfile } from "./pattern-profile";
import type { Unprotected } from "./protection";
import type { RenameProps } from "./rename";
import type { MigrationRole } from "./role";
import type { RollbackPlan } from "./rollback";
import type { Stages } from "./stage";
import type { Verification } from "./verification";

/** Properties that every pattern has. */
export interface MigrationProps<StageName extends string = string> extends RenameProps {
  /**
   * The name of the app, the same for all its migrations: what `migration-patterns status --app` takes. Part of the names of
   * the parameters that record the stages, so it follows no construct path and stays what it is. 1 to 64 letters, digits,
   * dashes and underscores.
   */
  readonly app: string;
  /**
   * The migration's name in the app: 1 to 128 letters, digits, dashes, dots and underscores.
   * @default - made of the path that it is named after, its construct's own: `wave-1-servers`
   */
  readonly name?: string;
  /**
   * The outcome of `assess()`. While it is not `ready`, nothing is synthesized, and every blocker is listed.
   * @parsedBy Migration
   */
  readonly assessment: AssessmentRecord;
  /**
   * The stage that is declared. Change it, forward or back, and deploy.
   * @code STAGE_UNKNOWN
   */
  readonly stage: StageName;
  /** The rollback plan: who decides to go back, on what, and for how long that stays possible. */
  readonly rollback: RollbackPlan;
  /**
   * The stages of other migrations that must be reached before this migration may serve, and must not be left while it does.
   * @default - it depends on none
   * @example [{ migration: orders, reached: "migrate" }]
   */
  readonly dependsOn?: readonly MigrationDependency[];
  /**
   * The provider of the account and region in which the stages are recorded.
   * @default - the stack's own, the one without an alias
   */
  readonly recordProvider?: TerraformProvider;
  /**
   * The wave this migration belongs to, for the `migration:wave` tag and the plan.
   * @default - in no wave; no tag
   */
  readonly wave?: string;
  /**
   * Verifications of this migration, beyond those that its pattern and its parts make themselves: alarms that exist already,
   * comparisons that somebody makes by hand.
   * @default - what the pattern and its parts make
   */
  readonly verifications?: readonly Verification[];
  /**
   * An exception from the protection of what holds data, which has `prevent_destroy` in every stage but the first. Declare
   * it and deploy before whatever destroys: Terraform reads the protection from the code. While it is in force the finding
   * `unprotected` warns of it; after its last day everything is protected again, and the migration is blocked until it is
   * removed.
   * @default - what holds data is protected from the second stage on
   * @example { reason: "the wave is withdrawn after its test", approvedBy: "A. Owner", until: "2026-12-04" }
   */
  readonly unprotected?: Unprotected;
  /**
   * The user's tags on every taggable resource, beside `migration:pattern` and `migration:wave`.
   * @default - the library's tags alone
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The definition of a pattern, which its construct passes to `super`. */
export interface MigrationDefinition<StageName extends string> {
  readonly profile: PatternProfile;
  readonly role: MigrationRole;
  readonly stages: Stages<StageName>;
  /**
   * The recorder of the stage that was reached.
   *
   * - `terraform`: Terraform, after everything else.
   * - `runner`: the process that brings data to the declared stage.
   *
   * @default "terraform"
   */
  readonly reachedBy?: "terraform" | "runner";
  /**
   * The run of a pattern that begins anew with each release: each run has a record of its own.
   * @default - the migration is done once
   */
  readonly run?: string;
}
