import { describe, expect, it } from "@jest/globals";
import { juniperSrx, type JuniperSrxOptions } from "../../../../../lib/patterns/infrastructure/hybrid-cloud/device";
import type { VpnSpec } from "../../../../../lib/patterns/infrastructure/hybrid-cloud/vpn-spec";
import { bgp, connection, key2, outside2, phase, refusal, tunnel1, tunnel2 } from "./fixture";

function commands(change: Partial<VpnSpec> = {}, options: Partial<JuniperSrxOptions> = {}): string[] {
  const device = juniperSrx({ outsideInterface: "ge-0/0/0.0", ...options });
  return (device.render(connection(change))["srx.set"] ?? "").split("\n");
}

describe("Juniper SRX", () => {
  const lines = commands();

  it("is set commands and comments only", () => {
    for (const line of lines) expect(line).toMatch(/^(set |# |$)/);
  });

  it("leaves the pseudorandom function of AEAD to Junos", () => {
    expect(lines).toContain("set security ike proposal berlin-t1-1 encryption-algorithm aes-256-gcm");
    expect(lines).toContain("set security ike proposal berlin-t1-1 dh-group group20");
    expect(lines).toContain("set security ike proposal berlin-t1-1 lifetime-seconds 28800");
    expect(lines.filter((line) => line.includes("authentication-algorithm"))).toEqual([]);
  });

  it("needs AWS to accept the pseudorandom function that Junos takes with AEAD", () => {
    const without = { phase1: phase(["AES256-GCM-16"], ["SHA2-256"], [20], 28800) } as const;
    const { code, message } = refusal(() => commands({ tunnels: [tunnel1(), tunnel2(without)] }));
    expect(code).toBe("HYBRID_VPN_DEVICE_INTEGRITY");
    expect(message).toContain("tunnels[1].phase1.integrityAlgorithms");
    expect(message).toContain("SHA2-384 with AES256-GCM-16");
    const other = { phase1: phase(["AES256-GCM-16", "AES256"], ["SHA2-256"], [20], 28800) } as const;
    const written = commands({ tunnels: [tunnel1(other)] });
    expect(written).toContain("set security ike proposal berlin-t1-1 encryption-algorithm aes-256-cbc");
  });

  it("makes one proposal for each combination, the best four", () => {
    const many = phase(["AES256"], ["SHA2-512", "SHA2-256"], [21, 14, 2], 28800);
    const written = commands({ tunnels: [tunnel1({ phase1: many, phase2: many })] });
    expect(written.filter((line) => line.startsWith("set security ike policy berlin-t1 proposals"))).toHaveLength(4);
    expect(written).toContain("set security ike proposal berlin-t1-1 authentication-algorithm sha-512");
    expect(written).toContain("set security ike proposal berlin-t1-4 authentication-algorithm sha-256");
    expect(written).toContain("set security ipsec proposal berlin-t1-1 authentication-algorithm hmac-sha-512");
    expect(written).toContain("set security ipsec proposal berlin-t1-2 authentication-algorithm hmac-sha-256-128");
    expect(written).toContain("set security ipsec policy berlin-t1 perfect-forward-secrecy keys group21");
  });

  it("keeps each tunnel's key and gateway apart", () => {
    expect(lines).toContain(`set security ike policy berlin-t2 pre-shared-key ascii-text "${key2}"`);
    expect(lines).toContain(`set security ike gateway berlin-t2 address ${outside2}`);
    expect(lines).toContain("set security ike gateway berlin-t2 version v2-only");
    expect(lines).toContain("set security ike gateway berlin-t2 local-identity inet 198.51.100.10");
    expect(lines).toContain("set security ike gateway berlin-t2 external-interface ge-0/0/0.0");
  });

  it("honours what one tunnel alone has", () => {
    const written = commands({
      tunnels: [tunnel1(), tunnel2({ dpdTimeoutSeconds: 120, replayWindowPackets: 256, startupAction: "start" })],
    });
    expect(written).toContain("set security ike gateway berlin-t1 dead-peer-detection interval 10");
    expect(written).toContain("set security ike gateway berlin-t2 dead-peer-detection interval 40");
    expect(written).toContain("set security ipsec vpn berlin-t1 ike anti-replay-window-size 1024");
    expect(written).toContain("set security ipsec vpn berlin-t2 ike anti-replay-window-size 256");
    expect(written).toContain("set security ipsec vpn berlin-t1 establish-tunnels immediately");
    expect(written).toContain("set security ipsec vpn berlin-t2 establish-tunnels responder-only");
  });

  it("makes st0 units with the packet size that AWS advises", () => {
    expect(lines).toContain("set interfaces st0 unit 2 family inet address 169.254.11.2/30");
    expect(lines).toContain("set interfaces st0 unit 2 family inet mtu 1436");
    expect(lines).toContain("set security flow tcp-mss ipsec-vpn mss 1387");
    const small = { phase2: phase(["AES256"], ["SHA2-512"], [14], 3600) } as const;
    expect(commands({ tunnels: [tunnel1(), tunnel2(small)] })).toContain(
      "set security flow tcp-mss ipsec-vpn mss 1366",
    );
  });

  it("uses the zones and units asked for", () => {
    const written = commands({ routing: bgp }, { outsideZone: "internet", tunnelZone: "aws", firstUnit: 7 });
    expect(written).toContain("set security zones security-zone aws interfaces st0.8");
    expect(written).toContain(
      "set security zones security-zone internet interfaces ge-0/0/0.0 host-inbound-traffic system-services ike",
    );
    expect(written).toContain("set security zones security-zone aws host-inbound-traffic protocols bgp");
  });

  it("routes statically, the lower rank first", () => {
    expect(lines).toContain("set routing-options static route 10.0.0.0/16 qualified-next-hop st0.1 preference 10");
    expect(lines).toContain("set routing-options static route 10.0.0.0/16 qualified-next-hop st0.2 preference 13");
  });

  it("speaks BGP with the declared networks and the ranks", () => {
    const written = commands({ routing: bgp });
    expect(written).toContain("set routing-options autonomous-system 65010");
    expect(written).toContain("set protocols bgp group berlin neighbor 169.254.10.1 peer-as 64512");
    expect(written).toContain("set protocols bgp group berlin neighbor 169.254.10.1 hold-time 30");
    expect(written).toContain(
      "set policy-options policy-statement berlin-t1-in term declared from route-filter 10.0.0.0/16 exact",
    );
    expect(written).toContain(
      "set policy-options policy-statement berlin-t1-in term declared then local-preference 200",
    );
    expect(written).toContain("set policy-options policy-statement berlin-t2-out term declared then metric 200");
    expect(written).toContain(
      'set policy-options policy-statement berlin-t2-out term declared then as-path-prepend "65010"',
    );
    expect(written).toContain("set policy-options policy-statement berlin-t1-out term rest then reject");
    expect(written).not.toContain("set protocols bgp group berlin multipath");
  });

  it("shares the traffic of equal ranks", () => {
    const written = commands({ routing: bgp, tunnels: [tunnel1(), tunnel2({ rank: 0 })] });
    expect(written).toContain("set protocols bgp group berlin multipath");
    expect(written).toContain("set routing-options forwarding-table export berlin-ecmp");
  });

  it("accepts nothing where nothing is declared", () => {
    const written = commands({ routing: bgp, awsNetworks: [] });
    expect(written.filter((line) => line.includes("policy-statement berlin-t1-in"))).toEqual([
      "set policy-options policy-statement berlin-t1-in term rest then reject",
    ]);
  });

  it("refuses a name whose proposals Junos could not name", () => {
    expect(commands({ name: "a".repeat(26) })).toContainEqual(expect.stringContaining(`${"a".repeat(26)}-t2-1 `));
    const { code, message } = refusal(() => commands({ name: "a".repeat(27) }));
    expect(code).toBe("HYBRID_VPN_DEVICE_NAME");
    expect(message).toContain("at most 26 characters on Juniper SRX");
  });
});
