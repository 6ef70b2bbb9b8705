/**
 * A service moves from the data centre to AWS, with Google Cloud for the European Union. One intent configures the mesh
 * and the DNS; the stage is one word. Run it with `npx tsx examples/multi-cloud-routing/main.ts`, and change STAGE to go
 * on or back.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { assess, type ChecklistInput } from "cdktf-migration-patterns/assessment";
import { defineRouting, MultiCloudRouting, type RoutingStage } from "cdktf-migration-patterns/infrastructure";
import { defineInventory } from "cdktf-migration-patterns/inventory";
import type { Construct } from "constructs";

const steps = [0, 10, 50, 100] as const;
type Stage = RoutingStage<(typeof steps)[number]>;

const STAGE: Stage = "10-percent";

/** The routing intent of the service: its destinations, routes and the schedule of the shift. */
export const userService = defineRouting({
  service: "user-service",
  destinations: {
    local: {
      cloud: "on-premises",
      host: "user-service",
      subset: "local",
      labels: { site: "data-centre" },
      jurisdiction: "us",
      dns: {
        addresses: ["198.51.100.10"],
        healthCheck: { type: "HTTPS", fqdn: "users-dc.company.com", path: "/healthz" },
      },
    },
    aws: {
      cloud: "aws",
      region: "us-east-1",
      host: "aws-service.company.com",
      jurisdiction: "us",
      authority: "aws-service.company.com",
      tls: { mode: "SIMPLE", sni: "aws-service.company.com" },
      dns: { addresses: ["203.0.113.20"], healthCheck: { type: "HTTPS", path: "/healthz", intervalSeconds: 10 } },
    },
    gcp: {
      cloud: "gcp",
      region: "europe-west1",
      host: "gcp-service.company.com",
      jurisdiction: "eu",
      tls: { mode: "SIMPLE" },
      failover: ["gcp-standby"],
    },
    "gcp-standby": {
      cloud: "gcp",
      region: "europe-west4",
      host: "gcp-standby.company.com",
      jurisdiction: "eu",
      tls: { mode: "SIMPLE" },
      failover: ["gcp"],
    },
  },
  routes: [
    { name: "us-east", match: [{ headers: { region: { exact: "us-east" } } }], to: { aws: 100 } },
    // Requests from the European Union stay there, whatever fails: the synthesis proves it.
    { name: "eu-west", match: [{ headers: { region: { exact: "eu-west" } } }], to: { gcp: 100 }, residency: "eu" },
  ],
  default: { to: { local: 100, aws: 0 } },
  schedule: { towards: "aws", steps },
  dns: { name: "users.company.com", zone: { name: "company.com" }, policy: "weighted", ttlSeconds: 60 },
});

const inventory = defineInventory({
  servers: [
    {
      name: "users-01",
      powerState: "on",
      os: { family: "linux", name: "Red Hat Enterprise Linux 9 (64-bit)", version: "9", architecture: "x86_64" },
      cpus: 4,
      memoryMiB: 16_384,
      disks: [{ name: "Hard disk 1", capacityMiB: 102_400, kind: "thin" }],
      nics: [{ name: "Network adapter 1", network: "data centre", addresses: ["10.10.1.11"], connected: true }],
      application: "users",
      tier: "app",
      wave: "wave-1",
      environment: "prod",
      strategy: "refactor",
      utilisation: { cpuP95Percent: 40, memoryP95Percent: 55 },
      firmware: "efi",
      hardwareVersion: 15,
    },
  ],
  networks: [{ name: "data centre", cidr: "10.10.0.0/16" }],
  flows: [{ source: "10.10.9.9", destination: "users-01", port: 443, count: 5000 }],
});

const checklist: ChecklistInput = {
  inventory_current_infrastructure: {
    network_configuration: {
      sources: [{ name: "data centre", cidr: "10.10.0.0/16" }],
      targets: [{ name: "vpc", cidr: "10.20.0.0/16" }],
    },
    security_configurations: {
      dataClassification: "confidential",
      controls: [
        {
          kind: "firewall",
          description: "the perimeter firewall admits 443 to users-01 only",
          evidence: "rule export of 2026-01-05",
          owner: "network team",
        },
      ],
    },
  },
  identify_dependencies: {
    database_connections: { none: "the service keeps its data in memory and reloads it from events" },
    external_service_integrations: { none: "30 days of firewall logs show no connection to the outside" },
    file_system_dependencies: { none: "the server neither exports nor mounts a file system" },
  },
  assess_compatibility: {
    runtime_dependencies: [{ name: "java", version: "21", servers: ["users-01"], owner: "users team" }],
    license_requirements: [
      {
        product: "Red Hat Enterprise Linux",
        model: "subscription",
        servers: ["users-01"],
        evidence: "subscription 1234",
        owner: "procurement",
      },
    ],
  },
};

class UsersStack extends TerraformStack {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const routing = new MultiCloudRouting(this, "users", {
      app: "users",
      assessment: assess(inventory, checklist, [], { asOf: "2026-01-15" }),
      stage,
      wave: "wave-1",
      rollback: {
        owner: "migration lead",
        windowHours: 4,
        triggers: ["more than 1 % of the requests to one cloud fail for 5 minutes"],
        sourceRetentionDays: 14,
        rehearsedOn: "2026-01-10",
      },
      intent: userService,
    });
    // The parent zone's administrator delegates to these.
    const zone = routing.dns?.zone;
    if (zone !== undefined) new TerraformOutput(this, "name-servers", { value: zone.nameServers });
  }
}

/** Creates the app, without synthesizing it. */
export function createApp(options: { readonly stage?: string } = {}): App {
  const app = new App();
  new UsersStack(app, "users-routing", (options.stage ?? STAGE) as Stage);
  return app;
}

if (require.main === module) createApp().synth();
