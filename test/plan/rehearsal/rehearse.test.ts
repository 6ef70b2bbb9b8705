import { readdirSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { isBlocking } from "../../../lib/core/finding";
import { MigrationError } from "../../../lib/core/error";
import type { Migration } from "../../../lib/core/migration";
import { MigrationPart } from "../../../lib/core/migration-part";
import type { Waiver } from "../../../lib/core/waiver";
import { LiftAndShift } from "../../../lib/patterns/infrastructure/lift-and-shift/lift-and-shift";
import { ServerImage } from "../../../lib/patterns/infrastructure/lift-and-shift/server-image";
import { rehearse, type Rehearsal, type RehearsedTransition } from "../../../lib/plan/rehearsal/rehearse";
import { readyAssessment, READY_AS_OF } from "../../support/ready-assessment";
import { emptyApp, resource, stage, Toy, toyApp } from "./toy";

/** What records the stage of each migration. */
const RECORD = ["aws_ssm_parameter", "aws_ssm_parameter"];

class Part extends MigrationPart {
  constructor(scope: Construct, id: string, migration: Migration) {
    super(scope, id, { migration });
  }
}

const types = (changes: readonly { readonly type: string }[]): string[] => changes.map(({ type }) => type);
const steps = ({ transitions }: Rehearsal): string[] =>
  transitions.map(({ direction, from = "nothing", to = "nothing" }) => `${direction} ${from} ${to}`);
const step = ({ transitions }: Rehearsal, from: string, to: string): RehearsedTransition =>
  transitions.find((each) => each.from === from && each.to === to)!;
const rules = ({ findings }: Rehearsal): string[] => findings.map(({ rule, severity }) => `${severity} ${rule}`);

async function refused(promise: Promise<unknown>): Promise<MigrationError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error("expected a MigrationError, but nothing was thrown");
}

/** Expands, then contracts: the old database goes in the last stage. */
const database = (changes: Parameters<typeof stage>[1] = {}) =>
  toyApp([stage("expand"), stage("contract", changes)], (toy) => {
    resource(toy, "kept", "aws_db_instance", { engine: "postgres", tags: toy.tags });
    if (!toy.hasReached("contract")) resource(toy, "old", "aws_db_instance", { engine: "mysql", tags: toy.tags });
  });

const waiver = (changes: Partial<Waiver> = {}): Waiver => ({
  rule: "rehearsal-data-destroyed",
  reason: "the old database has been archived",
  approvedBy: "dba",
  expires: "2026-12-31",
  ...changes,
});

describe("a stage that destroys a database", () => {
  it("is a blocker that names the resource, the stage and what is lost", async () => {
    const { findings } = await rehearse(database());
    const [finding] = findings.filter(isBlocking);
    expect(finding?.rule).toBe("rehearsal-data-destroyed");
    expect(finding?.subject).toMatch(/^stack\/aws_db_instance\.toy_old_/);
    expect(finding?.message).toMatch(
      /^stack\/toy: entering contract from expand destroys stack\/aws_db_instance\.toy_old_\w+, which holds the records of a database$/,
    );
  });

  it("is none where the stage says so", async () => {
    const rehearsal = await rehearse(database({ discards: ["aws_db_instance"] }));
    expect(rehearsal.findings).toEqual([]);
    expect(step(rehearsal, "expand", "contract").destroyed).toMatchObject([{ discarded: true }]);
  });

  it("is waived by rule and resource", async () => {
    const [{ subject } = { subject: "" }] = (await rehearse(database())).findings;
    const rehearsal = await rehearse(database(), { waivers: [waiver({ subject })], asOf: "2026-11-22" });
    expect(rehearsal.findings).toMatchObject([{ subject, waived: { approvedBy: "dba" } }]);
    expect(rehearsal.findings.filter(isBlocking)).toEqual([]);
  });

  it("is not waived by an expired waiver, nor by one for another resource", async () => {
    const expired = await rehearse(database(), { waivers: [waiver()], asOf: "2027-01-01" });
    expect(rules(expired)).toEqual(["blocker rehearsal-data-destroyed", "warning waiver-expired"]);
    const other = await rehearse(database(), {
      waivers: [waiver({ subject: "stack/aws_db_instance.x" })],
      asOf: "2026-11-22",
    });
    expect(rules(other)).toEqual(["blocker rehearsal-data-destroyed", "warning waiver-unused"]);
  });

  it("leaves waivers of other rules to whom they belong", async () => {
    const { findings } = await rehearse(database({ discards: ["aws_db_instance"] }), {
      waivers: [waiver({ rule: "os-unknown" })],
      asOf: "2026-11-22",
    });
    expect(findings).toEqual([]);
  });

  it("says that prevent_destroy does not protect what is taken out of the code", async () => {
    const { findings } = await rehearse(
      toyApp([stage("a"), stage("b")], (toy) => {
        if (!toy.hasReached("b")) resource(toy, "bucket", "aws_s3_bucket", { lifecycle: { prevent_destroy: true } });
      }),
    );
    expect(findings[0]?.message).toContain("its prevent_destroy does not protect it");
  });

  it("may be told of types that this library does not know", async () => {
    const app = toyApp([stage("a"), stage("b")], (toy) => {
      resource(toy, "sql", "oci_database_db_system", { name: toy.stage.name });
      if (!toy.hasReached("b")) resource(toy, "gone", "oci_database_db_system");
    });
    expect((await rehearse(app)).findings).toEqual([]);
    const known = await rehearse(app, {
      dataHoldingTypes: { oci_database_db_system: "the records of a database" },
    });
    expect(rules(known)).toEqual([
      "blocker rehearsal-data-destroyed",
      "warning rehearsal-data-replaced",
      "warning rehearsal-data-replaced",
    ]);
  });
});

