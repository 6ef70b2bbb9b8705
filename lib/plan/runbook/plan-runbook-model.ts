/**
 * The runbook of a whole plan, as data: what `runbook.json` holds and what `runbook.md` is rendered from. Minutes are whole
 * or not as the steps have them; a clock counts from the start of its part of the work, if every step before used its whole budget.
 */
import type { IsoDate } from "../../core/iso-date";
import type { RunbookStep } from "../../core/stage";
import type { Verdict } from "../../core/assessment-record";
import type { CommunicationEvent, Stakeholder } from "../communications";
import type { ChangeWindow } from "../plan-document";

/**
 * When in a wave something is done.
 *
 * - `preparation`: before the change window; the stages in which the target is made ready and tried.
 * - `cutover`: in the change window; the stages that are entered in one.
 * - `rollout`: by daylight, over days; the stages in which production depends on the target and that need no window.
 * - `afterwards`: when all of it has proven itself; the stages that give up the way back.
 */
export type WorkPart = "preparation" | "cutover" | "rollout" | "afterwards";

/** A step with its place on the clock and the name by which people call it. */
export interface WaveStep extends RunbookStep {
  /** `P1`, `C4`, `S3`, `A2` on the way forward, `RP1`, `RC4`, `RS3`, `RA2` on the way back; unique in its wave. */
  readonly id: string;
  /** Minutes after the start of its part of the work, on the way back after the decision to go back. */
  readonly startsAt: number;
}

/** From one stage of a migration to the next, or back. */
export interface WaveTransition {
  readonly migration: string;
  readonly title: string;
  /** The stage before; absent where nothing is deployed yet. */
  readonly from?: string;
  /** The stage afterwards; absent where everything has been withdrawn. */
  readonly to?: string;
  readonly startsAt: number;
  /** What it takes on the clock. */
  readonly minutes: number;
  /** Those of them in which somebody works. */
  readonly workMinutes: number;
  /** Those to the end of the last step in which somebody works: what is waited for at the end needs no window. */
  readonly windowMinutes: number;
  readonly steps: readonly WaveStep[];
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
  /**
   * Why there are no steps, and what to do instead.
   * @default - the transition is one of steps
   */
  readonly irreversible?: string;
}

/** One part of a wave's work, forward and back. */
export interface WaveWork {
  readonly name: WorkPart;
  /** Transitions into stages before the one that is declared: behind you. Their clock is their own. */
  readonly done: readonly WaveTransition[];
  /** What is left, in order. It begins with the declared stage: whether it has been deployed, only the account knows. */
  readonly forward: readonly WaveTransition[];
  /** The budget of `forward` on the clock. */
  readonly minutes: number;
  /** Those of them in which somebody works. */
  readonly workMinutes: number;
  /** Those to the end of the last step in which somebody works: what a change window has to hold. */
  readonly windowMinutes: number;
  /** The way back of `done` and `forward`, the last transition first. */
  readonly back: readonly WaveTransition[];
}

/** How long it may take to decide to go back. */
export interface Decision {
  /** The transition after which it holds. */
  readonly migration: string;
  readonly stage: string;
  /** When the transition's last work is over, in minutes of the window. */
  readonly reachedAt: number;
  /** How long going back takes from there, to where the window began, up to its last work. Absent where there is no way back by steps. */
  readonly backMinutes?: number;
  /**
   * The window's minutes less `backMinutes`: decide by then, or the way back ends after the window. Below 0 where it cannot
   * end in time. Absent where the wave has no window, or no way back.
   */
  readonly decideBy?: number;
  /** `decideBy` less the transition's own minutes of the window: begun later, it cannot be taken back inside the window. */
  readonly beginBy?: number;
}

/** One thing that is asked at a gate. */
export interface GateQuestion {
  readonly ask: string;
  /** Where the answer is found. */
  readonly look: string;
  /**
   * @default - nothing to run
   */
  readonly command?: string;
  /**
   * What the plan itself answers, on the day for which it holds.
   * @default - only the day itself can tell
   */
  readonly now?: string;
}

