/** AWS CLI commands that show the state and the history of alarms. */

import { shellWord } from "../../core/shell";

/** CloudWatch API Reference, DescribeAlarms: at most 100 names in a call. */
const NAMES_PER_CALL = 100;

/** An alarm by its name, with its region. */
export interface NamedAlarm {
  readonly name: string;
  /** The alarm's region. @default - the region of the profile that runs the command */
  readonly region?: string;
}

/**
 * Builds the commands that show the states of the alarms: one for each hundred alarms of a region. Both types are requested:
 * without `--alarm-types` CloudWatch leaves out composite alarms, even where they are named (CloudWatch API Reference,
 * DescribeAlarms).
 */
export function alarmCommands(alarms: readonly NamedAlarm[]): string[] {
  const commands: string[] = [];
  for (const [region, names] of byRegion(alarms)) {
    for (let at = 0; at < names.length; at += NAMES_PER_CALL) {
      commands.push(
        [
          `aws cloudwatch describe-alarms${region} --alarm-types MetricAlarm CompositeAlarm`,
          "--query '[MetricAlarms,CompositeAlarms][].[AlarmName,StateValue]' --output table",
          ["--alarm-names", ...names.slice(at, at + NAMES_PER_CALL).map(shellWord)].join(" "),
        ].join(" \\\n  "),
      );
    }
  }
  return commands;
}

/** Builds the command that shows the state changes of each alarm since the cut-over; the user fills in `CUTOVER_TIME`. */
export function historyCommand(alarms: readonly NamedAlarm[]): string {
  return [...byRegion(alarms)]
    .flatMap(([region, names]) => [
      `for alarm in ${names.map(shellWord).join(" ")}; do`,
      `  aws cloudwatch describe-alarm-history${region} --alarm-name "$alarm" --alarm-types MetricAlarm CompositeAlarm --history-item-type StateUpdate \\`,
      "    --start-date CUTOVER_TIME --query 'AlarmHistoryItems[].[Timestamp,AlarmName,HistorySummary]' --output table",
      "done",
    ])
    .join("\n");
}

/** Groups the names by the option for their region, those without a region first; each name once. */
function byRegion(alarms: readonly NamedAlarm[]): Map<string, string[]> {
  const found = new Map<string, string[]>([["", []]]);
  for (const { name, region } of alarms) {
    const option = region === undefined ? "" : ` --region ${region}`;
    const names = found.get(option) ?? [];
    if (!names.includes(name)) names.push(name);
    found.set(option, names);
  }
  if (found.get("")?.length === 0) found.delete("");
  return found;
}
