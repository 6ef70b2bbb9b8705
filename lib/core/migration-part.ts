/**
 * ```ts
 * new DatabaseMove(stack, "orders", { migration: shop, … });
 * ```
 *
 * A part does a share of a migration's work: its data, its configuration, its validation. It is given its migration and
 * belongs to it from then on: it takes stage, tags and assessment from there, its findings block, its steps are in the runbook
 * and its verifications count, without anybody including it. It answers by phase, never by a pattern's stage name, so that it
 * serves every pattern; a part that has nothing to say to a pattern is refused when it is made.
 */
import { TerraformStack, type TerraformResource } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { AssessmentRecord } from "./assessment-record";
import { MigrationError } from "./error";
import type { Finding } from "./finding";
import { phases, phasesBetween, type Phase } from "./phase";
import type { Stage, Stages } from "./stage";
import type { RequiredEvidence } from "./stage-evidence";
import { joinSteps, type PartSteps } from "./part-steps";
import { declareRename, type RenameProps } from "./rename";
import type { Verification } from "./verification";

export type { PartSteps } from "./part-steps";

/** The migration as its parts see it. Every `Migration` is one. */
export interface MigrationHost<Record extends AssessmentRecord = AssessmentRecord> extends IConstruct {
  /** The stage that is declared. */
  readonly stage: Stage;
  readonly stages: Stages;
  readonly assessment: Record;
  /** The tags of every taggable resource of the migration. */
  readonly tags: Readonly<globalThis.Record<string, string>>;
  /** Protects resources that hold data: from the second stage on Terraform refuses to destroy them. */
  protect(...resources: readonly (TerraformResource | undefined)[]): void;
  /** Registers the part with the migration. Called by {@link MigrationPart}'s constructor, by nobody else. */
  attach(part: MigrationPart): void;
}

/** Properties that every part has. */
export interface MigrationPartProps<Host extends MigrationHost = MigrationHost> extends RenameProps {
  /** The migration that the part belongs to. It must be in the same stack, because a stage is one deploy. */
  readonly migration: Host;
}

/** Returns the props of a part without those that every part has, for the part's own schema. */
export function ownProps<Props extends MigrationPartProps>(props: Props): Omit<Props, keyof MigrationPartProps> {
  const { migration: _migration, renamedFrom: _renamedFrom, namedAfter: _namedAfter, ...own } = props;
  return own;
}

/** A transition of a migration, as its parts see it. */
export interface StageTransition {
  /** The stage before; undefined where nothing is deployed yet. */
  readonly from: Stage | undefined;
  /** The stage that is entered, and left again on the way back. */
  readonly to: Stage;
}

/** The names to write into the steps of a phase. */
export interface TransitionNames {
  /** The stage that is entered. */
  readonly stage: string;
  /** The stage before, to which the way back leads; undefined where it withdraws everything. */
  readonly before: string | undefined;
}

/**
 * The base class of every part of a migration.
 *
 * @throws MigrationError `MIGRATION_PART_MIGRATION`, `MIGRATION_PART_APP`, `MIGRATION_PART_STACK`, `MIGRATION_PART_PHASE`, and
 * those of {@link declareRename}
 */
export abstract class MigrationPart<Host extends MigrationHost = MigrationHost> extends Construct {
  /** The migration that it belongs to. */
  public readonly migration: Host;

  /**
   * @param answers the phases to which the part has something to say; the migration must have a stage in one of them
   */
  protected constructor(
    scope: Construct,
    id: string,
    props: MigrationPartProps<Host>,
    private readonly answers: readonly Phase[] = phases,
  ) {
    super(scope, id);
    this.migration = this.migrationOf(props);
    this.checkPlace();
    this.checkPhases();
    declareRename(this, props);
    this.migration.attach(this);
  }

  /** The stage that is declared. */
  public get stage(): Stage {
    return this.migration.stage;
  }

  /** The phase of the declared stage. */
  public get phase(): Phase {
    return this.migration.stage.phase;
  }

  /** The migration's tags. */
  public get tags(): Readonly<Record<string, string>> {
    return this.migration.tags;
  }

