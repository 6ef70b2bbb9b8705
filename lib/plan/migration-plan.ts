/**
 * ```ts
 * const plan = new MigrationPlan(stack, "plan", {
 *   title: "Larkspur data-centre exit", assessment,
 *   migrations: [hybrid, wave1, { migration: wave2, risk: "high" }],
 *   waves: { calendar: { firstDay: "2027-01-16", everyDays: 7 }, window: { minutes: 480, starts: "22:00 CET" } },
 *   stakeholders: [{ name: "service desk", role: "first contact of customers", channel: "phone bridge" }],
 *   metrics: { region: "eu-central-1", emails: ["migration@example.com"] },
 * });
 * new PlanReport(stack, "report", { plan });
 * ```
 *
 * The construct for running several migrations as one project: waves, the review of the plan, its runbook, its metrics. It
 * reads what every pattern has (role, stages with their phases, dependencies, rollback, verifications) and knows no pattern by
 * name, so that a new pattern is planned like the existing ones.
 */
import type { App } from "cdktf";
import { Construct } from "constructs";
import type { Assessment } from "../assessment/assessment";
import { admitConstruct } from "../core/door/admit";
import type { Finding } from "../core/finding";
import { sortFindings } from "../core/finding";
import type { Evaluation, Migration } from "../core/migration";
import { runRules } from "../core/rule";
import { SynthesisCheck, type Checked } from "../core/synthesis-check";
import { isUnresolved } from "../core/tokens";
import { applyWaivers } from "../core/waiver";
import { defaultName } from "../core/construct-ids";
import { namePath } from "../core/rename";
import { planThresholds, type PlanThresholds } from "./anti-patterns/plan-review";
import { planRules } from "./anti-patterns/plan-rules";
import { assembleDocument, findingsOf, waveList, type DocumentInput } from "./assemble-document";
import { SuccessMetrics } from "./metrics/success-metrics";
import type { PlanDocument, PlannedWave } from "./plan-document";
import type { MigrationPlanProps, PlanEntry, PlanMetricsSettings } from "./plan-props";
import { checkPlan, checkWaveNames } from "./check-plan";
import { plannedWaves } from "./planned-waves";
import { rehearsalRules } from "./rehearsal/rehearsal-rules";
import { rehearse, type Rehearsal, type RehearsalOptions } from "./rehearsal/rehearse";
import { AutomationRunbooks } from "./runbook/automation-runbooks";
import { PlanRunbookFiles } from "./runbook/plan-runbook-files";
import { DEFAULT_ROUND_TRIP_MILLISECONDS, waveRules } from "./waves/wave-rules";

/**
 * A plan of several migrations. Its own blockers stop the synthesis of all of them. Its runbook, for the people in the
 * change window, is written beside the stack's `cdk.tf.json` as `runbook.md` and `runbook.json`.
 *
 * @throws MigrationError `PLAN_MIGRATIONS`, `PLAN_STAKEHOLDER`, `PLAN_WINDOW`, `PLAN_EXCLUDED`,
 * `PLAN_THRESHOLDS`, and those of `planWaves` and `SuccessMetrics`
 */
export class MigrationPlan extends Construct implements Checked {
  public readonly title: string;
  public readonly assessment: Assessment;
  /** The migrations with their settings in the plan, in the order in which they were given. */
  public readonly entries: readonly PlanEntry[];
  /** The dashboard and the alarms, where the plan has metrics. They cover the parts that were created before the plan. */
  public readonly metrics?: SuccessMetrics;
  /** The Automation runbooks of Systems Manager, where the plan has some. Synthesis refuses parts that are created later. */
  public readonly automation?: AutomationRunbooks;

  private readonly thresholds: PlanThresholds;
  private readonly parts: DocumentInput;

