/** The stack of one wave: its servers in the declared stage, their DNS names, and the checks that validate them. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Assessment } from "cdktf-migration-patterns/assessment";
import type { Verification } from "cdktf-migration-patterns/core";
import {
  LiftAndShift,
  ServerImage,
  type HybridCloud,
  type LandingNetwork,
  type LiftAndShiftDeclaration,
} from "cdktf-migration-patterns/infrastructure";
import type { Server } from "cdktf-migration-patterns/inventory";
import { ConfigurationCutover } from "cdktf-migration-patterns/parts/configuration";
import { ValidationSuite } from "cdktf-migration-patterns/parts/validation";
import type { Construct } from "constructs";
import { app, region, tags, zoneName } from "./settings";

/** The name of a wave, as the inventory has it. */
export type WaveName = "wave-1" | "wave-2" | "wave-3" | "wave-4";

/** The trial of each wave: its main application, the response time of that in the data centre, the data that is compared. */
const trials: Readonly<Record<WaveName, Trial>> = {
  "wave-1": {
    application: "intranet",
    front: "intranet-web01",
    seconds: 1.4,
    compared: ["checksums of files01 and files02"],
  },
  "wave-2": {
    application: "shop",
    front: "shop-web01",
    seconds: 0.42,
    compared: ["row counts of shop-db01 and shop-db02"],
  },
  "wave-3": {
    application: "erp",
    front: "erp-web01",
    seconds: 2.1,
    compared: ["DBCC CHECKDB of erp-db01", "row counts of reports-db01"],
  },
  "wave-4": {
    application: "monitoring",
    front: "monitor01",
    seconds: 0.9,
    compared: ["last log line of logs01 and logs02"],
  },
};

interface Trial {
  readonly application: string;
  /** The server that the application's DNS name resolves to. */
  readonly front: string;
  /** The 95th percentile of the main page's response time in the data centre, in seconds. */
  readonly seconds: number;
  /** The comparisons of data after the cut-over. */
  readonly compared: readonly string[];
}

/** Properties of a {@link Wave}. */
export interface WaveProps {
  readonly assessment: Assessment;
  readonly network: LandingNetwork;
  readonly zoneId: string;
  /** The VPN that connects the two sites while each has servers. */
  readonly hybrid: HybridCloud;
  readonly topicArns: readonly string[];
  readonly declared: LiftAndShiftDeclaration;
}

/** A stack with the servers of one wave. */
export class Wave extends TerraformStack {
  public readonly servers: LiftAndShift;

  constructor(scope: Construct, wave: WaveName, props: WaveProps) {
    super(scope, wave);
    new AwsProvider(this, "aws", { region });
    const { assessment, network, zoneId, hybrid, topicArns, declared } = props;
    const { application, front, seconds, compared } = trials[wave];
    const migration = new LiftAndShift(this, "servers", {
      app,
      ...declared,
      assessment,
      wave,
      dependsOn: [{ migration: hybrid, reached: "live" }],
      rollback: {
        owner: "migration lead",
        windowHours: 8,
        triggers: [`larkspur-${wave}-not-healthy`, `a user of ${application} cannot work for 10 minutes`],
        sourceRetentionDays: 30,
        rehearsedOn: "2026-11-14",
      },
      network,
      images: exportedDisks,
      fleet: {
        name: `larkspur-${wave}`,
        // The data centre's blocks stay in use until the last wave: every server gets a new address, and its name a new answer.
        keepAddresses: false,
        hostCidrs: {
          "smtp.provider.example": ["203.0.113.25/32"],
          "api.payments.example": ["203.0.113.44/32"],
        },
      },
      testClientCidrs: ["10.30.8.0/24"],
      verifications: compared.map((name): Verification => ({ kind: "data-comparison", name })),
      tags,
    });
    this.servers = migration;
    new ConfigurationCutover(this, "names", {
      migration,
      application,
      dnsRecords: [
        {
          fqdn: `${application}.${zoneName}`,
          zoneId,
          source: { type: "A", values: addressesOf(assessment, front) },
          target: { type: "A", values: [migration.fleet.privateAddressOf(front)] },
        },
      ],
    });
    new ValidationSuite(this, "validation", {
      migration,
      region,
      name: `larkspur-${wave}`,
      topicArns,
      endToEndTests: {
        [application]: {
          kind: "lambda",
          functionArn: `arn:aws:lambda:${region}:111122223333:function:larkspur-probe-${application}`,
        },
      },
      performance: {
        [application]: {
          baseline: {
            metric: `${application}: time to the main page`,
            statistic: "p95",
            value: seconds,
            unit: "Seconds",
            capturedFrom: "2026-10-26T00:00:00Z",
            capturedTo: "2026-11-09T00:00:00Z",
            source: "PERF-61 measurements in the data centre",
          },
          target: {
            namespace: "Larkspur/Probe",
            metricName: "Duration",
            dimensions: { Application: application },
            unit: "Seconds",
          },
          worse: "higher",
          ratio: 1.2,
        },
      },
    });
  }
}

/** Returns the addresses of a server in the data centre. */
function addressesOf({ inventory }: Assessment, name: string): string[] {
  return inventory.servers.filter((server) => server.name === name).flatMap(({ nics }) => nics[0]?.addresses ?? []);
}

/** Returns the image of a server from its disks, which were exported to S3. */
function exportedDisks(server: Server): ServerImage {
  return ServerImage.diskImage(
    "larkspur-server-exports",
    server.disks.map((_disk, index) => `${server.name}/disk-${index}.vmdk`),
  );
}
