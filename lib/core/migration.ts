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
import { rehearsedStage } from "./declared-stage";
import { MigrationError } from "./error";
import { sortFindings, type Finding } from "./finding";
import type { Gate } from "./gate";
import type { Link } from "./link";
import { withPartSteps, type MigrationPart } from "./migration-part";
import type { PatternProfile } from "./pattern-profile";
import { rollbackPlanSchema, type RollbackPlan } from "./rollback";
import { runRules, type Rule } from "./rule";
import type { Stage, Stages } from "./stage";
import { SynthesisCheck, type Checked } from "./synthesis-check";
import { migrationTags } from "./tags";
import { parseProps } from "./props";
import type { Verification } from "./verification";
import { applyWaivers, type Waiver } from "./waiver";

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
   * What says that this migration works, beyond what its pattern and its parts make themselves: alarms that exist already,
   * comparisons that somebody makes by hand.
   * @default - what the pattern and its parts make
   */
  readonly verifications?: readonly Verification[];
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
 * @throws MigrationError `STAGE_UNKNOWN`, `MIGRATION_ROLLBACK`, `MIGRATION_NOT_ASSESSED`, `MIGRATION_PART_STAGE`; at synthesis `MIGRATION_BLOCKED`, where
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
  private readonly parts: MigrationPart[] = [];
  private readonly ownVerifications: Verification[];
  private readonly ownLinks: Link[] = [];

  protected constructor(
    scope: Construct,
    id: string,
    props: MigrationProps<StageName>,
    definition: MigrationDefinition<StageName>,
  ) {
    super(scope, id);
    this.profile = definition.profile;
    this.stages = definition.stages;
    this.stage = definition.stages.get(rehearsedStage(this.node.path) ?? props.stage);
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
    this.ownVerifications = [...(props.verifications ?? [])];
    this.tags = migrationTags({ pattern: this.profile.name, stage: this.stage.name, wave: props.wave }, props.tags);
    SynthesisCheck.of(this).add(this);
  }

  /**
   * Makes the construct part of this migration: its findings block the synthesis, its steps are in the runbook, and what it
   * verifies counts. Gives it back.
   *
   * @example
   * const validation = routing.include(new ValidationSuite(stack, "validation", { … }));
   *
   * @throws MigrationError `MIGRATION_PART_STAGE`
   */
  public include<Part extends MigrationPart>(part: Part): Part {
    if (part.stage !== undefined && part.stage !== this.stage.name) {
      throw new MigrationError({
        code: "MIGRATION_PART_STAGE",
        path: part.node.path,
        received: part.stage,
        allowed: `${this.stage.name}, the stage of the migration that includes it`,
        fix: "make the part with the migration's own stage, migration.stage.name",
        construct: this.node.path,
      });
    }
    this.parts.push(part);
    this.checks.push(() => part.findings?.(this.assessment) ?? []);
    return part;
  }

  /** Whether the declared stage is `stage` or a later one. */
  public hasReached(stage: StageName): boolean {
    return this.stages.atLeast(this.stage.name, stage);
  }

  /** The stages, with the steps of the parts around each deployment: what the runbook is made of. */
  public get procedure(): readonly Stage<StageName>[] {
    return [...this.stages].map((stage) => withPartSteps(stage, this.parts));
  }

  /** What says that this migration works, its parts included. */
  public get verifications(): readonly Verification[] {
    return [...this.ownVerifications, ...this.parts.flatMap(({ verifications }) => verifications ?? [])];
  }

  /** The names of the servers it moves; empty for one that moves none. */
  public get moves(): readonly string[] {
    return [];
  }

  /** The names of what it moves that holds data, its parts included. */
  public get dataMoved(): readonly string[] {
    return [...new Set(this.parts.flatMap(({ dataMoved }) => dataMoved ?? []))];
  }

  /** The paths of the constructs that belong to it: its own, and those of its parts. */
  public get paths(): readonly string[] {
    return [this.node.path, ...this.parts.map(({ node }) => node.path)];
  }

  /** What it connects, for the network diagram. */
  public get links(): readonly Link[] {
    return this.ownLinks;
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

  /** Lists what says that the migration works. */
  protected verify(...verifications: readonly Verification[]): void {
    this.ownVerifications.push(...verifications);
  }

  /** Lists what the migration connects. */
  protected link(...links: readonly Link[]): void {
    this.ownLinks.push(...links);
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
