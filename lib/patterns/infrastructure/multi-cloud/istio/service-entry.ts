/**
 * The compiler of ServiceEntries: one for each destination outside the mesh, so that sidecars know it, its port and its
 * endpoints.
 */
import type { ResolvedDestination, Routing } from "../routing";
import { apiVersion, omitUndefined, metadata } from "./manifest-fields";
import type { Json, Manifest } from "./manifest";
import { meshFailover } from "./mesh-failover";

/** Returns the label that ranks the endpoints of a failover: an endpoint has it for every rank that it may serve. */
export function rankLabel(rank: number): string {
  return `failover-${rank}`;
}

/** Returns Istio's protocol of a destination: its own, else HTTPS on port 443 and HTTP elsewhere. */
export function protocolOf(destination: ResolvedDestination): string {
  return destination.protocol ?? (portOf(destination) === 443 ? "HTTPS" : "HTTP");
}

/** Returns the port of an external destination. */
export function portOf(destination: ResolvedDestination): number {
  return destination.port ?? 443;
}

/** Returns the name of a destination's port. */
export function portNameOf(destination: ResolvedDestination): string {
  return protocolOf(destination).toLowerCase();
}

/**
 * Returns the name of the manifests of a host: its first label, `aws-service` for `aws-service.company.com`; the whole name with
 * hyphens where two hosts begin alike.
 */
export function manifestName(routing: Routing, host: string): string {
  const label = firstLabel(host);
  const hosts = new Set([...routing.destinations.values()].map((destination) => destination.host));
  const alike = [...hosts].filter((other) => firstLabel(other) === label);
  return alike.length > 1 ? host.replaceAll(".", "-") : label;
}

function firstLabel(host: string): string {
  return host.split(".", 1)[0] ?? host;
}

/** Compiles the ServiceEntries of a routing. */
export function compileServiceEntries(routing: Routing): Manifest[] {
  return [...routing.destinations.values()]
    .filter((destination) => destination.location === "external")
    .map((destination) => ({
      apiVersion: apiVersion(routing),
      kind: "ServiceEntry",
      metadata: metadata(routing, manifestName(routing, destination.host)),
      spec: omitUndefined({
        hosts: [destination.host],
        addresses: destination.addresses,
        ports: [{ number: portOf(destination), name: portNameOf(destination), protocol: protocolOf(destination) }],
        location: destination.trust ?? "MESH_EXTERNAL",
        resolution: destination.resolution ?? "DNS",
        endpoints: compileEndpoints(routing, destination),
        exportTo: routing.mesh.exportTo,
      }),
    }));
}

/**
 * Compiles the endpoints of the destination and, ranked below them, those of its failover. Rank labels are cumulative: with two that
 * take over, the destination's own endpoints carry ranks 1 and 2, the first substitute's rank 1, the last none. An
 * endpoint's priority in Envoy is then the number of labels that it lacks.
 */
function compileEndpoints(routing: Routing, destination: ResolvedDestination): Json[] | undefined {
  const substitutes = meshFailover(routing, destination.name);
  if (substitutes.length === 0) return destination.endpoints?.map((endpoint) => compileEndpoint(destination, endpoint));
  return [destination, ...substitutes].flatMap((each, index) => {
    const ranks = substitutes.length - index;
    const labels = Object.fromEntries(Array.from({ length: ranks }, (_, i) => [rankLabel(i + 1), "true"]));
    const ports = portOf(each) === portOf(destination) ? undefined : { [portNameOf(destination)]: portOf(each) };
    return (each.endpoints ?? [{ address: each.host }]).map((endpoint) =>
      omitUndefined({ ...compileEndpoint(each, endpoint), ports, labels: ranks === 0 ? undefined : labels }),
    );
  });
}

function compileEndpoint(
  destination: ResolvedDestination,
  endpoint: { readonly address: string; readonly locality?: string; readonly weight?: number },
): Json {
  const { region, zone } = destination;
  const own = region === undefined ? undefined : zone === undefined ? region : `${region}/${zone}`;
  return omitUndefined({ address: endpoint.address, locality: endpoint.locality ?? own, weight: endpoint.weight });
}
