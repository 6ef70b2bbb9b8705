/**
 * ```ts
 * const { hybridClouds, networks, servers, left } = adopt(readDescribed(files));
 * ```
 *
 * The beginning of a migration in an account that is not empty: what somebody made by hand, or by another tool, becomes props of
 * this library's constructs and import blocks at their addresses. What a construct cannot have exactly as it is, it does not get;
 * it is said by its id, with the reason.
 */
import { refuse } from "../../core/refuse";
import { compareText } from "../../core/text";
import { Cidr } from "../../network/cidr";
import type { Described } from "./described-model";
import { adoptHybridClouds } from "./hybrid-clouds";
import type { Adoption } from "./model";
import { adoptNetworks } from "./networks";
import { refuseMixed } from "./read-described";
import { adoptInstances } from "./servers";

/** Options of {@link adopt}. */
export interface AdoptOptions {
  /**
   * The ids of the VPCs to which the adoption is limited.
   * @default - all
   */
  readonly vpcIds?: readonly string[];
  /**
   * The networks on premises by the id of the connection that leads to them.
   * @default - those of the static routes, or that the VPC's route tables have learned
   */
  readonly networks?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Returns what can be taken over, and what cannot.
 *
 * @throws MigrationError `ADOPT_ACCOUNTS`, `ADOPT_REGIONS`, `ADOPT_VPC_UNKNOWN`, `ADOPT_NETWORKS`
 */
export function adopt(described: Described, options: AdoptOptions = {}): Adoption {
  const chosen = options.vpcIds === undefined ? described : ofVpcs(described, options.vpcIds);
  refuseMixed(chosen);
  const named = Object.entries(options.networks ?? {});
  for (const [id, networks] of named) {
    if (!described.vpnConnections.some(({ VpnConnectionId }) => VpnConnectionId === id)) {
      refuse({
        code: "ADOPT_NETWORKS",
        path: "--networks",
        received: id,
        allowed: "the id of a VPN connection that is in a file",
        fix: "correct the id, or add what aws ec2 describe-vpn-connections prints",
      });
    }
    for (const network of networks) Cidr.parse(network, `--networks ${id}`);
  }
  const { networks, names, left: vpcs } = adoptNetworks(chosen);
  const { hybridClouds, left: connections } = adoptHybridClouds(chosen, new Map(named), names);
  const { servers, left: instances } = adoptInstances(chosen);
  const left = [...vpcs, ...connections, ...instances].sort(
    (a, b) => compareText(a.code, b.code) || compareText(a.id, b.id),
  );
  return { networks, hybridClouds, ...(servers === undefined ? {} : { servers }), left };
}

/** Checks whether nothing at all can be taken over. */
export function isEmpty({ networks, hybridClouds, servers }: Adoption): boolean {
  return Object.keys(networks).length + Object.keys(hybridClouds).length === 0 && servers === undefined;
}

function ofVpcs(described: Described, vpcIds: readonly string[]): Described {
  const known = new Set(described.vpcs.map(({ VpcId }) => VpcId));
  const unknown = vpcIds.find((id) => !known.has(id));
  if (unknown !== undefined) {
    refuse({
      code: "ADOPT_VPC_UNKNOWN",
      path: "--vpc",
      received: unknown,
      allowed: `the id of a VPC that is in a file: ${[...known].sort().join(", ")}`,
      fix: "correct the id, or add what aws ec2 describe-vpcs prints",
    });
  }
  const chosen = new Set(vpcIds);
  const inside = ({ VpcId }: { readonly VpcId?: string | undefined }): boolean =>
    VpcId !== undefined && chosen.has(VpcId);
  const vpnGateways = described.vpnGateways.filter(({ VpcAttachments }) => VpcAttachments.some(inside));
  const gateways = new Set(vpnGateways.map(({ VpnGatewayId }) => VpnGatewayId));
  const instances = described.instances.filter(inside);
  const attached = new Set(
    instances.flatMap(({ BlockDeviceMappings }) => BlockDeviceMappings.map(({ Ebs }) => Ebs?.VolumeId)),
  );
  return {
    ...described,
    vpcs: described.vpcs.filter(inside),
    subnets: described.subnets.filter(inside),
    routeTables: described.routeTables.filter(inside),
    instances,
    volumes: described.volumes.filter(({ VolumeId }) => attached.has(VolumeId)),
    vpnGateways,
    vpnConnections: described.vpnConnections.filter(
      ({ VpnGatewayId }) => VpnGatewayId === undefined || gateways.has(VpnGatewayId),
    ),
  };
}
