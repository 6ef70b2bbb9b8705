/** The subject and the thresholds of the rules over a plan. */
import { z } from "zod";
import type { Assessment } from "../../assessment/assessment";
import { admit } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { formatPath } from "../../core/format-path";
import type { PlanDocument } from "../plan-document";

/** The subject of the rules over a plan. */
export interface PlanReview {
  /** The plan. Its own findings are not read by any rule. */
  readonly document: PlanDocument;
  /** The assessment of the plan: its inventory and its checklist name the users of each data set. */
  readonly assessment: Assessment;
  readonly thresholds: PlanThresholds;
}

/** The thresholds of the rules over a plan. No standard gives these numbers, so each has its reason here. */
export interface PlanThresholds {
  /**
   * The smallest number of servers of an estate that has to be split: 1 or more. A smaller estate is often a single
   * application, which has to move together anyway.
   * @default 10
   */
  readonly smallestEstateServers: number;
  /**
   * The largest share of the estate's servers that one wave may move, above 0, up to 1. Half is the smallest split that is
   * not all or nothing: the other half still runs at the source, and moves with the experience of the first.
   * @default 0.5
   */
  readonly largestWaveShare: number;
  /**
   * The largest share of the traffic that may move from one stage to the next, above 0, up to 1. The catalog's own rollout
   * goes up by 10 % a step; half is the last step that leaves as many users on the old side as it exposes to a fault.
   * @default 0.5
   */
  readonly largestTrafficStep: number;
  /**
   * The largest age of a rollback rehearsal, in days before the day of the plan: 1 or more. Within a quarter a system is
   * patched, reconfigured and staffed anew, so that an older rehearsal proves little.
   * @default 90
   */
  readonly rehearsalDays: number;
  /**
   * The minutes of the window that are reserved for validation, between the last step of the cut-over and the first step back:
   * 0 or more. An alarm over three periods of five minutes fires after a quarter of an hour; as much again is left to decide.
   * @default 30
   */
  readonly validationMinutes: number;
}

/** The default thresholds of the rules over a plan. */
export const DEFAULT_PLAN_THRESHOLDS: PlanThresholds = {
  smallestEstateServers: 10,
  largestWaveShare: 0.5,
  largestTrafficStep: 0.5,
  rehearsalDays: 90,
  validationMinutes: 30,
};

const share = z.number().positive().max(1);

const thresholdsSchema = z.strictObject({
  smallestEstateServers: z.int().positive().default(DEFAULT_PLAN_THRESHOLDS.smallestEstateServers),
  largestWaveShare: share.default(DEFAULT_PLAN_THRESHOLDS.largestWaveShare),
  largestTrafficStep: share.default(DEFAULT_PLAN_THRESHOLDS.largestTrafficStep),
  rehearsalDays: z.int().positive().default(DEFAULT_PLAN_THRESHOLDS.rehearsalDays),
  validationMinutes: z.number().nonnegative().default(DEFAULT_PLAN_THRESHOLDS.validationMinutes),
});

/** The allowed values of each threshold, for the error. */
const ALLOWED: Readonly<Record<string, string>> = {
  smallestEstateServers: "a whole number from 1",
  largestWaveShare: "a share above 0, up to 1",
  largestTrafficStep: "a share above 0, up to 1",
  rehearsalDays: "a whole number of days from 1",
  validationMinutes: "a number of minutes from 0",
};

/**
 * Returns the thresholds, with {@link DEFAULT_PLAN_THRESHOLDS} for those that are not given.
 *
 * @param construct the path of the construct that was given them, for the error
 * @throws MigrationError `PLAN_THRESHOLDS`
 */
export function planThresholds(overrides: Partial<PlanThresholds> = {}, construct?: string): PlanThresholds {
  admit("planThresholds", { construct });
  const result = thresholdsSchema.safeParse(overrides);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = formatPath(issue?.path ?? []);
  throw new MigrationError({
    code: "PLAN_THRESHOLDS",
    path: name === "" ? "thresholds" : `thresholds.${name}`,
    received: name === "" ? Object.keys(Object(overrides) as object) : overrides[name as keyof PlanThresholds],
    allowed: ALLOWED[name] ?? `thresholds called ${Object.keys(DEFAULT_PLAN_THRESHOLDS).join(", ")}`,
    fix: "correct the threshold, or leave it out to take the default",
    ...(construct === undefined ? {} : { construct }),
  });
}
