/** The properties of a `MigrationPlan`: its migrations, waves, stakeholders and metrics. */
import type { Migration } from "../core/migration";
import type { Assessment } from "../assessment/assessment";
import type { PlanThresholds } from "./anti-patterns/plan-review";
import type { Stakeholder } from "./communications";
import type { SuccessMetricsProps } from "./metrics/success-metrics";
import type { ChangeWindow, Exclusion } from "./plan-document";
import type { AutomationRunbooksProps } from "./runbook/automation-runbooks";
import type { MoveRisk, WaveCalendar, WaveLimits } from "./waves/move";

/**
 * A migration with its risk in the plan. What it depends on is not said here but where the migration is created
 * (`MigrationProps.dependsOn`).
 */
export interface PlanEntry {
  readonly migration: Migration;
  /**
   * The risk of the migration, and of every server that it moves, by which the waves are ordered: low first.
   * @default
   * - a migration that moves servers: each has the risk of its environment and its data.
   * - any other: by the risk that the catalog gives the pattern: low for Low or Low-Medium, high for High or Medium-High, else
   *   medium.
   */
  readonly risk?: MoveRisk;
}

/** Settings for planning the waves. */
export interface PlanWaveSettings {
  /**
   * The limits of one wave. A cut-over counts with the minutes of the steps that its migration does in the change window. Steps
   * of parts count if the part was created before the plan; waiting after the last step does not count.
   * @default - at most 20 moves in a wave; the wave fits its change window (`window`, `windows`); one cut-over after the other
   */
  readonly limits?: Omit<WaveLimits, "windows">;
  /** The days of the waves. @default - waves have no days */
  readonly calendar?: WaveCalendar;
  /** The change window of each wave that has a stage which needs one. @default - not set, which the plan's rules report */
  readonly window?: ChangeWindow;
  /**
   * The change windows of single waves, by the wave's name: `{ "wave-4": { minutes: 720 } }`. The name must be one of the
   * plan's waves. The wave `foundation` has a window only if it is named here: `window` does not hold for it.
   * @default - `window`
   */
  readonly windows?: Readonly<Record<string, ChangeWindow>>;
  /** Servers that move in no wave, with the reason. They must be in the inventory and in no migration. @default - none */
  readonly excluded?: readonly Exclusion[];
  /**
   * The round-trip time between the old site and the new one, in milliseconds, as measured over the VPN.
   * @default 20
   */
  readonly roundTripMilliseconds?: number;
}

/** Settings of the success metrics of a plan, beyond what the plan derives itself. */
export interface PlanMetricsSettings extends Omit<
  SuccessMetricsProps,
  "name" | "migrations" | "completion" | "overview"
> {
  /**
   * The name of the dashboard and the prefix of the alarms' names: unique in the account and region.
   * @default - the plan's path
   */
  readonly name?: string;
}

/** Properties of a {@link MigrationPlan}. */
export interface MigrationPlanProps {
  /** The display name of the plan: `Larkspur data-centre exit`. */
  readonly title: string;
  /** The assessment of the estate. Its waivers also apply to the plan's own rules. */
  readonly assessment: Assessment;
  /** The migrations of the plan, from any stack of the app. At least one, each once. */
  readonly migrations: readonly (Migration | PlanEntry)[];
  /** Settings for planning the waves. @default - waves of 20 moves without days */
  readonly waves?: PlanWaveSettings;
  /** The people and groups that are notified of the plan's events. @default - none, which the plan's rules report */
  readonly stakeholders?: readonly Stakeholder[];
  /**
   * The success metrics, with their dashboard, SLO alarms and the alarm that stops the migration. A dashboard costs 3 USD a
   * month beyond the account's first three, an alarm 0.10 USD, a composite alarm 0.50 USD.
   * @default - no metrics, which the plan's rules report
   */
  readonly metrics?: PlanMetricsSettings;
  /**
   * The cut-overs, forward and back, as runbooks of AWS Systems Manager Automation: API calls are executed, every other step
   * waits for an approval. Automation charges for each step.
   * @default - none: the runbook is for people
   */
  readonly automation?: Omit<AutomationRunbooksProps, "migrations">;
  /** The thresholds of the plan's rules: largest share of a wave, age of a rehearsal, … @default - `DEFAULT_PLAN_THRESHOLDS` */
  readonly thresholds?: Partial<PlanThresholds>;
  /**
   * The values of the code that were made up when it was begun and that nobody has decided yet, each as a place and a phrase. The
   * reports say them beside the verdict.
   * @default - there are none
   * @example ["settings.ts: the e-mail address of those on call"]
   */
  readonly undecided?: readonly string[];
}
