/**
 * The code of a repo. What depends on an answer is one of few lines, and every answer that is written into code is written as a
 * literal; nothing from an inventory is in it.
 */
import type { Pattern } from "../../core/pattern";
import type { AddedFile } from "../add-files";
import type { Backend, InitAnswers } from "./answers";

/** The choices that the code of a repo is made from. */
export interface CodeInput {
  readonly answers: InitAnswers;
  /** The chosen patterns, in the order of the catalog. */
  readonly patterns: readonly Pattern[];
  /** The inventory files as the repo names them, the most trusted first. */
  readonly estate: readonly string[];
}

/** Returns the repo's code: the app, the settings, the stacks of all patterns, and the plan over them. */
export function codeFiles(input: CodeInput): AddedFile[] {
  const { patterns } = input;
  const network = patterns.some(({ starter }) => starter.network);
  return [
    { name: "main.ts", content: mainFile(input, network) },
    { name: "settings.ts", content: settingsFile(input, network) },
    { name: "undecided.ts", content: UNDECIDED },
    { name: "stacks/platform-stack.ts", content: platformStack(input.answers.backend, network) },
    ...(network ? [{ name: "stacks/network.ts", content: NETWORK }] : []),
    ...patterns.map(({ profile, starter }) => ({ name: `stacks/${profile.name}.ts`, content: starter.stacks })),
    { name: "stacks/plan.ts", content: PLAN },
  ];
}

const literal = (text: string): string => JSON.stringify(text);

function mainFile({ patterns }: CodeInput, network: boolean): string {
  const imports = [
    ...(network ? [`import { NetworkStack } from "./stacks/network";`] : []),
    ...patterns.map(({ profile, starter }) => `import { ${starter.creates} } from "./stacks/${profile.name}";`),
    `import { PlanStack } from "./stacks/plan";`,
  ].sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  return `/**
 * The platform: its estate is read and assessed, and what the assessment allows is made, a stack for each migration and a plan
 * over all of them. README.md says what to do next.
 */
import { App, type AppConfig } from "cdktf";
import { assess, readChecklist, readWaivers, type Assessment } from "cdktf-migration-patterns/assessment";
${importLine(
  [
    ...["forgetSynthesis", "isBlocking", "isMigrationError", "type Migration"],
    ...(interlocked(patterns) ? ["type MigrationDependency"] : []),
  ],
  "cdktf-migration-patterns/core",
)}
import { readInventory } from "cdktf-migration-patterns/inventory";
import type { MigrationPlan } from "cdktf-migration-patterns/plan";
import { nextSteps, summarize } from "cdktf-migration-patterns/report";
import { estate } from "./settings";
${imports.join("\n")}
import { undecided } from "./undecided";

/** The app, and the plan over all its migrations. */
export interface Platform {
  readonly app: App;
  readonly plan: MigrationPlan;
}

/** Reads the estate, the checklist and the waivers, and assesses them as of today. */
export async function readAssessment(): Promise<Assessment> {
  return assess(await readInventory(estate), readChecklist("checklist.yaml"), readWaivers("waivers.yaml"));
}

/** Makes the app, without synthesizing it. */
export function createPlatform(assessment: Assessment, config: AppConfig = {}): Platform {
  const app = new App(config);
${network ? `  const { network } = new NetworkStack(app, "network", assessment);\n` : ""}${migrationLines(patterns, network)}
  const { plan } = new PlanStack(app, "plan", assessment, migrations);
  return { app, plan };
}

/** What is missing, in words that need no stack trace. */
class Blocked extends Error {}

/** Synthesizes the app, or says what is missing, first what holds most. */
async function main(): Promise<void> {
  // Whatever stops it: no command takes what an earlier synthesis has written for this one's.
  forgetSynthesis();
  const assessment = await readAssessment();
  if (assessment.verdict !== "ready") throw new Blocked(nextSteps(assessment));
  const { app, plan } = createPlatform(assessment);
  const { findings } = plan.document;
  if (findings.some(isBlocking)) throw new Blocked(nextSteps(assessment, { findings }));
  app.synth();
  const left = undecided().map((what) => \`  still as it was begun: \${what}\`);
  const report = "cdktf.out/stacks/plan/report.html";
  console.log([summarize(assessment, { findings, warnings: true, report }), ...left].join("\\n"));
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Blocked || isMigrationError(error) ? error.message : error);
    process.exitCode = 1;
  });
}
`;
}

