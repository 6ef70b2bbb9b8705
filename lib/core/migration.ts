/**
 * ```ts
 * class LiftAndShift extends Migration<LiftAndShiftStage> { … }
 * ```
 *
 * The base of every pattern: a migration that has been assessed, is in a declared stage of an ordered list, has a way back,
 * and refuses to be synthesized while anything blocks it. A pattern adds its resources, and reports what only the finished
 * tree can tell through {@link Migration.check}. Its parts make themselves known to it ({@link MigrationPart}), other
 * migrations hold it and are held ({@link MigrationProps.dependsOn}), and where it stands is recorded
 * ({@link RecordedStage}).
 */
import { TerraformModule, TerraformResource, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { AssessmentRecord } from "./assessment-record";
import { rehearsedStage } from "./declared-stage";
import { admit } from "./door/admit";
import { MigrationError } from "./error";
import { evidenceMissing } from "./evidence-rules";
import { isBlocking, sortFindings, type Finding } from "./finding";
import { dependOnStacks, interlockReview } from "./interlock";
import { interlockRules } from "./interlock-rules";
import type { Link } from "./link";
import {
  migrationAt,
  resolveDependencies,
  type IdentifiedMigration,
  type ResolvedDependency,
} from "./migration-dependency";
import { migrationIdentity } from "./migration-identity";
import { MigrationPart, type MigrationHost } from "./migration-part";
import type { MigrationDefinition, MigrationProps } from "./migration-props";
import { MigrationRegistry, type RegisteredMigration } from "./migration-registry";
import { movedServersRules } from "./moved-servers";
import { withPartSteps } from "./part-steps";
import { writeParsableBlocks } from "./parsable-blocks";
import type { PatternProfile } from "./pattern-profile";
import { parseProps } from "./props";
import { isInForce, preventDestroy, protectionRules, unprotectedSchema } from "./protection";
import type { MigrationRole } from "./role";
import { rollbackPlanSchema, type RollbackPlan } from "./rollback";
import { runRules, type Rule } from "./rule";
import type { Stage, Stages } from "./stage";
import type { RequiredEvidence } from "./stage-evidence";
import type { MigrationIdentity } from "./stage-parameters";
import { RecordedStage, type RecordedElement } from "./recorded-stage";
import { declareRename, namePath } from "./rename";
import { callingFile } from "./source-file";
import { SynthesisCheck, type Checked } from "./synthesis-check";
import { migrationTags } from "./tags";
import type { Verification } from "./verification";
import { applyWaivers, type Waiver } from "./waiver";
import { zoneReview } from "./zone-review";
import { zoneRules } from "./zone-rules";

/** The result of {@link Migration.evaluate}. */
export interface Evaluation {
  /** The migration's own findings, those that a waiver covers marked with it. */
  readonly findings: readonly Finding[];
  /** The waivers of the assessment that covered at least one of them. */
  readonly used: ReadonlySet<Waiver>;
}

/**
 * The base class of every pattern.
 *
 * @throws MigrationError `MIGRATION_APP`, `MIGRATION_NAME`, `STAGE_UNKNOWN`, `MIGRATION_EVIDENCE`, `MIGRATION_ROLLBACK`,
 * `MIGRATION_NOT_ASSESSED`, `MIGRATION_DEPENDENCY`, `MIGRATION_UNPROTECTED`, and those of {@link declareRename}; at synthesis
 * `MIGRATION_BLOCKED`, where validations are skipped and something blocks
 */
export abstract class Migration<StageName extends string = string>
  extends Construct
  implements Checked, MigrationHost, RegisteredMigration
{
  /**
   * Returns a migration of another app, to depend on. It is named by the path of its parameters, which `migration-patterns
   * status` prints, and its stages are those that its pattern exports.
   *
   * @example
   * dependsOn: [{ migration: Migration.fromParameterPath("/migration/network/office", hybridCloudStages), reached: "live" }]
   *
   * @throws MigrationError `MIGRATION_PARAMETER_PATH`
   */
  public static fromParameterPath(path: string, stages: Stages): IdentifiedMigration {
    admit("Migration.fromParameterPath", { path, stages });
    return migrationAt(path, stages);
  }

  /** The migration's identity in its account, whatever its construct is called. */
  public readonly identity: MigrationIdentity;
  /** The path of which names are made: its construct's own, or that which its props say. */
  public readonly namedAfter: string;
  /** The file in which the construct is made, from the folder of the app; undefined where it is not within it. */
  public readonly sourceFile?: string;
  public readonly profile: PatternProfile;
  /** The migration's role, for whoever plans it. */
  public readonly role: MigrationRole;
  public readonly stages: Stages<StageName>;
  /** The stage that is declared. */
  public readonly stage: Stage<StageName>;
  public readonly rollback: RollbackPlan;
  public readonly wave?: string;
  public readonly assessment: AssessmentRecord;
  /** Whether what holds data is protected: in every stage but the first, unless `unprotected` is in force. */
  public readonly isProtected: boolean;
  /** The dependencies on other migrations, with the defaults filled in. */
  public readonly dependencies: readonly ResolvedDependency[];
  /** The tags of every taggable resource of this migration. */
  public readonly tags: Readonly<Record<string, string>>;
  /** The parameters in which its stages are recorded. */
  public readonly record: RecordedStage;

  private readonly checks: (() => readonly Finding[])[] = [];
  private readonly parts: MigrationPart[] = [];
  private readonly ownVerifications: Verification[];
  private readonly ownLinks: Link[] = [];
  private shareController?: IConstruct;

  protected constructor(
    scope: Construct,
    id: string,
    props: MigrationProps<StageName> & { readonly evidence?: unknown },
    definition: MigrationDefinition<StageName>,
  ) {
    super(scope, id);
    const sourceFile = callingFile();
    if (sourceFile !== undefined) this.sourceFile = sourceFile;
    writeParsableBlocks(this);
    this.profile = definition.profile;
    this.role = definition.role;
    this.stages = definition.stages;
    declareRename(this, props);
    this.namedAfter = namePath(this);
    this.identity = migrationIdentity(this, props, definition.run);
    this.stage = this.stageOf(rehearsedStage(this.node.path) ?? props.stage);
    this.rollback = parseProps(this, "MIGRATION_ROLLBACK", rollbackPlanSchema, props.rollback, "rollback");
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
    this.isProtected = this.protects(props.unprotected);
    this.wave = props.wave;
    this.ownVerifications = [...(props.verifications ?? [])];
    this.tags = migrationTags({ pattern: this.profile.name, wave: props.wave }, props.tags);
    this.dependencies = resolveDependencies(props.dependsOn ?? [], this);
    this.checkEvidence(props.evidence);
    this.checks.push(() => runRules(interlockRules, interlockReview(this)));
    const registry = MigrationRegistry.of(this);
    registry.add(this);
    this.checks.push(() =>
      runRules(movedServersRules, { migration: this.node.path, shared: registry.sharedMoves(this) }),
    );
    this.checks.push(() => runRules(zoneRules, zoneReview(this)));
    dependOnStacks(this);
    this.record = new RecordedStage(this, "record", {
      identity: this.identity,
      stage: this.stage.name,
      stages: this.stages.names,
      reachedBy: definition.reachedBy ?? "terraform",
      dependencies: this.dependencies,
      tags: this.tags,
      ...(props.recordProvider === undefined ? {} : { provider: props.recordProvider }),
      resources: () => this.ownElements(),
    });
    SynthesisCheck.of(this).add(this);
  }

  /** Registers the part with this migration. {@link MigrationPart}'s constructor calls it, nobody else does. */
  public attach(part: MigrationPart): void {
    this.parts.push(part);
    this.checks.push(() => part.findings());
  }

  /**
   * Registers the controller that moves the traffic's share in the stages that leave it to one.
   *
   * @throws MigrationError `MIGRATION_SHARE_CONTROLLER` where there is one already
   */
  public controlShare(controller: IConstruct): void {
    const other = this.shareController;
    if (other !== undefined && other !== controller) {
      throw new MigrationError({
        code: "MIGRATION_SHARE_CONTROLLER",
        path: "controller",
        received: controller.node.path,
        allowed: `one controller of the traffic's share, which ${other.node.path} already is`,
        fix: "remove one of the two: they would move the share against each other",
        construct: this.node.path,
      });
    }
    this.shareController = controller;
  }

  /**
   * Protects resources that hold data, its own or its parts': from the second stage on Terraform refuses to destroy them. What
   * is replaced by design (an image, a copy, a file that the code itself has) is left out.
   */
  public protect(...resources: readonly (TerraformResource | undefined)[]): void {
    if (!this.isProtected) return;
    for (const resource of resources) if (resource !== undefined) preventDestroy(resource);
  }

  /**
   * Makes Terraform ignore an attribute of a resource while the declared stage leaves the share to a controller: the smallest
   * that it can name, so that every other change of the resource is still drift. Of an ALB listener rule that is
   * `action[0].forward[0].target_group`.
   */
  public leaveToController(resource: TerraformResource, attribute: string): void {
    if (typeof this.stage.trafficShare !== "object") return;
    const { ignoreChanges = [] } = resource.lifecycle ?? {};
    if (ignoreChanges === "all") return;
    resource.lifecycle = { ...resource.lifecycle, ignoreChanges: [...ignoreChanges, attribute] };
  }

  /** Checks whether the declared stage is `stage` or a later one. */
  public hasReached(stage: StageName): boolean {
    return this.stages.atLeast(this.stage.name, stage);
  }

  /** The stages, with the steps of the parts around each deployment. The runbook is made of them. */
  public get procedure(): readonly Stage<StageName>[] {
    return [...this.stages].map((to) => {
      const transition = { from: this.stages.before(to.name), to };
      return withPartSteps(
        to,
        this.parts.map((part) => part.stepsOf(transition)),
      );
    });
  }

  /** The verifications of this migration, its parts' included. */
  public get verifications(): readonly Verification[] {
    return [...this.ownVerifications, ...this.parts.flatMap(({ verifications }) => verifications)];
  }

  /** The names of the servers it moves; empty for one that moves none. */
  public get moves(): readonly string[] {
    return [];
  }

  /** The names of the data that it moves, its parts' included. */
  public get dataMoved(): readonly string[] {
    return [...new Set(this.parts.flatMap(({ dataMoved }) => dataMoved))];
  }

  /** The DNS names that its parts switch to the target. */
  public get namesSwitched(): readonly string[] {
    return [...new Set(this.parts.flatMap(({ namesSwitched }) => namesSwitched))];
  }

  /** The evidence that its parts require together; undefined where none requires any. */
  public get required(): RequiredEvidence | undefined {
    const required = this.parts.flatMap((part) => part.required ?? []);
    if (required.length === 0) return undefined;
    return {
      alarmNames: required.flatMap(({ alarmNames }) => alarmNames),
      minimumBakeHours: Math.max(...required.map(({ minimumBakeHours }) => minimumBakeHours)),
    };
  }

  /** The paths of the constructs that belong to it: its own, and those of its parts. */
  public get paths(): readonly string[] {
    return [this.node.path, ...this.parts.map(({ node }) => node.path)];
  }

  /** The connections that it makes, for the network diagram. */
  public get links(): readonly Link[] {
    return this.ownLinks;
  }

  /**
   * Returns the findings of this migration's own rules and gates, the assessment's waivers applied. Complete once the tree
   * is; synthesis asks the same.
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

  /** Adds verifications of the migration. */
  protected verify(...verifications: readonly Verification[]): void {
    this.ownVerifications.push(...verifications);
  }

  /** Adds connections that the migration makes. */
  protected link(...links: readonly Link[]): void {
    this.ownLinks.push(...links);
  }

  /** Runs the rules on a subject when the tree is finished; their blockers stop the synthesis. */
  protected check<Subject>(rules: readonly Rule<Subject>[], subject: () => Subject): void {
    this.checks.push(() => runRules(rules, subject()));
  }

  private protects(props: unknown): boolean {
    const unprotected =
      props === undefined
        ? undefined
        : parseProps(this, "MIGRATION_UNPROTECTED", unprotectedSchema, props, "unprotected");
    const { asOf } = this.assessment;
    this.checks.push(() => runRules(protectionRules, { migration: this.node.path, unprotected, asOf }));
    return this.stage.name !== this.stages.names[0] && !isInForce(unprotected, asOf);
  }

  private checkEvidence(evidence: unknown): void {
    const { name, evidence: demanded } = this.stage;
    if (demanded === undefined) {
      if (evidence === undefined || rehearsedStage(this.node.path) !== undefined) return;
      throw new MigrationError({
        code: "MIGRATION_EVIDENCE",
        path: "evidence",
        allowed: `no evidence in the stage ${name}, which demands none`,
        fix: "leave the evidence out, or declare the stage that it is for",
        construct: this.node.path,
      });
    }
    // A stage that is rehearsed has no evidence yet, and its absence is a finding of the rules.
    const parsed =
      evidence === undefined
        ? undefined
        : parseProps(this, "MIGRATION_EVIDENCE", demanded.schema, evidence, "evidence");
    this.checks.push(() => {
      const review = { stage: name, evidence: parsed, required: this.required, asOf: this.assessment.asOf };
      const found = runRules(demanded.rules, review);
      // The stage's own rules may say it better; that it is said does not depend on them.
      return found.some(isBlocking) ? found : [...found, ...evidenceMissing(review)];
    });
  }

  /** Returns the stage of that name; the error of another says which migration it is. */
  private stageOf(name: string): Stage<StageName> {
    if (this.stages.has(name)) return this.stages.get(name);
    throw new MigrationError({
      code: "STAGE_UNKNOWN",
      path: "stage",
      received: name,
      allowed: `one of ${this.stages.names.join(", ")}`,
      fix: "declare one of the pattern's stages",
      construct: this.node.path,
    });
  }

  /** Returns its resources and modules and its parts', without its record and without what is of another migration. */
  private ownElements(): RecordedElement[] {
    const found = new Set<RecordedElement>();
    const visit = (construct: IConstruct): void => {
      if (TerraformResource.isTerraformResource(construct)) found.add(construct);
      else if (construct instanceof TerraformModule) found.add(construct);
      for (const child of construct.node.children) if (!this.isForeign(child)) visit(child);
    };
    visit(this);
    for (const part of this.parts) visit(part);
    return [...found];
  }

  private isForeign(construct: IConstruct): boolean {
    if (construct === this.record || construct instanceof Migration || TerraformStack.isStack(construct)) return true;
    return construct instanceof MigrationPart && construct.migration !== (this as MigrationHost);
  }
}
