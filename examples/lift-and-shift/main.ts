/**
 * One application lifted as it is, with everything that moves along: two servers, their database to RDS, their attachments
 * to EFS, their configuration, and the checks that validate it.
 *
 * `npx tsx examples/lift-and-shift/main.ts`, and change DECLARED to go on or back. Terraform 1.11 or later: passwords go
 * through write-only arguments, so that neither state nor plan has them.
 *
 * It expects in the account: the zone `booking.example` with the name `origin`, the secrets `booking/source`,
 * `booking/target` (username, password, host and port as JSON, for DMS and the application) and `booking/session`,
 * `booking/session-target`, the buckets with the servers' disks and the canary's script, and two DataSync agents.
 */
import * as path from "node:path";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { DataAwsSecretsmanagerSecret } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { App, TerraformStack } from "cdktf";
import { assess, type Assessment } from "cdktf-migration-patterns/assessment";
import { AlarmTopic } from "cdktf-migration-patterns/aws";
import type { Unprotected } from "cdktf-migration-patterns/core";
import {
  LiftAndShift,
  ServerImage,
  SYSTEMS_MANAGER_SERVICES,
  type LiftAndShiftDeclaration,
} from "cdktf-migration-patterns/infrastructure/lift-and-shift";
import { ReplicationExport } from "cdktf-migration-patterns/infrastructure/lift-and-shift/replication";
import { readInventory } from "cdktf-migration-patterns/inventory";
import { ConfigurationCutover } from "cdktf-migration-patterns/parts/configuration";
import { ConfigurationFiles, DatabaseMove, FileMove } from "cdktf-migration-patterns/parts/data";
import { subnetsOf } from "cdktf-migration-patterns/parts/network";
import { ValidationSuite } from "cdktf-migration-patterns/parts/validation";
import { Runbook } from "cdktf-migration-patterns/plan";
import { AssessmentReport } from "cdktf-migration-patterns/report";
import type { Construct } from "constructs";
import { checklist } from "./checklist";
import { validationChecks } from "./validation-checks";
import { applicationConfiguration, readConfigurationPolicy } from "./application-configuration";

/** The declared stage. `finalized` does not compile without its evidence, and the others take none. */
const DECLARED: LiftAndShiftDeclaration = { stage: "replicate" };

const region = "eu-central-1";
const accountId = "123456789012";
const agent = (id: string): string => `arn:aws:datasync:${region}:${accountId}:agent/agent-${id}`;

interface BookingProps {
  readonly assessment: Assessment;
  readonly declared: LiftAndShiftDeclaration;
  /** The exception under which everything may be destroyed. Declare it and deploy before `cdktf destroy`. */
  readonly unprotected?: Unprotected;
}

class Booking extends TerraformStack {
  constructor(scope: Construct, id: string, { assessment, declared, unprotected }: BookingProps) {
    super(scope, id);
    new AwsProvider(this, "aws", { region });
    const usEast1 = new AwsProvider(this, "us-east-1", { region: "us-east-1", alias: "us_east_1" });
    const secretArn = (secret: string): string =>
      new DataAwsSecretsmanagerSecret(this, `secret-${secret}`, { name: `booking/${secret}` }).arn;

    // The authorities that have signed what the databases show, imported into DMS once.
    const certificateArn = (authority: string): string =>
      `arn:aws:dms:${region}:111122223333:cert:${authority.toUpperCase()}0AUTHORITY`;

    const migration = new LiftAndShift(this, "booking", {
      app: "booking",
      assessment,
      ...declared,
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
        availabilityZones: [`${region}a`, `${region}b`],
        tiers: ["private", "isolated"],
        interfaceEndpoints: [...SYSTEMS_MANAGER_SERVICES, "secretsmanager"],
      },
      images: ({ name, disks }) =>
        ServerImage.diskImage(
          "booking-server-exports",
          disks.map((_disk, index) => `${name}/disk-${index}.vmdk`),
        ),
      // Its database is inside the VPC; else the observed flow would open the way to the source at the cut-over.
      fleet: { hostCidrs: { "booking-db01": ["10.80.0.0/16"] } },
      testClientCidrs: ["10.30.99.0/24"],
      tags: { owner: "booking team" },
      ...(unprotected === undefined ? {} : { unprotected }),
    });
    const { network, fleet, tags } = migration;
    const { vpcId } = network;
    const subnets = subnetsOf(network, "isolated");
    const clientSecurityGroupIds = [fleet.securityGroupIdOf("booking-app01")];

    const { topicArn } = new AlarmTopic(this, "alarms", { name: "booking", region, tags });
    new SnsTopicSubscription(this, "on-call", { topicArn, protocol: "email", endpoint: "booking-on-call@example.com" });