/** Checks whether the repo has connections, and others that depend on them. */
function interlocked(patterns: readonly Pattern[]): boolean {
  const connections = patterns.filter(({ role }) => role === "connection").length;
  return connections > 0 && connections < patterns.length;
}

/** Returns the lines that make all migrations: connections first, because whatever else moves depends on them. */
function migrationLines(patterns: readonly Pattern[], network: boolean): string {
  const made = (dependsOn: string) => (pattern: Pattern) =>
    `...${pattern.starter.creates}(app, { assessment, ${network ? "network, " : ""}${dependsOn} })`;
  const connections = patterns.filter(({ role }) => role === "connection");
  const others = patterns.filter(({ role }) => role !== "connection");
  if (!interlocked(patterns)) return list("migrations", patterns.map(made("dependsOn: []")));
  return `  // The connections come first: whatever else moves may serve once they do.
${list("connections", connections.map(made("dependsOn: []")))}
  const dependsOn = connections.map((migration): MigrationDependency => ({
    migration,
    reached: migration.stages.firstServing.name,
  }));
${list("migrations", ["...connections", ...others.map(made("dependsOn"))])}`;
}

const COLUMNS = 120;

/** Returns an import of names, on one line where it fits. */
function importLine(names: readonly string[], from: string): string {
  const line = `import { ${names.join(", ")} } from "${from}";`;
  if (line.length <= COLUMNS) return line;
  return ["import {", ...names.map((each) => `  ${each},`), `} from "${from}";`].join("\n");
}

/** Returns the declaration of a list of migrations, on one line where it fits. */
function list(name: string, items: readonly string[]): string {
  const line = `  const ${name}: Migration[] = [${items.join(", ")}];`;
  if (line.length <= COLUMNS) return line;
  return [`  const ${name}: Migration[] = [`, ...items.map((item) => `    ${item},`), "  ];"].join("\n");
}

function pathOf(line: string): string {
  return /from "(.+)"/.exec(line)?.[1] ?? line;
}

function settingsFile({ answers: { app, region }, estate }: CodeInput, network: boolean): string {
  const zones = network
    ? `
/** The availability zones of the network: \`aws ec2 describe-availability-zones\` lists those of the account. */
export const availabilityZones = [\`\${region}a\`, \`\${region}b\`];
`
    : "";
  return `/** What all stacks share. */
import type { RollbackPlan } from "cdktf-migration-patterns/core";
import { decide } from "./undecided";

/** The inventory files, the most trusted first: what an earlier one says stays, a later one fills in what is not known yet. */
export const estate = [${estate.map(literal).join(", ")}];

/** The name of the app, which stays: what \`migration-patterns status --app\` takes. */
export const app = ${literal(app)};

/** The AWS region. */
export const region = ${literal(region)};
${zones}
/** The e-mail address of those who are called when an alarm goes off. */
export const onCall = decide("on-call@example.com", "settings.ts: the e-mail address of those on call");

/** Who decides to go back, on what, and for how long that stays possible. Migrations add triggers of their own. */
export const rollback: RollbackPlan = {
  owner: "migration lead",
  windowHours: 4,
  triggers: ["users cannot work for 10 minutes"],
  sourceRetentionDays: 30,
};

/** The tags of all resources, beside those of the library. */
export const tags = { app };
`;
}

const UNDECIDED = `/** Values that this repo was begun with, and that are yours to decide. */
const left: string[] = [];

/** Marks a value as made up. Replace the whole call by your own value; until then every synthesis names it. */
export function decide<Value>(value: Value, what: string): Value {
  left.push(what);
  return value;
}

/** Returns what is still as this repo was begun. */
export function undecided(): readonly string[] {
  return left;
}
`;

