/** The rules about a routing itself, whatever carries it out. Istio's rules are in istio/, those of Route 53 in dns/. */
import { defineRule, type Rule } from "../../../core/rule";
import { Fraction } from "./fraction";
import { resolvePlan } from "./dns/resolve-dns";
import { compileDns } from "./dns/plan";
import { meshFailover } from "./istio/mesh-failover";
import { isTls } from "./istio/names";
import { portOf, protocolOf } from "./istio/service-entry";
import { proveResidency, reachableInMesh, RESIDENCY_LIMIT, type ResidencyBreach } from "./residency";
import { resolveRoute } from "./resolve";
import type { Routing } from "./routing";

/** Reports requests that can leave their jurisdiction. */
export const residency = defineRule<Routing>({
  id: "routing-residency",
  title: "Requests can leave their jurisdiction",
  severity: "blocker",
  why: `a residency promises that no request leaves the jurisdiction, whatever fails; every combination of failures of up to ${RESIDENCY_LIMIT} destinations is checked, at every stage`,
  remedy: "send the route, its failover and its mirror only to destinations of the jurisdiction",
  *check(routing) {
    for (const breach of proveResidency(routing).breaches) {
      yield { subject: breach.route, message: describe(routing, breach) };
    }
  },
});

function describe(routing: Routing, breach: ResidencyBreach): string {
  const { kind, destination = "", down, stage, through, plane } = breach;
  const when = stage === undefined ? "" : ` at stage ${stage}`;
  if (kind === "unproven")
    return `more than ${RESIDENCY_LIMIT} destinations can be reached, and nothing was proven${when}`;
  const jurisdiction = routing.destination(destination).jurisdiction;
  const where = `${destination}, which is ${jurisdiction === undefined ? "in no named jurisdiction" : `in ${jurisdiction}`}`;
  if (kind === "mirrored") return `a copy goes to ${where}, and ${breach.residency} is promised`;
  const failing =
    down.length === 0
      ? "with everything healthy"
      : `while ${down.join(" and ")} ${down.length === 1 ? "is" : "are"} down`;
  const by =
    through === undefined
      ? plane === "dns"
        ? "DNS answers with"
        : "requests reach"
      : `route ${through} before it may take requests to`;
  return `${by} ${where}, ${failing}${when}; ${breach.residency} is promised`;
}

/** Reports a jurisdiction with one destination only. */
export const residencySingle = defineRule<Routing>({
  id: "routing-residency-single",
  title: "A jurisdiction has one destination only",
  severity: "warning",
  why: "residency forbids going elsewhere, so the failure of the one destination is the failure of the service",
  remedy: "add a second destination in the jurisdiction, with failover between the two",
  *check(routing) {
    for (const route of routing.routes) {
      if (route.residency === undefined) continue;
      const reachable = reachableInMesh(routing, route);
      if (reachable.length !== 1) continue;
      yield { subject: route.label, message: `only ${reachable[0] ?? ""} serves it in ${route.residency}` };
    }
  },
});

/** Reports a weighted route without failover. */
export const weightsWithoutFailover = defineRule<Routing>({
  id: "routing-weights-without-failover",
  title: "A weighted route has no failover",
  severity: "warning",
  why: "Envoy picks a destination by weight before it looks at health, so the share of one that is down fails rather than moving to the others",
  remedy:
    "list the destinations that take over in failover, or declare the stage without the destination when it fails",
  *check(routing) {
    for (const route of routing.routes) {
      if (route.shares.filter((share) => share.weight > 0).length < 2) continue;
      for (const { destination, weight } of route.shares) {
        if (weight === 0 || meshFailover(routing, destination).length > 0) continue;
        const { unserved } = resolveRoute(routing, route, { down: [destination] });
        yield {
          subject: route.label,
          message: `${unserved.formatPercentage()} of its requests fail while ${destination} is down`,
        };
      }
    }
  },
});

