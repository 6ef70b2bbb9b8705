/** What is moved, and what it needs: the input of the wave planner, whatever it was made from. */
import type { IsoDate } from "../../core/iso-date";

/** How risky a move is, least first. */
export const moveRisks = ["low", "medium", "high"] as const;

/** How risky a move is. */
export type MoveRisk = (typeof moveRisks)[number];

/** Something that moves as a whole: a server, or another migration. */
export interface Move {
  /** Unique among the moves. */
  readonly name: string;
  /** Low risks move first, to build confidence and experience. */
  readonly risk: MoveRisk;
  /**
   * How long its cut-over takes, in minutes of the change window.
   * @default - 0: it does not count against the window
   */
  readonly minutes?: number;
  /**
   * The number of the wave it must move in, from 1. Dependencies and limits are stronger than a pin: a move that they do not
   * let into its wave comes later, and that is a finding.
   * @default - wherever it fits
   */
  readonly pinnedTo?: number;
}

/** `from` needs `to`: so `to` moves before it, or with it. */
export interface MoveDependency {
  readonly from: string;
  readonly to: string;
  /** Whether `from` waits for the answer of `to`, so that the distance between them is felt. */
  readonly synchronous: boolean;
  /** What the dependency is, as people write it: `tcp/5432`. */
  readonly label: string;
}

/** What one wave may hold. */
export interface WaveLimits {
  /**
   * How many moves. A group that must move together and is larger has a wave of its own, and is a finding.
   * @default 20
   */
  readonly moves?: number;
  /**
   * How long the change window is, in minutes. The cut-overs of one wave are done one after the other in each of `lanes`.
   * @default - no limit
   */
  readonly windowMinutes?: number;
  /**
   * The change window of single waves, in minutes, by their names: `{ "wave-4": 720 }`. What needs it is pinned to that wave.
   * @default - `windowMinutes`
   */
  readonly windows?: Readonly<Record<string, number>>;
  /**
   * How many cut-overs are done side by side.
   * @default 1
   */
  readonly lanes?: number;
}

/** Days on which nothing moves, both included. */
export interface Blackout {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly reason: string;
}

/** When the waves are. */
export interface WaveCalendar {
  /** The day of the first wave, `YYYY-MM-DD`; the next day that is not blacked out, where it is. */
  readonly firstDay: IsoDate;
  /** How many days later the next wave is. At least 1. */
  readonly everyDays: number;
  /**
   * @default - none
   */
  readonly blackouts?: readonly Blackout[];
}
