/**
 * The failover that Istio can carry out. A weighted route picks its destination before health is looked at, and Envoy never moves
 * a request from one destination of a route to another. So a failover must happen *inside* a destination: its ServiceEntry
 * lists the endpoints of those that take over, and the DestinationRule ranks them. That works between destinations that are
 * both outside the mesh and resolved the same way; a service of the mesh has the endpoints that Kubernetes gives it.
 * Ranks by `label=value` need Istio 1.18 (istio/istio, release note 43535); earlier ones compare with the caller's labels.
 */
import type { ResolvedDestination, Routing } from "../routing";

/** Returns the destinations of a destination's `failover` to which Istio can fail over, in order. */
export function meshFailover(routing: Routing, name: string): readonly ResolvedDestination[] {
  const from = routing.destination(name);
  if (!canRank(from)) return [];
  return from.failover
    .map((other) => routing.destination(other))
    .filter((to) => canRank(to) && (to.resolution ?? "DNS") === (from.resolution ?? "DNS"));
}

/** Checks whether a destination's endpoints can be ranked. DNS_ROUND_ROBIN allows one endpoint, and NONE allows none. */
function canRank(destination: ResolvedDestination): boolean {
  if (destination.location !== "external") return false;
  const { resolution = "DNS", endpoints } = destination;
  return resolution === "DNS" || (resolution === "STATIC" && endpoints !== undefined);
}
