/** What the AWS CLI prints of a small account, with all the keys that nobody needs, as the CLI's reference shows them. */
import { adopt, type AdoptOptions } from "../../../lib/cli/adopt/adopt";
import type { Adoption } from "../../../lib/cli/adopt/model";
import { readDescribed } from "../../../lib/cli/adopt/read-described";

/** A mapping of an answer. */
export type Json = Record<string, unknown>;

export const KEY_1 = "aVerySecretKey.tunnel1";
export const KEY_2 = "aVerySecretKey.tunnel2";

/** An id whose last characters are a number. */
export function id(prefix: string, number: number): string {
  return `${prefix}-0a1b2c3d4e5f6${String(number).padStart(4, "0")}`;
}

/** Tags as AWS prints them. */
export function tags(of: Readonly<Record<string, string>>): Json[] {
  return Object.entries(of).map(([Key, Value]) => ({ Key, Value }));
}

export function vpc(over: Json = {}): Json {
  return {
    OwnerId: "111122223333",
    InstanceTenancy: "default",
    Ipv6CidrBlockAssociationSet: [],
    CidrBlockAssociationSet: [
      { AssociationId: "vpc-cidr-assoc-1", CidrBlock: "10.20.0.0/16", CidrBlockState: { State: "associated" } },
      { AssociationId: "vpc-cidr-assoc-2", CidrBlock: "10.21.0.0/16", CidrBlockState: { State: "disassociated" } },
    ],
    IsDefault: false,
    Tags: tags({ Name: "shop" }),
    VpcId: id("vpc", 1),
    State: "available",
    CidrBlock: "10.20.0.0/16",
    DhcpOptionsId: "dopt-19edf471",
    ...over,
  };
}

export function subnet(number: number, over: Json = {}): Json {
  return {
    AvailabilityZone: "eu-central-1a",
    AvailabilityZoneId: "euc1-az2",
    AvailableIpAddressCount: 251,
    CidrBlock: `10.20.${number}.0/24`,
    OwnerId: "111122223333",
    State: "available",
    SubnetId: id("subnet", number),
    VpcId: id("vpc", 1),
    ...over,
  };
}

export function routeTable(number: number, over: Json = {}): Json {
  return {
    Associations: [{ Main: false, RouteTableAssociationId: "rtbassoc-1", SubnetId: id("subnet", number) }],
    PropagatingVgws: [],
    RouteTableId: id("rtb", number),
    Routes: [{ DestinationCidrBlock: "10.20.0.0/16", GatewayId: "local", Origin: "CreateRouteTable", State: "active" }],
    Tags: tags({ Name: "app" }),
    VpcId: id("vpc", 1),
    OwnerId: "111122223333",
    ...over,
  };
}

export function vpnGateway(over: Json = {}): Json {
  return {
    AmazonSideAsn: 64512,
    State: "available",
    Type: "ipsec.1",
    VpcAttachments: [{ State: "attached", VpcId: id("vpc", 1) }],
    VpnGatewayId: id("vgw", 1),
    Tags: tags({ Name: "edge" }),
    ...over,
  };
}

export function customerGateway(number: number, over: Json = {}): Json {
  return {
    BgpAsn: "65010",
    CustomerGatewayId: id("cgw", number),
    IpAddress: `198.51.100.${number}`,
    State: "available",
    Type: "ipsec.1",
    Tags: [],
    ...over,
  };
}

export function connection(number: number, options: Json = {}, over: Json = {}): Json {
  const tunnel = (index: number, key: string): Json => ({
    OutsideIpAddress: `203.0.113.${2 * number + index}`,
    TunnelInsideCidr: `169.254.${10 + number}.${4 * index}/30`,
    PreSharedKey: key,
  });
  return {
    CustomerGatewayConfiguration: `<ipsec_tunnel><ike><pre_shared_key>${KEY_1}</pre_shared_key></ike></ipsec_tunnel>`,
    CustomerGatewayId: id("cgw", number),
    Category: "VPN",
    State: "available",
    Type: "ipsec.1",
    VpnConnectionId: id("vpn", number),
    VpnGatewayId: id("vgw", 1),
    Options: {
      EnableAcceleration: false,
      StaticRoutesOnly: true,
      LocalIpv4NetworkCidr: "0.0.0.0/0",
      RemoteIpv4NetworkCidr: "0.0.0.0/0",
      OutsideIpAddressType: "PublicIpv4",
      TunnelInsideIpVersion: "ipv4",
      TunnelOptions: [tunnel(0, KEY_1), tunnel(1, KEY_2)],
      ...options,
    },
    Routes: [
      { DestinationCidrBlock: "192.168.0.0/20", Source: "Static", State: "available" },
      { DestinationCidrBlock: "172.30.0.0/16", Source: "Static", State: "deleted" },
    ],
    Tags: tags({ Name: "office" }),
    VgwTelemetry: [{ OutsideIpAddress: "203.0.113.2", Status: "UP", AcceptedRouteCount: 0 }],
    ...over,
  };
}

