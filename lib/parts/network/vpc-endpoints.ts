/**
 * VPC endpoints, by which AWS is reached without the internet: gateway endpoints, which cost nothing, and interface
 * endpoints, which cost by the hour and zone, in one subnet of each zone behind one security group.
 */
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { constructId, joinIds } from "../../core/construct-ids";
import { admitConstruct } from "../../core/door/admit";
import { partitionOf } from "../../aws/region";
import { refuse } from "../../core/refuse";
import { endpointPolicy, type EndpointTrust } from "./endpoint-policies";

/** All services that have gateway endpoints. */
export const gatewayServices = ["s3", "dynamodb"] as const;

/** An AWS service that has a gateway endpoint. */
export type GatewayService = (typeof gatewayServices)[number];

/**
 * The services whose interface endpoints Systems Manager needs to reach a server without internet: AWS Systems Manager
 * User Guide, "VPC endpoints".
 */
export const SYSTEMS_MANAGER_SERVICES = ["ssm", "ssmmessages", "ec2messages"] as const;

/** Properties of {@link VpcEndpoints}. */
export interface VpcEndpointsProps {
  /** The prefix of `Name` tags and of the security group's name. */
  readonly name: string;
  readonly vpcId: string;
  readonly region: string;
  /** The ids of the route tables that get the routes to the gateway endpoints. */
  readonly routeTableIds: readonly string[];
  /** The ids of the subnets of the interface endpoints, one for each zone. */
  readonly subnetIds: readonly string[];
  /**
   * The IPv4 blocks from which the interface endpoints may be called; none with `securityGroupIds`.
   * @knownLength
   */
  readonly clientCidrs: readonly string[];
  readonly gateways: readonly GatewayService[];
  /**
   * The services of the interface endpoints, by short or full name: `ssm`, `ecr.dkr`,
   * `cn.com.amazonaws.cn-north-1.ecr.api`.
   */
  readonly interfaces: readonly string[];
  /**
   * Ids of existing security groups of the interface endpoints, which are left as they are: they must admit the clients on port
   * 443. `clientCidrs` must be empty.
   * @default - a group of its own, which admits `clientCidrs`
   */
  readonly securityGroupIds?: readonly string[];
  /**
   * The callers that may use the endpoints.
   *
   * - an object: the identities of the account and those that it trusts. Objects that Amazon publishes may be read by everybody.
   * - `anybody`: whoever has credentials of any account, which is AWS's default.
   *
   * @default - the identities of the account
   */
  readonly trust?: EndpointTrust | "anybody";
  /**
   * The account's id.
   * @default - looked up by a data source when Terraform runs
   */
  readonly accountId?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The gateway and interface endpoints of a VPC, with the security group of the latter.
 *
 * @throws MigrationError `VPC_ENDPOINTS_SECURITY_GROUP_IDS`
 */
export class VpcEndpoints extends Construct {
  /** The gateway endpoints by service. */
  public readonly gateways: Readonly<Record<string, VpcEndpoint>>;
  /** The interface endpoints by service. */
  public readonly interfaces: Readonly<Record<string, VpcEndpoint>>;
  /** The security group of the interface endpoints, if there are any and this construct creates it. */
  public readonly securityGroup?: SecurityGroup;
  /** The ingress rules of {@link securityGroup}, in the order of the client blocks. */
  public readonly ingressRules: readonly VpcSecurityGroupIngressRule[];

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    admitConstruct("VpcEndpoints", scope, id, props);
    super(scope, id);
    const { name, vpcId, region, tags } = props;
    const policyOf = this.policies(props);
    const gateways: Record<string, VpcEndpoint> = {};
    for (const service of props.gateways) {
      gateways[service] = new VpcEndpoint(this, service, {
        vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds: [...props.routeTableIds],
        ...policyOf(service),
        tags: { ...tags, Name: `${name}-${service}` },
      });
    }
    this.gateways = gateways;
    const interfaces: Record<string, VpcEndpoint> = {};
    const ingressRules: VpcSecurityGroupIngressRule[] = [];
    const { securityGroupIds } = props;
    if (securityGroupIds !== undefined && (securityGroupIds.length === 0 || props.clientCidrs.length > 0)) {
      refuse({
        code: "VPC_ENDPOINTS_SECURITY_GROUP_IDS",
        path: "securityGroupIds",
        received: securityGroupIds,
        allowed: "at least one group, and no clientCidrs beside it: the rules of an existing group are its owner's",
        fix: "admit the clients in the group, and leave clientCidrs empty; or leave securityGroupIds out",
        construct: this.node.path,
      });
    }
    let groupIds = securityGroupIds ?? [];
    if (props.interfaces.length > 0 && securityGroupIds === undefined) {
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
          description: "The network to the interface endpoints: HTTPS",
          cidrIpv4: cidr,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          tags,
        });
        ingressRules.push(rule);
      }
      groupIds = [groupId];
    }
    for (const service of props.interfaces) {
      interfaces[service] = new VpcEndpoint(this, constructId(service), {
        vpcId,
        // A whole name passes as it is: China's regions put `cn.` before some of theirs.
        serviceName: service.includes("amazonaws") ? service : `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: [...props.subnetIds],
        securityGroupIds: [...groupIds],
        ...policyOf(service),
        tags: { ...tags, Name: `${name}-${service}` },
      });
    }
    this.interfaces = interfaces;
    this.ingressRules = ingressRules;
  }

  /** Returns the function from a service to its policy. */
  private policies(props: VpcEndpointsProps): (service: string) => { readonly policy?: string } {
    const { region, trust = {}, gateways, interfaces } = props;
    if (trust === "anybody" || gateways.length + interfaces.length === 0) return () => ({});
    const accountId = props.accountId ?? new DataAwsCallerIdentity(this, "account").accountId;
    const place = { partition: partitionOf(region), region, accountId, trust };
    return (service) => {
      const policy = endpointPolicy(service, place);
      return policy === undefined ? {} : { policy };
    };
  }
}
