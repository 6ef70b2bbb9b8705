/**
 * ```ts
 * const subnets = new CidrAllocator(Cidr.parse("10.0.0.0/16"), { reserved: [Cidr.parse("10.0.0.0/24")] });
 * subnets.allocate(24); // 10.0.1.0/24
 * ```
 *
 * Allocates blocks of addresses, first fit: the same calls in the same order give the same blocks, and a call added at the
 * end changes none of the earlier ones. What is free is kept as the smallest list of blocks, in which every free block lies
 * inside exactly one entry.
 */
import { admit } from "../core/door/admit";
import { MigrationError } from "../core/error";
import { firstOf } from "../core/text";
import { checkPrefixLength, Cidr } from "./cidr";
import { excludeCidrs } from "./cidr-set";

/** Options of a {@link CidrAllocator}. */
export interface CidrAllocatorOptions {
  /**
   * Blocks that are never handed out. One outside the pool has no effect, so that everything in use may be passed.
   * @default - the whole pool is handed out
   */
  readonly reserved?: readonly Cidr[];
}

const FREE_BLOCKS_SHOWN = 8;

/** An allocator that hands out blocks of a pool, each address once. */
export class CidrAllocator {
  public readonly pool: Cidr;

  private freeBlocks: Cidr[];
  private readonly allocatedBlocks: Cidr[] = [];

  constructor(pool: Cidr, options: CidrAllocatorOptions = {}) {
    admit("CidrAllocator", { pool, options });
    this.pool = pool;
    this.freeBlocks = excludeCidrs(pool, options.reserved ?? []);
  }

  /** The addresses that may still be handed out, as the smallest list of blocks. */
  public get free(): readonly Cidr[] {
    return [...this.freeBlocks];
  }

  /** The blocks that have been handed out, in the order of the calls. */
  public get allocated(): readonly Cidr[] {
    return [...this.allocatedBlocks];
  }

  /**
   * Allocates the first free block of that prefix length.
   *
   * @throws MigrationError `CIDR_PREFIX_RANGE` where no block of the pool has that length; `CIDR_POOL_EXHAUSTED`, which
   * says what is still free
   */
  public allocate(prefixLength: number): Cidr {
    checkPrefixLength(this.pool.version, prefixLength, this.pool.prefixLength, this.pool);
    const index = this.freeBlocks.findIndex((block) => block.prefixLength <= prefixLength);
    const block = this.freeBlocks[index];
    if (block === undefined) throw this.exhausted(prefixLength);
    const allocated = Cidr.of(block.version, block.first, prefixLength);
    this.freeBlocks.splice(index, 1, ...excludeCidrs(block, allocated));
    this.allocatedBlocks.push(allocated);
    return allocated;
  }

  /**
   * Reserves the block, so that it is never handed out. Reserving twice, or outside the pool, has no effect.
   *
   * @throws MigrationError `CIDR_ALREADY_ALLOCATED` where part of it has been handed out
   */
  public reserve(cidr: Cidr): void {
    const taken = this.allocatedBlocks.find((block) => block.overlaps(cidr));
    if (taken !== undefined) {
      throw new MigrationError({
        code: "CIDR_ALREADY_ALLOCATED",
        received: cidr.toString(),
        allowed: `a block outside ${taken.toString()}, which has been handed out`,
        fix: "reserve every block before the first one is allocated",
      });
    }
    this.freeBlocks = excludeCidrs(this.freeBlocks, cidr);
  }

  private exhausted(prefixLength: number): MigrationError {
    const shown = firstOf(this.freeBlocks, FREE_BLOCKS_SHOWN);
    const free = this.freeBlocks.length === 0 ? "nothing is free" : `free are only ${shown}`;
    return new MigrationError({
      code: "CIDR_POOL_EXHAUSTED",
      path: "prefixLength",
      received: `/${prefixLength}`,
      allowed: `a free block of ${this.pool.toString()}, of which ${free}`,
      fix: "ask for a smaller block, release a reservation or use a larger pool",
    });
  }
}
