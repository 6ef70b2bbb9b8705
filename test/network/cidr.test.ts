import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { MigrationError } from "../../lib/core/error";
import { formatAddress, parseAddress } from "../../lib/network/address";
import { Cidr } from "../../lib/network/cidr";

function errorOf(run: () => unknown): MigrationError {
  try {
    run();
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("Cidr.parse", () => {
  it.each([
    ["10.0.0.0/8", 4, 8, "10.0.0.0/8"],
    ["0.0.0.0/0", 4, 0, "0.0.0.0/0"],
    ["255.255.255.255/32", 4, 32, "255.255.255.255/32"],
    ["::/0", 6, 0, "::/0"],
    ["2001:DB8:0:0::/32", 6, 32, "2001:db8::/32"],
    ["fd00::1/128", 6, 128, "fd00::1/128"],
  ])("reads %s", (text, version, prefixLength, printed) => {
    const cidr = Cidr.parse(text);
    expect(cidr.version).toBe(version);
    expect(cidr.prefixLength).toBe(prefixLength);
    expect(cidr.toString()).toBe(printed);
    expect(JSON.stringify({ cidr })).toBe(`{"cidr":"${printed}"}`);
  });

  it.each([
    ["10.0.0.5/8", "CIDR_HOST_BITS"],
    ["2001:db8::1/32", "CIDR_HOST_BITS"],
    ["10.0.0.0", "CIDR_PREFIX_MISSING"],
    ["10.0.0.0/", "CIDR_PREFIX_RANGE"],
    ["10.0.0.0/33", "CIDR_PREFIX_RANGE"],
    ["10.0.0.0/08", "CIDR_PREFIX_RANGE"],
    ["10.0.0.0/-1", "CIDR_PREFIX_RANGE"],
    ["10.0.0.0/8.0", "CIDR_PREFIX_RANGE"],
    ["10.0.0.0/255.0.0.0", "CIDR_PREFIX_RANGE"],
    ["10.0.0.0/8/8", "CIDR_PREFIX_RANGE"],
    ["10.0.0.0/8 ", "CIDR_PREFIX_RANGE"],
    ["::/129", "CIDR_PREFIX_RANGE"],
    [" 10.0.0.0/8", "CIDR_ADDRESS"],
    ["010.0.0.0/8", "CIDR_ADDRESS"],
    ["0x0a.0.0.0/8", "CIDR_ADDRESS"],
    ["10.0.0/8", "CIDR_ADDRESS"],
    ["10.0.0.256/32", "CIDR_ADDRESS"],
    ["1:::2/128", "CIDR_ADDRESS"],
    ["[::1]/128", "CIDR_ADDRESS"],
    ["", "CIDR_ADDRESS"],
    ["/", "CIDR_ADDRESS"],
    ["any", "CIDR_ADDRESS"],
    ["fe80::%eth0/64", "CIDR_ZONE"],
    ["::ffff:10.0.0.0/104", "CIDR_MAPPED"],
  ])("refuses %j with %s", (text, code) => {
    const error = errorOf(() => Cidr.parse(text, "sites[0].cidr"));
    expect(error.code).toBe(code);
    expect(error.path).toBe("sites[0].cidr");
    expect(Cidr.tryParse(text)).toBeUndefined();
  });

  it("offers the block that was meant", () => {
    expect(errorOf(() => Cidr.parse("10.0.0.5/8")).fix).toContain("10.0.0.0/8");
    expect(errorOf(() => Cidr.parse("10.0.0.5/8")).fix).toContain("10.0.0.5/32");
    expect(errorOf(() => Cidr.parse("10.0.0.0")).fix).toContain("10.0.0.0/32");
  });

  it("refuses what is no string at all", () => {
    expect(errorOf(() => Cidr.parse(undefined as unknown as string)).code).toBe("CIDR_PARSE_TEXT");
  });

  it("never throws anything without a code, and prints what it has read", () => {
    const mangled = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[0-9a-f:./% ]{0,24}$/),
      fc.tuple(fc.ipV4(), fc.integer({ min: -1, max: 40 })).map(([ip, bits]) => `${ip}/${bits}`),
      fc.tuple(fc.ipV6(), fc.integer({ min: -1, max: 140 })).map(([ip, bits]) => `${ip}/${bits}`),
    );
    fc.assert(
      fc.property(mangled, (text) => {
        const cidr = Cidr.tryParse(text);
        if (cidr === undefined) expect(errorOf(() => Cidr.parse(text)).code).toMatch(/^CIDR_[A-Z_]+$/);
        else expect(Cidr.parse(cidr.toString()).equals(cidr)).toBe(true);
      }),
    );
  });
});

