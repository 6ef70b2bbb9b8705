/** How a `MigrationPlan` is described: its migrations, their order, who is told. */
import type { Migration } from "../core/migration";
import type { Assessment } from "../assessment/assessment";
import type { PlanThresholds } from "./anti-patterns/plan-review";
import type { Stakeholder } from "./communications";
import type { SuccessMetricsProps } from "./metrics/success-metrics";
import type { ChangeWindow, Exclusion } from "./plan-document";
import type { AutomationRunbooksProps } from "./runbook/automation-runbooks";
import type { MoveRisk, WaveCalendar, WaveLimits } from "./waves/move";

/** A migration with what the plan needs to know beyond it. What it waits for, it says itself (`MigrationProps.dependsOn`). */
export interface PlanEntry {
  readonly migration: Migration;
  /**
   * How risky it is, for the order of the waves. Servers have the risk of their environment and their data.
   * @default - by the catalog: low for a risk of Low or Low-Medium, high for High or Medium-High, else medium
   */
  readonly risk?: MoveRisk;
}

/** How the waves are made. */
export interface PlanWaveSettings {
  /**
   * What a wave may hold. A cut-over takes the minutes of the steps that its migration does in the change window, with the
   * parts that were made before the plan; what is waited for after the last of them needs no window.
   * @default - 20 moves a wave, its change window (`window`, `windows`), one cut-over after the other
   */
  readonly limits?: Omit<WaveLimits, "windows">;
  /** @default - waves have no days */
  readonly calendar?: WaveCalendar;
  /** The change window of each wave in which a stage is entered in one. @default - not said, which the plan's rules report */
  readonly window?: ChangeWindow;
  /**
   * The window of single waves, by the names of waves that the plan has: `{ "wave-4": { minutes: 720 } }`. The foundation has
   * one only where it is named here.
   * @default - `window`
   */
  readonly windows?: Readonly<Record<string, ChangeWindow>>;
  /** Servers that move in no wave, with the reason. They must be of the inventory and of no migration. @default - none */
  readonly excluded?: readonly Exclusion[];
  /**
   * The round-trip time between the old site and the new one, in milliseconds, as measured over the VPN.
   * @default 20
   */
  readonly roundTripMilliseconds?: number;
}

/** How the success metrics of a plan are made: what the plan does not know itself. */
export interface PlanMetricsSettings extends Omit<
  SuccessMetricsProps,
  "name" | "migrations" | "completion" | "overview"
> {
  /**
   * The dashboard's name, and what the names of alarms begin with: unique in the account and region.
   * @default - the plan's path
   */
  readonly name?: string;
}

/** How a `MigrationPlan` is made. */
export interface MigrationPlanProps {
  /** What people call it: `Larkspur data-centre exit`. */
  readonly title: string;
  /** The assessment of the estate. Its waivers count for the plan's own rules too. */
  readonly assessment: Assessment;
  /** Everything that is migrated, of any stack of the app. At least one, each once. */
  readonly migrations: readonly (Migration | PlanEntry)[];
  /** @default - waves of 20 servers without days */
  readonly waves?: PlanWaveSettings;
  /** Who is told what and when. @default - nobody, which the plan's rules report */
  readonly stakeholders?: readonly Stakeholder[];
  /**
   * The success metrics, with their dashboard, SLO alarms and the alarm that stops the migration. A dashboard costs 3 USD a
   * month beyond the account's first three, an alarm 0.10 USD, a composite alarm 0.50 USD.
   * @default - none are made, which the plan's rules report
   */
  readonly metrics?: PlanMetricsSettings;
  /**
   * The cut-overs, forward and back, as runbooks of AWS Systems Manager Automation: what is an API call is made, what is not
   * waits for somebody to approve it. Costs what Automation asks for a step.
   * @default - none: the runbook is for people
   */
  readonly automation?: Omit<AutomationRunbooksProps, "migrations">;
  /** From where on a plan is a big bang, a rehearsal too old, … @default - `DEFAULT_PLAN_THRESHOLDS` */
  readonly thresholds?: Partial<PlanThresholds>;
}
