/**
 * A data-centre exit as a platform repo would write it: an RVTools export, what it cannot know, and the flows between the
 * servers go in; one assessment says whether the migration may start; then come the landing zone and one stack per wave.
 *
 * `npx cdktf synth` prints the outcome and writes `cdktf.out`. Delete a waiver from waivers.yaml and run it again.
 */
import * as path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { assess, readChecklist, readWaivers, type Assessment } from "cdktf-migration-patterns/assessment";
import {
  LandingNetwork,
  LiftAndShift,
  ServerImage,
  type LiftAndShiftStage,
} from "cdktf-migration-patterns/infrastructure";
import { readInventory, type Server } from "cdktf-migration-patterns/inventory";
import { AssessmentReport, summarize } from "cdktf-migration-patterns/report";
import type { Construct } from "constructs";

const region = "eu-central-1";
const availabilityZones = [`${region}a`, `${region}b`, `${region}c`];
const exports = "larkspur-server-exports";

// Relative to where the command is run, so that reports name the files as a colleague would find them.
const here = path.relative(process.cwd(), __dirname);
const file = (name: string): string => path.join(here, name);

/** The landing zone: one VPC for all waves, and the report of what it rests on. */
class LandingZone extends TerraformStack {
  public readonly network: LandingNetwork;

  constructor(scope: Construct, id: string, assessment: Assessment) {
    super(scope, id);
    new AwsProvider(this, "aws", { region });
    this.network = new LandingNetwork(this, "network", {
      name: "larkspur",
      cidr: "10.64.0.0/16",
      availabilityZones,
      tiers: ["private", "isolated", "public"],
      nat: "one",
      tags: { owner: "platform" },
    });
    new AssessmentReport(this, "assessment", { assessment });
  }
}

/** The servers of one wave, in the stage that holds now. */
class Wave extends TerraformStack {
  constructor(scope: Construct, wave: string, props: WaveProps) {
    super(scope, wave);
    new AwsProvider(this, "aws", { region });
    new LiftAndShift(this, "servers", {
      assessment: props.assessment,
      wave,
      stage: props.stage,
      rollback: {
        owner: "migration lead",
        windowHours: 8,
        triggers: ["a health check fails for 10 minutes", "orders per minute below half of last week's"],
        sourceRetentionDays: 30,
        rehearsedOn: "2026-11-14",
      },
      network: props.network,
      images: exportedDisks,
      fleet: { name: `larkspur-${wave}`, hostCidrs: { "smtp.provider.example": ["203.0.113.25/32"] } },
      testClientCidrs: ["10.30.8.0/24"],
      tags: { owner: "platform" },
    });
  }
}

interface WaveProps {
  readonly assessment: Assessment;
  readonly network: LandingNetwork;
  readonly stage: Exclude<LiftAndShiftStage, "finalized">;
}

/** Every server's disks, as they were exported to S3. */
function exportedDisks(server: Server): ServerImage {
  return ServerImage.diskImage(
    exports,
    server.disks.map((_disk, index) => `${server.name}/disk-${index}.vmdk`),
  );
}

/** The whole app. `stage` is that of the first wave, which leads; a real repo has it as a constant and changes it by a review. */
export async function createApp({ stage = "replicate" }: { readonly stage?: Exclude<LiftAndShiftStage, "finalized"> } = {}): Promise<App> {
  const inventory = await readInventory([
    file("estate/rvtools"),
    file("estate/applications.yaml"),
    file("estate/flows.csv"),
  ]);
  const assessment = assess(inventory, readChecklist(file("checklist.yaml")), readWaivers(file("waivers.yaml")), {
    // Pinned so that this example says the same on every day. Leave it out in your repo: the day it runs is what counts.
    asOf: "2026-11-22",
  });

  const app = new App();
  const { network } = new LandingZone(app, "landing-zone", assessment);
  new Wave(app, "wave-1", { assessment, network, stage });
  for (const wave of ["wave-2", "wave-3", "wave-4"]) new Wave(app, wave, { assessment, network, stage: "replicate" });
  process.stdout.write(`${summarize(assessment)}\n`);
  return app;
}

if (require.main === module)
  void createApp().then((app) => {
    app.synth();
  });