describe("addresses", () => {
  it("are numbers and back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }), (value) => {
        expect(parseAddress(formatAddress(4, value))).toEqual({ version: 4, value });
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (value) => {
        expect(parseAddress(formatAddress(6, value))).toEqual({ version: 6, value });
      }),
    );
  });
});

describe("Cidr", () => {
  const block = Cidr.parse("10.0.4.0/22");

  it("knows its size and ends", () => {
    expect(block.size).toBe(1024n);
    expect(block.first).toBe(0x0a000400n);
    expect(block.last).toBe(0x0a0007ffn);
    expect(Cidr.parse("::/0").size).toBe(2n ** 128n);
  });

  it("contains blocks and addresses of its own version only", () => {
    expect(block.contains(Cidr.parse("10.0.7.0/24"))).toBe(true);
    expect(block.contains(block)).toBe(true);
    expect(block.contains(Cidr.parse("10.0.8.0/24"))).toBe(false);
    expect(Cidr.parse("::/0").contains(block)).toBe(false);
    expect(block.containsAddress("10.0.7.255")).toBe(true);
    expect(block.containsAddress("10.0.8.0")).toBe(false);
    expect(block.containsAddress("::1")).toBe(false);
    expect(errorOf(() => block.containsAddress("10.0.4.0/24")).code).toBe("CIDR_ADDRESS");
  });

  it("overlaps what it contains and what contains it", () => {
    expect(block.overlaps(Cidr.parse("10.0.0.0/8"))).toBe(true);
    expect(block.overlaps(Cidr.parse("10.0.4.0/32"))).toBe(true);
    expect(block.overlaps(Cidr.parse("10.0.3.0/24"))).toBe(false);
    expect(Cidr.parse("0.0.0.0/0").overlaps(Cidr.parse("::/0"))).toBe(false);
  });

  it("splits", () => {
    expect(block.split(24).map(String)).toEqual(["10.0.4.0/24", "10.0.5.0/24", "10.0.6.0/24", "10.0.7.0/24"]);
    expect(block.split(22).map(String)).toEqual(["10.0.4.0/22"]);
    expect(errorOf(() => block.split(21)).code).toBe("CIDR_PREFIX_RANGE");
    expect(errorOf(() => block.split(33)).code).toBe("CIDR_PREFIX_RANGE");
    expect(errorOf(() => block.split(23.5)).code).toBe("CIDR_PREFIX_RANGE");
    expect(Cidr.parse("10.0.0.0/8").split(24)).toHaveLength(65_536);
    const error = errorOf(() => Cidr.parse("10.0.0.0/8").split(25));
    expect(error.code).toBe("CIDR_SPLIT_LIMIT");
    expect(error.allowed).toContain("/24");
  });

  it("gives addresses by their offset from either end", () => {
    expect(block.addressAt(0)).toBe("10.0.4.0");
    expect(block.addressAt(1023n)).toBe("10.0.7.255");
    expect(block.addressAt(-1)).toBe("10.0.7.255");
    expect(Cidr.parse("2001:db8::/64").addressAt(2)).toBe("2001:db8::2");
    for (const offset of [1024, -1025, 0.5, NaN]) {
      expect(errorOf(() => block.addressAt(offset)).code).toBe("CIDR_OFFSET");
    }
  });

  it("has a parent but at the top", () => {
    expect(Cidr.parse("10.0.1.0/24").parent()?.toString()).toBe("10.0.0.0/23");
    expect(Cidr.parse("0.0.0.0/0").parent()).toBeUndefined();
  });

  it("is made of a number, whose host bits are cut off", () => {
    expect(Cidr.of(4, 0x0a000005n, 8).toString()).toBe("10.0.0.0/8");
    expect(errorOf(() => Cidr.of(4, 2n ** 32n, 8)).code).toBe("CIDR_ADDRESS_RANGE");
    expect(errorOf(() => Cidr.of(6, -1n, 8)).code).toBe("CIDR_ADDRESS_RANGE");
    expect(errorOf(() => Cidr.of(4, 0n, 33)).code).toBe("CIDR_PREFIX_RANGE");
  });
});
