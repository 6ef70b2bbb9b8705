import { describe, expect, it } from "@jest/globals";
import { Cidr } from "../../../../lib/network/cidr";
import {
  hybridDnsTargetUnreachable,
  hybridUnmonitored,
  type HybridSubject,
} from "../../../../lib/patterns/infrastructure/hybrid-cloud/hybrid-rules";
import * as rules from "../../../../lib/patterns/infrastructure/hybrid-cloud/rules";
import {
  resolveTunnel,
  type CommonTunnelOptions,
} from "../../../../lib/patterns/infrastructure/hybrid-cloud/tunnel-options";
import type { VpnTunnelSpec } from "../../../../lib/patterns/infrastructure/hybrid-cloud/vpn-spec";
import type {
  DeclaredConnection,
  VpnTopology,
} from "../../../../lib/patterns/infrastructure/hybrid-cloud/vpn-topology";

function tunnel(number: 1 | 2, options: CommonTunnelOptions = {}): VpnTunnelSpec {
  return {
    ...resolveTunnel({}, options, true, { path: "", construct: "" }),
    number,
    outsideAddress: "203.0.113.1",
    inside: { cidr: "169.254.10.0/30", aws: "169.254.10.1", customer: "169.254.10.2" },
    rank: number - 1,
  };
}

function connection(
  changes: Partial<DeclaredConnection> & { tunnel2?: CommonTunnelOptions; networks?: string[] } = {},
) {
  const { tunnel2, networks, ...rest } = changes;
  return {
    site: "berlin",
    gateway: "vgw-1",
    gatewayKind: "vpn" as const,
    spec: {
      name: "berlin",
      customerGateway: { address: "198.51.100.10" },
      insideIpVersion: "ipv4" as const,
      onPremisesNetworks: networks ?? ["192.168.0.0/16"],
      awsNetworks: ["10.0.0.0/16"],
      trafficSelectors: { onPremises: "0.0.0.0/0", aws: "0.0.0.0/0" },
      routing: { type: "static" as const },
      tunnels: [tunnel(1), tunnel(2, tunnel2)] as const,
    },
    ...rest,
  };
}

function topology(changes: Partial<VpnTopology> = {}): VpnTopology {
  return { addresses: [], connections: [connection()], vpnGateways: [], ...changes };
}

const times = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, i) => make(i));

