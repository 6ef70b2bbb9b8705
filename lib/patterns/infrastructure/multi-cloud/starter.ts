import type { Starter } from "../../../core/starter";

/** The code with which a user begins a Multi-Cloud: one service, from the source to AWS in steps, in mesh and DNS. */
export const multiCloudStarter: Starter = {
  creates: "multiCloud",
  network: false,
  stacks: `/** Multi-Cloud: the requests of one service, shifted in steps from where it runs today to AWS, in the mesh and in DNS. */
import type { App } from "cdktf";
import { MultiCloudRouting, type RoutingStage } from "cdktf-migration-patterns/infrastructure/multi-cloud";
import { app, region, rollback, tags } from "../settings";
import { decide } from "../undecided";
import { PlatformStack, type Surroundings } from "./platform-stack";

/** The steps of the shift, in percent of the requests that AWS answers. */
const steps = [0, 10, 50, 100] as const;

/** The declared stage: "0-percent", "10-percent" and so on. Change it, forward or back, by a reviewed commit, and deploy. */
const stage: RoutingStage<(typeof steps)[number]> = "0-percent";

/** The service: its name in the mesh, the name that its users ask for, and the zone of that name. */
const service = decide(
  { name: "shop", domainName: "shop.example.com", zone: "example.com" },
  "stacks/multi-cloud.ts: the service and its domain name",
);

/** The host that answers for the service today, and the one that will in AWS. */
const hosts = decide(
  {
    source: { host: "shop-source.example.com", address: "198.51.100.20" },
    aws: { host: "shop-aws.example.com", address: "203.0.113.20" },
  },
  "stacks/multi-cloud.ts: the hosts and addresses of the service on both sides",
);

/** Makes the stack with the routing. */
export function multiCloud(scope: App, { assessment, dependsOn }: Surroundings): MultiCloudRouting[] {
  const stack = new PlatformStack(scope, "multi-cloud");
  const routing = new MultiCloudRouting(stack, "routing", {
    app,
    assessment,
    stage,
    dependsOn,
    rollback: { ...rollback, triggers: ["more than 1 % of the requests fail for 5 minutes"] },
    intent: {
      service: service.name,
      destinations: {
        source: {
          cloud: "on-premises",
          host: hosts.source.host,
          tls: { mode: "SIMPLE" },
          dns: {
            addresses: [hosts.source.address],
            healthCheck: { type: "HTTPS", fqdn: hosts.source.host, path: "/healthz" },
          },
        },
        aws: {
          cloud: "aws",
          region,
          host: hosts.aws.host,
          tls: { mode: "SIMPLE" },
          dns: {
            addresses: [hosts.aws.address],
            healthCheck: { type: "HTTPS", fqdn: hosts.aws.host, path: "/healthz" },
          },
        },
      },
      default: { to: { source: 100, aws: 0 } },
      schedule: { towards: "aws", steps },
      dns: { name: service.domainName, zone: { name: service.zone }, policy: "weighted", ttlSeconds: 60 },
    },
    tags,
  });
  return [routing];
}
`,
  next: [
    "`stacks/multi-cloud.ts`: write the service, its hosts and their addresses, and the steps of the shift.",
    "Hand the manifests beside the stack's Terraform to your mesh, and have the zone's parent delegate to its name servers.",
  ],
};
