/**
 * A data centre with two routers, BGP and a transit gateway: four tunnels, of which the first carries the traffic and each of
 * the others takes over in its turn. One router runs strongSwan and FRR, the other one is a Cisco.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { assess } from "cdktf-migration-patterns/assessment";
import {
  HybridCloud,
  PreSharedKey,
  ciscoIosXe,
  strongSwan,
  type HybridCloudStage,
} from "cdktf-migration-patterns/infrastructure";
import { checklist, inventory } from "./data-centre";

/** The app. A real repo has the stage as a constant and changes it by a review. */
export function createApp({ stage = "live" }: { readonly stage?: HybridCloudStage } = {}): App {
  const app = new App();
  const stack = new TerraformStack(app, "hybrid-vpn-bgp");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });

  new HybridCloud(stack, "hybrid", {
    app: "dc1",
    // Pinned so that this example says the same on every day. Leave it out in your repo.
    assessment: assess(inventory, checklist, [], { asOf: "2026-11-22" }),
    stage,
    rollback: {
      owner: "network lead",
      windowHours: 8,
      triggers: ["all BGP sessions of a router down for 5 minutes"],
      sourceRetentionDays: 60,
    },
    vpc: { cidr: "10.60.0.0/16", zones: ["eu-central-1a", "eu-central-1b"], name: "hybrid" },
    gateway: { kind: "transit", amazonSideAsn: 64_600, blackholes: ["10.61.0.0/16"] },
    sites: [
      {
        name: "dc1",
        networks: ["172.16.0.0/16", "172.18.0.0/16"],
        routing: "bgp",
        tunnels: { dpdTimeoutAction: "restart", startupAction: "start" },
        logs: {},
        devices: [
          {
            name: "linux",
            customerGateway: { ipAddress: "198.51.100.10", asn: 65_010, deviceName: "dc1-linux" },
            device: strongSwan(),
            // The addresses that the router had before: pinned, because nobody wants to change them there.
            tunnel1: { insideCidr: "169.254.10.0/30", preSharedKey: PreSharedKey.generated() },
            tunnel2: { insideCidr: "169.254.11.0/30", preSharedKey: PreSharedKey.generated() },
          },
          {
            name: "cisco",
            customerGateway: { ipAddress: "198.51.100.11", asn: 65_010, deviceName: "dc1-cisco" },
            device: ciscoIosXe({ outsideInterface: "GigabitEthernet1" }),
          },
        ],
      },
    ],
    otherNetworks: [
      { owner: "the VPC of the shop", cidr: "10.61.0.0/16" },
      { owner: "containers of the data centre", cidr: "172.20.0.0/14" },
    ],
    alarms: { emails: ["network-on-call@example.com"] },
  });
  return app;
}

if (require.main === module) createApp().synth();