describe("a stage that replaces what holds data", () => {
  const encrypted = (lifecycle?: object) =>
    toyApp([stage("plain"), stage("encrypted")], (toy) => {
      resource(toy, "volume", "aws_ebs_volume", {
        availability_zone: "eu-central-1a",
        size: 8,
        encrypted: toy.hasReached("encrypted"),
        ...(lifecycle === undefined ? {} : { lifecycle }),
      });
    });

  it("is a blocker forward and back, with the attributes that force it", async () => {
    const rehearsal = await rehearse(encrypted());
    expect(step(rehearsal, "plain", "encrypted").replaced).toMatchObject([
      { attributes: ["encrypted"], certain: true },
    ]);
    expect(rules(rehearsal)).toEqual(["blocker rehearsal-data-replaced", "blocker rehearsal-data-replaced"]);
    expect(rehearsal.findings.map(({ message }) => message.replace(/_[0-9A-F]{8}/, ""))).toEqual([
      "stack/toy: entering encrypted from plain replaces stack/aws_ebs_volume.toy_volume, which holds the data of a volume, because of encrypted",
      "stack/toy: going back from encrypted to plain replaces stack/aws_ebs_volume.toy_volume, which holds the data of a volume, because of encrypted",
    ]);
  });

  it("cannot be deployed where prevent_destroy is set", async () => {
    const rehearsal = await rehearse(encrypted({ prevent_destroy: true }));
    expect(rules(rehearsal)).toContain("blocker rehearsal-replacement-prevented");
  });

  it("changes nothing where the attribute is ignored", async () => {
    const rehearsal = await rehearse(encrypted({ ignore_changes: ["encrypted"] }));
    expect(step(rehearsal, "plain", "encrypted").replaced).toEqual([]);
    expect(rules(rehearsal)).toEqual(["info rehearsal-nothing-changes"]);
  });
});

