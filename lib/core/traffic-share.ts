/**
 * ```ts
 * trafficShare: { from: 0, to: 1, controlledBy: "shop/rollout" } // a controller moves it between the two
 * ```
 *
 * The share of the production traffic that the target carries. Where somebody else moves it while the stage holds, nobody who
 * reads the code knows where it stands: then each question has a worse end, and that is the one that is answered.
 */
import { admit } from "./door/admit";
import { MigrationError } from "./error";
import { percent } from "./text";

/** A share that a controller moves while the stage holds. */
export interface ControlledShare {
  /** The smallest share, 0 to 1. */
  readonly from: number;
  /** The largest share, 0 to 1, and above `from`. */
  readonly to: number;
  /** The controller: a construct's path, or the name of a controller outside the app. */
  readonly controlledBy: string;
}

/** The share of the production traffic that the target carries, 0 to 1, or a range that a controller owns. */
export type TrafficShare = number | ControlledShare;

/** Returns the most that the target may carry: what depends on it. */
export function largestShare(share: TrafficShare | undefined): number {
  admit("largestShare", { share });
  return typeof share === "object" ? share.to : (share ?? 0);
}

/** Returns the least that the target may carry: from where the next step rises. */
export function smallestShare(share: TrafficShare | undefined): number {
  admit("smallestShare", { share });
  return typeof share === "object" ? share.from : (share ?? 0);
}

/** Returns a share as people say it: `10 %`, `0 % to 100 %` where a controller moves it. */
export function formatShare(share: TrafficShare | undefined): string {
  admit("formatShare", { share });
  return typeof share === "object" ? `${percent(share.from)} to ${percent(share.to)}` : percent(share ?? 0);
}

/**
 * Checks a stage's share.
 *
 * @throws MigrationError `STAGES_SHARE`
 */
export function checkShare(stage: string, share: TrafficShare | undefined): void {
  admit("checkShare", { stage, share });
  if (share === undefined) return;
  const { from, to, controlledBy } =
    typeof share === "number" ? { from: share, to: share, controlledBy: "nobody" } : share;
  const isInRange = from >= 0 && to <= 1 && (typeof share === "number" || from < to);
  if (isInRange && controlledBy.trim() !== "") return;
  throw new MigrationError({
    code: "STAGES_SHARE",
    path: `stages.${stage}.trafficShare`,
    received: share,
    allowed: "a share from 0 to 1, or a range with from below to, both from 0 to 1, and the name of its controller",
    fix: "correct the share of the stage",
  });
}
