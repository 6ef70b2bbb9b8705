/**
 * ```ts
 * new HybridCloud(this, "hybrid", {
 *   app: "shop", assessment, rollback,
 *   stage: "connect",
 *   sites: [{
 *     name: "on-premises",
 *     networks: ["192.168.0.0/16"],
 *     devices: [{ customerGateway: { ipAddress: "198.51.100.10" }, device: strongSwan() }],
 *   }],
 * });
 * ```
 *
 * The catalog's hybrid cloud: a VPC, a gateway, and a VPN connection for every device of every site. Tunnels and the routes
 * to them are separate stages, so the connection is proven before anything uses it, and going back removes routes, not
 * tunnels.
 */
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import type { Assessment } from "../../../assessment/assessment";
import { AlarmTopic, checkTopicKey, checkTopics } from "../../../aws/alarm-topic";
import { alarmsUseKey } from "../../../aws/key-policy";
import type { RequiredStatement } from "../../../aws/required-statements";
import { defaultName } from "../../../core/construct-ids";
import { admitConstruct } from "../../../core/door/admit";
import { Migration } from "../../../core/migration";
import { namePath } from "../../../core/rename";
import type { Verification } from "../../../core/verification";
import { refuse } from "../../../core/refuse";
import { Cidr } from "../../../network/cidr";
import { AwsGateway, type AwsGatewayProps } from "./aws-gateway";
import type { HybridCloudProps, HybridDevice, HybridGateway, HybridSite } from "./hybrid-cloud-props";
import { HybridDns } from "./hybrid-dns";
import { hybridRules } from "./hybrid-rules";
import { HybridVpc } from "./hybrid-vpc";
import { hybridCloudPattern } from "./pattern";
import { vpnRules } from "./rules";
import { SiteToSiteVpn } from "./site-to-site-vpn";
import type { HybridCloudStage } from "./stages";
import { VpcRoutes } from "./vpc-routes";
import { VpnAlarms } from "./vpn-alarms";
import { VpnLogs } from "./vpn-logs";
import { VpnRegistry } from "./vpn-registry";

const TUNNELS_PER_DEVICE = 2;
/** The Name tag of the gateway, from the catalog's example. */
const GATEWAY_NAME = "hybrid-vpn-gateway";

/**
 * Secure connectivity between on-premises sites and a VPC, in the stages `connect`, `verify` and `live`.
 *
 * @throws MigrationError the codes of `SiteToSiteVpn`, `AwsGateway`, `HybridVpc` and `HybridDns`, and `HYBRID_SITES`,
 * `HYBRID_SITE_STATIC_TRANSIT`, `HYBRID_TRANSIT_SUBNETS`, `HYBRID_VERIFICATION_ROUTE_TABLES`, `HYBRID_DNS_SUBNETS`,
 * `ALARM_TOPICS`, `ALARM_TOPIC_REGION`, `ALARM_TOPIC_KMS_KEY_ID`
 */
export class HybridCloud extends Migration<HybridCloudStage> {
  declare public readonly assessment: Assessment;
  public readonly vpcId: string;
  public readonly network: HybridVpc;
  public readonly gateway: AwsGateway;
  /** The connections of each site, in the order of its devices. */
  public readonly connections: Readonly<Record<string, readonly SiteToSiteVpn[]>>;
  /** The DNS endpoints and forwarding rules; undefined without `dns`. */
  public readonly dns?: HybridDns;
  /** The ARNs of the topics that alarms are sent to; empty without `alarms`. */
  public readonly alarmTopicArns: readonly string[];
  /** The created alarm topic, for overrides. */
  public readonly alarmTopic?: SnsTopic;
  private readonly logs: VpnLogs[] = [];
  private readonly alarmKeyId?: string;
  private alarmAccountId?: string;

