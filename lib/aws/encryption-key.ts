/** The key of one construct: the account administers it, and CloudWatch Logs may use it for the log groups named here. */
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Construct } from "constructs";
import type { DeploymentPlace } from "./deployment-place";

/** A KMS key, rotated every year. Services that use it on behalf of a caller do so by the caller's own permission. */
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
  const { place, logGroupNames } = of;
  return new KmsKey(scope, id, {
    description: of.description,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountAdministersKey",
          Effect: "Allow",
          Principal: { AWS: `arn:${place.partition}:iam::${place.accountId}:root` },
          Action: "kms:*",
          // In a key policy "*" is the key itself (AWS KMS Developer Guide, "Key policies").
          Resource: "*",
        },
        ...(logGroupNames.length === 0
          ? []
          : [
              {
                // CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
                Sid: "LogGroupsUseKey",
                Effect: "Allow",
                Principal: { Service: `logs.${place.region}.amazonaws.com` },
                Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
                Resource: "*",
                Condition: {
                  ArnEquals: {
                    "kms:EncryptionContext:aws:logs:arn": logGroupNames.map((name) =>
                      place.arn("logs", `log-group:${name}`),
                    ),
                  },
                },
              },
            ]),
      ],
    }),
    tags: of.tags,
  });
}
