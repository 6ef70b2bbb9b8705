/**
 * ```ts
 * const checks = testRunners.flatMap((runner) => [...checkTestRunner(folder, runner), ...checkTestTypes(folder, runner)]);
 * ```
 *
 * Proves `cdktf-migration-patterns/testing` in a real run of a test runner, from the package as it is installed in a folder: what
 * should pass passes, and what should fail fails with a message that says what to do. The folder has the package, its peers and
 * the runner in its `node_modules`; what the proof writes is a folder in it.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** The runners in which the matchers are proven. */
export const testRunners = ["node", "jest", "vitest"] as const;

/** A runner of tests. */
export type TestRunner = (typeof testRunners)[number];

/** A question of the proof, and what is wrong where the answer is not the expected one. */
export interface RunnerCheck {
  readonly question: string;
  readonly problem?: string;
}

/** How a runner is started, and how a test is written for it. */
interface RunnerForm {
  /** The extension of a test. */
  readonly extension: string;
  /** Whether a test is CommonJS. */
  readonly commonJs: boolean;
  /** The import of the runner itself and of its matchers. */
  readonly runner: string;
  /** The command line behind `node`. */
  readonly command: (test: string) => readonly string[];
  readonly settings: Readonly<Record<string, string>>;
}

const forms: Readonly<Record<TestRunner, RunnerForm>> = {
  node: {
    extension: "mjs",
    commonJs: false,
    runner: `import { describe, it } from "node:test";`,
    command: (test) => ["--test", "--test-reporter=spec", test],
    settings: {},
  },
  jest: {
    extension: "js",
    commonJs: true,
    runner: `const { describe, expect, it } = require("@jest/globals");\nrequire("cdktf-migration-patterns/testing/jest");`,
    command: (test) => [
      "../node_modules/jest/bin/jest.js",
      "--rootDir=.",
      "--runInBand",
      "--cacheDirectory=cache",
      test,
    ],
    settings: { "package.json": "{}\n" },
  },
  vitest: {
    extension: "ts",
    commonJs: false,
    runner: `import { describe, expect, it } from "vitest";\nimport "cdktf-migration-patterns/testing/vitest";`,
    command: (test) => ["../node_modules/vitest/vitest.mjs", "run", "--root=.", test],
    settings: {},
  },
};

/** The modules of a test, with the names that are taken from them. ES modules need the file of a deep import. */
const imports = {
  "node:assert": ["strict as assert"],
  cdktf: ["TerraformStack", "Testing"],
  "@cdktf/provider-aws/lib/provider/index.js": ["AwsProvider"],
  "@cdktf/provider-aws/lib/s3-bucket/index.js": ["S3Bucket"],
  "cdktf-migration-patterns/infrastructure/lift-and-shift": ["LiftAndShift", "ServerImage"],
  "cdktf-migration-patterns/plan": ["rehearse"],
  "cdktf-migration-patterns/testing": [
    ...["assertBlockedBy", "assertFinding", "assertLosesNothing", "assertNoFinding", "assertReady", "assertVerdict"],
    ...["assessmentOf", "inventoryOf", "server", "synthesize"],
  ],
};

/** An app with one migration: as it should be, with a raw-device mapping, and with a bucket that a stage destroys. */
const createApp = `
const mapped = { disks: [{ name: "Hard disk 1", capacityMiB: 51200, kind: "raw-device-mapping" }] };
const ready = () => assessmentOf(inventoryOf(["web-01", server("db-01", { cpus: 8 })], { source: "estate.yaml" }));
const blocked = () => assessmentOf([server("db-01", mapped)]);

function createApp({ assessment = ready(), loses = false } = {}) {
  const app = Testing.app();
  const stack = new TerraformStack(app, "wave-1");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const migration = new LiftAndShift(stack, "servers", {
    app: "proof",
    assessment,
    stage: "replicate",
    rollback: { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14, rehearsedOn: "2026-01-10" },
    network: { cidr: "10.64.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] },
    images: ({ name, disks }) => ServerImage.diskImage("exports", disks.map((_disk, index) => name + "/" + index + ".vmdk")),
  });
  if (loses && migration.stage.name === "replicate") new S3Bucket(stack, "exports");
  return app;
}
`;

