/**
 * The rules about VirtualServices as a whole, and their TLS and TCP routes, that Istio refuses. Facts from ValidateVirtualService in
 * istio/istio pkg/config/validation/validation.go. HTTP routes are in http-route-rules.ts.
 */
import type { Rule } from "../../../../core/rule";
import { asArray, asObject, asStrings, isObject, type Json, type ManifestSet } from "./manifest";
import { manifestRule, type ManifestObservation } from "./manifest-rule";
import * as names from "./names";

const kinds = ["VirtualService"];
const severity = "blocker";
const refused = "Istio's admission webhook refuses the object";

/** The fields of a VirtualService with the lists of routes, by protocol. */
export const routeLists = ["http", "tls", "tcp"] as const;

/** Checks whether the VirtualService applies to the sidecars, not only to gateways. */
export function appliesToMesh(spec: Json): boolean {
  const gateways = asStrings(spec["gateways"]);
  return gateways.length === 0 || gateways.includes("mesh");
}

/** Reports a delegate with fields that only its root may have. */
export const virtualServiceDelegate = manifestRule({
  id: "istio-virtual-service-delegate",
  title: "A delegate has fields that only its root may have",
  severity,
  why: `${refused}: a VirtualService without hosts is a delegate, whose root decides gateways, and only HTTP is delegated`,
  remedy: "name the hosts, or remove gateways, tls and tcp",
  kinds,
  *checkManifest(spec) {
    if (asArray(spec["hosts"]).length > 0) return;
    for (const field of ["gateways", "tls", "tcp"]) {
      if (asArray(spec[field]).length > 0) {
        yield { path: ["spec", field], message: "set, and there are no hosts, so this is a delegate" };
      }
    }
  },
});

/** Reports an invalid host of a VirtualService. */
export const virtualServiceHosts = manifestRule({
  id: "istio-virtual-service-hosts",
  title: "A host of a VirtualService is invalid",
  severity,
  why: `${refused}: hosts are DNS names or addresses, * only at a gateway, and none may cover another`,
  remedy: "correct the host, or remove the one that is covered",
  kinds,
  *checkManifest(spec) {
    const hosts = asStrings(spec["hosts"]);
    for (const [index, host] of hosts.entries()) {
      const path = ["spec", "hosts", index];
      const fault = names.wildcardDomainFault(host);
      if (fault !== undefined && !names.isAddress(host))
        yield { path, message: `${host} is not a host name: ${fault}` };
      else if (host === "*" && appliesToMesh(spec)) yield { path, message: "the host * is not allowed in the mesh" };
      const other = hosts.slice(0, index).find((before) => names.hostsOverlap(before, host));
      if (other !== undefined) yield { path, message: `${host} and ${other} cover the same hosts` };
    }
  },
});

/** Reports a VirtualService without a route. */
export const virtualServiceRoutes = manifestRule({
  id: "istio-virtual-service-routes",
  title: "A VirtualService has no routes",
  severity,
  why: `${refused}: one of http, tls and tcp is required`,
  remedy: "add a route",
  kinds,
  *checkManifest(spec) {
    if (routeLists.every((list) => asArray(spec[list]).length === 0)) {
      yield { path: ["spec"], message: "none of http, tls and tcp has a route" };
    }
    for (const list of routeLists) {
      for (const [index, route] of asArray(spec[list]).entries()) {
        if (!isObject(route)) yield { path: ["spec", list, index], message: "a route must not be null" };
      }
    }
  },
});

/** Reports an invalid name of a gateway. */
export const gatewayNames = manifestRule({
  id: "istio-gateway-reference",
  title: "The name of a gateway is invalid",
  severity,
  why: `${refused}: a gateway is named by its name, or by namespace/name`,
  remedy: "write the name, or namespace/name",
  kinds,
  *checkManifest(spec) {
    yield* gatewayFaults(spec, ["spec"]);
    for (const list of routeLists) {
      for (const [index, route] of asArray(spec[list]).entries()) {
        for (const [number, match] of asArray(asObject(route)["match"]).entries()) {
          yield* gatewayFaults(asObject(match), ["spec", list, index, "match", number]);
        }
      }
    }
  },
});

function* gatewayFaults(holder: Json, at: readonly (string | number)[]): Generator<ManifestObservation> {
  for (const [index, gateway] of asStrings(holder["gateways"]).entries()) {
    const path = [...at, "gateways", index];
    const slash = gateway.indexOf("/");
    if (slash === -1) {
      const fault = names.domainFault(gateway);
      if (fault !== undefined) yield { path, message: `${gateway} is not a gateway's name: ${fault}` };
    } else if (!names.isDnsLabel(gateway.slice(0, slash)) || !names.isDnsLabel(gateway.slice(slash + 1))) {
      yield { path, message: `${gateway} is not namespace/name` };
    }
  }
}

/** Reports a TLS or TCP route that lacks a match, a server name or a destination. */
export const tlsRoutes = manifestRule({
  id: "istio-tls-route",
  title: "A TLS or TCP route lacks a match, a server name or a destination",
  severity,
  why: `${refused}: TLS is routed by server name alone, so a route needs matches with names that the hosts cover`,
  remedy: "give the match server names of the VirtualService's hosts, and the route a destination",
  kinds,
  *checkManifest(spec) {
    const hosts = asStrings(spec["hosts"]);
    for (const [index, item] of asArray(spec["tls"]).entries()) {
      const route = asObject(item);
      const at = ["spec", "tls", index];
      if (asArray(route["match"]).length === 0) yield { path: at, message: "a TLS route needs a match" };
      if (asArray(route["route"]).length === 0) yield { path: at, message: "a TLS route needs a destination" };
      for (const [number, match] of asArray(route["match"]).entries()) {
        const path = [...at, "match", number, "sniHosts"];
        const sniHosts = asStrings(asObject(match)["sniHosts"]);
        if (sniHosts.length === 0) yield { path, message: "a TLS match needs a server name" };
        for (const [position, name] of sniHosts.entries()) {
          if (hosts.some((host) => names.hostCovers(host, name))) continue;
          yield { path: [...path, position], message: `${name} is not covered by a host of the VirtualService` };
        }
      }
    }
    for (const [index, route] of asArray(spec["tcp"]).entries()) {
      if (asArray(asObject(route)["route"]).length > 0) continue;
      yield { path: ["spec", "tcp", index], message: "a TCP route needs a destination" };
    }
  },
});

/** All rules about VirtualServices as a whole. */
export const virtualServiceRules: readonly Rule<ManifestSet>[] = [
  virtualServiceDelegate,
  virtualServiceHosts,
  virtualServiceRoutes,
  gatewayNames,
  tlsRoutes,
];
