/** The composite alarm "stop the migration". It is replaced when the set of its alarms changes: see `aws/gathered-alarms`. */
import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import type { DataResource } from "cdktf";
import { Construct } from "constructs";
import { gatheredAlarms } from "../../aws/gathered-alarms";
import { MigrationError } from "../../core/error";
import { alarmRule, checkGroupCount, stopDescription, compositeAlarmGroups, type StoppingAlarm } from "./stop-rule";

/** Properties of a {@link StopAlarm}. */
export interface StopAlarmProps {
  /** The alarm's name. */
  readonly name: string;
  readonly dashboardName: string;
  /** The alarms that stop the migration, all in the alarm's own region. */
  readonly alarms: readonly StoppingAlarm[];
  /** The names of the alarms of other regions, for the description. */
  readonly elsewhere: readonly string[];
  readonly topicArns: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A composite alarm that is in ALARM where any of its alarms is. 0.50 USD a month for each composite alarm.
 *
 * @throws MigrationError `METRIC_NOTHING_STOPS`, `METRIC_TOO_MANY_ALARMS`
 */
export class StopAlarm extends Construct {
  public readonly alarm: CloudwatchCompositeAlarm;
  /** The composite alarms between, where one alarm cannot name all. Empty where it can. */
  public readonly parts: readonly CloudwatchCompositeAlarm[];
  /** The list of the alarms as a resource: where it changes, the composite alarms are replaced. */
  public readonly gathered: DataResource;

  constructor(scope: Construct, id: string, props: StopAlarmProps) {
    super(scope, id);
    const { name, alarms, topicArns } = props;
    const path = this.node.path;
    if (alarms.length === 0) {
      throw new MigrationError({
        code: "METRIC_NOTHING_STOPS",
        path: "targets",
        allowed:
          "at least one alarm on a technical metric, or one verification of a migration with an alarm in the region",
        fix: "leave the alarm of at least one technical metric on: without any, nothing would stop the migration",
        construct: path,
      });
    }
    const gathered = gatheredAlarms(
      this,
      "gathered",
      alarms.map((each) => each.name),
    );
    this.gathered = gathered.resource;
    const common = { tags: { ...props.tags }, lifecycle: gathered.lifecycle };

    const groups = compositeAlarmGroups(alarms);
    const named =
      groups.length === 1 ? [] : groups.map((group, index) => ({ group, alarmName: `${name}-part-${index + 1}` }));
    checkGroupCount(
      path,
      alarms.length,
      named.map(({ alarmName }) => ({ name: alarmName, reference: alarmName, characters: alarmName.length })),
    );
    // Without actions of their own: the alarm that gathers them tells people, once.
    this.parts = named.map(
      ({ group, alarmName }, index) =>
        new CloudwatchCompositeAlarm(this, `part-${index + 1}`, {
          ...common,
          alarmName,
          alarmDescription: `A part of ${name}, which tells people`,
          alarmRule: alarmRule(group.map(({ reference }) => reference)),
        }),
    );
    this.alarm = new CloudwatchCompositeAlarm(this, "alarm", {
      ...common,
      alarmName: name,
      alarmDescription: stopDescription(props),
      alarmRule: alarmRule(
        this.parts.length === 0
          ? alarms.map(({ reference }) => reference)
          : this.parts.map(({ alarmName }) => alarmName),
      ),
      alarmActions: [...topicArns],
      okActions: [...topicArns],
    });
  }
}
