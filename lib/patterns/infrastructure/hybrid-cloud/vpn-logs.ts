/**
 * The log group of the tunnels. IKE negotiation logs tell why a tunnel does not come up, which no metric does; they name both
 * ends' addresses and proposals, so the group is encrypted with a key of its own.
 */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { RequiredStatement } from "../../../aws/required-statements";
import { checkChoice, type Place } from "./checks";

/** Options for the logs of the tunnels. */
export interface VpnLogOptions {
  /** ARN of an existing log group. @default - a group is created */
  readonly logGroupArn?: string;
  /**
   * ARN of the KMS key for the created group, which is left as it is: its policy must let CloudWatch Logs use it, for which
   * `requiredKeyPolicyStatements` of the construct has the statement.
   * @default - a key is created
   */
  readonly kmsKeyArn?: string;
  /** Days for which the created group keeps entries; one of CloudWatch Logs' own values. @default 365 */
  readonly retentionInDays?: number;
  /** The format of the entries. @default "json" */
  readonly format?: "json" | "text";
  /** Whether BGP sessions are logged too. Needs AWS provider 6. @default false */
  readonly bgp?: boolean;
}

interface Deployment {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/**
 * The log group of a connection's tunnels: the given one, or one that is created and encrypted. A key costs 1 USD a month.
 *
 * @throws MigrationError `HYBRID_VPN_LOG_FORMAT`
 */
export class VpnLogs extends Construct {
  public readonly logGroupArn: string;
  public readonly format: "json" | "text";
  /** The created log group, for overrides. */
  public readonly logGroup?: CloudwatchLogGroup;
  /** The created key of the log group. */
  public readonly key?: KmsKey;
  private readonly takesKey: boolean;
  private place: Deployment | undefined;

  constructor(
    scope: Construct,
    id: string,
    options: VpnLogOptions,
    tags: Readonly<Record<string, string>>,
    place: Place,
  ) {
    super(scope, id);
    this.format = options.format ?? "json";
    checkChoice("HYBRID_VPN_LOG_FORMAT", this.format, ["json", "text"], { ...place, path: `${place.path}.format` });
    this.takesKey = options.kmsKeyArn !== undefined && options.logGroupArn === undefined;
    if (options.logGroupArn !== undefined) {
      this.logGroupArn = options.logGroupArn;
      return;
    }
    if (options.kmsKeyArn === undefined) this.key = this.createKey(tags);
    this.logGroup = new CloudwatchLogGroup(this, "group", {
      namePrefix: "/vpn/",
      retentionInDays: options.retentionInDays ?? 365,
      kmsKeyId: options.kmsKeyArn ?? this.key?.arn ?? "",
      tags: { ...tags },
    });
    this.logGroupArn = this.logGroup.arn;
  }

  /**
   * The statements that the policy of an existing key needs; empty where no log group is encrypted with one. They are made when
   * they are first asked for, with data sources for account and region.
   */
  public get requiredKeyPolicyStatements(): readonly RequiredStatement[] {
    return this.takesKey ? [this.logsUseKey()] : [];
  }

  private deployment(): Deployment {
    this.place ??= {
      partition: new DataAwsPartition(this, "partition").partition,
      accountId: new DataAwsCallerIdentity(this, "account").accountId,
      region: new DataAwsRegion(this, "region").id,
    };
    return this.place;
  }

  private logsUseKey(): RequiredStatement {
    const { partition, accountId, region } = this.deployment();
    return {
      Sid: "Logs",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: "*",
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:/vpn/*`,
        },
      },
    };
  }

  private createKey(tags: Readonly<Record<string, string>>): KmsKey {
    const { partition, accountId } = this.deployment();
    return new KmsKey(this, "key", {
      description: "Logs of VPN tunnels",
      enableKeyRotation: true,
      // Not `keyPolicy` of lib/aws: its Sids, its actions and its ArnEquals are others, and another text of the policy would be
      // a change to every key that is deployed, which gains nothing. The group's name is only known once it is made, hence /vpn/*.
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Account",
            Effect: "Allow",
            Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          this.logsUseKey(),
        ],
      }),
      tags: { ...tags },
    });
  }
}