  /** The verifications that tell whether the part works. */
  public get verifications(): readonly Verification[] {
    return [];
  }

  /** The names of the data that it moves. */
  public get dataMoved(): readonly string[] {
    return [];
  }

  /** The DNS names that it switches to the target. */
  public get namesSwitched(): readonly string[] {
    return [];
  }

  /** The evidence that the part requires before the way back is given up; undefined where it requires none. */
  public get required(): RequiredEvidence | undefined {
    return undefined;
  }

  /** Returns the findings of the part's own rules. Called when the tree is finished. */
  public findings(): readonly Finding[] {
    return [];
  }

  /**
   * Returns the part's steps of a transition: those of every phase that begins in it, or those between two stages of one
   * phase. Phases that a pattern leaves out are passed through, with one deployment for all of them.
   */
  public stepsOf(transition: StageTransition): PartSteps {
    const { from, to } = transition;
    if (from?.phase === to.phase) return this.stepsWithin(transition);
    const names = { stage: to.name, before: from?.name };
    const passed = phasesBetween(from?.phase, to.phase).filter((phase) => this.answers.includes(phase));
    const steps = passed.map((phase) => this.stepsInto(phase, names, transition));
    return {
      enter: joinSteps(steps.map(({ enter = [] }) => enter)),
      reverse: joinSteps(steps.map(({ reverse = [] }) => reverse).reverse()),
    };
  }

  /**
   * Returns the part's steps for entering the phase, and for leaving it backwards. `transition` tells a phase that is only
   * passed through from that of the stage that is entered; a phase that leaves its deployment to another one of the
   * transition has its steps before or after that, as the phases follow each other.
   */
  protected stepsInto(_phase: Phase, _names: TransitionNames, _transition: StageTransition): PartSteps {
    return {};
  }

  /** Returns the part's steps for a transition between two stages of one phase. */
  protected stepsWithin(_transition: StageTransition): PartSteps {
    return {};
  }

  /** Returns the migration of the props. TypeScript asks for it; a JavaScript caller, or a cast, must be told as plainly. */
  private migrationOf(props: MigrationPartProps<Host> | undefined): Host {
    const received = props?.migration as Partial<Host> | null | undefined;
    if (received?.node !== undefined && typeof received.stage === "object" && typeof received.attach === "function") {
      return received as Host;
    }
    throw new MigrationError({
      code: "MIGRATION_PART_MIGRATION",
      path: "migration",
      received: received === null ? "null" : typeof received,
      allowed: "the migration that the part belongs to: a LiftAndShift, a HybridCloud, or another pattern's construct",
      fix: "make the migration first and pass it, as in { migration: shop, … }",
      construct: this.node.path,
    });
  }

  private checkPlace(): void {
    const { migration } = this;
    if (migration.node.root !== this.node.root) {
      throw new MigrationError({
        code: "MIGRATION_PART_APP",
        path: "migration",
        received: migration.node.path,
        allowed: `a migration of the app in which the part ${this.node.path} is`,
        fix: "make the part and its migration in one app",
        construct: this.node.path,
      });
    }
    const [own, other] = [TerraformStack.of(this).node.path, TerraformStack.of(migration).node.path];
    if (own === other) return;
    throw new MigrationError({
      code: "MIGRATION_PART_STACK",
      path: "migration",
      received: `${migration.node.path} in the stack ${other}`,
      allowed: `a migration of the stack ${own}, in which the part ${this.node.path} is: a stage is one deploy`,
      fix: "make the part in the migration's own stack",
      construct: this.node.path,
    });
  }

  private checkPhases(): void {
    const found = new Set([...this.migration.stages].map(({ phase }) => phase));
    if (this.answers.some((phase) => found.has(phase))) return;
    throw new MigrationError({
      code: "MIGRATION_PART_PHASE",
      path: "migration",
      received: `${this.migration.node.path}, with stages of the phases ${[...found].join(", ")}`,
      allowed: `a migration with a stage of the phases ${this.answers.join(", ")}, to which the part ${this.node.path} answers`,
      fix: "leave the part out, or give it to the migration whose work it does",
      construct: this.node.path,
    });
  }
}
