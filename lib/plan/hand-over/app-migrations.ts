/**
 * Finds a migration in a synthesized app: its record, its stage, its resources and which of them were made for the move alone.
 * All of it stands in the stack's Terraform, so that no code of the app is run.
 */
import { MigrationError } from "../../core/error";
import { HAND_OVER_COMMENT } from "../../core/only-for-move";
import { parseParameterName, type StageParameterName } from "../../core/stage-record";
import { declaredMigrations } from "../status/declared-migrations";
import type { SynthesizedStackFile } from "../synthesized-app";
import { block, type Block } from "../rehearsal/stack-terraform";

/** A migration of a synthesized app. */
export interface AppMigration {
  readonly app: string;
  readonly name: string;
  /** The path of its construct. */
  readonly construct: string;
  /** The name of its stack. */
  readonly stack: string;
  /** The declared stage. Undefined where only Terraform knows it. */
  readonly stage?: string;
  /** The names of its stages, in order. Undefined where the record does not tell them. */
  readonly stages?: readonly string[];
  /** The addresses of its resources and modules, its record's not among them. */
  readonly resources: readonly string[];
  readonly onlyForMove: readonly string[];
  /** The addresses of the parameters with its stages, also where they are written a second time. */
  readonly record: readonly string[];
  /** The addresses of the marks that it leaves with what it depends on, each with that migration: `shop/orders`. */
  readonly marks: ReadonlyMap<string, string>;
}

/** A parameter of the stage record in a stack's Terraform. */
interface RecordParameter {
  readonly address: string;
  readonly parsed: StageParameterName;
  readonly config: Block;
}

/**
 * Returns the migrations of one stack, in the order of their parameters. A migration without the comment was synthesized by an
 * earlier version, and is left out.
 */
export function migrationsOf({ name: stack, terraform }: SynthesizedStackFile): AppMigration[] {
  const parameters = recordParameters(terraform);
  const declared = declaredMigrations(stack, terraform);
  return parameters.flatMap(({ parsed, config }) => {
    const comment = block(block(config["//"])[HAND_OVER_COMMENT]);
    const construct = comment["migration"];
    if (parsed.kind !== "reached" || typeof construct !== "string") return [];
    const { app, name } = parsed;
    const own = parameters.filter((each) => each.parsed.app === app && each.parsed.name === name);
    const record = own.filter((each) => each.parsed.kind !== "dependent").map(({ address }) => address);
    const marks = parameters.flatMap(({ address, parsed: { app: ofApp, name: ofName, dependent } }) =>
      dependent?.app === app && dependent.name === name ? [[address, `${ofApp}/${ofName}`] as const] : [],
    );
    const { code, stages } = declared.find((each) => each.app === app && each.migration === name) ?? {};
    const resources = texts(comment["resources"] ?? config["depends_on"]).filter(
      (address) => !record.includes(address) && !marks.some(([mark]) => mark === address),
    );
    return [
      {
        app,
        name,
        construct,
        stack,
        ...(code === undefined ? {} : { stage: code }),
        ...(stages === undefined ? {} : { stages }),
        resources,
        onlyForMove: texts(comment["onlyForMove"]),
        record,
        marks: new Map(marks),
      },
    ];
  });
}

/** Returns the migrations that leave a mark with this one in the stacks' Terraform: `shop/routing`. */
export function markedBy(stacks: readonly SynthesizedStackFile[], { app, name }: AppMigration): string[] {
  const dependents = stacks.flatMap(({ terraform }) =>
    recordParameters(terraform).flatMap(({ parsed }) =>
      parsed.app === app && parsed.name === name && parsed.dependent !== undefined
        ? [`${parsed.dependent.app}/${parsed.dependent.name}`]
        : [],
    ),
  );
  return [...new Set(dependents)].sort();
}

/**
 * Returns the migration of that name: `routing`, `shop/routing`, `shop.routing`, `/migration/shop/routing`, or the path of its
 * construct.
 *
 * @throws MigrationError `PLAN_HAND_OVER_MIGRATION` where there is none, or more than one
 */
export function findMigration(stacks: readonly SynthesizedStackFile[], wanted: string): AppMigration {
  const all = stacks.flatMap(migrationsOf);
  const found = all.filter(({ app, name, construct }) =>
    [name, `${app}/${name}`, `${app}.${name}`, `/migration/${app}/${name}`, construct].includes(wanted),
  );
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  const names = (second === undefined ? all : found).map(({ app, name }) => `${app}/${name}`);
  throw new MigrationError({
    code: "PLAN_HAND_OVER_MIGRATION",
    path: "MIGRATION",
    received: wanted,
    allowed: names.length === 0 ? "the name of a migration of the app, which has none" : `one of ${names.join(", ")}`,
    fix:
      names.length === 0
        ? "name the folder of the right app; where it was synthesized by an earlier version of the library, run cdktf synth again"
        : "give the name as migration-patterns status prints it, or the path of the construct",
  });
}

function recordParameters(terraform: unknown): RecordParameter[] {
  const named = block(block(block(terraform)["resource"])["aws_ssm_parameter"]);
  return Object.entries(named).flatMap(([id, value]) => {
    const config = block(value);
    const parsed = typeof config["name"] === "string" ? parseParameterName(config["name"]) : undefined;
    return parsed === undefined ? [] : [{ address: `aws_ssm_parameter.${id}`, parsed, config }];
  });
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}
