import { VpnConnection } from "@cdktf/provider-aws/lib/vpn-connection";
import { afterEach, describe, expect, it } from "@jest/globals";
import { Annotations, TerraformVariable, Testing, type TerraformStack } from "cdktf";
import { thrown } from "../../../support/thrown";
import { isUnresolved } from "../../../../lib/core/tokens";
import type { VpnDevice } from "../../../../lib/patterns/infrastructure/hybrid-cloud/device/device";
import {
  AwsGateway,
  PreSharedKey,
  SiteToSiteVpn,
  type SiteToSiteVpnProps,
} from "../../../../lib/patterns/infrastructure/hybrid-cloud";
import { emptyStack, synthesize } from "./synthesize";

const base: SiteToSiteVpnProps = {
  gateway: { kind: "vpn", vpcId: "vpc-1" },
  customerGateway: { ipAddress: "198.51.100.10" },
  onPremisesNetworks: ["192.168.0.0/16"],
  awsNetworks: ["10.0.0.0/16"],
};
const transit = { kind: "transit" } as const;

function build(changes: Partial<SiteToSiteVpnProps> = {}, stack: TerraformStack = emptyStack()): SiteToSiteVpn {
  return new SiteToSiteVpn(stack, "berlin", { ...base, ...changes });
}

function connectionOf(changes: Partial<SiteToSiteVpnProps>) {
  return synthesize((stack) => build(changes, stack)).one("aws_vpn_connection");
}

/** Shows what a device would be given. */
const probe: VpnDevice = { name: "probe", render: (spec) => ({ "spec.json": JSON.stringify(spec) }) };

describe("SiteToSiteVpn, static on a virtual private gateway", () => {
  const synthesized = synthesize((stack) => build({ routeTables: { private: "rtb-1", public: "rtb-2" } }, stack));

  it("creates both gateways, the connection and the routes both ways", () => {
    expect(synthesized.counts()).toEqual({
      aws_customer_gateway: 1,
      aws_vpn_connection: 1,
      aws_vpn_connection_route: 1,
      aws_vpn_gateway: 1,
      aws_vpn_gateway_route_propagation: 2,
    });
    expect(synthesized.one("aws_vpn_connection_route")).toMatchObject({ destination_cidr_block: "192.168.0.0/16" });
    expect(synthesized.all("aws_vpn_gateway_route_propagation").map((each) => each["route_table_id"])).toEqual([
      "rtb-1",
      "rtb-2",
    ]);
  });

  it("pins both tunnels and one strong suite", () => {
    const connection = synthesized.one("aws_vpn_connection");
    expect(connection["tunnel1_inside_cidr"]).toMatch(/^169\.254\.\d+\.\d+\/30$/);
    expect(connection["tunnel2_inside_cidr"]).toMatch(/^169\.254\.\d+\.\d+\/30$/);
    for (const tunnel of ["tunnel1", "tunnel2"]) {
      expect(connection).toMatchObject({
        [`${tunnel}_ike_versions`]: ["ikev2"],
        [`${tunnel}_phase1_encryption_algorithms`]: ["AES256-GCM-16"],
        [`${tunnel}_phase1_integrity_algorithms`]: ["SHA2-384"],
        [`${tunnel}_phase1_dh_group_numbers`]: [20],
        [`${tunnel}_phase2_encryption_algorithms`]: ["AES256-GCM-16"],
        [`${tunnel}_phase2_integrity_algorithms`]: ["SHA2-384"],
        [`${tunnel}_phase2_dh_group_numbers`]: [20],
      });
    }
    expect(connection).toMatchObject({ static_routes_only: true, type: "ipsec.1", tags: { Name: "berlin" } });
  });

  it("names no provider option that was not asked for", () => {
    const connection = synthesized.one("aws_vpn_connection");
    for (const option of [
      "enable_acceleration",
      "transit_gateway_id",
      "tunnel1_preshared_key",
      "tunnel1_log_options",
    ]) {
      expect(connection).not.toHaveProperty(option);
    }
  });
});

