/**
 * tsx test/bench/fleet.ts [--servers 1000] [--many 10000] [--rounds 5]
 *
 * What `LiftAndShift` costs beside the CDKTF that somebody would write by hand for the same JSON. Each measurement is a
 * process of its own and the two kinds take turns, so that whatever else the machine does meets both. Printed are the ratio
 * of the fastest runs and the growth per server to the larger number; either over its limit ends with exit code 1.
 *
 * Measured is the processor time from `new App()` to the end of `app.synth()`, files included. The assessment is made
 * before: the hand-written program has none.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { BENCH_NETWORK, benchAssessment, writeByHand } from "./fleet-by-hand";
import { LiftAndShift, ServerImage } from "../../lib/patterns/infrastructure/lift-and-shift";
import { makeTemporaryFolder } from "../support/temporary-folder";

const RATIO_LIMIT = 1.25;
/** Per server, from the smaller to the larger number; the rest is the machine's own noise. */
const GROWTH_LIMIT = 1.3;

type Kind = "library" | "by hand";

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly json: string;
}

function build(kind: Kind, servers: number): (scope: Construct) => void {
  if (kind === "by hand") {
    return (scope) => {
      writeByHand(scope, servers);
    };
  }
  const assessment = benchAssessment(servers);
  return (scope) => {
    new LiftAndShift(scope, "wave", {
      app: "bench",
      assessment,
      stage: "cutover",
      rollback: { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 },
      network: BENCH_NETWORK,
      images: { byOs: { linux: ServerImage.ami("ami-0123456789abcdef0") } },
    });
  };
}

/** In the child: makes the stack once, and says how long it took. */
function child(kind: Kind, servers: number, outdir: string): void {
  const make = build(kind, servers);
  const start = process.cpuUsage();
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "stack");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  make(stack);
  app.synth();
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  console.log(JSON.stringify({ milliseconds, megabytes: process.memoryUsage().rss / 2 ** 20 }));
}

function measure(kind: Kind, servers: number): Measured {
  const outdir = makeTemporaryFolder("bench-fleet");
  try {
    const result = spawnSync(
      process.execPath,
      [...process.execArgv, __filename, "--child", kind, String(servers), outdir],
      {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    if (result.status !== 0) throw new Error(`the measurement of ${kind} with ${servers} servers failed`);
    const last = result.stdout.trim().split("\n").at(-1) ?? "";
    const json = readFileSync(path.join(outdir, "stacks/stack/cdk.tf.json"), "utf8");
    return { ...(JSON.parse(last) as { milliseconds: number; megabytes: number }), json };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The same data in one order, so that only what is written counts. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, key === "depends_on" ? [...(each as string[])].sort() : canonical(each)]),
  );
}

function compare(servers: number, rounds: number): { ratio: number; library: number } {
  const times: Record<Kind, number[]> = { library: [], "by hand": [] };
  const memory: Record<Kind, number> = { library: 0, "by hand": 0 };
  let reference: string | undefined;
  for (let round = 0; round < rounds; round += 1) {
    const order: Kind[] = round % 2 === 0 ? ["library", "by hand"] : ["by hand", "library"];
    for (const kind of order) {
      const { milliseconds, megabytes, json } = measure(kind, servers);
      times[kind].push(milliseconds);
      memory[kind] = Math.max(memory[kind], megabytes);
      const same = JSON.stringify(canonical(JSON.parse(json)));
      reference ??= same;
      if (same !== reference) throw new Error("the two programs do not write the same JSON");
    }
  }
  // The fastest run counts: what else the machine does can only make a run slower.
  const library = Math.min(...times.library);
  const byHand = Math.min(...times["by hand"]);
  const ratio = library / byHand;
  console.log(
    `${servers} servers: library ${library.toFixed(0)} ms, ${memory.library.toFixed(0)} MB; ` +
      `by hand ${byHand.toFixed(0)} ms, ${memory["by hand"].toFixed(0)} MB; ratio ${ratio.toFixed(3)} (limit ${RATIO_LIMIT})`,
  );
  return { ratio, library };
}

function option(name: string, value: number): number {
  const index = process.argv.indexOf(`--${name}`);
  return index === -1 ? value : Number(process.argv[index + 1]);
}

function main(): void {
  const servers = option("servers", 1000);
  const many = option("many", 10_000);
  const rounds = option("rounds", 5);
  const small = compare(servers, rounds);
  const large = compare(many, Math.max(1, Math.floor(rounds / 2)));
  const growth = large.library / many / (small.library / servers);
  console.log(`growth per server from ${servers} to ${many}: ${growth.toFixed(3)} (limit ${GROWTH_LIMIT})`);
  const within = [small.ratio <= RATIO_LIMIT, large.ratio <= RATIO_LIMIT, growth <= GROWTH_LIMIT];
  const failed = within.filter((each) => !each).length;
  console.log(`${within.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

const [flag, kind, servers, outdir] = process.argv.slice(2);
if (flag === "--child" && (kind === "library" || kind === "by hand") && outdir !== undefined) {
  child(kind, Number(servers), outdir);
} else {
  main();
}
