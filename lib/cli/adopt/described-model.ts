/**
 * The answers of `aws ec2 describe-…`, as far as they are needed. Everything else is dropped as it is read, and among it are secrets:
 * `CustomerGatewayConfiguration` and the tunnels' `PreSharedKey` hold the keys of a VPN in clear, so no schema here names them.
 *
 * Source: Amazon EC2 API Reference, the data types `Instance`, `Vpc`, `Subnet`, `RouteTable`, `Volume`, `VpnConnection`,
 * `TunnelOption`, `VpnGateway`, `CustomerGateway` and `TransitGateway`, in the spelling of the AWS CLI.
 */
import { z } from "zod";
import { fileText } from "../../core/file-text";

const text = fileText();

/** Returns the schema of a resource's id: `vpc-0a1b2c3d4e5f60718`. */
function id(prefix: string) {
  return z.string().regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `must be an id that begins with ${prefix}-`);
}

const tags = z.array(z.object({ Key: text, Value: text.default("") })).default([]);
const owner = z
  .string()
  .regex(/^\d{12}$/, "must be the 12 digits of an account's id")
  .optional();
const zone = z
  .string()
  .regex(/^[a-z0-9-]*$/, "must be the name of an availability zone")
  .optional();

const instance = z.object({
  InstanceId: id("i"),
  State: z.object({ Name: z.string() }),
  InstanceType: z.string().optional(),
  InstanceLifecycle: z.string().optional(),
  Architecture: z.string().optional(),
  Platform: z.string().optional(),
  PlatformDetails: text.optional(),
  PrivateIpAddress: text.optional(),
  SubnetId: id("subnet").optional(),
  VpcId: id("vpc").optional(),
  SecurityGroups: z.array(z.object({ GroupId: id("sg") })).default([]),
  Placement: z.object({ AvailabilityZone: zone, Tenancy: z.string().optional() }).default({}),
  IamInstanceProfile: z.object({ Arn: text }).optional(),
  Monitoring: z.object({ State: z.string() }).optional(),
  MetadataOptions: z
    .object({
      HttpTokens: z.string().optional(),
      HttpEndpoint: z.string().optional(),
      HttpPutResponseHopLimit: z.number().optional(),
    })
    .optional(),
  SourceDestCheck: z.boolean().optional(),
  Operator: z.object({ Managed: z.boolean().optional() }).optional(),
  CpuOptions: z.object({ CoreCount: z.number().optional(), ThreadsPerCore: z.number().optional() }).optional(),
  RootDeviceName: text.optional(),
  BlockDeviceMappings: z
    .array(z.object({ DeviceName: text.optional(), Ebs: z.object({ VolumeId: id("vol") }).optional() }))
    .default([]),
  Tags: tags,
});

const blockState = z.object({ State: z.string() }).optional();

const vpc = z.object({
  VpcId: id("vpc"),
  OwnerId: owner,
  CidrBlock: z.string(),
  CidrBlockAssociationSet: z.array(z.object({ CidrBlock: z.string(), CidrBlockState: blockState })).default([]),
  Ipv6CidrBlockAssociationSet: z
    .array(z.object({ Ipv6CidrBlock: z.string(), Ipv6CidrBlockState: blockState }))
    .default([]),
  Tags: tags,
});

const subnet = z.object({
  SubnetId: id("subnet"),
  VpcId: id("vpc"),
  OwnerId: owner,
  AvailabilityZone: z.string().regex(/^[a-z0-9-]+$/, "must be the name of an availability zone"),
  CidrBlock: z.string().optional(),
  Tags: tags,
});

const route = z.object({
  DestinationCidrBlock: z.string().optional(),
  DestinationIpv6CidrBlock: z.string().optional(),
  GatewayId: z.string().optional(),
  TransitGatewayId: z.string().optional(),
  Origin: z.string().optional(),
  State: z.string().optional(),
});

const routeTable = z.object({
  RouteTableId: id("rtb"),
  VpcId: id("vpc"),
  OwnerId: owner,
  Associations: z.array(z.object({ Main: z.boolean().optional(), SubnetId: id("subnet").optional() })).default([]),
  Routes: z.array(route).default([]),
  PropagatingVgws: z.array(z.object({ GatewayId: z.string() })).default([]),
  Tags: tags,
});

const volume = z.object({
  VolumeId: id("vol"),
  Size: z.number().nonnegative(),
  AvailabilityZone: zone,
});

const listOf = <Value extends z.ZodType>(value: Value) => z.array(z.object({ Value: value })).default([]);

const cloudWatchLogs = z.object({
  LogEnabled: z.boolean().optional(),
  LogGroupArn: text.optional(),
  LogOutputFormat: z.string().optional(),
  BgpLogEnabled: z.boolean().optional(),
  BgpLogGroupArn: text.optional(),
  BgpLogOutputFormat: z.string().optional(),
});

const tunnelOption = z.object({
  TunnelInsideCidr: z.string().optional(),
  TunnelInsideIpv6Cidr: z.string().optional(),
  Phase1LifetimeSeconds: z.number().optional(),
  Phase2LifetimeSeconds: z.number().optional(),
  RekeyMarginTimeSeconds: z.number().optional(),
  RekeyFuzzPercentage: z.number().optional(),
  ReplayWindowSize: z.number().optional(),
  DpdTimeoutSeconds: z.number().optional(),
  DpdTimeoutAction: z.string().optional(),
  Phase1EncryptionAlgorithms: listOf(z.string()),
  Phase2EncryptionAlgorithms: listOf(z.string()),
  Phase1IntegrityAlgorithms: listOf(z.string()),
  Phase2IntegrityAlgorithms: listOf(z.string()),
  Phase1DHGroupNumbers: listOf(z.number()),
  Phase2DHGroupNumbers: listOf(z.number()),
  IkeVersions: listOf(z.string()),
  StartupAction: z.string().optional(),
  EnableTunnelLifecycleControl: z.boolean().optional(),
  LogOptions: z.object({ CloudWatchLogOptions: cloudWatchLogs.optional() }).optional(),
});