describe("SiteToSiteVpn tunnel options", () => {
  it("honours what is said of one tunnel alone", () => {
    const connection = connectionOf({
      tunnels: { dpdTimeoutSeconds: 45 },
      tunnel2: {
        startupAction: "start",
        dpdTimeoutAction: "restart",
        replayWindowPackets: 128,
        rekeyFuzzPercent: 50,
        rekeyMarginSeconds: 60,
        lifecycleControl: true,
        insideCidr: "169.254.10.0/30",
      },
    });
    expect(connection).toMatchObject({
      tunnel1_dpd_timeout_seconds: 45,
      tunnel2_dpd_timeout_seconds: 45,
      tunnel1_startup_action: "add",
      tunnel2_startup_action: "start",
      tunnel2_dpd_timeout_action: "restart",
      tunnel2_replay_window_size: 128,
      tunnel2_rekey_fuzz_percentage: 50,
      tunnel2_rekey_margin_time_seconds: 60,
      tunnel2_enable_tunnel_lifecycle_control: true,
      tunnel2_inside_cidr: "169.254.10.0/30",
    });
    expect(connection).not.toHaveProperty("tunnel1_enable_tunnel_lifecycle_control");
  });

  it("refuses an inside CIDR that another tunnel of the stack has, and names it", () => {
    const stack = emptyStack();
    build({ tunnel1: { insideCidr: "169.254.10.0/30" } }, stack);
    const other = () =>
      new SiteToSiteVpn(stack, "munich", {
        ...base,
        onPremisesNetworks: ["172.16.0.0/16"],
        tunnel2: { insideCidr: "169.254.10.0/30" },
      });
    const error = thrown(other);
    expect(error).toMatchObject({ code: "HYBRID_VPN_INSIDE_CIDR_TAKEN", path: "tunnel2.insideCidr" });
    expect(error.message).toContain("tunnel 1 of stack/berlin");
  });

  it("keeps the inside CIDRs when another connection is added before", () => {
    const alone = connectionOf({});
    const stack = emptyStack();
    new SiteToSiteVpn(stack, "aachen", {
      ...base,
      gateway: { kind: "vpn", vpcId: "vpc-2" },
      onPremisesNetworks: ["172.16.0.0/16"],
    });
    const { tunnels } = build({}, stack).spec;
    expect(tunnels.map(({ inside }) => inside.cidr)).toEqual([
      alone["tunnel1_inside_cidr"],
      alone["tunnel2_inside_cidr"],
    ]);
  });
});