  constructor(scope: Construct, id: string, props: MigrationPlanProps) {
    admitConstruct("MigrationPlan", scope, id, props);
    super(scope, id);
    this.entries = props.migrations.map((each) => ("migration" in each ? each : { migration: each }));
    checkPlan(this.node.path, props, this.entries);
    this.thresholds = planThresholds(props.thresholds, this.node.path);
    this.title = props.title;
    this.assessment = props.assessment;
    const waves = plannedWaves(this.entries, props.assessment.inventory, props.waves, this.node.path);
    const parts = { path: this.node.path, props, entries: this.entries, waves };
    const planned = waveList(parts);
    checkWaveNames(
      this.node.path,
      props,
      planned.map(({ name }) => name),
    );
    if (props.metrics !== undefined) this.metrics = this.makeMetrics(props.metrics, planned);
    this.parts = { ...parts, metrics: this.metrics };
    if (props.automation !== undefined) {
      const migrations = this.entries.map(({ migration }) => migration);
      const region = props.metrics?.region;
      this.automation = new AutomationRunbooks(this, "automation", {
        ...(region === undefined || isUnresolved(region) ? {} : { region }),
        ...props.automation,
        migrations,
      });
    }
    new PlanRunbookFiles(this, "runbook", { document: () => this.document });
    SynthesisCheck.of(this).add(this);
  }

  /** The plan as data, with all findings. It is complete once the construct tree is. */
  public get document(): PlanDocument {
    const found = findingsOf(this.assessment, this.entries);
    return assembleDocument(this.parts, [...found, ...this.evaluate().findings]);
  }

  /** Returns the findings of the rules about waves, anti-patterns and pitfalls, with the assessment's waivers applied. */
  public evaluate(): Evaluation {
    const { waivers, asOf } = this.assessment;
    const { findings, used } = applyWaivers(this.review(), waivers, asOf);
    // What the rehearsal finds is not looked for here: its waivers are for it to judge.
    const rehearsed = waivers.filter(({ rule }) => rehearsalRules.some(({ id }) => id === rule));
    return { findings: sortFindings(findings), used: new Set([...used, ...rehearsed]) };
  }

  /**
   * Rehearses every migration of the plan forward and back through its stages, on Terraform that is synthesized in memory, and
   * returns what each transition creates, changes, replaces and destroys. Migrations that depend on each other are walked in
   * their order. `createApp` creates a new app for each stage of each migration. The assessment's waivers of the rehearsal's
   * findings are reviewed here: an expired one is a finding, and so is one that covers nothing, where the plan has all
   * migrations of the app.
   *
   * @example
   * const rehearsal = await plan.rehearse(() => createApp());
   * expect(rehearsal.findings.filter(isBlocking)).toEqual([]);
   */
  public rehearse(createApp: () => App | Promise<App>, options: RehearsalOptions = {}): Promise<Rehearsal> {
    return rehearse(createApp, {
      migrations: this.entries.map(({ migration }) => migration.node.path),
      waivers: this.assessment.waivers,
      asOf: this.assessment.asOf,
      ...options,
    });
  }

  private makeMetrics(settings: PlanMetricsSettings, waves: readonly PlannedWave[]): SuccessMetrics {
    const migrations = this.entries.map(({ migration }) => migration);
    return new SuccessMetrics(this, "metrics", {
      ...settings,
      name: settings.name ?? defaultName(namePath(this)),
      migrations: migrations.map(({ node, profile, verifications }) => ({
        path: node.path,
        title: `${profile.title} (${node.path})`,
        verifications,
      })),
      completion: { done: migrations.filter(isComplete).length, total: migrations.length },
      overview: {
        title: this.title,
        waves: waves.map(({ name, day, migrations: { length } }) => ({
          name,
          ...(day === undefined ? {} : { day }),
          migrations: length,
        })),
      },
    });
  }

  private review(): Finding[] {
    const { props, waves } = this.parts;
    const roundTripMilliseconds = props.waves?.roundTripMilliseconds ?? DEFAULT_ROUND_TRIP_MILLISECONDS;
    return [
      ...runRules(waveRules, { plan: waves.plan, roundTripMilliseconds }),
      ...runRules(planRules, {
        // Without findings: the rules look at the plan, not at what others have found of it.
        document: assembleDocument(this.parts, []),
        assessment: this.assessment,
        thresholds: this.thresholds,
      }),
    ];
  }
}

/** Checks whether the migration is in its last stage, as the metric defines it: full traffic alone is not completion. */
function isComplete({ stage, stages }: Migration): boolean {
  return stages.after(stage.name) === undefined;
}