const vpnConnection = z.object({
  VpnConnectionId: id("vpn"),
  State: z.string(),
  Type: z.string().optional(),
  Category: z.string().optional(),
  CustomerGatewayId: id("cgw"),
  VpnGatewayId: id("vgw").optional(),
  TransitGatewayId: id("tgw").optional(),
  Options: z
    .object({
      EnableAcceleration: z.boolean().optional(),
      StaticRoutesOnly: z.boolean().optional(),
      LocalIpv4NetworkCidr: z.string().optional(),
      RemoteIpv4NetworkCidr: z.string().optional(),
      LocalIpv6NetworkCidr: z.string().optional(),
      RemoteIpv6NetworkCidr: z.string().optional(),
      OutsideIpAddressType: z.string().optional(),
      TransportTransitGatewayAttachmentId: id("tgw-attach").optional(),
      TunnelInsideIpVersion: z.string().optional(),
      TunnelBandwidth: z.string().optional(),
      TunnelOptions: z.array(tunnelOption).default([]),
    })
    .optional(),
  Routes: z.array(z.object({ DestinationCidrBlock: z.string(), State: z.string().optional() })).default([]),
  Tags: tags,
});

const vpnGateway = z.object({
  VpnGatewayId: id("vgw"),
  State: z.string(),
  AvailabilityZone: zone,
  AmazonSideAsn: z.number().optional(),
  VpcAttachments: z.array(z.object({ VpcId: id("vpc"), State: z.string() })).default([]),
  Tags: tags,
});

const customerGateway = z.object({
  CustomerGatewayId: id("cgw"),
  State: z.string(),
  Type: z.string().optional(),
  IpAddress: z.string().optional(),
  BgpAsn: z.string().optional(),
  BgpAsnExtended: z.string().optional(),
  CertificateArn: z
    .string()
    .regex(/^arn:[\w-]+:acm:[\w:/-]+$/, "must be the ARN of a certificate")
    .optional(),
  DeviceName: text.optional(),
  Tags: tags,
});

const transitGateway = z.object({
  TransitGatewayId: id("tgw"),
  State: z.string(),
  Options: z.object({ AmazonSideAsn: z.number().optional() }).default({}),
});

/** The schema of each key that an answer may have, with the command that prints it. */
export const answers = {
  Reservations: {
    command: "describe-instances",
    schema: z.array(z.object({ OwnerId: owner, Instances: z.array(instance) })),
  },
  Vpcs: { command: "describe-vpcs", schema: z.array(vpc) },
  Subnets: { command: "describe-subnets", schema: z.array(subnet) },
  RouteTables: { command: "describe-route-tables", schema: z.array(routeTable) },
  Volumes: { command: "describe-volumes", schema: z.array(volume) },
  VpnConnections: { command: "describe-vpn-connections", schema: z.array(vpnConnection) },
  VpnGateways: { command: "describe-vpn-gateways", schema: z.array(vpnGateway) },
  CustomerGateways: { command: "describe-customer-gateways", schema: z.array(customerGateway) },
  TransitGateways: { command: "describe-transit-gateways", schema: z.array(transitGateway) },
} as const;

/** A tag as AWS prints it. */
export type DescribedTag = z.infer<typeof tags>[number];
/** An instance, with the account that owns it. */
export type DescribedInstance = z.infer<typeof instance> & { readonly OwnerId?: string };
/** A VPC. */
export type DescribedVpc = z.infer<typeof vpc>;
/** A subnet. */
export type DescribedSubnet = z.infer<typeof subnet>;
/** A route table. */
export type DescribedRouteTable = z.infer<typeof routeTable>;
/** An EBS volume. */
export type DescribedVolume = z.infer<typeof volume>;
/** A VPN connection, without its keys. */
export type DescribedVpnConnection = z.infer<typeof vpnConnection>;
/** The options of one tunnel of a VPN connection, without its key. */
export type DescribedTunnel = z.infer<typeof tunnelOption>;
/** A virtual private gateway. */
export type DescribedVpnGateway = z.infer<typeof vpnGateway>;
/** A customer gateway. */
export type DescribedCustomerGateway = z.infer<typeof customerGateway>;
/** A transit gateway. */
export type DescribedTransitGateway = z.infer<typeof transitGateway>;

/** The resources of an account in a region, as they were described. */
export interface Described {
  readonly instances: readonly DescribedInstance[];
  readonly vpcs: readonly DescribedVpc[];
  readonly subnets: readonly DescribedSubnet[];
  readonly routeTables: readonly DescribedRouteTable[];
  readonly volumes: readonly DescribedVolume[];
  readonly vpnConnections: readonly DescribedVpnConnection[];
  readonly vpnGateways: readonly DescribedVpnGateway[];
  readonly customerGateways: readonly DescribedCustomerGateway[];
  readonly transitGateways: readonly DescribedTransitGateway[];
}
