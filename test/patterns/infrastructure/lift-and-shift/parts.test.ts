/** What the parts of a lift and shift add to it: one runbook, one list of findings, one list of what is required. */
import { describe, expect, it } from "@jest/globals";
import type { Construct } from "constructs";
import type { Finding } from "../../../../lib/core/finding";
import type { MigrationPart } from "../../../../lib/core/migration-part";
import type { RunbookStep } from "../../../../lib/core/stage";
import {
  LiftAndShift,
  type LiftAndShiftDeclaration,
  type LiftAndShiftSettings,
} from "../../../../lib/patterns/infrastructure/lift-and-shift";
import { ConfigurationCutover } from "../../../../lib/parts/configuration";
import { ValidationSuite } from "../../../../lib/parts/validation";
import { DatabaseMove, FileMove } from "../../../../lib/parts/data";
import { readyAssessment } from "../../../support/ready-assessment";
import { ground, ordersProps, reportsProps } from "../../../parts/data/fixtures";
import { AMI } from "./fixtures";
import { checkout, evidenceOf, HOME, latency, stackWithProviders, web } from "../../../parts/validation/fixtures";

const settings: LiftAndShiftSettings = {
  app: "shop",
  assessment: readyAssessment({ asOf: "2026-02-10" }),
  rollback: { owner: "migration lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 },
  network: { cidr: "10.20.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] },
  images: () => AMI,
};

function shopIn(declared: LiftAndShiftDeclaration = { stage: "replicate" }) {
  const { stack, usEast1 } = stackWithProviders();
  return { stack, usEast1, shop: new LiftAndShift(stack, "shop", { ...settings, ...declared }) };
}

function suiteOf(
  stack: Construct,
  migration: LiftAndShift,
  usEast1: ReturnType<typeof stackWithProviders>["usEast1"],
  id = "validation",
) {
  return new ValidationSuite(stack, id, {
    migration,
    name: id,
    region: HOME,
    healthCheckAlarms: { provider: usEast1 },
    healthChecks: { web },
    endToEndTests: { checkout },
    performance: { latency },
    minimumBakeHours: id === "validation" ? 100 : 72,
  });
}

const orders = (stack: Construct, migration: LiftAndShift) => ordersProps(ground(stack, ""), { migration });
const reports = (stack: Construct, migration: LiftAndShift) => reportsProps(ground(stack, ""), { migration });

/** What is found, but for what the wave and its fleet say of themselves. */
const ofParts = (shop: LiftAndShift): readonly Finding[] =>
  shop.evaluate().findings.filter(({ rule }) => !/^(?:fleet|lift-and-shift)-/.test(rule));

const titles = (steps: readonly RunbookStep[]): string[] => steps.map(({ title }) => title);

describe("a part of a lift and shift", () => {
  it("is one as soon as it is made, and takes stage and tags from it", () => {
    const { stack, usEast1, shop } = shopIn({ stage: "test" });
    const suite = suiteOf(stack, shop, usEast1);
    expect(shop.paths).toEqual(["stack/shop", "stack/validation"]);
    expect(suite.stage.name).toBe("test");
    expect(suite.phase).toBe("try");
    expect(suite.tags).toEqual({ "migration:pattern": "lift-and-shift" });
  });

  it("has what blocks a part block the migration, and a waiver cover it", () => {
    const configurationOf = (stack: Construct, migration: LiftAndShift, name = "db-01.example.internal"): void => {
      new ConfigurationCutover(stack, "configuration", {
        migration,
        application: "shop",
        environmentVariables: [{ name: "DATABASE_HOST", source: name, target: name }],
      });
    };
    const { stack, shop } = shopIn();
    expect(ofParts(shop)).toEqual([]);
    configurationOf(stack, shop);
    expect(ofParts(shop)).toMatchObject([
      { rule: "configuration-mentions-source", severity: "blocker", subject: "DATABASE_HOST" },
    ]);

    const waived = stackWithProviders().stack;
    const assessment = readyAssessment({
      asOf: "2026-02-10",
      waivers: [
        {
          rule: "configuration-mentions-source",
          subject: "DATABASE_HOST",
          reason: "the name follows the server in the private zone",
          approvedBy: "network team",
          expires: "2026-12-31",
        },
      ],
    });
    const again = new LiftAndShift(waived, "shop", { ...settings, assessment, stage: "replicate" });
    configurationOf(waived, again);
    expect(ofParts(again)).toMatchObject([{ waived: { approvedBy: "network team" } }]);
  });

  it("has the rules of every kind of part run", () => {
    const { stack, usEast1, shop } = shopIn();
    const parts: MigrationPart[] = [
      new DatabaseMove(stack, "orders", {
        ...orders(stack, shop),
        target: { ...orders(stack, shop).target, backupRetentionDays: 1 } as never,
      }),
      new FileMove(stack, "reports", { ...reports(stack, shop), verification: "none" }),
      new ValidationSuite(stack, "validation", {
        migration: shop,
        region: HOME,
        healthCheckAlarms: { provider: usEast1 },
        healthChecks: { web },
      }),
    ];
    const own = parts.flatMap((part) => part.findings()).map(({ rule }) => rule);
    expect(own).toEqual(
      expect.arrayContaining([
        "backup-retention-too-short",
        "file-move-without-verification",
        "validation-without-end-to-end",
      ]),
    );
    expect(
      ofParts(shop)
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(own.sort());
  });

  it("requires evidence of every alarm of every validation, for the longest of their times", () => {
    const { stack, usEast1, shop } = shopIn();
    expect(shop.required).toBeUndefined();
    const one = suiteOf(stack, shop, usEast1);
    const two = suiteOf(stack, shop, usEast1, "second");
    expect(shop.required).toEqual({
      alarmNames: [...one.alarmNames, ...two.alarmNames],
      minimumBakeHours: 100,
    });
  });

  it("closes the stage finalized until the evidence covers what the parts require", () => {
    const { stack, usEast1, shop } = shopIn({ stage: "finalized", evidence: evidenceOf("another-alarm") });
    suiteOf(stack, shop, usEast1);
    const rules = shop.evaluate().findings.map(({ rule }) => rule);
    expect(rules).toContain("finalized-validation-missing");
    expect(rules).toContain("finalized-bake-too-short");

    const ready = stackWithProviders();
    const done = new LiftAndShift(ready.stack, "shop", {
      ...settings,
      stage: "finalized",
      evidence: evidenceOf("second-health-web", "second-end-to-end-checkout", "second-performance-latency"),
    });
    suiteOf(ready.stack, done, ready.usEast1, "second");
    expect(done.evaluate().findings.filter(({ severity }) => severity === "blocker")).toEqual([]);
  });

  it("counts what the parts verify and which data they move", () => {
    const { stack, usEast1, shop } = shopIn({ stage: "test" });
    new DatabaseMove(stack, "orders", orders(stack, shop));
    new FileMove(stack, "reports", reports(stack, shop));
    suiteOf(stack, shop, usEast1);
    expect(shop.dataMoved).toEqual(["db-01", "orders", "reports"]);
    expect(shop.verifications.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "data-comparison rows of orders",
      "data-comparison files of reports",
      "health-check web",
      "end-to-end-test checkout",
      "performance-comparison latency",
    ]);
    expect(shop.verifications.map(({ alarm }) => [alarm?.name, alarm?.notifies, alarm?.region])).toEqual([
      ["orders-validation-failures", true, undefined],
      [undefined, undefined, undefined],
      ["validation-health-web", true, "us-east-1"],
      ["validation-end-to-end-checkout", true, undefined],
      ["validation-performance-latency", true, undefined],
    ]);
  });

  it("makes one runbook with one deployment in each transition, everybody's steps around it", () => {
    const { stack, usEast1, shop } = shopIn();
    new DatabaseMove(stack, "orders", orders(stack, shop));
    new ConfigurationCutover(stack, "configuration", {
      migration: shop,
      application: "shop",
      dnsRecords: [
        {
          fqdn: "www.example.com",
          zoneId: "Z1",
          source: { type: "A", values: ["192.0.2.1"] },
          target: { type: "A", values: ["192.0.2.2"] },
        },
      ],
    });
    suiteOf(stack, shop, usEast1);
    for (const { enter, reverse, name } of shop.procedure) {
      expect([name, enter.filter(({ deploys }) => deploys === true).length]).toEqual([name, 1]);
      if (Array.isArray(reverse)) {
        expect([name, (reverse as RunbookStep[]).filter(({ deploys }) => deploys === true).length]).toEqual([name, 1]);
      }
      // Nobody is told the same thing twice.
      expect(new Set(titles(enter)).size).toBe(enter.length);
    }
    const cutover = shop.procedure.find(({ name }) => name === "cutover");
    expect(titles(cutover?.enter ?? [])).toEqual([
      "Decide to go, with the owner of the rollback present",
      "Stop the application at the source",
      "Bring the servers' own disks up to date",
      "Delete the copy of orders that the testers worked on",
      "Close the source of orders to all writers",
      "Wait until all changes of orders are applied",
      "Check that every table of orders is validated",
      "Stop the replication of orders",
      "Set sequences and identity columns of orders beyond the highest value, and enable triggers and constraints",
      "Declare the stage cutover and deploy",
      "Wait 60 seconds, until old answers have expired in every cache",
      "Query DNS for www.example.com",
      "Watch the alarms of validation",
      "Watch the alarms of validation, in us-east-1",
      "Check the application at the target with production traffic",
    ]);
    const back = titles(cutover?.reverse as RunbookStep[]);
    const deployment = back.indexOf("Declare the stage test and deploy");
    expect(
      back.indexOf("Export what was written to the target of orders since the cut-over and apply it to the source"),
    ).toBeLessThan(deployment);
    expect(back.findIndex((title) => title.startsWith("Replicate orders anew"))).toBeGreaterThan(deployment);
  });
});
