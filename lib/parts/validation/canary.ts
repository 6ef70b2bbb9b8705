/**
 * A CloudWatch Synthetics canary. Role, bucket and key may be existing ones, whose policies are their owners'. Its own role has the permissions of a canary and no others: write into its own prefix of its
 * own bucket, log into its own log groups, and publish metrics of its own namespace.
 *
 * Source of the permissions: CloudWatch User Guide, "Required roles and permissions for canaries".
 */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SyntheticsCanary } from "@cdktf/provider-aws/lib/synthetics-canary";
import { Construct } from "constructs";
import { checkRegion } from "../../aws/check-region";
import { bucketStatements, type RequiredStatement } from "../../aws/required-statements";
import { cut } from "../../core/construct-ids";
import { admitConstruct } from "../../core/door/admit";
import { CanaryArtifacts } from "./canary-artifacts";
import type { CanaryTest } from "./end-to-end-spec";
import { validationAlarm, type AlarmSettings, type ValidationAlarm } from "./validation-alarm";

/** Properties of a {@link Canary}. */
export interface CanaryProps {
  readonly check: string;
  readonly test: CanaryTest;
  readonly settings: AlarmSettings;
  readonly region: string;
  readonly partition: string;
  readonly accountId: string;
}

const PREFIX = "runs";
const DEFAULT_RETENTION_DAYS = 90;
/**
 * The longest name of a canary, in characters. Longer ones are legal since 2023, but make the log group's name, which
 * contains it, hard to read.
 */
const CANARY_NAME_LIMIT = 64;

/**
 * A CloudWatch Synthetics canary with its role, its bucket of artifacts and its alarms.
 *
 * @throws MigrationError `CANARY_KMS_KEY_ARN` for a key of another region
 */
export class Canary extends Construct {
  public readonly canary: SyntheticsCanary;
  /** The name of the canary, known before Terraform runs: the dimension CanaryName of its metrics. */
  public readonly canaryName: string;
  /** The role, if this construct creates it. */
  public readonly role?: IamRole;
  /** The role's policy, if this construct creates it. */
  public readonly policy?: IamRolePolicy;
  /** The bucket of the artifacts, if this construct creates it. */
  public readonly artifacts?: CanaryArtifacts;
  public readonly alarms: readonly ValidationAlarm[];
  /** The statements that let the canary assume an existing role; empty where the role is created. */
  public readonly requiredTrustPolicyStatements: readonly RequiredStatement[];
  /** The permissions that an existing role needs; empty where the role is created. */
  public readonly requiredRolePolicyStatements: readonly RequiredStatement[];
  /** The statements that the policy of an existing bucket needs where it is in another account; else empty. */
  public readonly requiredBucketPolicyStatements: readonly RequiredStatement[];

