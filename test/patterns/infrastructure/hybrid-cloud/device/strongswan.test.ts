import { describe, expect, it } from "@jest/globals";
import { strongSwan } from "../../../../../lib/patterns/infrastructure/hybrid-cloud/device";
import type { DhGroup, VpnSpec } from "../../../../../lib/patterns/infrastructure/hybrid-cloud/vpn-spec";
import {
  bgp,
  connection,
  key1,
  key2,
  linesBetween,
  outside1,
  outside2,
  phase,
  token,
  tunnel1,
  tunnel2,
} from "./fixture";

function file(name: string, change: Partial<VpnSpec> = {}, options: Parameters<typeof strongSwan>[0] = {}): string {
  const text = strongSwan(options).render(connection(change))[name];
  if (text === undefined) throw new Error(`no file ${name}`);
  return text;
}

/** The lines of one tunnel's connection. */
function tunnelLines(number: 1 | 2, change: Partial<VpnSpec> = {}): string[] {
  const text = file("swanctl.conf", change);
  return linesBetween(text, `  berlin-t${number} {`, number === 1 ? "  berlin-t2 {" : "secrets {");
}

describe("strongSwan: files", () => {
  it("has frr.conf only with BGP", () => {
    const names = ["strongswan.conf", "swanctl.conf", "tunnels.service", "tunnels.sh"];
    expect(Object.keys(strongSwan().render(connection())).sort()).toEqual(names);
    expect(Object.keys(strongSwan().render(connection({ routing: bgp }))).sort()).toEqual(["frr.conf", ...names]);
  });
});

