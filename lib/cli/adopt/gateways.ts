/**
 * The gateway at AWS's end: a virtual private gateway that the construct has as its own, or one that stays somebody else's. A
 * transit gateway is always taken as it is, because it connects others as well.
 */
import type { AdoptedResource } from "../../core/adopt-resources";
import { checkAmazonAsn } from "../../patterns/infrastructure/hybrid-cloud/connection-checks";
import { AMAZON_DEFAULT_ASN } from "../../patterns/infrastructure/hybrid-cloud/vpn-limits";
import type { Described, DescribedRouteTable, DescribedVpc } from "./described-model";
import type { LeftOut } from "./model";
import { passes, placeOf } from "./refusals";
import { keptTags, ownerOf } from "./tags";

/** A gateway, with the VPC that it connects. */
export interface GatewayAt {
  readonly props: Readonly<Record<string, unknown>>;
  readonly kind: "vpn" | "transit";
  readonly id: string;
  /** Amazon's number; undefined where no file says it. */
  readonly asn: number | undefined;
  /** Whether the construct has it as its own, with these tags. */
  readonly owned?: AdoptedResource;
  readonly vpc: DescribedVpc;
  readonly tables: readonly DescribedRouteTable[];
}

/** The reason why a gateway's connections are left out, and the remedy. */
export type NoGateway = Omit<LeftOut, "id">;

/** Returns the gateway with its VPC, or why it cannot be had. */
export function gatewayAt(of: Described, gatewayId: string): GatewayAt | NoGateway {
  if (gatewayId.startsWith("tgw-")) return transitGatewayAt(of, gatewayId);
  const gateway = of.vpnGateways.find((each) => each.VpnGatewayId === gatewayId);
  if (gateway === undefined) {
    return none(`its gateway ${gatewayId} is in no file`, "add what aws ec2 describe-vpn-gateways prints");
  }
  const attached = gateway.VpcAttachments.find(({ State }) => State === "attached");
  if (gateway.State !== "available" || attached === undefined) {
    return none(`its gateway ${gatewayId} is not attached to a VPC`, "attach it, and describe it again");
  }
  const place = vpcAt(of, attached.VpcId);
  if ("reason" in place) return place;
  const { AmazonSideAsn: asn, AvailabilityZone: zone, Tags: tags } = gateway;
  const known = asn !== undefined && isPrivate(asn);
  const common = { kind: "vpn" as const, id: gatewayId, asn, ...place };
  if (!known || ownerOf(tags) !== undefined) {
    return { ...common, props: { kind: "vpn", vpnGatewayId: gatewayId, ...(known ? { amazonSideAsn: asn } : {}) } };
  }
  return {
    ...common,
    owned: { id: gatewayId, ...keptTags(tags) },
    props: {
      kind: "vpn",
      ...(asn === AMAZON_DEFAULT_ASN ? {} : { amazonSideAsn: asn }),
      ...(zone === undefined || zone === "" ? {} : { availabilityZone: zone }),
    },
  };
}

function transitGatewayAt(of: Described, gatewayId: string): GatewayAt | NoGateway {
  const gateway = of.transitGateways.find((each) => each.TransitGatewayId === gatewayId);
  if (gateway === undefined) {
    return none(`its gateway ${gatewayId} is in no file`, "add what aws ec2 describe-transit-gateways prints");
  }
  const [vpc, second] = of.vpcs;
  if (vpc === undefined || second !== undefined) {
    return none("it ends at a transit gateway, which does not say which VPC it is for", "name one VPC with --vpc");
  }
  const place = vpcAt(of, vpc.VpcId);
  if ("reason" in place) return place;
  const asn = gateway.Options.AmazonSideAsn;
  const props = {
    kind: "transit",
    transitGatewayId: gatewayId,
    ...(asn !== undefined && isPrivate(asn) ? { amazonSideAsn: asn } : {}),
  };
  return { kind: "transit", id: gatewayId, asn, props, ...place };
}

function vpcAt(of: Described, vpcId: string): Pick<GatewayAt, "vpc" | "tables"> | NoGateway {
  const vpc = of.vpcs.find((each) => each.VpcId === vpcId);
  if (vpc === undefined) return none(`its VPC ${vpcId} is in no file`, "add what aws ec2 describe-vpcs prints");
  const tables = of.routeTables.filter((each) => each.VpcId === vpcId);
  if (tables.length === 0) {
    return none(`no file has a route table of its VPC ${vpcId}`, "add what aws ec2 describe-route-tables prints");
  }
  return { vpc, tables };
}

/** Checks whether the number is one that can be chosen for Amazon's side: a gateway of another one cannot be made again. */
function isPrivate(asn: number): boolean {
  return passes(() => {
    checkAmazonAsn(asn, placeOf("gateway.amazonSideAsn"));
  });
}

function none(reason: string, fix: string): NoGateway {
  return { code: "ADOPT_VPN_GATEWAY", reason, fix };
}
