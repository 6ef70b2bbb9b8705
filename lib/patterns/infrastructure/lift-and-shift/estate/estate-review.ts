/** The subject of the rules about identities: the record, and the fleet as it would be recorded now. */
import type { Location } from "../../../../core/location";
import type { Observation } from "../../../../core/rule";
import type { Severity } from "../../../../core/finding";
import type { Server } from "../../../../inventory/model";
import type { EstateRecord, RecordedDisk, RecordedServer } from "../../../../inventory/estate/estate-record";
import type { FleetIdentity } from "./fleet-identities";
import type { EstateMatch } from "../../../../inventory/estate/identity";
import type { StackBlocks } from "./stack-blocks";

/** The subject of `estateRules`. */
export interface EstateReview {
  /** The record; undefined where none is given. */
  readonly record?: EstateRecord;
  readonly match: EstateMatch;
  readonly stack: string;
  readonly migration: string;
  /** Whether the declared stage is the first, in which data is seeded and nothing serves yet. */
  readonly seeding: boolean;
  /** All servers of the inventory, those of other waves too. */
  readonly servers: readonly Server[];
  /** The servers of this fleet. */
  readonly identities: readonly FleetIdentity[];
  /** Returns the blocks of the stack about moves, imports and what is forgotten. Takes long: asked only where it decides. */
  readonly blocks: () => StackBlocks;
}

/** A server of the fleet with the entry that the record has of it. */
export interface RecordedIdentity extends FleetIdentity {
  readonly recorded: RecordedServer;
}

/** Returns the severity of what would be destroyed: while data is seeded nothing serves, and it can be seeded again. */
export function severityOf({ seeding }: EstateReview): Severity {
  return seeding ? "warning" : "blocker";
}

/** Checks whether the entry is about resources of this migration in this stack. */
export function isHere(
  { stack, migration }: Pick<EstateReview, "stack" | "migration">,
  entry: RecordedServer,
): boolean {
  return entry.stack === stack && entry.migration === migration;
}

/** Returns the servers of the fleet that are recorded. */
export function recordedIdentities({ identities, match }: EstateReview): RecordedIdentity[] {
  return identities.flatMap((identity) => {
    const recorded = match.entryOf(identity.plan.server);
    return recorded === undefined ? [] : [{ ...identity, recorded }];
  });
}

/** Checks whether Terraform finds what is recorded at one address at the other: it is the same one, or `moved` blocks say so. */
export function stays(review: EstateReview, recorded: string, now: string): boolean {
  if (recorded === now) return true;
  const { movedFrom } = review.blocks();
  const seen = new Set<string>();
  // Terraform follows one block to the next.
  for (let at = movedFrom.get(now); at !== undefined && !seen.has(at); at = movedFrom.get(at)) {
    if (at === recorded) return true;
    seen.add(at);
  }
  return false;
}

/** Returns the addresses of what is recorded of a server that holds data or serves, and of what it was made from. */
export function addressesOf({ address, disks, images = [] }: RecordedServer): string[] {
  return [address, ...disks.flatMap((disk) => addressesOfDisk(disk)), ...images].filter(
    (each, index, all) => all.indexOf(each) === index,
  );
}

/** Returns the addresses of a recorded disk: its volume and its attachment. */
export function addressesOfDisk({ address, attachment }: RecordedDisk): string[] {
  return [address, ...(attachment === undefined ? [] : [attachment])];
}

/** Returns an observation about a server, at the place where it was read. */
export function observed(
  { name, location }: { readonly name: string; readonly location?: Location },
  said: Omit<Observation, "subject" | "location">,
): Observation {
  return { subject: name, ...said, ...(location === undefined ? {} : { location }) };
}