describe("the transitions", () => {
  const irreversible = stage("contract", { reverse: { irreversible: "restore from the backup" } });
  const three = toyApp([stage("expand"), stage("migrate"), irreversible], (toy) => {
    resource(toy, "queue", "aws_sqs_queue", { tags: { ...toy.tags, deployed: toy.stage.name } });
    resource(toy, "rule", "aws_cloudwatch_event_rule", { schedule: toy.hasReached("migrate") ? "hourly" : "daily" });
  });

  it("go forward through all stages and back again, from nothing to nothing", async () => {
    expect(steps(await rehearse(three))).toEqual([
      "forward nothing expand",
      "forward expand migrate",
      "forward migrate contract",
      "back contract migrate",
      "back migrate expand",
      "back expand nothing",
    ]);
  });

  it("begin with everything created and end with everything withdrawn, which is no finding", async () => {
    const { transitions, findings } = await rehearse(three);
    expect(types(transitions[0]!.created)).toEqual(["aws_cloudwatch_event_rule", "aws_sqs_queue", ...RECORD]);
    expect(transitions.at(-1)!.destroyed).toMatchObject([
      {},
      { holds: "messages that nobody has read yet" },
      ...RECORD.map(() => ({})),
    ]);
    expect(findings.filter(isBlocking)).toEqual([]);
  });

  it("count what the parts of a migration make as its own", async () => {
    const made = toyApp([stage("a"), stage("b")], (toy) => {
      resource(new Part(TerraformStack.of(toy), "data", toy), "orders", "aws_db_instance");
    });
    const { transitions } = await rehearse(made);
    expect(types(transitions[0]?.created ?? [])).toEqual(["aws_db_instance", ...RECORD]);
    expect(types(transitions.at(-1)?.destroyed ?? [])).toEqual(["aws_db_instance", ...RECORD]);
  });

  it("tell a changed attribute from changed tags, and no value of either", async () => {
    const rehearsal = await rehearse(three);
    const { changed, retagged } = step(rehearsal, "expand", "migrate");
    expect(changed).toMatchObject([{ type: "aws_cloudwatch_event_rule", attributes: ["schedule"] }]);
    expect(types(retagged)).toEqual(["aws_sqs_queue"]);
    expect(JSON.stringify(rehearsal)).not.toContain("hourly");
  });

  it("tell the record of the stage apart from what moves, and count it in the result", async () => {
    const rehearsal = await rehearse(three);
    const { changed, recorded } = step(rehearsal, "expand", "migrate");
    expect(types(changed)).toEqual(["aws_cloudwatch_event_rule"]);
    expect(recorded).toMatchObject(RECORD.map((type) => ({ type, attributes: ["insecure_value"] })));
    expect(types(step(rehearsal, "migrate", "expand").recorded)).toEqual(RECORD);
  });

  it("compare nothing where there is no way back", async () => {
    expect(step(await rehearse(three), "contract", "migrate")).toMatchObject({
      irreversible: "restore from the backup",
      changed: [],
      retagged: [],
    });
  });

  it("note a stage that only changes tags, forward", async () => {
    const { findings } = await rehearse(three);
    expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      "rehearsal-nothing-changes: stack/toy: entering contract from migrate changes no resource except the parameters that record its stage, and tags",
    ]);
  });

  it("are the same whatever stage is declared", async () => {
    const of = (declared: string) =>
      rehearse(
        toyApp(
          [stage("a"), stage("b")],
          (toy) => resource(toy, toy.hasReached("b") ? "new" : "old", "aws_route"),
          declared,
        ),
      );
    expect(await of("b")).toEqual(await of("a"));
  });
});

