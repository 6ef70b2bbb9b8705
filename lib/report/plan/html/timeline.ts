/**
 * The timeline of the estate's share that has moved: one step for each wave, at its day and as high as its share. A director
 * sees where the plan is steep, an engineer where it is idle.
 */
import { DAY_MILLISECONDS } from "../../../core/duration";
import type { IsoDate } from "../../../core/iso-date";
import { formatDay, formatShortDay, MONTHS } from "../../../core/iso-date";
import { count, percent } from "../../../core/text";
import type { PlannedWave } from "../../../plan/plan-document";
import { coordinate, figure } from "../../html/figure";
import { markup, type Markup, type MarkupValue } from "../../html/markup";

const WIDTH = 720;
const HEIGHT = 250;
const LEFT = 48;
const RIGHT = 16;
const TOP = 22;
const BOTTOM = 42;
/** The largest number of waves that each have their name and their day on the axis. */
const WAVES_NAMED = 9;
/** The largest number of months that have a place on the axis. */
const MONTHS_NAMED = 12;

interface Point {
  readonly wave: PlannedWave;
  readonly x: number;
  readonly before: number;
  readonly after: number;
}

/** Draws the timeline; returns nothing where no wave moves anything. */
export function timeline(waves: readonly PlannedWave[]): MarkupValue {
  const moving = waves.filter(({ number }) => number !== undefined);
  const [first] = moving;
  const last = moving.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const days = moving.map(({ day }) => (day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`)));
  const dated = days.every((day) => day !== undefined);
  const points = pointsOf(moving, dated ? days : moving.map((_, index) => index * DAY_MILLISECONDS));
  const total = points.at(-1)?.after ?? 0;
  const span =
    dated && first.day !== undefined && last.day !== undefined
      ? ` from ${formatDay(first.day)} to ${formatDay(last.day)}`
      : "";
  return figure({
    id: "timeline",
    title: "The share of the estate that has moved, wave by wave",
    description: `${count(moving.length, "wave")}${span} move ${percent(total)} of the servers. The table below lists them.`,
    width: WIDTH,
    height: HEIGHT,
    content: [grid(), steps(points), labels(points, dated)],
    legend: `Each step is a wave: it stands at ${dated ? "its day" : "its place in the order"}, and is as high as its share of the servers.`,
  });
}

function pointsOf(waves: readonly PlannedWave[], times: readonly number[]): Point[] {
  const start = times[0] ?? 0;
  const length = Math.max(DAY_MILLISECONDS, (times.at(-1) ?? 0) - start);
  const inner = WIDTH - LEFT - RIGHT - 96;
  let share = 0;
  return waves.map((wave, index) => {
    const before = share;
    share += wave.estateShare;
    const x = LEFT + 32 + (inner * ((times[index] ?? 0) - start)) / length;
    return { wave, x, before, after: share };
  });
}

function heightOf(share: number): number {
  return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * Math.min(1, share);
}

function grid(): Markup[] {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const y = coordinate(heightOf(share));
    return markup`<path class="${share === 0 ? "axis" : "rule"}" d="M${LEFT} ${y}H${WIDTH - RIGHT}"/><text class="small end" x="${LEFT - 8}" y="${y}" dy="4">${percent(share)}</text>
`;
  });
}

function steps(points: readonly Point[]): Markup[] {
  const line = points.map(({ x, before, after }, index) => {
    const move = index === 0 ? `M${LEFT} ${coordinate(heightOf(before))}` : "";
    return `${move}H${coordinate(x)}V${coordinate(heightOf(after))}`;
  });
  const path = `${line.join("")}H${WIDTH - RIGHT}`;
  const dots = points.map(
    ({ wave, x, after }) =>
      markup`<circle class="${points.length > 24 ? "dot bare" : "dot"}" cx="${coordinate(x)}" cy="${coordinate(heightOf(after))}" r="${points.length > 24 ? 2 : 4}"><title>${wave.name}${
        wave.day === undefined ? "" : `, ${formatDay(wave.day)}`
      }: ${percent(wave.estateShare)}, ${percent(after)} in all</title></circle>
`,
  );
  return [
    markup`<path class="area" d="${path}V${HEIGHT - BOTTOM}H${LEFT}Z"/><path class="line" d="${path}"/>
`,
    ...dots,
  ];
}

function labels(points: readonly Point[], dated: boolean): Markup[] {
  const base = HEIGHT - BOTTOM;
  // Two labels that would touch: the later one is left out, the dot still has its title.
  const roomy = points.filter(({ x }, index) => index === 0 || x - (points[index - 1]?.x ?? 0) >= 58);
  if (points.length <= WAVES_NAMED && roomy.length === points.length) {
    return points.map(
      ({ wave, x }) =>
        markup`<path class="tick" d="M${coordinate(x)} ${base}v5"/><text class="small middle" x="${coordinate(x)}" y="${base + 18}">${wave.name}</text>${
          wave.day === undefined
            ? ""
            : markup`<text class="small middle quiet" x="${coordinate(x)}" y="${base + 33}">${formatShortDay(wave.day)}</text>`
        }
`,
    );
  }
  return dated ? months(points) : ends(points);
}

function months(points: readonly Point[]): Markup[] {
  const [first] = points;
  const last = points.at(-1);
  if (first?.wave.day === undefined || last?.wave.day === undefined) return [];
  const [start, end] = [Date.parse(first.wave.day), Date.parse(last.wave.day)];
  const starts = monthStarts(first.wave.day, last.wave.day);
  const every = Math.ceil(starts.length / MONTHS_NAMED);
  const base = HEIGHT - BOTTOM;
  return starts
    .filter((_, index) => index % every === 0)
    .map((day) => {
      const x = coordinate(
        first.x + ((last.x - first.x) * (Date.parse(day) - start)) / Math.max(DAY_MILLISECONDS, end - start),
      );
      const month = Number(day.slice(5, 7));
      return markup`<path class="tick" d="M${x} ${base}v5"/><text class="small middle" x="${x}" y="${base + 18}">${MONTHS[month - 1]}</text>${
        month === 1 ? markup`<text class="small middle quiet" x="${x}" y="${base + 33}">${day.slice(0, 4)}</text>` : ""
      }
`;
    });
}

function monthStarts(from: IsoDate, to: IsoDate): IsoDate[] {
  const starts: IsoDate[] = [];
  let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
  for (;;) {
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    const day = `${year}-${String(month).padStart(2, "0")}-01`;
    if (day > to) return starts;
    starts.push(day);
  }
}

function ends(points: readonly Point[]): Markup[] {
  return [points[0], points.at(-1)].flatMap((point) =>
    point === undefined
      ? []
      : [
          markup`<text class="small middle" x="${coordinate(point.x)}" y="${HEIGHT - BOTTOM + 18}">${point.wave.name}</text>\n`,
        ],
  );
}
