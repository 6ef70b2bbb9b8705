/**
 * The security groups of a fleet, one for each tier of each application, and their rules as resources of their own: rules
 * inside a group's resource fight with every rule that anybody adds beside it.
 */
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";
import { literal } from "../../../core/literal";
import { isUnresolved } from "../../../core/unresolved";
import type { AccessPlan, AccessRule } from "./access-plan";
import { constructId, cut, tagText } from "../../../core/construct-ids";
import { refuse } from "../../../core/refuse";
import { movedFrom } from "./estate/move";
import { isOpen, type Exposure } from "./exposure";

/** Properties of {@link FleetSecurityGroups}. */
export interface FleetSecurityGroupsProps {
  /** The prefix of the groups' names. */
  readonly name: string;
  readonly vpcId: string;
  readonly access: AccessPlan;
  readonly exposure: Exposure;
  /**
   * The former ids of groups by their ids.
   * @default - every group was always called as it is
   */
  readonly formerIds?: ReadonlyMap<string, string>;
  /** The targets that the servers reach on TCP port 443 in every stage. */
  readonly management: ManagementTargets;
  readonly tags: Readonly<Record<string, string>>;
}

/** The targets that servers reach on TCP port 443 in every stage, to be managed by Systems Manager. */
export interface ManagementTargets {
  readonly securityGroupId?: string;
  readonly prefixListId?: string;
  readonly cidrs: readonly string[];
}

/** The security groups of a fleet. */
export class FleetSecurityGroups extends Construct {
  /** The groups, by the id of their tier: `shop--web`. */
  public readonly groups: ReadonlyMap<string, SecurityGroup>;
  /** The ids of the groups, by the id of their tier. */
  public readonly groupIds: ReadonlyMap<string, string>;
  /** The group of all servers that lets them reach the management targets; undefined where there is no target. */
  public readonly management?: SecurityGroup;
  public readonly managementId?: string;
  /** The ingress rules that are open now, those for test clients under `test ` and their id. */
  public readonly ingressRules: ReadonlyMap<string, VpcSecurityGroupIngressRule>;
  /** The egress rules that are open now, those of {@link management} under `management ` and their target. */
  public readonly egressRules: ReadonlyMap<string, VpcSecurityGroupEgressRule>;

  constructor(scope: Construct, id: string, props: FleetSecurityGroupsProps) {
    admitConstruct("FleetSecurityGroups", scope, id, props);
    super(scope, id);
    const { access, exposure, tags, vpcId, formerIds = new Map<string, string>() } = props;
    const groups = new Map<string, SecurityGroup>();
    const groupIds = new Map<string, string>();
    for (const [index, { id: groupId, title }] of access.groups.entries()) {
      if (!/^[\w-]+$/.test(groupId) || groupId in Object.prototype) {
        refuse({
          code: "FLEET_SECURITY_GROUPS_ID",
          path: `access.groups[${index}].id`,
          received: groupId,
          allowed: "letters, digits, dashes and underscores, known at synthesis",
          fix: "take the groups of planAccess(), or write an id that can be a construct's",
          construct: this.node.path,
        });
      }
      const name = cut(`${props.name}-${groupId}`, 255);
      const group = new SecurityGroup(this, groupId, {
        name,
        description: literal(describe(`Servers of ${title}`)),
        vpcId,
        tags: { ...tags, Name: tagText(name) },
        // Neither can be changed of a group that exists, and a new one would be waited for by everybody who is in the old one.
        lifecycle: { ignoreChanges: ["name", "description"] },
      });
      movedFrom(group, formerIds.get(groupId));
      groups.set(groupId, group);
      groupIds.set(groupId, group.id);
    }
    this.groups = groups;
    this.groupIds = groupIds;

    const ingress = new Construct(this, "ingress");
    const test = new Construct(this, "test");
    const egress = new Construct(this, "egress");
    const ingressRules = new Map<string, VpcSecurityGroupIngressRule>();
    const egressRules = new Map<string, VpcSecurityGroupEgressRule>();
    for (const rule of access.rules) {
      const securityGroupId = groupIds.get(rule.groupId);
      if (securityGroupId === undefined || !isOpen(rule, exposure)) continue;
      const config = { securityGroupId, ...ruleConfig(rule, groupIds), tags };
      if (rule.direction === "egress") {
        const made = new VpcSecurityGroupEgressRule(egress, rule.id, config);
        movedFrom(made, formerRuleId(rule, formerIds));
        egressRules.set(rule.id, made);
        continue;
      }
      const made = new VpcSecurityGroupIngressRule(rule.purpose === "test" ? test : ingress, rule.id, config);
      // A rule that is made anew beside the one that it replaces is refused: the group has it already.
      movedFrom(made, formerRuleId(rule, formerIds));
      ingressRules.set(rule.purpose === "test" ? `test ${rule.id}` : rule.id, made);
    }
    this.management = this.createManagement(props, egressRules);
    if (this.management !== undefined) this.managementId = this.management.id;
    this.ingressRules = ingressRules;
    this.egressRules = egressRules;
  }