describe("the app", () => {
  it("is made twice as it is and once for each further stage of each migration, and may be made asynchronously", async () => {
    let made = 0;
    const rehearsal = await rehearse(async () => {
      made += 1;
      await Promise.resolve();
      const app = emptyApp();
      const stack = new TerraformStack(app, "stack");
      for (const id of ["one", "two"]) {
        await Promise.resolve();
        new Toy(stack, id, [stage("a"), stage("b"), stage("c")], "b", (toy) => {
          resource(toy, toy.stage.name, "aws_route");
        });
      }
      return app;
    });
    expect([rehearsal.builds, made]).toEqual([6, 6]);
    // One migration moves, the other stays where it is declared.
    expect(step(rehearsal, "a", "b").created.map(({ address }) => address)).toHaveLength(1);
  });

  it("is rehearsed for the named migrations only", async () => {
    const createApp = () => {
      const app = emptyApp();
      for (const id of ["one", "two"]) {
        new Toy(new TerraformStack(app, id), "toy", [stage("a"), stage("b")], "a", (toy) =>
          resource(toy, toy.stage.name, "aws_route"),
        );
      }
      return app;
    };
    const { transitions, builds } = await rehearse(createApp, { migrations: ["two/toy"] });
    expect(new Set(transitions.map(({ migration }) => migration))).toEqual(new Set(["two/toy"]));
    expect(builds).toBe(3);
  });

  it("must be an App", async () => {
    const wrong = (() => ({})) as unknown as () => App;
    expect((await refused(rehearse(wrong))).code).toBe("REHEARSAL_APP");
  });

  it("must have a migration, and the named one", async () => {
    expect((await refused(rehearse(emptyApp))).code).toBe("REHEARSAL_NO_MIGRATION");
    const error = await refused(rehearse(database(), { migrations: ["stack/tyo"] }));
    expect(error.code).toBe("REHEARSAL_MIGRATION_UNKNOWN");
    expect(error.message).toContain("stack/toy");
  });

  it("says which stage cannot be synthesized, and rehearses the others", async () => {
    const rehearsal = await rehearse(
      toyApp([stage("a"), stage("b"), stage("c")], (toy) => {
        if (toy.stage.name === "c") throw new MigrationError({ code: "TOY", path: "x", fix: "write y" });
        resource(toy, toy.stage.name, "aws_route");
      }),
    );
    expect(rehearsal.findings).toMatchObject([
      {
        rule: "rehearsal-failed",
        subject: "stack/toy",
        message: "the stage c of stack/toy cannot be synthesized: [TOY] x: write y",
      },
    ]);
    expect(step(rehearsal, "a", "b").created).toHaveLength(1);
    expect(step(rehearsal, "b", "c").failed).toContain("[TOY]");
  });

  it("says that a migration is missing in a stage", async () => {
    let made = 0;
    const { findings } = await rehearse(() => {
      made += 1;
      const app = emptyApp();
      const id = made > 2 ? "other" : "toy";
      new Toy(new TerraformStack(app, "stack"), id, [stage("a"), stage("b")], "a", () => undefined);
      return app;
    });
    expect(findings[0]?.message).toBe("stack/toy is not in the app that createApp creates in the stage b");
  });

  it("must be the same each time", async () => {
    let made = 0;
    const app = toyApp([stage("a")], (toy) => {
      made += 1;
      resource(toy, "zone", "aws_route53_zone", { comment: `made ${made} times` });
      resource(toy, `extra-${made}`, "aws_route");
    });
    const { findings } = await rehearse(app);
    expect(findings.map(({ rule, message }) => `${rule}: ${message.replace(/_[0-9A-F]{8}/g, "")}`)).toEqual([
      "rehearsal-not-deterministic: stack/aws_route.toy_extra-1 of the same stage is in only one of two builds",
      "rehearsal-not-deterministic: stack/aws_route.toy_extra-2 of the same stage is in only one of two builds",
      "rehearsal-not-deterministic: stack/aws_route53_zone.toy_zone of the same stage differs between two builds in comment",
    ]);
  });

  it("is only warned of tags that are never the same", async () => {
    let made = 0;
    const app = toyApp([stage("a")], (toy) => {
      made += 1;
      resource(toy, "topic", "aws_sns_topic", { tags: { build: `${made}` } });
    });
    expect(rules(await rehearse(app))).toEqual(["warning rehearsal-not-deterministic"]);
  });

  it("is not written to disk", async () => {
    await rehearse(database());
    // CDKTF's App makes its folders as soon as it is made; no file is in them.
    const files = readdirSync(emptyApp().outdir, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    expect(files).toEqual([]);
  });

  it("may be rehearsed twice at the same time", async () => {
    const [one, two] = await Promise.all([rehearse(database()), rehearse(database())]);
    expect(one).toEqual(two);
  });
});

describe("a lift and shift", () => {
  // A stack in the stage finalized does not compile without its evidence; a rehearsal does without.
  const liftAndShift = (declared: "replicate" | "cutover" | "finalized") => () => {
    const app = emptyApp();
    new LiftAndShift(new TerraformStack(app, "shop"), "servers", {
      app: "shop",
      assessment: readyAssessment(),
      stage: declared as "replicate",
      rollback: { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 },
      network: { name: "shop", cidr: "10.20.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] },
      images: { byOs: { linux: ServerImage.ssmParameter("/images/linux") } },
      testClientCidrs: ["10.9.0.0/24"],
    });
    return app;
  };

  it("replaces and destroys nothing but security group rules, in the stage finalized without evidence too", async () => {
    const rehearsal = await rehearse(liftAndShift("replicate"), { asOf: READY_AS_OF });
    expect(rehearsal.findings.filter(isBlocking)).toEqual([]);
    expect(steps(rehearsal)).toContain("forward cutover finalized");
    for (const { from, to, created, changed, replaced, destroyed } of rehearsal.transitions) {
      if (from === undefined || to === undefined) continue;
      expect(types([...created, ...destroyed]).filter((type) => !type.startsWith("aws_vpc_security_group_"))).toEqual(
        [],
      );
      expect([...changed, ...replaced]).toEqual([]);
    }
  });

  it("is the same from every stage", async () => {
    const early = await rehearse(liftAndShift("replicate"));
    expect((await rehearse(liftAndShift("cutover"))).transitions).toEqual(early.transitions);
    expect((await rehearse(liftAndShift("finalized"))).transitions).toEqual(early.transitions);
  });
});

describe("two stacks", () => {
  it("are rehearsed together: what one replaces replaces what the other has in it", async () => {
    const { transitions, findings } = await rehearse(() => {
      const app = emptyApp();
      let subnetId = "";
      new Toy(new TerraformStack(app, "network"), "toy", [stage("narrow"), stage("wide")], "narrow", (toy) => {
        const subnet = resource(toy, "subnet", "aws_subnet", {
          cidr_block: toy.hasReached("wide") ? "10.0.0.0/16" : "10.0.0.0/24",
        });
        subnetId = subnet.getStringAttribute("id");
      });
      resource(new TerraformStack(app, "wave-1"), "server", "aws_instance", { subnet_id: subnetId });
      return app;
    });
    expect(types(transitions[1]!.replaced)).toEqual(["aws_subnet", "aws_instance"]);
    expect(new Set(findings.map(({ subject }) => subject))).toEqual(new Set(["wave-1/aws_instance.server"]));
    expect(findings[0]?.message).toMatch(/because of subnet_id \(with network\/aws_subnet\.toy_subnet_\w+\)$/);
  });
});
