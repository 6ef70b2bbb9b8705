/** The key of one construct: the account administers it, and CloudWatch Logs may use it for the log groups named here. */
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Construct } from "constructs";
import { admit } from "../core/door/admit";
import type { DeploymentPlace } from "./deployment-place";
import { keyPolicy, logGroupsUseKey } from "./key-policy";

/** Makes a KMS key, rotated every year. Services that use it on behalf of a caller do so by the caller's own permission. */
export function encryptionKey(
  scope: Construct,
  id: string,
  of: {
    readonly description: string;
    readonly place: DeploymentPlace;
    readonly logGroupNames: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
  },
): KmsKey {
  admit("encryptionKey", { scope, id, of });
  const { place, logGroupNames } = of;
  return new KmsKey(scope, id, {
    description: of.description,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: keyPolicy({
      partition: place.partition,
      accountId: place.accountId,
      serviceStatements:
        logGroupNames.length === 0
          ? []
          : [
              logGroupsUseKey(
                "LogGroupsUseKey",
                place.region,
                logGroupNames.map((name) => place.arn("logs", `log-group:${name}`)),
              ),
            ],
    }),
    tags: of.tags,
  });
}
