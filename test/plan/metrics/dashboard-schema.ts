/**
 * What CloudWatch takes as the body of a dashboard, as far as this library uses it, and nothing beyond: Amazon CloudWatch API
 * Reference, "Dashboard Body Structure and Syntax".
 */
import { z } from "zod";

const place = {
  x: z.int().min(0).max(23),
  y: z.int().min(0),
  width: z.int().min(1).max(24),
  height: z.int().min(1).max(1000),
};
const relative = z.string().regex(/^-P(T\d+[MH]|\d+[DWM])$/);
const arn = z.string().regex(/^(arn:[^:]+:cloudwatch:[^:]+:[^:]*:alarm:.+|\$\{.+\})$/);

const text = z.strictObject({
  type: z.literal("text"),
  ...place,
  properties: z.strictObject({ markdown: z.string() }),
});
const alarm = z.strictObject({
  type: z.literal("alarm"),
  ...place,
  properties: z.strictObject({
    title: z.string(),
    sortBy: z.enum(["default", "stateUpdatedTimestamp", "timestamp"]),
    alarms: z.array(arn).min(1).max(100),
  }),
});
const metric = z.strictObject({
  type: z.literal("metric"),
  ...place,
  properties: z
    .strictObject({
      title: z.string(),
      region: z.string(),
      view: z.enum(["timeSeries", "singleValue", "gauge", "bar", "pie"]),
      stacked: z.boolean().optional(),
      period: z.int().multipleOf(60).optional(),
      start: relative.optional(),
      metrics: z
        .array(z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).min(1))
        .max(500)
        .optional(),
      annotations: z.strictObject({
        alarms: z.array(arn).length(1).optional(),
        horizontal: z
          .array(
            z.strictObject({
              label: z.string(),
              value: z.number(),
              fill: z.enum(["above", "below"]),
              color: z.string().regex(/^#[0-9a-f]{6}$/),
            }),
          )
          .optional(),
      }),
      yAxis: z.strictObject({ left: z.strictObject({ min: z.number(), max: z.number() }) }).optional(),
    })
    .refine(
      ({ metrics, annotations }) => (metrics === undefined) !== (annotations.alarms === undefined),
      "one of the two",
    )
    .refine(({ view, yAxis }) => view !== "gauge" || yAxis !== undefined, "a gauge needs both ends of its axis"),
});

/** The body of a dashboard: at most 500 widgets, none over another, none beyond the 24 columns. */
export const dashboardSchema = z
  .strictObject({
    start: relative,
    periodOverride: z.enum(["auto", "inherit"]),
    widgets: z.array(z.discriminatedUnion("type", [text, alarm, metric])).max(500),
  })
  .refine(({ widgets }) => widgets.every(({ x, width }) => x + width <= 24), "a widget is beyond the last column")
  .refine(({ widgets }) => {
    const taken = new Set<string>();
    for (const { x, y, width, height } of widgets) {
      for (let column = x; column < x + width; column++) {
        for (let line = y; line < y + height; line++) {
          const cell = `${column} ${line}`;
          if (taken.has(cell)) return false;
          taken.add(cell);
        }
      }
    }
    return true;
  }, "two widgets are in the same place");

export type Dashboard = z.infer<typeof dashboardSchema>;
