/**
 * Migrations that hold each other, against real Terraform: a schema and the routing that needs it, in two stacks, in one and
 * in two apps. Each line of {@link moves} declares something, deploys one stack, and says what has to come of it.
 */
import { mkdirSync } from "node:fs";
import * as path from "node:path";
import type { AwsApi } from "./aws";
import { aws } from "./aws";
import { engine } from "./engine";
import type { Interlocked } from "./interlock-app";
import { runWithin } from "./process";
import type { Bench } from "./lab";
import type { Outcome } from "../support/terraform";

/** One move of the walk. */
interface Move {
  readonly what: string;
  /** What is declared, before anything is deployed. @default - what the move before has declared */
  readonly declare?: Interlocked;
  /** What the synthesis says where it refuses. @default - it writes the Terraform */
  readonly refusedAtSynthesis?: RegExp;
  /** What a runner, or somebody's hand, writes as the stage that was reached. */
  readonly writes?: { readonly migration: string; readonly reached: string };
  /** What somebody's hand makes of any other parameter. @default - nothing */
  readonly breaks?: { readonly name: string; readonly value: string };
  /** The stack that is deployed. @default - none */
  readonly deploy?: string;
  /** What Terraform says where it refuses; it then changes nothing. @default - it applies */
  readonly refused?: RegExp;
  /** What is recorded afterwards, by parameter. @default - not looked at */
  readonly recorded?: Readonly<Record<string, string>>;
}

const two = (schema: Interlocked["schema"], route: Interlocked["route"]): Interlocked => ({
  layout: "two-stacks",
  schema,
  route,
});
const one = (schema: Interlocked["schema"], route: Interlocked["route"]): Interlocked => ({
  layout: "one-stack",
  schema,
  route,
});
const wide = (schema: Interlocked["schema"], route: Interlocked["route"]): Interlocked => ({
  layout: "two-regions",
  schema,
  route,
});
const store = (schema: Interlocked["schema"]): Interlocked => ({ layout: "schema-app", schema, route: "dark" });
const edge = (route: Interlocked["route"]): Interlocked => ({ layout: "route-app", schema: "expand", route });

const ORDERS = "/migration/shop/orders";

/** In words that Terraform breaks into lines. */
function says(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s+"));
}

const moves: readonly Move[] = [
  { what: "two stacks: the schema", declare: two("expand", "dark"), deploy: "orders" },
  { what: "two stacks: the routing", deploy: "routing", recorded: { "/migration/shop/routing/reached": "dark" } },
  { what: "a runner reaches expand", writes: { migration: ORDERS, reached: "expand" } },
  {
    what: "both forward in one commit, the schema first",
    declare: two("migrate", "serving"),
    deploy: "orders",
    recorded: { [`${ORDERS}/declared`]: "migrate", [`${ORDERS}/reached`]: "expand" },
  },
  {
    what: "the routing, while reached lags declared",
    deploy: "routing",
    refused: says(
      `that has declared "migrate" and reached "expand". Declare migrate for it, and deploy it first: cdktf deploy orders`,
    ),
    recorded: { "/shop/weight": "dark", "/migration/shop/routing/declared": "dark" },
  },
  { what: "a runner reaches migrate", writes: { migration: ORDERS, reached: "migrate" } },
  { what: "the routing serves", deploy: "routing", recorded: { "/shop/weight": "serving" } },
  {
    what: "the schema back, the routing stays",
    declare: two("expand", "serving"),
    refusedAtSynthesis: says(
      "the stage serving needs orders/orders to have reached migrate, but that migration declares expand",
    ),
  },
  {
    what: "both back in one commit, the schema first",
    declare: two("expand", "dark"),
    deploy: "orders",
    refused: says(
      "First take back shop.routing (cdktf deploy routing --ignore-missing-stack-dependencies, with a stage before serving), and wait until they have reached it; then: cdktf deploy orders",
    ),
    recorded: { "/shop/form": "migrate", [`${ORDERS}/declared`]: "migrate" },
  },
  { what: "the routing back first", deploy: "routing", recorded: { "/shop/weight": "dark" } },
  { what: "then the schema", deploy: "orders", recorded: { "/shop/form": "expand" } },
  { what: "somebody edits what was reached", writes: { migration: ORDERS, reached: "cut-over" } },
  {
    what: "a value that nobody knows",
    deploy: "orders",
    refused: says(
      `holds "cut-over", which is none of expand, migrate, none, and "expand" is declared. It is left untouched`,
    ),
    recorded: { [`${ORDERS}/reached`]: "cut-over" },
  },
  { what: "two regions: the schema", declare: wide("migrate", "serving"), deploy: "near" },
  { what: "two regions: the routing", deploy: "far", recorded: { "/migration/wide/routing/reached": "serving" } },
  {
    what: "two regions: the schema back while the other serves",
    declare: wide("expand", "dark"),
    deploy: "near",
    refused: says("First take back wide.routing (cdktf deploy far"),
    recorded: { "/wide/form": "migrate" },
  },
  { what: "two regions: the routing back", deploy: "far" },
  { what: "two regions: then the schema", deploy: "near", recorded: { "/wide/form": "expand" } },
  {
    what: "a mark that somebody has edited",
    breaks: { name: "/migration/wide/orders/dependents/wide.routing", value: "not a mark" },
    deploy: "near",
    refused: says("this is not in that form: /migration/wide/orders/dependents/wide.routing"),
  },
  { what: "one stack", declare: one("expand", "dark"), deploy: "both" },
  {
    what: "both forward in one deploy",
    declare: one("migrate", "serving"),
    deploy: "both",
    recorded: { "/corner/form": "migrate", "/corner/weight": "serving" },
  },
  {
    what: "both back in one deploy",
    declare: one("expand", "dark"),
    deploy: "both",
    refused: says("/migration/corner/orders cannot be in expand while others need more of it"),
    recorded: { "/corner/form": "migrate", "/corner/weight": "serving" },
  },
  { what: "back in two: the routing", declare: one("migrate", "dark"), deploy: "both" },
  {
    what: "back in two: the schema",
    declare: one("expand", "dark"),
    deploy: "both",
    recorded: { "/corner/form": "expand", "/corner/weight": "dark" },
  },
  {
    what: "two apps: the other is not there yet",
    declare: edge("serving"),
    deploy: "edge",
    refused: says(`has declared "none" and reached "none". Declare migrate for it, and deploy it first in its own app`),
  },
  { what: "two apps: the schema", declare: store("migrate"), deploy: "store" },
  { what: "its runner arrives", writes: { migration: "/migration/store/orders", reached: "migrate" } },
  { what: "two apps: the routing", declare: edge("serving"), deploy: "edge", recorded: { "/edge/weight": "serving" } },
  {
    what: "two apps: the schema back while the other serves",
    declare: store("expand"),
    deploy: "store",
    refused: says("First take back edge.routing (cdktf deploy edge"),
    recorded: { "/store/form": "migrate" },
  },
  { what: "two apps: the routing back", declare: edge("dark"), deploy: "edge" },
  {
    what: "two apps: then the schema",
    declare: store("expand"),
    deploy: "store",
    recorded: { "/store/form": "expand" },
  },
];

