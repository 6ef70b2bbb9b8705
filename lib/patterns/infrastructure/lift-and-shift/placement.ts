/**
 * The placement of servers: the subnet of each, and whether it keeps its private address.
 *
 * An instance and its volumes cannot change their zone: they are destroyed and made anew. So a server's zone depends on its
 * own name (the former one, where it says that it was renamed) and on the list of zones alone. Servers that are numbered (`web-01`, `web-02`) take turns; another server in
 * between moves nobody. A change of the *list* of zones does: the fleet's `availabilityZones` keeps it as it was.
 */
import type { Server } from "../../../inventory/model";
import { parseAddress } from "../../../network/address";
import { Cidr } from "../../../network/cidr";
import { isUnresolved } from "../../../core/unresolved";
import type { NetworkSubnet, SubnetTier } from "../../../parts/network/server-network";

/**
 * The number of addresses that AWS reserves in each subnet: the first four and the last. Amazon VPC User Guide, "Subnet CIDR
 * blocks".
 */
export const RESERVED_ADDRESSES = 5;

/** An address that a server does not keep, with the reason. */
export interface LostAddress {
  readonly address: string;
  readonly reason: string;
}

/** The subnet and the private address of a server. */
export interface Placement {
  /** The tier that was asked for. */
  readonly tier?: SubnetTier;
  /** The subnet, or undefined where the network has none of the tier. */
  readonly subnet?: NetworkSubnet;
  /** The private address that the server keeps. Without it, AWS chooses one. */
  readonly privateAddress?: string;
  readonly lost?: LostAddress;
  /** The server's other IPv4 addresses: an instance is made with one interface and one address. */
  readonly otherAddresses?: readonly string[];
}

/** Options of a {@link Placer}. */
export interface PlacementOptions {
  readonly subnets: readonly NetworkSubnet[];
  readonly availabilityZones?: readonly string[];
  readonly keepAddresses: boolean;
  readonly tierOf: (server: Server) => SubnetTier;
}

interface PlacedSubnet {
  readonly subnet: NetworkSubnet;
  /** The parsed block; undefined where it is not known, or a token. */
  readonly block?: Cidr;
}

const DATA_TIERS = new Set(["db", "database", "data"]);

/** Returns the default tier of a server's subnet: `isolated` for databases, `private` for everything else. */
export function defaultSubnetTier(server: Server): SubnetTier {
  return DATA_TIERS.has(server.tier?.toLowerCase() ?? "") ? "isolated" : "private";
}

/** The placement of one server after the other, which remembers the addresses that are taken. */
export class Placer {
  private readonly subnets: readonly PlacedSubnet[];
  private readonly byTier = new Map<SubnetTier, readonly NetworkSubnet[]>();
  private readonly taken = new Map<string, string>();

  constructor(private readonly options: PlacementOptions) {
    this.subnets = options.subnets.map((subnet) => {
      const block = subnet.cidr === undefined || isUnresolved(subnet.cidr) ? undefined : Cidr.tryParse(subnet.cidr);
      return block === undefined ? { subnet } : { subnet, block };
    });
    for (const tier of ["private", "isolated", "public"] as const) this.byTier.set(tier, this.onePerZone(tier));
  }

  /**
   * Returns the subnet and the address of the server. `fixed` is the subnet that was chosen for it, by an override or the
   * inventory.
   */
  public place(server: Server, fixed?: NetworkSubnet): Placement {
    const tier = this.options.tierOf(server);
    const chosen = fixed ?? this.spread(server, tier);
    const [address, ...others] = ipv4Of(server);
    if (address === undefined || !this.options.keepAddresses)
      return chosen === undefined ? { tier } : { tier, subnet: chosen };
    const more = others.length === 0 ? {} : { otherAddresses: others.map(({ text }) => text) };
    const lost = (reason: string): Placement => ({
      tier,
      ...(chosen === undefined ? {} : { subnet: chosen }),
      ...more,
      lost: { address: address.text, reason },
    });
    const home = this.subnets.find(
      ({ subnet, block }) =>
        block !== undefined &&
        block.first <= address.value &&
        address.value <= block.last &&
        block.version === 4 &&
        // An address never pulls a server into a subnet that the internet reaches.
        (subnet.tier !== "public" || tier === "public"),
    );
    if (home?.block === undefined) {
      const isUncertain = this.subnets.some(({ subnet: { cidr } }) => cidr !== undefined && isUnresolved(cidr));
      return lost(isUncertain ? "no subnet whose block is known contains it" : "no subnet of the network contains it");
    }
    if (fixed !== undefined && fixed.id !== home.subnet.id) return lost("the server was put in another subnet");
    if (address.value < home.block.first + 4n || address.value === home.block.last) {
      return lost(`AWS reserves it in ${home.block.toString()}`);
    }
    const owner = this.taken.get(address.text);
    if (owner !== undefined && owner !== server.name) return lost(`${owner} has it already`);
    this.taken.set(address.text, server.name);
    return { tier, subnet: home.subnet, privateAddress: address.text, ...more };
  }

  /** Keeps the address for the server: its instance has it already. */
  public reserve(address: string, server: Server): void {
    this.taken.set(address, server.name);
  }

  private spread(server: Server, tier: SubnetTier): NetworkSubnet | undefined {
    // Isolated is the stricter private: each stands in for the other. Public stands in for neither.
    const tiers: readonly SubnetTier[] =
      tier === "public" ? ["public"] : tier === "isolated" ? ["isolated", "private"] : ["private", "isolated"];
    for (const each of tiers) {
      const candidates = this.byTier.get(each) ?? [];
      if (candidates.length > 0) return candidates[turnOf(server.renamedFrom ?? server.name) % candidates.length];
    }
    return undefined;
  }

  private onePerZone(tier: SubnetTier): readonly NetworkSubnet[] {
    const inTier = this.options.subnets.filter((subnet) => subnet.tier === tier);
    const zones = this.options.availabilityZones ?? [...new Set(inTier.map((subnet) => subnet.availabilityZone))];
    return zones.flatMap((zone) => inTier.find((subnet) => subnet.availabilityZone === zone) ?? []);
  }
}

/** Returns the server's IPv4 addresses in their order, each once, without link-local and loopback ones. */
function ipv4Of(server: Server): readonly { readonly text: string; readonly value: bigint }[] {
  const found = new Map<string, { readonly text: string; readonly value: bigint }>();
  for (const nic of server.nics) {
    for (const text of nic.addresses) {
      if (text.startsWith("169.254.") || text.startsWith("127.")) continue;
      const address = parseAddress(text);
      if (address?.version === 4) found.set(text, { text, value: address.value });
    }
  }
  return [...found.values()];
}

/** Returns a number that depends on the name alone, such that names that differ by their last number follow each other. */
function turnOf(name: string): number {
  const match = /^(.*?)(\d{1,9})(\D*)$/.exec(name);
  const rest = match === null ? name : `${match[1] ?? ""}${match[3] ?? ""}`;
  // FNV-1a, 32 bits: any hash does, as long as it never changes.
  let hash = 0x811c9dc5;
  for (let index = 0; index < rest.length; index += 1) {
    hash = Math.imul(hash ^ rest.charCodeAt(index), 0x01000193) >>> 0;
  }
  return (hash % 1_000_000) + Number(match?.[2] ?? 0);
}
