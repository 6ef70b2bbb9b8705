/**
 * A rename against the real Terraform: from the state of a stack, the plan of the same stack with every construct renamed has to
 * be of moves alone, and the plan after `renamedFrom` has gone of nothing at all. The state is what Terraform itself plans: what
 * it knows, and a value for what AWS would have said, planned again until nothing changes.
 */
import { createHash } from "node:crypto";
import { TerraformStack, Testing } from "cdktf";
import { guardPlan } from "../../lib/plan/guard/guard";
import { readTerraformPlan } from "../../lib/plan/guard/read-plan";
import type { Value } from "../../scripts/generate/replacing-attributes/schema";
import { renamedApp, renamedStacks, type RenamedPattern, type RenameState } from "../support/renamed-stacks";
import type { Row } from "./guard-plan";
import { PlanFolder, type PlanJson, type StateResource, type TerraformChange } from "./plan-folder";

/** The patterns, each with a stack that is renamed. */
export const renamedPatterns = Object.keys(renamedStacks) as RenamedPattern[];

interface Configuration {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

interface Plan {
  readonly json: string;
  readonly changes: readonly TerraformChange[];
}

/** Makes the plans of a pattern. */
export async function renamedRows(pattern: RenamedPattern, env: NodeJS.ProcessEnv): Promise<Row[]> {
  const [before, renamed, settled] = (["before", "renamed", "settled"] as const).map((state) =>
    configurationOf(pattern, state),
  ) as [Configuration, Configuration, Configuration];
  const folder = await PlanFolder.start(env, { "second.tf.json": secondProvider });
  const state = await stateOf(folder, before);
  const { moved = [] } = renamed;
  const names = new Map(moved.map(({ from, to }) => [from, to]));
  const row = (what: string, faults: readonly string[], detail: string): Row => ({
    what: `renamed: ${pattern} ${what}`,
    ok: state.length > 0 && faults.length === 0,
    detail: faults.join("; ") || detail,
  });

  const moves = await planOf(folder, state, renamed);
  const report = guardPlan(readTerraformPlan({ name: "plan.json", bytes: Buffer.from(moves.json) }));
  const after = await planOf(
    folder,
    state.map((each) => ({ ...each, name: (names.get(`${each.type}.${each.name}`) ?? "").replace(/^.*\./, "") })),
    settled,
  );
  // Without the moved blocks the same plan destroys and creates: what shows that it could have failed.
  const lost = await planOf(folder, state, { ...renamed, moved: [] });
  const destroyed = lost.changes.filter(({ change }) => change.actions.join() === "delete");
  return [
    row("moves", [...others(moves), ...unmoved(moves, names)], `${state.length} resources, each moved, none changed`),
    row(
      "is no loss to the guard",
      report.findings.map(({ rule, subject }) => `${rule} on ${subject}`),
      `${report.changes.filter(({ movedFrom }) => movedFrom !== undefined).length} moves, no finding`,
    ),
    row("is settled", others(after), "renamedFrom is gone, and nothing is planned"),
    row(
      "would be lost without it",
      destroyed.length === state.length ? [] : [`${destroyed.length} of ${state.length} destroyed`],
      `${destroyed.length} destroyed without the moved blocks`,
    ),
  ];
}

/** Says what the plan would do beside moving. */
function others({ changes }: Plan): string[] {
  return changes
    .filter(({ change }) => change.actions.join() !== "no-op")
    .map(({ address, change }) => `${address}: ${change.actions.join(", ")} ${different(change).join(", ")}`);
}

function unmoved({ changes }: Plan, names: ReadonlyMap<string, string>): string[] {
  const found = new Map(changes.map(({ address, previous_address: from }) => [from, address]));
  return [...names].filter(([from, to]) => found.get(from) !== to).map(([from]) => `${from} is not moved`);
}

function different({ before, after }: TerraformChange["change"]): string[] {
  return Object.keys({ ...before, ...after }).filter(
    (name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
}

const ROUNDS = 12;

/** Plans until nothing changes: each round, what refers to values of the round before has them. */
async function stateOf(folder: PlanFolder, configuration: Configuration): Promise<StateResource[]> {
  let state: StateResource[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { changes } = await planOf(folder, state, configuration);
    if (changes.every(({ change }) => change.actions.join() === "no-op")) return state;
    state = changes.map((each) => resourceOf(each, folder));
  }
  throw new Error(`Terraform still plans changes of its own state after ${ROUNDS} rounds`);
}

function resourceOf({ type, name, change }: TerraformChange, folder: PlanFolder): StateResource {
  const { attributes: schema = {}, block_types: blocks = {} } = folder.schemas[type]?.block ?? {};
  const unknown = Object.entries(change.after_unknown ?? {}).filter(([, value]) => value === true);
  const attributes = {
    ...change.after,
    ...Object.fromEntries(
      unknown.map(([key]) => [key, key in blocks ? [] : answer(`${type}/${name}`, key, schema[key]?.type)]),
    ),
  };
  const sensitive = Object.keys(attributes).filter(
    (key) => typeof change.after_sensitive === "object" && change.after_sensitive[key] === true,
  );
  if (type !== "terraform_data") return { type, name, attributes, sensitive };
  const input = dynamic(attributes["input"] ?? null);
  return { type, name, attributes: { id: answer(name, "id", "string"), input, output: input, triggers_replace: null } };
}

/** A value as AWS would say it: the id of a resource, an ARN where one is checked, and no list has an element. */
function answer(resource: string, attribute: string, type: unknown): Value {
  if (Array.isArray(type)) return type[0] === "map" || type[0] === "object" ? {} : [];
  if (type === "number") return 1;
  if (type === "bool") return false;
  // The provider takes it of a FIFO topic alone, and checks what is in the state.
  if (attribute === "fifo_throughput_scope") return "";
  if (/version$/.test(attribute)) return "1";
  // Short, because names of buckets have at most 63 characters.
  const own = createHash("sha256").update(resource).digest("hex").slice(0, 12);
  return /arn$/.test(attribute) ? `arn:aws:made:eu-central-1:123456789012:${own}` : `${attribute}-${own}`;
}

/** Returns a value as a state has one of any type, which is with its type. */
function dynamic(value: Value): Value {
  const typeOf = (each: Value): Value => {
    if (Array.isArray(each)) return ["tuple", each.map(typeOf)];
    if (typeof each !== "object" || each === null) return typeof each === "boolean" ? "bool" : typeof each;
    return ["object", Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, typeOf(inner)]))];
  };
  return { value, type: typeOf(value) };
}

