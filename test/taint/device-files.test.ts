/** No value of a specification or an option adds a line to the files of a VPN device. */
import { describe, expect, it } from "@jest/globals";
import { MigrationError } from "../../lib/core/error";
import {
  ciscoIosXe,
  generic,
  juniperSrx,
  strongSwan,
  type VpnDevice,
} from "../../lib/patterns/infrastructure/hybrid-cloud/device";
import type { VpnSpec } from "../../lib/patterns/infrastructure/hybrid-cloud/vpn-spec";
import { bgp, connection, outside1, tunnel1, tunnel2 } from "../patterns/infrastructure/hybrid-cloud/device/fixture";
import { placesOf } from "./poison";

const devices: readonly [string, () => VpnDevice][] = [
  ["strongSwan", () => strongSwan()],
  ["Cisco IOS XE", () => ciscoIosXe({ outsideInterface: "GigabitEthernet1" })],
  ["Juniper SRX", () => juniperSrx({ outsideInterface: "ge-0/0/0.0" })],
  ["generic device", () => generic()],
];
const inside = (cidr: string): VpnSpec["tunnels"][0]["insideIpv6"] => ({
  cidr: `${cidr}0/126`,
  aws: `${cidr}1`,
  customer: `${cidr}2`,
});
const specs: readonly VpnSpec[] = [
  connection(),
  connection({ routing: bgp, accelerated: true }),
  connection({
    insideIpVersion: "ipv6",
    onPremisesNetworks: ["fd01::/48"],
    awsNetworks: ["fd02::/56"],
    trafficSelectors: { onPremises: "::/0", aws: "::/0" },
    tunnels: [tunnel1({ insideIpv6: inside("fd00::") }), tunnel2({ insideIpv6: inside("fd00::4:") })],
  }),
];
const hostile = [
  "a\n} evil {\n",
  'evil" } evil { #',
  "evil\u2028evil",
  // What follows a token is text of the file as well.
  `${outside1}\nevil = 1`,
  `${outside1}${outside1} evil`,
  "$(evil)",
  "198.51.100.10 evil",
  "10.0.0.0/8 evil",
];

describe.each(devices)("the files of %s", (name, device) => {
  it("hold no text that is not what it claims to be", () => {
    const faults: string[] = [];
    let refused = 0;
    for (const spec of specs) {
      for (const { path, poisoned } of placesOf(spec)) {
        for (const text of hostile) {
          try {
            const files = Object.values(device().render(poisoned(text)));
            // A name of one line is text to a person, who reads it.
            if (name === "generic device" && path === "name" && !/[\n\u2028]/.test(text)) continue;
            if (files.some((file) => file.includes("evil")))
              faults.push(`${path}: ${JSON.stringify(text)} stands in a file`);
            else faults.push(`${path}: ${JSON.stringify(text)} was ignored`);
          } catch (error) {
            refused++;
            if (!(error instanceof MigrationError)) faults.push(`${path}: ${String(error)}`);
            else if (error.path === undefined || !error.code.startsWith("HYBRID_VPN_DEVICE_"))
              faults.push(`${path}: ${error.message}`);
          }
        }
      }
    }
    expect(faults).toEqual([]);
    expect(refused).toBeGreaterThan(1000);
  });
});

describe("the options of a device", () => {
  it.each([
    ["HYBRID_VPN_DEVICE_ADDRESS", "localAddress", (text: string) => strongSwan({ localAddress: text })],
    ["HYBRID_VPN_DEVICE_INTERFACE", "outsideInterface", (text: string) => ciscoIosXe({ outsideInterface: text })],
    ["HYBRID_VPN_DEVICE_INTERFACE", "outsideInterface", (text: string) => juniperSrx({ outsideInterface: text })],
    [
      "HYBRID_VPN_DEVICE_ZONE",
      "outsideZone",
      (text: string) => juniperSrx({ outsideInterface: "ge-0/0/0.0", outsideZone: text }),
    ],
    [
      "HYBRID_VPN_DEVICE_ZONE",
      "tunnelZone",
      (text: string) => juniperSrx({ outsideInterface: "ge-0/0/0.0", tunnelZone: text }),
    ],
  ] as const)("are words: %s for %s", (code, option, make) => {
    for (const text of hostile) {
      expect(() => make(text)).toThrow(expect.objectContaining({ code, path: `options.${option}` }));
    }
  });

  it.each([
    ["firstInterfaceId", (number: number) => strongSwan({ firstInterfaceId: number })],
    ["firstTunnelInterface", (number: number) => ciscoIosXe({ outsideInterface: "Gi1", firstTunnelInterface: number })],
    ["firstUnit", (number: number) => juniperSrx({ outsideInterface: "ge-0/0/0.0", firstUnit: number })],
  ] as const)("are numbers within their limits: %s", (option, make) => {
    for (const number of [-1, 1.5, Number.NaN, 2 ** 32]) {
      expect(() => make(number)).toThrow(
        expect.objectContaining({ code: "HYBRID_VPN_DEVICE_NUMBER", path: `options.${option}`, received: number }),
      );
    }
    expect(() => make(7)).not.toThrow();
  });

  it("take what strongSwan takes for its own address", () => {
    const own = (localAddress: string): string | undefined =>
      strongSwan({ localAddress }).render(connection())["swanctl.conf"];
    for (const address of ["%any", "10.0.0.5", "2001:db8::5", outside1])
      expect(own(address)).toContain(`local_addrs = ${address}\n`);
  });

  it("are known by name", () => {
    expect(() => strongSwan({ localAdress: "10.0.0.5" } as object)).toThrow(
      expect.objectContaining({ code: "HYBRID_VPN_DEVICE_SHAPE", path: "options" }),
    );
  });
});