/** What holds, as a test of each kind of runner says it. */
const holds = {
  assertions: `
describe("what holds", () => {
  it("is ready", () => assertReady(createApp()));
  it("is synthesized", () => {
    assert.equal(Object.keys(synthesize(createApp()).stack("wave-1").resources("aws_instance")).length, 2);
  });
  it("is blocked, which CDKTF's own synth passes over", () => {
    const app = createApp({ assessment: blocked() });
    assertBlockedBy(app, "raw-device-mapping", { subject: "db-01" });
    assert.throws(() => synthesize(app), /raw-device-mapping on db-01/);
    assert.match(Testing.synth(app.node.findChild("wave-1")), /aws_instance/);
  });
  it("has findings", () => {
    assertFinding(blocked(), "raw-device-mapping", { severity: "blocker" });
    assertNoFinding(ready());
    assertVerdict(assessmentOf(["web-01"], { answers: { license_requirements: "unknown" } }), "incomplete");
  });
  it("loses nothing", async () => assertLosesNothing(await rehearse(() => createApp())));
});
`,
  matchers: `
describe("what holds", () => {
  it("is ready", () => expect(createApp()).toBeReady());
  it("is synthesized", () => {
    expect(Object.keys(synthesize(createApp()).stack("wave-1").resources("aws_instance"))).toHaveLength(2);
  });
  it("is blocked, which CDKTF's own synth passes over", () => {
    const app = createApp({ assessment: blocked() });
    expect(app).not.toBeReady();
    expect(app).toBeBlockedBy("raw-device-mapping", { subject: "db-01" });
    expect(() => synthesize(app)).toThrow(/raw-device-mapping on db-01/);
    expect(Testing.synth(app.node.findChild("wave-1"))).toMatch(/aws_instance/);
  });
  it("has findings", () => {
    expect(blocked()).toHaveFinding("raw-device-mapping", { severity: "blocker" });
    expect(ready()).not.toHaveFinding();
    expect(assessmentOf(["web-01"], { answers: { license_requirements: "unknown" } })).toHaveVerdict("incomplete");
  });
  it("loses nothing", async () => expect(await rehearse(() => createApp())).toLoseNothing());
});
`,
};

/** What does not hold: the test, and what its message must say. */
const fails: readonly { readonly assertion: string; readonly matcher: string; readonly says: readonly string[] }[] = [
  {
    assertion: "assertReady(createApp({ assessment: blocked() }))",
    matcher: "expect(createApp({ assessment: blocked() })).toBeReady()",
    says: [
      "expected the app to be ready, but 1 blocker stops it",
      "blocker raw-device-mapping on db-01: Hard disk 1 is a raw-device mapping",
      "remedy: ",
      `{ rule: "raw-device-mapping", subject: "db-01", reason: `,
    ],
  },
  {
    assertion: `assertFinding(blocked(), "raw-device-mapping", { subject: "web-01" })`,
    matcher: `expect(blocked()).toHaveFinding("raw-device-mapping", { subject: "web-01" })`,
    says: ["has a finding of raw-device-mapping on web-01, but it has none", "Near, but its subject is db-01"],
  },
  {
    assertion: `assertNoFinding(ready(), "raw-device-maping")`,
    matcher: `expect(ready()).not.toHaveFinding("raw-device-maping")`,
    says: ["TESTING_RULE_UNKNOWN", "write raw-device-mapping"],
  },
  {
    assertion: "assertLosesNothing(await rehearse(() => createApp({ loses: true })))",
    matcher: "expect(await rehearse(() => createApp({ loses: true }))).toLoseNothing()",
    says: ["expected that nothing is lost", "rehearsal-data-destroyed", "wave-1/aws_s3_bucket.exports"],
  },
];

/** Asks the runner everything in the folder. */
export function checkTestRunner(folder: string, runner: TestRunner): RunnerCheck[] {
  const form = forms[runner];
  const inside = path.join(folder, `testing-${runner}`);
  rmSync(inside, { recursive: true, force: true });
  mkdirSync(inside);
  for (const [name, text] of Object.entries(form.settings)) writeFileSync(path.join(inside, name), text);
  const run = (name: string, body: string): { readonly status: number | null; readonly output: string } => {
    const test = `${name}.test.${form.extension}`;
    writeFileSync(path.join(inside, test), [form.runner, importsFor(form), createApp, body].join("\n"));
    const { status, stdout, stderr } = spawnSync(process.execPath, form.command(test), {
      cwd: inside,
      encoding: "utf8",
      // Not what an outer run of jest or of node's runner tells its children.
      env: {
        PATH: process.env["PATH"],
        HOME: process.env["HOME"],
        TMPDIR: process.env["TMPDIR"],
        NO_COLOR: "1",
        CI: "true",
      },
    });
    return { status, output: plain(stdout + stderr) };
  };
  const held = run("holds", runner === "node" ? holds.assertions : holds.matchers);
  const expressionOf = (each: (typeof fails)[number]): string => (runner === "node" ? each.assertion : each.matcher);
  const failed = run(
    "fails",
    fails.map((each) => `it("fails", async () => {\n  ${expressionOf(each)};\n});\n`).join(""),
  );
  return [
    check(`${runner}: what holds passes`, held.status === 0 ? [] : [held.output]),
    check(`${runner}: what does not hold fails`, failed.status === 0 ? [failed.output] : []),
    ...fails.map((each) => {
      const missing = each.says.filter((text) => !failed.output.includes(text));
      const problems = missing.map((text) => `not said: ${text}`);
      return check(
        `${runner}: ${expressionOf(each)} says why`,
        missing.length === 0 ? [] : [...problems, failed.output],
      );
    }),
  ];
}

