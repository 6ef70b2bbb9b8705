import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, Lazy, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Assessment } from "../../lib/assessment/assessment";
import { isBlocking } from "../../lib/core/finding";
import { Migration } from "../../lib/core/migration";
import { MigrationPart } from "../../lib/core/migration-part";
import type { PartSteps } from "../../lib/core/part-steps";
import type { Phase } from "../../lib/core/phase";
import { Stages } from "../../lib/core/stage";
import type { Waiver } from "../../lib/core/waiver";
import { MigrationPlan } from "../../lib/plan/migration-plan";
import type { MigrationPlanProps, PlanEntry } from "../../lib/plan/plan-props";
import { readyAssessment } from "../support/ready-assessment";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { thrown } from "../support/thrown";
import { ToyMigration, toyStages, type ToyProps } from "../support/toy-migration";

const region = "eu-central-1";
const topicArns = ["arn:aws:sns:eu-central-1:111122223333:alarms"];
const folder = makeTemporaryFolder("migration-plan");
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const alarm = (name: string) => ({
  name,
  arn: `arn:aws:cloudwatch:${region}:111122223333:alarm:${name}`,
  notifies: true,
});

/** Of whom nothing is left to be said: every kind of verification, with alarms. */
const verified: ToyProps["verifications"] = [
  { kind: "end-to-end-test", name: "order", alarm: alarm("order") },
  { kind: "performance-comparison", name: "latency", alarm: alarm("latency") },
  { kind: "data-comparison", name: "row counts" },
];

const connected: ToyProps["verifications"] = [{ kind: "connectivity", name: "tunnel", alarm: alarm("tunnel-down") }];

interface Made {
  readonly app: App;
  readonly stack: TerraformStack;
  readonly network: ToyMigration;
  readonly servers: ToyMigration;
  readonly plan: MigrationPlan;
}

function make(
  over: Partial<MigrationPlanProps> = {},
  of: { readonly waivers?: readonly Waiver[]; readonly servers?: ToyProps } = {},
): Made {
  const assessment = readyAssessment(of.waivers === undefined ? {} : { waivers: of.waivers });
  const app = new App({ outdir: mkdtempSync(path.join(folder, "out-")) });
  const stack = new TerraformStack(app, "stack");
  new AwsProvider(stack, "aws", { region });
  const network = new ToyMigration(stack, "network", {
    assessment,
    verifications: connected,
    stage: "serve",
    role: "connection",
  });
  const servers = new ToyMigration(stack, "servers", {
    assessment,
    servers: ["web-01", "app-01", "db-01"],
    role: "workload",
    verifications: verified,
    dependsOn: [{ migration: network, reached: "serve" }],
    ...of.servers,
  });
  const plan = new MigrationPlan(stack, "plan", {
    title: "Shop",
    assessment,
    migrations: [network, servers],
    waves: { calendar: { firstDay: "2026-02-07", everyDays: 7 }, window: { minutes: 240 } },
    stakeholders: [{ name: "service desk", role: "first contact", channel: "phone bridge" }],
    metrics: { region, topicArns },
    ...over,
  });
  return { app, stack, network, servers, plan };
}

const closing = Stages.of([
  { name: "serve", phase: "serve", summary: "it serves", trafficShare: 1, enter: [], reverse: [] },
  {
    name: "close",
    phase: "final",
    summary: "the source is gone",
    trafficShare: 1,
    enter: [],
    reverse: { irreversible: "it is gone" },
  },
] as const);

/** A part that has a step of its own when its migration begins to serve. */
class LatePart extends MigrationPart {
  constructor(scope: Construct, id: string, migration: Migration) {
    super(scope, id, { migration });
  }

  protected override stepsInto(phase: Phase): PartSteps {
    const step = { title: "Do what was made later", owner: "lead", expect: "it is done", minutes: 1 };
    return phase === "serve" ? { enter: [step] } : {};
  }
}