/** Reports a failover that the mesh cannot carry out. */
export const failoverOutsideMesh = defineRule<Routing>({
  id: "routing-failover-outside-mesh",
  title: "The mesh cannot carry out a failover",
  severity: "warning",
  why: "Istio ranks endpoints inside one ServiceEntry, so failover works between destinations outside the mesh that are resolved the same way; a service of Kubernetes keeps its own endpoints",
  remedy: "set failover of the destination to those that the mesh can use, or to [] and let DNS fail over",
  *check(routing) {
    for (const destination of routing.destinations.values()) {
      const able = new Set(meshFailover(routing, destination.name).map((each) => each.name));
      const unable = destination.failover.filter((name) => !able.has(name));
      if (unable.length === 0 || routing.intent.destinations[destination.name]?.failover === undefined) continue;
      yield { subject: destination.name, message: `in the mesh ${unable.join(" and ")} cannot take over for it` };
    }
  },
});

/** Reports localities that have no effect beside failover. */
export const localitiesBesideFailover = defineRule<Routing>({
  id: "routing-localities-beside-failover",
  title: "Localities have no effect beside failover",
  severity: "blocker",
  why: "Istio's locality settings take only one of distribute, failover and failoverPriority, and failover between destinations is the last of them",
  remedy: "set failover of the destination to [], or remove its localities",
  *check(routing) {
    for (const { name, localities } of routing.destinations.values()) {
      if (localities === undefined || meshFailover(routing, name).length === 0) continue;
      yield { subject: name, message: "it has localities, and other destinations take over for it" };
    }
  },
});

/** Reports a destination to which the mesh sends plain text, and whose port expects TLS. */
export const plainTextToTls = defineRule<Routing>({
  id: "routing-plain-text-to-tls",
  title: "The mesh sends plain text to a port that expects TLS",
  severity: "warning",
  why: "a request that is routed by its headers reaches the sidecar as plain HTTP, and leaves it so unless the destination's TLS settings say that the sidecar opens TLS (Egress TLS Origination, Istio documentation)",
  remedy: 'set tls: { mode: "SIMPLE" } for the destination, or the port and protocol of its plain HTTP',
  *check(routing) {
    const used = new Set(routing.routes.flatMap((route) => route.shares.map((share) => share.destination)));
    for (const destination of routing.destinations.values()) {
      if (destination.location !== "external" || destination.tls !== undefined || !used.has(destination.name)) continue;
      const protocol = protocolOf(destination);
      if (!isTls(protocol)) continue;
      yield {
        subject: destination.name,
        message: `its port ${portOf(destination)} is ${protocol}, and it has no TLS settings`,
      };
    }
  },
});

/** Reports a destination to which DNS and the mesh send different shares. */
export const dnsMeshDisagree = defineRule<Routing>({
  id: "routing-dns-mesh-disagree",
  title: "DNS and the mesh send different shares",
  severity: "warning",
  why: "the share of a destination then depends on whether a client comes in through DNS or the mesh, and neither number on the dashboard is the total",
  remedy:
    "leave out dns.weights, and give every destination of the default route a DNS target; or waive it where it is intended",
  *check(routing) {
    const plan = compileDns(routing);
    if (plan?.policy !== "weighted") return;
    const dns = new Map(resolvePlan(plan).shares.map((share) => [share.destination, share.fraction]));
    const mesh = new Map(
      resolveRoute(routing, routing.defaultRoute).shares.map((share) => [share.destination, share.fraction]),
    );
    for (const name of new Set([...mesh.keys(), ...dns.keys()])) {
      const [a, b] = [mesh.get(name) ?? Fraction.zero, dns.get(name) ?? Fraction.zero];
      if (!a.equals(b))
        yield { subject: name, message: `the mesh sends it ${a.formatPercentage()}, DNS ${b.formatPercentage()}` };
    }
  },
});

/** All rules about a routing. */
export const routingRules: readonly Rule<Routing>[] = [
  residency,
  residencySingle,
  weightsWithoutFailover,
  failoverOutsideMesh,
  localitiesBesideFailover,
  plainTextToTls,
  dnsMeshDisagree,
];