function platformStack(backend: Backend, network: boolean): string {
  const imports = [
    `import { AwsProvider } from "@cdktf/provider-aws/lib/provider";`,
    `import { ${backend.kind === "s3" ? "S3Backend, " : ""}TerraformStack } from "cdktf";`,
    `import type { Assessment } from "cdktf-migration-patterns/assessment";`,
    `import type { MigrationDependency } from "cdktf-migration-patterns/core";`,
    ...(network ? [`import type { LandingNetwork } from "cdktf-migration-patterns/parts/network";`] : []),
    `import type { Construct } from "constructs";`,
    `import { region } from "../settings";`,
  ];
  return `/** What every stack has: its provider and the place of its state; and what a pattern is given. */
${imports.join("\n")}

/** What a pattern is given to make its stacks. */
export interface Surroundings {
  /** The outcome of the assessment, without which nothing is made. */
  readonly assessment: Assessment;
${
  network
    ? `  /** The network that everything is moved into. */
  readonly network: LandingNetwork;
`
    : ""
}  /** What must be reached before the pattern's migrations may serve. */
  readonly dependsOn: readonly MigrationDependency[];
}

/** A stack of the platform. */
export class PlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region });
${backendLines(backend)}  }
}
`;
}

function backendLines(backend: Backend): string {
  if (backend.kind === "local") return "";
  const key = `\`${backend.prefix === "" ? "" : `${backend.prefix}/`}\${id}.tfstate\``;
  return `    const bucket = ${literal(backend.bucket)};
    const state = new S3Backend(this, { bucket, key: ${key}, region, encrypt: true });
    // The lock is a file beside the state.
    state.addOverride("use_lockfile", true);
`;
}

const NETWORK = `/** The network that everything is moved into, and the networks that are moved from: both as the checklist has them. */
import { evidenceOf, type Assessment, type NetworkConfiguration } from "cdktf-migration-patterns/assessment";
import { LandingNetwork } from "cdktf-migration-patterns/parts/network";
import type { Construct } from "constructs";
import { app, availabilityZones } from "../settings";
import { PlatformStack } from "./platform-stack";

/** The stack with the network: its VPC, private subnets, endpoints of Systems Manager, and flow logs. */
export class NetworkStack extends PlatformStack {
  public readonly network: LandingNetwork;

  constructor(scope: Construct, id: string, assessment: Assessment) {
    super(scope, id);
    const [target] = networkConfiguration(assessment).targets;
    if (target === undefined) throw new Error("checklist.yaml: network_configuration has no target");
    this.network = new LandingNetwork(this, "network", { name: app, cidr: target.cidr, availabilityZones });
  }
}

/** Returns the blocks of the networks that are migrated from. */
export function sourceNetworks(assessment: Assessment): string[] {
  return networkConfiguration(assessment).sources.map(({ cidr }) => cidr);
}

function networkConfiguration({ checklist }: Assessment): NetworkConfiguration {
  const networks = evidenceOf(checklist.inventory_current_infrastructure.network_configuration);
  if (networks === undefined) throw new Error("checklist.yaml: network_configuration has no sources and targets");
  return networks;
}
`;

const PLAN = `/** The plan over all migrations: their order, the review of it, a dashboard with alarms, the runbook and the report. */
import type { Assessment } from "cdktf-migration-patterns/assessment";
import type { Migration } from "cdktf-migration-patterns/core";
import { MigrationPlan } from "cdktf-migration-patterns/plan";
import { PlanReport } from "cdktf-migration-patterns/report";
import type { Construct } from "constructs";
import { app, onCall, region, rollback, tags } from "../settings";
import { undecided } from "../undecided";
import { PlatformStack } from "./platform-stack";

/** The stack of the plan. Made last, because a plan knows what was made before it. */
export class PlanStack extends PlatformStack {
  public readonly plan: MigrationPlan;

  constructor(scope: Construct, id: string, assessment: Assessment, migrations: readonly Migration[]) {
    super(scope, id);
    this.plan = new MigrationPlan(this, "plan", {
      title: \`Migration of \${app}\`,
      assessment,
      migrations,
      stakeholders: [{ name: "On call", role: rollback.owner, channel: onCall }],
      // The dashboard and the alarms of the success metrics cost about 10 USD a month; leave them out to have none.
      metrics: { region, emails: [onCall], tags },
      undecided: undecided(),
    });
    new PlanReport(this, "report", { plan: this.plan });
  }
}
`;
