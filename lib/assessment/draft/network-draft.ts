/** The draft of `network_configuration`: the networks that the inventory knows, and a block for the target that is free. */
import { groupBy, unique } from "../../core/collections";
import { MigrationError } from "../../core/error";
import { count } from "../../core/text";
import { CidrAllocator } from "../../network/allocator";
import { formatAddress, parseAddress, type IpAddress } from "../../network/address";
import { Cidr } from "../../network/cidr";
import { mergeCidrs } from "../../network/cidr-set";
import type { Inventory, Server } from "../../inventory/model";
import { addressScope, AddressSet } from "../networks";
import { leftOut, someOf, type ItemDraft } from "./item-draft";

/** The pools of RFC 1918 from which the target's block is taken; the first one is the least used in data centres and homes. */
const POOLS = ["10.64.0.0/10", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
/** The length of the target's block: the largest that a VPC may have (Amazon VPC User Guide, VPC CIDR blocks). */
const TARGET_BITS = 16;
/** The length of the block around an address of a network whose own block is not known: the most frequent one. */
const GUESSED_BITS = 24;

/** A network of servers, with the addresses that they have in it. */
interface SeenNetwork {
  readonly name: string;
  readonly cidr: Cidr | undefined;
  readonly servers: number;
  readonly addresses: readonly IpAddress[];
}

/** Drafts the item. It is answered where every address of a server lies in a network whose block the inventory knows. */
export function draftNetworks(inventory: Inventory, servers: readonly Server[]): ItemDraft {
  const networks = seenNetworks(inventory, servers);
  const known = networks.flatMap(({ name, cidr }) => (cidr === undefined ? [] : [{ name, cidr }]));
  const inKnown = new AddressSet(known.map(({ cidr }) => cidr));
  const addresses = servers.flatMap(networkAddresses);
  const guessed = networks.flatMap(guess);
  const target = freeBlock([...known.map(({ cidr }) => cidr), ...addresses.flatMap(around)]);
  const targets = [{ name: "landing network", cidr: target }];
  const sourcesOf = (list: readonly { readonly name: string; readonly cidr: Cidr }[]) =>
    list.map(({ name, cidr }) => ({ name, cidr: cidr.toString() }));
  const isAnswered = known.length > 0 && addresses.length > 0 && addresses.every((address) => inKnown.has(address));
  const shown = guessed.length === 0 ? [{ name: "data centre", cidr: Cidr.parse("10.0.0.0/16") }] : guessed;
  return {
    seen: [
      ...someOf(networks).map(describe),
      ...leftOut(networks, "networks"),
      ...(guessed.length === 0
        ? []
        : [`No address of the inventory is in ${target}, which is proposed as the target.`]),
    ],
    ...(isAnswered ? { answer: { sources: sourcesOf(known), targets } } : {}),
    example: { sources: sourcesOf(someOf(shown)), targets },
  };
}

function seenNetworks(inventory: Inventory, servers: readonly Server[]): SeenNetwork[] {
  const nics = servers.flatMap((server) => server.nics.map((nic) => ({ server, nic })));
  const byNetwork = groupBy(nics, ({ nic }) => nic.network);
  const cidrs = new Map(inventory.networks.map(({ name, cidr }) => [name, Cidr.tryParse(cidr?.trim() ?? "")]));
  return unique([...inventory.networks.map(({ name }) => name), ...byNetwork.keys()]).map((name) => {
    const own = byNetwork.get(name) ?? [];
    return {
      name,
      cidr: cidrs.get(name),
      servers: new Set(own.map(({ server }) => server)).size,
      addresses: own
        .flatMap(({ nic }) => nic.addresses.flatMap((text) => parseAddress(text.trim()) ?? []))
        .filter(({ version }) => version === 4)
        .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)),
    };
  });
}

function describe({ name, cidr, servers, addresses }: SeenNetwork): string {
  const [first] = addresses;
  const last = addresses.at(-1);
  const range =
    first === undefined || last === undefined
      ? "no address known"
      : first.value === last.value
        ? text(first)
        : `${text(first)} to ${text(last)}`;
  return `${name}: ${cidr === undefined ? "its block is not known" : cidr.toString()}; ${count(servers, "server")}, ${range}.`;
}

/** Returns the network with its block, or with the blocks in which its servers' addresses lie where it is not known. */
function guess({ name, cidr, addresses }: SeenNetwork): { readonly name: string; readonly cidr: Cidr }[] {
  if (cidr !== undefined) return [{ name, cidr }];
  const blocks = mergeCidrs(addresses.map(({ value }) => Cidr.of(4, value, GUESSED_BITS)));
  return blocks.map((block) => ({ name, cidr: block }));
}

/** Returns the addresses of a server that are those of a network, and not of the host itself or of a group. */
function networkAddresses(server: Server): string[] {
  return server.nics
    .flatMap(({ addresses }) => addresses.map((address) => address.trim().toLowerCase()))
    .filter((address) => addressScope(address) === "network");
}

function around(address: string): Cidr[] {
  const parsed = parseAddress(address);
  return parsed?.version === 4 ? [Cidr.of(4, parsed.value, GUESSED_BITS)] : [];
}

/** Returns a block that shares no address with those in use; where no pool has one left, the first, which a rule then refuses. */
function freeBlock(used: readonly Cidr[]): string {
  const reserved = mergeCidrs(used.filter(({ version }) => version === 4));
  for (const pool of POOLS) {
    try {
      return new CidrAllocator(Cidr.parse(pool), { reserved }).allocate(TARGET_BITS).toString();
    } catch (error) {
      if (!(error instanceof MigrationError) || error.code !== "CIDR_POOL_EXHAUSTED") throw error;
    }
  }
  return "10.64.0.0/16";
}

function text({ version, value }: IpAddress): string {
  return formatAddress(version, value);
}
