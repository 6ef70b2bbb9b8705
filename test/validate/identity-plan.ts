/**
 * Corrections of an inventory against the real Terraform: a state as the first synthesis would have left it, the code of the
 * corrected inventory, and the mend exactly as the finding prints it. What is planned then destroys nothing; without the mend it
 * does, and the finding names what.
 */
import { mkdirSync, symlinkSync } from "node:fs";
import * as path from "node:path";
import { runInNewContext } from "node:vm";
import { TerraformStack } from "cdktf";
import { ForgottenResources } from "../../lib/core";
import type { Finding } from "../../lib/core/finding";
import type { EstateRecord } from "../../lib/patterns/infrastructure/lift-and-shift";
import type { BlockSchema, ResourceSchema, Value } from "../../scripts/generate/replacing-attributes/schema";
import {
  findingsOf,
  gravely,
  migrate,
  recordOf,
  servers,
  terraformOf,
  type MigrationInput,
  type Terraform,
} from "../patterns/infrastructure/lift-and-shift/estate/fixtures";
import { newStack, type ServerInput } from "../patterns/infrastructure/lift-and-shift/fixtures";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { run } from "../support/terraform";
import type { Row } from "./guard-plan";
import { withoutAccount } from "../support/without-account";
import { PlanFolder, type PlanJson, type StateResource, type TerraformChange } from "./plan-folder";
import { unlabelledBlocks } from "../support/unlabelled-blocks";

/** The fleet's resources. What records stages asks the account while it plans, and is no part of this. */
const TYPES = /^aws_(?:ami|ebs_|iam_|instance|security_group|volume_attachment|vpc_security_group)/;

type Schemas = Readonly<Record<string, ResourceSchema>>;

/** A correction, and what is expected of it. */
interface Correction {
  readonly what: string;
  readonly given: readonly ServerInput[];
  readonly input?: MigrationInput;
  /** What is deployed. @default - the servers and the migration as they were first */
  readonly deployed?: { readonly given: readonly ServerInput[]; readonly input?: MigrationInput };
  /** The rules that find it; none where the record alone is the mend. */
  readonly rules?: readonly string[];
  /** The types that may be destroyed all the same. */
  readonly ends?: RegExp;
}

const first = migrate().migration;
const record: EstateRecord = recordOf(first);
const before = terraformOf(TerraformStack.of(first));

const change = (name: string, over: Partial<ServerInput>): ServerInput[] =>
  servers.map((server) => (server.name === name ? { ...server, ...over } : server));
const disks = servers[0]?.disks ?? [];
const flowsOf = (from: string, to: string): MigrationInput["inventory"] => ({
  flows: [
    { source: "web-01", destination: from === "db-01" ? to : "db-01", port: 5432 },
    { source: "192.0.2.7", destination: "web-01", port: 443 },
    { source: "web-01", destination: from === "files" ? to : "files", port: 2049 },
  ],
});

/** Another id of the construct, with its former path and without. */
const RENAMED: MigrationInput = { id: "store", renamedFrom: "stack/shop", namedAfter: "stack/shop" };
const UNDECLARED: MigrationInput = { id: "store", name: "stack-shop", fleet: { name: "stack-shop-fleet" } };
/** Another name of the database, with its former one. */
const ORDERS: Partial<ServerInput> = { name: "orders-db", renamedFrom: "db-01" };

