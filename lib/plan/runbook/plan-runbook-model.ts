/**
 * The data model of a plan's runbook: the content of `runbook.json`, and the source of `runbook.md`. Minutes may have
 * fractions, as the steps have them; a clock counts from the start of its part of the work, if every step before used its
 * whole budget.
 */
import type { IsoDate } from "../../core/iso-date";
import type { Verdict } from "../../core/assessment-record";
import type { CommunicationEvent, Stakeholder } from "../communications";
import type { ChangeWindow } from "../plan-document";
import type { Transition } from "../transition";
import type { StepBudget, TimedStep, TimedTransition } from "./step-clock";

/**
 * A part of a wave's work, by the time at which it is done.
 *
 * - `preparation`: before the change window; the stages in which the target is made ready and tried.
 * - `cutover`: in the change window; the stages that are entered in one.
 * - `rollout`: by daylight, over days; the stages in which production depends on the target and that need no window.
 * - `afterwards`: after the target has proven itself; the stages that give up the way back.
 */
export type WorkPart = "preparation" | "cutover" | "rollout" | "afterwards";

/** A step of a wave: people call it by its id. Its clock is that of its part of the work; on the way back, from the decision. */
export interface WaveStep extends TimedStep {
  /** The id: `P1`, `C4`, `S3`, `A2` on the way forward, `RP1`, `RC4`, `RS3`, `RA2` on the way back; unique in its wave. */
  readonly id: string;
}

/** A transition of a migration within a wave, in the list of its direction. */
export interface WaveTransition extends Pick<Transition, "migration" | "title">, TimedTransition<WaveStep>, StepBudget {
  /** The minutes from the start of its part of the work; on the way back, from the decision to go back. */
  readonly startsAt: number;
  /** The file in which the migration's construct is made: its stage is changed there, or where that takes it from. @default - not known */
  readonly sourceFile?: string;
  /**
   * Whether `to` is the stage that the plan declares: it may have been deployed already.
   * @default false
   */
  readonly declared?: boolean;
  /**
   * Whether the stage is entered in a change window.
   * @default false
   */
  readonly window?: boolean;
}

/** A part of a wave's work, forward and back. */
export interface WaveWork {
  readonly name: WorkPart;
  /** The transitions into stages before the declared one, which are already done. They have a clock of their own. */
  readonly done: readonly WaveTransition[];
  /** The transitions that are left, in order, from the declared stage on: whether that is deployed, only the account knows. */
  readonly forward: readonly WaveTransition[];
  /** The budget of `forward` on the clock. */
  readonly minutes: number;
  /** The minutes of `forward` in which somebody works. */
  readonly workMinutes: number;
  /** The minutes of `forward` to the end of the last step in which somebody works, which a change window has to hold. */
  readonly windowMinutes: number;
  /** The way back of `done` and `forward`, the last transition first. */
  readonly back: readonly WaveTransition[];
}

/** The deadline of the decision to go back after a transition of the cut-over. */
export interface Decision {
  /** The path of the migration of the transition. */
  readonly migration: string;
  /** The stage that the transition enters. */
  readonly stage: string;
  /** The end of the transition's last work, in minutes of the window. */
  readonly reachedAt: number;
  /**
   * The minutes of going back from there to the beginning of the window, up to its last work. Absent where there is no way back
   * by steps.
   */
  readonly backMinutes?: number;
  /**
   * The window's minutes less `backMinutes`: decide by then, or the way back ends after the window. Below 0 where it cannot
   * end in time. Absent where the wave has no window, or no way back.
   */
  readonly decideBy?: number;
  /** `decideBy` less the transition's own minutes of the window: begun later, it cannot be taken back inside the window. */
  readonly beginBy?: number;
}

/** A question of a go/no-go gate. */
export interface GateQuestion {
  readonly ask: string;
  /** The source of the answer. */
  readonly look: string;
  /**
   * The command that shows the answer.
   * @default - nothing to run
   */
  readonly command?: string;
  /**
   * The plan's own answer, as of the day on which it was evaluated.
   * @default - the answer is known only on the day of the wave
   */
  readonly now?: string;
}

