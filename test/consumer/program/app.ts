/**
 * The stack that every consumer synthesizes: something of each kind of subpath, and all of it used. One file that is right in
 * CommonJS and in an ES module alike, so that consumers differ in their toolchain and in nothing else; no path beside it is
 * imported, and classes of the provider by the path that both module systems resolve.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { HybridCloud, type HybridCloudProps } from "cdktf-migration-patterns";
import { assess, type Assessment, type ChecklistInput } from "cdktf-migration-patterns/assessment";
import { AlarmTopic } from "cdktf-migration-patterns/aws";
import { recommend } from "cdktf-migration-patterns/catalog";
import { defineRule, runRules, type RollbackPlan } from "cdktf-migration-patterns/core";
import { defineRouting, MultiCloudRouting } from "cdktf-migration-patterns/infrastructure";
import { PreSharedKey, strongSwan } from "cdktf-migration-patterns/infrastructure/hybrid-cloud";
import { LiftAndShift, ServerImage } from "cdktf-migration-patterns/infrastructure/lift-and-shift";
import { ReplicationExport } from "cdktf-migration-patterns/infrastructure/lift-and-shift/replication";
import { defineInventory, type Inventory } from "cdktf-migration-patterns/inventory";
import { Cidr } from "cdktf-migration-patterns/network";
import { ConfigurationCutover } from "cdktf-migration-patterns/parts/configuration";
import { DatabaseServer } from "cdktf-migration-patterns/parts/data";
import { LandingNetwork, subnetsOf } from "cdktf-migration-patterns/parts/network";
import { ValidationSuite } from "cdktf-migration-patterns/parts/validation";
import { MigrationPlan } from "cdktf-migration-patterns/plan";
import { PlanReport, summarize } from "cdktf-migration-patterns/report";
import { readStageRecords } from "cdktf-migration-patterns/runtime/stage-record";
import type { Construct } from "constructs";

const region = "eu-central-1";
const asOf = "2026-11-22";

const rollback: RollbackPlan = {
  owner: "migration lead",
  windowHours: 4,
  triggers: ["a health check fails for 10 minutes"],
  sourceRetentionDays: 30,
  rehearsedOn: "2026-11-14",
};

const inventory = defineInventory({
  servers: [
    {
      name: "fra-shop-01",
      powerState: "on",
      os: { family: "linux", name: "Debian GNU/Linux 12 (64-bit)", version: "12", architecture: "x86_64" },
      cpus: 2,
      memoryMiB: 4096,
      disks: [{ name: "Hard disk 1", capacityMiB: 51_200, kind: "thin" }],
      nics: [{ name: "Network adapter 1", network: "data centre", addresses: ["10.10.1.11"], connected: true }],
      application: "shop",
      tier: "web",
      wave: "wave-1",
      environment: "prod",
      strategy: "rehost",
      utilisation: { cpuP95Percent: 40, memoryP95Percent: 55 },
      firmware: "efi",
      hardwareVersion: 15,
    },
  ],
  networks: [{ name: "data centre", cidr: "10.10.0.0/16" }],
  flows: [{ source: "10.10.9.9", destination: "fra-shop-01", port: 443, count: 5000 }],
});

const checklist: ChecklistInput = {
  inventory_current_infrastructure: {
    network_configuration: {
      sources: [{ name: "data centre", cidr: "10.10.0.0/16" }],
      targets: [{ name: "vpc", cidr: "10.64.0.0/16" }],
    },
    security_configurations: {
      dataClassification: "internal",
      controls: [
        {
          kind: "firewall",
          description: "the perimeter firewall admits 443 to fra-shop-01 only",
          evidence: "rule export of 2026-11-05",
          owner: "network team",
        },
      ],
    },
  },
  identify_dependencies: {
    database_connections: { none: "the shop keeps its data in its provider's service" },
    external_service_integrations: { none: "30 days of firewall logs show no connection to the outside" },
    file_system_dependencies: { none: "no server exports or mounts a file system" },
  },
  assess_compatibility: {
    runtime_dependencies: [{ name: "java", version: "21", servers: ["fra-shop-01"], owner: "shop team" }],
    license_requirements: { none: "everything on these servers is open source" },
  },
};

const namedByUs = defineRule<Inventory>({
  id: "acme-server-name",
  title: "A server's name does not follow our convention",
  severity: "warning",
  why: "monitoring and backup find servers by their names",
  remedy: "rename it before the move: site, application, number",
  *check({ servers }) {
    for (const { name } of servers) {
      if (!/^[a-z]{3}-[a-z]+-\d{2}$/.test(name))
        yield { subject: name, message: `${name} is not of the form fra-shop-01` };
    }
  },
});

const office: Pick<HybridCloudProps, "sites"> = {
  sites: [
    {
      name: "office",
      networks: ["192.168.0.0/20"],
      devices: [
        {
          customerGateway: { ipAddress: "198.51.100.10" },
          device: strongSwan(),
          tunnel1: { preSharedKey: PreSharedKey.generated() },
          tunnel2: { preSharedKey: PreSharedKey.generated() },
        },
      ],
    },
  ],
};

const shopRouting = defineRouting({
  service: "shop",
  destinations: {
    local: { cloud: "on-premises", host: "shop", subset: "local", labels: { site: "data-centre" } },
    aws: { cloud: "aws", region, host: "shop.example.com", tls: { mode: "SIMPLE", sni: "shop.example.com" } },
  },
  routes: [],
  default: { to: { local: 100, aws: 0 } },
  schedule: { towards: "aws", steps: [0, 50, 100] },
});

class ShopStack extends TerraformStack {
  constructor(scope: Construct, id: string, assessment: Assessment) {
    super(scope, id);
    new AwsProvider(this, "aws", { region });
    const usEast1 = new AwsProvider(this, "us-east-1", { region: "us-east-1", alias: "us_east_1" });

    const { topicArn } = new AlarmTopic(this, "alarms", { name: "shop", region, tags: {} });
    new SnsTopicSubscription(this, "on-call", { topicArn, protocol: "email", endpoint: "on-call@example.com" });

    const network = new LandingNetwork(this, "network", {
      cidr: "10.64.0.0/16",
      availabilityZones: [`${region}a`, `${region}b`],
      tiers: ["private", "isolated"],
    });
    const servers = new LiftAndShift(this, "servers", {
      app: "larkspur",
      assessment,
      stage: "test",
      wave: "wave-1",
      rollback,
      network,
      images: ({ name }) => ServerImage.diskImage("exports", [`${name}/root.vmdk`]),
    });
    new ReplicationExport(this, "intake", {
      migration: servers,
      plan: servers.fleet.plan,
      accountId: "123456789012",
      region,
      tools: ["cloud-migration-factory"],
    });
    new ConfigurationCutover(this, "configuration", {
      migration: servers,
      application: "shop",
      environmentVariables: [
        { name: "/shop/CACHE_HOST", source: "cache-01.example.internal", target: "cache.example.net" },
      ],
    });
    new ValidationSuite(this, "validation", {
      migration: servers,
      region,
      healthCheckAlarms: { provider: usEast1 },
      healthChecks: { web: { kind: "https", domainName: "shop.example.com", path: "/health" } },
    });

    const vpn = new HybridCloud(this, "vpn", { app: "larkspur", assessment, stage: "connect", rollback, ...office });
    const routing = new MultiCloudRouting(this, "routing", {
      app: "larkspur",
      assessment,
      stage: "0-percent",
      wave: "wave-1",
      rollback,
      intent: shopRouting,
    });
    const plan = new MigrationPlan(this, "plan", {
      title: "Larkspur data-centre exit",
      assessment,
      migrations: [vpn, servers, routing],
      waves: { calendar: { firstDay: "2027-01-16", everyDays: 14 }, window: { minutes: 720 } },
      stakeholders: [{ name: "Service desk", role: "first contact of all users", channel: "servicedesk@example.com" }],
      metrics: { region, emails: ["on-call@example.com"] },
    });
    new PlanReport(this, "report", { plan });

    new TerraformOutput(this, "subnets", { value: subnetsOf(network, "isolated").map((subnet) => subnet.id) });
    new TerraformOutput(this, "facts", {
      value: {
        addresses: Cidr.parse("10.64.0.0/16").size.toString(),
        misnamed: runRules([namedByUs], inventory).length,
        pattern: recommend({ migrationType: "infrastructure", complexity: "low", downtimeTolerance: "some" }).pattern,
        library: [typeof DatabaseServer, typeof readStageRecords],
      },
    });
  }
}

const assessment = assess(inventory, checklist, [], { asOf });
console.log(summarize(assessment));
const app = new App();
new ShopStack(app, "shop", assessment);
app.synth();
