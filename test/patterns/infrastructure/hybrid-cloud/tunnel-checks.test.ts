import { describe, expect, it } from "@jest/globals";
import { Token } from "cdktf";
import { thrown } from "../../../support/thrown";
import { preSharedKeyPattern } from "../../../../lib/patterns/infrastructure/hybrid-cloud/vpn-limits";
import * as connection from "../../../../lib/patterns/infrastructure/hybrid-cloud/connection-checks";
import * as tunnel from "../../../../lib/patterns/infrastructure/hybrid-cloud/tunnel-checks";
import { resolveTunnel } from "../../../../lib/patterns/infrastructure/hybrid-cloud/tunnel-options";
import { checkProviderHas, providerHas } from "../../../../lib/patterns/infrastructure/hybrid-cloud/provider-six";

const place = { path: "tunnel1.option", construct: "stack/vpn" };

/** Each limit with what is just inside and just outside of it. */
const limits: [string, (value: never) => unknown, string, unknown[], unknown[]][] = [
  [
    "inside CIDR",
    (text: string) => tunnel.checkInsideCidr(text, place),
    "HYBRID_VPN_INSIDE_CIDR",
    ["169.254.0.4/30", "169.254.5.4/30", "169.254.6.0/30", "169.254.169.248/30", "169.254.255.252/30"],
    [
      "169.254.0.0/30",
      "169.254.1.0/30",
      "169.254.2.0/30",
      "169.254.3.0/30",
      "169.254.4.0/30",
      "169.254.5.0/30",
      "169.254.169.252/30",
      "169.254.10.0/29",
      "169.254.10.0/31",
      "169.253.255.252/30",
      "169.255.0.0/30",
      "fd00::/126",
    ],
  ],
  [
    "inside IPv6 CIDR",
    (text: string) => tunnel.checkInsideIpv6Cidr(text, place),
    "HYBRID_VPN_INSIDE_IPV6_CIDR",
    ["fd00::/126", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:fffc/126"],
    ["fd00::/125", "fd00::/127", "fc00::/126", "fe00::/126", "169.254.10.0/30"],
  ],
  [
    "IKE versions",
    (versions: string[]) => {
      tunnel.checkIkeVersions(versions, place);
    },
    "HYBRID_VPN_IKE_VERSION",
    [["ikev2"], ["ikev1", "ikev2"]],
    [[], ["ikev3"], ["ikev2", "ikev2"], "ikev2", undefined],
  ],
  [
    "encryption",
    (algorithms: string[]) => {
      tunnel.checkEncryptionAlgorithms(algorithms, place);
    },
    "HYBRID_VPN_ENCRYPTION",
    [["AES128"], ["AES256-GCM-16", "AES128-GCM-16", "AES256"]],
    [[], ["3DES"], ["aes256"]],
  ],
  [
    "integrity",
    (algorithms: string[]) => {
      tunnel.checkIntegrityAlgorithms(algorithms, place);
    },
    "HYBRID_VPN_INTEGRITY",
    [["SHA1"], ["SHA2-512", "SHA2-384"]],
    [[], ["MD5"], ["SHA256"]],
  ],
  [
    "phase 1 groups",
    (groups: number[]) => {
      tunnel.checkDhGroups(1, groups, place);
    },
    "HYBRID_VPN_DH_GROUP",
    [[2], [14, 24]],
    [[], [5], [1], [13], [25], ["14"]],
  ],
  [
    "phase 2 groups",
    (groups: number[]) => {
      tunnel.checkDhGroups(2, groups, place);
    },
    "HYBRID_VPN_DH_GROUP",
    [[2], [5], [14, 24]],
    [[], [1], [25]],
  ],
  [
    "phase 1 lifetime",
    (seconds: number) => {
      tunnel.checkPhase1Lifetime(seconds, place);
    },
    "HYBRID_VPN_PHASE1_LIFETIME",
    [900, 28_800],
    [899, 28_801, 900.5, NaN, "900"],
  ],
  [
    "phase 2 lifetime",
    (seconds: number) => {
      tunnel.checkPhase2Lifetime(seconds, 28_800, place);
    },
    "HYBRID_VPN_PHASE2_LIFETIME",
    [900, 3_600],
    [899, 3_601],
  ],
  [
    "phase 2 below phase 1",
    (seconds: number) => {
      tunnel.checkPhase2Lifetime(seconds, 1_800, place);
    },
    "HYBRID_VPN_PHASE2_LIFETIME",
    [1_799],
    [1_800, 1_801],
  ],
  [
    "rekey margin",
    (seconds: number) => {
      tunnel.checkRekeyMargin(seconds, 1_801, place);
    },
    "HYBRID_VPN_REKEY_MARGIN",
    [60, 900],
    [59, 901],
  ],
  [
    "rekey fuzz",
    (percent: number) => {
      tunnel.checkRekeyFuzz(percent, place);
    },
    "HYBRID_VPN_REKEY_FUZZ",
    [0, 100],
    [-1, 101],
  ],
  [
    "replay window",
    (packets: number) => {
      tunnel.checkReplayWindow(packets, place);
    },
    "HYBRID_VPN_REPLAY_WINDOW",
    [64, 2_048],
    [63, 2_049],
  ],
  [
    "DPD timeout",
    (seconds: number) => {
      tunnel.checkDpdTimeout(seconds, place);
    },
    "HYBRID_VPN_DPD_TIMEOUT",
    [30, 86_400],
    [29, 30.5, Infinity],
  ],
  [
    "DPD action",
    (action: string) => {
      tunnel.checkDpdTimeoutAction(action, place);
    },
    "HYBRID_VPN_DPD_ACTION",
    ["clear", "none", "restart"],
    ["hold", ""],
  ],
  [
    "name",
    (name: string) => {
      connection.checkName(name, place);
    },
    "HYBRID_VPN_NAME",
    ["a", "a".repeat(32), "Berlin-2"],
    ["", "a".repeat(33), "2berlin", "-a", "a_b", "a b", 7],
  ],
  [
    "customer ASN",
    (asn: number) => {
      connection.checkCustomerAsn(asn, place);
    },
    "HYBRID_VPN_CUSTOMER_ASN",
    [1, 65_000, 2_147_483_648, 4_294_967_295],
    [0, 4_294_967_296, 7_224, 9_059, 10_124, 17_943, 1.5],
  ],
  [
    "Amazon ASN",
    (asn: number) => {
      connection.checkAmazonAsn(asn, place);
    },
    "HYBRID_VPN_AMAZON_ASN",
    [64_512, 65_534, 4_200_000_000, 4_294_967_294],
    [64_511, 65_535, 4_199_999_999, 4_294_967_295],
  ],
  [
    "equal ASNs",
    (asn: number) => {
      connection.checkAsnsDiffer(asn, 64_512, place);
    },
    "HYBRID_VPN_SAME_ASN",
    [64_511, 64_513],
    [64_512],
  ],
  [
    "customer address",
    (address: string) => {
      connection.checkCustomerAddress(address, place);
    },
    "HYBRID_VPN_CUSTOMER_ADDRESS",
    ["198.51.100.10"],
    ["198.51.100.10/32", "2001:db8::1", "device.example.com", ""],
  ],
];

describe.each(limits)("%s", (_name, check, code, inside, outside) => {
  it.each(inside.map((value) => [value]))("allows %j", (value) => {
    expect(() => check(value as never)).not.toThrow();
  });

  it.each(outside.map((value) => [value]))("refuses %j", (value) => {
    const error = thrown(() => check(value as never));
    expect(error.code).toBe(code);
    expect(error.path).toBe("tunnel1.option");
    expect(error.construct).toBe("stack/vpn");
    expect(error.fix).not.toBe("");
  });
});

describe("checks", () => {
  it.each(["a".repeat(8), "a".repeat(64), "Aa0._bcd", "._123456", "1234567890"])("takes the key %s", (key) => {
    expect(preSharedKeyPattern.test(key)).toBe(true);
  });

  it.each(["a".repeat(7), "a".repeat(65), "0abcdefgh", "abcdefg-", "abcdefg ", "äbcdefgh", "abcdefgh\n"])(
    "does not take the key %j",
    (key) => {
      expect(preSharedKeyPattern.test(key)).toBe(false);
    },
  );

  it("keeps the code of a CIDR that is not one", () => {
    expect(thrown(() => tunnel.checkInsideCidr("169.254.10.1/30", place)).code).toBe("CIDR_HOST_BITS");
    expect(thrown(() => tunnel.checkInsideCidr("169.254.10.0", place)).path).toBe("tunnel1.option");
  });

  it("refuses tokens where the device's files depend on the value", () => {
    const token = Token.asNumber({ resolve: () => 3_600, creationStack: [] });
    const check = () => {
      tunnel.checkPhase1Lifetime(token, place);
    };
    expect(thrown(check).code).toBe("HYBRID_VPN_LITERAL");
    const text = Token.asString({ resolve: () => "169.254.10.0/30", creationStack: [] });
    expect(thrown(() => tunnel.checkInsideCidr(text, place)).code).toBe("HYBRID_VPN_LITERAL");
  });

  it("lets an address be a token", () => {
    const text = Token.asString({ resolve: () => "x", creationStack: [] });
    connection.checkCustomerAddress(text, place);
  });

  it.each([
    ["add", "clear", ["ikev1"], false, undefined],
    ["start", "restart", ["ikev1", "ikev2"], true, undefined],
    ["add", "none", ["ikev2"], false, undefined],
    ["start", "clear", ["ikev2"], false, "tunnel1.option.startupAction"],
    ["add", "restart", ["ikev2"], false, "tunnel1.option.dpdTimeoutAction"],
    ["start", "clear", ["ikev1"], true, "tunnel1.option.startupAction"],
    ["add", "restart", ["ikev1"], true, "tunnel1.option.dpdTimeoutAction"],
    ["stop", "clear", ["ikev2"], true, "tunnel1.option.startupAction"],
  ])("initiation %s, %s, %j with an address: %s", (startupAction, dpdTimeoutAction, ikeVersions, hasAddress, path) => {
    const check = () => {
      tunnel.checkInitiation({ startupAction, dpdTimeoutAction, ikeVersions }, hasAddress, place);
    };
    if (path === undefined) expect(check).not.toThrow();
    else expect(thrown(check)).toMatchObject({ code: "HYBRID_VPN_STARTUP_ACTION", path });
  });

  it.each([
    [false, "vpn", false, true],
    [true, "transit", false, true],
    [true, "transit", true, false],
    [true, "vpn", false, false],
    [true, "concentrator", false, false],
  ] as const)("acceleration %s on %s, private %s: %s", (accelerated, kind, privateIp, allowed) => {
    const check = () => {
      connection.checkAcceleration(accelerated, kind, privateIp, place);
    };
    if (allowed) expect(check).not.toThrow();
    else expect(thrown(check).code).toBe("HYBRID_VPN_ACCELERATION");
  });

  it.each([
    ["ipv4", "vpn", true],
    ["ipv6", "transit", true],
    ["ipv6", "vpn", false],
    ["ipv5", "transit", false],
  ] as const)("inside %s on %s: %s", (version, kind, allowed) => {
    const check = () => {
      connection.checkInsideIpVersion(version, kind, place);
    };
    if (allowed) expect(check).not.toThrow();
    else expect(thrown(check).code).toBe("HYBRID_VPN_INSIDE_IPV6");
  });

  it.each([
    [false, "vpn", true],
    [true, "transit", true],
    [true, "vpn", false],
  ] as const)("private outside addresses %s on %s: %s", (privateIp, kind, allowed) => {
    const check = () => {
      connection.checkPrivateIp(privateIp, kind, place);
    };
    if (allowed) expect(check).not.toThrow();
    else expect(thrown(check).code).toBe("HYBRID_VPN_PRIVATE_IP");
  });

  it.each([
    ["standard", "vpn", false, true],
    ["large", "transit", false, true],
    ["large", "transit", true, false],
    ["large", "vpn", false, false],
    ["huge", "transit", false, false],
  ] as const)("bandwidth %s on %s, accelerated %s: %s", (bandwidth, kind, accelerated, allowed) => {
    const check = () => {
      connection.checkTunnelBandwidth(bandwidth, kind, accelerated, place);
    };
    if (allowed) expect(check).not.toThrow();
    else expect(thrown(check).code).toBe("HYBRID_VPN_TUNNEL_BANDWIDTH");
  });

  it("wants networks of the tunnels' version", () => {
    expect(connection.checkNetworks(["10.0.0.0/8"], 4, place).map(String)).toEqual(["10.0.0.0/8"]);
    expect(thrown(() => connection.checkNetworks([], 4, place)).code).toBe("HYBRID_VPN_NETWORKS");
    expect(thrown(() => connection.checkNetworks(["fd00::/64"], 4, place))).toMatchObject({
      code: "HYBRID_VPN_NETWORKS",
      path: "tunnel1.option[0]",
    });
    expect(thrown(() => connection.checkNetworks(["10.0.0.1/8"], 4, place)).code).toBe("CIDR_HOST_BITS");
  });

  it("names what only version 6 of the provider has", () => {
    const check = (has: boolean) => () => {
      checkProviderHas("tunnelBandwidth", place, () => has);
    };
    expect(check(true)).not.toThrow();
    expect(thrown(check(false)).code).toBe("HYBRID_VPN_PROVIDER_VERSION");
    expect(providerHas("presharedKeyStorage")).toBe(true);
  });
});

describe("resolveTunnel", () => {
  const resolve = (both: object, own: object) => resolveTunnel(both, own, true, { path: "tunnel1", construct: "vpn" });

  it("defaults to one strong suite", () => {
    const suite = { encryptionAlgorithms: ["AES256-GCM-16"], integrityAlgorithms: ["SHA2-384"], dhGroups: [20] };
    expect(resolve({}, {})).toMatchObject({
      ikeVersions: ["ikev2"],
      phase1: { ...suite, lifetimeSeconds: 28_800 },
      phase2: { ...suite, lifetimeSeconds: 3_600 },
      rekeyMarginSeconds: 540,
    });
  });

  it("takes a tunnel's own option before that of both, option by option", () => {
    const both = { dpdTimeoutSeconds: 60, phase1: { lifetimeSeconds: 10_000, dhGroups: [14] } };
    const resolved = resolve(both, { phase1: { dhGroups: [21] } });
    expect(resolved.dpdTimeoutSeconds).toBe(60);
    expect(resolved.phase1).toMatchObject({ lifetimeSeconds: 10_000, dhGroups: [21] });
  });

  it("lets a default give way to what is given", () => {
    const resolved = resolve({ phase1: { lifetimeSeconds: 1_000 } }, {});
    expect(resolved.phase2.lifetimeSeconds).toBe(999);
    expect(resolved.rekeyMarginSeconds).toBe(499);
    expect(resolve({ phase2: { lifetimeSeconds: 900 } }, {}).rekeyMarginSeconds).toBe(450);
    expect(thrown(() => resolve({ phase1: { lifetimeSeconds: 900 } }, {})).code).toBe("HYBRID_VPN_PHASE2_LIFETIME");
  });

  it("wants true or false for lifecycle control", () => {
    expect(resolve({ lifecycleControl: true }, {}).lifecycleControl).toBe(true);
    expect(thrown(() => resolve({}, { lifecycleControl: "yes" })).code).toBe("HYBRID_VPN_LIFECYCLE_CONTROL");
  });
});
