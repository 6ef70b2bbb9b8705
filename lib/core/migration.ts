/**
 * ```ts
 * class LiftAndShift extends Migration<LiftAndShiftStage> { … }
 * ```
 *
 * What every pattern has in common: it has been assessed, it is in a declared stage of an ordered list, it has a way back,
 * and it refuses to be synthesized while anything blocks it. A pattern adds its resources, and reports what only the
 * finished tree can tell through {@link Migration.check}.
 */
import { Construct } from "constructs";
import type { AssessmentRecord } from "./assessment-record";
import { MigrationError } from "./error";
import { sortFindings, type Finding } from "./finding";
import type { Gate } from "./gate";
import type { PatternProfile } from "./pattern-profile";
import { rollbackPlanSchema, type RollbackPlan } from "./rollback";
import { runRules, type Rule } from "./rule";
import type { Stage, Stages } from "./stage";
import { SynthesisCheck, type Checked } from "./synthesis-check";
import { migrationTags } from "./tags";
import { applyWaivers, type Waiver } from "./waiver";
import { parseProps } from "./props";

/** What every pattern asks for. */
export interface MigrationProps<StageName extends string = string> {
  /** The outcome of `assess()`. While it is not `ready`, nothing is synthesized, and every blocker is listed. */
  readonly assessment: AssessmentRecord;
  /** The stage that holds now. Change it, forward or back, and deploy. */
  readonly stage: StageName;
  /** Who decides to go back, on what, and for how long that stays possible. */
  readonly rollback: RollbackPlan;
  /**
   * The wave this migration belongs to, for the `migration:wave` tag and the plan.
   * @default - in no wave; no tag
   */
  readonly wave?: string;
  /**
   * Tags on every taggable resource, beside `migration:pattern`, `migration:stage` and `migration:wave`.
   * @default - the library's tags alone
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What a pattern says of itself when it calls `super`. */
export interface MigrationDefinition<StageName extends string> {
  readonly profile: PatternProfile;
  readonly stages: Stages<StageName>;
}

/** What {@link Migration.evaluate} gives back. */
export interface Evaluation {
  /** The migration's own findings, those that a waiver covers marked with it. */
  readonly findings: readonly Finding[];
  /** The waivers of the assessment that covered at least one of them. */
  readonly used: ReadonlySet<Waiver>;
}

/**
 * The base of every pattern.
 *
 * @throws MigrationError `STAGE_UNKNOWN`, `MIGRATION_ROLLBACK`, `MIGRATION_NOT_ASSESSED`; at synthesis `MIGRATION_BLOCKED`, where
 * validations are skipped and something blocks
 */
export abstract class Migration<StageName extends string = string> extends Construct implements Checked {
  public readonly profile: PatternProfile;
  public readonly stages: Stages<StageName>;
  /** The stage that holds now. */
  public readonly stage: Stage<StageName>;
  public readonly rollback: RollbackPlan;
  public readonly wave?: string;
  public readonly assessment: AssessmentRecord;
  /** The tags of every taggable resource of this migration. */
  public readonly tags: Readonly<Record<string, string>>;

  private readonly checks: (() => readonly Finding[])[] = [];

  protected constructor(
    scope: Construct,
    id: string,
    props: MigrationProps<StageName>,
    definition: MigrationDefinition<StageName>,
  ) {
    super(scope, id);
    this.profile = definition.profile;
    this.stages = definition.stages;
    this.stage = definition.stages.get(props.stage);
    this.rollback = parseProps(this, "MIGRATION_ROLLBACK", rollbackPlanSchema, props.rollback);
    // TypeScript already refuses this; a JavaScript caller, or a cast, must be told as plainly.
    if ((props.assessment as AssessmentRecord | undefined)?.verdict === undefined) {
      throw new MigrationError({
        code: "MIGRATION_NOT_ASSESSED",
        path: "assessment",
        allowed: "the outcome of assess()",
        fix: "assess the inventory first and pass what assess() returns",
        construct: this.node.path,
      });
    }
    this.assessment = props.assessment;
    this.wave = props.wave;
    this.tags = migrationTags({ pattern: this.profile.name, stage: this.stage.name, wave: props.wave }, props.tags);
    SynthesisCheck.of(this).add(this);
  }

  /** Whether the declared stage is `stage` or a later one. */
  public hasReached(stage: StageName): boolean {
    return this.stages.atLeast(this.stage.name, stage);
  }

  /**
   * What this migration's own rules and gates find, the assessment's waivers applied. Complete once the tree is; synthesis
   * asks the same.
   */
  public evaluate(): Evaluation {
    const { waivers, asOf } = this.assessment;
    const { findings, used } = applyWaivers(
      this.checks.flatMap((check) => check()),
      waivers,
      asOf,
    );
    return { findings: sortFindings(findings), used };
  }

  /** Has the rules look at a subject when the tree is finished; their blockers stop the synthesis. */
  protected check<Subject>(rules: readonly Rule<Subject>[], subject: () => Subject): void {
    this.checks.push(() => runRules(rules, subject()));
  }

  /** Closes a stage, and all later ones, until the gate finds nothing. */
  protected addGate(gate: Gate<StageName>): void {
    this.checks.push(() => (this.hasReached(gate.before) ? gate.evaluate() : []));
  }
}
