/** What the commands of runbook steps have in common. */
import { isUnresolved } from "../core/tokens";

/**
 * The option that has a command of the AWS CLI act in one region, with a space before it, whatever region the profile of the
 * person has. Nothing where only Terraform knows the region: a name that is not known is no name to type.
 */
export function regionOption(region: string | undefined): string {
  return region === undefined || isUnresolved(region) ? "" : ` --region ${region}`;
}