describe("SiteToSiteVpn, transit gateway", () => {
  it("puts static routes and blackholes into the created gateway's own route table", () => {
    const synthesized = synthesize((stack) =>
      build(
        {
          gateway: {
            ...transit,
            attachments: { main: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } },
            blackholes: ["192.168.99.0/24"],
          },
          routeTables: { private: "rtb-1" },
        },
        stack,
      ),
    );
    expect(synthesized.counts()).toEqual({
      aws_customer_gateway: 1,
      aws_ec2_transit_gateway: 1,
      aws_ec2_transit_gateway_route: 2,
      aws_ec2_transit_gateway_route_table: 1,
      aws_ec2_transit_gateway_route_table_association: 2,
      aws_ec2_transit_gateway_route_table_propagation: 1,
      aws_ec2_transit_gateway_vpc_attachment: 1,
      aws_route: 1,
      aws_vpn_connection: 1,
    });
    const routes = synthesized.all("aws_ec2_transit_gateway_route");
    expect(routes.find((route) => route["blackhole"] === true)).toMatchObject({
      destination_cidr_block: "192.168.99.0/24",
    });
    expect(synthesized.one("aws_route")["depends_on"]).toHaveLength(1);
  });

  it("propagates what BGP brings", () => {
    const synthesized = synthesize((stack) => build({ gateway: transit, routing: "bgp" }, stack));
    expect(synthesized.counts()).toMatchObject({
      aws_ec2_transit_gateway_route_table_association: 1,
      aws_ec2_transit_gateway_route_table_propagation: 1,
    });
    expect(synthesized.counts()).not.toHaveProperty("aws_ec2_transit_gateway_route");
    expect(synthesized.one("aws_vpn_connection")).toMatchObject({ static_routes_only: false });
  });

  it("uses an existing gateway and its route table", () => {
    const synthesized = synthesize((stack) =>
      build({ gateway: { ...transit, transitGatewayId: "tgw-1", routeTableId: "tgw-rtb-1" } }, stack),
    );
    expect(synthesized.counts()).not.toHaveProperty("aws_ec2_transit_gateway");
    expect(synthesized.one("aws_ec2_transit_gateway_route")).toMatchObject({
      transit_gateway_route_table_id: "tgw-rtb-1",
    });
    expect(synthesized.one("aws_ec2_transit_gateway_route_table_association")).toMatchObject({
      replace_existing_association: true,
    });
  });

  it("refuses static routes and blackholes without a route table", () => {
    const existing = { ...transit, transitGatewayId: "tgw-1" };
    expect(thrown(() => build({ gateway: existing })).code).toBe("HYBRID_VPN_TRANSIT_ROUTE_TABLE");
    const blackholes = { ...existing, blackholes: ["10.9.0.0/16"] };
    expect(thrown(() => build({ gateway: blackholes })).code).toBe("HYBRID_VPN_TRANSIT_ROUTE_TABLE");
    build({ gateway: { ...existing, amazonSideAsn: 64_513 }, routing: "bgp" });
  });

  it("accelerates, carries IPv6, and runs over Direct Connect", () => {
    expect(connectionOf({ gateway: transit, acceleration: true })).toMatchObject({ enable_acceleration: true });
    const six = {
      gateway: transit,
      insideIpVersion: "ipv6" as const,
      onPremisesNetworks: ["2001:db8:1::/48"],
      awsNetworks: ["2001:db8:2::/56"],
      localNetworkCidr: "2001:db8:1::/48",
      tunnel1: { insideIpv6Cidr: "fd00:1::/126" },
    };
    expect(connectionOf(six)).toMatchObject({
      tunnel_inside_ip_version: "ipv6",
      tunnel1_inside_ipv6_cidr: "fd00:1::/126",
      tunnel2_inside_ipv6_cidr: expect.stringMatching(/^fd.*\/126$/),
      local_ipv6_network_cidr: "2001:db8:1::/48",
    });
    const privateIp = { transportTransitGatewayAttachmentId: "tgw-attach-1" };
    expect(connectionOf({ gateway: transit, privateIp })).toMatchObject({
      outside_ip_address_type: "PrivateIpv4",
      transport_transit_gateway_attachment_id: "tgw-attach-1",
    });
  });

  it("refuses what only a transit gateway can do", () => {
    expect(thrown(() => build({ acceleration: true })).code).toBe("HYBRID_VPN_ACCELERATION");
    expect(thrown(() => build({ insideIpVersion: "ipv6" })).code).toBe("HYBRID_VPN_INSIDE_IPV6");
    expect(thrown(() => build({ tunnel1: { insideIpv6Cidr: "fd00::/126" } })).code).toBe("HYBRID_VPN_INSIDE_IPV6");
    const privateIp = { transportTransitGatewayAttachmentId: "tgw-attach-1" };
    expect(thrown(() => build({ privateIp })).code).toBe("HYBRID_VPN_PRIVATE_IP");
  });
});

