/** A stack of everything that text from files goes into, and the search for a text that became code in it. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { TerraformProvider, TerraformStack, Testing } from "cdktf";
import { assess, type Assessment } from "../../lib/assessment/assessment";
import type { ChecklistInput } from "../../lib/assessment/checklist/checklist";
import { slugOf, tagText } from "../../lib/core/construct-ids";
import { MigrationError } from "../../lib/core/error";
import { defineInventory } from "../../lib/inventory/define-inventory";
import type { InventoryInput } from "../../lib/inventory/model";
import { LandingNetwork, LiftAndShift, ServerImage } from "../../lib/patterns/infrastructure/lift-and-shift";
import { planReplication } from "../../lib/patterns/infrastructure/lift-and-shift/replication/plan-replication";
import { ReplicationExport } from "../../lib/patterns/infrastructure/lift-and-shift/replication/replication-export";
import type { ScheduledRoutingIntent } from "../../lib/patterns/infrastructure/multi-cloud/intent";
import { KubernetesManifests } from "../../lib/patterns/infrastructure/multi-cloud/kubernetes-manifests";
import { MultiCloudRouting } from "../../lib/patterns/infrastructure/multi-cloud/multi-cloud-routing";
import { readRoutingConfig } from "../../lib/patterns/infrastructure/multi-cloud/routing-config";
import { AutomationRunbooks } from "../../lib/plan/runbook/automation-runbooks";
import { decodeTemplate } from "../support/terraform-template";
import { checklistSample, inventorySample } from "./samples";

/** The word in every hostile text by which it is found again. */
export const MARKER = "TAINT";

/** A text of everything that Terraform would run. */
export const HOSTILE = `${MARKER}\${file("a")}%{ if true }$\${$$\${%%%{$%{"\\\r\n\t{{ ssm:x }} $(id) \u00fc\u{1f600} a$`;

/** Returns a text of everything that CDKTF would take for a token: those of a construct of the same stack. */
export function hostileTokens(publicIp: string): string {
  return `${MARKER}${publicIp} $${publicIp} ${publicIp.replace("$", "#")} ${publicIp.replace("$", "&")} -1.8881545897087626e+289`;
}

/** The documents of a stack: a routing, or the servers. An inventory or a checklist that is left out is the sample. */
export interface Documents {
  readonly inventory?: InventoryInput;
  readonly checklist?: ChecklistInput;
  readonly routing?: ScheduledRoutingIntent;
}

/** The provider of the manifests, whose package the tests do not need. */
class KubernetesProvider extends TerraformProvider {}

/** A network that exists. */
export const NETWORK = LandingNetwork.fromExisting({
  vpcId: "vpc-0123456789abcdef0",
  subnets: [
    { id: "subnet-0000000a", tier: "private", availabilityZone: "eu-central-1a", cidr: "10.10.1.0/24" },
    { id: "subnet-0000000b", tier: "private", availabilityZone: "eu-central-1b", cidr: "10.10.2.0/24" },
  ],
});
const rollback = { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 };

/** A stack with the attribute of a construct that no other construct refers to. */
export function newHostileStack(): { readonly stack: TerraformStack; readonly token: string } {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  return { stack, token: new Eip(stack, "victim", {}).publicIp };
}

/**
 * Makes what the documents describe, as a user does who reads them from files. Returns the code of the error where they are
 * refused.
 */
export function makeFrom(stack: TerraformStack, documents: Documents): string | undefined {
  const { inventory = inventorySample, checklist = checklistSample, routing } = documents;
  try {
    const assessment = assess(defineInventory(inventory), checklist, [], { asOf: "2026-01-15" });
    const migration =
      routing === undefined ? moveServers(stack, assessment) : shiftRequests(stack, assessment, routing);
    new AutomationRunbooks(stack, "automation", { migrations: [migration], approvers: ["lead"] });
    return undefined;
  } catch (error) {
    if (error instanceof MigrationError) return error.code;
    throw error;
  }
}

