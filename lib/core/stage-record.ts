/**
 * Reads the stage record of a migration from the parameters below its path. Pure: the runtime library bundles this file, and
 * the command line and the report use it as it is.
 */
import { APP_NAME, MIGRATION_NAME, type DependentMark, type MigrationIdentity } from "./stage-parameters";
import { compareText } from "./text";

/** A parameter as the account has it. */
export interface StageParameter {
  /** The whole name: `/migration/shop/orders/reached`. */
  readonly name: string;
  readonly value: string;
  /** The time at which its value was last written, ISO 8601 in UTC. */
  readonly lastModified?: string;
}

/** A migration that depends on another, as its mark below that other says. */
export interface RecordedDependent extends MigrationIdentity {
  /**
   * The stages that it needs, and in which of its own. Undefined where the value is not understood: a newer version or a hand
   * has written it.
   */
  readonly mark?: DependentMark;
}

/** The stages of one migration, as recorded in the account. */
export interface StageRecord {
  readonly app: string;
  readonly migration: string;
  /** The stage that the last deployment declared. Undefined where that parameter is not there. */
  readonly declared?: string;
  /** The stage that was reached; `none` before the first. Undefined where that parameter is not there. */
  readonly reached?: string;
  /** The migrations that depend on it, in the order of their names. */
  readonly dependents: readonly RecordedDependent[];
  /** The time at which one of the two stages was last written, ISO 8601 in UTC. */
  readonly lastModified?: string;
}

const PARAMETER = /^\/migration\/([^/]+)\/([^/]+)\/(?:(declared|reached)|dependents\/([^/]+))$/;

/** The parsed name of a parameter below `/migration`. */
export type StageParameterName = MigrationIdentity &
  (
    | { readonly kind: "declared" | "reached"; readonly dependent?: undefined }
    | { readonly kind: "dependent"; readonly dependent: MigrationIdentity }
  );

/** Parses the name of a parameter; undefined where it belongs to no stage record. */
export function parseParameterName(parameter: string): StageParameterName | undefined {
  const [, app = "", name = "", stage, dependent] = PARAMETER.exec(parameter) ?? [];
  if (!isIdentity({ app, name })) return undefined;
  if (stage === "declared" || stage === "reached") return { app, name, kind: stage };
  // An app has no dot in its name, so the first one ends it.
  const dot = dependent?.indexOf(".") ?? -1;
  if (dependent === undefined || dot < 0) return undefined;
  const identity = { app: dependent.slice(0, dot), name: dependent.slice(dot + 1) };
  return isIdentity(identity) ? { app, name, kind: "dependent", dependent: identity } : undefined;
}

/** Returns one record for each migration, in the order of app and name. Parameters of other kinds are passed over. */
export function stageRecords(parameters: Iterable<StageParameter>): StageRecord[] {
  const records = new Map<string, StageRecord>();
  for (const { name: parameter, value, lastModified } of parameters) {
    const parsed = parseParameterName(parameter);
    if (parsed === undefined) continue;
    const key = `${parsed.app}/${parsed.name}`;
    const record = records.get(key) ?? { app: parsed.app, migration: parsed.name, dependents: [] };
    records.set(
      key,
      parsed.kind === "dependent"
        ? { ...record, dependents: [...record.dependents, dependentOf(parsed.dependent, value)] }
        : { ...record, [parsed.kind]: value, ...latest(record.lastModified, lastModified) },
    );
  }
  return [...records.values()]
    .map((record) => ({
      ...record,
      dependents: [...record.dependents].sort((a, b) => compareText(a.app, b.app) || compareText(a.name, b.name)),
    }))
    .sort((a, b) => compareText(a.app, b.app) || compareText(a.migration, b.migration));
}

function isIdentity({ app, name }: MigrationIdentity): boolean {
  return APP_NAME.test(app) && MIGRATION_NAME.test(name);
}

function latest(a: string | undefined, b: string | undefined): Pick<StageRecord, "lastModified"> {
  // Both are ISO 8601 in UTC, which sort as text.
  const [last] = [a, b].filter((each) => each !== undefined).sort((one, other) => compareText(other, one));
  return last === undefined ? {} : { lastModified: last };
}

function dependentOf(identity: MigrationIdentity, value: string): RecordedDependent {
  const mark = parseMark(value);
  return mark === undefined ? identity : { ...identity, mark };
}

function parseMark(value: string): DependentMark | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const { needs, while: during, stack, before } = parsed as Readonly<Record<string, unknown>>;
  if (!isNames(needs) || !isNames(during) || typeof stack !== "string" || typeof before !== "string") return undefined;
  return { needs, while: during, stack, before };
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