/** Walks through all moves. */
export async function runInterlock(bench: Bench): Promise<void> {
  mkdirSync(bench.folder, { recursive: true });
  const ask = aws(bench.env, "eu-central-1");
  let layout: Interlocked["layout"] = "two-stacks";
  for (const move of moves) {
    layout = move.declare?.layout ?? layout;
    const started = Date.now();
    const wrong = await make(bench, move, layout, ask).catch((error: unknown) => String(error));
    bench.report({
      example: bench.example,
      what: move.what,
      ok: wrong === undefined,
      seconds: (Date.now() - started) / 1000,
      detail: wrong ?? ((move.refused ?? move.refusedAtSynthesis) === undefined ? "as it should be" : "refused"),
    });
  }
}

/** Makes one move. Answers what is wrong, or undefined. */
async function make(bench: Bench, move: Move, layout: string, ask: AwsApi): Promise<string | undefined> {
  const { declare, refusedAtSynthesis, writes, breaks, deploy, refused, recorded = {} } = move;
  if (declare !== undefined) {
    const outcome = await synthesize(bench, declare);
    const wrong = judge(outcome, refusedAtSynthesis);
    if (wrong !== undefined) return wrong;
  }
  if (writes !== undefined) {
    const parameter = { Name: `${writes.migration}/reached`, Value: writes.reached, Type: "String", Overwrite: true };
    await ask("ssm", "put_parameter", parameter);
  }
  if (breaks !== undefined) {
    await ask("ssm", "put_parameter", { Name: breaks.name, Value: breaks.value, Type: "String", Overwrite: true });
  }
  if (deploy !== undefined) {
    const stack = path.join(bench.folder, layout, "stacks", deploy);
    const initialized = await terraform(bench, stack, ["init", "-input=false"]);
    if (initialized.code !== 0) return `${initialized.stdout}\n${initialized.stderr}`;
    const wrong = judge(
      await terraform(bench, stack, ["apply", "-input=false", "-auto-approve", "-no-color"]),
      refused,
    );
    if (wrong !== undefined) return wrong;
  }
  const { Parameters: found } = await ask<{ Parameters: { Name: string; Value: string }[] }>("ssm", "get_parameters", {
    Names: Object.keys(recorded).length === 0 ? ["/none"] : Object.keys(recorded),
  });
  const values = new Map(found.map(({ Name: name, Value: value }) => [name, value]));
  const differ = Object.entries(recorded).filter(([name, value]) => values.get(name) !== value);
  if (differ.length === 0) return undefined;
  return differ.map(([name, value]) => `${name} is "${values.get(name) ?? "not there"}", not "${value}"`).join("\n");
}

function judge({ code, stdout, stderr }: Outcome, refusal: RegExp | undefined): string | undefined {
  const said = `${stdout}\n${stderr}`.replace(/^[│╷╵ ]+/gm, "");
  if (refusal === undefined) return code === 0 ? undefined : said;
  if (code === 0) return "it was not refused";
  return refusal.test(said) ? undefined : `it was refused in other words than ${refusal.source}:\n${said}`;
}

async function synthesize(bench: Bench, declared: Interlocked): Promise<Outcome> {
  const words = [require.resolve("tsx/cli"), path.join(__dirname, "interlock-app.ts"), JSON.stringify(declared)];
  const env = { ...bench.env, CDKTF_OUTDIR: path.join(bench.folder, declared.layout) };
  return runWithin(120, process.execPath, words, { env, cwd: bench.folder });
}

async function terraform(bench: Bench, stack: string, args: readonly string[]): Promise<Outcome> {
  return runWithin(300, engine, [`-chdir=${stack}`, ...args], { env: bench.env, cwd: bench.folder });
}
