/** The key of one construct: the account administers it, and CloudWatch Logs may use it for the log groups named here. */
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Construct } from "constructs";
import { admit, refuseSecrets } from "../core/door/admit";
import type { DeploymentPlace } from "./deployment-place";
import { keyPolicy, logGroupsUseKey, type KeyPolicyStatement } from "./key-policy";

/** Makes a KMS key, rotated every year. Services that use it on behalf of a caller do so by the caller's own permission. */
export function encryptionKey(
  scope: Construct,
  id: string,
  of: {
    readonly description: string;
    readonly place: DeploymentPlace;
    /** @knownLength */
    readonly logGroupNames: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
  },
): KmsKey {
  admit("encryptionKey", { scope, id, of });
  refuseSecrets(of);
  const { place, logGroupNames } = of;
  return new KmsKey(scope, id, {
    description: of.description,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: keyPolicy({
      partition: place.partition,
      accountId: place.accountId,
      serviceStatements: logGroupStatements(place, logGroupNames),
    }),
    tags: of.tags,
  });
}

/** Returns the statements of a key's policy that let CloudWatch Logs use the key for the log groups; none without a group. */
export function logGroupStatements(place: DeploymentPlace, logGroupNames: readonly string[]): KeyPolicyStatement[] {
  if (logGroupNames.length === 0) return [];
  return [
    logGroupsUseKey(
      "LogGroupsUseKey",
      place.region,
      logGroupNames.map((name) => place.arn("logs", `log-group:${name}`)),
    ),
  ];
}
