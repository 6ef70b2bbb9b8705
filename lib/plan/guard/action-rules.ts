/** The rules about actions: what a provider does beside the changes of resources (Terraform language, action block). */
import { defineRule, type Rule } from "../../core/rule";
import type { GuardReview } from "./guard-review";
import type { PlannedInvocation } from "./terraform-plan";

// Of the AWS provider 6.x. Every other action is a warning: what it does its configuration may decide, a query's SQL say.
const EMPTIES: ReadonlyMap<string, string> = new Map([["aws_s3_empty_bucket", "the objects of a bucket"]]);
const STOPS: ReadonlyMap<string, string> = new Map([
  ["aws_ec2_stop_instance", "the requests to a server"],
  ["aws_rds_reboot_instance", "the connections to a database"],
  ["aws_vpc_delete_default_vpc", "all traffic of a network"],
]);

/** The rule about actions that the plan runs. */
export const guardActionRun: Rule<GuardReview> = defineRule<GuardReview>({
  id: "guard-action-run",
  title: "The plan runs an action of a provider",
  severity: "warning",
  why: "an action is no change of a resource: a plan shows that it runs and not what comes of it. It blocks where it deletes data, and where it stops what answers requests unless no migration of the plan is in a stage that serves",
  remedy: "read what the action does before the plan is applied, and note it in a waiver for its address",
  *check({ invocations, serves }) {
    for (const invocation of invocations) {
      const { address, type } = invocation;
      const [data, traffic] = [EMPTIES.get(type), STOPS.get(type)];
      const blocks = data !== undefined || (traffic !== undefined && serves);
      const what = data !== undefined ? `deletes ${data}` : traffic !== undefined ? `interrupts ${traffic}` : undefined;
      yield {
        subject: address,
        ...(blocks ? { severity: "blocker" as const } : {}),
        message: `${runs(invocation)}${what === undefined ? `; what ${type} does is unknown to the guard` : `, which ${what}`}`,
      };
    }
  },
});

/** The rules about actions. */
export const actionRules: readonly Rule<GuardReview>[] = [guardActionRun];

function runs({ triggeredBy }: PlannedInvocation): string {
  return triggeredBy === undefined ? "the plan runs it" : `the plan runs it with ${triggeredBy}`;
}
