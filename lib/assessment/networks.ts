/** The networks that the checklist and the inventory declare, indexed for many look-ups of addresses. */
import { parseAddress, type IpVersion } from "../network/address";
import { Cidr } from "../network/cidr";
import { mergeCidrs } from "../network/cidr-set";
import type { Inventory } from "../inventory/model";
import { evidenceOf } from "./checklist/answer";
import type { Checklist } from "./checklist/checklist";

/** A set of addresses that answers by binary search. */
export class AddressSet {
  private readonly ranges: Readonly<Record<IpVersion, readonly Cidr[]>>;
  private readonly answers = new Map<string, boolean>();
  public readonly isEmpty: boolean;

  constructor(cidrs: readonly Cidr[]) {
    const merged = mergeCidrs(cidrs);
    this.ranges = { 4: merged.filter((cidr) => cidr.version === 4), 6: merged.filter((cidr) => cidr.version === 6) };
    this.isEmpty = merged.length === 0;
  }

  /** Checks whether the text is an address of the set. False for a text that is no address. */
  public has(text: string): boolean {
    if (this.isEmpty) return false;
    let answer = this.answers.get(text);
    if (answer === undefined) {
      answer = this.search(text);
      this.answers.set(text, answer);
    }
    return answer;
  }

  private search(text: string): boolean {
    const address = parseAddress(text);
    if (address === undefined) return false;
    const ranges = this.ranges[address.version];
    let low = 0;
    let high = ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = ranges[middle];
      if (range === undefined || address.value < range.first) high = middle - 1;
      else if (address.value > range.last) low = middle + 1;
      else return true;
    }
    return false;
  }
}

/** A network that the checklist or the inventory declares. */
export interface DeclaredNetwork {
  readonly kind: "source" | "target" | "peer" | "container";
  readonly name: string;
  readonly cidr: Cidr;
  /** The path of its declaration in the checklist; undefined where the inventory declares it. */
  readonly path?: readonly (string | number)[];
}

/** The networks that the checklist and the inventory declare, and the sets of their addresses. */
export interface DeclaredNetworks {
  readonly all: readonly DeclaredNetwork[];
  /** The networks that servers may have addresses of: the checklist's sources, and the inventory's networks. */
  readonly sources: AddressSet;
  readonly peers: AddressSet;
  readonly containers: AddressSet;
}

/** Returns the networks of the checklist, and those of the inventory whose range is known. */
export function declaredNetworks(checklist: Checklist, inventory: Inventory): DeclaredNetworks {
  const configuration = evidenceOf(checklist.inventory_current_infrastructure.network_configuration);
  const all: DeclaredNetwork[] = [];
  for (const kind of ["source", "target", "peer", "container"] as const) {
    for (const [index, { name, cidr }] of (configuration?.[`${kind}s`] ?? []).entries()) {
      const path = ["inventory_current_infrastructure", "network_configuration", `${kind}s`, index];
      all.push({ kind, name, cidr: Cidr.parse(cidr), path });
    }
  }
  for (const { name, cidr: text } of inventory.networks) {
    // What a source prints may be anything; what cannot be read declares nothing.
    const cidr = text === undefined ? undefined : Cidr.tryParse(text.trim());
    if (cidr !== undefined) all.push({ kind: "source", name, cidr });
  }
  const set = (kind: DeclaredNetwork["kind"]): AddressSet =>
    new AddressSet(all.filter((network) => network.kind === kind).map((network) => network.cidr));
  return { all, sources: set("source"), peers: set("peer"), containers: set("container") };
}

/**
 * Returns the scope of an address.
 *
 * - `host`: loopback, link-local (RFC 3927, RFC 4291), unspecified, and the default bridges of Docker and libvirt, which
 *   are the same on every host.
 * - `group`: multicast and broadcast.
 * - `network`: any other address.
 * - `none`: the text is no address.
 */
export function addressScope(text: string): "host" | "group" | "network" | "none" {
  if (!/[.:]/.test(text)) return "none";
  const v4 = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(text);
  if (v4 !== null) {
    const first = Number(v4[1]);
    const second = Number(v4[2]);
    if (first > 255) return "none";
    if (first === 0 || first === 127 || (first === 169 && second === 254)) return "host";
    if (text === "172.17.0.1" || text === "192.168.122.1") return "host";
    return first >= 224 ? "group" : "network";
  }
  if (parseAddress(text) === undefined) return "none";
  const v6 = text.toLowerCase();
  if (v6 === "::" || v6 === "::1" || /^fe[89ab]/.test(v6)) return "host";
  return v6.startsWith("ff") ? "group" : "network";
}
