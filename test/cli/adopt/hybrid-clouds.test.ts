import { describe, expect, it } from "@jest/globals";
import {
  account,
  adopted,
  connection,
  customerGateway,
  id,
  leftOut,
  routeTable,
  tags,
  tuned,
  vpnGateway,
  vpc,
  type Json,
} from "./fixture";

/** The props of the one VPN that is adopted. */
function propsOf(over: Json = {}, options = {}) {
  const { hybridClouds, left } = adopted(over, options);
  expect(left).toEqual([]);
  expect(Object.keys(hybridClouds)).toEqual(["shop"]);
  return hybridClouds["shop"]!;
}

const AES = ["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"];
const SHA = ["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"];

describe("a connection on which nothing was chosen", () => {
  const { props, resources, changes } = propsOf();

  it("is a site with AWS's defaults, which are not this library's", () => {
    expect(props).toEqual({
      vpc: { vpcId: id("vpc", 1), cidrs: ["10.20.0.0/16"], routeTables: { app: id("rtb", 1) }, name: "shop" },
      gateway: { kind: "vpn" },
      sites: [
        {
          name: "office",
          networks: ["192.168.0.0/20"],
          tunnels: {
            ikeVersions: ["ikev1", "ikev2"],
            phase1: {
              encryptionAlgorithms: AES,
              integrityAlgorithms: SHA,
              dhGroups: [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
            },
            phase2: {
              encryptionAlgorithms: AES,
              integrityAlgorithms: SHA,
              dhGroups: [2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
            },
          },
          devices: [
            {
              customerGateway: { ipAddress: "198.51.100.1", asn: 65010 },
              tunnel1: { insideCidr: "169.254.11.0/30" },
              tunnel2: { insideCidr: "169.254.11.4/30" },
            },
          ],
        },
      ],
    });
  });

  it("is imported with its gateways, and keeps its tags", () => {
    expect(Object.keys(resources)).toEqual([
      "gateway/vpn-gateway",
      "sites/office/device-1/connection",
      "sites/office/device-1/customer-gateway",
    ]);
    expect(resources["gateway/vpn-gateway"]).toEqual({ id: id("vgw", 1), tags: { Name: "edge" } });
    expect(resources["sites/office/device-1/customer-gateway"]).toEqual({ id: id("cgw", 1) });
    const { unset = {}, ...own } = resources["sites/office/device-1/connection"]!;
    expect(own).toEqual({ id: id("vpn", 1), tags: { Name: "office" } });
    // All options of both tunnels but the inside addresses: none is printed, so none is set.
    expect(Object.keys(unset)).toHaveLength(30);
    expect(unset).toMatchObject({ tunnel1_phase2_lifetime_seconds: 3600, tunnel2_ike_versions: ["ikev1", "ikev2"] });
  });

  it("says what is left for Terraform", () => {
    expect(changes).toEqual([
      expect.stringContaining("tags"),
      expect.stringContaining("static routes of 1 connection are created"),
      expect.stringContaining("the propagation of app, which is there, is created"),
    ]);
  });
});

describe("options that somebody has chosen", () => {
  it("are in the props, and set", () => {
    const chosen = {
      IkeVersions: [{ Value: "ikev2" }],
      Phase1EncryptionAlgorithms: [{ Value: "AES256" }],
      Phase1DHGroupNumbers: [{ Value: 20 }, { Value: 14 }],
      Phase2LifetimeSeconds: 1800,
      RekeyFuzzPercentage: 0,
      DpdTimeoutAction: "restart",
      DpdTimeoutSeconds: 45,
      StartupAction: "start",
      EnableTunnelLifecycleControl: true,
    };
    const { props, resources } = propsOf({ VpnConnections: [tuned(1, chosen)] });
    expect(props.sites[0]).toMatchObject({
      tunnels: {
        ikeVersions: ["ikev2"],
        phase1: {
          encryptionAlgorithms: ["AES256"],
          integrityAlgorithms: SHA,
          dhGroups: [20, 14],
          lifetimeSeconds: 28800,
        },
        phase2: { lifetimeSeconds: 1800 },
        rekeyMarginSeconds: 540,
        rekeyFuzzPercent: 0,
        dpdTimeoutSeconds: 45,
        dpdTimeoutAction: "restart",
        startupAction: "start",
        lifecycleControl: true,
      },
    });
    const unset = Object.keys(resources["sites/office/device-1/connection"]?.unset ?? {});
    expect(unset.filter((each) => each.startsWith("tunnel1_")).sort()).toEqual([
      "tunnel1_phase1_integrity_algorithms",
      "tunnel1_phase1_lifetime_seconds",
      "tunnel1_phase2_dh_group_numbers",
      "tunnel1_phase2_encryption_algorithms",
      "tunnel1_phase2_integrity_algorithms",
      "tunnel1_rekey_margin_time_seconds",
      "tunnel1_replay_window_size",
    ]);
  });

  it("of the connection are the site's", () => {
    const LogOptions = {
      CloudWatchLogOptions: {
        LogEnabled: true,
        LogGroupArn: "arn:aws:logs:eu-central-1:111122223333:log-group:vpn",
        LogOutputFormat: "text",
      },
    };
    const [site] = propsOf({ VpnConnections: [tuned(1, { LogOptions })] }).props.sites;
    const logs = { logGroupArn: "arn:aws:logs:eu-central-1:111122223333:log-group:vpn", format: "text" };
    expect(site).toMatchObject({ logs });
    const selected = connection(1, { LocalIpv4NetworkCidr: "192.168.0.0/16", RemoteIpv4NetworkCidr: "10.20.0.0/16" });
    expect(propsOf({ VpnConnections: [selected] }).props.sites[0]).toMatchObject({
      localNetworkCidr: "192.168.0.0/16",
      remoteNetworkCidr: "10.20.0.0/16",
    });
  });

  it("of the gateways are theirs", () => {
    const { props } = propsOf({
      VpnGateways: [vpnGateway({ AmazonSideAsn: 64600, AvailabilityZone: "eu-central-1a" })],
      CustomerGateways: [
        customerGateway(1, {
          BgpAsn: undefined,
          BgpAsnExtended: "4200000000",
          DeviceName: "edge ${x}",
          CertificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1-2",
        }),
      ],
    });
    expect(props.gateway).toEqual({ kind: "vpn", amazonSideAsn: 64600, availabilityZone: "eu-central-1a" });
    expect(props.sites[0]).toMatchObject({
      devices: [
        {
          customerGateway: {
            asn: 4_200_000_000,
            certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1-2",
            // The construct hands it to Terraform as a template.
            deviceName: 'edge ${"$"}{x}',
          },
        },
      ],
    });
  });
});

describe("several connections", () => {
  const CustomerGateways = [customerGateway(1), customerGateway(2), customerGateway(3)];
  const elsewhere = { Routes: [{ DestinationCidrBlock: "172.20.0.0/16", State: "available" }], Tags: [] };

  it("to the same networks are the devices of one site, and others are others", () => {
    const VpnConnections = [connection(1), connection(2), connection(3, {}, elsewhere)];
    const { props, resources } = propsOf({ VpnConnections, CustomerGateways });
    expect(props.sites.map(({ name, networks, devices }) => [name, networks, (devices as unknown[]).length])).toEqual([
      ["office", ["192.168.0.0/20"], 2],
      [id("vpn", 3), ["172.20.0.0/16"], 1],
    ]);
    expect(resources["sites/office/device-2/connection"]).toMatchObject({ id: id("vpn", 2) });
  });

  it("keep what is common to the site's tunnels in one place", () => {
    const VpnConnections = [connection(1), tuned(2, { StartupAction: "start", IkeVersions: [{ Value: "ikev2" }] })];
    const [site] = propsOf({ VpnConnections, CustomerGateways }).props.sites;
    expect(site?.["tunnels"]).not.toHaveProperty("ikeVersions");
    expect(site).toMatchObject({
      tunnels: { phase1: { encryptionAlgorithms: AES } },
      devices: [
        { tunnel1: { ikeVersions: ["ikev1", "ikev2"], startupAction: "add" } },
        { tunnel2: { ikeVersions: ["ikev2"], startupAction: "start" } },
      ],
    });
  });

  it("of one customer gateway take it as existing, because no device owns it", () => {
    const shared = { CustomerGatewayId: id("cgw", 1) };
    const { props, resources } = propsOf({ VpnConnections: [connection(1), connection(2, {}, shared)] });
    const customer = { customerGatewayId: id("cgw", 1), ipAddress: "198.51.100.1", asn: 65010 };
    expect(props.sites[0]).toMatchObject({ devices: [{ customerGateway: customer }, { customerGateway: customer }] });
    expect(Object.keys(resources).filter((each) => each.endsWith("customer-gateway"))).toEqual([]);
  });

  it("of which a site cannot have all are left out, each by its id", () => {
    const VpnConnections = [
      connection(1),
      connection(2),
      connection(3),
      connection(4, { LocalIpv4NetworkCidr: "192.168.0.0/16" }),
    ];
    const all = adopted({ VpnConnections, CustomerGateways: [...CustomerGateways, customerGateway(4)] });
    expect(leftOut(all, id("vpn", 3))).toEqual({
      code: "ADOPT_VPN_SITE",
      reason: expect.stringContaining("two devices"),
    });
    expect(leftOut(all, id("vpn", 4))).toEqual({
      code: "ADOPT_VPN_SITE",
      reason: expect.stringContaining("with other options"),
    });
    expect(all.hybridClouds["shop"]?.props.sites).toHaveLength(1);
  });
});

describe("BGP", () => {
  const bgp = connection(1, { StaticRoutesOnly: false }, { Routes: [] });
  const learned = {
    DestinationCidrBlock: "192.168.0.0/20",
    GatewayId: id("vgw", 1),
    Origin: "EnableVgwRoutePropagation",
    State: "active",
  };

  it("brings the networks that the route tables have learned", () => {
    const RouteTables = [routeTable(1, { Routes: [learned], PropagatingVgws: [{ GatewayId: id("vgw", 1) }] })];
    const { props, changes } = propsOf({ VpnConnections: [bgp], RouteTables });
    expect(props.sites[0]).toMatchObject({ routing: "bgp", networks: ["192.168.0.0/20"] });
    expect(changes.join()).not.toContain("static routes");
  });

  it("brings networks that nobody can know, which are named then", () => {
    const unknown = adopted({ VpnConnections: [bgp] });
    expect(unknown.hybridClouds).toEqual({});
    expect(unknown.left).toEqual([
      {
        code: "ADOPT_VPN_NETWORKS",
        id: id("vpn", 1),
        reason: expect.stringContaining("BGP brings the networks"),
        fix: `name them: --networks ${id("vpn", 1)}=192.168.0.0/16,…`,
      },
    ]);
    const networks = { [id("vpn", 1)]: ["192.168.0.0/16"] };
    expect(propsOf({ VpnConnections: [bgp] }, { networks }).props.sites[0]).toMatchObject({
      networks: ["192.168.0.0/16"],
    });
  });

  it("refuses networks of a connection that is not there, and blocks that are none", () => {
    expect(() => adopted({}, { networks: { [id("vpn", 7)]: ["192.168.0.0/16"] } })).toThrow("[ADOPT_NETWORKS]");
    expect(() => adopted({}, { networks: { [id("vpn", 1)]: ["192.168.0.1/16"] } })).toThrow("[CIDR_HOST_BITS]");
  });

  it("needs a gateway whose number the construct takes", () => {
    const networks = { [id("vpn", 1)]: ["192.168.0.0/16"] };
    const old = adopted({ VpnConnections: [bgp], VpnGateways: [vpnGateway({ AmazonSideAsn: 9059 })] }, { networks });
    expect(leftOut(old, id("vpn", 1))).toEqual({
      code: "ADOPT_VPN_GATEWAY",
      reason: expect.stringContaining("its amazonSideAsn is 9059"),
    });
    // With static routes the number means nothing: the gateway stays as it is, by its id.
    const { props, resources } = propsOf({ VpnGateways: [vpnGateway({ AmazonSideAsn: 9059 })] });
    expect(props.gateway).toEqual({ kind: "vpn", vpnGatewayId: id("vgw", 1) });
    expect(resources).not.toHaveProperty("gateway/vpn-gateway");
  });
});

describe("a transit gateway", () => {
  const TransitGateways = [
    { TransitGatewayId: id("tgw", 1), State: "available", OwnerId: "111122223333", Options: { AmazonSideAsn: 64700 } },
  ];
  const through = { VpnGatewayId: undefined, TransitGatewayId: id("tgw", 1) };
  const networks = { [id("vpn", 1)]: ["192.168.0.0/16"] };
  const bgp = connection(1, { StaticRoutesOnly: false }, { ...through, Routes: [] });

  it("stays as it is, and the routes to it are imported in the stage that has them", () => {
    const route = { DestinationCidrBlock: "192.168.0.0/16", TransitGatewayId: id("tgw", 1), State: "active" };
    const over = {
      VpnConnections: [bgp],
      VpnGateways: [],
      TransitGateways,
      RouteTables: [routeTable(1, { Routes: [route] })],
    };
    const { props, resources } = propsOf(over, { networks });
    expect(props.gateway).toEqual({ kind: "transit", transitGatewayId: id("tgw", 1), amazonSideAsn: 64700 });
    expect(resources["routes/app-192-168-0-0-16"]).toEqual({
      id: `${id("rtb", 1)}_192.168.0.0/16`,
      optional: true,
    });
  });

  it.each([
    ["is in no file", { TransitGateways: [] }, "ADOPT_VPN_GATEWAY"],
    [
      "is for one of several VPCs",
      { TransitGateways, Vpcs: [vpc(), vpc({ VpcId: id("vpc", 2) })] },
      "ADOPT_VPN_GATEWAY",
    ],
    [
      "has static routes, which are in its own table",
      { TransitGateways, VpnConnections: [connection(1, {}, through)] },
      "ADOPT_VPN_STATIC_TRANSIT",
    ],
  ])("that %s is left out", (_what, over, code) => {
    const all = adopted({ VpnConnections: [bgp], ...over }, { networks });
    expect(leftOut(all, id("vpn", 1))?.code).toBe(code);
  });
});

describe("a connection that no construct can have as it is", () => {
  it.each<[string, Json, string, RegExp]>([
    [
      "deleted",
      { VpnConnections: [connection(1, {}, { State: "deleted" })] },
      "ADOPT_VPN_STATE",
      /its state is deleted/,
    ],
    ["being deleted", { VpnConnections: [connection(1, {}, { State: "deleting" })] }, "ADOPT_VPN_STATE", /deleting/],
    ["being made", { VpnConnections: [connection(1, {}, { State: "pending" })] }, "ADOPT_VPN_STATE", /pending/],
    [
      "in a state of nobody's",
      { VpnConnections: [connection(1, {}, { State: "x y\u001b" })] },
      "ADOPT_VPN_STATE",
      /none that is known/,
    ],
    [
      "of a CloudFormation stack",
      { VpnConnections: [connection(1, {}, { Tags: tags({ "aws:cloudformation:stack-name": "edge" }) })] },
      "ADOPT_VPN_OWNED",
      /CloudFormation/,
    ],
    ["without its customer gateway", { CustomerGateways: [] }, "ADOPT_VPN_CUSTOMER_GATEWAY", /is in no file/],
    [
      "whose customer gateway is deleted",
      { CustomerGateways: [customerGateway(1, { State: "deleted" })] },
      "ADOPT_VPN_CUSTOMER_GATEWAY",
      /not available/,
    ],
    ["without its gateway", { VpnGateways: [] }, "ADOPT_VPN_GATEWAY", /is in no file/],
    [
      "of a gateway that is detached",
      { VpnGateways: [vpnGateway({ VpcAttachments: [] })] },
      "ADOPT_VPN_GATEWAY",
      /not attached/,
    ],
    [
      "of Cloud WAN",
      { VpnConnections: [connection(1, {}, { VpnGatewayId: undefined })] },
      "ADOPT_VPN_GATEWAY",
      /neither/,
    ],
    ["without its VPC", { Vpcs: [] }, "ADOPT_VPN_GATEWAY", /its VPC .* is in no file/],
    ["without route tables", { RouteTables: [], Subnets: [] }, "ADOPT_VPN_GATEWAY", /no file has a route table/],
    [
      "without a static route",
      { VpnConnections: [connection(1, {}, { Routes: [] })] },
      "ADOPT_VPN_NETWORKS",
      /no static route/,
    ],
    [
      "without options",
      { VpnConnections: [connection(1, {}, { Options: undefined })] },
      "ADOPT_VPN_OPTION",
      /no options/,
    ],
    [
      "without inside addresses",
      { VpnConnections: [tuned(1, { TunnelInsideCidr: undefined })] },
      "ADOPT_VPN_OPTION",
      /no inside addresses/,
    ],
    [
      "with an algorithm that is not known",
      { VpnConnections: [tuned(1, { Phase1EncryptionAlgorithms: [{ Value: "3DES" }] })] },
      "ADOPT_VPN_OPTION",
      /its tunnel1\.phase1\.encryptionAlgorithms is .*3DES/,
    ],
    [
      "with a margin beyond the lifetime",
      { VpnConnections: [tuned(1, { Phase2LifetimeSeconds: 900 })] },
      "ADOPT_VPN_OPTION",
      /rekeyMarginSeconds is 540/,
    ],
    [
      "with logs of one tunnel",
      {
        VpnConnections: [
          connection(1, {
            TunnelOptions: [
              {
                TunnelInsideCidr: "169.254.11.0/30",
                LogOptions: { CloudWatchLogOptions: { LogEnabled: true, LogGroupArn: "arn:aws:logs:x" } },
              },
              { TunnelInsideCidr: "169.254.11.4/30" },
            ],
          }),
        ],
      },
      "ADOPT_VPN_OPTION",
      /logged in two ways/,
    ],
    [
      "of a number of Amazon's",
      { CustomerGateways: [customerGateway(1, { BgpAsn: "7224" })] },
      "ADOPT_VPN_OPTION",
      /7224/,
    ],
    ["of another type", { VpnConnections: [connection(1, {}, { Type: "ipsec.2" })] }, "ADOPT_VPN_OPTION", /ipsec\.1/],
  ])("%s is left out, with the reason", (_what, over, code, reason) => {
    const all = adopted(over);
    expect(all.hybridClouds).toEqual({});
    expect(leftOut(all, id("vpn", 1))).toEqual({ code, reason: expect.stringMatching(reason) });
  });
});

it("leaves the gateway of a CloudFormation stack to it, and takes its connections", () => {
  const VpnGateways = [vpnGateway({ Tags: tags({ "aws:cloudformation:stack-name": "edge" }) })];
  expect(adopted({ VpnGateways }).hybridClouds["shop"]?.props.gateway).toEqual({
    kind: "vpn",
    vpnGatewayId: id("vgw", 1),
    amazonSideAsn: 64512,
  });
});

it("leads to the gateway from all route tables where none does today, and says so", () => {
  const RouteTables = (account()["RouteTables"] as Json[]).map((each) => ({ ...each, PropagatingVgws: [] }));
  const { props, changes } = propsOf({ RouteTables });
  expect(props.vpc["routeTables"]).toEqual({ app: id("rtb", 1), main: id("rtb", 2) });
  expect(changes.join()).toContain("app and main begin to propagate");
});