  constructor(scope: Construct, id: string, props: HybridCloudProps) {
    admitConstruct("HybridCloud", scope, id, props);
    super(scope, id, props, hybridCloudPattern);
    this.checkSites(props);
    const networks = [...new Set(props.sites.flatMap((site) => site.networks))];
    for (const [index, { owner, cidr }] of (props.otherNetworks ?? []).entries()) {
      VpnRegistry.of(this).declare({ cidr: Cidr.parse(cidr, `otherNetworks[${index}].cidr`), owner });
    }

    this.network = new HybridVpc(this, "network", props.vpc ?? {}, this.tags);
    this.vpcId = this.network.vpcId;
    this.protect(this.network.flowLogs?.key, this.network.flowLogs?.logGroup);
    this.gateway = new AwsGateway(this, "gateway", this.gatewayProps(props.gateway ?? { kind: "vpn" }));
    const sites = new Construct(this, "sites");
    this.connections = Object.fromEntries(props.sites.map((site) => [site.name, this.connect(sites, site)]));
    new VpcRoutes(this, "routes", { gateway: this.gateway, routeTables: this.routeTables(props), networks });
    this.dns = this.createDns(props, networks);

    const construct = this.node.path;
    // An empty list is alarms that tell nobody, which is somebody's choice here.
    if ((props.alarms?.topicArns ?? []).length > 0) {
      checkTopics(construct, "alarms.topicArns", props.alarms?.topicArns ?? [], undefined);
    }
    if (props.alarms?.kmsKeyId !== undefined) {
      checkTopicKey(props.alarms.kmsKeyId, undefined, "alarms.kmsKeyId", construct);
      if (props.alarms.topicArns === undefined) this.alarmKeyId = props.alarms.kmsKeyId;
    }
    if (props.alarms?.topicArns !== undefined || props.alarms === undefined) {
      this.alarmTopicArns = props.alarms?.topicArns ?? [];
    } else {
      this.alarmTopic = this.createTopic(props.alarms.emails ?? [], props.alarms.kmsKeyId);
      this.alarmTopicArns = [this.alarmTopic.arn];
    }
    if (props.alarms !== undefined) this.createAlarms(props.alarms.silenceMinutes);
    this.link(
      ...props.sites.map(({ name, devices }) => ({
        from: name,
        to: props.vpc?.name ?? "VPC",
        label: `VPN, ${devices.length * TUNNELS_PER_DEVICE} tunnels`,
      })),
    );

    this.check(vpnRules, VpnRegistry.of(this).reportThrough(this));
    this.check(hybridRules, () => ({
      name: this.node.path,
      stage: this.stage.name,
      hasAlarms: props.alarms !== undefined,
      onPremisesNetworks: networks,
      forwardedZones: props.dns?.forward ?? {},
    }));
  }

  /**
   * The statements that the policies of existing keys need: of `logs.kmsKeyArn` of the sites, `vpc.flowLogs.kmsKeyArn` and `alarms.kmsKeyId`. They are made
   * when they are first asked for, with data sources for account and region.
   */
  public get requiredKeyPolicyStatements(): readonly RequiredStatement[] {
    const ofLogs = this.logs.flatMap((each) => each.requiredKeyPolicyStatements).slice(0, 1);
    const ofFlowLogs = this.network.flowLogs?.requiredKeyPolicyStatements ?? [];
    if (this.alarmKeyId === undefined) return [...ofLogs, ...ofFlowLogs];
    this.alarmAccountId ??= new DataAwsCallerIdentity(this, "alarm-account").accountId;
    return [...ofLogs, ...ofFlowLogs, alarmsUseKey(this.alarmAccountId)];
  }

  private checkSites({ sites, gateway }: HybridCloudProps): void {
    const construct = this.node.path;
    const names = new Set(sites.map(({ name }) => name));
    if (sites.length === 0 || names.size !== sites.length) {
      refuse({
        code: "HYBRID_SITES",
        path: "sites",
        construct,
        allowed: "at least one site, each with a name of its own",
        fix: "declare one site for each place on premises",
        received: sites.map(({ name }) => name),
      });
    }
    for (const [index, { devices, routing }] of sites.entries()) {
      if (gateway?.kind === "transit" && devices.length === 2 && (routing ?? "static") === "static") {
        refuse({
          code: "HYBRID_SITE_STATIC_TRANSIT",
          path: `sites[${index}].routing`,
          construct,
          allowed:
            "bgp for a site with two devices on a transit gateway, whose route table holds one static route for a network",
          fix: "use BGP, or one device",
          received: routing ?? "static",
        });
      }
    }
  }

  private gatewayProps(gateway: HybridGateway): AwsGatewayProps {
    const { tags, vpcId } = this;
    if (gateway.kind === "vpn") {
      return "vpnGatewayId" in gateway ? gateway : { name: GATEWAY_NAME, ...gateway, vpcId, tags };
    }
    const subnetIds = this.network.connectivitySubnetIds;
    const attachments = subnetIds.length === 0 ? {} : { attachments: { vpc: { vpcId, subnetIds } } };
    if (!("transitGatewayId" in gateway) && subnetIds.length === 0) {
      refuse({
        code: "HYBRID_TRANSIT_SUBNETS",
        path: "vpc",
        construct: this.node.path,
        allowed: "subnets for the VPC's attachment, because a new transit gateway reaches no VPC without one",
        fix: "give a created VPC zones, or an existing one connectivitySubnetIds",
      });
    }
    return "transitGatewayId" in gateway
      ? { ...gateway, ...attachments, tags }
      : { name: GATEWAY_NAME, ...gateway, ...attachments, tags };
  }

