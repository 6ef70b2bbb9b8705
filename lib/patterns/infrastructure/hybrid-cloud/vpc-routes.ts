/**
 * The routes from a VPC to the other side. A virtual private gateway propagates its routes into a route table; through a
 * transit gateway every network is a route of its own. Without either, the tunnels are up and carry no traffic.
 */
import { Route } from "@cdktf/provider-aws/lib/route";
import { VpnGatewayRoutePropagation } from "@cdktf/provider-aws/lib/vpn-gateway-route-propagation";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";
import { refuse } from "../../../core/refuse";
import type { AwsGateway } from "./aws-gateway";
import { checkKnown } from "./checks";
import { routeId } from "./route-id";

/** Properties of {@link VpcRoutes}. */
export interface VpcRoutesProps {
  readonly gateway: AwsGateway;
  /**
   * The VPC's route tables, by names of your own: the names are in the Terraform addresses.
   * @knownLength
   */
  readonly routeTables: Readonly<Record<string, string>>;
  /**
   * The CIDR blocks of the networks on the other side.
   * @knownLength
   */
  readonly networks: readonly string[];
}

/**
 * Routes from a VPC's route tables to the gateway.
 *
 * @throws MigrationError `HYBRID_VPN_ROUTE_TABLES` for a concentrator, whose VPCs route to its transit gateway
 */
export class VpcRoutes extends Construct {
  constructor(scope: Construct, id: string, props: VpcRoutesProps) {
    admitConstruct("VpcRoutes", scope, id, props);
    super(scope, id);
    const { gateway, routeTables, networks } = props;
    const { vpnGatewayId, transitGatewayId } = gateway;
    checkKnown("VPC_ROUTES_NETWORKS", networks, { path: "networks", construct: this.node.path });
    const dependsOn = Object.values(gateway.vpcAttachments);
    for (const [name, routeTableId] of Object.entries(routeTables)) {
      if (vpnGatewayId !== undefined) {
        new VpnGatewayRoutePropagation(this, `propagation-${name}`, { vpnGatewayId, routeTableId });
      } else if (transitGatewayId !== undefined) {
        for (const network of networks) {
          new Route(this, routeId(name, network), {
            routeTableId,
            transitGatewayId,
            ...(network.includes(":") ? { destinationIpv6CidrBlock: network } : { destinationCidrBlock: network }),
            // AWS refuses a route to a transit gateway that the VPC is not attached to yet.
            ...(dependsOn.length === 0 ? {} : { dependsOn }),
          });
        }
      } else {
        refuse({
          code: "HYBRID_VPN_ROUTE_TABLES",
          path: "routeTables",
          construct: scope.node.path,
          allowed: "no route tables beside a VPN concentrator",
          fix: "route from the VPC to the concentrator's transit gateway yourself",
        });
      }
    }
  }
}
