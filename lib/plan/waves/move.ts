/** The input of the wave planner, independent of its source: moves, their dependencies, limits and the calendar. */
import type { IsoDate } from "../../core/iso-date";

/** The risk levels of a move, lowest first. */
export const moveRisks = ["low", "medium", "high"] as const;

/** The risk level of a move. */
export type MoveRisk = (typeof moveRisks)[number];

/** Something that moves as a whole: a server, or another migration. */
export interface Move {
  /** Unique among the moves. */
  readonly name: string;
  /** The risk of the move. Low risks move first, to build confidence and experience. */
  readonly risk: MoveRisk;
  /**
   * The duration of its cut-over, in minutes of the change window.
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

/** A dependency of the move `from` on the move `to`: `to` moves before `from`, or with it. */
export interface MoveDependency {
  readonly from: string;
  readonly to: string;
  /** Whether `from` waits for the answer of `to`, so that the round-trip time between them adds to its response time. */
  readonly synchronous: boolean;
  /** The protocol and port, or another short label: `tcp/5432`. */
  readonly label: string;
}

/** The limits of one wave. */
export interface WaveLimits {
  /**
   * The largest number of moves. A group that must move together and is larger has a wave of its own, and is a finding.
   * @default 20
   */
  readonly moves?: number;
  /**
   * The length of the change window, in minutes. The cut-overs of one wave are done one after the other in each of `lanes`.
   * @default - no limit
   */
  readonly windowMinutes?: number;
  /**
   * The change windows of single waves, in minutes, by the wave's name: `{ "wave-4": 720 }`. Pin the moves that need such a
   * window to that wave.
   * @default - `windowMinutes`
   */
  readonly windows?: Readonly<Record<string, number>>;
  /**
   * The number of cut-overs that are done in parallel.
   * @default 1
   */
  readonly lanes?: number;
}

/** A range of days on which nothing moves, both ends included. */
export interface Blackout {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly reason: string;
}

/** The days of the waves. */
export interface WaveCalendar {
  /** The day of the first wave, `YYYY-MM-DD`; the next day that is not blacked out, where it is. */
  readonly firstDay: IsoDate;
  /** The number of days from one wave to the next. At least 1. */
  readonly everyDays: number;
  /**
   * The days on which nothing moves.
   * @default - none
   */
  readonly blackouts?: readonly Blackout[];
}
