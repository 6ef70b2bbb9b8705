import type { Starter } from "../../../core/starter";

/** The code with which a user begins a Hybrid Cloud: one site, one device with strongSwan, static routes. */
export const hybridCloudStarter: Starter = {
  creates: "hybridCloud",
  network: true,
  stacks: `/** Hybrid Cloud: the VPN between the site that is migrated from and the network of AWS. */
import type { App } from "cdktf";
import {
  HybridCloud,
  PreSharedKey,
  strongSwan,
  type HybridCloudStage,
} from "cdktf-migration-patterns/infrastructure/hybrid-cloud";
import { app, onCall, rollback, tags } from "../settings";
import { decide } from "../undecided";
import { sourceNetworks } from "./network";
import { PlatformStack, type Surroundings } from "./platform-stack";

/**
 * The declared stage: "connect", "verify" or "live". Change it, forward or back, by a reviewed commit, and deploy. Start with
 * "connect", install the device's files, and go on when the runbook says so.
 */
const stage: HybridCloudStage = "connect";

/** The static public address of the site's device, which ends the tunnels. */
const deviceAddress = decide("198.51.100.10", "stacks/hybrid-cloud.ts: the public address of the site's VPN device");

/** Makes the stack with the VPN. The site's networks are the checklist's sources. */
export function hybridCloud(scope: App, { assessment, network, dependsOn }: Surroundings): HybridCloud[] {
  const stack = new PlatformStack(scope, "hybrid-cloud");
  const vpn = new HybridCloud(stack, "vpn", {
    app,
    assessment,
    stage,
    dependsOn,
    rollback: { ...rollback, triggers: ["both tunnels are down for 10 minutes"] },
    vpc: network,
    sites: [
      {
        name: "site",
        networks: sourceNetworks(assessment),
        devices: [
          {
            customerGateway: { ipAddress: deviceAddress },
            // The device's files are a sensitive output. Others: ciscoIosXe, juniperSrx, generic.
            device: strongSwan(),
            // Two keys of our own, so that each can be rotated while the other tunnel carries the traffic.
            tunnel1: { preSharedKey: PreSharedKey.generated() },
            tunnel2: { preSharedKey: PreSharedKey.generated() },
          },
        ],
      },
    ],
    alarms: { emails: [onCall] },
    tags,
  });
  return [vpn];
}
`,
  next: [
    "`stacks/hybrid-cloud.ts`: write the public address of your VPN device, and choose its kind.",
    "Deploy in the stage `connect`, install the device's files, which are a sensitive output of the stack, and see both tunnels up before you declare `verify`.",
  ],
};
