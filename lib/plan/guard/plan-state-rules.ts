/** The rules about the plan itself: whether it is whole, and what was changed beside it. */
import { defineRule, type Rule } from "../../core/rule";
import { parameterPath } from "../../core/stage-parameters";
import type { GuardReview } from "./guard-review";

/** The rule about plans that ended in an error. */
export const guardPlanErrored: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-plan-errored",
  title: "The plan ended in an error",
  severity: "blocker",
  why: "a plan that ended in an error does not show all that would be done, and Terraform refuses to apply it",
  remedy: "remedy the error that terraform plan prints, and plan anew",
  *check({ plan, errored }) {
    if (errored) yield { subject: plan, message: "planning ended in an error, so what the plan shows is not all" };
  },
});

/** The rule about plans after which something is left to plan. */
export const guardPlanIncomplete: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-plan-incomplete",
  title: "The plan is not complete",
  severity: "warning",
  why: "what it leaves out, because of -target or because it is deferred, comes with a later plan, which the guard has not seen",
  remedy: "plan again after this plan has been applied, and have the guard look at that plan too",
  *check({ plan, errored, complete, deferred }) {
    if (!errored && !complete) yield { subject: plan, message: "the plan itself says that it is not complete" };
    for (const address of deferred)
      yield { subject: address, message: "what happens to it is put off to a later plan" };
  },
});

/** The rule about resources that somebody has destroyed outside of Terraform. */
export const guardDestroyedOutside: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-destroyed-outside",
  title: "A resource was destroyed outside of Terraform",
  severity: "warning",
  why: "the plan creates another in its place, which is empty and has another id, and the plan reads like an addition",
  remedy: "restore its data and import it, or find out who destroyed it and why before an empty one takes its place",
  *check({ drift }) {
    for (const { address, destroyed, holds, carries } of drift) {
      if (!destroyed) continue;
      const what =
        holds === undefined ? (carries === undefined ? "" : `; it carried ${carries}`) : `; it held ${holds}`;
      yield { subject: address, message: `it was destroyed outside of Terraform${what}` };
    }
  },
});

/** The rule about the record of a migration that the plan destroys. */
export const guardRecordDestroyed: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-record-destroyed",
  title: "The plan destroys the record of a migration's stage",
  severity: "warning",
  why: "whatever depends on the migration reads there how far it has come, and while Terraform destroys it checks no precondition: nothing holds a dependent any more",
  remedy: "see with migration-patterns status that nothing depends on the migration, or keep the record",
  *check({ stages }) {
    for (const { address, app, migration, withdrawn } of stages) {
      if (!withdrawn) continue;
      yield {
        subject: address,
        message: `the stage of ${parameterPath({ app, name: migration })} is no longer recorded`,
      };
    }
  },
});

/** The rules about the plan itself. */
export const planStateRules: readonly Rule<GuardReview>[] = [
  guardPlanErrored,
  guardPlanIncomplete,
  guardDestroyedOutside,
  guardRecordDestroyed,
];
