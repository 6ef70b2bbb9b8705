/**
 * The rules about a fleet: here those about its servers and their placement. They check the plan of the servers, and not
 * what Terraform makes of it.
 */
import { defineRule, type Rule } from "../../../core/rule";
import { count } from "../../../core/text";
import { isUnresolved } from "../../../core/unresolved";
import { Cidr } from "../../../network/cidr";
import { accessRules } from "./access-rules";
import { createdServers, locationOf, type FleetReview } from "./fleet-review";
import { findInstanceType } from "./instance-types";
import { RESERVED_ADDRESSES } from "./placement";
import { serversBySubnet } from "./server-plan";
import { volumeRules } from "./volume-rules";

export * from "./access-rules";
export type { FleetReview } from "./fleet-review";
export * from "./volume-rules";

/** Reports a server without an instance type: none fits, or too little is known to choose one. */
export const fleetInstanceType: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-instance-type",
  title: "No instance type fits a server",
  severity: "blocker",
  why: "an instance cannot be created without a type, and a guessed one is either too small or too expensive",
  remedy: "give the server's CPUs and memory in the inventory, or an instanceType in the fleet's overrides",
  *check({ plan }) {
    for (const { server, noTypeReason } of createdServers(plan)) {
      if (noTypeReason === undefined) continue;
      yield {
        subject: server.name,
        message: `no instance type was found for ${server.name}: ${noTypeReason}`,
        ...locationOf(server),
      };
    }
  },
});

/** Reports an instance type, chosen by hand, that does not run the server's architecture. */
export const fleetArchitecture: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-architecture",
  title: "The instance type does not run the server's architecture",
  severity: "blocker",
  why: "an image starts only on instances of its own architecture (Amazon EC2 User Guide, AMI types)",
  remedy: "choose a type of the server's architecture, or correct the architecture in the inventory",
  *check({ plan }) {
    for (const { server, instanceType, architecture } of createdServers(plan)) {
      const type = instanceType === undefined ? undefined : findInstanceType(instanceType);
      if (type === undefined || type.architecture === architecture) continue;
      yield {
        subject: server.name,
        message: `${type.name} runs ${type.architecture}, and ${server.name} is ${architecture}`,
        ...locationOf(server),
      };
    }
  },
});

/** Reports a server without an image. */
export const fleetImage: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-image",
  title: "No image is configured for a server",
  severity: "blocker",
  why: "an instance starts from an image, and one of another operating system is another server",
  remedy: "name an image for the server in images.byName or for its operating system in images.byOs",
  *check({ plan }) {
    for (const { server, image } of plan.servers) {
      if (image !== undefined) continue;
      const { name, family } = server.os;
      yield {
        subject: server.name,
        message: `no image was given for ${server.name}, whose operating system is ${name ?? family}`,
        ...locationOf(server),
      };
    }
  },
});

/** Reports a server whose number of disk images is not its number of disks. */
export const fleetDiskImages: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-disk-images",
  title: "The number of disk images differs from the number of disks",
  severity: "blocker",
  why: "a disk without an image becomes an empty volume, and the server starts without its data",
  remedy:
    "list one key for each disk in ServerImage.diskImage, the root disk's first and the others in the inventory's order",
  *check({ plan }) {
    for (const { server, image } of plan.servers) {
      if (image?.source.kind !== "disk-image" || image.source.keys.length === server.disks.length) continue;
      yield {
        subject: server.name,
        message: `${server.name} has ${count(server.disks.length, "disk")}, and its image has ${count(image.source.keys.length, "key")}`,
        ...locationOf(server),
      };
    }
  },
});

/** Reports a server for whose tier the network has no subnet. */
export const fleetSubnet: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-subnet",
  title: "The network has no subnet for a server",
  severity: "blocker",
  why: "a server is put in a subnet of its tier; a public subnet never stands in for a private one",
  remedy: "add the tier to the network, or answer another tier in tierOf",
  *check({ plan }) {
    for (const { server, subnet, tier = "private" } of createdServers(plan)) {
      if (subnet !== undefined) continue;
      yield {
        subject: server.name,
        message: `the network has no ${tier} subnet for ${server.name}`,
        ...locationOf(server),
      };
    }
  },
});

/** Reports target subnets of the inventory that the network does not have. */
export const fleetTargetSubnet: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-target-subnet",
  title: "The inventory's target subnet is not in the network",
  severity: "warning",
  why: "the server goes to another subnet than the inventory says",
  remedy: "describe the subnet in the network, or remove it from the inventory's target",
  *check({ plan }) {
    for (const { server, unknownSubnetIds } of createdServers(plan)) {
      if (unknownSubnetIds.length === 0) continue;
      yield {
        subject: server.name,
        message: `the target ${unknownSubnetIds.join(", ")} of ${server.name} is not a subnet of the network`,
        ...locationOf(server),
      };
    }
  },
});

/** Reports target security groups of the inventory that are none. */
export const fleetTargetSecurityGroup: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-target-security-group",
  title: "The inventory's target security group is not an id",
  severity: "blocker",
  why: "an instance takes ids of security groups, and a name that stands in their place is looked up nowhere",
  remedy: "write the id into the inventory's target, sg- and 8 or 17 hexadecimal digits, or remove it there",
  *check({ plan }) {
    for (const { server, malformedSecurityGroupIds } of plan.servers) {
      if (malformedSecurityGroupIds.length === 0) continue;
      yield {
        subject: server.name,
        message: `the target ${malformedSecurityGroupIds.join(", ")} of ${server.name} is not the id of a security group`,
        ...locationOf(server),
      };
    }
  },
});

