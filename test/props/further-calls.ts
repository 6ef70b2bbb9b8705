/** Valid calls of what the examples do not call: made once, while the door records them. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { App, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { z } from "zod";
import * as assessment from "../../lib/assessment";
import { recommend } from "../../lib/catalog";
import * as core from "../../lib/core";
import { readInventoryFiles, ServerIndex, writeInventory } from "../../lib/inventory";
import { Cidr, CidrAllocator } from "../../lib/network";
import { redactConnectionString } from "../../lib/parts/configuration";
import { DatabaseMove } from "../../lib/parts/data";
import { finalizedRules } from "../../lib/parts/validation";
import * as patterns from "../../lib/patterns/infrastructure";
import * as replication from "../../lib/patterns/infrastructure/lift-and-shift/replication";
import * as plan from "../../lib/plan";
import * as report from "../../lib/report";
import { ground, ordersProps } from "../parts/data/fixtures";
import { evidenceOf } from "../parts/validation/fixtures";
import { existing } from "../patterns/infrastructure/lift-and-shift/fixtures";
import { DESTINATION, estate, serversOf } from "../patterns/infrastructure/lift-and-shift/replication/fixtures";
import { twoClouds } from "../patterns/infrastructure/multi-cloud/intents";
import { planOf } from "../plan/guard/plan";
import { fixture } from "../plan/hand-over/fixture";
import { planDocument as runbookDocument } from "../plan/runbook/fixture";
import {
  READY_AS_OF,
  readyAssessment,
  readyChecklist,
  readyInventory,
  readyInventoryInput,
} from "../support/ready-assessment";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { StagedMigration } from "../support/toy-migration";
import type { RecordedCall } from "./recorded-calls";

function freshStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  return stack;
}

/** Calls what the examples do not call. */
export async function makeFurtherCalls(): Promise<void> {
  callCore();
  await callAssessment();
  callPatterns();
  callReplication();
  await callPlan();
  callReport();
}

function callCore(): void {
  core.forgetSynthesis(makeTemporaryFolder("calls"));
  const adopting = freshStack();
  new SnsTopic(adopting, "topic", {});
  core.adoptResources(adopting, {
    topic: { id: "topic-1", tags: { Name: "a" }, unset: { name: "b" }, optional: true },
  });
  const { phase, summary, enter, reverse } = patterns.liftAndShiftStages.get("test");
  core.Stages.of([{ name: "only", phase, summary, enter, reverse }]);
  core.checkShare("serve", 0.5);
  core.formatShare(0.5);
  core.largestShare({ from: 0, to: 1, controlledBy: "the controller" });
  core.smallestShare(0.5);
  core.isReversible({ name: "only", phase, summary, enter, reverse });
  core.isServing({ phase });
  core.needsWindow(patterns.liftAndShiftStages.get("test"), patterns.liftAndShiftStages.get("cutover"));
  core.phaseAtLeast("serve", "try");
  core.phasesBetween("prepare", "final");
  const servers = { app: "shop", name: "servers" };
  core.declaredParameter(servers);
  core.reachedParameter(servers);
  core.parameterPath(servers);
  core.dependentParameter(servers, { app: "shop", name: "office" });
  core.formatFinding({ rule: "r", severity: "warning", subject: "s", message: "m", why: "w", remedy: "r" });
  core.formatDay("2026-11-22");
  core.nameAt({ name: "web-01", location: { file: "estate.xlsx", row: 2 } });
  void core.withDeclaredStage({ migration: "stack/servers", stage: "test" }, () => undefined);
  core.Migration.fromParameterPath("/migration/network/office", patterns.hybridCloudStages);
  core.namePath(freshStack());
  new core.ForgottenResources(freshStack(), "forgotten", { addresses: ["aws_instance.old"] });
  const cidr = Cidr.parse("10.0.0.0/16");
  new CidrAllocator(cidr, { reserved: [Cidr.parse("10.0.1.0/24")] });
  redactConnectionString("postgresql://app@db-01:5432/orders");
  const evidence = evidenceOf("shop-health-web");
  const required = { alarmNames: ["shop-health-web"], minimumBakeHours: 72 };
  recommend({ migrationType: "infrastructure", complexity: "low", downtimeTolerance: "some" });
  core.runRules(finalizedRules, { stage: "finalized", evidence, required, asOf: "2026-02-10" });
}

