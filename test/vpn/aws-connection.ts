/**
 * What AWS makes of an `aws_vpn_connection`: read from the synthesized JSON alone, with AWS's own documented defaults for
 * what it leaves out. Written apart from the library's device code on purpose, so that the two can disagree.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Resource, SynthesizedStack } from "./synthesized";

/** One phase as AWS accepts it. */
export interface AwsPhase {
  readonly encryption: readonly string[];
  readonly integrity: readonly string[];
  readonly dhGroups: readonly number[];
  readonly lifetime: number;
}

export interface AwsTunnel {
  readonly number: 1 | 2;
  readonly outsideAddress: string;
  readonly preSharedKey: string;
  readonly insideCidr: string;
  readonly awsInside: string;
  readonly customerInside: string;
  readonly ikeVersions: readonly string[];
  readonly phase1: AwsPhase;
  readonly phase2: AwsPhase;
  readonly rekeyMargin: number;
  readonly dpdTimeout: number;
  readonly dpdAction: string;
  readonly startupAction: string;
}

export interface AwsConnection {
  readonly address: string;
  readonly customerAddress: string;
  readonly customerAsn: number;
  readonly amazonAsn: number;
  /** Whether AWS shares traffic over tunnels that BGP finds equal: a transit gateway does. */
  readonly ecmp: boolean;
  readonly staticRoutesOnly: boolean;
  /** What AWS routes into the tunnels without BGP. */
  readonly staticRoutes: readonly string[];
  /** What AWS advertises: the VPCs behind the gateway. */
  readonly awsNetworks: readonly string[];
  /** What each side may send into the tunnels. AWS calls the customer's side "local". */
  readonly selectors: { readonly onPremises: string; readonly aws: string };
  readonly tunnels: readonly [AwsTunnel, AwsTunnel];
  /** The value of every reference to this connection that a device's files may hold. */
  readonly values: ReadonlyMap<string, string>;
}

const connectionSchema = z.record(z.string(), z.unknown());
const strings = z.array(z.string());
const numbers = z.array(z.number());

/** Reads the connection. `outsideAddresses` are what AWS would assign. */
export function awsConnection(
  stack: SynthesizedStack,
  resource: Resource,
  outsideAddresses: readonly [string, string],
): AwsConnection {
  const config = connectionSchema.parse(resource.config);
  const gateway = stack.follow(config["customer_gateway_id"], "aws_customer_gateway");
  if (gateway === undefined) throw new Error(`${resource.address}: its customer gateway is not in the stack`);
  const values = new Map<string, string>();
  const customerAddress = literalOr(gateway.config["ip_address"], "198.51.100.10", values);
  values.set(`${gateway.address}.ip_address`, customerAddress);
  const vpnGateway = stack.follow(config["vpn_gateway_id"], "aws_vpn_gateway");
  const transitGateway = stack.follow(config["transit_gateway_id"], "aws_ec2_transit_gateway");
  const asn = vpnGateway?.config["amazon_side_asn"] ?? transitGateway?.config["amazon_side_asn"] ?? 64512;
  const staticRoutesOnly = config["static_routes_only"] === true;
  const tunnels = ([1, 2] as const).map((number) =>
    awsTunnel(config, resource.address, number, outsideAddresses[number - 1] ?? "", values),
  );
  const [one, two] = tunnels;
  if (one === undefined || two === undefined) throw new Error("a connection has two tunnels");
  return {
    address: resource.address,
    customerAddress,
    customerAsn: Number(gateway.config["bgp_asn"] ?? gateway.config["bgp_asn_extended"] ?? 65000),
    amazonAsn: Number(asn),
    ecmp: transitGateway !== undefined && transitGateway.config["vpn_ecmp_support"] !== "disable",
    staticRoutesOnly,
    staticRoutes: staticRoutesOnly ? staticRoutesOf(stack, resource) : [],
    awsNetworks: stack.resources("aws_vpc").map((vpc) => z.string().parse(vpc.config["cidr_block"])),
    selectors: {
      onPremises: z.string().parse(config["local_ipv4_network_cidr"] ?? "0.0.0.0/0"),
      aws: z.string().parse(config["remote_ipv4_network_cidr"] ?? "0.0.0.0/0"),
    },
    tunnels: [one, two],
    values,
  };
}

/** Of a VPN gateway: the connection's own routes. Of a transit gateway: those its route tables send to the attachment. */
function staticRoutesOf(stack: SynthesizedStack, connection: Resource): string[] {
  const refersToIt = (value: unknown): boolean =>
    typeof value === "string" && value.startsWith(`\${${connection.address}.`);
  return [
    ...stack.resources("aws_vpn_connection_route").filter(({ config }) => refersToIt(config["vpn_connection_id"])),
    ...stack
      .resources("aws_ec2_transit_gateway_route")
      .filter(({ config }) => refersToIt(config["transit_gateway_attachment_id"])),
  ].map(({ config }) => z.string().parse(config["destination_cidr_block"]));
}

function awsTunnel(
  config: Record<string, unknown>,
  address: string,
  number: 1 | 2,
  outsideAddress: string,
  values: Map<string, string>,
): AwsTunnel {
  const get = (name: string): unknown => config[`tunnel${number}_${name}`];
  const key = `lab.${randomBytes(24).toString("hex")}`;
  const preSharedKey = literalOr(get("preshared_key"), key, values);
  values.set(`${address}.tunnel${number}_preshared_key`, preSharedKey);
  values.set(`${address}.tunnel${number}_address`, outsideAddress);
  const insideCidr = z.string().parse(get("inside_cidr"));
  const [network = "", prefix] = insideCidr.split("/");
  const octets = network.split(".").map(Number);
  if (prefix !== "30") throw new Error(`${address}: tunnel${number}_inside_cidr is not a /30`);
  const host = (offset: number): string => [...octets.slice(0, 3), (octets[3] ?? 0) + offset].join(".");
  values.set(`${address}.tunnel${number}_vgw_inside_address`, host(1));
  values.set(`${address}.tunnel${number}_cgw_inside_address`, host(2));
  const phase = (name: "phase1" | "phase2", groups: readonly number[], lifetime: number): AwsPhase => ({
    encryption: strings.parse(
      get(`${name}_encryption_algorithms`) ?? ["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"],
    ),
    integrity: strings.parse(get(`${name}_integrity_algorithms`) ?? ["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"]),
    dhGroups: numbers.parse(get(`${name}_dh_group_numbers`) ?? groups),
    lifetime: z.number().parse(get(`${name}_lifetime_seconds`) ?? lifetime),
  });
  return {
    number,
    outsideAddress,
    preSharedKey,
    insideCidr,
    awsInside: host(1),
    customerInside: host(2),
    ikeVersions: strings.parse(get("ike_versions") ?? ["ikev1", "ikev2"]),
    phase1: phase("phase1", [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24], 28800),
    phase2: phase("phase2", [2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24], 3600),
    rekeyMargin: z.number().parse(get("rekey_margin_time_seconds") ?? 270),
    dpdTimeout: z.number().parse(get("dpd_timeout_seconds") ?? 30),
    dpdAction: z.string().parse(get("dpd_timeout_action") ?? "clear"),
    startupAction: z.string().parse(get("startup_action") ?? "add"),
  };
}

/** The literal; or the lab's value for the reference, or for what AWS would choose. */
function literalOr(value: unknown, chosen: string, values: Map<string, string>): string {
  if (typeof value !== "string") return chosen;
  const reference = /^\$\{(.*)\}$/s.exec(value)?.[1];
  if (reference === undefined) return value;
  values.set(reference.trim(), chosen);
  return chosen;
}
