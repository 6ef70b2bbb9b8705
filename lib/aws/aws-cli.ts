/** Options that the AWS CLI commands of runbook steps share. */
import { isUnresolved } from "../core/tokens";

/**
 * Returns the option that has a command of the AWS CLI act in one region, with a space before it, whatever region the
 * person's profile has. Empty where only Terraform knows the region, because then there is no name to type.
 */
export function regionOption(region: string | undefined): string {
  return region === undefined || isUnresolved(region) ? "" : ` --region ${region}`;
}
