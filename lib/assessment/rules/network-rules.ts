/** Rules about addresses: declared, and not used twice on the two sides of a connection. */
import type { Location } from "../../core/location";
import { defineRule } from "../../core/rule";
import { findOverlaps } from "../../network/overlap";
import { addressScope, declaredNetworks, type DeclaredNetwork } from "../networks";
import { locatedAt, type AssessmentSubject } from "../subject";

/** Reports servers with an address in no declared network. */
export const addressUndeclared = defineRule<AssessmentSubject>({
  id: "address-in-no-declared-network",
  title: "A server has an address in no declared network",
  severity: "warning",
  why: "an undeclared network is not checked for overlaps, and gets no route and no firewall rule",
  remedy: "declare the network under network_configuration.sources, or remove the stale address",
  *check({ servers, checklist, inventory }) {
    const networks = declaredNetworks(checklist, inventory);
    if (networks.sources.isEmpty) return;
    for (const { name, nics, location } of servers) {
      const outside: string[] = [];
      for (const { addresses } of nics) {
        for (const text of addresses) {
          const address = text.trim().toLowerCase();
          if (addressScope(address) !== "network") continue;
          if (!networks.sources.has(address) && !networks.containers.has(address)) outside.push(address);
        }
      }
      if (outside.length === 0) continue;
      yield { subject: name, message: `in no declared network: ${outside.join(", ")}`, ...locatedAt(location) };
    }
  },
});

/**
 * Returns the owner of a network, for the search of overlaps. Sources may nest in each other, being one site's plan, and so
 * may container networks, which two clusters often have in common. Everything else must be apart.
 */
function ownerOf({ kind, name }: DeclaredNetwork): string {
  return kind === "source" || kind === "container" ? kind : `${kind} ${name}`;
}

/** Reports networks that must reach each other and share addresses. */
export const networkOverlap = defineRule<AssessmentSubject>({
  id: "network-overlap",
  title: "A source, target, peer or container network overlaps another",
  severity: "blocker",
  why: "the VPC's local route wins over every route to the other network, so packets for it never leave: the connection fails without an error",
  remedy:
    "choose another range for the target; where the other side cannot change, translate addresses between the two and waive this",
  *check({ checklist, inventory, locate }) {
    const { all } = declaredNetworks(checklist, inventory);
    const overlaps = findOverlaps(all.map((network) => ({ ...network, owner: ownerOf(network) })));
    for (const { a, b } of overlaps) {
      yield {
        subject: `${a.name} and ${b.name}`,
        message: `${a.kind} network ${a.name} (${a.cidr.toString()}) overlaps ${b.kind} network ${b.name} (${b.cidr.toString()})`,
        ...locatedAt(placeOf([a, b], locate)),
      };
    }
  },
});

/**
 * Returns the place to report of two networks: the target's, because it can be changed, or else that of either which the
 * checklist declares.
 */
function placeOf(networks: readonly DeclaredNetwork[], locate: AssessmentSubject["locate"]): Location | undefined {
  const declared = networks.filter((network) => network.path !== undefined);
  const { path } = declared.find((network) => network.kind === "target") ?? declared.at(-1) ?? {};
  return path === undefined ? undefined : locate(path);
}

/** The rules about networks and addresses. */
export const networkRules = [addressUndeclared, networkOverlap] as const;
