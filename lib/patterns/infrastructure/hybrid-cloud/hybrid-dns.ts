/**
 * ```ts
 * dns: { subnetIds, inbound: true, forward: { "corp.example.com": ["192.168.0.53"] } }
 * ```
 *
 * DNS across the connection, both ways: the inbound endpoint lets on-premises resolvers ask for names in the VPC, the
 * outbound endpoint and its rules let the VPC ask for on-premises zones. A rule takes effect for a VPC only by its
 * association, so it is the association that a stage switches.
 */
import { Route53ResolverEndpoint } from "@cdktf/provider-aws/lib/route53-resolver-endpoint";
import { Route53ResolverRule } from "@cdktf/provider-aws/lib/route53-resolver-rule";
import { Route53ResolverRuleAssociation } from "@cdktf/provider-aws/lib/route53-resolver-rule-association";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";
import { refuse } from "../../../core/refuse";
import { parseAddress } from "../../../network/address";
import { checkKnown, propertyOf, type Place } from "./checks";
import { routeId } from "./route-id";

/** Options for DNS across the connection. */
export interface HybridDnsOptions {
  /**
   * Subnets for the endpoints' addresses, in at least two availability zones.
   * @default - the connectivity subnets of the created VPC
   */
  readonly subnetIds?: readonly string[];
  /** Whether on-premises resolvers may ask for names in the VPC. @default false */
  readonly inbound?: boolean;
  /** On-premises zones and the resolvers that answer for them, IPv4 addresses. @default - no zone is forwarded */
  readonly forward?: Readonly<Record<string, readonly string[]>>;
  /**
   * Ids of existing security groups of the endpoints, which are left as they are: those of the inbound endpoint must admit the
   * sites on port 53, those of the outbound endpoint must reach the sites' resolvers on it, over UDP and TCP.
   * @default - a group of its own for each endpoint, with those rules
   */
  readonly securityGroupIds?: readonly string[];
}

