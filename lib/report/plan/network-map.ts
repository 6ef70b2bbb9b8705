/**
 * The layout of a plan's networks: places on the left, places on the right, and a lane for each link. A place that
 * is a network stands on its network's side; any other stands where its first link has it: left where that starts from it, right
 * where it leads to it. An end of a link says no side, so one name is one place.
 */
import type { PlanDocument } from "../../plan/plan-document";

/** A network, or another end of a link. */
export interface NetworkPlace {
  readonly name: string;
  /** Undefined for an end of a link that is no network of the plan. */
  readonly cidr?: string;
  readonly side: "source" | "target";
}

/** A link between two places, by their indices in {@link NetworkMap.places}. */
export interface NetworkLane {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** The network diagram as data. */
export interface NetworkMap {
  readonly places: readonly NetworkPlace[];
  readonly lanes: readonly NetworkLane[];
  /** The number of networks without a link that are left out, by side. */
  readonly placesLeftOut: Readonly<Record<NetworkPlace["side"], number>>;
  readonly lanesLeftOut: number;
}

/** The largest number of lanes that can be read. */
const LANES_DRAWN = 24;
/** The largest number of networks without a link, on each side. */
const UNLINKED_DRAWN = 8;

/** Builds the network diagram, with the side of each place. What has a link comes first, in the order of the links. */
export function networkMap({ networks, links }: PlanDocument): NetworkMap {
  const known = new Map(networks.map((network) => [keyOf(network), network]));
  const indexes = new Map<string, number>();
  const places: NetworkPlace[] = [];
  const add = (place: NetworkPlace): number => {
    const index = indexes.get(keyOf(place));
    if (index !== undefined) return index;
    indexes.set(keyOf(place), places.length);
    return places.push(place) - 1;
  };
  const end = (name: string, side: NetworkPlace["side"]): number => {
    const other = keyOf({ name, side: side === "source" ? "target" : "source" });
    const network = known.get(keyOf({ name, side })) ?? known.get(other);
    return network === undefined ? (indexes.get(other) ?? add({ name, side })) : add(network);
  };
  const lanes = links
    .slice(0, LANES_DRAWN)
    .map(({ from, to, label }) => ({ from: end(from, "source"), to: end(to, "target"), label }));
  const placesLeftOut = { source: 0, target: 0 };
  const unlinked = { source: 0, target: 0 };
  for (const network of networks) {
    if (indexes.has(keyOf(network))) continue;
    unlinked[network.side] += 1;
    if (unlinked[network.side] > UNLINKED_DRAWN) placesLeftOut[network.side] += 1;
    else add(network);
  }
  return { places, lanes, placesLeftOut, lanesLeftOut: links.length - lanes.length };
}

/** Both sides may have a network of one name. */
function keyOf({ name, side }: Pick<NetworkPlace, "name" | "side">): string {
  return JSON.stringify([side, name]);
}
