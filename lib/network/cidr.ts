/**
 * ```ts
 * const vpc = Cidr.parse("10.0.0.0/16");
 * const [a, b] = vpc.split(17);
 * vpc.contains(a); // true
 * vpc.addressAt(2); // "10.0.0.2", where the VPC's resolver listens
 * ```
 *
 * A CIDR block is a pair of numbers, its first and its last address, and two blocks are nested or disjoint: they never
 * merely touch each other. All set arithmetic in this room rests on that.
 */
import { admit } from "../core/door/admit";
import { MigrationError } from "../core/error";
import { addressBits, formatAddress, parseAddress, type IpVersion } from "./address";

/** The largest number of blocks that {@link Cidr.split} makes: 2^16, which a /8 needs for its /24s. */
export const SPLIT_LIMIT = 65_536;

const PREFIX_LENGTH = /^(?:0|[1-9]\d{0,2})$/;

/** A block of IPv4 or IPv6 addresses. Immutable; {@link Cidr.parse} is the only way to make one from text. */
export class Cidr {
  /**
   * Parses a block, strictly: `10.0.0.5/8` is refused, because whoever wrote it meant either the block `10.0.0.0/8` or one
   * address, and Terraform would find out which only at apply.
   *
   * @param path the place of the text in the caller's input, for the error
   * @throws MigrationError
   * - `CIDR_PREFIX_MISSING`: no `/` and number of bits
   * - `CIDR_PREFIX_RANGE`: not a whole number from 0 to 32, or 128 for IPv6
   * - `CIDR_ZONE`: a zone identifier, `fe80::1%eth0/64`
   * - `CIDR_MAPPED`: IPv4 inside IPv6 notation, `::ffff:10.0.0.0/104`
   * - `CIDR_ADDRESS`: not an address
   * - `CIDR_HOST_BITS`: bits are set after the prefix; the block itself is offered
   */
  public static parse(text: string, path?: string): Cidr {
    admit("Cidr.parse", { text, path });
    const result = read(text);
    if (result instanceof Cidr) return result;
    throw new MigrationError({ ...result, ...(path === undefined ? {} : { path }), received: text });
  }

  /** Parses a block, and returns undefined where {@link Cidr.parse} would throw. */
  public static tryParse(text: string): Cidr | undefined {
    admit("Cidr.tryParse", { text });
    const result = read(text);
    return result instanceof Cidr ? result : undefined;
  }

  /**
   * Returns the block of `prefixLength` bits in which the address lies.
   *
   * @throws MigrationError `CIDR_PREFIX_RANGE` and `CIDR_ADDRESS_RANGE`, where the version has no such number
   */
  public static of(version: IpVersion, address: bigint, prefixLength: number): Cidr {
    admit("Cidr.of", { version, address, prefixLength });
    const bits = addressBits(version);
    checkPrefixLength(version, prefixLength, 0);
    if (address < 0n || address >> BigInt(bits) !== 0n) {
      throw new MigrationError({
        code: "CIDR_ADDRESS_RANGE",
        received: address.toString(),
        allowed: `0 to 2^${bits} - 1 for IPv${version}`,
        fix: "pass an address of that version",
      });
    }
    return new Cidr(version, address, prefixLength);
  }

  public readonly version: IpVersion;
  /** The number of leading bits that all addresses of the block share: 0 to 32, or 128 for IPv6. */
  public readonly prefixLength: number;
  /** The first address, as a number. */
  public readonly first: bigint;
  /** The last address, as a number. */
  public readonly last: bigint;

  private constructor(version: IpVersion, address: bigint, prefixLength: number) {
    const hostBits = BigInt(addressBits(version) - prefixLength);
    this.version = version;
    this.prefixLength = prefixLength;
    this.first = (address >> hostBits) << hostBits;
    this.last = this.first + (1n << hostBits) - 1n;
  }

  /** The number of its addresses, those that a cloud reserves included. */
  public get size(): bigint {
    return this.last - this.first + 1n;
  }

  /** Checks whether every address of the other block is in this one. Never across versions. */
  public contains(other: Cidr): boolean {
    return this.version === other.version && this.first <= other.first && other.last <= this.last;
  }

  /**
   * Checks whether the address, written without a prefix length, is in the block.
   *
   * @throws MigrationError `CIDR_ADDRESS` where the text is no address
   */
  public containsAddress(address: string): boolean {
    const parsed = parseAddress(address);
    if (parsed === undefined) {
      throw new MigrationError({
        code: "CIDR_ADDRESS",
        received: address,
        allowed: "one IPv4 or IPv6 address without prefix length or zone",
        fix: "write the address alone, like 10.0.0.5",
      });
    }
    return parsed.version === this.version && this.first <= parsed.value && parsed.value <= this.last;
  }

  /** Checks whether the blocks share an address, which means that one contains the other. */
  public overlaps(other: Cidr): boolean {
    return this.version === other.version && this.first <= other.last && other.first <= this.last;
  }

  public equals(other: Cidr): boolean {
    return this.version === other.version && this.first === other.first && this.prefixLength === other.prefixLength;
  }

  /** Returns the block one bit larger of which this one is a half, or undefined for a block of all addresses. */
  public parent(): Cidr | undefined {
    return this.prefixLength === 0 ? undefined : new Cidr(this.version, this.first, this.prefixLength - 1);
  }

