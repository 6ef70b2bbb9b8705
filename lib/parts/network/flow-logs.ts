/**
 * ```ts
 * new VpcFlowLogs(this, "flow-logs", { name: "shop", vpcId, region, logGroupArn, iamRoleArn, tags });
 * ```
 *
 * Flow logs of a VPC, which record every accepted and rejected connection, in a log group that is encrypted with its own
 * key. Key, log group and role may be existing ones, whose policies are their owners'.
 */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { checkRegion } from "../../aws/check-region";
import { keyPolicy, logGroupsUseKey } from "../../aws/key-policy";
import { partitionOf } from "../../aws/region";
import type { RequiredStatement } from "../../aws/required-statements";
import { admitConstruct } from "../../core/door/admit";

/** Settings of the flow logs of a VPC: their retention, key and log group. */
export interface FlowLogSettings {
  /**
   * Retention of the records in days; one of the values that CloudWatch Logs accepts.
   * @default 365
   */
  readonly retentionDays?: number;
  /**
   * ARN of the KMS key of the log group, which is left as it is: {@link VpcFlowLogs.requiredKeyPolicyStatements} says what its
   * policy needs.
   * @default - a key of its own, rotated every year. About 1 USD a month
   */
  readonly kmsKeyArn?: string;
  /**
   * ARN of an existing log group.
   * @default - a log group of its own, encrypted with the key
   */
  readonly logGroupArn?: string;
  /**
   * ARN of an existing role that writes the records, which is left as it is: {@link VpcFlowLogs.requiredRolePolicyStatements}
   * says what it needs.
   * @default - a role of its own
   */
  readonly iamRoleArn?: string;
}

/** Properties of {@link VpcFlowLogs}. */
export interface VpcFlowLogsProps extends FlowLogSettings {
  readonly name: string;
  readonly vpcId: string;
  readonly region: string;
  /**
   * The partition of the region: `aws`, `aws-cn` or `aws-us-gov`.
   * @default - that of the region, which must be known at synthesis for it
   */
  readonly partition?: string;
  /**
   * The account's id.
   * @default - looked up by a data source when Terraform runs
   */
  readonly accountId?: string;
  readonly tags: Readonly<Record<string, string>>;
}

const DEFAULT_RETENTION_DAYS = 365;

/**
 * Flow logs of a VPC: accepted and rejected connections.
 *
 * @throws MigrationError `VPC_FLOW_LOGS_LOG_GROUP_ARN`, `VPC_FLOW_LOGS_KMS_KEY_ARN` for one of another region
 */
export class VpcFlowLogs extends Construct {
  public readonly flowLog: FlowLog;
  /** The role, if this construct creates it. */
  public readonly role?: IamRole;
  /** The role's policy, if this construct creates it. */
  public readonly policy?: IamRolePolicy;
  /** The log group, if this construct creates it. */
  public readonly logGroup?: CloudwatchLogGroup;
  /** The KMS key, if this construct creates it. */
  public readonly key?: KmsKey;
  /** The statements that the policy of an existing key needs; empty where no log group is encrypted with one. */
  public readonly requiredKeyPolicyStatements: readonly RequiredStatement[];
  /** The statements that let the service assume an existing role; empty where the role is created. */
  public readonly requiredTrustPolicyStatements: readonly RequiredStatement[];
  /** The permissions that an existing role needs; empty where the role is created. */
  public readonly requiredRolePolicyStatements: readonly RequiredStatement[];

  constructor(scope: Construct, id: string, props: VpcFlowLogsProps) {
    admitConstruct("VpcFlowLogs", scope, id, props);
    super(scope, id);
    const { name, region, tags } = props;
    const place = { construct: this.node.path, what: "a log group" };
    checkRegion(props.logGroupArn, region, { ...place, code: "VPC_FLOW_LOGS_LOG_GROUP_ARN", path: "logGroupArn" });
    checkRegion(props.kmsKeyArn, region, {
      ...place,
      code: "VPC_FLOW_LOGS_KMS_KEY_ARN",
      path: "kmsKeyArn",
      what: "a KMS key",
    });
    const partition = props.partition ?? partitionOf(region);
    const accountId = props.accountId ?? new DataAwsCallerIdentity(this, "account").accountId;
    let logGroupArn = props.logGroupArn;
    this.requiredKeyPolicyStatements = [];
    if (logGroupArn === undefined) {
      const logGroupName = `/vpc/flow-logs/${name}`;
      const usesKey = logGroupsUseKey(
        "LogGroupUsesKey",
        region,
        `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}`,
      );
      let kmsKeyId = props.kmsKeyArn;
      if (kmsKeyId !== undefined) this.requiredKeyPolicyStatements = [usesKey];
      else {
        this.key = new KmsKey(this, "key", {
          description: `Flow logs of ${name}`,
          enableKeyRotation: true,
          policy: keyPolicy({
            partition,
            accountId,
            serviceStatements: [usesKey],
          }),
          tags: { ...tags, Name: `${name}-flow-logs` },
        });
        kmsKeyId = this.key.arn;
      }
      this.logGroup = new CloudwatchLogGroup(this, "logs", {
        name: logGroupName,
        retentionInDays: props.retentionDays ?? DEFAULT_RETENTION_DAYS,
        kmsKeyId,
        tags: { ...tags, Name: logGroupName },
      });
      logGroupArn = this.logGroup.arn;
    }
    const trust: RequiredStatement[] = [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        // The service acts for any account it is told to; this keeps others from naming our role. Amazon VPC User Guide, "IAM role
        // for publishing flow logs to CloudWatch Logs", has both conditions.
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
        },
      },
    ];
    // Amazon VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs"; creating groups is Terraform's task.
    const access: RequiredStatement[] = [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
        Resource: [logGroupArn, `${logGroupArn}:*`],
      },
    ];
    let { iamRoleArn } = props;
    this.requiredTrustPolicyStatements = iamRoleArn === undefined ? [] : trust;
    this.requiredRolePolicyStatements = iamRoleArn === undefined ? [] : access;
    if (iamRoleArn === undefined) {
      this.role = new IamRole(this, "role", {
        namePrefix: "flow-logs-",
        description: `Writes the flow logs of ${name}`.slice(0, 1000),
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: trust }),
        tags: { ...tags, Name: `${name}-flow-logs` },
      });
      this.policy = new IamRolePolicy(this, "policy", {
        name: "write-flow-logs",
        role: this.role.id,
        policy: JSON.stringify({ Version: "2012-10-17", Statement: access }),
      });
      iamRoleArn = this.role.arn;
    }
    this.flowLog = new FlowLog(this, "flows", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroupArn,
      iamRoleArn,
      maxAggregationInterval: 60,
      tags: { ...tags, Name: `${name}-flow-logs` },
    });
  }
}