/** Carries all traffic before its last stage. */
class ClosingMigration extends Migration<"serve" | "close"> {
  constructor(scope: Construct, id: string, assessment: Assessment) {
    const rollback = { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 };
    const profile = { name: "closing", title: "Closing", category: "service", useCase: "tests" } as const;
    super(
      scope,
      id,
      { app: "shop", assessment, stage: "serve", rollback },
      { profile, role: "service", stages: closing },
    );
  }
}

const rolling = Stages.of(
  [0, 10, 100].map((share) => ({
    name: `to-${share}`,
    phase: share === 0 ? ("prepare" as const) : ("serve" as const),
    window: false,
    summary: "it is rolled out",
    trafficShare: share / 100,
    enter: [],
    reverse: [],
  })),
);

/** Is rolled out by daylight. */
class RolloutMigration extends Migration {
  constructor(scope: Construct, id: string, assessment: Assessment, wave: string) {
    const rollback = { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 };
    const profile = { name: "rollout", title: "Rollout", category: "service", useCase: "tests" } as const;
    const props = { app: "shop", assessment, stage: "to-0", rollback, wave };
    super(scope, id, props, { profile, role: "routing", stages: rolling });
  }
}

function written({ app }: Made): string[] {
  return readdirSync(app.outdir, { recursive: true }).map(String);
}

