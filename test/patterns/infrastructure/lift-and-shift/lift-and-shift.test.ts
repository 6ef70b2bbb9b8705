import { describe, expect, it } from "@jest/globals";
import { Testing, Token } from "cdktf";
import type { Construct } from "constructs";
import type { Assessment } from "../../../../lib/assessment/assessment";
import type { ChecklistInput } from "../../../../lib/assessment/checklist/checklist";
import { isReversible } from "../../../../lib/core/stage";
import { MigrationPart, type MigrationPartProps } from "../../../../lib/core/migration-part";
import type { InventoryInput } from "../../../../lib/inventory/model";
import {
  LandingNetwork,
  LiftAndShift,
  liftAndShiftStages,
  ServerImage,
  type FinalizedEvidence,
  type LiftAndShiftProps,
  type LiftAndShiftSettings,
  type LiftAndShiftStage,
  type LiftAndShiftDeclaration,
} from "../../../../lib/patterns/infrastructure/lift-and-shift";
import { ConfigurationCutover } from "../../../../lib/parts/configuration";
import { assessmentOf } from "../../../../lib/testing";
import { readyAssessment, readyChecklist, readyInventoryInput } from "../../../support/ready-assessment";
import { thrown } from "../../../support/thrown";
import { AMI, existing, newStack, resourcesOf, synthesize, type Synthesized } from "./fixtures";
import { evidenceOf } from "../../../parts/validation/fixtures";

