/** The subject of the rules about a fleet, and helpers for their messages and locations. */
import type { Location } from "../../../core/location";
import type { Server } from "../../../inventory/model";
import type { AccessPlan } from "./access-plan";
import type { Exposure } from "./exposure";
import type { FleetPlan, ServerPlan } from "./server-plan";

/** The subject of the rules about a fleet: `fleet.review`. */
export interface FleetReview {
  readonly plan: FleetPlan;
  readonly access: AccessPlan;
  readonly exposure: Exposure;
  readonly testClientCidrs: readonly string[];
}

/**
 * Returns the servers whose instances are created here, without adopted ones: those are as the replication tool made them.
 */
export function createdServers(plan: FleetPlan): readonly ServerPlan[] {
  return plan.servers.filter(({ image }) => image?.source.kind !== "adopt");
}

/** Returns the place where the server was read, as a property to spread into an observation. */
export function locationOf(server: Server): { readonly location?: Location } {
  return server.location === undefined ? {} : { location: server.location };
}
