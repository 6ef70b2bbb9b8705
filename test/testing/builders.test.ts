import { describe, expect, it } from "@jest/globals";
import { TerraformStack, Testing } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LiftAndShift, ServerImage } from "cdktf-migration-patterns/infrastructure/lift-and-shift";
import { assessmentOf, checklistFor, inventoryOf, server, TEST_DAY } from "cdktf-migration-patterns/testing";
import "cdktf-migration-patterns/testing/jest";
import * as fc from "fast-check";
import { thrown } from "../support/thrown";

describe("server", () => {
  it("is complete, with what the test changes", () => {
    const [web] = inventoryOf([
      server("web-01", { os: "Windows Server 2019", disksGiB: [80, 500], tier: "web" }),
    ]).servers;
    expect(web).toMatchObject({
      os: { family: "windows", name: "Windows Server 2019", version: "2019" },
      disks: [{ capacityMiB: 81_920 }, { capacityMiB: 512_000 }],
      tier: "web",
    });
    expect(server("a", { os: { family: "other" } }).os).toEqual({ family: "other" });
    expect(server("a", { disks: [] }).disks).toEqual([]);
  });
});

describe("inventoryOf", () => {
  it("gives each server an address of its own, and leaves those that have one", () => {
    const { servers } = inventoryOf([
      "a",
      server("b", { nics: [{ addresses: ["10.10.0.11"] }] }),
      "c",
      server("d", { nics: [] }),
    ]);
    expect(servers.map(({ nics }) => nics.flatMap(({ addresses }) => addresses))).toEqual([
      ["10.10.0.12"],
      ["10.10.0.11"],
      ["10.10.0.13"],
      [],
    ]);
  });

  it("reads flows as they are spoken", () => {
    const { flows } = inventoryOf(["web-01"], {
      flows: [
        "web-01 -> db-01:5432",
        " app 1 ->dns-01:53/udp ",
        "a -> b",
        { source: "c", destination: "fd00::1", port: 443 },
      ],
    });
    expect(flows).toEqual([
      { source: "web-01", destination: "db-01", port: 5432, protocol: "tcp" },
      { source: "app 1", destination: "dns-01", port: 53, protocol: "udp" },
      { source: "a", destination: "b", protocol: "tcp" },
      { source: "c", destination: "fd00::1", port: 443, protocol: "tcp" },
    ]);
  });

  it.each(["web-01", "web-01 -> ", "-> db-01:1", "a -> b:http", "a -> fd00::1:443"])("refuses the flow %j", (flow) => {
    expect(thrown(() => inventoryOf(["a"], { flows: [flow] }))).toMatchObject({ code: "TESTING_FLOW", received: flow });
  });

  it("refuses what no inventory has", () => {
    expect(thrown(() => inventoryOf([server("a", { cpus: -1 })])).code).toBe("INVENTORY_SERVERS");
  });
});

describe("assessmentOf", () => {
  it("is ready, and has nothing to say", () => {
    for (const assessment of [
      assessmentOf(),
      assessmentOf(["web-01", "db-01"]),
      assessmentOf(inventoryOf(["web-01"])),
    ]) {
      expect(assessment).toBeReady();
      expect(assessment).not.toHaveFinding();
      expect(assessment.asOf).toBe(TEST_DAY);
    }
  });

  it("agrees with whatever the inventory declares", () => {
    const inventory = inventoryOf(
      [
        "web-01",
        server("db-01", { os: "Windows Server 2022" }),
        server("nfs-01", { os: "Red Hat Enterprise Linux 9" }),
      ],
      {
        flows: ["web-01 -> db-01:1433", "web-01 -> nfs-01:2049"],
        databases: [
          { name: "orders", engine: "sqlserver", version: "2022", server: "db-01", port: 1433 },
          { name: "loose", engine: "postgresql" },
        ],
        fileShares: [
          { name: "/srv/a", protocol: "nfs", server: "nfs-01", usedBy: ["web-01"] },
          { name: "/srv/b", protocol: "nfs", server: "nfs-01" },
        ],
        networks: [{ name: "all of it", cidr: "10.0.0.0/8" }, { name: "unknown" }],
      },
    );
    const assessment = assessmentOf(inventory);
    expect(assessment).toBeReady();
    expect(assessment).not.toHaveFinding({ severity: "warning", subject: /^(?!loose)/ });
    expect(checklistFor(inventory).identify_dependencies.database_connections).toEqual([
      expect.objectContaining({ database: "orders", clients: ["web-01"] }),
      expect.objectContaining({ database: "loose", clients: ["loose"] }),
    ]);
    expect(checklistFor(inventory).assess_compatibility.license_requirements).toEqual([
      expect.objectContaining({ product: "Windows Server", model: "included", servers: ["db-01"] }),
      expect.objectContaining({ product: "Red Hat Enterprise Linux", model: "subscription", servers: ["nfs-01"] }),
    ]);
  });

  it("has the answers, the waivers and the day of the test", () => {
    const waiver = { reason: "bought until 2030", approvedBy: "A. Owner", expires: "2031-01-01" };
    const old = [server("old-01", { os: "Windows Server 2012 R2" })];
    expect(assessmentOf(old)).toBeBlockedBy("os-past-end-of-support", { subject: "old-01" });
    const waivers = [{ rule: "os-past-end-of-support", ...waiver }];
    expect(assessmentOf(old, { waivers, asOf: "2030-01-01" })).toHaveFinding("os-past-end-of-support", {
      waived: true,
    });
    expect(assessmentOf(["a"], { answers: { runtime_dependencies: "unknown" } })).toHaveVerdict("incomplete");
  });

  it("refuses an answer to a question that nobody asks", () => {
    const error = thrown(() => assessmentOf(["a"], { answers: { licences: "unknown" } as object }));
    expect(error).toMatchObject({ code: "TESTING_ANSWER", path: "answers.licences" });
    expect(error.allowed).toContain("license_requirements");
  });

  it("is ready whatever the servers are called and however many there are", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/), { minLength: 1, maxLength: 400 }),
        fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 12 }),
        (names, disksGiB) => {
          const assessment = assessmentOf(names.map((name) => server(name, { disksGiB })));
          expect(assessment).toBeReady();
          expect(assessment).not.toHaveFinding();
        },
      ),
      { numRuns: 30 },
    );
  });

  it("is enough for a pattern", () => {
    const stack = new TerraformStack(Testing.app(), "wave-1");
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    new LiftAndShift(stack, "servers", {
      app: "shop",
      assessment: assessmentOf(
        inventoryOf(["web-01", server("db-01", { cpus: 8, memoryMiB: 65_536, disksGiB: [50, 500] })], {
          flows: ["web-01 -> db-01:8080"],
        }),
      ),
      stage: "test",
      rollback: { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 },
      network: { cidr: "10.64.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] },
      images: ({ name, disks }) =>
        ServerImage.diskImage(
          "exports",
          disks.map((_disk, index) => `${name}/${index}.vmdk`),
        ),
    });
    expect(stack).toBeReady();
  });
});