    // The parts, in the order in which their steps are done.
    new ReplicationExport(this, "intake", {
      migration,
      plan: fleet.plan,
      accountId,
      region,
      tools: ["cloud-migration-factory"],
    });

    const database = new DatabaseMove(this, "database", {
      migration,
      name: "booking-db",
      region,
      vpcId,
      subnets,
      target: {
        kind: "rds",
        engine: "postgres",
        engineVersion: "16.4",
        instanceClass: "db.r7g.xlarge",
        allocatedStorageGiB: 500,
        databaseName: "booking",
        clientSecurityGroupIds,
        deletionProtection: unprotected === undefined,
      },
      method: {
        kind: "dms",
        migrationType: "full-load-and-cdc",
        source: {
          engine: "postgresql",
          version: "16",
          secretArn: secretArn("source"),
          databaseName: "booking",
          certificateArn: certificateArn("corp"),
          port: 5432,
          cidr: "10.30.30.0/24",
        },
        targetEndpoint: {
          engine: "postgresql",
          secretArn: secretArn("target"),
          databaseName: "booking",
          certificateArn: certificateArn("rds"),
        },
        compute: { kind: "instance", instanceClass: "dms.r6i.large" },
        tables: [{ rule: "include", schema: "booking" }],
        alarms: { actions: [topicArn] },
        serviceRoles: "create",
      },
    });

    const attachments = new FileMove(this, "attachments", {
      migration,
      name: "booking-attachments",
      region,
      source: {
        kind: "nfs",
        server: "10.30.40.21",
        path: "/export/attachments",
        agentArns: [agent("0123456789abcdef0"), agent("0123456789abcdef1")],
      },
      target: { kind: "efs", vpcId, subnets, clientSecurityGroupIds },
      schedule: "rate(6 hours)",
    });

    const files = new ConfigurationFiles(this, "files", {
      migration,
      name: "booking-app",
      region,
      files: {
        "booking.properties": {
          path: "/etc/booking/booking.properties",
          content:
            "database.from=secretsmanager:booking/database\nsettings.from=ssm:/booking/\nattachments=/srv/attachments\n",
          owner: "booking",
          group: "booking",
        },
      },
      targets: [{ key: "tag:migration:server", values: ["booking-app01"] }],
    });

    // In every stage: the fleet's own rules towards the outside open with the cut-over, and testers need both before.
    for (const [what, port, referencedSecurityGroupId] of [
      ["database", 5432, database.server?.securityGroupId],
      ["attachments", 2049, attachments.fileSystem?.securityGroupId],
    ] as const) {
      if (referencedSecurityGroupId === undefined) continue;
      new VpcSecurityGroupEgressRule(this, `app-to-${what}`, {
        securityGroupId: fleet.securityGroupIdOf("booking-app01"),
        referencedSecurityGroupId,
        description: `The application to the ${what}`,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        tags,
      });
    }

    const configuration = new ConfigurationCutover(this, "configuration", {
      migration,
      ...applicationConfiguration({
        databaseHost: database.server?.address ?? "",
        webAddress: fleet.privateAddressOf("booking-web01"),
        zoneId: new DataAwsRoute53Zone(this, "zone", { name: "booking.example" }).zoneId,
      }),
      ...(unprotected === undefined ? {} : { recoveryWindowInDays: 0 }),
    });

    if (fleet.instanceProfile !== undefined) {
      const role = fleet.instanceProfile.role.name;
      new IamRolePolicyAttachment(this, "app-reads-files", { role, policyArn: files.readPolicy.arn });
      new IamRolePolicy(this, "app-reads-surroundings", { role, policy: readConfigurationPolicy(configuration) });
    }

    new ValidationSuite(this, "validation", {
      migration,
      name: "booking",
      region,
      topicArns: [topicArn],
      healthCheckAlarms: { provider: usEast1 },
      ...validationChecks,
    });

    new AssessmentReport(this, "assessment", { assessment });
    new Runbook(this, "runbook", { migrations: [migration] });
  }
}

/** Creates the app, without synthesizing it. */
export async function createApp({
  declared = DECLARED,
  unprotected,
}: Partial<Omit<BookingProps, "assessment">> = {}): Promise<App> {
  const here = path.relative(process.cwd(), __dirname);
  const inventory = await readInventory(path.join(here, "inventory.yaml"));
  const app = new App();
  // Pinned so that this example says the same on every day. Leave it out in your repo.
  new Booking(app, "booking", {
    assessment: assess(inventory, checklist, [], { asOf: "2026-11-22" }),
    declared,
    ...(unprotected === undefined ? {} : { unprotected }),
  });
  return app;
}

if (require.main === module) {
  void createApp().then((app) => {
    app.synth();
  });
}