describe("SiteToSiteVpn gateways", () => {
  it("takes numbers of both sizes", () => {
    const gatewayOf = (asn: number) =>
      synthesize((stack) =>
        build({ customerGateway: { ipAddress: "198.51.100.10", asn, deviceName: "fw-1" } }, stack),
      ).one("aws_customer_gateway");
    expect(gatewayOf(2_147_483_647)).toMatchObject({ bgp_asn: "2147483647", device_name: "fw-1" });
    expect(gatewayOf(2_147_483_648)).toMatchObject({ bgp_asn_extended: "2147483648" });
    expect(gatewayOf(2_147_483_648)).not.toHaveProperty("bgp_asn");
  });

  it("refuses equal numbers, and BGP with an existing gateway whose number it does not know", () => {
    const asn = (value: number) => ({ ipAddress: "198.51.100.10", asn: value });
    expect(thrown(() => build({ customerGateway: asn(64_512) })).code).toBe("HYBRID_VPN_SAME_ASN");
    expect(thrown(() => build({ customerGateway: asn(7_224) })).code).toBe("HYBRID_VPN_CUSTOMER_ASN");
    const existing = { kind: "vpn", vpnGatewayId: "vgw-1" } as const;
    expect(thrown(() => build({ gateway: existing, routing: "bgp" })).code).toBe("HYBRID_VPN_AMAZON_ASN_UNKNOWN");
    const { spec } = build({ gateway: { ...existing, amazonSideAsn: 65_001 }, routing: "bgp" });
    expect(spec.routing).toEqual({ type: "bgp", customerAsn: 65_000, amazonAsn: 65_001, holdTimeSeconds: 30 });
    expect(thrown(() => build({ gateway: { ...existing, amazonSideAsn: 7_224 } })).code).toBe("HYBRID_VPN_AMAZON_ASN");
  });

  it("knows a customer gateway by its certificate, without keys", () => {
    const customerGateway = { certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1" };
    const vpn = build({ customerGateway });
    expect(vpn.spec.customerGateway).toEqual({});
    expect(vpn.spec.tunnels[0].preSharedKey).toBeUndefined();
    const keyed = { customerGateway, tunnel1: { preSharedKey: PreSharedKey.generated() } };
    expect(thrown(() => build(keyed)).code).toBe("HYBRID_VPN_KEY_WITH_CERTIFICATE");
    const started = { customerGateway, tunnel2: { startupAction: "start" as const } };
    expect(thrown(() => build(started))).toMatchObject({
      code: "HYBRID_VPN_STARTUP_ACTION",
      path: "tunnel2.startupAction",
    });
  });

  it("takes an existing customer gateway, and wants an identity for a new one", () => {
    const synthesized = synthesize((stack) => build({ customerGateway: { customerGatewayId: "cgw-1" } }, stack));
    expect(synthesized.counts()).not.toHaveProperty("aws_customer_gateway");
    expect(synthesized.one("aws_vpn_connection")).toMatchObject({ customer_gateway_id: "cgw-1" });
    expect(thrown(() => build({ customerGateway: {} })).code).toBe("HYBRID_VPN_CUSTOMER_IDENTITY");
    const address = { ipAddress: "198.51.100.300" };
    expect(thrown(() => build({ customerGateway: address })).code).toBe("HYBRID_VPN_CUSTOMER_ADDRESS");
  });

  it.each([
    [{ name: "2nd site" }, "HYBRID_VPN_NAME"],
    [{ routing: "ospf" }, "HYBRID_VPN_ROUTING"],
    [{ firstRank: -1 }, "HYBRID_VPN_RANK"],
    [{ gateway: { kind: "cloud-wan" } }, "SITE_TO_SITE_VPN_GATEWAY"],
    [{ onPremisesNetworks: [] }, "HYBRID_VPN_NETWORKS"],
    [{ tunnels: { insideCidr: "169.254.10.0/30" } }, "HYBRID_VPN_OPTION_UNKNOWN"],
    [{ tunnel1: { dpdTimeout: 30 } }, "HYBRID_VPN_OPTION_UNKNOWN"],
    [{ tunnel2: { phase1: { lifetime: 900 } } }, "HYBRID_VPN_OPTION_UNKNOWN"],
    [{ tunnel2: { phase2: null } }, "HYBRID_VPN_OPTION_UNKNOWN"],
    [{ logs: { format: "xml" } }, "HYBRID_VPN_LOG_FORMAT"],
    [{ preSharedKeyStorage: "Vault" }, "HYBRID_VPN_KEY_STORAGE"],
  ])("refuses %j with %s", (changes, code) => {
    expect(thrown(() => build(changes as unknown as Partial<SiteToSiteVpnProps>)).code).toBe(code);
  });
});

describe("SiteToSiteVpn keys", () => {
  it("refuses a key that is written down", () => {
    const error = thrown(() => PreSharedKey.token("written-down"));
    expect(error.code).toBe("HYBRID_VPN_PRE_SHARED_KEY_LITERAL");
    expect(error.message).not.toContain("written-down");
  });

  it("refuses a key in place of where it comes from", () => {
    const tunnel1 = { preSharedKey: "written-down" as unknown as PreSharedKey };
    const error = thrown(() => build({ tunnel1 }));
    expect(error).toMatchObject({ code: "HYBRID_VPN_PRE_SHARED_KEY_LITERAL", path: "tunnel1.preSharedKey" });
    expect(error.message).not.toContain("written-down");
  });

  it("passes a reference on, and has Terraform check its form", () => {
    const connection = synthesize((stack) => {
      const variable = new TerraformVariable(stack, "key", { type: "string", sensitive: true });
      build({ tunnel2: { preSharedKey: PreSharedKey.token(variable.stringValue) } }, stack);
    }).one("aws_vpn_connection");
    expect(connection["tunnel2_preshared_key"]).toBe("${var.key}");
    expect(connection).not.toHaveProperty("tunnel1_preshared_key");
    expect(connection["lifecycle"]).toMatchObject({
      precondition: [{ condition: '${can(regex("^[A-Za-z1-9._][A-Za-z0-9._]{7,63}$", var.key))}' }],
    });
  });

  it("generates a key for the one tunnel that wants it, in the form that AWS allows", () => {
    const synthesized = synthesize((stack) => build({ tunnel1: { preSharedKey: PreSharedKey.generated() } }, stack));
    expect(synthesized.counts()).toMatchObject({ aws_secretsmanager_secret: 1, aws_secretsmanager_secret_version: 1 });
    expect(synthesized.one("aws_secretsmanager_secret_version")).toMatchObject({
      secret_string: expect.stringMatching(/^k\$\{data\.aws_secretsmanager_random_password\..*\.random_password\}$/),
      lifecycle: { ignore_changes: ["secret_string"] },
    });
    expect(synthesized.one("aws_vpn_connection")["tunnel1_preshared_key"]).toMatch(
      /^\$\{aws_secretsmanager_secret_version\..*\.secret_string\}$/,
    );
  });

  it("hides AWS's keys from Terraform only where no device's file needs them", () => {
    const stored = { preSharedKeyStorage: "SecretsManager" } as const;
    expect(connectionOf(stored)).toMatchObject({ preshared_key_storage: "SecretsManager" });
    expect(thrown(() => build({ ...stored, device: probe })).code).toBe("HYBRID_VPN_KEY_STORAGE");
    const own = { preSharedKey: PreSharedKey.generated() };
    build({ ...stored, device: probe, tunnel1: own, tunnel2: own });
  });
});

describe("SiteToSiteVpn device", () => {
  it("renders the device's files into one sensitive output, with tokens for addresses and keys", () => {
    const synthesized = synthesize((stack) => build({ device: probe }, stack));
    const [output] = synthesized.outputs();
    expect(output).toMatchObject({ sensitive: true });
    const text = (output?.["value"] as Record<string, string>)["spec.json"];
    expect(text).toContain(".tunnel1_address}");
    expect(text).toContain(".tunnel2_preshared_key}");
  });

  it("gives the device what AWS's side has", () => {
    const vpn = build({ routing: "bgp", gateway: transit, localNetworkCidr: "192.168.0.0/16", firstRank: 2 });
    const { spec } = vpn;
    expect(spec.trafficSelectors).toEqual({ onPremises: "192.168.0.0/16", aws: "0.0.0.0/0" });
    expect(spec.tunnels.map(({ number, rank }) => [number, rank])).toEqual([
      [1, 2],
      [2, 3],
    ]);
    for (const tunnel of spec.tunnels) {
      expect(isUnresolved(tunnel.outsideAddress)).toBe(true);
      expect(isUnresolved(tunnel.preSharedKey)).toBe(true);
      const [first] = tunnel.inside.cidr.split("/");
      expect(tunnel.inside.aws).not.toBe(first);
    }
    const shared = { loadSharing: true, gateway: transit, routing: "bgp" } as const;
    expect(build(shared).spec.tunnels.map(({ rank }) => rank)).toEqual([0, 0]);
    expect(thrown(() => build({ ...shared, routing: "static" })).code).toBe("HYBRID_VPN_LOAD_SHARING");
    expect(thrown(() => build({ ...shared, gateway: base.gateway })).code).toBe("HYBRID_VPN_LOAD_SHARING");
  });
});

describe("SiteToSiteVpn logs", () => {
  it("creates an encrypted group, or uses one", () => {
    const created = synthesize((stack) => build({ logs: {} }, stack));
    expect(created.counts()).toMatchObject({ aws_cloudwatch_log_group: 1, aws_kms_key: 1 });
    expect(created.one("aws_cloudwatch_log_group")["kms_key_id"]).toMatch(/aws_kms_key/);
    const log = { cloudwatch_log_options: { log_enabled: true, log_output_format: "json" } };
    expect(created.one("aws_vpn_connection")).toMatchObject({ tunnel1_log_options: log, tunnel2_log_options: log });
    const existing = synthesize((stack) => build({ logs: { logGroupArn: "arn:aws:logs:1" } }, stack));
    expect(existing.counts()).not.toHaveProperty("aws_cloudwatch_log_group");
  });
});

describe("SiteToSiteVpn with version 6 of the provider", () => {
  const added = ["tunnelBandwidth", "vpnConcentratorId"] as const;
  const prototype = VpnConnection.prototype as unknown as Record<string, unknown>;

  afterEach(() => {
    for (const attribute of added) Reflect.deleteProperty(prototype, attribute);
  });

  it("refuses under version 5 what only version 6 has", () => {
    expect(thrown(() => build({ gateway: transit, tunnelBandwidth: "large" })).code).toBe(
      "HYBRID_VPN_PROVIDER_VERSION",
    );
    expect(thrown(() => build({ logs: { bgp: true } }))).toMatchObject({
      code: "HYBRID_VPN_PROVIDER_VERSION",
      path: "logs.bgp",
    });
    const gateway = { kind: "concentrator", vpnConcentratorId: "vcn-1", amazonSideAsn: 64_512 } as const;
    expect(thrown(() => build({ gateway, routing: "bgp" })).code).toBe("HYBRID_VPN_PROVIDER_VERSION");
  });

  it("writes it through overrides where the provider has it", () => {
    for (const attribute of added) prototype[attribute] = "";
    expect(connectionOf({ gateway: transit, tunnelBandwidth: "large" })).toMatchObject({ tunnel_bandwidth: "large" });
    const gateway = { kind: "concentrator", vpnConcentratorId: "vcn-1", amazonSideAsn: 64_512 } as const;
    expect(connectionOf({ gateway, routing: "bgp" })).toMatchObject({ vpn_concentrator_id: "vcn-1" });
    expect(thrown(() => build({ gateway })).code).toBe("HYBRID_VPN_TRANSIT_ROUTE_TABLE");
    const routed = { gateway, routing: "bgp", routeTables: { main: "rtb-1" } } as const;
    expect(thrown(() => build(routed)).code).toBe("HYBRID_VPN_ROUTE_TABLES");
  });
});

describe("SiteToSiteVpn on its own", () => {
  it("stops the synthesis where two owners use the same addresses", () => {
    const stack = emptyStack();
    build({ awsNetworks: ["192.168.4.0/24"] }, stack);
    expect(() => Testing.synth(stack, true)).toThrow(
      /192\.168\.4\.0\/24 of the AWS side of stack\/berlin\/gateway lies in/,
    );
  });

  it("stops the synthesis where a VPC would get two virtual private gateways", () => {
    const stack = emptyStack();
    build({}, stack);
    new SiteToSiteVpn(stack, "munich", {
      ...base,
      onPremisesNetworks: ["172.16.0.0/16"],
      awsNetworks: ["10.1.0.0/16"],
    });
    expect(() => Testing.synth(stack, true)).toThrow(/vpn-gateways-per-vpc/);
  });

  it("shares a gateway between connections", () => {
    const synthesized = synthesize((stack) => {
      const gateway = new AwsGateway(stack, "gateway", { kind: "vpn", vpcId: "vpc-1" });
      build({ gateway }, stack);
      new SiteToSiteVpn(stack, "munich", { ...base, gateway, onPremisesNetworks: ["172.16.0.0/16"] });
    });
    expect(synthesized.counts()).toMatchObject({ aws_vpn_gateway: 1, aws_vpn_connection: 2 });
  });

  it("annotates weak cryptography once", () => {
    const stack = emptyStack();
    build({ tunnels: { ikeVersions: ["ikev1", "ikev2"] } }, stack);
    Testing.synth(stack, true);
    Testing.synth(stack, true);
    const warnings = stack.node.metadata.filter(({ data }) => String(data).startsWith("vpn-ikev1"));
    expect(warnings).toHaveLength(2);
    expect(Annotations.of(stack)).toBeDefined();
  });
});
