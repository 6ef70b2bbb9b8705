/** The checks that the names in an intent exist, and that its schedule and its DNS policy are complete. */
import { MigrationError } from "../../../core/error";
import type { DnsOptions } from "./dns-intent";
import type { RouteTarget, RoutingIntent } from "./intent";

/**
 * Checks the names, the schedule and the DNS policy of an intent.
 *
 * @throws MigrationError `ROUTING_NAME`, `ROUTING_SCHEDULE`, `ROUTING_DNS`
 */
export function checkNames(intent: RoutingIntent): void {
  const names = Object.keys(intent.destinations);
  const known = (name: string, path: string): void => {
    if (names.includes(name)) return;
    throw new MigrationError({
      code: "ROUTING_NAME",
      path,
      received: name,
      allowed: `one of ${names.join(", ")}`,
      fix: "declare the destination or correct the name",
    });
  };
  const target = (route: RouteTarget, path: string): void => {
    if (typeof route.to === "string") known(route.to, `${path}.to`);
    else for (const name of Object.keys(route.to)) known(name, `${path}.to.${name}`);
    if (route.mirror !== undefined) known(route.mirror.to, `${path}.mirror.to`);
  };
  intent.routes?.forEach((route, index) => {
    target(route, `routes[${index}]`);
  });
  target(intent.default, "default");
  intent.failover?.forEach((name, index) => {
    known(name, `failover[${index}]`);
  });
  checkUnique(intent);
  for (const [name, destination] of Object.entries(intent.destinations)) {
    const path = `destinations.${name}`;
    destination.failover?.forEach((other, index) => {
      known(other, `${path}.failover[${index}]`);
      if (other === name) {
        throw new MigrationError({
          code: "ROUTING_NAME",
          path: `${path}.failover[${index}]`,
          received: other,
          allowed: "another destination",
          fix: "a destination cannot take over for itself; remove it from the list",
        });
      }
    });
    const check = destination.dns?.healthCheck;
    if (check?.type === "CALCULATED") {
      check.of.forEach((other, index) => {
        known(other, `${path}.dns.healthCheck.of[${index}]`);
      });
    }
  }
  checkSchedule(intent, known);
  if (intent.dns !== undefined) checkDns(intent, intent.dns, known);
}

function checkUnique(intent: RoutingIntent): void {
  const routeNames = new Set<string>();
  [...(intent.routes ?? []), intent.default].forEach((route, index) => {
    if (route.name === undefined) return;
    if (routeNames.has(route.name)) {
      throw new MigrationError({
        code: "ROUTING_NAME",
        path: index === intent.routes?.length ? "default.name" : `routes[${index}].name`,
        received: route.name,
        allowed: "each route name once",
        fix: "rename one of the two routes",
      });
    }
    routeNames.add(route.name);
  });
  const hosts = new Map<string, string>();
  for (const [name, { host, subset }] of Object.entries(intent.destinations)) {
    const key = `${host} ${subset ?? ""}`;
    const other = hosts.get(key);
    if (other !== undefined) {
      throw new MigrationError({
        code: "ROUTING_NAME",
        path: `destinations.${name}.host`,
        received: host,
        allowed: "each host once, or once for each subset",
        fix: `destination ${other} is the same; remove one of the two or tell them apart by a subset`,
      });
    }
    hosts.set(key, name);
  }
}

