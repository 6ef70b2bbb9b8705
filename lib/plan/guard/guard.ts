/**
 * ```ts
 * const report = guardPlan(readTerraformPlan({ name: "plan.json", bytes }), { waivers });
 * if (report.findings.some(isBlocking)) process.exitCode = 1;
 * ```
 *
 * Looks at what Terraform itself has planned, before it is applied: what holds data or carries traffic and would be destroyed,
 * replaced, shrunk, unprotected or re-keyed, which retention is cut, which backup is switched off, which tunnel goes down. A
 * rehearsal sees what the code says; a plan also has modules, variables, other backends and drift.
 */
import { admit } from "../../core/door/admit";
import { sortFindings, type Finding } from "../../core/finding";
import { today, type IsoDate } from "../../core/iso-date";
import type { Pattern } from "../../core/pattern";
import { runRules } from "../../core/rule";
import { applyWaivers, waiverExpired, type Waiver } from "../../core/waiver";
import { patterns as ownPatterns } from "../../patterns/manifests";
import { guardRuleIds, guardRules } from "./guard-rules";
import type { DriftedResource, GuardReview } from "./guard-review";
import { guardedChange, type GuardedChange, type KnownTypes } from "./guarded-change";
import { newExpiries } from "./new-expiries";
import { changesStage, mayServe, plannedStages, type PlannedStage } from "./planned-stages";
import type { TerraformPlan } from "./terraform-plan";

/** Options of {@link guardPlan}. */
export interface GuardOptions {
  /**
   * The accepted findings; a waiver's subject is the address of a resource. Waivers of other rules than the guard's are ignored,
   * and one that covers nothing is not reported, because it may be for another stack's plan. An expired one is.
   * @default - none
   */
  readonly waivers?: readonly Waiver[];
  /**
   * The day on which the waivers must hold, `YYYY-MM-DD`.
   * @default - today, in UTC
   */
  readonly asOf?: IsoDate;
  /**
   * Further Terraform types that hold data, each with a phrase for the data.
   * @default - the guard's own table alone
   * @example { oci_database_db_system: "the records of a database" }
   */
  readonly dataHoldingTypes?: Readonly<Record<string, string>>;
  /**
   * Further Terraform types that carry traffic, each with a phrase for the traffic.
   * @default - the guard's own table alone
   */
  readonly trafficCarryingTypes?: Readonly<Record<string, string>>;
  /**
   * Further patterns, for the phases of their stages.
   * @default - the patterns of this library alone; a stage of another one counts as one that serves
   */
  readonly patterns?: readonly Pattern[];
}

/** The guard's report on a plan. It holds names and addresses, and no value of the plan but the names of stages. */
export interface GuardReport {
  /** The name of the plan's file. */
  readonly plan: string;
  /** The version of Terraform or OpenTofu that made the plan; undefined where it does not say. */
  readonly terraformVersion?: string;
  /** The day for which the waivers were judged. */
  readonly asOf: IsoDate;
  /** The migrations of the plan, with the stage before and after it. */
  readonly stages: readonly PlannedStage[];
  /** Whether production may depend on what the plan changes: then lost traffic blocks. */
  readonly serves: boolean;
  /** The changes of managed resources, in the order of the plan; what changes in nothing is left out. */
  readonly changes: readonly GuardedChange[];
  /** The findings, most severe first. A waived finding has its waiver. */
  readonly findings: readonly Finding[];
}

/** Looks at a plan that `readTerraformPlan` has read. */
export function guardPlan(plan: TerraformPlan, options: GuardOptions = {}): GuardReport {
  admit("guardPlan", { plan, options });
  const asOf = options.asOf ?? today();
  const types: KnownTypes = { holds: options.dataHoldingTypes ?? {}, carries: options.trafficCarryingTypes ?? {} };
  const stages = plannedStages(plan.changes, [...ownPatterns, ...(options.patterns ?? [])]);
  const changes = plan.changes
    .filter(({ mode }) => mode === "managed")
    .map((change) => guardedChange(change, types))
    .filter(({ effect, movedFrom, imported }) => effect !== "unchanged" || movedFrom !== undefined || imported);
  const review: GuardReview = {
    changes,
    drift: plan.drift.filter(({ mode }) => mode === "managed").map((each) => drifted(guardedChange(each, types))),
    deferred: [
      ...plan.deferred.filter(({ mode }) => mode === "managed").map(({ address }) => address),
      ...plan.deferredInvocations.map(({ address }) => address),
    ],
    invocations: plan.invocations,
    newExpiries: newExpiries(plan.changes),
    stages,
    serves: mayServe(stages),
    changesStage: changesStage(stages),
    plan: plan.name,
    errored: plan.errored,
    complete: plan.complete ?? true,
  };
  return {
    plan: plan.name,
    ...(plan.terraformVersion === undefined ? {} : { terraformVersion: plan.terraformVersion }),
    asOf,
    stages,
    serves: review.serves,
    changes,
    findings: judged(review, options.waivers ?? [], asOf),
  };
}

function drifted({ address, effect, holds, carries, cuts }: GuardedChange): DriftedResource {
  return {
    address,
    destroyed: effect === "destroyed",
    ...(holds === undefined ? {} : { holds }),
    ...(carries === undefined ? {} : { carries }),
    cuts,
  };
}

function judged(review: GuardReview, all: readonly Waiver[], asOf: IsoDate): Finding[] {
  const ids = guardRuleIds();
  const waivers = all.filter(({ rule }) => ids.has(rule));
  const { findings, used } = applyWaivers(runRules(guardRules, review), waivers, asOf);
  return sortFindings([...findings, ...runRules([waiverExpired], { waivers, used, asOf })]);
}
