import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  ReplicationExport,
  adoptedImages,
  planReplication,
  replicationRules,
  writeMgnImport,
  type ReplicationExportProps,
} from "../../../../../lib/patterns/infrastructure/lift-and-shift/replication";
import { withPartSteps } from "../../../../../lib/core/part-steps";
import type { RunbookStep } from "../../../../../lib/core/stage";
import { liftAndShiftStages } from "../../../../../lib/patterns/infrastructure/lift-and-shift/stages";
import { inStage, stageSteps } from "../../../../support/toy-migration";
import { thrown } from "../../../../support/thrown";
import { existing, fleetOf, inventoryOf, newStack, serverInput } from "../fixtures";
import { DESTINATION, estate, serversOf } from "./fixtures";
import { readMgnImport } from "./strict-mgn-reader";
import { decodeTemplate } from "../../../../support/terraform-template";

const plan = planReplication({ servers: estate.servers, network: existing });

function made(over: Partial<ReplicationExportProps> = {}, stack: TerraformStack = newStack()) {
  return {
    stack,
    exported: new ReplicationExport(stack, "replication", {
      migration: inStage(stack, "replicate"),
      plan,
      ...DESTINATION,
      ...over,
    }),
  };
}

function outputsOf(stack: TerraformStack): Record<string, { value: string }> {
  return (JSON.parse(Testing.synth(stack, true)) as { output?: Record<string, { value: string }> }).output ?? {};
}

describe("an export of which everything is known", () => {
  it("is files beside cdk.tf.json, with the bytes of the writers, and no output", () => {
    const { stack, exported } = made();
    const folder = Testing.fullSynth(stack);
    const read = (name: string) =>
      readFileSync(path.join(folder, "stacks/stack/replication/stack-replication", name), "utf8");
    expect(exported.mgnImport).toEqual({ kind: "file", fileName: "replication/stack-replication/mgn-import.csv" });
    expect(read("mgn-import.csv")).toBe(
      writeMgnImport(
        serversOf(estate, () => ({})),
        DESTINATION,
      ),
    );
    expect(JSON.parse(read("mgn-launch-settings.json"))).toHaveLength(3);
    expect(read("migration-factory-intake.csv").split("\r\n")).toHaveLength(5);
    expect(outputsOf(stack)).toEqual({});
  });

  it("is of the tools that were asked for", () => {
    const { exported } = made({ tools: ["cloud-migration-factory"] });
    expect(exported.mgnImport).toBeUndefined();
    expect(exported.mgnLaunchSettings).toBeUndefined();
    expect(exported.factoryIntake).toBeDefined();
    expect(exported.review).toMatchObject({ mgn: false, factory: true });
  });

  it("hands its servers to the rules", () => {
    expect(replicationRules.flatMap((rule) => rule(made().exported.review))).toEqual([]);
  });

  it("is empty where every server is launched already", () => {
    const images = adoptedImages({ a: "i-0123456789abcdef0" });
    const { exported } = made({
      plan: fleetOf(inventoryOf([serverInput("a")]), { images }).plan,
    });
    expect(exported.mgnImport).toBeUndefined();
    expect(exported.servers).toEqual([]);
  });
});

describe("an export with a value that Terraform will know", () => {
  const stack = newStack();
  const subnetId = new TerraformVariable(stack, "subnet", { type: "string" }).stringValue;
  const network = {
    ...existing,
    subnets: [{ id: subnetId, tier: "private" as const, availabilityZone: "eu-central-1a" }],
  };
  const { servers } = inventoryOf([
    serverInput("web-01", { fqdn: "web-01.example", tags: { note: `costs \${5}, "%{6}" and \${TfToken[TOKEN.0]}` } }),
  ]);
  const { exported } = made({ plan: planReplication({ servers, network }), tags: { team: "shop" } }, stack);
  const outputs = outputsOf(stack);

  it("is an output with the whole text, in which our reference is the only one", () => {
    expect(exported.mgnImport).toMatchObject({ kind: "output", outputName: "stack_replication_mgn_import" });
    const { value } = outputs["stack_replication_mgn_import"]!;
    const { text, live } = decodeTemplate(value);
    expect(live).toEqual(["${var.subnet}"]);
    expect(readMgnImport(text.replace("live(…)", "subnet-0000000a"))).toEqual([
      expect.objectContaining({
        "mgn:launch:nic:0:subnet-id": "subnet-0000000a",
        "mgn:server:tag:note": `costs \${5}, "%{6}" and \${TfToken[TOKEN.0]}`,
      }),
    ]);
  });

  it("leaves the launch settings a file, as they have no such value", () => {
    expect(exported.mgnLaunchSettings?.kind).toBe("file");
    expect(exported.factoryIntake).toMatchObject({ outputName: "stack_replication_factory_intake" });
    expect(Object.keys(outputs).sort()).toEqual(["stack_replication_factory_intake", "stack_replication_mgn_import"]);
  });
});

describe("an export", () => {
  it.each<[string, Partial<ReplicationExportProps>]>([
    ["an account that is none", { accountId: "1234" }],
    ["a region that is none", { region: "Frankfurt" }],
    ["no tool", { tools: [] }],
  ])("refuses %s", (_, over) => {
    expect(thrown(() => made(over)).code).toBe("REPLICATION_EXPORT");
  });

  it("writes what a spreadsheet takes for a formula only where it may", () => {
    const { servers } = inventoryOf([serverInput("a", { fqdn: "a.example", tags: { phone: "+49 30" } })]);
    const risky = planReplication({ servers, network: existing });
    expect(thrown(() => made({ plan: risky })).code).toBe("CSV_FORMULA");
    expect(made({ plan: risky, allowFormulas: true }).exported.mgnImport).toBeDefined();
  });
});