/** Reports a server that does not keep its private address. */
export const fleetAddress: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-address",
  title: "A server does not keep its private address",
  severity: "warning",
  why: "whatever knows the server by its address, in configuration, firewalls and licences, must be told the new one",
  remedy: "list a subnet with the address's block in the network, or plan the change and set keepAddresses to false",
  *check({ plan }) {
    for (const { server, lost } of createdServers(plan)) {
      if (lost === undefined) continue;
      yield {
        subject: server.name,
        message: `${server.name} does not keep ${lost.address}: ${lost.reason}`,
        ...locationOf(server),
      };
    }
  },
});

/** Reports a server with more addresses than its instance will have. */
export const fleetOtherAddresses: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-other-addresses",
  title: "A server has more than one address",
  severity: "warning",
  why: "an instance is made with one interface and one address: what listens on the others, or is reached by them, is lost",
  remedy:
    "find out what the other addresses are for (a backup network, a cluster, a second site) and plan its replacement; or add interfaces to fleet.instances yourself",
  *check({ plan }) {
    for (const { server, otherAddresses = [] } of createdServers(plan)) {
      if (otherAddresses.length === 0) continue;
      yield {
        subject: server.name,
        message: `${server.name} has ${otherAddresses.length + 1} IPv4 addresses and its instance has one; left over: ${otherAddresses.join(", ")}`,
        ...locationOf(server),
      };
    }
  },
});

/** Reports a subnet with fewer free addresses than servers. */
export const fleetSubnetSize: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-subnet-size",
  title: "A subnet is too small for its servers",
  severity: "blocker",
  why: `AWS reserves ${RESERVED_ADDRESSES} addresses of each subnet (Amazon VPC User Guide, Subnet CIDR blocks), and each server and endpoint takes one`,
  remedy: "use a larger block for the network, list larger subnets, or add a zone before the servers are made",
  *check({ plan }) {
    for (const [subnet, servers] of serversBySubnet(plan)) {
      if (subnet.cidr === undefined || isUnresolved(subnet.cidr)) continue;
      const size = Number(Cidr.tryParse(subnet.cidr)?.size ?? 0) - RESERVED_ADDRESSES;
      const taken = plan.network.addressesTaken?.(subnet) ?? 0;
      if (servers.length + taken <= size) continue;
      const takers = [count(servers.length, "server"), ...(taken === 0 ? [] : [count(taken, "endpoint")])].join(
        " and ",
      );
      yield {
        subject: subnet.cidr,
        message: `${subnet.cidr} in ${isUnresolved(subnet.availabilityZone) ? "its zone" : subnet.availabilityZone} has ${size} free addresses, and ${takers} need one each`,
      };
    }
  },
});

/** Reports a subnet whose block only Terraform knows: whether it is large enough, and holds an address, cannot be told. */
export const fleetSubnetUnknown: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-subnet-unknown",
  title: "The block of a subnet is not known at synthesis",
  severity: "info",
  why: "a value that only Terraform knows cannot be compared: neither the number of free addresses nor the private addresses that servers keep are checked, and AWS refuses what does not fit when it is deployed",
  remedy: "write the block itself in the network's subnets, or count the free addresses by hand",
  *check({ plan }) {
    const unknown = [...serversBySubnet(plan)].filter(([{ cidr }]) => cidr !== undefined && isUnresolved(cidr));
    for (const [subnet, servers] of unknown) {
      const place = isUnresolved(subnet.availabilityZone) ? "" : ` in ${subnet.availabilityZone}`;
      yield {
        subject: isUnresolved(subnet.id) ? `${subnet.tier} subnet${place}` : subnet.id,
        message: `its block is not known, so it is uncertain whether it has an address for ${count(servers.length, "server")}`,
      };
    }
  },
});

/** Reports a licence that is counted by hardware on a server whose tenancy does not show any. */
export const fleetLicenceTenancy: Rule<FleetReview> = defineRule<FleetReview>({
  id: "fleet-licence-tenancy",
  title: "A licence needs a dedicated host",
  severity: "blocker",
  why: "a licence counted by physical cores, sockets or hosts may be used only where the hardware can be seen: on a dedicated host (Amazon EC2 User Guide, Dedicated Hosts)",
  remedy:
    "set the tenancy to dedicated-host in the checklist's licence or the fleet's overrides, or state License Mobility",
  *check({ plan }) {
    for (const { server, tenancy, unmetLicence } of createdServers(plan)) {
      if (unmetLicence === undefined) continue;
      yield {
        subject: server.name,
        message: `${unmetLicence.product} on ${server.name} is counted by ${unmetLicence.boundTo ?? "hardware"}, and the tenancy is ${tenancy}`,
        ...locationOf(server),
      };
    }
  },
});

/** All rules about a fleet. */
export const fleetRules: readonly Rule<FleetReview>[] = [
  fleetInstanceType,
  fleetArchitecture,
  fleetImage,
  fleetDiskImages,
  fleetSubnet,
  fleetTargetSubnet,
  fleetTargetSecurityGroup,
  fleetAddress,
  fleetOtherAddresses,
  fleetSubnetSize,
  fleetSubnetUnknown,
  fleetLicenceTenancy,
  ...volumeRules,
  ...accessRules,
];
