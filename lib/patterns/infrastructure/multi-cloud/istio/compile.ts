/**
 * ```ts
 * compileIstio(Routing.parse(intent)); // ServiceEntry, DestinationRule, Gateway and VirtualService, as plain data
 * ```
 *
 * The compiler of a routing to Istio's objects. Their number and their names depend on the intent alone, never on the stage: from one
 * stage to the next only `weight` changes.
 */
import { admit } from "../../../../core/door/admit";
import type { RequestMatch, ValueMatch } from "../intent";
import type { ResolvedDestination, ResolvedRoute, Routing } from "../routing";
import { apiVersion, omitUndefined, formatDuration, metadata } from "./manifest-fields";
import { compileDestinationRules } from "./destination-rule";
import type { Json, Manifest } from "./manifest";
import { compileServiceEntries } from "./service-entry";

/** Compiles all manifests of the routing: first those that the VirtualService refers to, then the VirtualService. */
export function compileIstio(routing: Routing): Manifest[] {
  admit("compileIstio", { routing });
  return [
    ...compileServiceEntries(routing),
    ...compileDestinationRules(routing),
    ...compileGateway(routing),
    compileVirtualService(routing),
  ];
}

/** Returns the hosts of the VirtualService: the service's name unless the intent gives others. */
function virtualHosts(routing: Routing): readonly string[] {
  return routing.mesh.hosts ?? [routing.service];
}

function compileGateway(routing: Routing): Manifest[] {
  const { gateway } = routing.mesh;
  if (gateway === undefined) return [];
  return [
    {
      apiVersion: apiVersion(routing),
      kind: "Gateway",
      metadata: metadata(routing, gateway.name),
      spec: {
        selector: gateway.selector ?? { istio: "ingressgateway" },
        servers: gateway.servers.map((server) =>
          omitUndefined({
            port: {
              number: server.port,
              name: `${server.protocol.toLowerCase()}-${server.port}`,
              protocol: server.protocol,
            },
            hosts: server.hosts ?? virtualHosts(routing),
            tls: server.tls === undefined ? undefined : omitUndefined({ ...server.tls }),
          }),
        ),
      },
    },
  ];
}

function compileVirtualService(routing: Routing): Manifest {
  const { name, gateways, gateway, exportTo } = routing.mesh;
  const hosts = virtualHosts(routing);
  const bound = gateways ?? (gateway === undefined ? undefined : [gateway.name, "mesh"]);
  return {
    apiVersion: apiVersion(routing),
    kind: "VirtualService",
    metadata: metadata(routing, name ?? routing.service),
    spec: omitUndefined({
      hosts: hosts.length === 0 ? undefined : hosts,
      gateways: bound,
      exportTo,
      http: routing.routes.map((route) => compileRoute(routing, route)),
    }),
  };
}

function compileRoute(routing: Routing, route: ResolvedRoute): Json {
  const { mirror, fault, retries, timeoutMs } = route;
  return omitUndefined({
    name: route.name,
    match: route.match?.map(compileMatch),
    fault:
      fault === undefined
        ? undefined
        : omitUndefined({
            delay:
              fault.delay === undefined
                ? undefined
                : { fixedDelay: formatDuration(fault.delay.fixedMs), percentage: { value: fault.delay.percent } },
            abort:
              fault.abort === undefined
                ? undefined
                : { httpStatus: fault.abort.httpStatus, percentage: { value: fault.abort.percent } },
          }),
    rewrite: route.rewrite === undefined ? undefined : omitUndefined({ ...route.rewrite }),
    route: route.shares.map((share) =>
      compileShare(routing.destination(share.destination), route.weighted ? share.weight : undefined, route),
    ),
    mirror: mirror === undefined ? undefined : compileDestination(routing.destination(mirror.to)),
    mirrorPercentage: mirror === undefined ? undefined : { value: mirror.percent },
    timeout: timeoutMs === undefined ? undefined : formatDuration(timeoutMs),
    retries:
      retries === undefined
        ? undefined
        : omitUndefined({
            attempts: retries.attempts,
            perTryTimeout: retries.perTryTimeoutMs === undefined ? undefined : formatDuration(retries.perTryTimeoutMs),
            retryOn: retries.retryOn,
          }),
  });
}

function compileShare(destination: ResolvedDestination, weight: number | undefined, route: ResolvedRoute): Json {
  const { authority } = destination;
  // A rewrite of the whole route already sets the authority, and Istio refuses to set it twice.
  const rewritten = authority === undefined || route.rewrite?.authority !== undefined;
  return omitUndefined({
    destination: compileDestination(destination),
    weight,
    headers: rewritten ? undefined : { request: { set: { host: authority } } },
  });
}

/** Compiles a destination. A port is named only inside the mesh: an external destination's ServiceEntry has exactly one. */
function compileDestination(destination: ResolvedDestination): Json {
  const { host, subset, port, location } = destination;
  return omitUndefined({
    host,
    subset,
    port: location === "mesh" && port !== undefined ? { number: port } : undefined,
  });
}

function compileMatch(match: RequestMatch): Json {
  const { headers, withoutHeaders, queryParams, ignoreUriCase, ...rest } = match;
  return omitUndefined({
    ...rest,
    ignoreUriCase: ignoreUriCase === true ? true : undefined,
    headers: headers === undefined ? undefined : compileValues(headers),
    withoutHeaders: withoutHeaders === undefined ? undefined : compileValues(withoutHeaders),
    queryParams: queryParams === undefined ? undefined : compileValues(queryParams, { regex: ".*" }),
  });
}

/**
 * Compiles comparisons of values. Istio writes "is present" as an empty match for a header; a query parameter needs a
 * pattern.
 */
function compileValues(values: Readonly<Record<string, ValueMatch>>, present: Json = {}): Json {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, "present" in value ? present : value]),
  );
}
