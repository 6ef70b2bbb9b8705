/**
 * ```ts
 * const vpn = new SiteToSiteVpn(this, "berlin", {
 *   gateway: { kind: "vpn", vpcId },
 *   customerGateway: { ipAddress: "198.51.100.10" },
 *   onPremisesNetworks: ["192.168.0.0/16"],
 *   awsNetworks: ["10.0.0.0/16"],
 *   device: strongSwan(),
 * });
 * ```
 *
 * A VPN connection with both its ends. All props are first resolved into one {@link VpnSpec}; AWS's side is written from it,
 * the device's files are rendered from it, and the rules check it. It needs no assessment: use it where only the tunnel is
 * wanted, and `HybridCloud` where a migration depends on it.
 */
import type { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { VpnConnection, type VpnConnectionConfig } from "@cdktf/provider-aws/lib/vpn-connection";
import { Fn, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { RequiredStatement } from "../../../aws/required-statements";
import { admitConstruct } from "../../../core/door/admit";
import { refuse } from "../../../core/refuse";
import type { Cidr } from "../../../network/cidr";
import { AwsGateway } from "./aws-gateway";
import { propertyOf, checkChoice, checkRange, type Place } from "./checks";
import * as checks from "./connection-checks";
import { resolveConnectionTunnel, tunnelOwner, tunnelSpec, type ConnectionTunnel } from "./connection-tunnel";
import { bindCustomerGateway, type BoundCustomerGateway } from "./customer-gateway";
import type { VpnDevice } from "./device/device";
import { checkProviderHas } from "./provider-six";
import type { SiteToSiteVpnProps } from "./site-to-site-vpn-props";
import { providerSixOverrides, tunnelConfig } from "./tunnel-config";
import { VpcRoutes } from "./vpc-routes";
import { BGP_HOLD_TIME_SECONDS, preSharedKeyPattern } from "./vpn-limits";
import { VpnLogs } from "./vpn-logs";
import { VpnRegistry } from "./vpn-registry";
import type { TrafficSelectors, VpnSpec } from "./vpn-spec";

/** The highest rank that a device's routing tells apart: two devices, two tunnels each, and the first rank of a third. */
const MAXIMUM_FIRST_RANK = 6;

/**
 * A site-to-site VPN connection, its customer gateway, its routes, and the device's files.
 *
 * Two tunnels always: AWS makes two, and replaces their endpoints one at a time. A connection costs 0.05 USD an hour.
 *
 * @throws MigrationError the codes of `tunnel-checks.ts`, `connection-checks.ts`, `customer-gateway.ts` and `aws-gateway.ts`,
 * and `HYBRID_VPN_ROUTING`, `HYBRID_VPN_AMAZON_ASN_UNKNOWN`, `HYBRID_VPN_KEY_WITH_CERTIFICATE`, `HYBRID_VPN_KEY_STORAGE`,
 * `HYBRID_VPN_RANK`, `HYBRID_VPN_PROVIDER_VERSION`, and `HYBRID_VPN_LITERAL` for a token where the device's files need a value
 */
export class SiteToSiteVpn extends Construct {
  /** The specification of both ends, with every default resolved. */
  public readonly spec: VpnSpec;
  public readonly gateway: AwsGateway;
  public readonly customerGateway: BoundCustomerGateway;
  /** The VPN connection, for overrides. */
  public readonly connection: VpnConnection;
  public readonly vpnConnectionId: string;
  /** AWS's outside address of the first tunnel. */
  public readonly tunnel1Address: string;
  /** AWS's outside address of the second tunnel. */
  public readonly tunnel2Address: string;
  /** The sensitive output with the device's files; undefined without a device. */
  public readonly deviceOutput?: TerraformOutput;
  /** The secrets of generated pre-shared keys. */
  public readonly keySecrets: readonly SecretsmanagerSecret[];
  private readonly logs?: VpnLogs;

  constructor(scope: Construct, id: string, props: SiteToSiteVpnProps) {
    admitConstruct("SiteToSiteVpn", scope, id, props);
    super(scope, id);
    const place: Place = { path: "", construct: this.node.path };
    const name = props.name ?? id;
    const tags = props.tags ?? {};
    const routing = props.routing ?? "static";
    const firstRank = props.firstRank ?? 0;
    checks.checkName(name, propertyOf(place, "name"));
    checkChoice("HYBRID_VPN_ROUTING", routing, ["static", "bgp"], propertyOf(place, "routing"));
    checkRange(
      "HYBRID_VPN_RANK",
      firstRank,
      { minimum: 0, maximum: MAXIMUM_FIRST_RANK },
      "",
      propertyOf(place, "firstRank"),
    );

    this.gateway = props.gateway instanceof AwsGateway ? props.gateway : new AwsGateway(this, "gateway", props.gateway);
    this.checkAgainstGateway(props, place);
    const ipVersion = props.insideIpVersion === "ipv6" ? 6 : 4;
    const onPremises = checks.checkNetworks(
      props.onPremisesNetworks,
      ipVersion,
      propertyOf(place, "onPremisesNetworks"),
    );
    const aws = checks.checkNetworks(props.awsNetworks, ipVersion, propertyOf(place, "awsNetworks"));
    const onPremisesNetworks = onPremises.map(String);
    const selectors = trafficSelectors(props, ipVersion, place);

    this.customerGateway = bindCustomerGateway(this, props.customerGateway, tags, propertyOf(place, "customerGateway"));
    const amazonSideAsn = this.amazonAsn(routing, place);
    const tunnels = [
      resolveConnectionTunnel(this, 1, props, this.customerGateway),
      resolveConnectionTunnel(this, 2, props, this.customerGateway),
    ] as const;
    this.checkKeyStorage(props, tunnels, place);

    const logs =
      props.logs === undefined ? undefined : new VpnLogs(this, "logs", props.logs, tags, propertyOf(place, "logs"));
    if (logs !== undefined) this.logs = logs;
    const keys = tunnels.map(({ number, key }) =>
      key.bind(this, `tunnel${number}-key`, `Pre-shared key of tunnel ${number} of the VPN connection ${name}`, tags),
    );
    this.keySecrets = keys.flatMap(({ secret }) => secret ?? []);
    const [key1, key2] = keys.map(({ value }) => value);
    const givenKeys = [
      ...(tunnels[0].key.source === "token" && key1 !== undefined ? [key1] : []),
      ...(tunnels[1].key.source === "token" && key2 !== undefined ? [key2] : []),
    ];
    const { vpnGatewayId, transitGatewayId, vpnConcentratorId } = this.gateway;
    const { privateIp, preSharedKeyStorage } = props;
    this.connection = new VpnConnection(this, "connection", {
      type: "ipsec.1",
      customerGatewayId: this.customerGateway.id,
      staticRoutesOnly: routing === "static",
      ...(vpnGatewayId === undefined ? {} : { vpnGatewayId }),
      ...(transitGatewayId === undefined ? {} : { transitGatewayId }),
      ...(props.acceleration === true ? { enableAcceleration: true } : {}),
      ...(privateIp === undefined ? {} : { outsideIpAddressType: "PrivateIpv4", ...privateIp }),
      ...(ipVersion === 6 ? { tunnelInsideIpVersion: "ipv6" } : {}),
      ...selectors.config,
      ...(preSharedKeyStorage === undefined ? {} : { presharedKeyStorage: preSharedKeyStorage }),
      ...tunnelConfig(tunnels[0], key1, logs),
      ...tunnelConfig(tunnels[1], key2, logs),
      ...(givenKeys.length === 0 ? {} : { lifecycle: { precondition: givenKeys.map(keyCondition) } }),
      tags: { ...tags, Name: name },
    });
    for (const [path, value] of providerSixOverrides(props, vpnConcentratorId, logs)) {
      this.connection.addOverride(path, value);
    }
    this.vpnConnectionId = this.connection.id;
    this.tunnel1Address = this.connection.tunnel1Address;
    this.tunnel2Address = this.connection.tunnel2Address;
    this.gateway.attach(this, this.connection, routing === "static" ? onPremisesNetworks : undefined);
    if (props.routeTables !== undefined) {
      const { gateway } = this;
      new VpcRoutes(this, "vpc-routes", { gateway, routeTables: props.routeTables, networks: onPremisesNetworks });
    }

    const { address, asn, usesCertificate } = this.customerGateway;
    const secondRank = props.loadSharing === true ? firstRank : firstRank + 1;
    const keyOf = (given: string | undefined, amazons: string) => (usesCertificate ? undefined : (given ?? amazons));
    this.spec = {
      name,
      customerGateway: address === undefined ? {} : { address },
      insideIpVersion: ipVersion === 6 ? "ipv6" : "ipv4",
      onPremisesNetworks,
      awsNetworks: aws.map(String),
      trafficSelectors: selectors.spec,
      routing:
        routing === "static" || amazonSideAsn === undefined
          ? { type: "static" }
          : { type: "bgp", customerAsn: asn, amazonAsn: amazonSideAsn, holdTimeSeconds: BGP_HOLD_TIME_SECONDS },
      tunnels: [
        tunnelSpec(tunnels[0], this.tunnel1Address, keyOf(key1, this.connection.tunnel1PresharedKey), firstRank),
        tunnelSpec(tunnels[1], this.tunnel2Address, keyOf(key2, this.connection.tunnel2PresharedKey), secondRank),
      ],
    };
    this.register(props, onPremises, aws, tunnels);
    this.deviceOutput = props.device === undefined ? undefined : this.renderDevice(props.device);
  }

  /**
   * The statements that the policy of the given `logs.kmsKeyArn` needs; empty where no log group is encrypted with it. They are made
   * when they are first asked for, with data sources for account and region.
   */
  public get requiredKeyPolicyStatements(): readonly RequiredStatement[] {
    return this.logs?.requiredKeyPolicyStatements ?? [];
  }

  /** Checks the props whose limits depend on the gateway that the connection ends at. */
  private checkAgainstGateway(props: SiteToSiteVpnProps, place: Place): void {
    const { kind } = this.gateway;
    const privateIp = props.privateIp !== undefined;
    checks.checkInsideIpVersion(props.insideIpVersion ?? "ipv4", kind, propertyOf(place, "insideIpVersion"));
    checks.checkAcceleration(props.acceleration ?? false, kind, privateIp, propertyOf(place, "acceleration"));
    checks.checkPrivateIp(privateIp, kind, propertyOf(place, "privateIp"));
    checks.checkLoadSharing(
      props.loadSharing ?? false,
      kind,
      props.routing ?? "static",
      propertyOf(place, "loadSharing"),
    );
    if (kind === "concentrator") checkProviderHas("vpnConcentratorId", propertyOf(place, "gateway.vpnConcentratorId"));
    if (props.logs?.bgp === true) checkProviderHas("bgpLogs", propertyOf(place, "logs.bgp"));
    if (props.tunnelBandwidth === undefined) return;
    checks.checkTunnelBandwidth(
      props.tunnelBandwidth,
      kind,
      props.acceleration ?? false,
      propertyOf(place, "tunnelBandwidth"),
    );
    checkProviderHas("tunnelBandwidth", propertyOf(place, "tunnelBandwidth"));
  }

  /** Returns AWS's autonomous system number, which BGP needs, checked against the customer's. */
  private amazonAsn(routing: "static" | "bgp", place: Place): number | undefined {
    const { amazonSideAsn } = this.gateway;
    if (amazonSideAsn !== undefined) {
      checks.checkAsnsDiffer(this.customerGateway.asn, amazonSideAsn, propertyOf(place, "customerGateway.asn"));
      return amazonSideAsn;
    }
    if (routing === "static") return undefined;
    return refuse({
      code: "HYBRID_VPN_AMAZON_ASN_UNKNOWN",
      ...propertyOf(place, "gateway.amazonSideAsn"),
      allowed: "the number of the existing gateway, because the device's BGP sessions need it",
      fix: "pass amazonSideAsn as AWS shows it for the gateway",
    });
  }

  private checkKeyStorage(props: SiteToSiteVpnProps, tunnels: readonly ConnectionTunnel[], place: Place): void {
    const { preSharedKeyStorage, device } = props;
    if (preSharedKeyStorage === undefined) return;
    const where = propertyOf(place, "preSharedKeyStorage");
    checkChoice("HYBRID_VPN_KEY_STORAGE", preSharedKeyStorage, ["Standard", "SecretsManager"], where);
    checkProviderHas("presharedKeyStorage", where);
    const amazonKeys = tunnels.some(({ key }) => key.source === "amazon");
    if (preSharedKeyStorage === "Standard" || !amazonKeys || device === undefined) return;
    refuse({
      code: "HYBRID_VPN_KEY_STORAGE",
      ...where,
      allowed:
        "SecretsManager only with keys of your own where a device's files are wanted, because AWS then hides its keys from Terraform",
      fix: "give both tunnels PreSharedKey.generated() or PreSharedKey.token(), or leave out preSharedKeyStorage",
      received: preSharedKeyStorage,
    });
  }

  private register(
    props: SiteToSiteVpnProps,
    onPremises: readonly Cidr[],
    aws: readonly Cidr[],
    tunnels: readonly ConnectionTunnel[],
  ): void {
    const registry = VpnRegistry.of(this);
    const { spec, gateway } = this;
    const site = props.site ?? spec.name;
    const awsOwner = props.awsOwner ?? registry.ownerOf(gateway);
    registry.addConnection({ spec, site, gateway });
    for (const cidr of onPremises) registry.declare({ cidr, owner: `site ${site}` });
    for (const cidr of aws) registry.declare({ cidr, owner: awsOwner });
    for (const { insideCidr, insideIpv6Cidr, number } of tunnels) {
      const owner = tunnelOwner(this, number);
      registry.declare({ cidr: insideCidr, owner });
      if (insideIpv6Cidr !== undefined) registry.declare({ cidr: insideIpv6Cidr, owner });
    }
  }

  private renderDevice(device: VpnDevice): TerraformOutput {
    return new TerraformOutput(this, "device", {
      value: device.render(this.spec),
      sensitive: true,
      description: `${device.name} configuration of the customer's end of ${this.spec.name}, by file name`,
    });
  }
}

/** Returns the CIDR blocks that the tunnels carry, for both ends. @throws MigrationError `HYBRID_VPN_NETWORKS` */
function trafficSelectors(
  props: SiteToSiteVpnProps,
  ipVersion: 4 | 6,
  place: Place,
): { readonly config: Partial<VpnConnectionConfig>; readonly spec: TrafficSelectors } {
  const everything = ipVersion === 6 ? "::/0" : "0.0.0.0/0";
  const config: Record<string, string> = {};
  const select = (property: "localNetworkCidr" | "remoteNetworkCidr", argument: "local" | "remote"): string => {
    const text = props[property];
    if (text === undefined) return everything;
    const selected = checks.checkNetworks([text], ipVersion, propertyOf(place, property)).join();
    config[`${argument}Ipv${ipVersion}NetworkCidr`] = selected;
    return selected;
  };
  const spec = {
    onPremises: select("localNetworkCidr", "local"),
    aws: select("remoteNetworkCidr", "remote"),
  };
  return { config, spec };
}

/** Returns the condition by which Terraform checks a key that only it knows; the message holds none of it. */
function keyCondition(key: string) {
  return {
    condition: Fn.can(Fn.regex(preSharedKeyPattern.source, key)),
    errorMessage:
      "a pre-shared key has 8 to 64 letters, digits, points and underscores, and does not start with 0 (HYBRID_VPN_PRE_SHARED_KEY)",
  };
}