describe("the steps of an export", () => {
  /** What each step calls; `deploy` where it is the stack that is deployed or destroyed. */
  const operationsOf = (steps: readonly RunbookStep[] = []): string[] =>
    steps.map(({ command, deploys }) => (deploys === true ? "deploy" : (command?.split(" ")[2] ?? "nothing")));
  const titlesOf = (exported: ReplicationExport, side: "enter" | "reverse" = "enter"): string[] =>
    (stageSteps(exported).replicate[side] ?? []).map(({ title }) => title);

  it("import the files, install the agents and apply the launch settings", () => {
    const { exported } = made();
    expect(titlesOf(exported)).toEqual([
      "Upload mgn-import.csv to a bucket that only readers of the inventory can read",
      "Import mgn-import.csv into Application Migration Service",
      "Install the replication agent on every source server, with its name as --user-provided-id",
      "Apply mgn-launch-settings.json to every source server",
      "Import migration-factory-intake.csv into Cloud Migration Factory",
    ]);
    expect(stageSteps(exported).replicate.enter?.[0]?.command).toBe(
      "aws s3 cp cdktf.out/stacks/stack/replication/stack-replication/mgn-import.csv s3://BUCKET/mgn-import.csv --region eu-central-1",
    );
  });

  it("launch for the test, and adopt what is launched for the cut-over with its deployment", () => {
    const { test, cutover } = stageSteps(made().exported);
    expect(operationsOf(test.enter)).toEqual(["start-test", "describe-jobs", "change-server-life-cycle-state"]);
    expect(test.enter?.at(-1)?.command).toContain("--life-cycle state=READY_FOR_CUTOVER");
    expect(operationsOf(cutover.enter)).toEqual([
      "describe-source-servers",
      "start-cutover",
      "describe-jobs",
      "describe-source-servers",
      "deploy",
    ]);
  });

  it("go back without terminating what Terraform has, and end the replication before the destroy", () => {
    const { replicate, test, cutover } = stageSteps(made().exported);
    expect(operationsOf(cutover.reverse)).toEqual(["change-server-life-cycle-state"]);
    expect(operationsOf(test.reverse)).toEqual(["change-server-life-cycle-state", "terminate-target-instances"]);
    // Nothing is terminated that is in TESTING.
    expect(test.reverse?.[0]?.command).toContain("--life-cycle state=READY_FOR_TEST");
    expect(operationsOf(replicate.reverse)).toEqual([
      "terminate-target-instances",
      "disconnect-from-service",
      "deploy",
    ]);
  });

  it("say the region that the servers go to", () => {
    const commands = Object.values(stageSteps(made().exported)).flatMap((steps) =>
      [...(steps.enter ?? []), ...(steps.reverse ?? [])].flatMap(({ command }) => command ?? []),
    );
    const calls = commands.filter((command) => command.startsWith("aws "));
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.filter((command) => !command.includes("--region eu-central-1"))).toEqual([]);
  });

  it("are placed around the migration's own deployment", () => {
    const around = (name: "replicate" | "cutover") =>
      withPartSteps(liftAndShiftStages.get(name), [stageSteps(made().exported)[name]]);
    const commands = (steps: readonly RunbookStep[]): string[] => steps.flatMap(({ command }) => command ?? []);
    const back = around("replicate").reverse as readonly RunbookStep[];
    expect(commands(back).map((command) => command.split(" ").slice(0, 3).join(" "))).toEqual([
      "aws mgn terminate-target-instances",
      "aws mgn disconnect-from-service",
      "cdktf destroy",
      "aws ec2 describe-volumes",
      "aws ec2 delete-volume",
    ]);
    const forth = commands(around("cutover").enter);
    expect(forth.findIndex((command) => command.includes("start-cutover"))).toBeLessThan(forth.indexOf("cdktf deploy"));
  });

  it("write a file first where its text is an output", () => {
    const stack = newStack();
    const id = new TerraformVariable(stack, "subnet", { type: "string" }).stringValue;
    const network = { ...existing, subnets: [{ id, tier: "private" as const, availabilityZone: "eu-central-1a" }] };
    const { exported } = made({ plan: planReplication({ servers: estate.servers, network }) }, stack);
    const steps = stageSteps(exported).replicate.enter ?? [];
    expect(steps[0]).toMatchObject({
      title: "Write mgn-import.csv",
      command: "terraform -chdir=cdktf.out/stacks/stack output -raw stack_replication_mgn_import > mgn-import.csv",
    });
  });

  it("name no other tool than those that are written for", () => {
    const { exported } = made({ tools: ["cloud-migration-factory"] });
    expect(titlesOf(exported)).toEqual(["Import migration-factory-intake.csv into Cloud Migration Factory"]);
    expect(titlesOf(exported, "reverse")).toEqual([]);
    const others = Object.entries(stageSteps(exported)).filter(([name]) => name !== "replicate");
    for (const [, steps] of others) expect(steps).toEqual({ enter: [], reverse: [] });
  });

  it("are none where every server is launched already", () => {
    const images = adoptedImages({ a: "i-0123456789abcdef0" });
    const { exported } = made({ plan: fleetOf(inventoryOf([serverInput("a")]), { images }).plan });
    for (const steps of Object.values(stageSteps(exported))) expect(steps).toEqual({ enter: [], reverse: [] });
  });

  it("come with what the rules find", () => {
    expect(made().exported.findings()).toEqual([]);
  });
});