const corrections: readonly Correction[] = [
  {
    what: "a server renamed",
    given: change("db-01", { name: "orders-db" }),
    input: { inventory: flowsOf("db-01", "orders-db") },
    rules: ["estate-server-renamed"],
  },
  {
    what: "a server renamed that has its security group to itself",
    given: change("files", { name: "filer" }),
    input: { inventory: flowsOf("files", "filer") },
    rules: ["estate-server-renamed"],
  },
  {
    what: "a disk relabelled",
    given: change("db-01", {
      disks: disks.map((each) => (each.name === "Hard disk 2" ? { ...each, name: "Data" } : each)),
    }),
    rules: ["estate-disk-relabelled"],
  },
  {
    what: "disks and servers reordered",
    given: [...servers].reverse().map((server) => ({ ...server, disks: [...(server.disks ?? [])].reverse() })),
  },
  {
    what: "an application renamed",
    given: servers.map((server) => (server.application === undefined ? server : { ...server, application: "store" })),
  },
  { what: "a tier corrected, which is another subnet", given: change("db-01", { tier: "app" }) },
  {
    what: "an address corrected",
    given: change("db-01", { nics: [{ mac: "00:50:56:00:00:01", addresses: ["10.10.1.9"] }] }),
  },
  {
    what: "a construct's id changed",
    given: servers,
    input: UNDECLARED,
    rules: ["estate-address-changed"],
    // The groups and the profile are no servers' own: that a construct is renamed says its renamedFrom.
    ends: /^aws_(?:security_group|vpc_security_group|iam_)/,
  },
  {
    what: "a construct's id changed and a server renamed in one commit",
    given: change("db-01", { name: "orders-db" }),
    input: { ...RENAMED, inventory: flowsOf("db-01", "orders-db") },
    rules: ["estate-server-renamed"],
  },
  {
    what: "a construct's id changed without renamedFrom, and a server renamed",
    given: change("db-01", { name: "orders-db" }),
    input: { ...UNDECLARED, inventory: flowsOf("db-01", "orders-db") },
    rules: ["estate-server-renamed", "estate-address-changed"],
    ends: /^aws_(?:security_group|vpc_security_group|iam_)/,
  },
  {
    what: "a construct's id changed after a server that says its former name still",
    deployed: { given: change("db-01", ORDERS), input: { inventory: flowsOf("db-01", "orders-db") } },
    given: change("db-01", ORDERS),
    input: { ...RENAMED, inventory: flowsOf("db-01", "orders-db") },
  },
  {
    what: "a server renamed after a construct that says its former path still",
    deployed: { given: servers, input: RENAMED },
    given: change("db-01", ORDERS),
    input: { ...RENAMED, inventory: flowsOf("db-01", "orders-db") },
  },
  {
    what: "a server taken out",
    given: servers.filter(({ name }) => name !== "db-01"),
    rules: ["estate-server-gone"],
    ends: /^aws_(?:security_group|vpc_security_group)/,
  },
  {
    what: "a disk taken out",
    given: change("db-01", { disks: disks.filter(({ name }) => name !== "Hard disk 3") }),
    rules: ["estate-disk-gone"],
    // The export that it was made from is no production.
    ends: /^aws_ebs_snapshot_import/,
  },
];

/** One module of the plan: a configuration, and what is said of its changes. */
interface Case {
  readonly what: string;
  /** What is in the state. */
  readonly deployed: Terraform;
  readonly terraform: Terraform;
  readonly judge: (changes: readonly TerraformChange[]) => readonly string[];
}

/** Makes one plan with a module for each case, and one for a server that moves to another stack. */
export async function identityRows(env: NodeJS.ProcessEnv): Promise<Row[]> {
  const cases: readonly Case[] = [
    { what: "nothing corrected", deployed: before, terraform: before, judge: (changes) => faults(changes, before) },
    ...corrections.flatMap(casesOf),
  ];
  const modules = Object.fromEntries(cases.map((_, index) => [moduleOf(index), { source: `./${moduleOf(index)}` }]));
  const root = { module: modules };
  const folder = await PlanFolder.start(env, {
    "main.tf.json": root,
    ...Object.fromEntries(
      cases.map(({ terraform }, index) => [`${moduleOf(index)}/main.tf.json`, configurationOf(terraform)]),
    ),
  });
  folder.write([], root);
  const created = await changesOf(folder);
  if (typeof created === "string") return [{ what: "identity: the first plan", ok: false, detail: created }];
  // The first of a name counts: that of what is deployed.
  const defaults = new Map(
    cases
      .flatMap((_, index) => inModule(created, index))
      .reverse()
      .map(({ address, change: { after } }) => [address, after]),
  );
  folder.write(
    cases.flatMap(({ deployed }, index) =>
      stateOf(deployed, folder.schemas, defaults).map((each) => ({ ...each, module: `module.${moduleOf(index)}` })),
    ),
    root,
  );
  const changes = await changesOf(folder);
  if (typeof changes === "string") return [{ what: "identity: the plan", ok: false, detail: changes }];
  return [
    ...cases.map(({ what, judge }, index) => rowOf(`identity: ${what}`, inModule(changes, index), judge)),
    await movedStack(env, defaults),
  ];
}

