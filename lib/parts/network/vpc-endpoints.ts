/**
 * The ways to AWS that need no internet: gateway endpoints, which cost nothing, and interface endpoints, which cost by the
 * hour and zone, in one subnet of each zone behind one security group.
 */
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { constructId, joinIds } from "../../core/construct-ids";

/** The services that have gateway endpoints. */
export const gatewayServices = ["s3", "dynamodb"] as const;

/** A service with a gateway endpoint. */
export type GatewayService = (typeof gatewayServices)[number];

/** What Systems Manager needs to reach a server without internet: AWS Systems Manager User Guide, "VPC endpoints". */
export const SYSTEMS_MANAGER_SERVICES = ["ssm", "ssmmessages", "ec2messages"] as const;

/** What a {@link VpcEndpoints} is made of. */
export interface VpcEndpointsProps {
  /** The name that `Name` tags and the security group begin with. */
  readonly name: string;
  readonly vpcId: string;
  readonly region: string;
  /** The route tables that get the gateways' routes. */
  readonly routeTableIds: readonly string[];
  /** One subnet for each zone, for the interfaces. */
  readonly subnetIds: readonly string[];
  /** The blocks whose addresses may call the interfaces. */
  readonly clientCidrs: readonly string[];
  readonly gateways: readonly GatewayService[];
  /** Short names of services, or whole ones: `ssm`, `ecr.dkr`, `cn.com.amazonaws.cn-north-1.ecr.api`. */
  readonly interfaces: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Gateway and interface endpoints of a VPC. */
export class VpcEndpoints extends Construct {
  /** The gateway endpoints by service. */
  public readonly gateways: Readonly<Record<string, VpcEndpoint>>;
  /** The interface endpoints by service. */
  public readonly interfaces: Readonly<Record<string, VpcEndpoint>>;
  /** The group of the interfaces, where there are any. */
  public readonly securityGroup?: SecurityGroup;
  /** The rules of the group, in the order of the blocks. */
  public readonly ingressRules: readonly VpcSecurityGroupIngressRule[];

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const { name, vpcId, region, tags } = props;
    const gateways: Record<string, VpcEndpoint> = {};
    for (const service of props.gateways) {
      gateways[service] = new VpcEndpoint(this, service, {
        vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds: [...props.routeTableIds],
        tags: { ...tags, Name: `${name}-${service}` },
      });
    }
    this.gateways = gateways;
    const interfaces: Record<string, VpcEndpoint> = {};
    const ingressRules: VpcSecurityGroupIngressRule[] = [];
    if (props.interfaces.length > 0) {
      const group = new SecurityGroup(this, "group", {
        name: `${name}-endpoints`,
        description: "Interface endpoints: HTTPS from the network",
        vpcId,
        tags: { ...tags, Name: `${name}-endpoints` },
      });
      this.securityGroup = group;
      const groupId = group.id;
      for (const cidr of props.clientCidrs) {
        const rule = new VpcSecurityGroupIngressRule(this, joinIds("https", constructId(cidr)), {
          securityGroupId: groupId,
          description: "HTTPS from the network",
          cidrIpv4: cidr,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          tags,
        });
        ingressRules.push(rule);
      }
      for (const service of props.interfaces) {
        interfaces[service] = new VpcEndpoint(this, constructId(service), {
          vpcId,
          // A whole name passes as it is: China's regions put `cn.` before some of theirs.
          serviceName: service.includes("amazonaws") ? service : `com.amazonaws.${region}.${service}`,
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: [...props.subnetIds],
          securityGroupIds: [groupId],
          tags: { ...tags, Name: `${name}-${service}` },
        });
      }
    }
    this.interfaces = interfaces;
    this.ingressRules = ingressRules;
  }
}