async function callAssessment(): Promise<void> {
  const ready = readyAssessment();
  await readInventoryFiles([{ name: "servers.yaml", bytes: Buffer.from(writeInventory(ready.inventory)) }]);
  new ServerIndex(ready.inventory.servers);
  writeInventory(ready.inventory);
  assessment.answer("item", "What is it?", z.string());
  assessment.missingError("item");
  assessment.missingMessage("license_requirements");
  const question = { text: "q1", answers: [{ text: "yes", risk: "green" as const }] };
  const answered = assessment.answeredQuestionnaireSchema.parse({
    application: "shop",
    questionnaire: {
      name: "Readiness",
      sections: [{ name: "General", questions: [question] }],
      thresholds: { red: 50, yellow: 50, unknown: 50 },
      riskMessages: { red: "Not now", yellow: "With care", green: "Go", unknown: "Look again" },
    },
    answers: [{ question: "q1", answer: "yes" }],
  });
  assessment.evaluateQuestionnaire(answered);
}

function callPatterns(): void {
  const { Routing, ServerImage } = patterns;
  const routing = Routing.parse(twoClouds);
  patterns.resolve(routing, { path: "/" });
  patterns.resolveDns(routing, {});
  patterns.explain(routing, { path: "/" });
  patterns.explainRequest(routing, { path: "/" });
  patterns.answerRouting(routing, { path: "/" });
  patterns.answerRequest(routing, { path: "/" });
  const manifests = patterns.compileIstio(routing);
  const text = patterns.renderManifests(manifests);
  patterns.readManifests(text, "manifests.yaml");
  patterns.importIstio(text, "manifests.yaml");
  patterns.readRoutingConfig(JSON.stringify(twoClouds), "routing.yaml");
  patterns.Fraction.sum([patterns.Fraction.of(1, 2)]);
  new patterns.KubernetesManifests(freshStack(), "istio", { manifests, namespace: "users" });
  ServerImage.ami("ami-0123456789abcdef0");
  ServerImage.ssmParameter("/images/golden");
  ServerImage.adopt("i-0123456789abcdef0");
  patterns.PreSharedKey.token(
    new TerraformVariable(freshStack(), "key", { type: "string", sensitive: true }).stringValue,
  );
  patterns.gibFromMib(2048);
  patterns.combinations({ aead: false, encryption: ["AES256"], integrity: ["SHA2-256"], dhGroups: ["14"] });
  new patterns.DedicatedHosts(freshStack(), "hosts", {
    needs: [{ family: "r7i", availabilityZone: "eu-central-1a", number: 1 }],
    name: "shop",
    tags: {},
  });
}

function callReplication(): void {
  const servers = serversOf();
  replication.planReplication({ servers: estate.servers, network: existing });
  replication.mgnLaunchSettings(servers);
  replication.writeMgnLaunchSettings(servers);
  replication.writeMgnImport(servers, DESTINATION);
  replication.adoptedImages({ "web-01": "i-0123456789abcdef0" });
  const launched = {
    sourceServerID: "s-1",
    userProvidedID: "web-01",
    lifeCycle: { state: "CUTOVER" },
    launchedInstance: { ec2InstanceID: "i-0123456789abcdef0" },
  };
  replication.launchedInstances({ items: [launched] }, estate.servers, { includeTestInstances: true });
  const stack = freshStack();
  const migration = new StagedMigration(stack, "migration");
  new DatabaseMove(stack, "move", ordersProps(ground(stack, ""), { migration, method: { kind: "backup-restore" } }));
}

