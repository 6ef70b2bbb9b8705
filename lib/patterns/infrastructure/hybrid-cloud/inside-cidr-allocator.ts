/**
 * ```ts
 * const allocator = new InsideCidrAllocator();
 * allocator.ipv4("hybrid/berlin tunnel 1").toString(); // the same block in every synthesis
 * ```
 *
 * The allocation of inside CIDR blocks. Every tunnel gets pinned addresses, because the provider sorts the two tunnels by outside address unless their inside
 * CIDRs are given, and changing an inside CIDR replaces the whole connection. So a block must not move when a tunnel, a
 * device or a site is added: each is placed by a hash of its own name, not by its position. Only where two names hash to the
 * same block (one chance in some 16,000) does the order matter: the tunnel constructed first keeps the block, the other takes
 * the next free one. Pin the block where that is not acceptable.
 */
import { createHash } from "node:crypto";
import { MigrationError } from "../../../core/error";
import { Cidr } from "../../../network/cidr";
import type { Place } from "./checks";
import {
  INSIDE_IPV6_PREFIX_LENGTH,
  INSIDE_PREFIX_LENGTH,
  insideAvoided,
  insideIpv6Pool,
  insidePool,
  insideReserved,
} from "./vpn-limits";

/** The allocator of the inside blocks of all tunnels that must not share one: those of a stack. */
export class InsideCidrAllocator {
  private readonly owners = new Map<string, string>();

  /**
   * Reserves a block that the user has pinned. The same owner may pin it again.
   *
   * @throws MigrationError `HYBRID_VPN_INSIDE_CIDR_TAKEN`, which names who has it
   */
  public pin(cidr: Cidr, owner: string, place: Place): void {
    const key = cidr.toString();
    const holder = this.owners.get(key);
    if (holder !== undefined && holder !== owner) {
      throw new MigrationError({
        code: "HYBRID_VPN_INSIDE_CIDR_TAKEN",
        ...place,
        received: key,
        allowed: `a block that no other tunnel of the stack has, and ${holder} has this one`,
        fix: "pin another block to one of the two; changing it replaces that connection, so choose the one not yet deployed",
      });
    }
    this.owners.set(key, owner);
  }

  /** Returns a /30 for the owner, the same in every synthesis. @throws MigrationError `HYBRID_VPN_INSIDE_CIDR_EXHAUSTED` */
  public ipv4(owner: string): Cidr {
    return this.place(owner, insidePool, INSIDE_PREFIX_LENGTH, (cidr) =>
      [...insideReserved, insideAvoided].some((reserved) => reserved.overlaps(cidr)),
    );
  }

  /** Returns a /126 for the owner, the same in every synthesis. @throws MigrationError `HYBRID_VPN_INSIDE_CIDR_EXHAUSTED` */
  public ipv6(owner: string): Cidr {
    return this.place(owner, insideIpv6Pool, INSIDE_IPV6_PREFIX_LENGTH, () => false);
  }

  private place(owner: string, pool: Cidr, prefixLength: number, isReserved: (cidr: Cidr) => boolean): Cidr {
    const blocks = 1n << BigInt(prefixLength - pool.prefixLength);
    const size = pool.size / blocks;
    const home = BigInt(`0x${createHash("sha256").update(owner).digest("hex")}`) % blocks;
    for (let step = 0n; step < blocks; step += 1n) {
      const cidr = Cidr.of(pool.version, pool.first + ((home + step) % blocks) * size, prefixLength);
      const key = cidr.toString();
      const holder = this.owners.get(key);
      if (isReserved(cidr) || (holder !== undefined && holder !== owner)) continue;
      this.owners.set(key, owner);
      return cidr;
    }
    throw new MigrationError({
      code: "HYBRID_VPN_INSIDE_CIDR_EXHAUSTED",
      received: owner,
      allowed: `at most ${this.owners.size} tunnels in one stack`,
      fix: "put some of the connections into another stack",
    });
  }
}
