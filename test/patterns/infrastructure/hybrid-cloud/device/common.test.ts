import { describe, expect, it } from "@jest/globals";
import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import {
  ciscoIosXe,
  generic,
  juniperSrx,
  strongSwan,
  type VpnDevice,
} from "../../../../../lib/patterns/infrastructure/hybrid-cloud/device";
import { bgp, connection, key1, outside1, outside2, phase, refusal, token, tunnel1, tunnel2 } from "./fixture";

const knowing: readonly VpnDevice[] = [
  strongSwan(),
  ciscoIosXe({ outsideInterface: "GigabitEthernet1" }),
  juniperSrx({ outsideInterface: "ge-0/0/0.0" }),
];
const all: readonly VpnDevice[] = [...knowing, generic()];

describe.each(all.map((device) => [device.name, device] as const))("every device: %s", (_name, device) => {
  it.each([
    ["static", connection()],
    ["BGP", connection({ routing: bgp })],
  ])("fills in each tunnel's address and key whole, with %s routing", (_routing, spec) => {
    const text = Object.values(device.render(spec)).join("\n");
    for (const tunnel of spec.tunnels) {
      expect(text).toContain(tunnel.outsideAddress);
      expect(text).toContain(tunnel.preSharedKey);
    }
  });

  it("renders the same text each time", () => {
    expect(device.render(connection({ routing: bgp }))).toEqual(device.render(connection({ routing: bgp })));
  });

  it("names files that are relative and plain", () => {
    for (const name of Object.keys(device.render(connection({ routing: bgp })))) expect(name).toMatch(/^[a-z.-]+$/);
  });

  it("refuses a literal key without repeating it", () => {
    const spec = connection({ tunnels: [tunnel1(), tunnel2({ preSharedKey: "literal.key.12345" })] });
    const { code, message } = refusal(() => device.render(spec));
    expect(code).toBe("HYBRID_VPN_DEVICE_SECRET");
    expect(message).toContain("tunnels[1].preSharedKey");
    expect(message).toContain(device.name);
    expect(message).not.toContain("literal.key");
  });

  it("can be the value of an output whose only expressions are the tokens", () => {
    const stack = new TerraformStack(new App(), "stack");
    new TerraformOutput(stack, "device", { value: device.render(connection({ routing: bgp })), sensitive: true });
    const { output } = JSON.parse(Testing.synth(stack)) as {
      output: { device: { sensitive: boolean; value: Record<string, string> } };
    };
    expect(output.device.sensitive).toBe(true);
    const text = Object.values(output.device.value).join("\n");
    const expressions = new Set([...text.matchAll(/[$%]\{[^}]*\}/g)].map(([expression]) => expression));
    expect([...expressions].sort()).toEqual([
      "${aws_vpn_connection.vpn.tunnel1_address}",
      "${aws_vpn_connection.vpn.tunnel1_preshared_key}",
      "${aws_vpn_connection.vpn.tunnel2_address}",
      "${aws_vpn_connection.vpn.tunnel2_preshared_key}",
    ]);
    expect(text).not.toMatch(/[$%]\{(?!aws_vpn_connection\.)/);
  });

  it("renders a connection with one tunnel", () => {
    const text = Object.values(device.render(connection({ tunnels: [tunnel1()], routing: bgp }))).join("\n");
    expect(text).toContain(outside1);
    expect(text).not.toContain(outside2);
  });

  it("takes a customer gateway whose address is a token", () => {
    const address = token("aws_eip.site.public_ip");
    const text = Object.values(device.render(connection({ customerGateway: { address } }))).join("\n");
    expect(text).toContain(address);
  });
});

describe.each(knowing.map((device) => [device.name, device] as const))("every known device: %s", (_name, device) => {
  it("refuses a name that cannot name a section", () => {
    const { code, message } = refusal(() => device.render(connection({ name: "9 lives" })));
    expect(code).toBe("HYBRID_VPN_DEVICE_NAME");
    expect(message).toContain('"9 lives"');
  });

  it("refuses a network that is none, or of the other family", () => {
    expect(refusal(() => device.render(connection({ awsNetworks: ["10.0.0.5/16"] }))).code).toBe(
      "HYBRID_VPN_DEVICE_NETWORK",
    );
    const { code, message } = refusal(() => device.render(connection({ onPremisesNetworks: ["2001:db8::/32"] })));
    expect(code).toBe("HYBRID_VPN_DEVICE_NETWORK");
    expect(message).toContain("onPremisesNetworks[0]");
  });

  it("refuses a customer gateway or a tunnel that is known by a certificate", () => {
    expect(refusal(() => device.render(connection({ customerGateway: {} }))).code).toBe(
      "HYBRID_VPN_DEVICE_CERTIFICATE",
    );
    const { preSharedKey: _key, ...keyless } = tunnel1();
    const { code, message } = refusal(() => device.render(connection({ tunnels: [keyless] })));
    expect(code).toBe("HYBRID_VPN_DEVICE_CERTIFICATE");
    expect(message).toContain("tunnels[0].preSharedKey");
  });

  it("refuses a tunnel without IKEv2", () => {
    const spec = connection({ tunnels: [tunnel1(), tunnel2({ ikeVersions: ["ikev1"] })] });
    const { code, message } = refusal(() => device.render(spec));
    expect(code).toBe("HYBRID_VPN_DEVICE_IKE_VERSION");
    expect(message).toContain("tunnels[1].ikeVersions");
    expect(message).toContain(device.name);
  });
});

