/**
 * The proof that the requests of a route stay in a jurisdiction, over every combination of failures at every stage: a
 * failover that leaves the jurisdiction under any failures leaves it. Requests are not enumerated: a route's distribution
 * depends on failures alone, and an earlier route that *may* take some of its requests must keep them there as well.
 */
import { admit } from "../../../core/door/admit";
import { possibleAnswers } from "./dns/resolve-dns";
import { compileDns, type DnsPlan } from "./dns/plan";
import { meshFailover } from "./istio/mesh-failover";
import { disjoint } from "./matching";
import { resolveRoute } from "./resolve";
import type { ResolvedRoute, Routing } from "./routing";

/** The largest number of destinations of one route whose combinations of failures, 2^12, are checked. */
export const RESIDENCY_LIMIT = 12;

/** A breach of a residency: a way out of the jurisdiction, or too many combinations to check. */
export interface ResidencyBreach {
  readonly plane: "mesh" | "dns";
  /** The label of the route with the residency, or `dns`. */
  readonly route: string;
  readonly residency: string;
  readonly kind: "reached" | "mirrored" | "unproven";
  /** The destination outside the jurisdiction. Undefined where there are too many combinations to check. */
  readonly destination?: string;
  /** The fewest failures that lead to that destination. */
  readonly down: readonly string[];
  /** The stage of the breach, where the intent has a schedule. */
  readonly stage?: string;
  /** The earlier route that takes the requests, where it is another. */
  readonly through?: string;
}

/** The outcome of {@link proveResidency}: the breaches, and the number of combinations checked. */
export interface ResidencyProof {
  readonly breaches: readonly ResidencyBreach[];
  /** The number of combinations of route, stage and failures that were checked. */
  readonly combinations: number;
}

/** Finds all breaches of all residencies of the intent, the fewest failures first for each destination. */
export function proveResidency(routing: Routing): ResidencyProof {
  admit("proveResidency", { routing });
  const proof = { breaches: new Array<ResidencyBreach>(), combinations: 0 };
  const worlds = routing.stages.length === 0 ? [routing] : routing.stages.map((stage) => routing.at(stage));
  const looked = new Set<string>();
  for (const world of worlds) {
    // Who can be reached depends on which weights are 0, not on what the others are.
    const reach = JSON.stringify(world.routes.map((route) => route.shares.map((share) => share.weight > 0)));
    if (looked.has(reach)) continue;
    looked.add(reach);
    for (const [index, route] of world.routes.entries()) {
      const { residency } = route;
      if (residency === undefined) continue;
      const takers = world.routes.slice(0, index).filter((earlier) => mayTake(earlier, route));
      for (const taker of [...takers, route]) proveRoute(world, route.label, residency, taker, proof);
    }
    const plan = compileDns(world);
    const residency = world.dns?.residency;
    if (plan !== undefined && residency !== undefined) proveDns(world, residency, plan, proof);
  }
  const seen = new Set<string>();
  const breaches = proof.breaches.filter((breach) => {
    const { plane, route, kind, destination, through } = breach;
    const key = JSON.stringify([plane, route, kind, destination, through]);
    return !seen.has(key) && seen.add(key);
  });
  return { breaches, combinations: proof.combinations };
}

/** Checks whether a request of `later` could match `earlier`, which would then decide. */
function mayTake(earlier: ResolvedRoute, later: ResolvedRoute): boolean {
  // Everything is the default route's to take, and it is only given what the others leave.
  if (later.match === undefined) return false;
  return later.match.some((own) => (earlier.match ?? []).some((other) => !disjoint(own, other)));
}

interface Collected {
  readonly breaches: ResidencyBreach[];
  combinations: number;
}

function proveRoute(world: Routing, label: string, residency: string, route: ResolvedRoute, proof: Collected): void {
  const about = {
    plane: "mesh" as const,
    route: label,
    residency,
    ...(world.stage === undefined ? {} : { stage: world.stage }),
    ...(route.label === label ? {} : { through: route.label }),
  };
  const mirror = route.mirror?.to;
  if (mirror !== undefined && world.destination(mirror).jurisdiction !== residency) {
    proof.breaches.push({ ...about, kind: "mirrored", destination: mirror, down: [] });
  }
  const reachable = reachableInMesh(world, route);
  if (reachable.length > RESIDENCY_LIMIT) {
    proof.breaches.push({ ...about, kind: "unproven", down: [] });
    return;
  }
  for (const down of subsets(reachable)) {
    proof.combinations += 1;
    for (const { destination } of resolveRoute(world, route, { down }).shares) {
      if (world.destination(destination).jurisdiction === residency) continue;
      proof.breaches.push({ ...about, kind: "reached", destination, down });
    }
  }
}

function proveDns(world: Routing, residency: string, plan: DnsPlan, proof: Collected): void {
  const about = {
    plane: "dns" as const,
    route: "dns",
    residency,
    ...(world.stage === undefined ? {} : { stage: world.stage }),
  };
  const names = [...new Set(plan.records.map((record) => record.destination))];
  if (names.length > RESIDENCY_LIMIT) {
    proof.breaches.push({ ...about, kind: "unproven", down: [] });
    return;
  }
  for (const down of subsets(names)) {
    proof.combinations += 1;
    for (const destination of possibleAnswers(plan, down)) {
      if (world.destination(destination).jurisdiction === residency) continue;
      proof.breaches.push({ ...about, kind: "reached", destination, down });
    }
  }
}

/** Returns the destinations that a route sends requests to, failover included. */
export function reachableInMesh(routing: Routing, route: ResolvedRoute): readonly string[] {
  const names = new Set<string>();
  for (const { destination, weight } of route.shares) {
    if (weight === 0) continue;
    names.add(destination);
    for (const substitute of meshFailover(routing, destination)) names.add(substitute.name);
  }
  return [...names];
}

/** Returns all subsets, the smallest first. */
function subsets(names: readonly string[]): string[][] {
  const all = Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((_, i) => (bits & (1 << i)) !== 0));
  return all.sort((a, b) => a.length - b.length);
}
