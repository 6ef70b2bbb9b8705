/** Every part of the library in every pattern: it has steps to add to the runbook, or is refused when it is made. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { describe, expect, it } from "@jest/globals";
import { TerraformStack, Testing } from "cdktf";
import type { MigrationError } from "../../lib/core/error";
import { MigrationPart, type MigrationHost } from "../../lib/core/migration-part";
import type { Phase } from "../../lib/core/phase";
import { isReversible, Stages, type RunbookStep } from "../../lib/core/stage";
import type { Assessment } from "../../lib/assessment/assessment";
import { ConfigurationCutover } from "../../lib/parts/configuration";
import { ConfigurationFiles, DatabaseMove, FileMove } from "../../lib/parts/data";
import { ValidationSuite } from "../../lib/parts/validation";
import { hybridCloudStages } from "../../lib/patterns/infrastructure/hybrid-cloud/stages";
import { planReplication, ReplicationExport } from "../../lib/patterns/infrastructure/lift-and-shift/replication";
import { liftAndShiftStages } from "../../lib/patterns/infrastructure/lift-and-shift/stages";
import { Routing } from "../../lib/patterns/infrastructure/multi-cloud/routing";
import { routingStages } from "../../lib/patterns/infrastructure/multi-cloud/stages";
import { existing } from "../patterns/infrastructure/lift-and-shift/fixtures";
import { estate } from "../patterns/infrastructure/lift-and-shift/replication/fixtures";
import { twoClouds } from "../patterns/infrastructure/multi-cloud/intents";
import { StagedMigration, stagesOf } from "../support/toy-migration";
import { ground, ordersProps, reportsProps, shopProps } from "./data/fixtures";
import { balancer, checkout } from "./validation/fixtures";

type Make = (stack: TerraformStack, migration: MigrationHost<Assessment>) => MigrationPart;

const replication =
  (tools: readonly ("mgn" | "cloud-migration-factory")[]): Make =>
  (stack, migration) =>
    new ReplicationExport(stack, "part", {
      migration,
      plan: planReplication({ servers: estate.servers, network: existing }),
      accountId: "123456789012",
      region: "eu-central-1",
      tools,
    });

const parts: Readonly<Record<string, Make>> = {
  "DatabaseMove by DMS": (stack, migration) =>
    new DatabaseMove(stack, "part", ordersProps(ground(stack, ""), { migration })),
  "DatabaseMove by backup and restore": (stack, migration) =>
    new DatabaseMove(stack, "part", ordersProps(ground(stack, ""), { migration, method: { kind: "backup-restore" } })),
  FileMove: (stack, migration) => new FileMove(stack, "part", reportsProps(ground(stack, ""), { migration })),
  ConfigurationFiles: (stack, migration) => new ConfigurationFiles(stack, "part", shopProps(stack, { migration })),
  ConfigurationCutover: (stack, migration) =>
    new ConfigurationCutover(stack, "part", {
      migration,
      application: "shop",
      environmentVariables: [{ name: "HOST", source: "old", target: "new" }],
      dnsRecords: [
        {
          fqdn: "www.example.com",
          source: { type: "A", values: ["203.0.113.10"] },
          target: { type: "A", values: ["198.51.100.7"] },
        },
      ],
    }),
  ValidationSuite: (stack, migration) =>
    new ValidationSuite(stack, "part", {
      migration,
      region: "eu-central-1",
      healthChecks: { balancer },
      endToEndTests: { checkout },
    }),
  "ReplicationExport for MGN": replication(["mgn"]),
  "ReplicationExport for Cloud Migration Factory": replication(["cloud-migration-factory"]),
};

const routing = Routing.parse(twoClouds);
const toys: readonly (readonly Phase[])[] = [
  ["prepare", "serve", "final"],
  ["prepare", "prepare", "try", "serve", "serve", "final"],
  ["try", "try", "final"],
  ["try", "serve", "final"],
  ["prepare", "serve", "serve", "final"],
];
const patterns: readonly (readonly [string, Stages])[] = [
  ["LiftAndShift", liftAndShiftStages],
  ["HybridCloud", hybridCloudStages],
  ["MultiCloudRouting", routingStages(routing, twoClouds.schedule.steps)],
  ...toys.map((phases) => [phases.join(", "), stagesOf(phases)] as const),
];

const cases = Object.entries(parts).flatMap(([part, make]) =>
  patterns.map(([pattern, stages]) => [part, pattern, make, stages] as const),
);

/** Makes the part in the pattern's first stage; gives back why it was refused, where it was. */
function made(make: Make, stages: Stages): { migration: StagedMigration; part?: MigrationPart; refused?: string } {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const migration = new StagedMigration(stack, "migration", { stages });
  try {
    return { migration, part: make(stack, migration) };
  } catch (error) {
    return { migration, refused: (error as MigrationError).code };
  }
}

const deployments = (steps: readonly RunbookStep[]): number => steps.filter(({ deploys }) => deploys === true).length;

