/** Servers and a routing of hostile texts without anything that Terraform has to read, so that they can be planned offline. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { defineInventory } from "../../lib/inventory/define-inventory";
import { ServerFleet, ServerImage } from "../../lib/patterns/infrastructure/lift-and-shift";
import { DnsRouting } from "../../lib/patterns/infrastructure/multi-cloud/dns/dns-routing";
import { compileDns } from "../../lib/patterns/infrastructure/multi-cloud/dns/plan";
import { readRoutingConfig } from "../../lib/patterns/infrastructure/multi-cloud/routing-config";
import { HOSTILE, NETWORK } from "./hostile-stack";
import { everywhere } from "./poison";
import { inventorySample, routingSample } from "./samples";

/** The texts that the plan of {@link makeHostileResources} holds. */
export const plannedTexts: readonly string[] = [
  `${HOSTILE}, imported`,
  `${HOSTILE}: ${HOSTILE}.vmdk`,
  `${HOSTILE}.vmdk`,
  HOSTILE,
  `/${HOSTILE}`,
];

/** Makes a fleet whose first server has a hostile name, and a routing whose health check has a hostile path and search. */
export function makeHostileResources(stack: TerraformStack): void {
  new AwsProvider(stack, "aws", {
    region: "eu-central-1",
    skipCredentialsValidation: true,
    skipRequestingAccountId: true,
    skipMetadataApiCheck: "true",
    skipRegionValidation: true,
  });
  const inventory = defineInventory(everywhere(inventorySample, "web-01", HOSTILE));
  new ServerFleet(stack, "fleet", {
    servers: inventory.servers.slice(0, 2),
    inventory,
    network: NETWORK,
    images: ({ name }) => ServerImage.diskImage("exports", [`${name}.vmdk`]),
    exposure: "open",
  });
  const routed = everywhere(everywhere(routingSample, "/healthz", `/${HOSTILE}`), "healthy", HOSTILE);
  const routing = readRoutingConfig(JSON.stringify(routed), "routing.json");
  const plan = compileDns(routing);
  const zone = routing.dns?.zone;
  if (plan === undefined || zone === undefined) throw new Error("the sample has DNS");
  new DnsRouting(stack, "dns", { plan, zone, tags: {} });
}
