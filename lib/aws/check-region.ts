/** The check that an existing resource is in the region of what uses it, as far as its ARN is known. */
import { refuse } from "../core/refuse";
import { isUnresolved } from "../core/tokens";

/**
 * Checks that the resource of an ARN is in the region: keys, topics and log groups serve their own region alone. An ARN or a
 * region that only Terraform knows passes, as does an id or alias without a region: AWS refuses it then.
 *
 * @throws MigrationError with the code
 */
export function checkRegion(
  arn: string | undefined,
  region: string | undefined,
  of: { readonly code: string; readonly path: string; readonly construct: string; readonly what: string },
): void {
  if (arn === undefined || region === undefined || isUnresolved(region)) return;
  const own = regionOfArn(arn);
  if (own === undefined || own === region) return;
  const { code, path, construct, what } = of;
  refuse({
    code,
    path,
    received: arn,
    allowed: `the ARN of ${what} in ${region}`,
    fix: `name one of that region, where it is used: one of ${own} cannot be`,
    construct,
  });
}

/** Returns the region of a literal ARN; undefined for a name, a global resource, and what only Terraform knows. */
function regionOfArn(arn: string): string | undefined {
  if (isUnresolved(arn)) return undefined;
  const region = /^arn:[^:]+:[^:]+:([^:]*):/.exec(arn)?.[1];
  return region === "" ? undefined : region;
}
