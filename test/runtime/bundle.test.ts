/** The bundled libraries as a function or a workstation has them: one file, in a folder with nothing else. */
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { ParameterServer } from "./parameter-server";
import { makeTemporaryFolder } from "../support/temporary-folder";

const root = path.join(__dirname, "../..");
// Most tests start processes, which take their time on a busy machine.
jest.setTimeout(60_000);
const folder = makeTemporaryFolder("runtime");
const server = new ParameterServer();
let endpoint = "";

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Not synchronous: the server that it asks is in this process. */
async function node(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const child = spawn(process.execPath, args, { cwd, env: { PATH: process.env.PATH ?? "", TMPDIR: tmpdir(), ...env } });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, ...output };
}

/** esbuild refuses the globals of a jest environment, so it runs in a process of its own. */
const BUNDLE = `
  const { bundle, libraries, budgets } = require("./scripts/bundle-runtime.ts");
  const { writeFileSync } = require("node:fs");
  const built = libraries().map((name) => {
    const [first, second] = [bundle(name), bundle(name)];
    writeFileSync(process.argv[1] + "/" + name + ".js", first.code);
    return { name, bytes: first.code.length, budget: budgets[name], notices: first.notices,
      same: Buffer.compare(first.code, second.code) === 0 && first.notices === second.notices };
  });
  console.log(JSON.stringify({ built, budgets: Object.keys(budgets) }));`;

interface Built {
  readonly built: {
    readonly name: string;
    readonly bytes: number;
    readonly budget: number;
    readonly notices: string;
    readonly same: boolean;
  }[];
  readonly budgets: string[];
}
let result: Built = { built: [], budgets: [] };

/** What a workstation with credentials has, and nothing of the one that runs the test. */
const aws = (): NodeJS.ProcessEnv => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: "x",
  AWS_SECRET_ACCESS_KEY: "x",
  AWS_REGION: "eu-central-1",
  ...noFiles,
});
const noFiles = {
  HOME: folder,
  AWS_CONFIG_FILE: path.join(folder, "none"),
  AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "none"),
  AWS_EC2_METADATA_DISABLED: "true",
};

/** Runs an expression on the bundled library, in the folder that has nothing else. */
async function onStageRecord(expression: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  const script = `const library = require("./stage-record.js");
    Promise.resolve(${expression}).then((it) => console.log(JSON.stringify(it)), (error) => {
      console.log(error.message);
      process.exitCode = 1;
    });`;
  return node(["--eval", script], folder, env);
}

beforeAll(async () => {
  endpoint = await server.listen();
  const { status, stdout, stderr } = await node(["--import", "tsx", "--eval", BUNDLE, folder], root);
  if (status !== 0) throw new Error(stderr);
  result = JSON.parse(stdout) as Built;
}, 60_000);

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the bundled libraries", () => {
  it("are the exported ones, each with a budget and within it", () => {
    const names = result.built.map(({ name }) => name);
    const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { exports: object };
    const exported = Object.keys(manifest.exports).filter((each) => each.startsWith("./runtime/"));
    expect(exported.sort()).toEqual(names.map((name) => `./runtime/${name}`));
    expect(result.budgets.sort()).toEqual(names);
    for (const { bytes, budget } of result.built) {
      expect(bytes).toBeLessThanOrEqual(budget);
      // A budget far above what there is bounds nothing.
      expect(bytes).toBeGreaterThan(budget * 0.6);
    }
  });

  it("have the same bytes in every build, and no path of this machine", () => {
    for (const { name, same } of result.built) {
      expect({ name, same }).toEqual({ name, same: true });
      const text = readFileSync(path.join(folder, `${name}.js`), "utf8");
      expect(text).not.toContain(root);
      expect(text).not.toContain("node_modules");
    }
  });

  it("name the licences of what is inside", () => {
    const { notices = "" } = result.built.find(({ name }) => name === "stage-record") ?? {};
    expect(notices).toMatch(/^@aws-sdk\/client-ssm \d.* \(Apache-2\.0\)$/m);
    expect(notices).toContain("Apache License");
    expect(notices).not.toContain(root);
  });

  it("load nothing but Node.js", async () => {
    const script = `
      const { Module } = require("node:module");
      const asked = new Set();
      const load = Module._load;
      Module._load = function (request, ...rest) { asked.add(request); return load.call(this, request, ...rest); };
      const names = Object.keys(require("./stage-record.js")).sort();
      console.log(JSON.stringify({ names, asked: [...asked] }));`;
    const { stdout, stderr } = await node(["--eval", script], folder);
    expect(stderr).toBe("");
    const { names, asked } = JSON.parse(stdout) as { names: string[]; asked: string[] };
    expect(names).toEqual(["readStageRecords", "recordReached"]);
    expect(asked.filter((each) => !builtinModules.includes(each.replace(/^node:/, "")))).toEqual(["./stage-record.js"]);
  });
});

