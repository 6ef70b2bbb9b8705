/**
 * Lets checks be removed from a composite alarm. CloudWatch refuses to delete an alarm while a composite alarm names it, and
 * Terraform deletes before it changes: a check that is taken away would fail at every deployment. Terraform does delete in
 * the right order what it *replaces*; so a composite alarm is replaced whenever the set of alarms that it gathers is another.
 * For those seconds nothing is watched, its history begins anew, and where it is in alarm it tells people again.
 *
 * Sources: Terraform AWS provider, aws_cloudwatch_composite_alarm, note; Terraform language, replace_triggered_by.
 */
import { DataResource, type TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";

/**
 * The largest number of alarms that a composite alarm may name, and the largest length of its rule (CloudWatch API Reference,
 * PutCompositeAlarm).
 */
export const COMPOSITE_ALARM_LIMITS = { alarms: 100, characters: 10_240 } as const;

/** The alarms that a composite alarm gathers, as a resource that changes with them. */
export interface GatheredAlarms {
  /** The resource that records the names, and changes with them. */
  readonly resource: DataResource;
  /** The lifecycle of the composite alarms that gather them: it replaces them when the names change. */
  readonly lifecycle: TerraformResourceLifecycle;
}

/** Records the names of the alarms that composite alarms gather. Needs Terraform 1.4 or later, for `terraform_data`. */
export function gatheredAlarms(scope: Construct, id: string, names: readonly string[]): GatheredAlarms {
  const resource = new DataResource(scope, id, { input: { alarms: [...names] } });
  // As text: CDKTF would write an expression, where Terraform takes nothing but an address.
  const address = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
  return { resource, lifecycle: { replaceTriggeredBy: [address] } };
}