describe("strongSwan: swanctl.conf", () => {
  it("identifies both ends by their outside addresses, and keeps one key for each pair", () => {
    expect(tunnelLines(1)).toEqual(
      expect.arrayContaining([
        "version = 2",
        "local_addrs = 198.51.100.10",
        `remote_addrs = ${outside1}`,
        "id = 198.51.100.10",
        `id = ${outside1}`,
        "unique = never",
        "keyingtries = 0",
      ]),
    );
    const secrets = linesBetween(file("swanctl.conf"), "secrets {", "never found");
    expect(secrets).toEqual(
      expect.arrayContaining([`id-2 = ${outside1}`, `secret = "${key1}"`, `id-2 = ${outside2}`, `secret = "${key2}"`]),
    );
  });

  it("listens on the machine's own address behind a translator", () => {
    const localAddress = token("var.local_address");
    const text = file("swanctl.conf", {}, { localAddress });
    expect(text).toContain(`local_addrs = ${localAddress}`);
    expect(text).toContain("id = 198.51.100.10");
  });

  it("proposes AEAD with a pseudorandom function in phase 1 and without integrity in phase 2", () => {
    expect(tunnelLines(1)).toEqual(
      expect.arrayContaining(["proposals = aes256gcm16-prfsha384-ecp384", "esp_proposals = aes256gcm16-ecp384"]),
    );
  });

  it("keeps AEAD and other encryption in separate proposals, the kind listed first first", () => {
    const mixed = phase(["AES256", "AES128-GCM-16", "AES256-GCM-16"], ["SHA2-512", "SHA2-256"], [14, 19], 3600);
    const lines = tunnelLines(1, { tunnels: [tunnel1({ phase1: mixed, phase2: mixed }), tunnel2()] });
    expect(lines).toContain(
      "proposals = aes256-sha512-sha256-modp2048-ecp256, aes128gcm16-aes256gcm16-prfsha512-prfsha256-modp2048-ecp256",
    );
    expect(lines).toContain(
      "esp_proposals = aes256-sha512-sha256-modp2048-ecp256, aes128gcm16-aes256gcm16-modp2048-ecp256",
    );
  });

  it.each([
    [2, "modp1024"],
    [5, "modp1536"],
    [14, "modp2048"],
    [15, "modp3072"],
    [16, "modp4096"],
    [17, "modp6144"],
    [18, "modp8192"],
    [19, "ecp256"],
    [20, "ecp384"],
    [21, "ecp521"],
    [22, "modp1024s160"],
    [23, "modp2048s224"],
    [24, "modp2048s256"],
  ] as const)("knows Diffie-Hellman group %i as %s", (group: DhGroup, keyword) => {
    const phase2 = phase(["AES128"], ["SHA1"], [group], 3600);
    expect(tunnelLines(1, { tunnels: [tunnel1({ phase2 }), tunnel2()] })).toContain(
      `esp_proposals = aes128-sha1-${keyword}`,
    );
  });

  it("rekeys in AWS's margin, and before the hard lifetime", () => {
    const lines = tunnelLines(1, {
      tunnels: [
        tunnel1({
          phase1: phase(["AES256"], ["SHA2-256"], [14], 7200),
          phase2: phase(["AES256"], ["SHA2-256"], [14], 1800),
          rekeyMarginSeconds: 200,
          rekeyFuzzPercent: 50,
        }),
        tunnel2(),
      ],
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        "rekey_time = 7000s",
        "over_time = 200s",
        "rekey_time = 1600s",
        "rand_time = 100s",
        "life_time = 1800s",
      ]),
    );
  });

  it("never begins a rekeying at once, at the limits AWS allows", () => {
    const lines = tunnelLines(1, {
      tunnels: [
        tunnel1({
          phase1: phase(["AES256"], ["SHA2-256"], [14], 900),
          phase2: phase(["AES256"], ["SHA2-256"], [14], 900),
          rekeyMarginSeconds: 450,
          rekeyFuzzPercent: 100,
        }),
        tunnel2(),
      ],
    });
    expect(lines.filter((line) => line === "rekey_time = 450s")).toHaveLength(2);
    expect(lines.filter((line) => line === "rand_time = 225s")).toHaveLength(2);
  });

  it("starts, and restarts, where AWS does not", () => {
    expect(tunnelLines(1)).toEqual(
      expect.arrayContaining(["start_action = trap|start", "close_action = start", "dpd_action = restart"]),
    );
  });

  it("waits where AWS starts, and restarts only where AWS will not", () => {
    const waiting = tunnelLines(1, {
      tunnels: [tunnel1({ startupAction: "start", dpdTimeoutAction: "restart" }), tunnel2()],
    });
    expect(waiting).toEqual(
      expect.arrayContaining(["start_action = none", "close_action = none", "dpd_action = clear"]),
    );
    const lonely = tunnelLines(1, {
      tunnels: [tunnel1({ startupAction: "start", dpdTimeoutAction: "none" }), tunnel2()],
    });
    expect(lonely).toContain("dpd_action = restart");
  });

  it("honours what one tunnel alone has", () => {
    const change = {
      tunnels: [
        tunnel1(),
        tunnel2({
          phase1: phase(["AES128"], ["SHA2-512"], [21], 3600),
          replayWindowPackets: 2048,
          dpdTimeoutSeconds: 90,
          startupAction: "start",
        }),
      ],
    } as const;
    const one = tunnelLines(1, change);
    const two = tunnelLines(2, change);
    expect(one).toEqual(
      expect.arrayContaining(["proposals = aes256gcm16-prfsha384-ecp384", "replay_window = 1024", "dpd_delay = 10s"]),
    );
    expect(two).toEqual(
      expect.arrayContaining([
        "proposals = aes128-sha512-ecp521",
        "replay_window = 2048",
        "dpd_delay = 30s",
        "start_action = none",
      ]),
    );
  });

  it("carries the traffic selectors, each side's own", () => {
    const lines = tunnelLines(1, { trafficSelectors: { onPremises: "192.168.0.0/16", aws: "10.0.0.0/8" } });
    expect(lines).toEqual(expect.arrayContaining(["local_ts = 192.168.0.0/16", "remote_ts = 10.0.0.0/8"]));
  });

  it("puts ESP into UDP for an accelerated connection alone", () => {
    expect(tunnelLines(1, { accelerated: true })).toContain("encap = yes");
    expect(tunnelLines(1)).not.toContain("encap = yes");
  });

  it("binds each tunnel to its own interface, from the number asked for", () => {
    const text = file("swanctl.conf", {}, { firstInterfaceId: 41 });
    expect([...text.matchAll(/if_id_(?:in|out) = (\d+)/g)].map(([, id]) => id)).toEqual(["41", "41", "42", "42"]);
  });

  it("calls the route script with static routing alone", () => {
    expect(tunnelLines(1)).toContain("updown = /usr/local/sbin/berlin-tunnels");
    expect(file("swanctl.conf", { routing: bgp })).not.toContain("updown");
  });
});

