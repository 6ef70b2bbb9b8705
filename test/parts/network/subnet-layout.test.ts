import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Token } from "cdktf";
import { Cidr } from "../../../lib/network/cidr";
import { layOutSubnets } from "../../../lib/parts/network/subnet-layout";
import { thrown } from "../../support/thrown";

const vpc = Cidr.parse("10.20.0.0/16");
const LETTERS = ["a", "b", "c", "d", "e", "f", "g", "h"];
const zone = (letter: string): string => `eu-central-1${letter}`;

describe("layOutSubnets", () => {
  it("gives half to private, a quarter to isolated and an eighth to public subnets", () => {
    const specs = layOutSubnets(vpc, ["public", "private", "isolated"], [zone("a"), zone("b")]);
    expect(specs.map(({ tier, availabilityZone, cidr }) => `${tier} ${availabilityZone.slice(-1)} ${cidr}`)).toEqual([
      "private a 10.20.0.0/20",
      "private b 10.20.16.0/20",
      "isolated a 10.20.128.0/21",
      "isolated b 10.20.136.0/21",
      "public a 10.20.192.0/22",
      "public b 10.20.196.0/22",
    ]);
  });

  it("moves no subnet when a zone or a tier is added, or the order changes", () => {
    const tier = fc.uniqueArray(fc.constantFrom("public" as const, "private" as const, "isolated" as const), {
      minLength: 1,
    });
    const letters = fc.uniqueArray(fc.constantFrom(...LETTERS), { minLength: 1 });
    fc.assert(
      fc.property(tier, letters, fc.integer({ min: 16, max: 22 }), (tiers, zones, prefix) => {
        const block = Cidr.parse(`10.20.0.0/${prefix}`);
        const all = new Map(
          layOutSubnets(block, ["private", "isolated", "public"], [...LETTERS].reverse().map(zone)).map((spec) => [
            `${spec.tier} ${spec.availabilityZone}`,
            spec.cidr,
          ]),
        );
        const some = layOutSubnets(block, tiers, zones.map(zone));
        expect(some).toHaveLength(tiers.length * zones.length);
        for (const spec of some) expect(all.get(`${spec.tier} ${spec.availabilityZone}`)).toBe(spec.cidr);
      }),
    );
  });

  it("never overlaps, and stays in the VPC", () => {
    const blocks = layOutSubnets(vpc, ["private", "isolated", "public"], LETTERS.map(zone)).map(({ cidr }) =>
      Cidr.parse(cidr),
    );
    blocks.forEach((block, index) => {
      expect(vpc.contains(block)).toBe(true);
      expect(blocks.slice(index + 1).some((other) => other.overlaps(block))).toBe(false);
    });
  });

  it("goes by position where the zones are tokens", () => {
    const zones = [Token.asString({ resolve: () => "x" }), Token.asString({ resolve: () => "y" })];
    expect(layOutSubnets(vpc, ["private"], zones).map(({ cidr }) => cidr)).toEqual(["10.20.0.0/20", "10.20.16.0/20"]);
  });

  it.each([
    ["10.0.0.0/15", "LANDING_NETWORK_CIDR"],
    ["10.0.0.0/23", "LANDING_NETWORK_CIDR"],
    ["2001:db8::/32", "LANDING_NETWORK_CIDR"],
  ])("refuses the block %s", (cidr, code) => {
    expect(thrown(() => layOutSubnets(Cidr.parse(cidr), ["private"], [zone("a")])).code).toBe(code);
  });

  it("refuses a zone without a place, and two with the same", () => {
    expect(thrown(() => layOutSubnets(vpc, ["private"], ["eu-central-1z"])).code).toBe("LANDING_NETWORK_ZONE");
    const error = thrown(() => layOutSubnets(vpc, ["private"], ["us-west-2a", "us-west-2-lax-1a"]));
    expect(error.code).toBe("LANDING_NETWORK_ZONE");
    expect(error.path).toBe("availabilityZones[1]");
  });
});