describe("vpn rules", () => {
  it("find nothing in a sound topology", () => {
    for (const rule of rules.vpnRules) expect(rule(topology())).toEqual([]);
  });

  it("vpn-address-overlap names both owners", () => {
    const entry = (cidr: string, owner: string) => ({ cidr: Cidr.parse(cidr), owner });
    const apart = [entry("10.0.0.0/16", "the VPC"), entry("10.1.0.0/16", "site berlin")];
    expect(rules.vpnAddressOverlap(topology({ addresses: apart }))).toEqual([]);
    const nested = rules.vpnAddressOverlap(
      topology({ addresses: [entry("10.0.4.0/24", "site berlin"), entry("10.0.0.0/16", "the VPC")] }),
    );
    expect(nested).toHaveLength(1);
    expect(nested[0]).toMatchObject({
      severity: "blocker",
      message: "10.0.4.0/24 of site berlin lies in 10.0.0.0/16 of the VPC",
    });
    const equal = rules.vpnAddressOverlap(
      topology({ addresses: [entry("10.0.0.0/16", "site berlin"), entry("10.0.0.0/16", "the VPC")] }),
    );
    expect(equal[0]?.message).toBe("10.0.0.0/16 of the VPC is also 10.0.0.0/16 of site berlin");
  });

  it("vpn-gateways-per-vpc allows one", () => {
    const gateways = (...vpcs: string[]) => vpcs.map((vpc, index) => ({ name: `gateway-${index}`, vpc }));
    expect(rules.vpnGatewaysPerVpc(topology({ vpnGateways: gateways("vpc-1", "vpc-2") }))).toEqual([]);
    expect(rules.vpnGatewaysPerVpc(topology({ vpnGateways: gateways("vpc-1", "vpc-1") }))).toMatchObject([
      { subject: "vpc-1", severity: "blocker", message: "gateway-0 and gateway-1 are attached to one VPC" },
    ]);
  });

  it("vpn-connections-per-gateway allows ten, and any number on a transit gateway", () => {
    const on = (count: number, changes: Partial<DeclaredConnection> = {}) =>
      rules.vpnConnectionsPerGateway(topology({ connections: times(count, () => connection(changes)) }));
    expect(on(10)).toEqual([]);
    expect(on(11)).toMatchObject([{ subject: "vgw-1", severity: "blocker" }]);
    expect(on(11, { gateway: "tgw-1", gatewayKind: "transit" })).toEqual([]);
  });

  it("vpn-routes-per-gateway allows a hundred different ones", () => {
    const networks = (count: number) => times(count, (index) => `172.16.${index}.0/24`);
    const on = (...connections: DeclaredConnection[]) => rules.vpnRoutesPerGateway(topology({ connections }));
    expect(on(connection({ networks: networks(100) }), connection({ networks: networks(100) }))).toEqual([]);
    expect(on(connection({ networks: networks(101) }))).toMatchObject([{ subject: "vgw-1", severity: "blocker" }]);
    expect(
      on(connection({ networks: networks(60) }), connection({ networks: times(41, (i) => `10.9.${i}.0/24`) })),
    ).toHaveLength(1);
  });

  it.each([
    ["vpn-ikev1", rules.vpnIkeV1, { ikeVersions: ["ikev1", "ikev2"] }, "it accepts IKEv1"],
    ["vpn-sha1", rules.vpnSha1, { phase2: { integrityAlgorithms: ["SHA1"] } }, "it accepts SHA-1 in phase 2"],
    [
      "vpn-sha1 twice",
      rules.vpnSha1,
      { phase1: { integrityAlgorithms: ["SHA1"] }, phase2: { integrityAlgorithms: ["SHA1"] } },
      "it accepts SHA-1 in phase 1 and 2",
    ],
    [
      "vpn-weak-dh-group",
      rules.vpnWeakDhGroup,
      { phase1: { dhGroups: [2, 14] }, phase2: { dhGroups: [5, 2] } },
      "it accepts group 2, 5",
    ],
  ] as const)("%s warns about the one tunnel", (_name, rule, options, message) => {
    expect(rule(topology())).toEqual([]);
    const found = rule(topology({ connections: [connection({ tunnel2: options })] }));
    expect(found).toMatchObject([{ subject: "berlin tunnel 2", severity: "warning", message }]);
  });
});

describe("hybrid rules", () => {
  const subject: HybridSubject = {
    name: "hybrid",
    stage: "live",
    hasAlarms: true,
    onPremisesNetworks: ["192.168.0.0/16"],
    forwardedZones: { "corp.example.com": ["192.168.0.53"] },
  };

  it("hybrid-unmonitored is about a live connection without alarms", () => {
    expect(hybridUnmonitored(subject)).toEqual([]);
    expect(hybridUnmonitored({ ...subject, stage: "verify", hasAlarms: false })).toEqual([]);
    expect(hybridUnmonitored({ ...subject, hasAlarms: false })).toMatchObject([{ severity: "warning" }]);
  });

  it("hybrid-dns-target-unreachable is about a resolver in no declared network", () => {
    expect(hybridDnsTargetUnreachable(subject)).toEqual([]);
    const forwardedZones = { "corp.example.com": ["192.168.0.53", "172.16.0.53"] };
    expect(hybridDnsTargetUnreachable({ ...subject, forwardedZones })).toMatchObject([
      {
        subject: "corp.example.com",
        severity: "blocker",
        message: "its resolver 172.16.0.53 is in no network of a site",
      },
    ]);
  });
});
