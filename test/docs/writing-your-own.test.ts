/** What the page "Writing your own" shows is run word for word, and does what the page says of it. */
import { describe, expect, it } from "@jest/globals";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, type App, Testing } from "cdktf";
import type { Construct } from "constructs";
import type { Assessment } from "../../lib/assessment/assessment";
import { assessmentSubject, type AssessmentSubject } from "../../lib/assessment/subject";
import { isBlocking } from "../../lib/core/finding";
import type { MigrationHost } from "../../lib/core/migration-part";
import type { Rule } from "../../lib/core/rule";
import type { Stages } from "../../lib/core/stage";
import type { Waiver } from "../../lib/core/waiver";
import { defineInventory } from "../../lib/inventory/define-inventory";
import type { Inventory } from "../../lib/inventory/model";
import { readInventoryFiles } from "../../lib/inventory/read-inventory";
import type { InventoryReader } from "../../lib/inventory/reader";
import { PreSharedKey } from "../../lib/patterns/infrastructure/hybrid-cloud/pre-shared-key";
import { SiteToSiteVpn } from "../../lib/patterns/infrastructure/hybrid-cloud/site-to-site-vpn";
import type { VpnDevice } from "../../lib/patterns/infrastructure/hybrid-cloud/device/device";
import { rehearse } from "../../lib/plan/rehearsal/rehearse";
import { Runbook } from "../../lib/plan/runbook/runbook";
import { synthesize, type TerraformBlocks } from "../../lib/testing/synthesize";
import { blockOf } from "../support/page-block";
import { READY_AS_OF, readyAssessment, readyChecklist, readyInventory } from "../support/ready-assessment";
import { thrown } from "../support/thrown";
import { inStage } from "../support/toy-migration";

const PAGE = "docs/writing-your-own.md";

function freshStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  return stack;
}

/** Returns the attributes of the resources of a type, in the order of their names. */
const attributes = (blocks: TerraformBlocks) => Object.values(blocks);

describe("a rule of one's own", () => {
  const { noBackupTag, assessOurs } = blockOf(PAGE, "noBackupTag") as {
    noBackupTag: Rule<AssessmentSubject>;
    assessOurs: (inventory: Inventory, checklist: typeof readyChecklist, waivers?: readonly Waiver[]) => Assessment;
  };

  it("finds what it says, less severe where it says so", () => {
    const servers = [
      { name: "web-01", location: { file: "estate.csv", row: 2 } },
      { name: "web-02", environment: "test" },
      { name: "web-03", tags: { backup: "daily" } },
    ];
    const subject = assessmentSubject(defineInventory({ servers }), readyAssessment().checklist, READY_AS_OF);
    expect(
      noBackupTag(subject).map(({ subject: name, severity, location }) => [name, severity, location?.row]),
    ).toEqual([
      ["web-01", "blocker", 2],
      ["web-02", "warning", undefined],
    ]);
  });

  it("blocks an assessment until it is waived", () => {
    // Of its own findings: what else blocks depends on the day, as ends of support do.
    const blocking = (waivers: readonly Waiver[] = []): string[] =>
      assessOurs(readyInventory(), readyChecklist, waivers)
        .findings.filter((finding) => finding.rule === noBackupTag.id && isBlocking(finding))
        .map(({ subject }) => subject)
        .sort();
    expect(blocking()).toEqual(["app-01", "db-01", "web-01"]);
    const waiver = { rule: noBackupTag.id, reason: "the array is snapshotted", approvedBy: "A. Owner" };
    expect(blocking([{ ...waiver, expires: "2999-12-31" }])).toEqual([]);
  });
});

