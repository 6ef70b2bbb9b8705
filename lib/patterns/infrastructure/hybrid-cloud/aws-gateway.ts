/**
 * ```ts
 * new AwsGateway(this, "gateway", { kind: "vpn", vpcId });
 * new AwsGateway(this, "gateway", { kind: "transit", attachments: { main: { vpcId, subnetIds } } });
 * ```
 *
 * The gateway that VPN connections end at on AWS's side. Its kinds differ in static routes alone: a virtual private gateway
 * takes them from the connection, a transit gateway only from its own route table. {@link AwsGateway.attach} hides it.
 */
import { Ec2TransitGateway } from "@cdktf/provider-aws/lib/ec2-transit-gateway";
import { Ec2TransitGatewayRoute } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route";
import { Ec2TransitGatewayRouteTable } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table";
import { Ec2TransitGatewayRouteTableAssociation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association";
import { Ec2TransitGatewayRouteTablePropagation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-propagation";
import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment";
import type { VpnConnection } from "@cdktf/provider-aws/lib/vpn-connection";
import { VpnConnectionRoute } from "@cdktf/provider-aws/lib/vpn-connection-route";
import { VpnGateway } from "@cdktf/provider-aws/lib/vpn-gateway";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";
import { refuse } from "../../../core/refuse";
import { checkKnown } from "./checks";
import { checkAmazonAsn, type GatewayKind } from "./connection-checks";
import { routeId } from "./route-id";
import { AMAZON_DEFAULT_ASN } from "./vpn-limits";
import { VpnRegistry } from "./vpn-registry";

/** Properties of a virtual private gateway that is created and attached to a VPC. */
export interface NewVpnGatewayProps {
  readonly kind: "vpn";
  readonly vpcId: string;
  /** Amazon's autonomous system number: 64512–65534 or 4200000000–4294967294. @default - AWS's 64512 */
  readonly amazonSideAsn?: number;
  /** The availability zone of the gateway. @default - AWS chooses */
  readonly availabilityZone?: string;
  /** The Name tag. @default - no Name tag */
  readonly name?: string;
  /** Tags on every taggable resource. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Properties of a virtual private gateway that exists already. */
export interface ExistingVpnGatewayProps {
  readonly kind: "vpn";
  readonly vpnGatewayId: string;
  /** Amazon's autonomous system number, which BGP connections need. @default - not known: static routing only */
  readonly amazonSideAsn?: number;
}

/** Properties of a VPC's attachment to a transit gateway. */
export interface VpcAttachmentProps {
  readonly vpcId: string;
  /** The ids of the attachment's subnets: one in each availability zone that is to be reached. */
  readonly subnetIds: readonly string[];
}

/** Properties of a transit gateway that is created, with a route table of its own. */
export interface NewTransitGatewayProps {
  readonly kind: "transit";
  /** Amazon's autonomous system number: 64512–65534 or 4200000000–4294967294. @default - AWS's 64512 */
  readonly amazonSideAsn?: number;
  /** VPCs to attach, by a name of your own. @default - none */
  readonly attachments?: Readonly<Record<string, VpcAttachmentProps>>;
  /** CIDR blocks that the route table drops, whatever else it learns. @default - none */
  readonly blackholes?: readonly string[];
  /** The Name tag. @default - no Name tag */
  readonly name?: string;
  /** Tags on every taggable resource. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Properties of a transit gateway that exists already. */
export interface ExistingTransitGatewayProps {
  readonly kind: "transit";
  readonly transitGatewayId: string;
  /**
   * The route table that attachments are associated with and propagate to, and that static routes and blackholes go to.
   * @default - the gateway's own default association and propagation; no static routing then
   */
  readonly routeTableId?: string;
  /** Amazon's autonomous system number, which BGP connections need. @default - not known: static routing only */
  readonly amazonSideAsn?: number;
  /** VPCs to attach, by a name of your own. @default - none */
  readonly attachments?: Readonly<Record<string, VpcAttachmentProps>>;
  /** CIDR blocks that the route table drops. Needs `routeTableId`. @default - none */
  readonly blackholes?: readonly string[];
  /** Tags on every taggable resource. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Properties of a VPN concentrator that exists already. Needs AWS provider 6, and BGP: it takes no static routes. */
export interface ConcentratorProps {
  readonly kind: "concentrator";
  readonly vpnConcentratorId: string;
  /** Amazon's autonomous system number: that of the transit gateway behind the concentrator. */
  readonly amazonSideAsn: number;
}

/** Properties of an {@link AwsGateway}: one that is created, or one that exists already. */
export type AwsGatewayProps =
  | NewVpnGatewayProps
  | ExistingVpnGatewayProps
  | NewTransitGatewayProps
  | ExistingTransitGatewayProps
  | ConcentratorProps;

/**
 * The gateway on AWS's side of VPN connections.
 *
 * @throws MigrationError `HYBRID_VPN_AMAZON_ASN`, `HYBRID_VPN_TRANSIT_ROUTE_TABLE`
 */
export class AwsGateway extends Construct {
  public readonly kind: GatewayKind;
  /** Amazon's autonomous system number; undefined for an existing gateway whose props do not give it. */
  public readonly amazonSideAsn?: number;
  /** The id of the virtual private gateway. Set for the kind `vpn`. */
  public readonly vpnGatewayId?: string;
  /** The id of the transit gateway. Set for the kind `transit`. */
  public readonly transitGatewayId?: string;
  /** The transit gateway's route table, where it is managed here. */
  public readonly transitGatewayRouteTableId?: string;
  /** The id of the VPN concentrator. Set for the kind `concentrator`. */
  public readonly vpnConcentratorId?: string;
  /** The VPC that a created virtual private gateway is attached to. */
  public readonly vpcId?: string;
  /** The created virtual private gateway, for overrides. */
  public readonly vpnGateway?: VpnGateway;
  /** The created transit gateway, for overrides. */
  public readonly transitGateway?: Ec2TransitGateway;
  /** The VPCs' attachments by the names they were given. */
  public readonly vpcAttachments: Readonly<Record<string, Ec2TransitGatewayVpcAttachment>> = {};

  private readonly existing: boolean;

  constructor(scope: Construct, id: string, props: AwsGatewayProps) {
    admitConstruct("AwsGateway", scope, id, props);
    super(scope, id);
    const construct = this.node.path;
    if (props.amazonSideAsn !== undefined) {
      checkAmazonAsn(props.amazonSideAsn, { path: "gateway.amazonSideAsn", construct });
    }
    this.kind = props.kind;
    this.existing = "vpnGatewayId" in props || "transitGatewayId" in props || "vpnConcentratorId" in props;
    this.amazonSideAsn = props.amazonSideAsn ?? (this.existing ? undefined : AMAZON_DEFAULT_ASN);

    if (props.kind === "concentrator") {
      this.vpnConcentratorId = props.vpnConcentratorId;
    } else if (props.kind === "vpn") {
      if ("vpnGatewayId" in props) {
        this.vpnGatewayId = props.vpnGatewayId;
      } else {
        this.vpnGateway = this.createVpnGateway(props);
        this.vpnGatewayId = this.vpnGateway.id;
        this.vpcId = props.vpcId;
      }
    } else {
      if ("transitGatewayId" in props) {
        this.transitGatewayId = props.transitGatewayId;
        this.transitGatewayRouteTableId = props.routeTableId;
      } else {
        this.transitGateway = this.createTransitGateway(props);
        this.transitGatewayId = this.transitGateway.id;
        this.transitGatewayRouteTableId = new Ec2TransitGatewayRouteTable(this, "route-table", {
          transitGatewayId: this.transitGatewayId,
          ...tagged(props.tags, props.name),
        }).id;
      }
      this.vpcAttachments = this.attachVpcs(this.transitGatewayId, props.attachments ?? {}, props.tags);
      this.addBlackholes(props.blackholes ?? []);
    }
    VpnRegistry.of(this).addGateway(this);
  }

  /**
   * Attaches a connection to the gateway's routing. `staticNetworks` are its static routes, or undefined where BGP brings
   * them.
   */
  public attach(scope: Construct, connection: VpnConnection, staticNetworks: readonly string[] | undefined): void {
    if (this.kind === "vpn") {
      if (staticNetworks !== undefined) addConnectionRoutes(scope, connection.id, staticNetworks);
      return;
    }
    const tableId = this.transitGatewayRouteTableId;
    if (tableId === undefined) {
      if (staticNetworks === undefined) return;
      refuse({
        code: "HYBRID_VPN_TRANSIT_ROUTE_TABLE",
        path: "gateway.routeTableId",
        construct: scope.node.path,
        allowed:
          this.kind === "transit"
            ? "the route table of the transit gateway, which is where static routes of its connections go"
            : "BGP on a VPN concentrator, which takes no static routes",
        fix: this.kind === "transit" ? "pass routeTableId, or use BGP" : "use BGP",
      });
    }
    const transitGatewayAttachmentId = connection.transitGatewayAttachmentId;
    this.associate(scope, "", tableId, transitGatewayAttachmentId, this.existing);
    if (staticNetworks === undefined) {
      this.propagate(scope, "", tableId, transitGatewayAttachmentId);
      return;
    }
    for (const destinationCidrBlock of staticNetworks) {
      new Ec2TransitGatewayRoute(scope, routeId("route", destinationCidrBlock), {
        transitGatewayRouteTableId: tableId,
        transitGatewayAttachmentId,
        destinationCidrBlock,
      });
    }
  }

  private createVpnGateway(props: NewVpnGatewayProps): VpnGateway {
    return new VpnGateway(this, "vpn-gateway", {
      vpcId: props.vpcId,
      ...(props.amazonSideAsn === undefined ? {} : { amazonSideAsn: String(props.amazonSideAsn) }),
      ...(props.availabilityZone === undefined ? {} : { availabilityZone: props.availabilityZone }),
      ...tagged(props.tags, props.name),
    });
  }

  private createTransitGateway(props: NewTransitGatewayProps): Ec2TransitGateway {
    return new Ec2TransitGateway(this, "transit-gateway", {
      // Every attachment is associated and propagates here in the open, in one route table that Terraform manages.
      defaultRouteTableAssociation: "disable",
      defaultRouteTablePropagation: "disable",
      vpnEcmpSupport: "enable",
      ...(props.amazonSideAsn === undefined ? {} : { amazonSideAsn: props.amazonSideAsn }),
      ...tagged(props.tags, props.name),
    });
  }

  private attachVpcs(
    transitGatewayId: string,
    attachments: Readonly<Record<string, VpcAttachmentProps>>,
    tags: Readonly<Record<string, string>> | undefined,
  ): Record<string, Ec2TransitGatewayVpcAttachment> {
    const tableId = this.transitGatewayRouteTableId;
    const made: Record<string, Ec2TransitGatewayVpcAttachment> = {};
    for (const [name, { vpcId, subnetIds }] of Object.entries(attachments)) {
      const attachment = new Ec2TransitGatewayVpcAttachment(this, `vpc-${name}`, {
        transitGatewayId,
        vpcId,
        subnetIds: [...subnetIds],
        ...(tableId === undefined
          ? {}
          : { transitGatewayDefaultRouteTableAssociation: false, transitGatewayDefaultRouteTablePropagation: false }),
        ...tagged(tags, name),
      });
      if (tableId !== undefined) {
        this.associate(this, `vpc-${name}-`, tableId, attachment.id, false);
        this.propagate(this, `vpc-${name}-`, tableId, attachment.id);
      }
      made[name] = attachment;
    }
    return made;
  }

  private associate(scope: Construct, prefix: string, tableId: string, attachmentId: string, replace: boolean): void {
    new Ec2TransitGatewayRouteTableAssociation(scope, `${prefix}association`, {
      transitGatewayAttachmentId: attachmentId,
      transitGatewayRouteTableId: tableId,
      // An existing gateway may have associated the connection with its default table the moment it was made.
      ...(replace ? { replaceExistingAssociation: true } : {}),
    });
  }

  private propagate(scope: Construct, prefix: string, tableId: string, attachmentId: string): void {
    new Ec2TransitGatewayRouteTablePropagation(scope, `${prefix}propagation`, {
      transitGatewayAttachmentId: attachmentId,
      transitGatewayRouteTableId: tableId,
    });
  }

  private addBlackholes(blackholes: readonly string[]): void {
    if (blackholes.length === 0) return;
    const transitGatewayRouteTableId =
      this.transitGatewayRouteTableId ??
      refuse({
        code: "HYBRID_VPN_TRANSIT_ROUTE_TABLE",
        path: "gateway.blackholes",
        construct: this.node.path,
        allowed: "blackholes only together with routeTableId",
        fix: "pass the route table that is to drop them",
        received: blackholes,
      });
    checkKnown("AWS_GATEWAY_BLACKHOLES", blackholes, { path: "gateway.blackholes", construct: this.node.path });
    for (const destinationCidrBlock of blackholes) {
      new Ec2TransitGatewayRoute(this, routeId("blackhole", destinationCidrBlock), {
        transitGatewayRouteTableId,
        destinationCidrBlock,
        blackhole: true,
      });
    }
  }
}

function addConnectionRoutes(scope: Construct, vpnConnectionId: string, networks: readonly string[]): void {
  for (const destinationCidrBlock of networks) {
    new VpnConnectionRoute(scope, routeId("route", destinationCidrBlock), { vpnConnectionId, destinationCidrBlock });
  }
}

function tagged(
  tags: Readonly<Record<string, string>> | undefined,
  name: string | undefined,
): { tags?: Record<string, string> } {
  if (tags === undefined && name === undefined) return {};
  return { tags: { ...tags, ...(name === undefined ? {} : { Name: name }) } };
}