/** A go/no-go gate: a point at which somebody decides whether the wave goes on. */
export interface RunbookGate {
  /**
   * The gate's place: `start` before the window, `keep` at the end of the cut-over, `advance` before each step of the rollout,
   * `finalize` before the steps that give up the way back.
   */
  readonly id: "start" | "keep" | "advance" | "finalize";
  readonly title: string;
  /** The role that decides, or the roles that decide together. */
  readonly decides: string;
  readonly questions: readonly GateQuestion[];
  readonly go: string;
  readonly noGo: string;
}

/** An item of the cut-over checklist. */
export interface CutoverItem {
  readonly text: string;
  readonly kind: "step" | "gate" | "message" | "deadline";
  /** The step's id. @default - not a step */
  readonly step?: string;
  /** The time, in minutes of the window. @default - before or after the window */
  readonly at?: number;
  /** The role that does it. @default - nobody in particular */
  readonly owner?: string;
}

/** A message to stakeholders, with its time. */
export interface ScheduledMessage {
  readonly event: CommunicationEvent;
  /** The day on which it is sent. @default - the wave has no day */
  readonly day?: IsoDate;
  /** Whether that day was over on the day on which the plan was evaluated. */
  readonly late: boolean;
  /** The time in words: `a week before`. */
  readonly when: string;
  /** The role that sends it. */
  readonly sender: string;
  readonly to: readonly Pick<Stakeholder, "name" | "role" | "channel">[];
  /** A draft of the text. Words in capitals are to be filled in. */
  readonly text: string;
}

/** A row of the rollback decision table: the way back from one stage of a migration. */
export interface RollbackRow {
  readonly migration: string;
  /** The stage that is left. */
  readonly stage: string;
  /** The stage that is entered; absent where everything is withdrawn. */
  readonly to?: string;
  readonly triggers: readonly string[];
  readonly decides: string;
  /** The hours after the transition within which going back may be decided. */
  readonly withinHours: number;
  /** The deadline of the decision in minutes of the change window. @default - the stage is not entered in a window */
  readonly decideBy?: number;
  /** The ids of the first and the last step. @default - there are none */
  readonly steps?: readonly [string, string];
  readonly minutes: number;
  /**
   * The last day on which the source is kept, if the last transition is made on the wave's day.
   * @default - the wave has no day
   */
  readonly sourceKeptUntil?: IsoDate;
  readonly sourceRetentionDays: number;
  /** The data that is lost by going back, in words. */
  readonly lost: string;
  /** The reason why there is no way back by steps. @default - there are steps */
  readonly irreversible?: string;
}

/** The working time of a role in a wave, in minutes, each step with its whole budget; waiting is not counted. */
export interface RoleDemand {
  readonly role: string;
  readonly preparation: number;
  readonly cutover: number;
  readonly rollout: number;
  readonly afterwards: number;
  /** The minutes on the way back from the cut-over and the rollout: not planned, but somebody has to be reachable. */
  readonly back: number;
}

/** The part of the runbook for one wave. */
export interface RunbookWave {
  readonly name: string;
  readonly day?: IsoDate;
  readonly window?: ChangeWindow;
  readonly migrations: readonly { readonly path: string; readonly title: string; readonly stage: string }[];
  readonly moves: readonly string[];
  /** The names in `moves` that no migration of the plan moves yet. */
  readonly unmoved: readonly string[];
  readonly preparation: WaveWork;
  readonly cutover: WaveWork;
  readonly rollout: WaveWork;
  readonly afterwards: WaveWork;
  /** The decisions, one for each transition that is left of the cut-over. */
  readonly decisions: readonly Decision[];
  /** The gates that are still ahead, in their order. */
  readonly gates: readonly RunbookGate[];
  readonly checklist: readonly CutoverItem[];
  readonly messages: readonly ScheduledMessage[];
  readonly rollback: readonly RollbackRow[];
  readonly roles: readonly RoleDemand[];
}

/** The runbook of a plan as data. */
export interface PlanRunbook {
  readonly plan: string;
  readonly title: string;
  readonly asOf: IsoDate;
  readonly verdict: Verdict;
  /** The blockers that are not waived, as `rule on subject: message`. */
  readonly blockers: readonly string[];
  /** The name of the alarm that stops the migration. @default - the plan has no such alarm */
  readonly stopAlarm?: string;
  /** The region of the stop alarm and the dashboard, where it is known. */
  readonly region?: string;
  /** The name of the plan's dashboard. @default - the plan has none */
  readonly dashboard?: string;
  /** The waves, in the order in which they are done. */
  readonly waves: readonly RunbookWave[];
}
