/**
 * The policies of KMS keys. Every key is administered by its account; a service may use it only for the resources that the
 * policy names.
 */
import type { RequiredStatement } from "./required-statements";

/** Properties of a {@link keyPolicy}. */
export interface KeyPolicyProps {
  /** The partition of the account: `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** The id of the account that administers the key. */
  readonly accountId: string;
  /**
   * Statements that let AWS services use the key, in addition to the account's.
   * @default - none; a service may still use the key on behalf of a caller, by the caller's own permission
   */
  readonly serviceStatements?: readonly KeyPolicyStatement[];
}

/** A statement of a key's policy that lets an AWS service use the key. */
export interface KeyPolicyStatement extends RequiredStatement {
  readonly Sid: string;
  readonly Principal: { readonly Service: string };
  readonly Action: readonly string[];
  readonly Resource: "*";
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Returns the policy of a KMS key as JSON: the account administers the key, and the given services use it. */
export function keyPolicy({ partition, accountId, serviceStatements = [] }: KeyPolicyProps): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountAdministersKey",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        // In a key policy "*" is the key itself (AWS KMS Developer Guide, "Key policies").
        Resource: "*",
      },
      ...serviceStatements,
    ],
  });
}

/**
 * Returns the statement that lets CloudWatch Logs of a region use the key, for the given log groups alone. CloudWatch Logs
 * User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
 * @param logGroupArns the ARN of a log group, or a list of them
 */
export function logGroupsUseKey(
  sid: string,
  region: string,
  logGroupArns: string | readonly string[],
): KeyPolicyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArns } },
  };
}

/**
 * Returns the statement that lets CloudWatch alarms of an account use the key, so that they can publish to a topic that is
 * encrypted with it.
 */
export function alarmsUseKey(accountId: string): KeyPolicyStatement {
  return {
    Sid: "AlarmsUseKey",
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  };
}
