/** The alarms of a DMS replication: on changes that wait too long, and on rows that differ between source and target. */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";
import type { ReplicationAlarmSettings } from "./replication-settings";

const DEFAULT_LATENCY_SECONDS = 60;

/** The number of minutes that an alarm evaluates; it fires if all of them are over its threshold. */
export const EVALUATED_MINUTES = 5;

/** Returns the latency thresholds of the alarms, in seconds. */
export function latencyThresholds(settings: ReplicationAlarmSettings = {}): { source: number; target: number } {
  return {
    source: settings.sourceLatencySeconds ?? DEFAULT_LATENCY_SECONDS,
    target: settings.targetLatencySeconds ?? DEFAULT_LATENCY_SECONDS,
  };
}

/** The alarms of a DMS replication. AWS DMS User Guide, "Monitoring AWS DMS tasks" and "AWS DMS data validation". */
export class ReplicationAlarms extends Construct {
  /** The alarm on changes that wait at the source; undefined if the replication applies no changes. */
  public readonly sourceLatency?: CloudwatchMetricAlarm;
  /** The alarm on changes that wait to be applied; undefined if the replication applies no changes. */
  public readonly targetLatency?: CloudwatchMetricAlarm;
  /** The alarm on rows that differ between source and target. */
  public readonly validationFailures: CloudwatchMetricAlarm;
  /** All alarms of the replication. Their names are evidence for finalizing a move. */
  public readonly all: readonly CloudwatchMetricAlarm[];

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly name: string;
      readonly dimensions: Readonly<Record<string, string>>;
      readonly changes: boolean;
      /** Whether the replication is expected to run now. If it is not, the latency alarms are kept, but notify nobody. */
      readonly running: boolean;
      readonly settings: ReplicationAlarmSettings;
      readonly tags: Readonly<Record<string, string>>;
    },
  ) {
    admitConstruct("ReplicationAlarms", scope, id, props);
    super(scope, id);
    const { name, settings, tags } = props;
    const actions = [...(settings.actions ?? [])];
    const alarm = (
      alarmId: string,
      metricName: string,
      threshold: number,
      description: string,
      missing: { treatMissingData: "breaching" | "notBreaching"; actionsEnabled?: boolean },
    ): CloudwatchMetricAlarm =>
      new CloudwatchMetricAlarm(this, alarmId, {
        alarmName: `${name}-${alarmId}`,
        alarmDescription: description,
        namespace: "AWS/DMS",
        metricName,
        dimensions: { ...props.dimensions },
        statistic: "Maximum",
        period: 60,
        evaluationPeriods: EVALUATED_MINUTES,
        datapointsToAlarm: EVALUATED_MINUTES,
        comparisonOperator: "GreaterThanThreshold",
        threshold,
        ...missing,
        ...(actions.length === 0 ? {} : { alarmActions: actions, okActions: actions }),
        tags: { ...tags, Name: `${name}-${alarmId}` },
      });
    if (props.changes) {
      const thresholds = latencyThresholds(settings);
      // A replication that has stopped reports no latency at all: missing data is the worst latency there is, but where people
      // have stopped it.
      const missing = { treatMissingData: "breaching", ...(props.running ? {} : { actionsEnabled: false }) } as const;
      this.sourceLatency = alarm(
        "source-latency",
        "CDCLatencySource",
        thresholds.source,
        `Changes of ${name} wait at the source, or the replication has stopped`,
        missing,
      );
      this.targetLatency = alarm(
        "target-latency",
        "CDCLatencyTarget",
        thresholds.target,
        `Changes of ${name} wait to be applied, or the replication has stopped`,
        missing,
      );
    }
    this.validationFailures = alarm(
      "validation-failures",
      "ValidationFailedOverallCount",
      0,
      `Rows of ${name} differ between source and target`,
      { treatMissingData: "notBreaching" },
    );
    this.all = [this.sourceLatency, this.targetLatency, this.validationFailures].filter((each) => each !== undefined);
  }
}
