/**
 * The rules about references between manifests: an undefined subset, a host without a ServiceEntry, two objects for one host.
 * Facts from the analysers in istio/istio pkg/config/analysis/analyzers (virtualservice/destinationrules.go,
 * destinationhosts.go and conflictingmeshgatewayhosts.go, serviceentry/conflictingserviceentries.go).
 */
import { defineRule, type Rule } from "../../../../core/rule";
import {
  asArray,
  asObject,
  asStrings,
  asText,
  manifestSubject,
  formatValue,
  type Json,
  type LocatedManifest,
  type ManifestSet,
} from "./manifest";
import { locate } from "./manifest-rule";
import { fullHost, hostCovers, isAddress } from "./names";
import { appliesToMesh, routeLists } from "./virtual-service-rules";

interface Reference {
  readonly located: LocatedManifest;
  readonly destination: Json;
  readonly host: string;
  readonly path: readonly (string | number)[];
}

function* ofKind(
  set: ManifestSet,
  kind: string,
): Generator<{ located: LocatedManifest; spec: Json; namespace: string }> {
  for (const located of set.manifests) {
    if (located.manifest.kind !== kind) continue;
    const { metadata, spec } = located.manifest;
    yield { located, spec: asObject(spec), namespace: metadata.namespace ?? "default" };
  }
}

/** Yields every destination and mirror of every VirtualService, its host in full. */
function* references(set: ManifestSet): Generator<Reference> {
  for (const { located, spec, namespace } of ofKind(set, "VirtualService")) {
    for (const list of routeLists) {
      for (const [index, item] of asArray(spec[list]).entries()) {
        const route = asObject(item);
        const at = ["spec", list, index];
        const found: [readonly (string | number)[], unknown][] = [
          ...asArray(route["route"]).map((share, number): [readonly (string | number)[], unknown] => [
            [...at, "route", number, "destination"],
            asObject(share)["destination"],
          ]),
          ...asArray(route["mirrors"]).map((mirror, number): [readonly (string | number)[], unknown] => [
            [...at, "mirrors", number, "destination"],
            asObject(mirror)["destination"],
          ]),
          ...(route["mirror"] === undefined ? [] : [[[...at, "mirror"], route["mirror"]] as [typeof at, unknown]]),
        ];
        for (const [path, value] of found) {
          const destination = asObject(value);
          const host = asText(destination["host"]);
          if (host !== "") yield { located, destination, host: fullHost(host, namespace), path };
        }
      }
    }
  }
}

/** Reports a route to a subset that no DestinationRule defines. */
export const subsetMissing = defineRule<ManifestSet>({
  id: "istio-subset-missing",
  title: "A route names a subset that no DestinationRule defines",
  severity: "blocker",
  why: "Envoy has no cluster for the subset, and answers 503 to every request of the route (Istio analyser message VirtualServiceDestinationMismatch, host and subset)",
  remedy: "define the subset in a DestinationRule of the host, or correct its name",
  *check(set) {
    const defined = new Set<string>();
    for (const { spec, namespace } of ofKind(set, "DestinationRule")) {
      for (const subset of asArray(spec["subsets"])) {
        defined.add(`${fullHost(asText(spec["host"]), namespace)} ${asText(asObject(subset)["name"])}`);
      }
    }
    for (const { located, destination, host, path } of references(set)) {
      const subset = asText(destination["subset"]);
      if (subset === "" || defined.has(`${host} ${subset}`)) continue;
      const message = `no DestinationRule of ${host} defines the subset ${subset}`;
      yield locate(located, { path: [...path, "subset"], message });
    }
  },
});

/** Reports a route to a host that no ServiceEntry registers. */
export const hostMissing = defineRule<ManifestSet>({
  id: "istio-host-missing",
  title: "A route goes to a host that no ServiceEntry registers",
  severity: "warning",
  why: "a sidecar knows the services of Kubernetes and of ServiceEntries; for any other host it answers 503 (Istio analyser message ReferencedResourceNotFound)",
  remedy: "add a ServiceEntry for the host, or correct its name",
  *check(set) {
    const registered = [...ofKind(set, "ServiceEntry")].flatMap(({ spec }) => asStrings(spec["hosts"]));
    for (const { located, host, path } of references(set)) {
      // Kubernetes' own services are not among the manifests: a name of the cluster is taken to exist.
      const known = host.endsWith(".svc.cluster.local") || isAddress(host) || (set.knownHosts ?? []).includes(host);
      if (known || registered.some((name) => hostCovers(name, host))) continue;
      yield locate(located, { path: [...path, "host"], message: `no ServiceEntry registers ${host}` });
    }
  },
});