  private connect(scope: Construct, site: HybridSite): SiteToSiteVpn[] {
    const { name, networks, devices, logs, ...options } = site;
    const place = new Construct(scope, name);
    // One group, and one key, for all devices of the site.
    const group =
      logs === undefined
        ? undefined
        : new VpnLogs(place, "logs", logs, this.tags, { path: `${name}.logs`, construct: this.node.path });
    // The topic of the alarms is left out: its key encrypts messages on their way, and nothing that stays.
    this.protect(group?.key, group?.logGroup);
    if (group !== undefined) this.logs.push(group);
    const awsNetworks = this.network.cidrs
      .filter(({ version }) => version === (site.insideIpVersion === "ipv6" ? 6 : 4))
      .map(String);
    return devices.map((each: HybridDevice, index) => {
      const { name: deviceName, customerGateway, ...own } = each;
      const connectionName = deviceName === undefined ? numbered(name, index) : `${name}-${deviceName}`;
      const vpn = new SiteToSiteVpn(place, deviceName ?? `device-${index + 1}`, {
        ...options,
        ...own,
        ...(group === undefined ? {} : { logs: { ...logs, logGroupArn: group.logGroupArn } }),
        name: connectionName,
        site: name,
        gateway: this.gateway,
        customerGateway:
          "customerGatewayId" in customerGateway
            ? customerGateway
            : { name: `${connectionName}-gateway`, ...customerGateway },
        onPremisesNetworks: networks,
        awsNetworks,
        awsOwner: `the VPC of ${this.node.path}`,
        firstRank: site.loadSharing === true ? 0 : index * TUNNELS_PER_DEVICE,
        tags: this.tags,
      });
      this.protect(...vpn.keySecrets);
      return vpn;
    });
  }

  /** Returns the route tables that lead to the sites in this stage. */
  private routeTables({ verificationRouteTables }: HybridCloudProps): Readonly<Record<string, string>> {
    const all = this.network.routeTables;
    const unknown = verificationRouteTables?.find((name) => !(name in all));
    if (unknown !== undefined) {
      refuse({
        code: "HYBRID_VERIFICATION_ROUTE_TABLES",
        path: "verificationRouteTables",
        construct: this.node.path,
        allowed: `names of the VPC's route tables: ${Object.keys(all).join(", ")}`,
        fix: "correct the name, or add the table to vpc.routeTables",
        received: unknown,
      });
    }
    if (this.hasReached("live")) return all;
    if (!this.hasReached("verify")) return {};
    const chosen = verificationRouteTables ?? Object.keys(all);
    return Object.fromEntries(Object.entries(all).filter(([name]) => chosen.includes(name)));
  }

  private createDns({ dns }: HybridCloudProps, onPremisesNetworks: readonly string[]): HybridDns | undefined {
    if (dns === undefined) return undefined;
    return new HybridDns(this, "dns", {
      ...dns,
      subnetIds: dns.subnetIds ?? this.network.connectivitySubnetIds,
      vpcId: this.vpcId,
      onPremisesNetworks,
      associated: this.hasReached("live"),
      tags: this.tags,
    });
  }

  /** Creates the alarm topic, encrypted with the given key or with one of its own. */
  private createTopic(emails: readonly string[], kmsMasterKeyId: string | undefined): SnsTopic {
    const tags = { ...this.tags };
    const topic =
      kmsMasterKeyId === undefined
        ? new AlarmTopic(this, "alarm-topic", { name: `${defaultName(namePath(this))}-alarms`, tags }).topic
        : new SnsTopic(this, "alarm-topic", { tags, kmsMasterKeyId });
    const topicArn = topic.arn;
    for (const endpoint of emails) {
      new SnsTopicSubscription(this, `alarm-${endpoint}`, { topicArn, protocol: "email", endpoint });
    }
    return topic;
  }

  private createAlarms(silenceMinutes: number | undefined): void {
    const scope = new Construct(this, "alarms");
    const notifies = this.hasReached("verify") && this.alarmTopicArns.length > 0;
    for (const vpn of Object.values(this.connections).flat()) {
      const { alarms } = new VpnAlarms(scope, vpn.spec.name, {
        vpn,
        topicArns: this.alarmTopicArns,
        // Before `verify` a tunnel that is down is work in progress, and before `live` silence is what is wanted.
        actionsEnabled: this.hasReached("verify"),
        expectTraffic: this.hasReached("live"),
        ...(silenceMinutes === undefined ? {} : { silenceMinutes }),
        tags: this.tags,
      });
      this.verify(
        ...Object.entries(alarms).map(([what, { alarmNameInput, arn }]): Verification => ({
          kind: "connectivity",
          name: `${what} of ${vpn.spec.name}`,
          alarm: { name: alarmNameInput ?? what, arn, notifies },
        })),
      );
    }
  }
}

/** Returns the name of a device. The first device of a site has the site's name, so that a second one does not rename it. */
function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}