describe("a plan", () => {
  const made = make();
  const { document } = made.plan;

  it("has the foundation before the first wave, and each wave with its day, window, migrations and moves", () => {
    expect(document.waves).toEqual([
      { name: "foundation", migrations: ["stack/network"], moves: [], groups: [], estateShare: 0 },
      {
        name: "wave-1",
        number: 1,
        day: "2026-02-07",
        window: { minutes: 240 },
        migrations: ["stack/servers"],
        moves: ["app-01", "db-01", "web-01"],
        groups: [["app-01", "db-01", "web-01"]],
        estateShare: 1,
      },
    ]);
  });

  it("reads of each migration what every pattern has", () => {
    expect(
      document.migrations.map(({ path: of, pattern, role, wave, stage }) => [of, pattern, role, wave, stage]),
    ).toEqual([
      ["stack/network", "toy", "connection", "foundation", "serve"],
      ["stack/servers", "toy", "workload", "wave-1", "prepare"],
    ]);
    expect(document.migrations.map(({ dependsOn }) => dependsOn)).toEqual([
      [],
      [{ migration: "stack/network", reached: "serve", before: "serve" }],
    ]);
    expect(document.migrations[1]?.stages.map(({ name }) => name)).toEqual(["prepare", "try", "serve"]);
    expect(document.migrations.map(({ region, sourceFile }) => [region, sourceFile])).toEqual([
      ["eu-central-1", "test/support/toy-migration.ts"],
      ["eu-central-1", "test/support/toy-migration.ts"],
    ]);
    expect(document.migrations[1]?.verifications).toEqual([
      { kind: "end-to-end-test", name: "order", alarm: "order", notifies: true },
      { kind: "performance-comparison", name: "latency", alarm: "latency", notifies: true },
      { kind: "data-comparison", name: "row counts", notifies: false },
    ]);
  });

  it("keeps an alarm of which only Terraform knows the name", () => {
    const unnamed = { ...alarm("answers"), name: Lazy.stringValue({ produce: () => "answers" }) };
    const verifications = [{ kind: "health-check", name: "answers", alarm: unnamed }] as const;
    const made = make({}, { servers: { verifications, stage: "serve" } });
    expect(made.plan.document.migrations[1]?.verifications).toEqual([
      { kind: "health-check", name: "answers", unnamedAlarm: true, notifies: true },
    ]);
    expect(made.plan.document.findings.filter(({ rule }) => rule === "rollback-no-alarm")).toEqual([]);
    expect(JSON.stringify(made.plan.document)).not.toMatch(/TfToken/);
  });

  it("has the size of the estate, its networks and its dependencies, each once", () => {
    expect(document.estate).toEqual({
      servers: 3,
      applications: 1,
      databases: 1,
      flows: 2,
      cpus: 14,
      memoryMiB: 86_016,
      storageMiB: 153_600,
    });
    expect(document.networks).toEqual([
      { name: "data centre", cidr: "10.10.0.0/16", side: "source" },
      { name: "vpc", cidr: "10.20.0.0/16", side: "target" },
    ]);
    expect(document.dependencies.filter(({ synchronous }) => synchronous)).toEqual([
      { from: "web-01", to: "app-01", label: "tcp/8080", synchronous: true, crosses: false },
      { from: "app-01", to: "db-01", label: "tcp/5432", synchronous: true, crosses: false },
    ]);
    expect(document.moves.map(({ name, wave, migration }) => [name, wave, migration])).toContainEqual([
      "web-01",
      "wave-1",
      "stack/servers",
    ]);
  });

  it("has what nobody has decided, where there is something", () => {
    expect(document).not.toHaveProperty("undecided");
    expect(make({ undecided: [] }).plan.document).not.toHaveProperty("undecided");
    expect(make({ undecided: ["settings.ts: the region"] }).plan.document.undecided).toEqual([
      "settings.ts: the region",
    ]);
  });

  it("is data: nothing in it is a token, and it is the same each time it is asked for", () => {
    expect(JSON.stringify(document)).not.toMatch(/\$\{|TfToken/);
    expect(JSON.stringify(make().plan.document)).toBe(JSON.stringify(document));
  });

  it("is ready where nothing blocks, and names its dashboard, its stop alarm and the thirteen metrics", () => {
    expect(document.findings.filter(isBlocking)).toEqual([]);
    expect(document.verdict).toBe("ready");
    expect([document.dashboard, document.stopAlarm]).toEqual(["stack-plan", "stack-plan-stop-the-migration"]);
    expect(document.metrics).toHaveLength(13);
    expect(document.communications.alarmsNotify).toBe(true);
  });

  it("counts as done what has reached its last stage, and not what only carries all traffic", () => {
    const done = (plan: MigrationPlan) =>
      plan.metrics?.publications.find(({ id }) => id === "migration-completion-rate")?.command.split("--value ")[1];
    expect(done(made.plan)).toBe("50");
    const { app, plan } = make();
    const stack = new TerraformStack(app, "third");
    const settings = { title: "Shop", assessment: plan.assessment, metrics: { region, topicArns } };
    const serving = new ClosingMigration(stack, "closing", plan.assessment);
    expect(done(new MigrationPlan(stack, "plan", { ...settings, migrations: [serving] }))).toBe("0");
  });

  it("writes its runbook beside the Terraform", () => {
    made.app.synth();
    expect(written(made)).toEqual(expect.arrayContaining(["stacks/stack/runbook.md", "stacks/stack/runbook.json"]));
    const text = readFileSync(path.join(made.app.outdir, "stacks/stack/runbook.md"), "utf8");
    expect(text).toContain("Shop");
  });
});

describe("a plan that something is wrong with", () => {
  const unrehearsed: ToyProps = {
    stage: "serve",
    rollback: { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 },
  };
  const waiver: Waiver = {
    rule: "rollback-not-rehearsed",
    subject: "stack/servers",
    reason: "rehearsed by hand on a copy last week",
    approvedBy: "CTO",
    expires: "2026-12-31",
  };

  it("stops the synthesis of all its migrations, with nothing written", () => {
    const made = make({}, { servers: unrehearsed });
    expect(made.plan.document.verdict).toBe("blocked");
    expect(() => {
      made.app.synth();
    }).toThrow(/rollback-not-rehearsed on stack\/servers/);
    expect(written(made).filter((name) => name.endsWith("cdk.tf.json"))).toEqual([]);
  });

  it("goes on where a waiver of the assessment accepts it, and shows the waived finding", () => {
    const made = make({}, { servers: unrehearsed, waivers: [waiver] });
    const found = made.plan.document.findings.find(({ rule }) => rule === "rollback-not-rehearsed");
    expect(found?.waived?.approvedBy).toBe("CTO");
    expect(made.plan.document.verdict).toBe("ready");
    made.app.synth();
    expect(written(made)).toContain("stacks/stack/cdk.tf.json");
  });

  it("is blocked where a cut-over does not fit the change window", () => {
    const made = make({ waves: { window: { minutes: 9 } } });
    expect(made.plan.document.findings.filter(isBlocking).map(({ rule, message }) => [rule, message])).toEqual([
      ["wave-oversized", "the cut-over takes 10 minutes, and the change window of wave-1 has 9: app-01, db-01, web-01"],
    ]);
    const widened = make({ waves: { window: { minutes: 9 }, windows: { "wave-1": { minutes: 240 } } } });
    expect(widened.plan.document.findings.filter(isBlocking)).toEqual([]);
  });

  it("shows what is true for each synthesis, not what an earlier one has kept", () => {
    const made = make();
    const text = (): string => readFileSync(path.join(made.app.outdir, "stacks/stack/runbook.md"), "utf8");
    made.app.synth();
    expect(text()).not.toContain("made later");
    new LatePart(made.stack, "late", made.servers);
    made.app.synth();
    expect(text()).toContain("made later");
  });

  it("is blocked by what blocks one of its migrations", () => {
    const made = make({ waves: { limits: { moves: 1 } } });
    expect(made.plan.document.findings.filter(isBlocking).map(({ rule }) => rule)).toContain("wave-oversized");
  });
});

describe("a plan that is impossible", () => {
  const code = (over: (made: Made) => Partial<MigrationPlanProps>): string => {
    const made = make();
    const props = { title: "Shop", assessment: made.plan.assessment, migrations: [made.network, made.servers] };
    return thrown(() => new MigrationPlan(made.stack, "second", { ...props, ...over(made) })).code;
  };

  it.each<[string, string, (made: Made) => Partial<MigrationPlanProps>]>([
    ["no migration", "PLAN_MIGRATIONS", () => ({ migrations: [] })],
    ["a migration twice", "PLAN_MIGRATIONS", ({ network }) => ({ migrations: [network, network] })],
    [
      "a dependency that the plan says and not the migration, as JavaScript may",
      "MIGRATION_PLAN_MIGRATIONS",
      ({ network, servers }) => ({ migrations: [{ migration: servers, dependsOn: [network] } as PlanEntry] }),
    ],
    [
      "a server that two migrations move",
      "PLAN_MIGRATIONS",
      ({ stack, servers }) => ({ migrations: [servers, new ToyMigration(stack, "again", { servers: ["web-01"] })] }),
    ],
    [
      "a stakeholder without a channel",
      "PLAN_STAKEHOLDER",
      () => ({ stakeholders: [{ name: "a", role: "b", channel: " " }] }),
    ],
    [
      "a stakeholder twice",
      "PLAN_STAKEHOLDER",
      () => ({ stakeholders: ["b", "c"].map((role) => ({ name: "a", role, channel: "d" })) }),
    ],
    ["a window of no time", "PLAN_WINDOW", () => ({ waves: { window: { minutes: 0 } } })],
    [
      "a wave's window of no time",
      "MIGRATION_PLAN_WAVES",
      () => ({ waves: { windows: { "wave-1": { minutes: Number.NaN } } } }),
    ],
    [
      "a stakeholder of a wave that the plan does not have",
      "PLAN_STAKEHOLDER",
      () => ({ stakeholders: [{ name: "a", role: "b", channel: "c", waves: ["wave-1", "wave-22"] }] }),
    ],
    [
      "the window of a wave that the plan does not have",
      "PLAN_WINDOW",
      () => ({ waves: { windows: { "wave-44": { minutes: 60 } } } }),
    ],
    ["a negative round trip", "PLAN_WINDOW", () => ({ waves: { roundTripMilliseconds: -1 } })],
    [
      "an excluded server that is not there",
      "PLAN_EXCLUDED",
      () => ({ waves: { excluded: [{ name: "x", reason: "y" }] } }),
    ],
    ["a threshold out of range", "PLAN_THRESHOLDS", () => ({ thresholds: { largestWaveShare: 2 } })],
  ])("is refused: %s", (_, expected, over) => {
    expect(code(over)).toBe(expected);
  });
});

describe("a plan of which a migration waits for one that it does not have", () => {
  it("calls it by the path of its parameters, whether it is of this app or of another", () => {
    const office = Migration.fromParameterPath("/migration/network/office", toyStages);
    const { app, stack, network, servers, plan } = make();
    const late = new ToyMigration(stack, "late", {
      assessment: plan.assessment,
      verifications: verified,
      dependsOn: [
        { migration: office, reached: "serve" },
        { migration: servers, reached: "try", before: "try" },
      ],
    });
    const second = new MigrationPlan(new TerraformStack(app, "other"), "second", {
      title: "Shop",
      assessment: plan.assessment,
      migrations: [network, late],
    });
    expect(second.document.migrations.at(-1)?.dependsOn).toEqual([
      { migration: "/migration/network/office", reached: "serve", before: "serve" },
      { migration: "/migration/toys/stack-servers", reached: "try", before: "try" },
    ]);
  });
});

describe("the window of a wave", () => {
  it("is not taken from the plan where all that moves in it is rolled out by daylight", () => {
    const waves = { window: { minutes: 240 }, limits: { moves: 3 } };
    const { app, stack, plan } = make();
    const settings = { title: "Shop", assessment: plan.assessment, waves };
    const rollout = new RolloutMigration(stack, "rollout", plan.assessment, "wave-7");
    const windows = (id: string, over: Partial<MigrationPlanProps>) =>
      new MigrationPlan(new TerraformStack(app, id), "plan", {
        ...settings,
        migrations: [rollout],
        ...over,
      }).document.waves.map(({ name, window }) => [name, window?.minutes]);
    expect(windows("a", {})).toEqual([
      ["wave-1", 240],
      ["wave-7", undefined],
    ]);
    expect(windows("b", { waves: { ...waves, windows: { "wave-7": { minutes: 60 } } } })).toContainEqual([
      "wave-7",
      60,
    ]);
  });
});

describe("the waves that a plan names", () => {
  it("are those that it has, which the error lists", () => {
    const stakeholders = [{ name: "a", role: "b", channel: "c", waves: ["wave-22"] }];
    expect(thrown(() => make({ stakeholders }))).toMatchObject({
      path: "stakeholders[0].waves[0]",
      received: "wave-22",
      allowed: "a wave of the plan: foundation, wave-1",
    });
  });

  it("may be the foundation, which has a window where it is named", () => {
    const stakeholders = [{ name: "a", role: "b", channel: "c", waves: ["foundation"] }];
    const { plan } = make({ stakeholders, waves: { windows: { foundation: { minutes: 60 } } } });
    expect(plan.document.waves.map(({ window }) => window)).toEqual([{ minutes: 60 }, undefined]);
  });
});

describe("the rehearsal of a plan", () => {
  const leftover = (expires: string): Waiver => ({
    rule: "rehearsal-data-destroyed",
    reason: "a dump is kept for a year",
    approvedBy: "dba",
    expires,
  });

  it("reports waivers that are past their last day, and those that cover nothing", async () => {
    const found = async (expires: string, migrations?: string[]): Promise<string[]> => {
      const of = { waivers: [leftover(expires)] };
      const { findings } = await make({}, of).plan.rehearse(
        () => make({}, of).app,
        migrations === undefined ? {} : { migrations },
      );
      return findings.map(({ rule }) => rule).filter((rule) => rule.startsWith("waiver-"));
    };
    expect(await found("2026-12-31")).toEqual(["waiver-unused"]);
    expect(await found("2025-12-31")).toEqual(["waiver-expired"]);
    // It may be for the migration that is not rehearsed.
    expect(await found("2026-12-31", ["stack/network"])).toEqual([]);
    expect(await found("2025-12-31", ["stack/network"])).toEqual(["waiver-expired"]);
  });

  it("walks its own migrations forward and back, with its waivers and its day", async () => {
    const { plan } = make();
    const rehearsal = await plan.rehearse(() => make().app);
    const walked = rehearsal.transitions.map(({ migration, from, to, direction }) => [migration, direction, from, to]);
    expect(walked).toEqual(
      expect.arrayContaining([
        ["stack/servers", "forward", "prepare", "try"],
        ["stack/servers", "back", "serve", "try"],
      ]),
    );
    expect(rehearsal.findings.filter(isBlocking)).toEqual([]);
  });
});
