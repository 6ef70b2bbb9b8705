/** The subnet of a server as recorded: by tier and zone, because a subnet's id is often known to Terraform alone. */
import { isUnresolved } from "../../../../core/unresolved";
import type { NetworkSubnet } from "../../../../parts/network/server-network";

/**
 * Returns the recorded form of a subnet of the network: `private/eu-central-1a`; of the second of a tier in a zone
 * `private/eu-central-1a/2`. A zone that Terraform alone knows is its number in the network.
 */
export function placeOfSubnet(subnet: NetworkSubnet, subnets: readonly NetworkSubnet[]): string {
  const { tier, availabilityZone } = subnet;
  const zones = [...new Set(subnets.map((each) => each.availabilityZone))];
  const zone = isUnresolved(availabilityZone) ? `zone-${zones.indexOf(availabilityZone) + 1}` : availabilityZone;
  const alike = subnets.filter((each) => each.tier === tier && each.availabilityZone === availabilityZone);
  const number = alike.findIndex(({ id }) => id === subnet.id) + 1;
  return number > 1 ? `${tier}/${zone}/${number}` : `${tier}/${zone}`;
}

/** Returns the subnet that was recorded so; undefined where the network has it no more. */
export function subnetAt(place: string, subnets: readonly NetworkSubnet[]): NetworkSubnet | undefined {
  return subnets.find((subnet) => placeOfSubnet(subnet, subnets) === place);
}