describe("what a device cannot express", () => {
  const limited = knowing.filter(({ name }) => name !== "strongSwan").map((device) => [device.name, device] as const);

  it.each(limited)("%s refuses groups it lacks where nothing else is accepted", (name, device) => {
    const spec = connection({
      tunnels: [tunnel1(), tunnel2({ phase1: phase(["AES256"], ["SHA2-256"], [17, 18], 28800) })],
    });
    const { code, message } = refusal(() => device.render(spec));
    expect(code).toBe("HYBRID_VPN_DEVICE_DH_GROUP");
    expect(message).toContain("tunnels[1].phase1.dhGroups");
    expect(message).toContain("[17,18]");
    expect(message).toContain(`2, 5, 14, 15, 16, 19, 20, 21, 24 on ${name}`);
  });

  it.each(limited)("%s leaves out groups it lacks where another is accepted", (_name, device) => {
    const spec = connection({ tunnels: [tunnel1({ phase1: phase(["AES256"], ["SHA2-256"], [18, 14], 28800) })] });
    const text = Object.values(device.render(spec)).join("\n");
    expect(text).not.toMatch(/group ?18\b/);
    expect(text).toMatch(/group ?14\b/);
  });

  it.each(limited)("%s carries IPv4 only", (_name, device) => {
    const spec = connection({ insideIpVersion: "ipv6", onPremisesNetworks: ["fd01::/48"], awsNetworks: ["fd02::/56"] });
    expect(refusal(() => device.render(spec)).code).toBe("HYBRID_VPN_DEVICE_INSIDE_IP_VERSION");
  });

  it.each(limited)("%s steers by routes, not by traffic selectors", (_name, device) => {
    const spec = connection({ trafficSelectors: { onPremises: "192.168.0.0/24", aws: "0.0.0.0/0" } });
    expect(refusal(() => device.render(spec)).code).toBe("HYBRID_VPN_DEVICE_TRAFFIC_SELECTORS");
  });

  it("the generic device describes what the others cannot do", () => {
    const { preSharedKey: _key, ...keyless } = tunnel1({ ikeVersions: ["ikev1"] });
    const files = generic().render(connection({ customerGateway: {}, tunnels: [keyless] }));
    expect(files["connection.txt"]).toContain("any: AWS knows the device by its certificate");
    expect(files["connection.txt"]).toMatch(/authentication: +certificate/);
    expect(files["connection.txt"]).toMatch(/IKE versions: +ikev1/);
  });
});

describe("generic device", () => {
  const files = generic().render(
    connection({
      routing: bgp,
      accelerated: true,
      tunnels: [tunnel1({ startupAction: "start" }), tunnel2({ rank: 2 })],
    }),
  );
  const text = files["connection.txt"] ?? "";

  it("says everything about the connection and each tunnel", () => {
    expect(text).toMatch(/networks on premises: +192\.168\.0\.0\/24, 192\.168\.10\.0\/23/);
    expect(text).toMatch(/networks in AWS: +10\.0\.0\.0\/16/);
    expect(text).toMatch(/own ASN: +65010/);
    expect(text).toMatch(/AWS's ASN: +64512/);
    expect(text).toMatch(/BGP hold time: +30 s, keepalive 10 s/);
    expect(text).toMatch(/NAT traversal: +required/);
    expect(text).toMatch(/inside addresses: +169\.254\.11\.2 here, 169\.254\.11\.1 at AWS, of 169\.254\.11\.0\/30/);
    expect(text).toMatch(/phase 1 \(IKE\) encryption: +AES256-GCM-16/);
    expect(text).toMatch(/phase 2 \(ESP, tunnel mode\) Diffie-Hellman: +group 20/);
    expect(text).toMatch(/phase 2 \(ESP, tunnel mode\) lifetime: +3600 s/);
    expect(text).toMatch(/rekey margin: +540 s, widened at random by up to 100 %/);
    expect(text).toMatch(/replay window: +1024 packets/);
    expect(text).toMatch(/dead peer detection: +after 30 s; AWS then does: clear/);
    expect(text).toMatch(/who starts: +AWS/);
    expect(text).toMatch(/who starts: +this device/);
    expect(text).toMatch(/MTU: +1436 bytes/);
    expect(text).toMatch(/TCP MSS: +1387 bytes/);
    expect(text).toMatch(/AS path: +own ASN prepended 2 times/);
  });

  it("is JSON too", () => {
    const json = JSON.parse(files["connection.json"] ?? "") as {
      tunnels: { preSharedKey: string; packetSize: unknown }[];
    };
    expect(json.tunnels[0]?.preSharedKey).toBe(key1);
    expect(json.tunnels[0]?.packetSize).toEqual({ mtu: 1436, mss: 1387 });
  });
});