async function planOf(folder: PlanFolder, state: readonly StateResource[], configuration: object): Promise<Plan> {
  folder.write(state, configuration);
  const { json, log } = await folder.plan();
  const errors = log.split("\n").filter((line) => line.startsWith('{"@level":"error"'));
  if (json === undefined || errors.length > 0) throw new Error(errors.join("\n") || log);
  return { json, changes: (JSON.parse(json) as PlanJson).resource_changes ?? [] };
}

/** The second provider of a stack, beside the one that the folder has. */
const secondProvider = {
  provider: {
    aws: {
      alias: "us_east_1",
      region: "us-east-1",
      access_key: "none",
      secret_key: "none",
      skip_credentials_validation: true,
      skip_metadata_api_check: "true",
      skip_region_validation: true,
      skip_requesting_account_id: true,
    },
  },
};

const LOOKED_UP: Readonly<Record<string, string>> = {
  account_id: "123456789012",
  partition: "aws",
  id: "eu-central-1",
};

/**
 * Returns the stack's resources and moves. There is no account to look anything up in: what is looked up is written instead,
 * and the stages are not compared with a record.
 */
function configurationOf(pattern: RenamedPattern, state: RenameState): Configuration {
  const [stack] = renamedApp(pattern, state).node.children.filter((each) => TerraformStack.isStack(each));
  if (stack === undefined) throw new Error("the app has no stack");
  const { resource, moved } = JSON.parse(
    Testing.synth(stack).replace(
      /\$\{data\.aws_(?:caller_identity|partition|region)\.[\w-]+\.(\w+)\}/g,
      (_whole, attribute: string) => LOOKED_UP[attribute] ?? "",
    ),
    (key: string, value: unknown) => (key === "precondition" ? undefined : value),
  ) as Configuration;
  return { resource, ...(moved === undefined ? {} : { moved }) };
}
