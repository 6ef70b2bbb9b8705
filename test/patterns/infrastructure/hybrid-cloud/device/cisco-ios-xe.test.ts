import { describe, expect, it } from "@jest/globals";
import { ciscoIosXe } from "../../../../../lib/patterns/infrastructure/hybrid-cloud/device";
import type { VpnSpec } from "../../../../../lib/patterns/infrastructure/hybrid-cloud/vpn-spec";
import { bgp, connection, key2, linesBetween, outside2, phase, refusal, tunnel1, tunnel2 } from "./fixture";

function configuration(change: Partial<VpnSpec> = {}, firstTunnelInterface?: number): string {
  const device = ciscoIosXe({
    outsideInterface: "GigabitEthernet1",
    ...(firstTunnelInterface === undefined ? {} : { firstTunnelInterface }),
  });
  return device.render(connection(change))["ios-xe.cfg"] ?? "";
}

describe("Cisco IOS XE", () => {
  const text = configuration();

  it("names a pseudorandom function with AEAD, and integrity without", () => {
    expect(linesBetween(text, "crypto ikev2 proposal berlin-t1-1", "!")).toEqual([
      "crypto ikev2 proposal berlin-t1-1",
      "encryption aes-gcm-256",
      "prf sha384",
      "group 20",
    ]);
    const mixed = phase(["AES128", "AES256", "AES256-GCM-16"], ["SHA2-256", "SHA1"], [14, 2], 28800);
    const both = configuration({ tunnels: [tunnel1({ phase1: mixed }), tunnel2()] });
    expect(linesBetween(both, "crypto ikev2 proposal berlin-t1-1", "!")).toEqual([
      "crypto ikev2 proposal berlin-t1-1",
      "encryption aes-cbc-128 aes-cbc-256",
      "integrity sha256 sha1",
      "group 14 2",
    ]);
    expect(linesBetween(both, "crypto ikev2 proposal berlin-t1-2", "!")).toContain("prf sha256 sha1");
  });

  it("has one policy with the proposals of both tunnels, because they share the local address", () => {
    expect(linesBetween(text, "crypto ikev2 policy berlin", "!")).toEqual([
      "crypto ikev2 policy berlin",
      "match address local 198.51.100.10",
      "proposal berlin-t1-1",
      "proposal berlin-t2-1",
    ]);
  });

  it("keeps each tunnel's key and profile apart", () => {
    expect(linesBetween(text, "crypto ikev2 keyring berlin-t2", "!")).toEqual([
      "crypto ikev2 keyring berlin-t2",
      "peer berlin-t2",
      `address ${outside2}`,
      `pre-shared-key ${key2}`,
    ]);
    expect(linesBetween(text, "crypto ikev2 profile berlin-t2", "!")).toEqual(
      expect.arrayContaining([
        `match identity remote address ${outside2} 255.255.255.255`,
        "identity local address 198.51.100.10",
        "keyring local berlin-t2",
        "lifetime 28800",
        "dpd 10 4 periodic",
      ]),
    );
  });

  it("has one transform set for each combination, and one group for perfect forward secrecy", () => {
    const phase2 = phase(["AES256-GCM-16", "AES128"], ["SHA2-256", "SHA2-512"], [18, 19, 14], 1800);
    const lines = configuration({ tunnels: [tunnel1({ phase2 }), tunnel2()] });
    expect(lines).toContain("crypto ipsec transform-set berlin-t1-1 esp-gcm 256\n");
    expect(lines).toContain("crypto ipsec transform-set berlin-t1-2 esp-aes esp-sha256-hmac\n");
    expect(lines).toContain("crypto ipsec transform-set berlin-t1-3 esp-aes esp-sha512-hmac\n");
    expect(linesBetween(lines, "crypto ipsec profile berlin-t1", "!")).toEqual(
      expect.arrayContaining([
        "set transform-set berlin-t1-1 berlin-t1-2 berlin-t1-3",
        "set pfs group19",
        "set security-association lifetime seconds 1800",
      ]),
    );
  });

  it("takes at most six transform sets", () => {
    const phase2 = phase(["AES128", "AES256"], ["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"], [14], 3600);
    const lines = configuration({ tunnels: [tunnel1({ phase2 })] });
    expect(lines.match(/^crypto ipsec transform-set/gm)).toHaveLength(6);
  });

  it("makes a tunnel interface with the packet size that AWS advises", () => {
    expect(linesBetween(text, "interface Tunnel2", "!")).toEqual(
      expect.arrayContaining([
        "ip address 169.254.11.2 255.255.255.252",
        "ip mtu 1436",
        "ip tcp adjust-mss 1387",
        "tunnel source GigabitEthernet1",
        `tunnel destination ${outside2}`,
        "tunnel mode ipsec ipv4",
        "tunnel protection ipsec profile berlin-t2",
      ]),
    );
    expect(configuration({}, 100)).toContain("interface Tunnel101");
  });

  it("rounds the replay window up, and refuses what is beyond it", () => {
    const window = (replayWindowPackets: number): string =>
      configuration({ tunnels: [tunnel1({ replayWindowPackets }), tunnel2()] });
    expect(window(64)).toContain("replay window-size 64\n");
    expect(window(65)).toContain("replay window-size 128\n");
    expect(window(1024)).toContain("replay window-size 1024\n");
    const { code, message } = refusal(() => window(1025));
    expect(code).toBe("HYBRID_VPN_DEVICE_REPLAY_WINDOW");
    expect(message).toContain("tunnels[0].replayWindowPackets");
    expect(message).toContain("up to 1024 packets on Cisco IOS XE");
  });

  it("waits where AWS starts, on that tunnel alone", () => {
    const lines = configuration({ tunnels: [tunnel1(), tunnel2({ startupAction: "start" })] });
    expect(linesBetween(lines, "crypto ipsec profile berlin-t1", "!")).not.toContain("responder-only");
    expect(linesBetween(lines, "crypto ipsec profile berlin-t2", "!")).toContain("responder-only");
  });

  it("routes statically, the lower rank first", () => {
    expect(text).toContain("ip route 10.0.0.0 255.255.0.0 Tunnel1 10\n");
    expect(text).toContain("ip route 10.0.0.0 255.255.0.0 Tunnel2 13\n");
    expect(text).not.toContain("router bgp");
  });

  it("speaks BGP with the declared networks and the ranks", () => {
    const lines = configuration({ routing: bgp });
    expect(lines).toContain("router bgp 65010");
    expect(lines).toContain("neighbor 169.254.10.1 remote-as 64512");
    expect(lines).toContain("neighbor 169.254.11.1 timers 10 30");
    expect(lines).toContain("network 192.168.10.0 mask 255.255.254.0");
    expect(lines).toContain("ip route 192.168.0.0 255.255.255.0 Null0 254");
    expect(lines).toContain("ip prefix-list berlin-from-aws seq 5 permit 10.0.0.0/16");
    expect(linesBetween(lines, "route-map berlin-to-aws-2", "!")).toEqual(
      expect.arrayContaining(["set metric 200", "set as-path prepend 65010"]),
    );
    expect(lines).toContain("maximum-paths 1");
    expect(lines).not.toMatch(/^ip route 10\./m);
    expect(configuration({ routing: bgp, awsNetworks: [] })).toContain("seq 5 deny 0.0.0.0/0 le 32");
  });
});