describe("strongSwan: strongswan.conf", () => {
  it("gives a silent peer up after the most impatient tunnel's timeout", () => {
    // 10 seconds until the probe, then four attempts of 5 seconds.
    const text = file("strongswan.conf", { tunnels: [tunnel1({ dpdTimeoutSeconds: 90 }), tunnel2()] });
    expect(text).toContain("retransmit_timeout = 5.0");
    expect(text).toContain("retransmit_tries = 3");
    expect(text).toContain("retransmit_base = 1.0");
  });
});

describe("strongSwan: tunnels.sh", () => {
  it("makes the interfaces with the packet size that AWS advises", () => {
    const text = file("tunnels.sh");
    expect(text).toContain("ip link add xfrm1 type xfrm dev lo if_id 1");
    expect(text).toContain("ip link set dev xfrm1 mtu 1436 up");
    expect(text).toContain("ip address replace 169.254.10.2/30 dev xfrm1");
    expect(text).toContain("ip address replace 169.254.11.2/30 dev xfrm2");
    expect(text).toContain('oifname "xfrm1" tcp flags syn tcp option maxseg size set 1387');
  });

  it.each([
    [["AES128"], ["SHA2-256"], 1422, 1382],
    [["AES128-GCM-16", "AES128"], ["SHA2-384"], 1422, 1382],
    [["AES256"], ["SHA2-256", "SHA2-512"], 1406, 1366],
    [["AES256-GCM-16"], ["SHA2-512"], 1436, 1387],
  ] as const)("takes the smallest packet of %j with %j", (encryption, integrity, mtu, mss) => {
    const text = file("tunnels.sh", {
      tunnels: [tunnel1({ phase2: phase(encryption, integrity, [14], 3600) }), tunnel2()],
    });
    expect(text).toContain(`ip link set dev xfrm1 mtu ${mtu} up`);
    expect(text).toContain(`oifname "xfrm1" tcp flags syn tcp option maxseg size set ${mss}`);
    expect(text).toContain("ip link set dev xfrm2 mtu 1436 up");
  });

  it("lets nothing for AWS leave in the clear", () => {
    expect(file("tunnels.sh")).toContain("ip route replace unreachable 10.0.0.0/16 metric 4278198272");
  });

  it("routes into a tunnel while it is up, by rank", () => {
    const lines = linesBetween(file("tunnels.sh"), 'case "$verb', "esac");
    expect(lines).toEqual(
      expect.arrayContaining([
        "up-client:berlin-t1)",
        "ip route replace 10.0.0.0/16 dev xfrm1 metric 101",
        "ip route del 10.0.0.0/16 dev xfrm1 metric 101 || true",
        "ip route replace 10.0.0.0/16 dev xfrm2 metric 112",
      ]),
    );
  });

  it("wakes a tunnel that the device starts, and leaves the others to AWS", () => {
    const text = file("tunnels.sh", { tunnels: [tunnel1(), tunnel2({ startupAction: "start" })] });
    expect(text).toContain("ip route replace 10.0.0.0/16 dev xfrm1 metric 100101");
    expect(text).not.toMatch(/dev xfrm2 metric 100/);
  });

  it("leaves routes to BGP", () => {
    expect(file("tunnels.sh", { routing: bgp })).not.toContain("PLUTO");
  });

  it("carries IPv6 with 20 bytes more of header", () => {
    const text = file("tunnels.sh", {
      insideIpVersion: "ipv6",
      onPremisesNetworks: ["fd01::/48"],
      awsNetworks: ["fd02::/56"],
      trafficSelectors: { onPremises: "::/0", aws: "::/0" },
      tunnels: [tunnel1({ insideIpv6: { cidr: "fd00::/126", aws: "fd00::1", customer: "fd00::2" } })],
    });
    expect(text).toContain("ip address replace fd00::2/126 dev xfrm1");
    expect(text).toContain("ip -6 route replace unreachable fd02::/56");
    expect(text).toContain("maxseg size set 1376");
    expect(text).toContain("up-client-v6:berlin-t1)");
  });

  it("runs at boot, before strongSwan", () => {
    expect(file("tunnels.service")).toContain("ExecStart=/usr/local/sbin/berlin-tunnels up");
    expect(file("tunnels.service")).toContain("Before=strongswan.service frr.service");
  });
});

