/**
 * `tsx adoption-app.ts FOLDER`: an app that adopts what `migration-patterns adopt` has written into the folder, as its comments say:
 * a VPN in the stage in which it leads there, and servers in the first one, in which nobody is let in.
 */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { adoptResources, type AdoptedResources } from "../../lib/core/adopt-resources";
import { inventorySchema } from "../../lib/inventory/model";
import { mergeInventories } from "../../lib/inventory/merge-inventories";
import { HybridCloud, type HybridCloudProps } from "../../lib/patterns/infrastructure/hybrid-cloud";
import { LiftAndShift } from "../../lib/patterns/infrastructure/lift-and-shift";
import { adoptedImages } from "../../lib/patterns/infrastructure/lift-and-shift/replication";
import type { ServerNetwork } from "../../lib/parts/network/server-network";
import { readyAssessment, readyInventory } from "../support/ready-assessment";

interface Adopted {
  readonly networks: Readonly<Record<string, ServerNetwork>>;
  readonly hybridClouds: Readonly<
    Record<
      string,
      { readonly props: Pick<HybridCloudProps, "vpc" | "gateway" | "sites">; readonly resources: AdoptedResources }
    >
  >;
  readonly instanceIds: Readonly<Record<string, string>>;
  readonly servers: AdoptedResources;
}

const rollback = { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 30 };

async function main([folder = ""]: readonly string[]): Promise<void> {
  const { networks, hybridClouds, instanceIds, servers } = (await import(path.join(folder, "adopted.ts"))) as Adopted;
  const { shop } = hybridClouds;
  const network = networks["shop"];
  if (shop === undefined || network === undefined) throw new Error("nothing of shop was adopted");
  const described = inventorySchema.parse(JSON.parse(readFileSync(path.join(folder, "servers.json"), "utf8")));
  const app = new App();
  const stack = new TerraformStack(app, "adoption");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const hybrid = new HybridCloud(stack, "hybrid", {
    app: "shop",
    assessment: readyAssessment(),
    rollback,
    stage: "verify",
    ...shop.props,
  });
  adoptResources(hybrid, shop.resources);
  const wave = new LiftAndShift(stack, "wave-1", {
    app: "shop",
    assessment: readyAssessment({ inventory: mergeInventories(readyInventory(), described) }),
    rollback,
    stage: "replicate",
    network,
    images: adoptedImages(instanceIds),
  });
  adoptResources(wave, servers);
  app.synth();
}

void main(process.argv.slice(2));
