/**
 * One office, one firewall, static routes: the catalog's hybrid cloud as one would deploy it. The office's router is a Linux
 * machine with strongSwan; its files are a sensitive output:
 *
 * ```
 * TF_VAR_on_premises_public_ip=198.51.100.10 npx cdktf deploy
 * npx cdktf output --outputs-file device.json --outputs-file-include-sensitive-outputs
 * ```
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { assess } from "cdktf-migration-patterns/assessment";
import { HybridCloud, PreSharedKey, strongSwan, type HybridCloudStage } from "cdktf-migration-patterns/infrastructure";
import { checklist, inventory } from "./office";

/** Creates the app. A real repo has the stage as a constant and changes it by a reviewed commit. */
export function createApp({ stage = "live" }: { readonly stage?: HybridCloudStage } = {}): App {
  const app = new App();
  const stack = new TerraformStack(app, "hybrid-vpn");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const address = new TerraformVariable(stack, "on_premises_public_ip", {
    type: "string",
    description: "The static public address of the office's router",
    default: "198.51.100.10",
  });

  new HybridCloud(stack, "hybrid", {
    app: "office",
    // Pinned so that this example says the same on every day. Leave it out in your repo.
    assessment: assess(inventory, checklist, [], { asOf: "2026-11-22" }),
    // Start with "connect", install the device's files, and go on when the runbook says so.
    stage,
    rollback: {
      owner: "network lead",
      windowHours: 4,
      triggers: ["both tunnels down for 10 minutes", "packet loss above 1 % for 15 minutes"],
      sourceRetentionDays: 30,
    },
    sites: [
      {
        name: "office",
        networks: ["192.168.0.0/20"],
        devices: [
          {
            customerGateway: { ipAddress: address.stringValue },
            device: strongSwan(),
            // Two keys of our own, so that each can be rotated while the other tunnel carries the traffic.
            tunnel1: { preSharedKey: PreSharedKey.generated(), startupAction: "start" },
            tunnel2: { preSharedKey: PreSharedKey.generated(), startupAction: "start" },
          },
        ],
      },
    ],
    vpc: { cidr: "10.40.0.0/16", zones: ["eu-central-1a", "eu-central-1b"], name: "hybrid" },
    otherNetworks: [{ owner: "pods of the office's cluster", cidr: "172.30.0.0/16" }],
    dns: { inbound: true, forward: { "office.example.com": ["192.168.0.53"] } },
    alarms: { emails: ["network-on-call@example.com"] },
  });
  return app;
}

if (require.main === module) createApp().synth();