describe("the bundled client", () => {
  const records = `library.readStageRecords({ app: "shop" })`;

  beforeEach(() => {
    server.reset();
    for (let index = 10; index < 22; index += 1) server.put(`/migration/shop/m${index}/declared`, "expand");
    server.put("/migration/shop/m10/reached", "none");
  });

  it("reads all pages", async () => {
    const { status, stdout, stderr } = await onStageRecord(records, aws());
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const read = JSON.parse(stdout) as { migration: string }[];
    expect(read.map(({ migration }) => migration)).toEqual(Array.from({ length: 12 }, (_unused, i) => `m${i + 10}`));
    expect(read[0]).toEqual({
      app: "shop",
      migration: "m10",
      declared: "expand",
      reached: "none",
      dependents: [],
      lastModified: new Date(1_795_000_001_500).toISOString(),
    });
    expect(server.asked).toEqual(["GetParametersByPath", "GetParametersByPath"]);
  });

  it("writes what was reached, once", async () => {
    const call = `library.recordReached({ app: "shop", name: "m10" }, "expand", { stages: ["expand"] })`;
    expect((await onStageRecord(call, aws())).stdout).toBe('{"before":"none","changed":true}\n');
    expect((await onStageRecord(call, aws())).stdout).toBe('{"before":"expand","changed":false}\n');
    expect(server.asked).toEqual(["GetParameter", "PutParameter", "GetParameter"]);
    const absent = await onStageRecord(`library.recordReached({ app: "shop", name: "absent" }, "expand")`, aws());
    expect(absent.stdout).toContain("[STAGE_RECORD_ABSENT]");
  });

  it("asks again when it is throttled", async () => {
    server.refusals.push([400, "ThrottlingException"]);
    const { status, stdout } = await onStageRecord(records, aws());
    expect({ status, first: stdout.slice(0, 2) }).toEqual({ status: 0, first: "[{" });
  });

  it("says what is the matter with credentials, rights, the region and the network", async () => {
    server.refusals.push([400, "AccessDeniedException"]);
    expect((await onStageRecord(records, aws())).stdout).toMatch(/^\[STAGE_RECORD_ACCESS\] [\s\S]*of the test/);
    server.refusals.push([400, "ExpiredTokenException"]);
    expect((await onStageRecord(records, aws())).stdout).toMatch(/^\[STAGE_RECORD_CREDENTIALS\] /);
    const nobody = { ...noFiles, AWS_ENDPOINT_URL: endpoint, AWS_REGION: "eu-central-1" };
    expect((await onStageRecord(records, nobody)).stdout).toMatch(/^\[STAGE_RECORD_CREDENTIALS\] [\s\S]*AWS_PROFILE/);
    expect((await onStageRecord(records, noFiles)).stdout).toMatch(/^\[STAGE_RECORD_REGION\] [\s\S]*AWS_REGION/);
    const closed = { ...aws(), AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_MAX_ATTEMPTS: "1" };
    expect((await onStageRecord(records, closed)).stdout).toMatch(/^\[STAGE_RECORD_UNREACHABLE\] /);
  });

  it("serves the command line", async () => {
    server.put("/migration/shop/m10/reached", "expand");
    const main = path.join(root, "lib/cli/main.ts");
    const ran = await node(["--import", "tsx", main, "status", "--app", "shop"], root, {
      ...aws(),
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    });
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: "" });
    expect(ran.stdout).toMatch(
      /^eu-central-1\n\nmigration +declared +reached +state\nshop\.m10 +expand +expand +reached\n/,
    );
  });
});
