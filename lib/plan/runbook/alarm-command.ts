/** The commands that tell the state of alarms. */

/** CloudWatch API Reference, DescribeAlarms: at most 100 names in a call. */
const NAMES_PER_CALL = 100;

/** An alarm to ask for. */
export interface NamedAlarm {
  readonly name: string;
  /** @default - that of whoever asks */
  readonly region?: string;
}

/**
 * One command for each hundred alarms of a region. Both types are asked for: without `--alarm-types` CloudWatch leaves out
 * composite alarms, even where they are named (CloudWatch API Reference, DescribeAlarms).
 */
export function alarmCommands(alarms: readonly NamedAlarm[]): string[] {
  const commands: string[] = [];
  for (const [region, names] of byRegion(alarms)) {
    for (let at = 0; at < names.length; at += NAMES_PER_CALL) {
      commands.push(
        [
          `aws cloudwatch describe-alarms${region} --alarm-types MetricAlarm CompositeAlarm`,
          "--query '[MetricAlarms,CompositeAlarms][].[AlarmName,StateValue]' --output table",
          ["--alarm-names", ...names.slice(at, at + NAMES_PER_CALL).map(quoted)].join(" "),
        ].join(" \\\n  "),
      );
    }
  }
  return commands;
}

/** The changes of each alarm's state since the cut-over. `CUTOVER_TIME` is filled in. */
export function historyCommand(alarms: readonly NamedAlarm[]): string {
  return [...byRegion(alarms)]
    .flatMap(([region, names]) => [
      `for alarm in ${names.map(quoted).join(" ")}; do`,
      `  aws cloudwatch describe-alarm-history${region} --alarm-name "$alarm" --alarm-types MetricAlarm CompositeAlarm --history-item-type StateUpdate \\`,
      "    --start-date CUTOVER_TIME --query 'AlarmHistoryItems[].[Timestamp,AlarmName,HistorySummary]' --output table",
      "done",
    ])
    .join("\n");
}

/** The names by the option that says their region, those of one's own region first; each once. */
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

/** As one word of a POSIX shell. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9_.:/@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