/** The pattern of a stage's name in the text of a step. */
const STAGE = /\bthe stage ([\w.-]+)/g;

describe.each(cases)("%s in %s", (_part, _pattern, make, stages) => {
  const { migration, part, refused } = made(make, stages);

  it("has steps in a transition, or is refused where it is made", () => {
    if (part === undefined) {
      expect(refused).toBe("MIGRATION_PART_PHASE");
      return;
    }
    const transitions = [...stages].map((to) => part.stepsOf({ from: stages.before(to.name), to }));
    expect(transitions.some(({ enter = [] }) => enter.length > 0)).toBe(true);
    for (const { enter = [], reverse = [] } of transitions) {
      expect(deployments(enter)).toBeLessThanOrEqual(1);
      expect(deployments(reverse)).toBeLessThanOrEqual(1);
    }
  });

  it("leaves one deployment in each transition, forward and back", () => {
    for (const stage of migration.procedure) {
      expect([stage.name, deployments(stage.enter)]).toEqual([stage.name, 1]);
      if (isReversible(stage)) expect([stage.name, deployments(stage.reverse)]).toEqual([stage.name, 1]);
    }
  });

  it("names no stage that the pattern does not have", () => {
    if (part === undefined) return;
    for (const to of stages) {
      const { enter = [], reverse = [] } = part.stepsOf({ from: stages.before(to.name), to });
      for (const { title, expect: expected } of [...enter, ...reverse]) {
        const text = `${title}: ${expected}`;
        const named = [...text.matchAll(STAGE)].flatMap(([, name]) => name ?? []);
        expect([text, named.filter((name) => !stages.has(name))]).toEqual([text, []]);
        if (!stages.has("cutover")) expect(text).not.toMatch(/\b(?:cutover|finalized)\b/);
        expect(text).not.toMatch(/undefined/);
      }
    }
  });
});

describe("the parts in the patterns of the library", () => {
  it("are refused nowhere but where there is nothing to say", () => {
    const refused = cases
      .filter(([, , make, stages]) => made(make, stages).refused !== undefined)
      .map(([part, pattern]) => `${part} in ${pattern}`);
    expect(refused).toEqual([
      "ReplicationExport for Cloud Migration Factory in try, try, final",
      "ReplicationExport for Cloud Migration Factory in try, serve, final",
    ]);
  });
});

describe("a migration that begins with a trial", () => {
  it("makes everything first, and then tries it", () => {
    const stages = stagesOf(["try", "serve", "final"]);
    const { migration } = made(parts["DatabaseMove by DMS"]!, stages);
    const [first] = migration.procedure;
    const titles = (first?.enter ?? []).map(({ title }) => title);
    const at = (begin: string): number => titles.findIndex((title) => title.startsWith(begin));
    expect(at("Deploy try-1")).toBeLessThan(at("Start the replication"));
    expect(at("Start the replication")).toBeLessThan(at("Check that every table"));
    expect(at("Check that every table")).toBeLessThan(at("Create a copy"));
  });
});

describe("a migration that leaves the trial out", () => {
  const stages = stagesOf(["prepare", "serve", "final"]);
  const into = (part: string): string[] => {
    const { migration } = made(parts[part]!, stages);
    return (migration.procedure[1]?.enter ?? []).map(({ title }) => title);
  };

  it("makes no copy for testers, and deletes none", () => {
    expect(into("DatabaseMove by DMS").join()).not.toMatch(/copy|tester/);
    expect(into("DatabaseMove by backup and restore").join()).not.toMatch(/testers work/);
  });

  it("waits for the usual time to live, which nothing has lowered, and writes versions down before they change", () => {
    const titles = into("ConfigurationCutover");
    expect(titles).toContain("Wait 300 seconds, until old answers have expired in every cache");
    const versions = titles.findIndex((title) => title.startsWith("Write down the versions"));
    expect(versions).toBeGreaterThan(-1);
    expect(versions).toBeLessThan(titles.indexOf("Deploy serve-1"));
  });

  it("tests what a replication tool launches before the cut-over instances are launched", () => {
    const titles = into("ReplicationExport for MGN");
    expect(titles.indexOf("Launch a test instance of every server")).toBeLessThan(
      titles.indexOf("Launch the cut-over instance of every server"),
    );
    expect(titles.indexOf("Launch the cut-over instance of every server")).toBeLessThan(
      titles.indexOf("Deploy serve-1"),
    );
  });

  it("places configuration files with the cut-over, and puts the old ones back on the way back", () => {
    expect(into("ConfigurationFiles").filter((title) => title.startsWith("Check"))).toEqual([
      "Check that shop-configuration has placed its files on every server",
    ]);
    const { migration } = made(parts["ConfigurationFiles"]!, stages);
    const back = migration.procedure[1]?.reverse as readonly RunbookStep[];
    expect(back.map(({ title }) => title)).toEqual([
      "Deploy prepare-1",
      "Restore the files that shop-configuration replaced",
    ]);
    expect(back[0]?.expect).toContain("the association shop-configuration is destroyed");
  });
});
