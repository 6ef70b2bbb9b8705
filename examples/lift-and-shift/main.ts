/**
 * One application lifted as it is: three servers, a network of their own, security groups from the flows between them. The
 * checklist is written in TypeScript: take an answer away and this file does not compile.
 *
 * `npx tsx examples/lift-and-shift/main.ts`, and change STAGE to go on or back.
 */
import * as path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { assess, type ChecklistInput } from "cdktf-migration-patterns/assessment";
import {
  LiftAndShift,
  ServerImage,
  type LiftAndShiftStage,
} from "cdktf-migration-patterns/infrastructure/lift-and-shift";
import { readInventory } from "cdktf-migration-patterns/inventory";
import { Runbook } from "cdktf-migration-patterns/plan";
import { AssessmentReport } from "cdktf-migration-patterns/report";

const STAGE: LiftAndShiftStage = "replicate";

const checklist: ChecklistInput = {
  inventory_current_infrastructure: {
    network_configuration: {
      sources: [
        { name: "web", cidr: "10.30.10.0/24" },
        { name: "application", cidr: "10.30.20.0/24" },
        { name: "data", cidr: "10.30.30.0/24" },
      ],
      targets: [{ name: "booking VPC", cidr: "10.80.0.0/16" }],
    },
    security_configurations: {
      dataClassification: "confidential",
      controls: [
        {
          kind: "firewall",
          description: "web, application and data are zones of their own; rules exported for the flows",
          evidence: "NET-3301 rule export",
          owner: "network team",
        },
      ],
    },
  },
  identify_dependencies: {
    database_connections: [
      {
        database: "booking",
        engine: "postgresql",
        version: "16",
        server: "booking-db01",
        port: 5432,
        clients: ["booking-app01"],
        configuredIn: "/etc/booking/database.properties",
        owner: "booking team",
      },
    ],
    external_service_integrations: [
      {
        name: "reverse proxy of the content delivery network",
        hosts: ["203.0.113.10"],
        direction: "inbound",
        ports: [443],
        clients: ["booking-web01"],
        owner: "booking team",
      },
    ],
    file_system_dependencies: { none: "no server of the application exports or mounts a file system" },
  },
  assess_compatibility: {
    runtime_dependencies: [
      { name: "java", version: "21", servers: ["booking-app01"], owner: "booking team" },
      { name: "postgresql", version: "16", servers: ["booking-db01"], owner: "booking team" },
    ],
    license_requirements: [
      {
        product: "Red Hat Enterprise Linux",
        model: "subscription",
        servers: ["booking"],
        evidence: "Cloud Access enrolment of 2026-09-01",
        owner: "procurement",
      },
    ],
  },
};

/** The app, not yet synthesized. */
export async function createApp({ stage = STAGE }: { readonly stage?: LiftAndShiftStage } = {}): Promise<App> {
  const here = path.relative(process.cwd(), __dirname);
  const inventory = await readInventory(path.join(here, "inventory.yaml"));
  // Pinned so that this example says the same on every day. Leave it out in your repo.
  const assessment = assess(inventory, checklist, [], { asOf: "2026-11-22" });

  const app = new App();
  const stack = new TerraformStack(app, "booking");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const booking = new LiftAndShift(stack, "booking", {
    assessment,
    stage,
    rollback: {
      owner: "migration lead",
      windowHours: 4,
      triggers: ["bookings per minute below half of last week's for 10 minutes"],
      sourceRetentionDays: 21,
      rehearsedOn: "2026-11-14",
    },
    network: {
      name: "booking",
      cidr: "10.80.0.0/16",
      availabilityZones: ["eu-central-1a", "eu-central-1b"],
      tiers: ["private", "isolated"],
    },
    images: ({ name, disks }) =>
      ServerImage.diskImage(
        "booking-server-exports",
        disks.map((_disk, index) => `${name}/disk-${index}.vmdk`),
      ),
    testClientCidrs: ["10.30.99.0/24"],
    tags: { owner: "booking team" },
  });
  new AssessmentReport(stack, "assessment", { assessment });
  new Runbook(stack, "runbook", { migrations: [booking] });
  return app;
}

if (require.main === module) {
  void createApp().then((app) => {
    app.synth();
  });
}
