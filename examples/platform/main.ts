/**
 * A data-centre exit as a platform repo would write it: an RVTools export, the applications that it does not contain, and
 * the flows between the servers go in; one assessment decides whether the migration may start; then come the landing zone
 * with its VPN, one stack per wave, the shop's routing between the two sites, and one plan over all of it.
 *
 * `npx cdktf synth` prints the outcome and writes `cdktf.out`, with the plan's report and runbook beside its Terraform.
 * Delete a waiver from waivers.yaml and run it again.
 */
import * as path from "node:path";
import { App } from "cdktf";
import { assess, readChecklist, readWaivers } from "cdktf-migration-patterns/assessment";
import type { Unprotected } from "cdktf-migration-patterns/core";
import type { LiftAndShiftDeclaration } from "cdktf-migration-patterns/infrastructure";
import { readInventory } from "cdktf-migration-patterns/inventory";
import { summarize } from "cdktf-migration-patterns/report";
import { LandingZone } from "./landing-zone";
import { PlanStack } from "./plan";
import { ShopRouting } from "./shop-routing";
import { Wave, type WaveName } from "./wave";

/**
 * The declared stage of each wave. A stage is changed here, forward or back, by a reviewed commit, and deployed.
 * `finalized` does not compile without the evidence that the wave works.
 */
const DECLARED: Readonly<Record<WaveName, LiftAndShiftDeclaration>> = {
  "wave-1": { stage: "replicate" },
  "wave-2": { stage: "replicate" },
  "wave-3": { stage: "replicate" },
  "wave-4": { stage: "replicate" },
};

// Relative to where the command is run, so that reports name the files as a colleague would find them.
const here = path.relative(process.cwd(), __dirname);
const file = (name: string): string => path.join(here, name);

/** Options of {@link createApp}, for whoever tries the app out. */
export interface Options {
  /** The stage of the first wave, which is ahead of the others. */
  readonly stage?: LiftAndShiftDeclaration["stage"];
  /** The exception under which the landing zone may be destroyed. */
  readonly unprotected?: Unprotected;
}

/** Creates the app. */
export async function createApp({ stage, unprotected }: Options = {}): Promise<App> {
  const inventory = await readInventory([
    file("estate/rvtools"),
    file("estate/applications.yaml"),
    file("estate/flows.csv"),
  ]);
  const assessment = assess(inventory, readChecklist(file("checklist.yaml")), readWaivers(file("waivers.yaml")), {
    // Pinned so that this example says the same on every day. Leave it out in your repo: then the current day is used.
    asOf: "2026-11-22",
  });
  const declared = stage === undefined ? DECLARED : { ...DECLARED, "wave-1": { stage } as LiftAndShiftDeclaration };

  const app = new App();
  const { network, zoneId, hybrid, topicArns } = new LandingZone(app, "landing-zone", assessment, unprotected);
  const wave = (name: WaveName): Wave =>
    new Wave(app, name, { assessment, network, zoneId, hybrid, topicArns, declared: declared[name] });
  const waves = [wave("wave-1"), wave("wave-2"), wave("wave-3"), wave("wave-4")] as const;
  const { routing } = new ShopRouting(app, "shop-routing", { assessment, shop: waves[1].servers });
  new PlanStack(app, "plan", { assessment, topicArns, hybrid, waves, routing });
  process.stdout.write(`${summarize(assessment, { report: "cdktf.out/stacks/plan/report.html" })}\n`);
  return app;
}

if (require.main === module)
  void createApp().then((app) => {
    app.synth();
  });