/** Properties of {@link HybridDns}. */
export interface HybridDnsProps extends HybridDnsOptions {
  readonly subnetIds: readonly string[];
  readonly vpcId: string;
  /** The CIDR blocks of the networks whose resolvers may query the inbound endpoint. */
  readonly onPremisesNetworks: readonly string[];
  /** Whether the VPC uses the forwarding rules now. */
  readonly associated: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

const DNS_PORT = 53;
const PROTOCOLS = ["udp", "tcp"] as const;
const DOMAIN = /^(?=.{1,253}\.?$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\.?$/;

/**
 * Resolver endpoints and forwarding rules. Each address of an endpoint costs 0.125 USD an hour, and an endpoint has two.
 *
 * @throws MigrationError `HYBRID_DNS_SUBNETS`, `HYBRID_DNS_NETWORKS`, `HYBRID_DNS_ZONE`, `HYBRID_DNS_TARGET`,
 * `HYBRID_DNS_SECURITY_GROUP_IDS`
 */
export class HybridDns extends Construct {
  /** The endpoint that on-premises resolvers send their queries to; undefined where `inbound` is not set. */
  public readonly inbound?: Route53ResolverEndpoint;
  /** The endpoint that forwards queries to on-premises resolvers; undefined where no zone is forwarded. */
  public readonly outbound?: Route53ResolverEndpoint;

  constructor(scope: Construct, id: string, props: HybridDnsProps) {
    admitConstruct("HybridDns", scope, id, props);
    super(scope, id);
    const place: Place = { path: "dns", construct: scope.node.path };
    const zones = Object.entries(props.forward ?? {});
    // A list that only Terraform knows has length 1 here, whatever it has there; single ids may be tokens.
    if (Token.isUnresolved(props.subnetIds) || props.subnetIds.length < 2) {
      refuse({
        code: "HYBRID_DNS_SUBNETS",
        ...propertyOf(place, "subnetIds"),
        allowed: "a list of at least two subnets, because a Resolver endpoint has at least two addresses",
        fix: "pass subnets in two availability zones, or give the created VPC two zones",
        received: props.subnetIds,
      });
    }
    if (props.securityGroupIds?.length === 0) {
      refuse({
        code: "HYBRID_DNS_SECURITY_GROUP_IDS",
        ...propertyOf(place, "securityGroupIds"),
        allowed: "at least one security group",
        fix: "name a group, or leave it out to have one made for each endpoint",
        received: props.securityGroupIds,
      });
    }
    for (const [zone, targets] of zones) checkZone(zone, targets, propertyOf(place, "forward"));
    checkKnown("HYBRID_DNS_NETWORKS", props.onPremisesNetworks, propertyOf(place, "onPremisesNetworks"));
    if (props.inbound === true) {
      this.inbound = this.endpoint("INBOUND", props, (groupId) => {
        for (const cidrIpv4 of props.onPremisesNetworks.filter((network) => !network.includes(":"))) {
          for (const ipProtocol of PROTOCOLS) {
            new VpcSecurityGroupIngressRule(this, routeId(`inbound-${ipProtocol}`, cidrIpv4), {
              securityGroupId: groupId,
              description: "On-premises resolvers to the inbound endpoint: DNS",
              cidrIpv4,
              ipProtocol,
              fromPort: DNS_PORT,
              toPort: DNS_PORT,
              tags: { ...props.tags },
            });
          }
        }
      });
    }
    if (zones.length === 0) return;
    const targets = [...new Set(zones.flatMap(([, addresses]) => addresses))];
    this.outbound = this.endpoint("OUTBOUND", props, (groupId) => {
      for (const address of targets) {
        for (const ipProtocol of PROTOCOLS) {
          new VpcSecurityGroupEgressRule(this, routeId(`outbound-${ipProtocol}`, address), {
            securityGroupId: groupId,
            description: "Outbound endpoint to an on-premises resolver: DNS",
            cidrIpv4: `${address}/32`,
            ipProtocol,
            fromPort: DNS_PORT,
            toPort: DNS_PORT,
            tags: { ...props.tags },
          });
        }
      }
    });
    const resolverEndpointId = this.outbound.id;
    for (const [domainName, addresses] of zones) {
      const rule = new Route53ResolverRule(this, routeId("rule", domainName), {
        ruleType: "FORWARD",
        domainName,
        resolverEndpointId,
        targetIp: addresses.map((ip) => ({ ip, port: DNS_PORT })),
        tags: { ...props.tags, Name: domainName },
      });
      if (!props.associated) continue;
      new Route53ResolverRuleAssociation(this, routeId("association", domainName), {
        resolverRuleId: rule.id,
        vpcId: props.vpcId,
      });
    }
  }

  private endpoint(
    direction: "INBOUND" | "OUTBOUND",
    { vpcId, subnetIds, securityGroupIds, tags }: HybridDnsProps,
    addRules: (securityGroupId: string) => void,
  ): Route53ResolverEndpoint {
    const id = direction.toLowerCase();
    let groupIds = securityGroupIds;
    if (groupIds === undefined) {
      const group = new SecurityGroup(this, `${id}-group`, {
        vpcId,
        description: `DNS ${id} of the hybrid connection`,
        tags: { ...tags },
      });
      const groupId = group.id;
      addRules(groupId);
      groupIds = [groupId];
    }
    return new Route53ResolverEndpoint(this, id, {
      direction,
      securityGroupIds: [...groupIds],
      ipAddress: subnetIds.map((subnetId) => ({ subnetId })),
      tags: { ...tags },
    });
  }
}

function checkZone(zone: string, targets: readonly string[], place: Place): void {
  if (!DOMAIN.test(zone)) {
    refuse({
      code: "HYBRID_DNS_ZONE",
      ...place,
      allowed: "a DNS name like corp.example.com",
      fix: "write the zone's name alone",
      received: zone,
    });
  }
  const wrong = targets.findIndex((address) => parseAddress(address)?.version !== 4);
  if (targets.length === 0 || wrong >= 0) {
    const path = propertyOf(place, zone);
    refuse({
      code: "HYBRID_DNS_TARGET",
      ...(wrong < 0 ? path : { ...path, path: `${path.path}[${wrong}]` }),
      allowed: "at least one IPv4 address, each known at synthesis",
      fix: "list the addresses of the on-premises resolvers for this zone",
      received: targets,
    });
  }
}