const rollback = {
  owner: "migration lead",
  windowHours: 4,
  triggers: ["error rate above 1 % for 5 minutes"],
  sourceRetentionDays: 14,
};
const network = { cidr: "10.20.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] };
const outside: InventoryInput["flows"] = [
  ...(readyInventoryInput.flows ?? []),
  { source: "192.0.2.7", destination: "web-01", port: 443 },
  { source: "app-01", destination: "192.0.2.25", port: 25 },
];

/** A part that asks evidence of one alarm. */
class Watched extends MigrationPart {
  public constructor(scope: Construct, id: string, props: MigrationPartProps) {
    super(scope, id, props);
  }

  public override get required() {
    return { alarmNames: ["healthy"], minimumBakeHours: 72 };
  }
}

/** The record of one alarm, which is all that these migrations are asked for. */
const evidence: FinalizedEvidence = evidenceOf("healthy");

function declared(stage: LiftAndShiftStage): LiftAndShiftDeclaration {
  return stage === "finalized" ? { stage, evidence } : { stage };
}

function migrationOf(
  { stage = "replicate", ...props }: Partial<LiftAndShiftSettings> & { stage?: LiftAndShiftStage } = {},
  inventory: InventoryInput = {},
) {
  const stack = newStack();
  const migration = new LiftAndShift(stack, "shop", {
    app: "shop",
    assessment: readyAssessment({ inventory, asOf: "2026-02-10" }),
    rollback,
    network,
    images: { byOs: { linux: AMI } },
    ...props,
    ...declared(stage),
  });
  new Watched(stack, "watched", { migration });
  return { migration, stack };
}

describe("LiftAndShift", () => {
  it("makes a network and an instance for each server, and tags all of it", () => {
    const { migration, stack } = migrationOf({ wave: "wave-1", tags: { owner: "shop team" } });
    const json = synthesize(stack);
    expect(migration.servers.map(({ name }) => name).sort()).toEqual(["app-01", "db-01", "web-01"]);
    expect(resourcesOf(json, "aws_instance")).toHaveLength(3);
    expect(migration.landingNetwork?.vpcId).toBe(migration.network.vpcId);
    const untaggable = /association|attachment|_role_policy|^aws_route$/;
    let tagged = 0;
    for (const [type, resources] of Object.entries(json.resource)) {
      if (untaggable.test(type)) continue;
      for (const resource of Object.values(resources ?? {})) {
        tagged += 1;
        expect({ type, tags: resource["tags"] }).toMatchObject({
          type,
          tags: {
            owner: "shop team",
            "migration:pattern": "lift-and-shift",
            "migration:wave": "wave-1",
          },
        });
      }
    }
    expect(tagged).toBeGreaterThan(20);
    for (const instance of resourcesOf(json, "aws_instance")) {
      expect(instance["root_block_device"]).toMatchObject({ tags: { "migration:wave": "wave-1" } });
    }
  });

  it("takes the licences' tenancy from the checklist", () => {
    expect(migrationOf().migration.fleet.plan.servers.every(({ tenancy }) => tenancy === "shared")).toBe(true);
  });

  it("lifts the servers of its wave, and refuses one that has none", () => {
    const [web, ...others] = readyInventoryInput.servers ?? [];
    const servers = [web!, ...others.map((server) => ({ ...server, wave: "wave-2" }))];
    expect(migrationOf({ wave: "wave-2" }, { servers }).migration.servers).toHaveLength(2);
    expect(migrationOf({}, { servers }).migration.servers).toHaveLength(3);
    const error = thrown(() => migrationOf({ wave: "wave-3" }, { servers }));
    expect(error.code).toBe("LIFT_AND_SHIFT_NO_SERVERS");
    expect(error.message).toContain("a wave with servers to rehost: wave-1, wave-2");
  });

  it("leaves out the servers that migrate by another strategy, and names them", () => {
    const strategies = ["rehost", "repurchase", undefined] as const;
    const servers = (readyInventoryInput.servers ?? []).map((server, index) => ({
      ...server,
      strategy: strategies[index],
    }));
    const { migration, stack } = migrationOf({ wave: "wave-1" }, { servers });
    expect(migration.servers.map(({ name }) => name)).toEqual(["web-01", "db-01"]);
    expect(migration.serversLeftOut.map(({ name }) => name)).toEqual(["app-01"]);
    const found = migration.evaluate().findings.filter(({ rule }) => rule === "lift-and-shift-strategy");
    expect(found).toMatchObject([
      {
        severity: "info",
        subject: "app-01",
        message: "app-01 is not rehosted: its strategy is repurchase, so it is replaced by a product that is bought",
      },
    ]);
    expect(resourcesOf(synthesize(stack), "aws_instance")).toHaveLength(2);
    expect(
      migrationOf()
        .migration.evaluate()
        .findings.filter(({ rule }) => rule === "lift-and-shift-strategy"),
    ).toEqual([]);
  });

  it("opens what the checklist declares of databases, where it is exact", () => {
    const rulesOf = (changes: object, clients = ["app-01"]) => {
      const { identify_dependencies: dependencies } = readyChecklist;
      const [orders] = dependencies.database_connections;
      const connection = { ...orders!, clients, ...changes };
      const checklist = {
        ...readyChecklist,
        identify_dependencies: { ...dependencies, database_connections: [connection] },
      };
      const assessment = readyAssessment({ inventory: { flows: [] }, checklist, asOf: "2026-02-10" });
      const { fleet } = migrationOf({ assessment }).migration;
      return fleet.access.rules.map(({ id, direction }) => `${direction} ${id}`);
    };
    expect(rulesOf({})).toEqual(["egress shop--app--tcp-5432--shop--db", "ingress shop--db--tcp-5432--shop--app"]);
    // Which of an application's servers connect is not known, nor on which port, nor where to.
    expect(rulesOf({}, ["shop"])).toEqual([]);
    expect(rulesOf({ port: undefined })).toEqual([]);
    expect(rulesOf({ server: undefined })).toEqual([]);
  });

  it("says that no connection is known, and blocks once the servers are tested", () => {
    const of = (stage: LiftAndShiftStage) => {
      const checklist = {
        ...readyChecklist,
        identify_dependencies: {
          ...readyChecklist.identify_dependencies,
          database_connections: { none: "nothing of it has a database" },
        },
      };
      const assessment = readyAssessment({ inventory: { flows: [] }, checklist, asOf: "2026-02-10" });
      const { migration, stack } = migrationOf({ assessment, stage });
      const { findings } = migration.evaluate();
      return { stack, found: findings.filter(({ rule }) => rule === "fleet-no-flows") };
    };
    expect(of("replicate").found).toMatchObject([{ severity: "warning", subject: "flows" }]);
    for (const stage of ["test", "cutover", "finalized"] as const)
      expect(of(stage).found).toMatchObject([{ severity: "blocker", subject: "flows" }]);
    const { stack } = of("test");
    expect(() => synthesize(stack)).toThrow(/no connection of the fleet's 3 servers is known/);
  });

  it("promises no rules in its steps that it does not have", () => {
    const expected = (migration: LiftAndShift) =>
      migration.procedure.flatMap((stage) =>
        [...stage.enter, ...(isReversible(stage) ? stage.reverse : [])].flatMap(({ expect: text }) =>
          /\brules? (?:for|is)|\bflows? with/.test(text) ? text : [],
        ),
      );
    // The flows are between the servers alone.
    expect(expected(migrationOf().migration)).toEqual([
      expect.stringMatching(/^no security-group rule is added, because/),
      expect.stringMatching(/^no rule is destroyed/),
      expect.stringMatching(/^no security-group rule for an outside host is added/),
      expect.stringMatching(/^no rule is destroyed/),
    ]);
    expect(expected(migrationOf({ testClientCidrs: ["10.9.0.0/24"] }, { flows: outside }).migration)).toEqual([
      "security-group rules for test clients are added; no instance is replaced",
      "the rules for test clients are destroyed and no instance is replaced",
      "the observed flows with outside hosts are open, the rules for test clients are gone, no instance is replaced",
      "the rules for outside hosts are destroyed and no instance is replaced",
    ]);
  });

  it("warns that users stay where every server gets a new address and no name is switched", () => {
    const found = ({ migration }: { readonly migration: LiftAndShift }) =>
      migration.evaluate().findings.filter(({ rule }) => rule === "lift-and-shift-users");
    const moved = { fleet: { keepAddresses: false } };
    expect(found(migrationOf(moved))).toMatchObject([
      {
        severity: "warning",
        subject: "users",
        message:
          "3 servers get new addresses (app-01, db-01, web-01), and no part of the migration switches a DNS name",
      },
    ]);
    // By default they keep them where a subnet has them, and this network's have not.
    expect(found(migrationOf())).toHaveLength(1);
    expect(found(migrationOf({ network: existing }))).toEqual([]);
    const named = migrationOf(moved);
    new ConfigurationCutover(named.stack, "names", {
      migration: named.migration,
      application: "shop",
      dnsRecords: [
        {
          fqdn: "shop.example.internal",
          zoneId: "Z0123456789ABCDEFGHIJ",
          source: { type: "A", values: ["10.10.1.11"] },
          target: { type: "A", values: [named.migration.fleet.privateAddressOf("web-01")] },
        },
      ],
    });
    expect(found(named)).toEqual([]);
  });

  it.each([
    [
      "nobody is rehosted",
      "refactor" as const,
      "wave-1",
      "an inventory with a server whose strategy is rehost or not given",
    ],
    ["there are no waves", undefined, undefined, "no wave: no server of the inventory is in one"],
  ])("says what is allowed where %s", (_what, strategy, wave, allowed) => {
    const servers = (readyInventoryInput.servers ?? []).map((server) => ({ ...server, strategy, wave }));
    const error = thrown(() => migrationOf({ wave: "wave-1" }, { servers }));
    expect([error.code, error.path, error.allowed]).toEqual(["LIFT_AND_SHIFT_NO_SERVERS", "wave", allowed]);
  });

  it("makes the volumes that the checklist's storage requirements plan", () => {
    const disks = [
      { name: "Hard disk 1", capacityMiB: 51_200 },
      { name: "Hard disk 2", capacityMiB: 102_400 },
      { name: "Hard disk 3", capacityMiB: 204_800 },
    ];
    const servers = (readyInventoryInput.servers ?? []).map((server) => ({ ...server, disks }));
    const checklist: ChecklistInput = {
      ...readyChecklist,
      inventory_current_infrastructure: {
        ...readyChecklist.inventory_current_infrastructure,
        storage_requirements: {
          volumeType: "gp2",
          growthPercent: 10,
          volumes: [
            { server: "db-01.example.internal", volumeType: "io2" },
            { server: "db-01", disk: "Hard disk 3", volumeType: "st1" },
          ],
        },
      },
    };
    const { migration } = migrationOf({ assessment: readyAssessment({ inventory: { servers }, checklist }) });
    const planned = new Map(
      migration.fleet.plan.servers.map(({ server, root, dataVolumes }) => [
        server.name,
        [root!, ...dataVolumes].map(({ sizing }) => sizing.size),
      ]),
    );
    expect(planned.get("web-01")).toEqual([
      { type: "gp2", sizeGiB: 55 },
      { type: "gp2", sizeGiB: 110 },
      { type: "gp2", sizeGiB: 220 },
    ]);
    expect(planned.get("db-01")).toEqual([
      { type: "io2", sizeGiB: 55, iops: 3000 },
      { type: "io2", sizeGiB: 110, iops: 3000 },
      { type: "st1", sizeGiB: 220 },
    ]);
  });

  it("goes into a network that exists, or another wave's", () => {
    const existing = LandingNetwork.fromExisting({
      vpcId: "vpc-0123456789abcdef0",
      subnets: [{ id: "subnet-0000000a", tier: "private", availabilityZone: "eu-central-1a" }],
    });
    const { migration, stack } = migrationOf({ network: existing });
    expect(migration.landingNetwork).toBeUndefined();
    new LiftAndShift(stack, "next", {
      app: "shop",
      assessment: assessmentOf(["batch-01"]),
      stage: "replicate",
      rollback,
      network: migration.network,
      images: () => AMI,
    });
    const json = synthesize(stack);
    expect(resourcesOf(json, "aws_vpc")).toEqual([]);
    expect(resourcesOf(json, "aws_instance")).toHaveLength(4);
  });

  it("stops the synthesis with all blockers at once, and lets a waiver through", () => {
    const inventory = { flows: [{ source: "0.0.0.0/0", destination: "web-01", port: 443 }] };
    const images = { byName: { "web-01": AMI, "app-01": AMI } };
    const { stack } = migrationOf({ images }, inventory);
    const error = (() => {
      try {
        Testing.synth(stack, true);
      } catch (thrownError) {
        return String(thrownError);
      }
      return "";
    })();
    expect(error).toContain("fleet-public-ingress on shop--web");
    expect(error).toContain("fleet-image on db-01");

    const waived = new LiftAndShift(newStack(), "shop", {
      app: "shop",
      assessment: readyAssessment({
        inventory,
        waivers: [
          {
            rule: "fleet-public-ingress",
            subject: "shop--web",
            reason: "the load balancer follows in the next wave",
            approvedBy: "security officer",
            expires: "2026-12-31",
          },
        ],
      }),
      stage: "cutover",
      rollback,
      network,
      images: () => AMI,
    });
    const { findings } = waived.evaluate();
    expect(findings.filter(({ rule }) => rule === "fleet-public-ingress")).toMatchObject([
      { waived: { approvedBy: "security officer" } },
    ]);
  });

  describe("from stage to stage", () => {
    const at = (stage: LiftAndShiftStage): Synthesized =>
      synthesize(migrationOf({ stage, testClientCidrs: ["10.9.0.0/24"] }, { flows: outside }).stack);
    const stages = new Map(liftAndShiftStages.names.map((stage) => [stage, at(stage)]));
    const cidrs = (stage: LiftAndShiftStage, type: string) =>
      resourcesOf(stages.get(stage)!, type)
        .map((rule) => rule["cidr_ipv4"])
        .filter((cidr) => cidr !== undefined && cidr !== "10.20.0.0/16");

    it.each<[LiftAndShiftStage, string[], string[]]>([
      ["replicate", [], []],
      ["test", ["10.9.0.0/24"], []],
      ["cutover", ["192.0.2.7/32"], ["192.0.2.25/32"]],
      ["finalized", ["192.0.2.7/32"], ["192.0.2.25/32"]],
    ])("%s opens no more than it says", (stage, ingress, egress) => {
      expect(cidrs(stage, "aws_vpc_security_group_ingress_rule")).toEqual(ingress);
      expect(cidrs(stage, "aws_vpc_security_group_egress_rule")).toEqual(egress);
    });

    it("changes nothing but the rules for the outside, the record, and from the second stage on the protection", () => {
      const rest = (stage: LiftAndShiftStage): unknown => {
        const { resource } = stages.get(stage)!;
        const kept = Object.entries(resource).filter(
          ([type]) => !type.startsWith("aws_vpc_security_group_") && type !== "aws_ssm_parameter",
        );
        return JSON.parse(JSON.stringify(kept), (key, value: unknown) =>
          key === "lifecycle" ? { ...(value as object), prevent_destroy: true } : value,
        );
      };
      const first = stages.get("replicate")!;
      expect(JSON.stringify(first)).not.toContain("prevent_destroy");
      for (const stage of ["test", "cutover", "finalized"] as const) {
        expect(resourcesOf(stages.get(stage)!, "aws_instance").map(({ lifecycle }) => lifecycle)).toEqual(
          resourcesOf(first, "aws_instance").map(() => ({
            ignore_changes: ["ami", "ebs_optimized", "user_data", "user_data_base64"],
            prevent_destroy: true,
          })),
        );
        // What is protected without ignoring anything has no lifecycle in the first stage.
        const bare = '"lifecycle":{"prevent_destroy":true},';
        expect(JSON.stringify(rest(stage)).replaceAll(bare, "")).toBe(JSON.stringify(rest("replicate")));
      }
    });

    it("protects an adopted server, and goes on leaving it as it is", () => {
      const images = () => ServerImage.adopt("i-0123456789abcdef0");
      const of = (stage: LiftAndShiftStage) =>
        resourcesOf(synthesize(migrationOf({ stage, images }).stack), "aws_instance").map(({ lifecycle }) => lifecycle);
      expect(of("replicate").length).toBeGreaterThan(0);
      expect(of("cutover")).toEqual(of("replicate").map((each) => ({ ...(each as object), prevent_destroy: true })));
    });

    it("has steps forward and back for each", () => {
      for (const stage of liftAndShiftStages) {
        expect(stage.enter.length).toBeGreaterThan(0);
        expect(isReversible(stage)).toBe(stage.name !== "finalized");
      }
    });
  });

  it("refuses a stage that it has not", () => {
    expect(thrown(() => migrationOf({ stage: "retired" as LiftAndShiftStage })).code).toBe("STAGE_UNKNOWN");
  });

  it("blocks the stage finalized where the evidence does not hold", () => {
    const early = new LiftAndShift(newStack(), "shop", {
      app: "shop",
      assessment: readyAssessment({ asOf: "2026-02-10" }),
      stage: "finalized",
      evidence: { ...evidence, bakeHours: 1 },
      rollback,
      network,
      images: () => AMI,
    });
    expect(early.evaluate().findings.map(({ rule }) => rule)).toContain("finalized-bake-too-short");
    const { findings } = migrationOf({ stage: "finalized" }).migration.evaluate();
    expect(findings.filter(({ rule }) => rule.startsWith("finalized"))).toEqual([]);
  });

  it("refuses evidence of another shape, and none where a cast has taken it away", () => {
    const settings = { app: "shop", assessment: readyAssessment(), rollback, network, images: () => AMI };
    const broken = { ...evidence, bakeHours: -1 };
    const error = thrown(
      () => new LiftAndShift(newStack(), "shop", { ...settings, stage: "finalized", evidence: broken }),
    );
    expect(error.code).toBe("MIGRATION_EVIDENCE");
    const none = new LiftAndShift(newStack(), "shop", {
      ...settings,
      stage: "finalized",
    } as unknown as LiftAndShiftProps);
    expect(none.evaluate().findings.map(({ rule }) => rule)).toContain("finalized-without-restore-point");
  });

  it("says where a server is, and refuses one that is not in the fleet", () => {
    const { fleet } = migrationOf().migration;
    expect(Token.isUnresolved(fleet.privateAddressOf("web-01"))).toBe(true);
    expect(fleet.securityGroupIdOf("web-01")).toBe(fleet.securityGroups.groupIds.get("shop--web"));
    expect(thrown(() => fleet.privateAddressOf("web-02")).code).toBe("FLEET_SERVER_UNKNOWN");
    expect(thrown(() => fleet.securityGroupIdOf("web-02")).code).toBe("FLEET_SERVER_UNKNOWN");
  });
});

describe("what does not compile", () => {
  const settings: LiftAndShiftSettings = {
    app: "shop",
    assessment: readyAssessment(),
    rollback,
    network,
    images: { byOs: { linux: ServerImage.ami("ami-0123456789abcdef0") } },
  };

  it("is a migration that is not assessed, has no way back, or has no such stage", () => {
    const { assessment: _assessment, ...notAssessed } = settings;
    const { rollback: _rollback, ...noWayBack } = settings;
    // @ts-expect-error -- no assessment
    const one: LiftAndShiftProps = { ...notAssessed, stage: "replicate" };
    // @ts-expect-error -- no way back
    const two: LiftAndShiftProps = { ...noWayBack, stage: "replicate" };
    // @ts-expect-error -- no such stage
    const three: LiftAndShiftProps = { ...settings, stage: "retired" };
    // What looks like an assessment is none: only assess() makes one.
    const four: Pick<Assessment, "verdict" | "findings" | "inventory"> extends Assessment ? "taken" : "refused" =
      "refused";
    expect([one, two, three, four]).toHaveLength(4);
  });

  it("is the stage finalized without evidence, and evidence in any other stage", () => {
    const final: LiftAndShiftProps = { ...settings, stage: "finalized", evidence };
    // @ts-expect-error -- the last stage demands the record that the migration works
    const unproven: LiftAndShiftProps = { ...settings, stage: "finalized" };
    // @ts-expect-error -- evidence before its time is evidence of something else
    const early: LiftAndShiftProps = { ...settings, stage: "cutover", evidence };
    // @ts-expect-error -- the same for a declaration that is passed on
    const declaration: LiftAndShiftDeclaration = { stage: "finalized" };
    expect([final, unproven, early, declaration]).toHaveLength(4);
  });
});