/** Makes servers of exported disks, and the files of a replication tool with the id of a subnet that Terraform knows. */
function moveServers(stack: TerraformStack, assessment: Assessment): LiftAndShift {
  const wave = assessment.inventory.servers[0]?.wave;
  const servers = new LiftAndShift(stack, "servers", {
    app: "shop",
    assessment,
    ...(wave === undefined ? {} : { wave }),
    rollback,
    network: NETWORK,
    stage: "cutover",
    images: ({ name }) => ServerImage.diskImage("exports", [`${name}.vmdk`, "second.vmdk"]),
  });
  const { id } = new Eip(stack, "subnet", {});
  new ReplicationExport(stack, "replication", {
    migration: servers,
    plan: planReplication({
      servers: servers.servers,
      network: { ...NETWORK, subnets: [{ id, tier: "private", availabilityZone: "eu-central-1a" }] },
    }),
    accountId: "123456789012",
    region: "eu-central-1",
  });
  return servers;
}

/** Makes a routing with its records and manifests. */
function shiftRequests(
  stack: TerraformStack,
  assessment: Assessment,
  routing: ScheduledRoutingIntent,
): MultiCloudRouting {
  const { intent } = readRoutingConfig(JSON.stringify(routing), "routing.json");
  const traffic = new MultiCloudRouting(stack, "routing", {
    app: "shop",
    assessment,
    rollback,
    stage: "10-percent",
    intent: intent as ScheduledRoutingIntent<10>,
  });
  new KubernetesProvider(stack, "kubernetes", { terraformResourceType: "kubernetes" });
  new KubernetesManifests(stack, "manifests", { manifests: traffic.manifests });
  return traffic;
}

/** A string of the synthesized stack that holds the marker. */
export interface Found {
  readonly place: string;
  readonly template: string;
}

const ADDRESS = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Returns every string of the stack's JSON that holds the marker, keys too, but for CDKTF's own metadata. */
export function findMarked(stack: TerraformStack): Found[] {
  const found: Found[] = [];
  const walk = (value: unknown, place: string): void => {
    if (typeof value === "string") {
      if (value.includes(MARKER)) found.push({ place, template: value });
    } else if (typeof value === "object" && value !== null) {
      for (const [key, each] of Object.entries(value)) {
        if (key === "//") continue;
        // A resource's address has no code in it.
        if (key.includes(MARKER) && !ADDRESS.test(key)) found.push({ place: `${place}.(key)`, template: key });
        walk(each, `${place}.${key}`);
      }
    }
  };
  // Without validations: what a finding would block is to be no code either.
  walk(JSON.parse(Testing.synth(stack)), "");
  return found;
}

/** A reference to an attribute. Names in it are made of letters, digits, dashes and underscores. */
const REFERENCE = /^\$\{[a-z0-9_]+(?:\.[A-Za-z0-9_-]+)+\}$/;
/** The construct to which nothing refers. */
const VICTIM = "aws_eip.victim";

/** Returns the texts as which a hostile text may arrive: whole, or as the place allows it. */
function arrivals(hostile: string): string[] {
  const trimmed = hostile.trim();
  return [
    hostile,
    // In a JSON text, and in one that is in another.
    JSON.stringify(hostile).slice(1, -1),
    JSON.stringify(JSON.stringify(hostile).slice(1, -1)).slice(1, -1),
    // Between braces of its own, Systems Manager would look for a parameter.
    JSON.stringify(hostile.replace(/\{(?=\{)/g, "{ ").replace(/\}(?=\})/g, "} ")).slice(1, -1),
    // In a CSV text, quotation marks are doubled.
    hostile.replaceAll('"', '""'),
    // As AWS takes it in tags and in descriptions of security groups.
    tagText(trimmed),
    trimmed.replace(/[^A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]/g, "-"),
    // In the name of a folder.
    trimmed.replace(/[^A-Za-z0-9._-]/g, "-"),
    // In names that are made of a construct's id, which end in a hash of the whole.
    slugOf(trimmed).slice(0, 60),
  ];
}

/** Returns what is wrong with the strings: code that is no reference of our own, and a text that did not arrive. */
export function faultsOf(found: readonly Found[], hostile: string): string[] {
  const allowed = arrivals(hostile);
  return found.flatMap(({ place, template }) => {
    const { text, live } = decodeTemplate(template);
    const code = live.find((each) => !REFERENCE.test(each) || each.includes(VICTIM));
    if (code !== undefined) return [`${place}: ${code} is code in ${template}`];
    const arrived = !text.includes(MARKER) || allowed.some((each) => text.includes(each));
    return arrived ? [] : [`${place}: the text did not arrive in ${template}`];
  });
}
