import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { App, TerraformStack, Testing } from "cdktf";
import type { Stage } from "../../../lib/core/stage";
import { automationActions, automationDocuments } from "../../../lib/plan/runbook/automation-document";
import { AutomationRunbooks, type AutomationSubject } from "../../../lib/plan/runbook/automation-runbooks";
import { planRunbook } from "../../../lib/plan/runbook/plan-runbook";
import { makeTemporaryFolder } from "../../support/temporary-folder";
import { thrown } from "../../support/thrown";
import { faultsOf } from "./automation-reader";
import { planDocument, step } from "./fixture";

const options = { approvers: ["arn:aws:iam::111122223333:role/migration-lead"] };
const wave2 = planRunbook(planDocument()).waves[2];
const cutover = wave2?.cutover.forward[0];
if (cutover === undefined) throw new Error("the fixture has a cut-over");

describe("automationDocuments", () => {
  const [document] = automationDocuments({ ...cutover, alarms: ["wave-2-booking-answers"] }, options);

  it("is a document that Automation takes", () => {
    expect(faultsOf(JSON.stringify(document))).toEqual([]);
  });

  it("waits for a person where a person acts, and calls what is a call", () => {
    expect(document?.mainSteps.map(({ name, action }) => [name.slice(0, 16), action.slice(4)])).toEqual([
      ["step01_do_Decide", "approve"],
      ["step02_do_Stop_t", "approve"],
      ["step03_do_Bring_", "approve"],
      ["step04_do_Declar", "approve"],
      ["step05_call1_Des", "executeAwsApi"],
      ["step05_see_Wait_", "approve"],
      ["step06_call1_Des", "executeAwsApi"],
      ["step06_call2_Sto", "executeAwsApi"],
      ["step06_see_Stop_", "approve"],
      ["step07_do_Check_", "approve"],
      ["alarm01_is_OK", "waitForAwsResourceProperty"],
    ]);
  });

  it("gives what one call has found to the next", () => {
    const [first, second] = document?.mainSteps.filter(({ name }) => name.startsWith("step06_call")) ?? [];
    expect(first?.outputs).toEqual([
      { Name: "Found", Selector: "$.ReplicationConfigs[0].ReplicationConfigArn", Type: "String" },
    ]);
    expect(second?.inputs).toEqual({
      Service: "dms",
      Api: "StopReplication",
      ReplicationConfigArn: `{{ ${first?.name ?? ""}.Found }}`,
    });
  });

  it("says to the person what to run and what is seen", () => {
    expect(document?.mainSteps[3]?.inputs).toEqual({
      Message:
        "For the platform engineer: Declare the stage cutover and deploy.\nRun, for wave-2/servers: npx cdktf deploy wave-2 --ignore-missing-stack-dependencies\n" +
        "Approve when this is seen: The observed flows with outside hosts are open, the rules for test clients are gone, no instance is replaced. Reject to stop.",
      MinRequiredApprovals: 1,
      Approvers: "{{ Approvers }}",
    });
  });

  it("calls in its own region what names it, and leaves to a person what names another", () => {
    const command = "aws datasync list-agents --region eu-central-1";
    const steps = [{ title: "look", owner: "lead", command, expect: "successful", minutes: 5 }];
    const actions = (region?: string) =>
      automationDocuments({ ...cutover, steps }, { ...options, ...(region === undefined ? {} : { region }) })
        .flatMap(({ mainSteps }) => mainSteps)
        .map(({ action }) => action);
    expect(actions("eu-central-1")).toContain("aws:executeAwsApi");
    expect(actions("eu-west-1")).not.toContain("aws:executeAwsApi");
    expect(actions()).not.toContain("aws:executeAwsApi");
  });

  it("names the IAM actions that it needs", () => {
    expect(document === undefined ? [] : automationActions(document)).toEqual([
      "cloudwatch:DescribeAlarms",
      "dms:DescribeReplicationConfigs",
      "dms:StopReplication",
    ]);
    const [told] = automationDocuments(cutover, { ...options, notificationArn: "arn:x" });
    expect(told === undefined ? [] : automationActions(told)).toContain("sns:Publish");
    expect(faultsOf(JSON.stringify(told))).toEqual([]);
  });

  it("has none for a transition without steps", () => {
    expect(automationDocuments({ ...cutover, steps: [] }, options)).toEqual([]);
  });

  it("divides what is too long, without dividing a step", () => {
    const steps = Array.from({ length: 130 }, (_none, index) => step(`step ${index}`, 5, { expect: "x".repeat(900) }));
    const documents = automationDocuments({ ...cutover, steps }, options);
    expect(documents.length).toBeGreaterThan(1);
    expect(documents.flatMap((each) => faultsOf(JSON.stringify(each, null, 1)))).toEqual([]);
    expect(documents.flatMap(({ mainSteps }) => mainSteps)).toHaveLength(130);
    expect(documents[0]?.description).toMatch(/, part 1 of \d$/);
    const many = Array.from({ length: 101 }, () => step("s", 1));
    expect(automationDocuments({ ...cutover, steps: many }, options).map(({ mainSteps }) => mainSteps.length)).toEqual([
      100, 1,
    ]);
  });

  it("is one that Automation takes, whatever the steps say", () => {
    const text = fc.string({ unit: fc.constantFrom("{", "}", "{{", "x", " ", "$", '"', "\n", "é", "A", "_") });
    const anyStep = fc.record({
      title: text,
      owner: text,
      expect: text,
      command: fc.oneof(text, fc.constant("aws datasync list-agents")),
      minutes: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 5 }), text, (steps, migration) => {
        const documents = automationDocuments({ migration, title: migration, steps }, options);
        expect(documents.flatMap((each) => faultsOf(JSON.stringify(each)))).toEqual([]);
      }),
    );
  });
});

