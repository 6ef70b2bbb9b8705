/**
 * An existing CodeBuild project or Lambda function that EventBridge Scheduler runs as a test. It has two alarms, because a
 * probe can be wrong in two ways: it failed, or it did not run. The second is the one that goes unnoticed.
 *
 * Sources: EventBridge Scheduler User Guide, "Templated targets" and "Confused deputy prevention"; AWS CodeBuild User Guide,
 * "CodeBuild CloudWatch metrics"; AWS Lambda Developer Guide, "Types of metrics for Lambda functions".
 */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { Construct } from "constructs";
import type { RequiredStatement } from "../../aws/required-statements";
import { admitConstruct } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { isUnresolved } from "../../core/tokens";
import { cut } from "../../core/construct-ids";
import { rateExpression } from "./canary";
import type { CodeBuildTest, LambdaTest } from "./end-to-end-spec";
import { validationAlarm, type AlarmSettings, type ValidationAlarm } from "./validation-alarm";

/** Properties of a {@link Probe}. */
export interface ProbeProps {
  readonly check: string;
  readonly test: CodeBuildTest | LambdaTest;
  readonly settings: AlarmSettings;
  readonly region: string;
  readonly partition: string;
  readonly accountId: string;
}

/** The longest name of a schedule in characters: EventBridge Scheduler API Reference, CreateSchedule. */
const SCHEDULE_NAME_LIMIT = 64;

/** A CodeBuild project or Lambda function that is run on a schedule, with the role that may start it and its alarms. */
export class Probe extends Construct {
  public readonly schedule: SchedulerSchedule;
  /** The role, if this construct creates it. */
  public readonly role?: IamRole;
  /** The role's policy, if this construct creates it. */
  public readonly policy?: IamRolePolicy;
  /** The statements that let EventBridge Scheduler assume an existing role; empty where the role is created. */
  public readonly requiredTrustPolicyStatements: readonly RequiredStatement[];
  /** The permissions that an existing role needs; empty where the role is created. */
  public readonly requiredRolePolicyStatements: readonly RequiredStatement[];
  /** The alarms: first the one on failures, then the one on missing runs. */
  public readonly alarms: readonly ValidationAlarm[];

  constructor(scope: Construct, id: string, props: ProbeProps) {
    admitConstruct("Probe", scope, id, props);
    super(scope, id);
    const { check, settings, region, partition, accountId } = props;
    const target = targetOf(this.node.path, props);
    const name = cut(`${settings.name}-${check}`, SCHEDULE_NAME_LIMIT);
    const trust: RequiredStatement[] = [
      {
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: {
            "aws:SourceAccount": accountId,
            // The group: a condition on the schedule itself never holds.
            "aws:SourceArn": `arn:${partition}:scheduler:${region}:${accountId}:schedule-group/default`,
          },
        },
      },
    ];
    const access: RequiredStatement[] = [{ Effect: "Allow", Action: target.action, Resource: target.arn }];
    let { roleArn } = props.test;
    this.requiredTrustPolicyStatements = roleArn === undefined ? [] : trust;
    this.requiredRolePolicyStatements = roleArn === undefined ? [] : access;
    if (roleArn === undefined) {
      this.role = new IamRole(this, "role", {
        namePrefix: "probe-",
        description: `Starts the probe ${name}`.slice(0, 1000),
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: trust }),
        tags: { ...settings.tags, Name: name },
      });
      this.policy = new IamRolePolicy(this, "policy", {
        name: "start-probe",
        role: this.role.id,
        policy: JSON.stringify({ Version: "2012-10-17", Statement: access }),
      });
      roleArn = this.role.arn;
    }
    this.schedule = new SchedulerSchedule(this, "schedule", {
      name,
      groupName: "default",
      description: `Runs the end-to-end test ${check}`.slice(0, 512),
      scheduleExpression: rateExpression(target.everyMinutes),
      flexibleTimeWindow: { mode: "OFF" },
      state: settings.enabled ? "ENABLED" : "DISABLED",
      target: {
        arn: target.arn,
        roleArn,
        ...(target.input === undefined ? {} : { input: target.input }),
        // A probe that was missed is not made up for: the next one comes by itself.
        retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 0 },
      },
      ...(this.policy === undefined ? {} : { dependsOn: [this.policy] }),
    });
    const period = target.everyMinutes * 60;
    const of = { kind: "end-to-end", check } as const;
    const metric = { namespace: target.namespace, dimensions: target.dimensions, statistic: "Sum", period };
    this.alarms = [
      validationAlarm(
        this,
        "failed",
        settings,
        { ...of, what: "failed" },
        {
          ...metric,
          alarmDescription: `The end-to-end test ${check} failed`,
          metricName: target.failures,
          evaluationPeriods: 1,
          comparisonOperator: "GreaterThanThreshold",
          threshold: 0,
          // A run that does not fail may say nothing; that it ran at all is the other alarm's question.
          treatMissingData: "notBreaching",
        },
      ),
      validationAlarm(
        this,
        "silent",
        settings,
        { ...of, what: "silent" },
        {
          ...metric,
          alarmDescription: `The end-to-end test ${check} did not run three times`,
          metricName: target.runs,
          evaluationPeriods: 3,
          comparisonOperator: "LessThanThreshold",
          threshold: 1,
          treatMissingData: "breaching",
        },
      ),
    ];
  }
}

interface ProbeTarget {
  readonly arn: string;
  readonly action: string;
  readonly input?: string;
  readonly namespace: string;
  readonly dimensions: Record<string, string>;
  readonly failures: string;
  readonly runs: string;
  readonly everyMinutes: number;
}

function targetOf(construct: string, props: ProbeProps): ProbeTarget {
  const { test, region, partition, accountId } = props;
  if (test.kind === "code-build") {
    return {
      arn: `arn:${partition}:codebuild:${region}:${accountId}:project/${test.projectName}`,
      action: "codebuild:StartBuild",
      namespace: "AWS/CodeBuild",
      dimensions: { ProjectName: test.projectName },
      failures: "FailedBuilds",
      runs: "Builds",
      everyMinutes: test.everyMinutes ?? 60,
    };
  }
  const functionName = test.functionName ?? nameOfFunction(construct, props.check, test.functionArn);
  return {
    arn: test.functionArn,
    action: "lambda:InvokeFunction",
    ...(test.input === undefined ? {} : { input: JSON.stringify(test.input) }),
    namespace: "AWS/Lambda",
    dimensions: { FunctionName: functionName },
    failures: "Errors",
    runs: "Invocations",
    everyMinutes: test.everyMinutes ?? 5,
  };
}

function nameOfFunction(construct: string, check: string, arn: string): string {
  const name = isUnresolved(arn) ? undefined : arn.split(":")[6];
  if (name !== undefined) return name;
  throw new MigrationError({
    code: "END_TO_END_FUNCTION_NAME",
    path: `tests.${check}.functionName`,
    allowed: "the function's name, where its ARN is only known once Terraform runs",
    fix: "pass functionName beside functionArn",
    construct,
  });
}