describe("a reader of one's own", () => {
  const { registerReader } = blockOf(PAGE, "registerReader") as { registerReader: InventoryReader };
  const file = (content: unknown) => ({ name: "assets.json", bytes: Buffer.from(JSON.stringify(content)) });
  const read = (content: unknown) => readInventoryFiles([file(content)], { readers: [registerReader] });

  it("reads what it knows, and reports what it does not", async () => {
    const assets = [{ host: "a", cores: 2, ram_gb: 8, owner: "us" }, { host: "b", ram_gb: "lots" }, { cores: 1 }];
    const { servers, findings, format } = await read({ register: "acme-assets", assets });
    expect(format).toBe("acme-register");
    expect(servers).toMatchObject([
      { name: "a", cpus: 2, memoryMiB: 8192, tags: { owner: "us" } },
      { name: "b", location: { file: "assets.json", path: "assets[1].host" } },
    ]);
    expect(servers[1]).not.toHaveProperty("memoryMiB");
    expect(findings.map(({ rule, location }) => [rule, location?.path])).toEqual([
      ["inventory-value-invalid", "assets[1].ram_gb"],
      ["inventory-row-skipped", "assets[2].host"],
    ]);
  });

  it("does not claim what is another's", async () => {
    expect((await read({ servers: [{ name: "web-01" }] })).format).toBe("native");
    await expect(read({ register: "another" })).rejects.toThrow(
      /acme-register .*: it is no JSON object with "register"/,
    );
  });
});