/** Reports a route without a port where the host has several, or with one that the host does not have. */
export const portMissing = defineRule<ManifestSet>({
  id: "istio-port-missing",
  title: "The port of a route's destination is missing or unknown",
  severity: "warning",
  why: "without a port Envoy does not know which of several is meant, and an unknown one has no cluster (Istio analyser messages VirtualServiceDestinationPortSelectorRequired and ReferencedResourceNotFound)",
  remedy: "name one of the ServiceEntry's ports",
  *check(set) {
    const entries = [...ofKind(set, "ServiceEntry")];
    for (const { located, destination, host, path } of references(set)) {
      const entry = entries.find(({ spec }) => asStrings(spec["hosts"]).includes(host));
      if (entry === undefined) continue;
      const numbers = asArray(entry.spec["ports"]).map((port) => asObject(port)["number"]);
      const wanted = asObject(destination["port"])["number"];
      const listed = numbers.map(formatValue).join(", ");
      if (wanted === undefined && numbers.length > 1) {
        yield locate(located, { path, message: `${host} has the ports ${listed}, and none is chosen` });
      } else if (wanted !== undefined && !numbers.includes(wanted)) {
        yield locate(located, {
          path: [...path, "port"],
          message: `${host} has the ports ${listed}, not ${formatValue(wanted)}`,
        });
      }
    }
  },
});

/** Returns the namespaces that see the object; `*` for all. */
function scopes(spec: Json, namespace: string): readonly string[] {
  const exportTo = asStrings(spec["exportTo"]);
  if (exportTo.length === 0 || exportTo.includes("*")) return ["*"];
  return [...new Set(exportTo.map((name) => (name === "." ? namespace : name)))];
}

/** Reports two VirtualServices of the mesh for the same host. */
export const hostConflict = defineRule<ManifestSet>({
  id: "istio-host-conflict",
  title: "Two VirtualServices of the mesh have the same host",
  severity: "blocker",
  why: "a sidecar uses one of them, and which one is not defined (Istio analyser message ConflictingMeshGatewayVirtualServiceHosts)",
  remedy: "put the routes into one VirtualService, or delegate from one to the other",
  *check(set) {
    const claims = new Map<string, { host: string; located: LocatedManifest; index: number }[]>();
    for (const { located, spec, namespace } of ofKind(set, "VirtualService")) {
      if (!appliesToMesh(spec)) continue;
      for (const scope of scopes(spec, namespace)) {
        for (const [index, host] of asStrings(spec["hosts"]).entries()) {
          const key = `${scope} ${fullHost(host, namespace)}`;
          claims.set(key, [...(claims.get(key) ?? []), { host, located, index }]);
        }
      }
    }
    for (const same of claims.values()) {
      if (same.length < 2) continue;
      for (const { host, located, index } of same) {
        const others = same
          .filter((other) => other.located !== located)
          .map((other) => manifestSubject(other.located.manifest));
        if (others.length === 0) continue;
        yield locate(located, {
          path: ["spec", "hosts", index],
          message: `${host} is also a host of ${others.join(", ")}`,
        });
      }
    }
  },
});

/** Reports two ServiceEntries that give a host's port different protocols. */
export const protocolConflict = defineRule<ManifestSet>({
  id: "istio-protocol-conflict",
  title: "Two ServiceEntries give a host's port different protocols",
  severity: "warning",
  why: "a sidecar uses one of them, and which one depends on the order of creation (Istio analyser message ConflictingServiceEntryProtocol)",
  remedy: "agree on the protocol, or keep one ServiceEntry",
  *check(set) {
    const claims = new Map<string, { protocol: string; host: string; port: string; located: LocatedManifest }[]>();
    for (const { located, spec, namespace } of ofKind(set, "ServiceEntry")) {
      for (const scope of scopes(spec, namespace)) {
        for (const host of asStrings(spec["hosts"])) {
          for (const item of asArray(spec["ports"])) {
            const port = asObject(item);
            const number = formatValue(port["number"]);
            const key = `${host} ${number}`;
            const claim = { protocol: asText(port["protocol"]).toUpperCase(), host, port: number, located };
            claims.set(`${scope} ${key}`, [...(claims.get(`${scope} ${key}`) ?? []), claim]);
          }
        }
      }
    }
    const reported = new Set<LocatedManifest>();
    for (const [key, own] of claims) {
      // What is exported to all is seen in every namespace too.
      const all = key.startsWith("* ") ? own : [...own, ...(claims.get(key.replace(/^\S+/, "*")) ?? [])];
      const protocols = [...new Set(all.map((claim) => claim.protocol))].sort();
      if (protocols.length < 2) continue;
      for (const { host, port, located } of all) {
        if (reported.has(located)) continue;
        reported.add(located);
        const message = `port ${port} of ${host} is ${protocols.map((name) => name || "without a protocol").join(" and ")} in different ServiceEntries`;
        yield locate(located, { path: ["spec", "ports"], message });
      }
    }
  },
});

/** All rules about references between manifests. */
export const referenceRules: readonly Rule<ManifestSet>[] = [
  subsetMissing,
  hostMissing,
  portMissing,
  hostConflict,
  protocolConflict,
];