/** Where somebody decides whether it goes on. */
export interface RunbookGate {
  /**
   * `start`: before the window. `keep`: at the end of the cut-over. `advance`: before each step of the rollout. `finalize`:
   * before what cannot be taken back.
   */
  readonly id: "start" | "keep" | "advance" | "finalize";
  readonly title: string;
  /** The role, or the roles together. */
  readonly decides: string;
  readonly questions: readonly GateQuestion[];
  readonly go: string;
  readonly noGo: string;
}

/** One box to tick. */
export interface CutoverItem {
  readonly text: string;
  readonly kind: "step" | "gate" | "message" | "deadline";
  /** The step's name. @default - not a step */
  readonly step?: string;
  /** Minutes of the window. @default - before or after it */
  readonly at?: number;
  /** @default - nobody in particular */
  readonly owner?: string;
}

/** A message that is sent to people. */
export interface ScheduledMessage {
  readonly event: CommunicationEvent;
  /** The day on which it is sent. @default - the wave has no day */
  readonly day?: IsoDate;
  /** Whether that day was over on the day for which the plan holds. */
  readonly late: boolean;
  /** As people say it: `a week before`. */
  readonly when: string;
  /** The role that sends it. */
  readonly sender: string;
  readonly to: readonly Pick<Stakeholder, "name" | "role" | "channel">[];
  /** A sentence to start from. What is in capitals is filled in. */
  readonly text: string;
}

/** What going back from a stage takes, for whoever has to decide. */
export interface RollbackRow {
  readonly migration: string;
  /** The stage that is left. */
  readonly stage: string;
  /** The stage it goes back to; absent where everything is withdrawn. */
  readonly to?: string;
  readonly triggers: readonly string[];
  readonly decides: string;
  /** Hours after the transition within which it may be decided. */
  readonly withinHours: number;
  /** The same in the change window, in minutes of the window. @default - the stage is not entered in a window */
  readonly decideBy?: number;
  /** The names of the first and the last step. @default - there are none */
  readonly steps?: readonly [string, string];
  readonly minutes: number;
  /** The last day on which the source is kept, if the last transition is made on the wave's day. @default - the wave has no day */
  readonly sourceKeptUntil?: IsoDate;
  readonly sourceRetentionDays: number;
  /** What is lost by going back. */
  readonly lost: string;
  /** @default - the way back is one of steps */
  readonly irreversible?: string;
}

/** How long a role works in a wave. Minutes, each step with its whole budget; what is only waited for is not counted. */
export interface RoleDemand {
  readonly role: string;
  readonly preparation: number;
  readonly cutover: number;
  readonly rollout: number;
  readonly afterwards: number;
  /** On the way back from the cut-over and the rollout: not planned, but somebody has to be reachable. */
  readonly back: number;
}

/** One wave's part of the runbook. */
export interface RunbookWave {
  readonly name: string;
  readonly day?: IsoDate;
  readonly window?: ChangeWindow;
  readonly migrations: readonly { readonly path: string; readonly title: string; readonly stage: string }[];
  readonly moves: readonly string[];
  /** Those of `moves` that no migration of the plan moves yet. */
  readonly unmoved: readonly string[];
  readonly preparation: WaveWork;
  readonly cutover: WaveWork;
  readonly rollout: WaveWork;
  readonly afterwards: WaveWork;
  /** One for each transition that is left of the cut-over. */
  readonly decisions: readonly Decision[];
  /** In the order in which they are met. */
  readonly gates: readonly RunbookGate[];
  readonly checklist: readonly CutoverItem[];
  readonly messages: readonly ScheduledMessage[];
  readonly rollback: readonly RollbackRow[];
  readonly roles: readonly RoleDemand[];
}

/** The runbook of a plan. */
export interface PlanRunbook {
  readonly plan: string;
  readonly title: string;
  readonly asOf: IsoDate;
  readonly verdict: Verdict;
  /** The blockers that nobody has waived, as `rule on subject: message`. */
  readonly blockers: readonly string[];
  /** @default - the plan has no such alarm */
  readonly stopAlarm?: string;
  /** The region of the stop alarm and the dashboard, where it is known. */
  readonly region?: string;
  /** @default - the plan has none */
  readonly dashboard?: string;
  /** In the order in which they are done. */
  readonly waves: readonly RunbookWave[];
}