describe("a device of one's own", () => {
  const { acmeRouter } = blockOf(PAGE, "acmeRouter") as { acmeRouter: () => VpnDevice };
  const connect = (routing: "static" | "bgp") => {
    const stack = freshStack();
    const vpn = new SiteToSiteVpn(stack, "office", {
      gateway: { kind: "vpn", vpcId: "vpc-0123456789abcdef0" },
      customerGateway: { ipAddress: "198.51.100.10" },
      onPremisesNetworks: ["192.168.0.0/16"],
      awsNetworks: ["10.0.0.0/16"],
      routing,
      tunnel1: { preSharedKey: PreSharedKey.generated() },
      tunnel2: { preSharedKey: PreSharedKey.generated() },
      device: acmeRouter(),
    });
    return { stack, vpn };
  };

  it("writes both tunnels, of which Terraform fills in addresses and keys", () => {
    const { stack, vpn } = connect("static");
    const { output = {} } = synthesize(stack).terraform as { output?: Record<string, Record<string, unknown>> };
    const [device] = Object.values(output);
    expect(device).toMatchObject({ sensitive: true });
    const files = device?.["value"] as Record<string, string>;
    expect(Object.keys(files)).toEqual(["host_vars/office.json"]);
    const { vpn: written } = JSON.parse(files["host_vars/office.json"] ?? "") as {
      vpn: { routes: string[]; tunnels: Record<string, unknown>[] };
    };
    expect(written.routes).toEqual(["10.0.0.0/16"]);
    expect(written.tunnels).toMatchObject([
      {
        name: "office-1",
        local: "198.51.100.10",
        starts: true,
        rank: 0,
        address: `${vpn.spec.tunnels[0].inside.customer}/30`,
      },
      { name: "office-2", rank: 1 },
    ]);
    expect(written.tunnels[0]).toMatchObject({
      peer: expect.stringMatching(/^\$\{aws_vpn_connection\.[a-zA-Z0-9_-]+\.tunnel1_address\}$/),
      key: expect.stringMatching(/^\$\{.*secret/),
      ike: expect.arrayContaining([{ encryption: "aes-256-gcm", integrity: "sha-384", dhGroup: "ecp-384" }]),
    });
  });

  it("refuses what it cannot express", () => {
    expect(thrown(() => connect("bgp"))).toMatchObject({ code: "ACME_ROUTER_ROUTING" });
  });
});

describe("a part of one's own", () => {
  interface Jobs {
    readonly migration: MigrationHost;
    readonly roleArn: string;
    readonly jobs: readonly { name: string; times: string; timeZone?: string; functionArn: string }[];
  }
  const { ScheduledJobs } = blockOf(PAGE, "ScheduledJobs") as {
    ScheduledJobs: new (scope: Construct, id: string, props: Jobs) => Construct;
  };
  const roleArn = "arn:aws:iam::111122223333:role/scheduler";
  const functionArn = "arn:aws:lambda:eu-central-1:111122223333:function:invoices";
  const jobs = [{ name: "invoices", times: "cron(15 3 * * ? *)", functionArn }];

  it.each([
    ["replicate", "DISABLED"],
    ["test", "DISABLED"],
    ["cutover", "ENABLED"],
    ["finalized", "ENABLED"],
  ] as const)("in the stage %s has the jobs %s", (stage, state) => {
    const stack = freshStack();
    new ScheduledJobs(stack, "jobs", { migration: inStage(stack, stage), jobs, roleArn });
    const [schedule] = attributes(synthesize(stack).resources("aws_scheduler_schedule"));
    expect(schedule).toMatchObject({ name: "invoices", state, schedule_expression_timezone: "UTC" });
  });

  it("has its steps in the runbook, around the one deployment, and its findings at the migration", () => {
    const stack = freshStack();
    const migration = inStage(stack, "replicate");
    new ScheduledJobs(stack, "jobs", { migration, jobs, roleArn });
    new Runbook(stack, "runbook", { migrations: [migration] });
    const titles = migration.procedure.map(({ name, enter }) => ({ name, titles: enter.map(({ title }) => title) }));
    const cutover = titles.find(({ name }) => name === "cutover")?.titles ?? [];
    const deployments = migration.procedure.find(({ name }) => name === "cutover")?.enter ?? [];
    const at = deployments.findIndex(({ deploys }) => deploys === true);
    expect(cutover.indexOf("Stop the jobs at the source")).toBeGreaterThanOrEqual(0);
    expect(cutover.indexOf("Stop the jobs at the source")).toBeLessThan(at);
    expect(deployments.filter(({ deploys }) => deploys === true)).toHaveLength(1);
    expect(deployments[at]?.expect).toContain("the schedules are enabled in cutover");
    expect(titles.filter((each) => each.titles.includes("Stop the jobs at the source"))).toHaveLength(1);
    expect(synthesize(stack).files["runbook.md"]).toContain("Start the jobs at the source");
    expect(migration.evaluate().findings.map(({ rule, subject }) => `${rule} ${subject}`)).toContain(
      "acme-job-in-utc invoices",
    );
  });
});

describe("a pattern of one's own", () => {
  interface Options {
    readonly stage?: "built" | "tried" | "serving";
    readonly retentionDays?: number;
  }
  const { createApp, queueMoveStages } = blockOf(PAGE, "QueueMove") as {
    createApp: (assessment: Assessment, options?: Options) => App;
    queueMoveStages: Stages;
  };
  const make = (options?: Options) => synthesize(createApp(readyAssessment(), options)).stack("orders");
  const senders = (options: Options): unknown =>
    attributes(make(options).resources("aws_sqs_queue_policy")).map(({ policy }) => {
      const { Statement } = JSON.parse(policy as string) as { Statement: { Principal: { AWS: string[] } }[] };
      return Statement[0]?.Principal.AWS.map((arn) => arn.replace(/^.*\//, ""));
    });

  it("changes with the stage who may send, and nothing else", () => {
    expect(senders({ stage: "built" })).toEqual([]);
    expect(senders({ stage: "tried" })).toEqual([["tester"]]);
    expect(senders({ stage: "serving" })).toEqual([["tester", "shop"]]);
  });

  it("protects its messages from the second stage on", () => {
    const lifecycles = (stage: "built" | "tried") =>
      attributes(make({ stage }).resources("aws_sqs_queue")).map(({ lifecycle }) => lifecycle);
    expect(lifecycles("built")).toEqual([undefined, undefined]);
    expect(lifecycles("tried")).toEqual([{ prevent_destroy: true }, { prevent_destroy: true }]);
  });

  it("is recorded, and in the plan's runbook", () => {
    const { files, resources } = { files: make().files, resources: make().resources("aws_ssm_parameter") };
    expect(attributes(resources).map(({ name }) => name)).toContain("/migration/orders/orders-queue/declared");
    expect(files["runbook.md"]).toContain("Point the producers to the broker");
  });

  it("loses nothing forward and back", async () => {
    const { findings, transitions } = await rehearse(() => createApp(readyAssessment()), { asOf: READY_AS_OF });
    expect(findings.filter(isBlocking)).toEqual([]);
    expect(transitions.length).toBeGreaterThanOrEqual(queueMoveStages.names.length - 1);
  });

  it("is blocked by its own rule, and refuses what cannot be", () => {
    expect(() => make({ retentionDays: 4 })).toThrow(/acme-queue-kept-shorter[\s\S]*4 days, where the broker/);
    expect(thrown(() => make({ retentionDays: 15 }))).toMatchObject({
      code: "QUEUE_MOVE_RETENTION_DAYS",
      path: "retentionDays",
    });
  });
});