  /**
   * Splits the block into all blocks of `prefixLength` bits in it, in order.
   *
   * @throws MigrationError `CIDR_PREFIX_RANGE` where the prefix is shorter than the block's own or too long for its
   * version; `CIDR_SPLIT_LIMIT` above {@link SPLIT_LIMIT} blocks
   */
  public split(prefixLength: number): Cidr[] {
    checkPrefixLength(this.version, prefixLength, this.prefixLength, this);
    const count = 2 ** (prefixLength - this.prefixLength);
    if (count > SPLIT_LIMIT) {
      throw new MigrationError({
        code: "CIDR_SPLIT_LIMIT",
        path: "prefixLength",
        received: prefixLength,
        allowed: `at most ${SPLIT_LIMIT} blocks, which is /${this.prefixLength + Math.log2(SPLIT_LIMIT)} for ${this.toString()}`,
        fix: "split in two steps, or take the blocks one by one from a CidrAllocator",
      });
    }
    const step = 1n << BigInt(addressBits(this.version) - prefixLength);
    const blocks: Cidr[] = [];
    for (let first = this.first; first <= this.last; first += step) {
      blocks.push(new Cidr(this.version, first, prefixLength));
    }
    return blocks;
  }

  /**
   * Returns the address at the offset from the first one; a negative offset counts from the end, -1 being the last address.
   *
   * @throws MigrationError `CIDR_OFFSET` where the block has no such address
   */
  public addressAt(offset: number | bigint): string {
    const whole = typeof offset === "bigint" || Number.isSafeInteger(offset);
    const position = whole ? BigInt(offset) : this.size;
    const address = position < 0n ? this.last + 1n + position : this.first + position;
    if (address < this.first || address > this.last) {
      throw new MigrationError({
        code: "CIDR_OFFSET",
        path: "offset",
        received: String(offset),
        allowed: `a whole number from -${this.size} to ${this.size - 1n} for ${this.toString()}`,
        fix: "choose an offset inside the block",
      });
    }
    return formatAddress(this.version, address);
  }

  /** Returns the block as it is written: `10.0.0.0/8`, or `2001:db8::/32` in the form of RFC 5952. */
  public toString(): string {
    return `${formatAddress(this.version, this.first)}/${this.prefixLength}`;
  }

  /** Returns the block's text, which stands for it in JSON. */
  public toJSON(): string {
    return this.toString();
  }
}

/**
 * Orders blocks by version, then by first address, then larger blocks first, so that a block comes right after those
 * that contain it.
 */
export function compareCidrs(a: Cidr, b: Cidr): number {
  admit("compareCidrs", { a, b });
  if (a.version !== b.version) return a.version - b.version;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefixLength - b.prefixLength;
}

/**
 * Checks the length of a prefix: a whole number from `shortest` to the version's bits.
 *
 * @throws MigrationError `CIDR_PREFIX_RANGE`
 */
export function checkPrefixLength(version: IpVersion, prefixLength: number, shortest: number, within?: Cidr): void {
  const bits = addressBits(version);
  if (Number.isInteger(prefixLength) && prefixLength >= shortest && prefixLength <= bits) return;
  throw new MigrationError({
    code: "CIDR_PREFIX_RANGE",
    path: "prefixLength",
    received: prefixLength,
    allowed: `a whole number from ${shortest} to ${bits}${within === undefined ? ` for IPv${version}` : ` inside ${within.toString()}`}`,
    fix: "choose a prefix length in that range",
  });
}

interface Refusal {
  readonly code: string;
  readonly allowed: string;
  readonly fix: string;
}

/**
 * Parses a block, or returns the reason why it is none: an error that is not thrown costs nothing, and most callers only want
 * to know.
 */
function read(text: string): Cidr | Refusal {
  // A JavaScript caller, or a value out of a file, may be anything.
  if (typeof (text as unknown) !== "string") {
    return { code: "CIDR_ADDRESS", allowed: "a string like 10.0.0.0/8", fix: "write the block as text" };
  }
  const slash = text.indexOf("/");
  const addressText = slash === -1 ? text : text.slice(0, slash);
  const address = parseAddress(addressText);
  if (address === undefined) return refuseAddress(addressText);
  const bits = addressBits(address.version);
  if (slash === -1) {
    return {
      code: "CIDR_PREFIX_MISSING",
      allowed: "an address, a slash and a prefix length",
      fix: `write ${text}/${bits} for this one address, or the prefix of its network`,
    };
  }
  const prefixText = text.slice(slash + 1);
  const prefixLength = Number(prefixText);
  if (!PREFIX_LENGTH.test(prefixText) || prefixLength > bits) {
    return {
      code: "CIDR_PREFIX_RANGE",
      allowed: `a prefix length from 0 to ${bits}, in decimal digits`,
      fix: "write the number of bits after the slash; a netmask like 255.255.255.0 is 24",
    };
  }
  const cidr = Cidr.of(address.version, address.value, prefixLength);
  if (cidr.first !== address.value) {
    return {
      code: "CIDR_HOST_BITS",
      allowed: "a block whose bits after the prefix are all 0",
      fix: `write ${cidr.toString()} for the block, or ${formatAddress(address.version, address.value)}/${bits} for the one address`,
    };
  }
  return cidr;
}

function refuseAddress(text: string): Refusal {
  if (text.includes("%")) {
    return {
      code: "CIDR_ZONE",
      allowed: "an address without a zone identifier",
      fix: "leave out the % and what follows it: a zone has a meaning only on its own host",
    };
  }
  if (text.includes(":") && text.includes(".")) {
    return {
      code: "CIDR_MAPPED",
      allowed: "IPv4 in dotted decimals or IPv6 in hexadecimal groups",
      fix: "write the IPv4 block itself: IPv4 inside IPv6 notation is routed as neither",
    };
  }
  return {
    code: "CIDR_ADDRESS",
    allowed: "a block like 10.0.0.0/8 or 2001:db8::/32, without white space or leading zeros",
    fix: "correct the address before the slash",
  };
}