function casesOf({ what, given, input = {}, deployed, rules, ends }: Correction): Case[] {
  if (rules === undefined) {
    const was = deployed === undefined ? undefined : migrate(deployed.given, deployed.input);
    const old = was === undefined ? before : terraformOf(was.stack);
    const { stack, migration } = migrate(given, {
      estate: was === undefined ? record : recordOf(was.migration),
      ...input,
    });
    const terraform = terraformOf(stack);
    const left = gravely(findingsOf(migration)).map((finding) => `${finding.rule} is found`);
    return [
      ...(was === undefined
        ? []
        : [
            {
              what: `${what}, as it is deployed`,
              deployed: old,
              terraform: old,
              judge: (changes: readonly TerraformChange[]) => destroyed(changes).map(({ address }) => address),
            },
          ]),
      { what, deployed: old, terraform, judge: (changes) => [...faults(changes, terraform, ends), ...left] },
    ];
  }
  const found = gravely(findingsOf(migrate(given, { estate: record, ...input }).migration)).filter((finding) =>
    rules.includes(finding.rule),
  );
  // As it was made, so that nothing but the correction is seen.
  const bare = terraformOf(migrate(given, { estate: record, ...input }).stack);
  const mended = mend(given, input, found);
  const after = terraformOf(mended.stack);
  const left = gravely(findingsOf(mended.migration)).map((finding) => `${finding.rule} is found still`);
  return [
    {
      what: `${what}, without its mend`,
      deployed: before,
      terraform: bare,
      judge: (changes) => {
        const serving = destroyed(changes).filter(({ type }) => type === "aws_instance" || type === "aws_ebs_volume");
        return serving.length === 0
          ? ["Terraform destroys nothing"]
          : serving
              .filter(({ address }) => !found.some(({ message }) => message.includes(address)))
              .map(({ address }) => `${address} is destroyed, and no finding says so`);
      },
    },
    {
      what: `${what}, with the mend that was printed`,
      deployed: before,
      terraform: after,
      judge: (changes) => [...faults(changes, after, ends), ...left],
    },
  ];
}

function moduleOf(index: number): string {
  return `case_${index}`;
}

/** Returns the changes in the module of a case, with their addresses in it. */
function inModule(changes: readonly PlannedResource[], index: number): PlannedResource[] {
  const prefix = `module.${moduleOf(index)}.`;
  return changes
    .filter(({ address }) => address.startsWith(prefix))
    .map((each) => ({
      ...each,
      address: each.address.slice(prefix.length),
      ...(each.previous_address === undefined ? {} : { previous_address: each.previous_address.slice(prefix.length) }),
    }));
}

/** A change with the values that Terraform plans. */
interface PlannedResource extends TerraformChange {
  readonly change: TerraformChange["change"] & { readonly after?: unknown };
}

/** Plans; returns the changes, or what went wrong. */
async function changesOf(folder: PlanFolder): Promise<readonly PlannedResource[] | string> {
  const { json, log } = await folder.plan();
  const errors = log.split("\n").filter((line) => line.startsWith('{"@level":"error"'));
  if (json === undefined || errors.length > 0) return errors.join("\n") || log;
  return (JSON.parse(json) as PlanJson).resource_changes ?? [];
}