/** A connection whose two tunnels have these options beside their addresses and keys. */
export function tuned(number: number, options: Json, over: Json = {}): Json {
  const plain = connection(number);
  const { TunnelOptions } = plain["Options"] as { TunnelOptions: Json[] };
  return connection(number, { TunnelOptions: TunnelOptions.map((each) => ({ ...each, ...options })) }, over);
}

export function instance(number: number, name: string | undefined, over: Json = {}): Json {
  return {
    AmiLaunchIndex: 0,
    ImageId: "ami-0abcdef1234567890",
    InstanceId: id("i", number),
    InstanceType: "m7i.large",
    LaunchTime: "2026-11-22T08:00:00+00:00",
    Monitoring: { State: "enabled" },
    Placement: { AvailabilityZone: "eu-central-1a", GroupName: "", Tenancy: "default" },
    PrivateIpAddress: `10.20.1.${number}`,
    State: { Code: 16, Name: "running" },
    SubnetId: id("subnet", 1),
    VpcId: id("vpc", 1),
    Architecture: "x86_64",
    BlockDeviceMappings: [
      { DeviceName: "/dev/xvda", Ebs: { VolumeId: id("vol", 10 * number), DeleteOnTermination: true } },
      { DeviceName: "/dev/sdf", Ebs: { VolumeId: id("vol", 10 * number + 1), DeleteOnTermination: false } },
    ],
    CpuOptions: { CoreCount: 1, ThreadsPerCore: 2 },
    MetadataOptions: {
      State: "applied",
      HttpTokens: "required",
      HttpPutResponseHopLimit: 1,
      HttpEndpoint: "enabled",
    },
    PlatformDetails: "Linux/UNIX",
    RootDeviceName: "/dev/xvda",
    SecurityGroups: [{ GroupId: id("sg", 1), GroupName: "web" }],
    SourceDestCheck: true,
    Tags: name === undefined ? [] : tags({ Name: name, backup: "nightly" }),
    ...over,
  };
}

export function reservation(...instances: readonly Json[]): Json {
  return { Groups: [], OwnerId: "111122223333", ReservationId: "r-1", Instances: instances };
}

/** The answers of an account with a VPC and a VPN with static routes, of which some are others. */
export function account(over: Json = {}): Json {
  return {
    Vpcs: [vpc()],
    Subnets: [subnet(1), subnet(2)],
    RouteTables: [
      routeTable(1, { PropagatingVgws: [{ GatewayId: id("vgw", 1) }] }),
      routeTable(2, { Associations: [{ Main: true, RouteTableAssociationId: "rtbassoc-2" }], Tags: [] }),
    ],
    VpnConnections: [connection(1)],
    VpnGateways: [vpnGateway()],
    CustomerGateways: [customerGateway(1)],
    ...over,
  };
}

/** Reads an answer as the command does. */
export function read(...answers: readonly unknown[]) {
  return readDescribed(
    answers.map((answer, index) => ({
      name: `answer-${index + 1}.json`,
      bytes: Buffer.from(typeof answer === "string" ? answer : JSON.stringify(answer)),
    })),
  );
}

/** Adopts what is in an account. */
export function adopted(over: Json = {}, options: AdoptOptions = {}): Adoption {
  return adopt(read(account(over)), options);
}

/** Why a resource is left out; undefined where it is not. */
export function leftOut({ left }: Adoption, of: string): { code: string; reason: string } | undefined {
  const found = left.find((each) => each.id === of);
  return found === undefined ? undefined : { code: found.code, reason: found.reason };
}