async function callPlan(): Promise<void> {
  const cutover = plan.planRunbook(runbookDocument()).waves[2]?.cutover.forward[0];
  if (cutover === undefined) throw new Error("the fixture has a cut-over");
  const approvers = ["arn:aws:iam::111122223333:role/migration-lead"];
  for (const document of plan.automationDocuments(cutover, { approvers })) plan.automationActions(document);
  const planned = freshStack();
  const migrations = [new StagedMigration(planned, "migration")];
  new plan.AutomationRunbooks(planned, "automation", { migrations, approvers });
  const metric = { namespace: "AWS/ApplicationELB", metricName: "RequestCount", statistic: "Sum" };
  plan.errorRateChange({ errors: metric, requests: metric, baselinePercent: 1 });
  plan.requestAvailability({ errors: metric, requests: metric });
  plan.healthCheckAvailability("11111111-2222-3333-4444-555555555555");
  const change = { address: "aws_instance.web", actions: ["delete"] };
  const parsed = plan.parseTerraformPlan("plan.json", planOf([change]));
  const guarded = plan.guardPlan(parsed, { asOf: READY_AS_OF });
  report.renderGuardReport(guarded, "text");
  plan.inPlaceCuts("aws_instance", {}, {});
  for (const stage of guarded.stages) plan.plannedStagePhrase(stage);
  plan.plannedStagePhrase({
    app: "shop",
    migration: "servers",
    address: "aws_ssm_parameter.declared",
    withdrawn: false,
  });
  const { app, shown } = fixture();
  plan.handOver(app, plan.parseTerraformState("state.json", shown), "shop/orders");
  const rehearsed = await plan.rehearse(() => {
    const root = new App();
    const stack = new TerraformStack(root, "stack");
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    new SnsTopic(stack, "topic");
    new StagedMigration(stack, "migration");
    return root;
  });
  plan.rehearsalText(rehearsed);
  plan.rehearsalMarkdown(rehearsed);
}

function callReport(): void {
  const role = { assume_role_policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*" }] }) };
  const access = plan.readAccess([{ path: "shop", terraform: { resource: { aws_iam_role: { role } } } }]);
  report.accessJson(access);
  report.accessMarkdown(access, { title: "Access of the shop" });
  const ready = readyAssessment();
  const { findings } = ready;
  report.assessmentText(ready);
  report.nextSteps(ready);
  report.inventoryText(readyInventory());
  report.inventoryMarkdown(readyInventory());
  report.renderInventory(readyInventory(), "text");
  report.findingsJunit(findings);
  report.findingsSarif(findings);
  report.planJunit(runbookDocument());
  report.planSarif(runbookDocument());
}

/** Valid calls of what parses its arguments itself, with errors of its own. */
export function parsedElsewhere(): RecordedCall[] {
  const ready = readyAssessment();
  const call = (called: string, given: Readonly<Record<string, unknown>>): RecordedCall => ({ called, given });
  return [
    call("assess", {
      inventory: ready.inventory,
      checklist: readyChecklist,
      waivers: [{ rule: "os-unknown", reason: "known by its owner", approvedBy: "A. Owner", expires: "2026-02-01" }],
      options: { asOf: READY_AS_OF },
    }),
    call("planThresholds", { overrides: { rehearsalDays: 30 } }),
    call("defineInventory", { input: readyInventoryInput }),
    call("defineRouting", { intent: twoClouds }),
    call("Routing.parse", { input: twoClouds }),
    call("LandingNetwork.fromExisting", { network: { ...existing, cidrs: ["10.10.0.0/16"] } }),
    call("Migration.fromParameterPath", {
      path: "/migration/network/office",
      stages: patterns.hybridCloudStages,
    }),
    call("HybridVpc", {
      scope: freshStack(),
      id: "vpc",
      props: { cidr: "10.1.0.0/16", zones: ["eu-central-1a"] },
      tags: {},
    }),
  ];
}