/** Does what the findings print: an override of the fleet, lines behind the migration, or resources that are forgotten. */
function mend(given: readonly ServerInput[], input: MigrationInput, findings: readonly Finding[]) {
  const overrides = findings.map(({ remedy }) => /fleet: (\{.*\}) in the code/.exec(remedy)?.[1]);
  const [override] = overrides;
  const fleet = override === undefined ? input.fleet : (runInNewContext(`(${override})`) as MigrationInput["fleet"]);
  const stack = newStack();
  const mended = migrate(given, { estate: record, ...input, stack, ...(fleet === undefined ? {} : { fleet }) });
  for (const { remedy } of findings) {
    const lines = /(?:fleet\.[\w?.]+\.get\(.*?;\s*)+$/.exec(remedy)?.[0];
    if (lines !== undefined) runInNewContext(lines, { fleet: mended.migration.fleet });
    const forgotten = /new ForgottenResources\(this, (".*?"), (\{ addresses: \[.*?\] \})\)/.exec(remedy);
    if (forgotten === null) continue;
    const [id, props] = runInNewContext(`[${forgotten[1] ?? ""}, ${forgotten[2] ?? ""}]`) as [
      string,
      { addresses: string[] },
    ];
    new ForgottenResources(stack, id, { addresses: [...props.addresses] });
  }
  return mended;
}

function rowOf(what: string, changes: readonly TerraformChange[], judge: Case["judge"]): Row {
  const said = judge(changes);
  const moved = changes.filter(({ previous_address: from }) => from !== undefined).length;
  const forgotten = changes.filter(({ change: { actions } }) => actions.includes("forget")).length;
  const detail = `${changes.length} resources, ${destroyed(changes).length} destroyed, ${moved} moved, ${forgotten} forgotten`;
  return { what, ok: said.length === 0 && changes.length > 0, detail: [detail, ...said].join("; ") };
}

function destroyed(changes: readonly TerraformChange[]): TerraformChange[] {
  return changes.filter(({ change: { actions } }) => actions.includes("delete"));
}

/** Says what is destroyed that must not be, and which moves are not Terraform's. */
function faults(changes: readonly TerraformChange[], after: Terraform, ends?: RegExp): string[] {
  const bad = destroyed(changes).filter(({ type }) => ends?.test(type) !== true);
  // By a move of this plan or of an earlier one.
  const arrived = new Set(changes.filter(({ change }) => change.before !== null).map(({ address }) => address));
  const missing = waysOf(unlabelledBlocks(after.moved)).filter(({ to }) => TYPES.test(to) && !arrived.has(to));
  return [
    ...bad.map(
      ({ address, change: { replace_paths: paths } }) =>
        `${address} is destroyed: ${JSON.stringify(paths ?? "it is gone")}`,
    ),
    ...missing.map(({ way }) => `${way.join(", ")} does not move`),
  ];
}

/** The former addresses of each resource: those that lead to it by one `moved` block or by several. */
function waysOf(moved: NonNullable<Terraform["moved"]>): { readonly to: string; readonly way: readonly string[] }[] {
  const origins = new Map(moved.map(({ from, to }) => [to, from]));
  const froms = new Set(moved.map(({ from }) => from));
  return [...origins.keys()]
    .filter((to) => !froms.has(to))
    .map((to) => {
      const way: string[] = [];
      for (let at = origins.get(to); at !== undefined; at = origins.get(at)) way.push(at);
      return { to, way };
    });
}

/** Has Terraform do the commands that the finding prints, with two states, and plans both stacks. */
async function movedStack(env: NodeJS.ProcessEnv, defaults: Defaults): Promise<Row> {
  const what = "identity: a server in another stack, with the commands that were printed";
  const [old, now] = [await PlanFolder.start(env, {}), await PlanFolder.start(env, {})];
  const waves = servers.map((server) => ({ ...server, wave: "1" }));
  const was = migrate(waves, { wave: "1" });
  const estate: EstateRecord = {
    ...recordOf(was.migration),
    servers: recordOf(was.migration).servers.map((each) => ({ ...each, stack: "wave-1" })),
  };
  const given = waves.map((server) => (server.name === "db-01" ? { ...server, wave: "2" } : server));
  const left = terraformOf(migrate(given, { wave: "1" }).stack);
  const there = migrate(given, { wave: "2", id: "second", estate });
  const [finding] = findingsOf(there.migration).filter(({ rule }) => rule === "estate-server-moved");
  const commands = /in the folder that has cdktf\.out: (terraform .*?);/.exec(finding?.remedy ?? "")?.[1];
  if (commands === undefined) return { what, ok: false, detail: `no commands in ${finding?.remedy ?? "no finding"}` };
  const work = makeTemporaryFolder("moved-stack");
  mkdirSync(path.join(work, "cdktf.out", "stacks"), { recursive: true });
  symlinkSync(old.folder, path.join(work, "cdktf.out", "stacks", "wave-1"));
  symlinkSync(now.folder, path.join(work, "cdktf.out", "stacks", "stack"));
  old.write(stateOf(terraformOf(was.stack), old.schemas, defaults), configurationOf(left));
  now.writeConfiguration(configurationOf(terraformOf(there.stack)));
  const { code, stderr, stdout } = await run("sh", ["-c", `cd '${work}' && ${commands}`], { env });
  if (code !== 0) return { what, ok: false, detail: `${commands}\n${stdout}${stderr}` };
  const said: string[] = [];
  for (const folder of [old, now]) {
    const changes = await changesOf(folder);
    if (typeof changes === "string") return { what, ok: false, detail: changes };
    const serves = /^aws_(?:instance|ebs_volume|volume_attachment)$/;
    for (const {
      address,
      type,
      change: { actions },
    } of changes) {
      if (!serves.test(type)) continue;
      if (actions.includes("delete") || actions.includes("create")) said.push(`${address}: ${actions.join(" ")}`);
    }
  }
  return {
    what,
    ok: said.length === 0,
    detail: said.join("; ") || "both plans destroy and make no server, volume or attachment",
  };
}

/**
 * The fleet's part of the Terraform, without `prevent_destroy`: it would end the plan at the first of them, and what is asked is
 * what would be destroyed.
 */
function configurationOf({ resource, moved, ...rest }: Terraform): object {
  const kept = Object.fromEntries(
    Object.entries(resource)
      .filter(([type]) => TYPES.test(type))
      .map(([type, byName]) => [
        type,
        Object.fromEntries(
          Object.entries(byName).map(([name, { lifecycle, ...config }]) => {
            const { prevent_destroy: _protected, ...left } = (lifecycle ?? {}) as Readonly<Record<string, unknown>>;
            return [name, { ...config, ...(Object.keys(left).length === 0 ? {} : { lifecycle: left }) }];
          }),
        ),
      ]),
  );
  const { removed } = rest as { removed?: unknown };
  return withoutAccount({
    resource: kept,
    ...(moved === undefined ? {} : { moved: unlabelledBlocks(moved).filter(({ from }) => TYPES.test(from)) }),
    ...(removed === undefined ? {} : { removed }),
  });
}

/** What Terraform plans for each resource where it makes all of them: the provider's defaults are in it. */
type Defaults = ReadonlyMap<string, unknown>;

/** The state that an apply of the configuration leaves: what it says, with an id for each reference, and the defaults. */
function stateOf({ resource }: Terraform, schemas: Schemas, defaults: Defaults): StateResource[] {
  return Object.entries(resource)
    .filter(([type]) => TYPES.test(type))
    .flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, config]) => {
        const block = schemas[type]?.block ?? {};
        const written = {
          ...filled(block, resolved(config) as Readonly<Record<string, Value>>),
          ...computed(type, name, block, config),
        };
        return {
          type,
          name,
          attributes: withDefaults(written, defaults.get(`${type}.${name}`)) as Record<string, Value>,
        };
      }),
    );
}

