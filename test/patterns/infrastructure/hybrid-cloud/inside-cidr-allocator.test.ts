import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { thrown } from "../../../support/thrown";
import { Cidr } from "../../../../lib/network/cidr";
import { InsideCidrAllocator } from "../../../../lib/patterns/infrastructure/hybrid-cloud/inside-cidr-allocator";
import {
  checkInsideCidr,
  checkInsideIpv6Cidr,
} from "../../../../lib/patterns/infrastructure/hybrid-cloud/tunnel-checks";

const place = { path: "tunnel1.insideCidr", construct: "vpn" };

describe("InsideCidrAllocator", () => {
  it("gives every owner a block that AWS allows, and no block twice", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 40 }), (owners) => {
        const allocator = new InsideCidrAllocator();
        const blocks = owners.flatMap((owner) => [allocator.ipv4(owner), allocator.ipv6(`${owner} v6`)]).map(String);
        expect(new Set(blocks).size).toBe(blocks.length);
        for (const block of blocks) {
          if (block.includes(":")) checkInsideIpv6Cidr(block, place);
          else checkInsideCidr(block, place);
        }
      }),
    );
  });

  it("keeps every block when an owner is added, wherever it is added", () => {
    const owners = Array.from({ length: 20 }, (_, index) => `tunnel ${1 + (index % 2)} of s/site-${index >> 1}`);
    const blocksOf = (list: readonly string[]) => {
      const allocator = new InsideCidrAllocator();
      return new Map(list.map((owner) => [owner, allocator.ipv4(owner).toString()]));
    };
    const before = blocksOf(owners);
    for (let at = 0; at <= owners.length; at += 1) {
      const after = blocksOf([...owners.slice(0, at), "tunnel 1 of s/new", ...owners.slice(at)]);
      for (const [owner, block] of before) expect(after.get(owner)).toBe(block);
    }
  });

  it("gives the same owner the same block", () => {
    const allocator = new InsideCidrAllocator();
    expect(allocator.ipv4("a").equals(allocator.ipv4("a"))).toBe(true);
    expect(new InsideCidrAllocator().ipv4("a").equals(allocator.ipv4("a"))).toBe(true);
  });

  it("goes around pinned blocks, and names who has one", () => {
    const wanted = new InsideCidrAllocator().ipv4("a");
    const allocator = new InsideCidrAllocator();
    allocator.pin(wanted, "b", place);
    allocator.pin(wanted, "b", place);
    expect(allocator.ipv4("a").equals(wanted)).toBe(false);
    const error = thrown(() => {
      allocator.pin(wanted, "c", place);
    });
    expect(error.code).toBe("HYBRID_VPN_INSIDE_CIDR_TAKEN");
    expect(error.message).toContain("b has this one");
  });

  it("keeps out of the neighbourhood of the metadata service", () => {
    const allocator = new InsideCidrAllocator();
    const avoided = Cidr.parse("169.254.168.0/21");
    for (let index = 0; index < 2_000; index += 1) {
      expect(avoided.overlaps(allocator.ipv4(`tunnel ${index}`))).toBe(false);
    }
  });

  it("says when the stack has no more room", () => {
    const allocator = new InsideCidrAllocator();
    const full = Cidr.parse("169.254.0.0/16").split(30);
    for (const [index, block] of full.entries()) allocator.pin(block, `pinned ${index}`, place);
    expect(thrown(() => allocator.ipv4("one more")).code).toBe("HYBRID_VPN_INSIDE_CIDR_EXHAUSTED");
  });
});