describe("the reader of Automation documents", () => {
  it("finds what is wrong", () => {
    const broken = {
      schemaVersion: "0.4",
      extra: 1,
      parameters: { P: { type: "Text" } },
      mainSteps: [
        { name: "a b", action: "aws:approve", inputs: { Text: "{{ missing }}" }, nextStep: "c" },
        { name: "b", action: "aws:fly", inputs: {} },
      ],
    };
    expect(faultsOf(JSON.stringify(broken))).toEqual([
      "extra is no part of a document",
      "the schema version is not 0.3",
      "P has no type",
      "a b is no name of a step",
      "a b: Approvers is missing",
      "a b: Text is no input",
      "a b: missing is not known here",
      "a b: the next step is not the one that follows",
      "b: aws:fly is no action",
      "b: isEnd",
    ]);
  });
});

describe("AutomationRunbooks", () => {
  const subject = (path_ = "booking/servers", over: Partial<AutomationSubject> = {}): AutomationSubject => {
    const stages = planDocument().migrations.find((each) => each.path === "wave-2/servers")?.stages ?? [];
    return {
      node: { path: path_ },
      profile: { name: "lift-and-shift", title: "Lift and shift" },
      wave: "wave-2",
      stage: stages[1] as Stage,
      procedure: stages,
      rollback: { owner: "lead", windowHours: 4, triggers: ["t"], sourceRetentionDays: 14 },
      verifications: [
        { kind: "health-check", name: "here", alarm: { name: "here", arn: "arn:here", notifies: true } },
        {
          kind: "health-check",
          name: "there",
          alarm: { name: "there", arn: "arn:there", notifies: true, region: "us-east-1" },
        },
      ],
      ...over,
    };
  };
  const stack = (): TerraformStack => {
    const scope = new TerraformStack(new App({ outdir: makeTemporaryFolder("automation") }), "booking");
    new AwsProvider(scope, "aws", { region: "eu-central-1" });
    return scope;
  };
  interface Made {
    readonly name: string;
    readonly content: string;
    readonly document_type: string;
    readonly document_format: string;
    readonly tags: Record<string, string>;
  }
  const synthesized = (scope: TerraformStack): Made[] => {
    const json = JSON.parse(Testing.synth(scope, true)) as { resource: Record<string, Record<string, Made>> };
    return Object.values(json.resource[SsmDocument.tfResourceType] ?? {});
  };

  it("makes a document for each transition of the cut-over, forward and back", () => {
    const scope = stack();
    const made = new AutomationRunbooks(scope, "automation", { migrations: [subject()], ...options });
    // Synthesis sorts resources by their addresses.
    const documents = synthesized(scope).reverse();
    expect(documents.map(({ name }) => name)).toEqual([
      "migration-booking.servers.test-to-cutover.forward",
      "migration-booking.servers.cutover-to-test.back",
    ]);
    expect(documents.map((each) => [each.document_type, each.document_format])).toEqual([
      ["Automation", "JSON"],
      ["Automation", "JSON"],
    ]);
    expect(documents[0]?.tags["migration:wave"]).toBe("wave-2");
    expect(documents.flatMap(({ content }) => faultsOf(content))).toEqual([]);
    expect(documents[0]?.content).toContain('"here"');
    expect(documents[0]?.content).not.toContain('"there"');
    expect(made.iamActions).toContain("dms:StopReplication");
    expect(made.documents).toHaveLength(2);
  });

  it("makes them for each step of a rollout as well", () => {
    const scope = stack();
    const stages = planDocument().migrations.find(({ path: each }) => each === "routing/shop")?.stages ?? [];
    const migrations = [subject("routing/shop", { stage: stages[0] as Stage, procedure: stages })];
    new AutomationRunbooks(scope, "automation", { migrations, ...options });
    const documents = synthesized(scope);
    expect(documents.map(({ name }) => name.slice("migration-routing.shop.".length)).sort()).toEqual([
      "aws-0-to-aws-10.forward",
      "aws-10-to-aws-0.back",
      "aws-10-to-aws-100.forward",
      "aws-100-to-aws-10.back",
    ]);
    for (const { tags } of documents) expect(tags).not.toHaveProperty("migration:stage");
  });

  it("lets Terraform read no expression out of a step, and keeps tokens", () => {
    const scope = stack();
    const role = new IamRole(scope, "role", { assumeRolePolicy: "{}" });
    const [stage] = [
      { name: "only", phase: "serve", summary: "", enter: [step("say ${x} %{y}", 1)], reverse: [] } satisfies Stage,
    ];
    new AutomationRunbooks(scope, "automation", {
      migrations: [subject("a", { stage, procedure: [stage] })],
      approvers: [role.arn],
      assumeRole: role.arn,
    });
    const [document] = synthesized(scope);
    expect(document?.content).toContain("Say $${x} %%{y}.");
    expect(document?.content).toContain('"${aws_iam_role.role.arn}"');
  });

  it("tells migrations apart whose names differ in what a document's name cannot have", () => {
    const scope = stack();
    new AutomationRunbooks(scope, "automation", {
      migrations: [subject("a b/c"), subject("a.b/c"), subject("a/b/c"), subject("x".repeat(200))],
      ...options,
    });
    const names = synthesized(scope).map(({ name }) => name);
    expect(new Set(names).size).toBe(8);
    for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_\-.]{3,128}$/);
  });

  it("fails at synthesis where a part has come later", () => {
    const scope = stack();
    const stages = [...subject().procedure];
    new AutomationRunbooks(scope, "automation", {
      migrations: [subject("a", { procedure: stages })],
      ...options,
    });
    const [first, second, third] = stages;
    if (first === undefined || second === undefined || third === undefined) throw new Error("three stages");
    stages[2] = { ...third, enter: [...third.enter, step("one more", 1)] };
    expect(() => Testing.synth(scope, true)).toThrow("create AutomationRunbooks last");
  });

  it.each([
    ["nobody approves", { approvers: [] }],
    ["too many approve", { approvers: Array.from({ length: 11 }, String) }],
    ["there is no migration", { migrations: [] }],
    ["the prefix is AWS's", { namePrefix: "AWS-mine" }],
    ["the role is no role", { assumeRole: "admin" }],
    [
      "the topic's name does not begin with Automation",
      { notificationArn: "arn:aws:sns:eu-central-1:111122223333:mine" },
    ],
    ["nothing raises the traffic", { migrations: [subject("a", { procedure: [...subject().procedure].slice(0, 2) })] }],
  ])("refuses where %s", (_why, over) => {
    const props = { migrations: [subject()], ...options, ...over };
    expect(thrown(() => new AutomationRunbooks(stack(), "automation", props)).code).toBe("RUNBOOK_AUTOMATION");
  });
});