function checkSchedule(intent: RoutingIntent, known: (name: string, path: string) => void): void {
  const { schedule } = intent;
  if (schedule === undefined) return;
  known(schedule.towards, "schedule.towards");
  schedule.steps.forEach((step, index) => {
    const before = schedule.steps[index - 1];
    if (before === undefined || step > before) return;
    throw new MigrationError({
      code: "ROUTING_SCHEDULE",
      path: `schedule.steps[${index}]`,
      received: step,
      allowed: `more than the step before, ${before}`,
      fix: "list the steps in ascending order; going back is declaring an earlier stage",
    });
  });
  const routes = new Map<string, RouteTarget>((intent.routes ?? []).map((route, i) => [route.name ?? `#${i}`, route]));
  routes.set(intent.default.name ?? "default", intent.default);
  for (const [index, name] of (schedule.routes ?? [intent.default.name ?? "default"]).entries()) {
    const route = routes.get(name);
    const others =
      route === undefined
        ? []
        : (typeof route.to === "string" ? [[route.to, 100] as const] : Object.entries(route.to)).filter(
            ([other, weight]) => other !== schedule.towards && (weight ?? 0) > 0,
          );
    if (route !== undefined && others.length > 0) continue;
    throw new MigrationError({
      code: "ROUTING_SCHEDULE",
      path: `schedule.routes[${index}]`,
      received: name,
      allowed: "a route with a weight above 0 for a destination other than the one that traffic moves to",
      fix:
        route === undefined
          ? `name one of ${[...routes.keys()].join(", ")}`
          : `give the route another destination than ${schedule.towards}, which has the traffic today`,
    });
  }
}

function checkDns(intent: RoutingIntent, dns: DnsOptions, known: (name: string, path: string) => void): void {
  dns.destinations?.forEach((name, index) => {
    known(name, `dns.destinations[${index}]`);
  });
  for (const name of Object.keys(dns.weights ?? {})) known(name, `dns.weights.${name}`);
  const zone = dns.zone.name.replace(/\.$/, "");
  const fqdn = dns.name.replace(/\.$/, "");
  if (fqdn !== zone && !fqdn.endsWith(`.${zone}`)) {
    throw new MigrationError({
      code: "ROUTING_DNS",
      path: "dns.name",
      received: dns.name,
      allowed: `${zone} or a name below it`,
      fix: "write the full name, or correct the zone",
    });
  }
  if (dns.zone.id !== undefined && dns.zone.vpcIds !== undefined) {
    throw new MigrationError({
      code: "ROUTING_DNS",
      path: "dns.zone.vpcIds",
      received: dns.zone.vpcIds,
      allowed: "only for a new zone",
      fix: "associate the existing zone where it is made, or leave out the id",
    });
  }
  for (const name of dnsDestinations(intent, dns)) {
    const { dns: target, region } = intent.destinations[name] ?? {};
    const lacks =
      dns.policy === "latency" && target?.awsRegion === undefined && region === undefined
        ? "awsRegion"
        : dns.policy === "geolocation" && target?.location === undefined
          ? "location"
          : dns.policy === "geoproximity" &&
              target?.awsRegion === undefined &&
              region === undefined &&
              target?.coordinates === undefined
            ? "coordinates"
            : undefined;
    if (lacks === undefined) continue;
    throw new MigrationError({
      code: "ROUTING_DNS",
      path: `destinations.${name}.dns.${lacks}`,
      allowed: `required by the policy ${dns.policy}`,
      fix: `set it, or leave ${name} out of dns.destinations`,
    });
  }
  const count = dnsDestinations(intent, dns).length;
  if (dns.policy === "failover" && count !== 2) {
    throw new MigrationError({
      code: "ROUTING_DNS",
      path: "dns.destinations",
      received: dnsDestinations(intent, dns),
      allowed: "exactly two for the policy failover: a primary and a secondary",
      fix: "list the two, or choose another policy",
    });
  }
}

/** Returns the destinations that DNS answers with, in order; the first is the primary of the policy `failover`. */
export function dnsDestinations(intent: RoutingIntent, dns: DnsOptions): readonly string[] {
  if (dns.destinations !== undefined) return dns.destinations;
  const { to } = intent.default;
  const names = new Set(typeof to === "string" ? [to] : Object.keys(to));
  if (intent.schedule !== undefined) names.add(intent.schedule.towards);
  if (dns.policy === "failover" || dns.policy === "geolocation")
    for (const name of intent.failover ?? []) names.add(name);
  return [...names].filter((name) => {
    const destination = intent.destinations[name];
    if (destination === undefined) return false;
    const { location, host, dns: target } = destination;
    // A service of the mesh has no name that the outside could look up, unless the intent gives one.
    const inMesh =
      location === "mesh" || (location === undefined && (!host.includes(".") || host.endsWith(".svc.cluster.local")));
    return target?.addresses !== undefined || target?.alias !== undefined || target?.cname !== undefined || !inMesh;
  });
}