/** Returns the value with what it lacks filled in from another. */
function withDefaults(value: unknown, other: unknown): unknown {
  if (value === null || value === undefined) return other ?? null;
  if (Array.isArray(value)) {
    const others = Array.isArray(other) ? other : [];
    if (value.length === 0) return others;
    return value.length === others.length ? value.map((each, index) => withDefaults(each, others[index])) : value;
  }
  if (typeof value !== "object" || typeof other !== "object" || other === null) return value;
  const keys = new Set([...Object.keys(value), ...Object.keys(other)]);
  const at = (of: object, key: string): unknown => (of as Readonly<Record<string, unknown>>)[key];
  return Object.fromEntries([...keys].map((key) => [key, withDefaults(at(value, key), at(other, key))]));
}

/** The values that others refer to, and the collections that AWS leaves empty. */
function computed(type: string, name: string, { attributes = {} }: BlockSchema, config: object): Record<string, Value> {
  const own = Object.entries(attributes).filter(([key]) => !(key in config));
  return Object.fromEntries<Value>([
    ...own
      .filter(([, { type: of, computed: known }]) => known === true && Array.isArray(of) && of[0] !== "map")
      .map(([key]) => [key, []] as const),
    ...own
      .filter(([key]) => ["id", "arn", "name"].includes(key))
      .map(([key]) => [key, `${key}-of-${type}.${name}`] as const),
  ]);
}

function resolved(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\$\{(aws_\w+\.[\w-]+)\.(\w+)\}/g, "$2-of-$1");
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each)]));
}

/** A block as a state has it: every attribute, and blocks in lists. */
function filled(schema: BlockSchema, config: Readonly<Record<string, unknown>>): Record<string, Value> {
  const attributes = Object.keys(schema.attributes ?? {}).map((key) => [key, (config[key] ?? null) as Value] as const);
  const blocks = Object.entries(schema.block_types ?? {}).map(([key, { nesting_mode: nesting, block }]) => {
    const given = config[key] === undefined ? [] : [config[key]].flat();
    const list = given.map((each) => filled(block, each as Readonly<Record<string, unknown>>));
    return [key, nesting === "list" || nesting === "set" ? list : (list[0] ?? null)] as const;
  });
  return Object.fromEntries<Value>([...attributes, ...blocks]);
}
