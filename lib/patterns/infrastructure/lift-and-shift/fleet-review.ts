/** What the rules about a fleet look at, and how they say where they saw it. */
import type { Location } from "../../../core/location";
import type { Server } from "../../../inventory/model";
import type { AccessPlan } from "./access-plan";
import type { Exposure } from "./exposure";
import type { FleetPlan, ServerPlan } from "./server-plan";

/** What the rules look at: `fleet.review`. */
export interface FleetReview {
  readonly plan: FleetPlan;
  readonly access: AccessPlan;
  readonly exposure: Exposure;
  readonly testClientCidrs: readonly string[];
}

/** The servers whose instances are made here: one that is adopted is what the replication tool made of it. */
export function made(plan: FleetPlan): readonly ServerPlan[] {
  return plan.servers.filter(({ image }) => image?.source.kind !== "adopt");
}

/** Where the server was read, for an observation. */
export function at(server: Server): { readonly location?: Location } {
  return server.location === undefined ? {} : { location: server.location };
}

/** `1 disk`, `2 disks`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