  constructor(scope: Construct, id: string, props: CanaryProps) {
    admitConstruct("Canary", scope, id, props);
    super(scope, id);
    const { test, settings, region, partition, accountId, check } = props;
    const name = cut(`${settings.name}-${check}`.toLowerCase(), CANARY_NAME_LIMIT);
    const tags = { ...settings.tags, Name: name };
    this.canaryName = name;
    const everyMinutes = test.everyMinutes ?? 5;
    checkRegion(test.kmsKeyArn, region, {
      code: "CANARY_KMS_KEY_ARN",
      path: "test.kmsKeyArn",
      construct: this.node.path,
      what: "a KMS key",
    });
    const { artifactBucket } = test;
    let keyArn = test.kmsKeyArn;
    let bucketName: string;
    let bucketArn: string;
    let prefix = PREFIX;
    if (artifactBucket === undefined) {
      this.artifacts = new CanaryArtifacts(this, "artifacts", {
        name,
        accountId,
        partition,
        retentionDays: test.artifactRetentionDays ?? DEFAULT_RETENTION_DAYS,
        ...(keyArn === undefined ? {} : { kmsKeyArn: keyArn }),
        tags: settings.tags,
      });
      ({ bucketArn, bucketName, keyArn } = this.artifacts);
    } else {
      bucketName = artifactBucket.name;
      bucketArn = `arn:${partition}:s3:::${bucketName}`;
      prefix = `${artifactBucket.prefix ?? "canaries"}/${name}`;
    }
    const logGroup = `arn:${partition}:logs:${region}:${accountId}:log-group:/aws/lambda/cwsyn-${name}-*`;
    const trust: RequiredStatement[] = [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ];
    const objects = { actions: ["s3:PutObject", "s3:GetObject"], resources: `${bucketArn}/${prefix}/*` };
    const place = { actions: ["s3:GetBucketLocation"], resources: bucketArn };
    const access: RequiredStatement[] = [
      allow(objects.actions, objects.resources),
      allow(place.actions, place.resources),
      ...(keyArn === undefined ? [] : [allow(["kms:GenerateDataKey", "kms:Decrypt"], keyArn)]),
      allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], logGroup),
      // These know no resource; the namespace is what keeps the canary to itself.
      allow(["s3:ListAllMyBuckets"], "*"),
      {
        ...allow(["cloudwatch:PutMetricData"], "*"),
        Condition: { StringEquals: { "cloudwatch:namespace": "CloudWatchSynthetics" } },
      },
      ...(test.network === undefined
        ? []
        : [allow(["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"], "*")]),
    ];
    let { executionRoleArn } = test;
    this.requiredTrustPolicyStatements = executionRoleArn === undefined ? [] : trust;
    this.requiredRolePolicyStatements = executionRoleArn === undefined ? [] : access;
    if (executionRoleArn === undefined) {
      this.role = new IamRole(this, "role", {
        namePrefix: "canary-",
        description: `Runs the canary ${name}`.slice(0, 1000),
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: trust }),
        tags,
      });
      this.policy = new IamRolePolicy(this, "policy", {
        name: "run-canary",
        role: this.role.id,
        policy: JSON.stringify({ Version: "2012-10-17", Statement: access }),
      });
      executionRoleArn = this.role.arn;
    }
    this.requiredBucketPolicyStatements =
      artifactBucket === undefined
        ? []
        : bucketStatements(executionRoleArn, bucketArn, [
            { ...objects, resources: [objects.resources] },
            { ...place, resources: [place.resources] },
          ]);
    this.canary = new SyntheticsCanary(this, "canary", {
      name,
      artifactS3Location: `s3://${bucketName}/${prefix}/`,
      // Without a key Synthetics takes the one that AWS manages (CloudWatch User Guide, "Encrypting canary artifacts").
      ...(keyArn === undefined
        ? {}
        : { artifactConfig: { s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: keyArn } } }),
      executionRoleArn,
      handler: test.handler,
      runtimeVersion: test.runtimeVersion,
      ...("zipFile" in test.code
        ? { zipFile: test.code.zipFile }
        : {
            s3Bucket: test.code.bucket,
            s3Key: test.code.key,
            ...(test.code.version === undefined ? {} : { s3Version: test.code.version }),
          }),
      schedule: {
        expression: everyMinutes === 60 ? "rate(1 hour)" : rateExpression(everyMinutes),
        durationInSeconds: 0,
      },
      runConfig: {
        timeoutInSeconds: test.timeoutSeconds ?? 60,
        memoryInMb: test.memoryMiB ?? 960,
        activeTracing: false,
        ...(test.environment === undefined ? {} : { environmentVariables: { ...test.environment } }),
      },
      ...(test.network === undefined
        ? {}
        : {
            vpcConfig: {
              subnetIds: [...test.network.subnetIds],
              securityGroupIds: [...test.network.securityGroupIds],
            },
          }),
      startCanary: settings.enabled,
      deleteLambda: true,
      tags,
      dependsOn: [...(this.policy === undefined ? [] : [this.policy]), ...(this.artifacts?.protections ?? [])],
    });
    this.alarms = [
      validationAlarm(
        this,
        "alarm",
        settings,
        { kind: "end-to-end", check },
        {
          alarmDescription: `The canary ${name} failed twice in three runs, or did not run`,
          namespace: "CloudWatchSynthetics",
          metricName: "SuccessPercent",
          dimensions: { CanaryName: name },
          statistic: "Average",
          // One period a run: a run that did not happen is a period without data, and that is a failure too.
          period: everyMinutes * 60,
          evaluationPeriods: 3,
          datapointsToAlarm: 2,
          comparisonOperator: "LessThanThreshold",
          threshold: 100,
          treatMissingData: "breaching",
        },
      ),
    ];
  }
}

function allow(actions: readonly string[], resource: string): RequiredStatement {
  return { Effect: "Allow", Action: actions, Resource: resource };
}

/** Returns the rate expression of a schedule: `rate(1 minute)`, `rate(5 minutes)`. */
export function rateExpression(minutes: number): string {
  return minutes === 1 ? "rate(1 minute)" : `rate(${minutes} minutes)`;
}
