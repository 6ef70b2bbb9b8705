/** The progress of migrations, for people and for programs. */
import { largest } from "../core/collections";
import type { RecordedDependent } from "../core/stage-record";
import { printable } from "../core/printable";
import { statusMeanings, type MigrationState, type MigrationStatus } from "../plan/status/migration-status";
import { pad, painter, wrap, type LayoutOptions, type Paint, type Style } from "./text-layout";

/** The placeholder for a value that is absent or not known. */
const NONE = "-";

const GAP = "  ";

const STYLES: Partial<Record<MigrationState, Style>> = {
  reached: "green",
  "on its way": "yellow",
  "not yet reached": "yellow",
  "waits for deployment": "yellow",
  "unknown stage": "red",
};

/** The columns before the state. */
const columns: readonly (readonly [title: string, value: (status: MigrationStatus) => string | undefined])[] = [
  ["migration", ({ app, migration }) => `${app}.${migration}`],
  ["stack", ({ stack }) => stack],
  ["code", ({ code }) => code],
  ["declared", ({ declared }) => declared],
  ["reached", ({ reached }) => reached],
];

/** The columns of the code are left out where it is not known. */
const CODE = new Set(["stack", "code"]);

/** Renders the status of migrations as plain text: a table for each region, and what the states mean. Ends with a line feed. */
export function migrationStatusText(statuses: readonly MigrationStatus[], options: LayoutOptions = {}): string {
  const { width = 100, color = false } = options;
  const paint = painter(color);
  const regions = [...new Set(statuses.map(({ region }) => region))];
  const shown = columns.filter(
    ([title, value]) => !CODE.has(title) || statuses.some((status) => value(status) !== undefined),
  );
  const tables = regions.flatMap((region) => [
    paint("bold", region === undefined ? "region of the environment" : printable(region)),
    "",
    ...table(
      statuses.filter((status) => status.region === region),
      shown,
      width,
      paint,
    ),
    "",
  ]);
  const states = (Object.keys(statusMeanings) as MigrationState[]).filter((state) =>
    statuses.some((status) => status.state === state),
  );
  const meanings = states.flatMap((state) =>
    wrap(`${statusMeanings[state]}.`, width, `${paint(STYLES[state] ?? "bold", state)}: `, GAP),
  );
  return `${[...tables, ...meanings].join("\n").trimEnd()}\n`;
}

/**
 * Renders the status of migrations as JSON: `migrations`, each with the same keys in the same order, null where there is
 * nothing.
 */
export function migrationStatusJson(statuses: readonly MigrationStatus[]): string {
  const migrations = statuses.map(
    ({ app, migration, region, stack, code, declared, reached, state, lastModified, dependents }) => ({
      app,
      migration,
      region: region ?? null,
      stack: stack ?? null,
      code: code ?? null,
      declared: declared ?? null,
      reached: reached ?? null,
      state,
      lastModified: lastModified ?? null,
      dependents: dependents.map(({ app: dependentApp, name, mark }) => ({
        app: dependentApp,
        migration: name,
        needs: mark?.needs ?? null,
        while: mark?.while ?? null,
        stack: mark?.stack ?? null,
        before: mark?.before ?? null,
      })),
    }),
  );
  return `${JSON.stringify({ migrations }, undefined, 2)}\n`;
}

function table(statuses: readonly MigrationStatus[], shown: typeof columns, width: number, paint: Paint): string[] {
  const cells = statuses.map((status) => shown.map(([, value]) => printable(value(status) ?? NONE)));
  const widths = shown.map(([title], index) =>
    largest(
      cells.map((row) => Array.from(row[index] ?? "").length),
      title.length,
    ),
  );
  const longestState = largest(statuses.map(({ state }) => state.length));
  const total = widths.reduce((sum, each) => sum + each + GAP.length, longestState);
  if (total > width) return statuses.flatMap((status) => lines(status, shown, width, paint));
  const row = (texts: readonly string[], state: string): string =>
    [...texts.map((text, index) => pad(text, widths[index] ?? 0)), state].join(GAP);
  const titles = shown.map(([title]) => title);
  return [
    paint("dim", row(titles, "state")),
    ...statuses.flatMap((status, index) => [
      row(cells[index] ?? [], painted(status.state, paint)),
      ...status.dependents.flatMap((dependent) => wrap(held(dependent), width, GAP, GAP + GAP)),
    ]),
  ];
}

/** A migration whose names are too long for a line of a table. */
function lines(status: MigrationStatus, shown: typeof columns, width: number, paint: Paint): string[] {
  const longest = Math.max(...shown.map(([title]) => title.length));
  const [[, name] = [undefined, (): string => NONE], ...others] = shown;
  return [
    printable(name(status) ?? NONE),
    ...others.map(([title, value]) => `${GAP}${pad(title, longest)}${GAP}${printable(value(status) ?? NONE)}`),
    `${GAP}${pad("state", longest)}${GAP}${painted(status.state, paint)}`,
    ...status.dependents.flatMap((dependent) => wrap(held(dependent), width, GAP, GAP + GAP)),
  ];
}

function painted(state: MigrationState, paint: Paint): string {
  const style = STYLES[state];
  return style === undefined ? state : paint(style, state);
}

function held({ app, name, mark }: RecordedDependent): string {
  const who = `held by ${app}.${name}`;
  if (mark === undefined) return `${who}, whose mark is not understood: a newer version or a hand has written it`;
  return printable(
    `${who} (stack ${mark.stack}) while it is in ${mark.while.join(", ")}: needs ${mark.needs.join(" or ")}`,
  );
}
