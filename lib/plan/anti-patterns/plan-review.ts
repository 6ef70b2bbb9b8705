/** What the rules over a plan look at, and from where on they speak. */
import { z } from "zod";
import type { Assessment } from "../../assessment/assessment";
import { MigrationError } from "../../core/error";
import { formatPath } from "../../core/props";
import type { PlanDocument } from "../plan-document";

/** The subject of the rules over a plan. */
export interface PlanReview {
  /** The plan. Its findings are those of the assessments and the migrations: no rule looks at them. */
  readonly document: PlanDocument;
  /** What the plan rests on: its inventory and its checklist say who needs which data. */
  readonly assessment: Assessment;
  readonly thresholds: PlanThresholds;
}

/** From where on the rules speak. No standard gives these numbers, so each says why it is what it is. */
export interface PlanThresholds {
  /**
   * From how many servers on an estate is large enough to be split: 1 or more. A smaller one is often a single application,
   * which has to move together anyway.
   * @default 10
   */
  readonly smallestEstateServers: number;
  /**
   * The largest share of the estate's servers that one wave may move, above 0, up to 1. Half is the smallest split that is
   * not all or nothing: the other half still runs where it ran, and moves with what the first has taught.
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
   * How many days before the day of the plan the way back may last have been rehearsed: 1 or more. In a quarter a system
   * is patched, reconfigured and staffed anew, and a rehearsal of the one before says little of it.
   * @default 90
   */
  readonly rehearsalDays: number;
  /**
   * How many minutes of the window must be left to validate, between the last step of the cut-over and the first step back:
   * 0 or more. An alarm over three periods of five minutes speaks after a quarter of an hour; as much again is left to decide.
   * @default 30
   */
  readonly validationMinutes: number;
}

/** The thresholds that hold where nobody sets others. */
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

/** What is allowed of each threshold, for the error. */
const ALLOWED: Readonly<Record<string, string>> = {
  smallestEstateServers: "a whole number from 1",
  largestWaveShare: "a share above 0, up to 1",
  largestTrafficStep: "a share above 0, up to 1",
  rehearsalDays: "a whole number of days from 1",
  validationMinutes: "a number of minutes from 0",
};

/**
 * The thresholds, with {@link DEFAULT_PLAN_THRESHOLDS} for those that are not given.
 *
 * @param construct the path of the construct that was given them, for the error
 * @throws MigrationError `PLAN_THRESHOLDS`
 */
export function planThresholds(overrides: Partial<PlanThresholds> = {}, construct?: string): PlanThresholds {
  const result = thresholdsSchema.safeParse(overrides);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = formatPath(issue?.path ?? []);
  throw new MigrationError({
    code: "PLAN_THRESHOLDS",
    path: name === "" ? "thresholds" : `thresholds.${name}`,
    received: name === "" ? Object.keys(overrides) : overrides[name as keyof PlanThresholds],
    allowed: ALLOWED[name] ?? `thresholds called ${Object.keys(DEFAULT_PLAN_THRESHOLDS).join(", ")}`,
    fix: "correct the threshold, or leave it out to take the default",
    ...(construct === undefined ? {} : { construct }),
  });
}
