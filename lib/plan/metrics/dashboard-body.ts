/**
 * ```ts
 * JSON.stringify(dashboardBody({ name: "shop", region: "eu-central-1", metrics, alarms }));
 * ```
 *
 * The dashboard of a plan: the progress of the migration, the alarms, and every success metric against its target. It is
 * data in, data out, so that the dashboard's content can be tested without a stack.
 *
 * Values that people publish come about once a week, so those widgets look back four weeks, where the others show half a day:
 * over half a day the satisfaction of last Monday would be an empty gauge.
 *
 * Source: Amazon CloudWatch API Reference, "Dashboard Body Structure and Syntax": 500 widgets, 24 columns, 100 alarms in an
 * alarm widget, one alarm in a metric widget's annotations, a gauge needs both ends of its axis.
 */
import { admit } from "../../core/door/admit";
import { escapeMarkdown } from "../../core/markdown";
import { isUnresolved } from "../../core/unresolved";
import { evaluationOf, RESULT_ID, type CloudWatchMetric } from "./metric-source";
import { metricCategories, type MetricCategory } from "./planned-metric";
import { singleMetric, type ResolvedMetric } from "./planned-success-metric";

/** The limits of a CloudWatch dashboard. */
export const DASHBOARD_LIMITS = { widgets: 500, alarmsPerWidget: 100, columns: 24 } as const;

/** An alarm on the dashboard. */
export interface DashboardAlarm {
  /** The display name of the alarm. */
  readonly title: string;
  readonly arn: string;
  readonly region: string;
}

/** A wave in the header of the dashboard. */
export interface DashboardWave {
  readonly name: string;
  /** The day of the wave. @default - shown as not set */
  readonly day?: string;
  /** The number of migrations in the wave. */
  readonly migrations: number;
}

/** The summary of the plan in the header of the dashboard. */
export interface DashboardOverview {
  /** The title of the dashboard. @default - the dashboard's name */
  readonly title?: string;
  /** The plan's verdict: `ready`. @default - not shown */
  readonly verdict?: string;
  /** The waves of the plan. @default - none are listed */
  readonly waves?: readonly DashboardWave[];
}

/** The progress of a plan: the number of migrations that have reached their last stage. */
export interface Completion {
  readonly done: number;
  readonly total: number;
}

/** The input of {@link dashboardBody}. */
export interface DashboardSpec {
  readonly name: string;
  readonly region: string;
  readonly overview?: DashboardOverview;
  readonly completion?: Completion;
  readonly metrics: readonly ResolvedMetric[];
  /** The composite alarm "stop the migration". */
  readonly stop: DashboardAlarm;
  /** The alarms on success metrics. */
  readonly sloAlarms: readonly DashboardAlarm[];
  /** The alarms of the migrations' verifications. */
  readonly verificationAlarms: readonly DashboardAlarm[];
}

