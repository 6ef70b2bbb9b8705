/** The runbook steps of a validation suite. */
import { shellWord } from "../../core/shell";
import type { PartSteps, StageTransition, TransitionNames } from "../../core/migration-part";
import type { Phase } from "../../core/phase";
import type { RunbookStep } from "../../core/stage";
import { isUnresolved } from "../../core/tokens";
import { HEALTH_CHECK_REGION } from "../../aws/region";

/** The names of a validation suite's resources that its runbook steps refer to. */
export interface ValidationSubject {
  readonly name: string;
  /** The name of the stack's region. */
  readonly region: string;
  /** The name of the topic that is created in the stack's region, if any. */
  readonly topicName: string | undefined;
  /** The name of the topic that is created in us-east-1 for the alarms on Route 53 checks, if any. */
  readonly healthCheckTopicName: string | undefined;
  /**
   * The names of the alarms in the stack's region, and of those in us-east-1, the region of Route 53's metrics, if it is
   * another.
   */
  readonly here: readonly string[];
  readonly elsewhere: readonly string[];
  /** The names of the canaries that have a bucket of their own. */
  readonly canaries: readonly string[];
}

const PLATFORM = "platform engineer";
const OWNER = "application owner";

/**
 * Returns the steps into a phase, and back out of it. The alarms are the same in each; the stage decides what they
 * observe. A trial that the pattern leaves out is not made.
 */
export function validationSteps(
  subject: ValidationSubject,
  phase: Phase,
  { stage }: TransitionNames,
  { to }: StageTransition,
): PartSteps {
  const { name, region, topicName, healthCheckTopicName, here, elsewhere, canaries } = subject;
  const home = isUnresolved(region) ? "REGION" : region;
  const look = (title: string, expect: string, minutes: number): RunbookStep[] => [
    ...(here.length === 0 ? [] : [watch(title, home, here, expect, minutes)]),
    ...(elsewhere.length === 0
      ? []
      : [watch(`${title}, in ${HEALTH_CHECK_REGION}`, HEALTH_CHECK_REGION, elsewhere, expect, minutes)]),
  ];
  const steps: Readonly<Record<Phase, PartSteps>> = {
    prepare: {
      enter: [
        ...(topicName === undefined ? [] : [subscribe(topicName, home)]),
        ...(healthCheckTopicName === undefined ? [] : [subscribe(healthCheckTopicName, HEALTH_CHECK_REGION)]),
      ],
      reverse: canaries.length === 0 ? [] : [...canaries.map(emptyArtifacts), withdraw(name)],
    },
    try: {
      enter:
        to.phase !== "try"
          ? []
          : look(
              `Look at the alarms of ${name}`,
              "each alarm is OK, or in ALARM for a known reason: the check of a DNS name that still resolves to the source measures the source",
              15,
            ),
    },
    serve: {
      enter: look(
        `Watch the alarms of ${name}`,
        "each alarm stays in OK for 30 minutes; one in ALARM is a trigger of the rollback decision",
        45,
      ),
    },
    // The evidence is part of the declaration, so it is complete before the deployment.
    final: {
      enter: [
        ...(here.length === 0 ? [] : [readHistory(name, home, here)]),
        ...(elsewhere.length === 0 ? [] : [readHistory(name, HEALTH_CHECK_REGION, elsewhere)]),
        signOff(name),
        conclude(name, stage),
      ],
    },
  };
  return steps[phase];
}

/** Returns the step that empties a canary's bucket: Terraform deletes no bucket that has something in it. */
function emptyArtifacts(canary: string): RunbookStep {
  return {
    title: `Stop the canary ${canary}, and empty the bucket of its artifacts`,
    owner: PLATFORM,
    command: `aws synthetics stop-canary --name ${shellWord(canary)}`,
    expect: "the canary is STOPPED, and its bucket contains no version of any object",
    minutes: 15,
  };
}

function withdraw(name: string): RunbookStep {
  return {
    title: `Destroy the validation of ${name}`,
    owner: PLATFORM,
    command: "cdktf destroy",
    deploys: true,
    expect: `no check and no alarm of ${name} is left`,
    minutes: 30,
  };
}

function subscribe(topicName: string, region: string): RunbookStep {
  return {
    title: `Subscribe the engineer on call to the topic ${topicName} in ${region}`,
    owner: PLATFORM,
    command: `aws sns subscribe --region ${region} --topic-arn "$(aws sns list-topics --region ${region} --query "Topics[?ends_with(TopicArn, ':${topicName}')].TopicArn | [0]" --output text)" --protocol email --notification-endpoint ADDRESS`,
    expect: "the subscription is confirmed, and a message that is published to the topic arrives",
    minutes: 15,
  };
}

function watch(title: string, region: string, alarms: readonly string[], expect: string, minutes: number): RunbookStep {
  return {
    title,
    owner: OWNER,
    command: `aws cloudwatch describe-alarms --region ${region} --alarm-names ${alarms.map(shellWord).join(" ")} --query 'MetricAlarms[].[AlarmName,StateValue]' --output table`,
    expect,
    minutes,
  };
}

/**
 * Returns the step that reads the alarms' history. CloudWatch answers for one alarm and one region at a time: API
 * Reference, DescribeAlarmHistory.
 */
function readHistory(name: string, region: string, alarms: readonly string[]): RunbookStep {
  return {
    title: `Check that every validation alarm has been in OK for the whole bake time: ${name}, in ${region}`,
    owner: OWNER,
    command: `for alarm in ${alarms.map(shellWord).join(" ")}; do aws cloudwatch describe-alarm-history --region ${region} --alarm-name "$alarm" --history-item-type StateUpdate --start-date CUTOVER_TIME --query 'AlarmHistoryItems[].[Timestamp,AlarmName,HistorySummary]' --output table; done`,
    expect: "no alarm has left OK since the cut-over, and the worst state of each is in the evidence",
    minutes: 60,
  };
}

function signOff(name: string): RunbookStep {
  return {
    title: `Sign off the validation results of ${name}, the bake time and the restore point`,
    owner: OWNER,
    expect: "name, role and day are in the evidence, and the evidence is in the repository",
    minutes: 30,
  };
}

function conclude(name: string, stage: string): RunbookStep {
  return {
    title: `Deploy the stage ${stage} with the evidence of ${name}`,
    owner: PLATFORM,
    command: "cdktf deploy",
    deploys: true,
    expect: `every check and every alarm of ${name} goes on`,
    minutes: 30,
  };
}
