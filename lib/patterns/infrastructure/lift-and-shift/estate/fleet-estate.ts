/** The record of an estate as a fleet uses it: what it pins of a server's place, and the groups that were called otherwise. */
import { groupBy } from "../../../../core/collections";
import { compareText } from "../../../../core/text";
import type { Server } from "../../../../inventory/model";
import type { ServerNetwork } from "../../../../parts/network/server-network";
import type { Placement } from "../placement";
import type { RecordedServer } from "../../../../inventory/estate/estate-record";
import { placeOfSubnet, subnetAt } from "./place";

/** The record of an estate, as the fleet of one migration sees it. */
export interface FleetEstate {
  /** Returns the entry of a server of the fleet, be it of this migration or of another that had it before. */
  readonly entryOf: (server: Server) => RecordedServer | undefined;
  /** Checks whether the entry is about resources of this migration in this stack. */
  readonly isHere: (entry: RecordedServer) => boolean;
}

/** A place that a server keeps because it is recorded, and the one that it would be put in now. */
export interface KeptPlace {
  readonly kept: string;
  readonly otherwise: string;
}

/**
 * Returns the placement with the recorded subnet and address, which a change of either would make anew. A recorded subnet that
 * the network does not have any more pins nothing.
 */
export function keptPlace(
  asked: Placement,
  recorded: RecordedServer | undefined,
  { subnets }: ServerNetwork,
): Placement & { readonly kept?: KeptPlace } {
  const subnet = recorded?.subnet === undefined ? undefined : subnetAt(recorded.subnet, subnets);
  if (recorded === undefined || subnet === undefined) return asked;
  const { subnet: otherSubnet, privateAddress: otherAddress, ...rest } = asked;
  const { privateAddress } = recorded;
  const place = { ...rest, subnet, ...(privateAddress === undefined ? {} : { privateAddress }) };
  if (otherSubnet?.id === subnet.id && otherAddress === privateAddress) return place;
  const said = (at: string | undefined, address: string | undefined): string =>
    `${at ?? "no subnet"}${address === undefined ? "" : ` at ${address}`}`;
  const otherwise = otherSubnet === undefined ? undefined : placeOfSubnet(otherSubnet, subnets);
  return {
    ...place,
    kept: { kept: said(recorded.subnet, privateAddress), otherwise: said(otherwise, otherAddress) },
  };
}

interface Grouped {
  readonly server: Server;
  readonly groupId: string;
  readonly recorded?: RecordedServer;
}

/**
 * Returns the former ids of groups that are called otherwise now: because the server was renamed that has the group to itself,
 * or because all recorded servers of the group were in one other that is no more. A group that was split goes on as the first
 * of its successors.
 */
export function formerGroups(
  servers: readonly Grouped[],
  groupIdOf: (server: Server) => string,
  estate: FleetEstate | undefined,
): ReadonlyMap<string, string> {
  const groups = [...groupBy(servers, ({ groupId }) => groupId)].sort(([a], [b]) => compareText(a, b));
  const current = new Set(groups.map(([id]) => id));
  const former = new Map<string, string>();
  const claimed = new Set<string>();
  for (const [id, members] of groups) {
    const before = new Set(
      members.flatMap(({ server, recorded }) => {
        if (recorded !== undefined) return estate?.isHere(recorded) === true ? [recorded.group] : [];
        return server.renamedFrom === undefined ? [] : [groupIdOf({ ...server, name: server.renamedFrom })];
      }),
    );
    const [only] = before;
    if (before.size !== 1 || only === undefined || current.has(only) || claimed.has(only)) continue;
    claimed.add(only);
    former.set(id, only);
  }
  return former;
}
