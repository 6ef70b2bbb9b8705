import type { Starter } from "../../../core/starter";

/** The code with which a user begins a Lift and Shift: a stack for each wave of the inventory, images from exported disks. */
export const liftAndShiftStarter: Starter = {
  creates: "liftAndShift",
  network: true,
  stacks: `/** Lift and Shift: the servers as they are, on instances that fit them; one stack for each wave. */
import { existsSync, readFileSync } from "node:fs";
import type { App } from "cdktf";
import {
  ESTATE_FILE,
  LiftAndShift,
  readEstateRecord,
  ServerImage,
  type LiftAndShiftDeclaration,
} from "cdktf-migration-patterns/infrastructure/lift-and-shift";
import { migratingServers, type Inventory, type Server } from "cdktf-migration-patterns/inventory";
import { app, rollback, tags } from "../settings";
import { decide } from "../undecided";
import { PlatformStack, type Surroundings } from "./platform-stack";

/**
 * The declared stage of each wave, by the name of its stack: "replicate", "test", "cutover", or "finalized", which does not
 * compile without its evidence. Change one, forward or back, by a reviewed commit, and deploy. A wave that is not named here
 * is in the first stage.
 */
const declared: Readonly<Record<string, LiftAndShiftDeclaration>> = {
  "wave-1": { stage: "replicate" },
};

/** The bucket to which the servers' disks are exported: SERVER/disk-0.vmdk, SERVER/disk-1.vmdk and so on. */
const exportsBucket = decide("example-server-exports", "stacks/lift-and-shift.ts: the bucket of the exported disks");

/** The networks of the people who test the servers before the cut-over. */
const testClientCidrs = decide(["10.99.0.0/24"], "stacks/lift-and-shift.ts: the networks of the testers");

/** Makes a stack for each wave of the inventory; one for all servers while none is in a wave. */
export function liftAndShift(scope: App, { assessment, network, dependsOn }: Surroundings): LiftAndShift[] {
  return wavesOf(assessment.inventory).map((wave) => {
    const stack = new PlatformStack(scope, stackName(wave));
    return new LiftAndShift(stack, "servers", {
      app,
      assessment,
      ...(declared[stackName(wave)] ?? { stage: "replicate" }),
      ...(wave === undefined ? {} : { wave }),
      dependsOn,
      rollback,
      network,
      images: exportedDisks,
      // The source's networks stay in use until the last wave: every server gets a new address.
      fleet: { name: \`\${app}-\${stackName(wave)}\`, keepAddresses: false },
      testClientCidrs,
      // Which server and disk is which: \`npx migration-patterns lock\` writes it after the first deployment.
      ...(existsSync(ESTATE_FILE) ? { estate: readEstateRecord(readFileSync(ESTATE_FILE, "utf8")) } : {}),
      tags,
    });
  });
}

/** Returns the waves that have a server to rehost, in the order of the inventory. */
function wavesOf(inventory: Inventory): (string | undefined)[] {
  const rehosted = migratingServers(inventory).filter(({ strategy }) => (strategy ?? "rehost") === "rehost");
  const waves = new Set(rehosted.flatMap(({ wave }) => wave ?? []));
  return waves.size === 0 ? [undefined] : [...waves];
}

/** Returns the name of a wave's stack, which is the name of its state: "Wave 1" becomes wave-1. */
function stackName(wave = "servers"): string {
  return wave.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/** Returns the image of a server, made of its exported disks. A server of which no disk is known has none, and blocks. */
function exportedDisks({ name, disks }: Server): ServerImage | undefined {
  if (disks.length === 0) return undefined;
  return ServerImage.diskImage(
    exportsBucket,
    disks.map((_disk, index) => \`\${name}/disk-\${index}.vmdk\`),
  );
}
`,
  next: [
    "Say which server moves in which wave, under `servers_and_specifications` in `checklist.yaml`; `npx migration-patterns waves FILE… --checklist checklist.yaml` proposes waves.",
    "The servers may talk as recorded connections say, and to nobody else, and an RVTools export has none: name a CSV of them (source, destination, port) in `settings.ts` beside the export, or `fleet-no-flows` blocks from the stage test on.",
    "Every server gets a new address: give each wave a `ConfigurationCutover` with the DNS names that its users know, or they stay on the old servers.",
    "`stacks/lift-and-shift.ts`: write the bucket of the exported disks, or choose other images (`ServerImage`), and the networks of your testers.",
    "After the first deployment: `npx migration-patterns lock`, and commit `estate.lock.json`.",
  ],
};