  /** Creates one group for the whole fleet: what all servers need is not written into each tier's group again. */
  private createManagement(
    props: FleetSecurityGroupsProps,
    rules: Map<string, VpcSecurityGroupEgressRule>,
  ): SecurityGroup | undefined {
    const targets = managementTargets(props.management);
    if (targets.length === 0) return undefined;
    const { tags } = props;
    const name = `${props.name}-management`;
    const scope = new Construct(this, "management");
    const group = new SecurityGroup(scope, "group", {
      name,
      description: "HTTPS to what manages the servers",
      vpcId: props.vpcId,
      tags: { ...tags, Name: name },
    });
    const securityGroupId = group.id;
    for (const [id, peer] of targets) {
      const rule = new VpcSecurityGroupEgressRule(scope, id, {
        securityGroupId,
        description: "Servers to what manages them: HTTPS",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        ...peer,
        tags,
      });
      rules.set(`management ${id}`, rule);
    }
    return group;
  }
}

/** Returns the id that the rule had when its groups were called otherwise. */
function formerRuleId({ id, groupId, peerGroupId }: AccessRule, formerIds: ReadonlyMap<string, string>): string {
  const end = peerGroupId === undefined ? id.length : id.length - peerGroupId.length;
  const peer = peerGroupId === undefined ? "" : (formerIds.get(peerGroupId) ?? peerGroupId);
  return (formerIds.get(groupId) ?? groupId) + id.slice(groupId.length, end) + peer;
}

type Peer = { readonly cidrIpv4: string } | { readonly cidrIpv6: string };

function peerOf(cidr: string): Peer {
  return cidr.includes(":") && !isUnresolved(cidr) ? { cidrIpv6: cidr } : { cidrIpv4: cidr };
}

function ruleConfig(rule: AccessRule, groupIds: ReadonlyMap<string, string>) {
  const { protocol, fromPort, toPort, peerGroupId, peerCidr, description } = rule;
  const peerGroup = peerGroupId === undefined ? undefined : groupIds.get(peerGroupId);
  return {
    description,
    ipProtocol: protocol,
    ...(fromPort === undefined ? {} : { fromPort }),
    ...(toPort === undefined ? {} : { toPort }),
    ...(peerGroup === undefined ? {} : { referencedSecurityGroupId: peerGroup }),
    ...(peerCidr === undefined ? {} : peerOf(peerCidr)),
  };
}

function managementTargets(
  management: ManagementTargets,
): [string, Peer | { readonly referencedSecurityGroupId: string } | { readonly prefixListId: string }][] {
  const { securityGroupId, prefixListId, cidrs } = management;
  return [
    ...(securityGroupId === undefined ? [] : [["endpoints", { referencedSecurityGroupId: securityGroupId }] as const]),
    ...(prefixListId === undefined ? [] : [["s3", { prefixListId }] as const]),
    ...cidrs.map((cidr, index) => [isUnresolved(cidr) ? `cidr-${index}` : constructId(cidr), peerOf(cidr)] as const),
  ].map(([id, peer]) => [id, peer]);
}

/** Returns the text with the characters that a description may have: Amazon EC2 API Reference, `CreateSecurityGroup`. */
function describe(text: string): string {
  return text.replace(/[^A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]/g, "-").slice(0, 255);
}
