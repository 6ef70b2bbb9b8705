/**
 * The subject of every rule of the assessment: the inventory with the checklist's decisions in it, the checklist, the day,
 * and indexes that more than one rule needs, so that each rule is linear in the servers.
 */
import { admit } from "../core/door/admit";
import type { IsoDate } from "../core/iso-date";
import type { Location } from "../core/location";
import { migratingServers, type Flow, type Inventory, type Server } from "../inventory/model";
import { ServerIndex } from "../inventory/server-index";
import type { Checklist } from "./checklist/checklist";
import type { LocateItem } from "./checklist/item-locations";

/** A flow whose ends have been looked up. */
export interface ResolvedFlow {
  readonly flow: Flow;
  /** The server that opens the connection; undefined where the inventory does not list it. */
  readonly source: Server | undefined;
  /** The server that accepts it; undefined where the inventory does not list it. */
  readonly destination: Server | undefined;
}

/** The subject of the rules of the assessment. */
export interface AssessmentSubject {
  /** The inventory, with the checklist's decisions about its servers. */
  readonly inventory: Inventory;
  readonly checklist: Checklist;
  /** The day of the assessment. */
  readonly asOf: IsoDate;
  /** The servers that migrate: the only ones that rules judge. */
  readonly servers: readonly Server[];
  /** All servers of the inventory, those that stay included, by name, fqdn and address. */
  readonly index: ServerIndex;
  /** The inventory's flows with both ends looked up, once for all rules: there are many more flows than servers. */
  readonly flows: readonly ResolvedFlow[];
  /** Returns the place where an item of the checklist is written; undefined where the checklist was written in code. */
  readonly locate: LocateItem;
}

/** Makes the subject of the rules. */
export function assessmentSubject(
  inventory: Inventory,
  checklist: Checklist,
  asOf: IsoDate,
  locate: LocateItem = () => undefined,
): AssessmentSubject {
  admit("assessmentSubject", { inventory, checklist, asOf, locate });
  const index = ServerIndex.of(inventory);
  const flows = inventory.flows.map((flow) => ({
    flow,
    source: index.find(flow.source),
    destination: index.find(flow.destination),
  }));
  return { inventory, checklist, asOf, servers: migratingServers(inventory), index, flows, locate };
}

/** Returns `{ location }`, or an empty object where there is none: an absent property rather than an undefined one. */
export function locatedAt(location: Location | undefined): { readonly location?: Location } {
  return location === undefined ? {} : { location };
}