/** A widget of a dashboard with its position, in grid units. */
export interface DashboardWidget {
  readonly type: "text" | "alarm" | "metric";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The body of a CloudWatch dashboard. */
export interface DashboardBody {
  readonly start: string;
  readonly periodOverride: "inherit";
  readonly widgets: readonly DashboardWidget[];
}

type Unplaced = Omit<DashboardWidget, "x" | "y">;

const HEADINGS: Readonly<Record<MetricCategory, string>> = {
  technical: "Technical metrics",
  business: "Business metrics",
  operational: "Operational metrics",
};

/** Builds the body of the plan's dashboard. */
export function dashboardBody(spec: DashboardSpec): DashboardBody {
  admit("dashboardBody", { spec });
  const fixed: Unplaced[] = [
    headWidget(spec),
    ...alarmWidgets("Stop the migration", [spec.stop]),
    ...alarmWidgets("Alarms on success metrics", spec.sloAlarms),
    ...alarmWidgets("Alarms of the migrations", spec.verificationAlarms),
    ...metricCategories.flatMap((category) => [
      heading(HEADINGS[category]),
      ...spec.metrics
        .filter(({ metric }) => metric.category === category)
        .map((each) => metricWidget(each, spec.region)),
    ]),
  ];
  const graphs = graphWidgets(spec.verificationAlarms, DASHBOARD_LIMITS.widgets - fixed.length);
  return { start: "-PT12H", periodOverride: "inherit", widgets: placed([...fixed, ...graphs]) };
}

/** Positions the widgets from left to right and from top to bottom. */
function placed(widgets: readonly Unplaced[]): DashboardWidget[] {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return widgets.map((widget) => {
    if (x + widget.width > DASHBOARD_LIMITS.columns) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const place = { x, y };
    x += widget.width;
    rowHeight = Math.max(rowHeight, widget.height);
    const { type, width, height, properties } = widget;
    return { type, ...place, width, height, properties };
  });
}

function headWidget(spec: DashboardSpec): Unplaced {
  const { overview, completion, name } = spec;
  const waves = overview?.waves ?? [];
  const lines = [
    `# ${markdown(overview?.title ?? name)}`,
    "Made by a program: what is changed here by hand is lost with the next deployment.",
    ...(overview?.verdict === undefined ? [] : [`**Verdict** ${markdown(overview.verdict)}`]),
    ...(completion === undefined
      ? []
      : [`**Migrations done** ${completion.done} of ${completion.total}, when this was deployed`]),
    ...(waves.length === 0
      ? []
      : [
          [
            "| wave | day | migrations |",
            "| --- | --- | --- |",
            ...waves.map(
              (wave) => `| ${markdown(wave.name)} | ${markdown(wave.day ?? "not set")} | ${wave.migrations} |`,
            ),
          ].join("\n"),
        ]),
  ];
  const height = Math.min(20, 2 + lines.length + waves.length);
  return { type: "text", width: DASHBOARD_LIMITS.columns, height, properties: { markdown: lines.join("\n\n") } };
}

function heading(text: string): Unplaced {
  return { type: "text", width: DASHBOARD_LIMITS.columns, height: 1, properties: { markdown: `## ${text}` } };
}

function alarmWidgets(title: string, alarms: readonly DashboardAlarm[]): Unplaced[] {
  const chunks: DashboardAlarm[][] = [];
  for (let start = 0; start < alarms.length; start += DASHBOARD_LIMITS.alarmsPerWidget) {
    chunks.push(alarms.slice(start, start + DASHBOARD_LIMITS.alarmsPerWidget));
  }
  return chunks.map((chunk, index) => ({
    type: "alarm",
    width: DASHBOARD_LIMITS.columns,
    height: Math.min(12, 1 + Math.ceil(chunk.length / 4)),
    properties: {
      title: chunks.length === 1 ? title : `${title}, ${index + 1} of ${chunks.length}`,
      // Those in alarm first.
      sortBy: "stateUpdatedTimestamp",
      alarms: chunk.map(({ arn }) => arn),
    },
  }));
}

/** Builds a graph for each alarm of a migration, as far as there is room; the alarm widgets have all of them. */
function graphWidgets(alarms: readonly DashboardAlarm[], room: number): Unplaced[] {
  if (alarms.length === 0) return [];
  const drawn = alarms.slice(0, Math.max(0, room - 1));
  const left = alarms.length - drawn.length;
  return [
    heading(
      left === 0
        ? "What the migrations watch"
        : `What the migrations watch: the first ${drawn.length} of ${alarms.length} alarms`,
    ),
    ...drawn.map((alarm): Unplaced => ({
      type: "metric",
      width: 8,
      height: 5,
      properties: {
        title: alarm.title,
        view: "timeSeries",
        stacked: false,
        region: alarm.region,
        annotations: { alarms: [alarm.arn] },
      },
    })),
  ];
}

function metricWidget(resolved: ResolvedMetric, region: string): Unplaced {
  const { metric, source, target, unit } = resolved;
  const { periodSeconds } = evaluationOf(source, metric);
  const atLeast = metric.direction === "at-least";
  // With another unit the catalog's scale says nothing.
  const scale = unit === metric.unit ? metric.scale : undefined;
  const gauge = source.kind === "custom" && scale !== undefined;
  return {
    type: "metric",
    width: metric.category === "technical" ? 8 : 6,
    height: 6,
    properties: {
      title: `${metric.title} (${unit})`,
      region,
      period: periodSeconds,
      // What comes by the minute is looked at while it comes: the dashboard's own three hours.
      ...(source.kind === "custom" && metric.cadence === "occasion" ? { start: "-P4W" } : {}),
      metrics: graphed(resolved),
      annotations: {
        horizontal: [
          {
            label: `target ${atLeast ? "at least" : "at most"} ${target} ${unit}`,
            value: target,
            fill: atLeast ? "above" : "below",
            color: "#2ca02c",
          },
        ],
      },
      ...(gauge
        ? { view: "gauge", yAxis: { left: { min: scale.min, max: scale.max } } }
        : { view: "timeSeries", stacked: false }),
    },
  };
}

/** Builds the array `metrics` of a metric widget. */
function graphed(resolved: ResolvedMetric): unknown[] {
  const { metric, source } = resolved;
  const single = singleMetric(resolved);
  if (single !== undefined) return [row(single, { label: metric.title })];
  if (source.kind !== "expression") return [];
  return [
    [{ id: RESULT_ID, expression: source.expression, label: metric.title }],
    ...Object.entries(source.metrics).map(([id, each]) => row(each, { id, visible: false })),
  ];
}

function row(metric: CloudWatchMetric, options: Readonly<Record<string, unknown>>): unknown[] {
  const dimensions = Object.entries(metric.dimensions ?? {}).flat();
  return [metric.namespace, metric.metricName, ...dimensions, { stat: metric.statistic, ...options }];
}

/** Escapes Markdown: a name from a file must not become a heading, a link or a cell. */
function markdown(text: string): string {
  return isUnresolved(text) ? text : escapeMarkdown(text);
}
