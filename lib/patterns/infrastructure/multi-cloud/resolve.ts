/**
 * The evaluator of a routing: the destinations of a request in the mesh, as exact shares. `explain`, the pattern's rules
 * and the residency check use it. It follows Envoy: the first matching route decides, weights are relative to their sum, and a
 * destination is picked *before* health is looked at. A request for an unhealthy destination goes to the first healthy one of
 * its ranked endpoints (`istio/mesh-failover.ts`), and if there is none it fails: weights alone are no failover.
 *
 * ```ts
 * const routing = Routing.parse(intent);
 * resolve(routing, { headers: { region: "us-east" } }).shares; // all of it goes to aws
 * resolve(routing, {}, { down: ["aws"] }).unserved; // 1/5: aws has a fifth of the weights, and nothing stands in for it
 * ```
 */
import { admit } from "../../../core/door/admit";
import { Fraction } from "./fraction";
import { matches, type RoutingRequest } from "./matching";
import { meshFailover } from "./istio/mesh-failover";
import type { ResolvedRoute, Routing } from "./routing";

/** Options of {@link resolve}: the state of the destinations. */
export interface ResolveOptions {
  /** The names of the destinations to take as unhealthy, as if health checks had found them so. @default - none */
  readonly down?: readonly string[];
}

/** The share of the requests that one destination serves. */
export interface ResolvedShare {
  readonly destination: string;
  readonly fraction: Fraction;
  /** The unhealthy destinations that it replaces in part or all of this share. Empty if it replaces none. */
  readonly insteadOf: readonly string[];
}

/** The outcome of resolving a request. The fractions of `shares` and `unserved` add up to 1. */
export interface Resolution {
  /** The layer that was asked: the mesh by {@link resolve}, DNS by `resolveDns`. */
  readonly plane: "mesh" | "dns";
  /** The label of the route that decided, or the DNS policy; undefined if nothing matched. */
  readonly decidedBy?: string;
  /** The reason, as a phrase: `match 0 of route us-east`. */
  readonly because: string;
  readonly shares: readonly ResolvedShare[];
  /** The share of the requests that fail. */
  readonly unserved: Fraction;
}

/** Returns the destinations of the request in the mesh. */
export function resolve(routing: Routing, request: RoutingRequest, options: ResolveOptions = {}): Resolution {
  admit("resolve", { routing, request, options });
  const asked: RoutingRequest = { authority: routing.service, ...request };
  for (const route of routing.routes) {
    const index = route.match?.findIndex((match) => matches(match, asked));
    if (index === -1) continue;
    const because = index === undefined ? "no other route matches" : `match ${index} of route ${route.label}`;
    return { plane: "mesh", decidedBy: route.label, because, ...resolveRoute(routing, route, options) };
  }
  // The default route has no match, so the loop always decides; a routing without it cannot be made.
  throw new TypeError("a routing has a default route");
}

/** Returns the destinations of the requests that a given route has decided. */
export function resolveRoute(
  routing: Routing,
  route: ResolvedRoute,
  options: ResolveOptions = {},
): Pick<Resolution, "shares" | "unserved"> {
  const down = new Set(options.down);
  const total = route.shares.reduce((sum, share) => sum + share.weight, 0);
  const shares: ResolvedShare[] = [];
  let unserved = Fraction.zero;
  for (const { destination, weight } of route.shares) {
    if (weight === 0) continue;
    const fraction = Fraction.of(weight, total);
    const server = [destination, ...meshFailover(routing, destination).map((each) => each.name)].find(
      (name) => !down.has(name),
    );
    if (server === undefined) unserved = unserved.plus(fraction);
    else shares.push({ destination: server, fraction, insteadOf: server === destination ? [] : [destination] });
  }
  return { shares: mergeShares(shares), unserved };
}

/** Merges shares into one entry for each destination, in the order of first appearance. */
export function mergeShares(shares: readonly ResolvedShare[]): ResolvedShare[] {
  const merged = new Map<string, ResolvedShare>();
  for (const share of shares) {
    const before = merged.get(share.destination);
    merged.set(
      share.destination,
      before === undefined
        ? share
        : {
            ...share,
            fraction: before.fraction.plus(share.fraction),
            insteadOf: [...new Set([...before.insteadOf, ...share.insteadOf])],
          },
    );
  }
  return [...merged.values()];
}