/** How the compiler is told of a runner: the imports of a test, and the types that are not imported. */
const typed: Readonly<Record<TestRunner | "jest with globals", { readonly imports: string; readonly types: string }>> =
  {
    node: { imports: `import { it } from "node:test";`, types: "node" },
    jest: {
      imports: `import { expect, it } from "@jest/globals";\nimport "cdktf-migration-patterns/testing/jest";`,
      types: "node",
    },
    "jest with globals": { imports: `import "cdktf-migration-patterns/testing/jest";`, types: "node,jest" },
    vitest: {
      imports: `import { expect, it } from "vitest";\nimport "cdktf-migration-patterns/testing/vitest";`,
      types: "node",
    },
  };

/** What compiles, and what must not: an error that does not come is one. */
const typedBodies = {
  assertions: `
import { assertFinding, assertReady, assertVerdict, assessmentOf } from "cdktf-migration-patterns/testing";
void it("compiles", () => {
  assertReady(assessmentOf());
  assertFinding(assessmentOf(), "os-unknown", { subject: /web/ });
  // @ts-expect-error nothing that has a verdict
  assertReady("{}");
  // @ts-expect-error no verdict
  assertVerdict(assessmentOf(), "fine");
});
`,
  matchers: `
import { assessmentOf } from "cdktf-migration-patterns/testing";
it("compiles", async () => {
  expect(assessmentOf()).toBeReady();
  expect(assessmentOf()).not.toHaveFinding("os-unknown", { subject: /web/ });
  await expect(Promise.resolve(assessmentOf())).resolves.toHaveVerdict("ready");
  // @ts-expect-error no verdict
  expect(assessmentOf()).toHaveVerdict("fine");
  // @ts-expect-error no condition
  expect(assessmentOf()).toHaveFinding("os-unknown", { subjet: "web-01" });
  // @ts-expect-error no matcher
  expect(assessmentOf()).toBeFine();
});
`,
};

/**
 * Asks the consumer's own compiler whether it knows the matchers of the runner. The folder has `typescript`, and what the tests
 * of the runner are typed by, in its `node_modules`.
 */
export function checkTestTypes(folder: string, runner: keyof typeof typed): RunnerCheck[] {
  const { imports: head, types } = typed[runner];
  const inside = path.join(folder, "testing-types");
  const body = runner === "node" ? typedBodies.assertions : typedBodies.matchers;
  return ["commonjs", "module"].map((type) => {
    rmSync(inside, { recursive: true, force: true });
    mkdirSync(inside);
    writeFileSync(path.join(inside, "package.json"), `${JSON.stringify({ type })}\n`);
    writeFileSync(path.join(inside, "typed.ts"), `${head}\n${body}`);
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "node16"];
    const compiler = path.join("..", "node_modules", "typescript", "bin", "tsc");
    const { status, stdout } = spawnSync(process.execPath, [compiler, ...options, "--types", types, "typed.ts"], {
      cwd: inside,
      encoding: "utf8",
    });
    return check(
      `${runner}: the compiler knows the matchers in a package of the type ${type}`,
      status === 0 ? [] : [stdout],
    );
  });
}

function check(question: string, problems: readonly string[]): RunnerCheck {
  return problems.length === 0 ? { question } : { question, problem: problems.join("\n") };
}

function importsFor({ commonJs }: RunnerForm): string {
  return Object.entries(imports)
    .map(([module, names]) =>
      commonJs
        ? `const { ${names.join(", ").replaceAll(" as ", ": ")} } = require("${module}");`
        : `import { ${names.join(", ")} } from "${module}";`,
    )
    .join("\n");
}

/** Returns the output without colours and without the signs with which runners begin a line. */
function plain(output: string): string {
  return output.replace(/\u001b\[[\d;]*m/g, "");
}