describe("strongSwan: frr.conf", () => {
  const text = file("frr.conf", { routing: bgp });

  it("speaks BGP with both of AWS's inside addresses", () => {
    expect(text).toContain("router bgp 65010");
    expect(text).toContain("bgp router-id 169.254.10.2");
    for (const peer of ["169.254.10.1", "169.254.11.1"]) {
      expect(text).toContain(`neighbor ${peer} remote-as 64512`);
      expect(text).toContain(`neighbor ${peer} timers 10 30`);
      expect(text).toContain(`neighbor ${peer} activate`);
    }
  });

  it("advertises and accepts the declared networks and nothing else", () => {
    expect(text).toContain("ip prefix-list berlin-to-aws seq 5 permit 192.168.0.0/24");
    expect(text).toContain("ip prefix-list berlin-to-aws seq 10 permit 192.168.10.0/23");
    expect(text).toContain("ip prefix-list berlin-from-aws seq 5 permit 10.0.0.0/16");
    expect(text).toContain("neighbor 169.254.10.1 route-map berlin-from-aws-1 in");
    expect(text).toContain("neighbor 169.254.11.1 route-map berlin-to-aws-2 out");
    expect(text).toContain("network 192.168.10.0/23");
  });

  it("accepts nothing where nothing is declared", () => {
    expect(file("frr.conf", { routing: bgp, awsNetworks: [] })).toContain(
      "ip prefix-list berlin-from-aws seq 5 deny any",
    );
  });

  it("prefers the lower rank in both directions", () => {
    const primary = linesBetween(text, "route-map berlin-to-aws-1", "!");
    const backup = linesBetween(text, "route-map berlin-to-aws-2", "!");
    expect(primary).toContain("set metric 100");
    expect(primary.join()).not.toContain("prepend");
    expect(backup).toEqual(expect.arrayContaining(["set metric 200", "set as-path prepend 65010"]));
    expect(linesBetween(text, "route-map berlin-from-aws-1", "!")).toContain("set local-preference 200");
    expect(linesBetween(text, "route-map berlin-from-aws-2", "!")).toContain("set local-preference 190");
    expect(text).toContain("maximum-paths 1");
  });

  it("counts on over a second device", () => {
    const second = file("frr.conf", { routing: bgp, tunnels: [tunnel1({ rank: 2 }), tunnel2({ rank: 3 })] });
    expect(linesBetween(second, "route-map berlin-to-aws-2", "!")).toContain("set as-path prepend 65010 65010 65010");
    expect(second).toContain("maximum-paths 1");
  });

  it("shares the traffic of equal ranks", () => {
    const shared = file("frr.conf", { routing: bgp, tunnels: [tunnel1(), tunnel2({ rank: 0 })] });
    expect(shared).toContain("maximum-paths 2");
    expect(shared).not.toContain("prepend");
  });

  it("speaks over IPv6 inside", () => {
    const ipv6 = file("frr.conf", {
      routing: bgp,
      insideIpVersion: "ipv6",
      onPremisesNetworks: ["fd01::/48"],
      awsNetworks: ["fd02::/56"],
      tunnels: [tunnel1({ insideIpv6: { cidr: "fd00::/126", aws: "fd00::1", customer: "fd00::2" } })],
    });
    expect(ipv6).toContain("neighbor fd00::1 remote-as 64512");
    expect(ipv6).toContain("no bgp default ipv4-unicast");
    expect(ipv6).toContain("address-family ipv6 unicast");
    expect(ipv6).toContain("ipv6 prefix-list berlin-from-aws seq 5 permit fd02::/56");
  });
});
