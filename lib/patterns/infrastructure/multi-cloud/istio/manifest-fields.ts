/** The fields that all compiled manifests have in common, and the notation of their values. */
import type { Routing } from "../routing";
import type { Json, Manifest } from "./manifest";

/** Returns a duration in Istio's notation: 1500 milliseconds are `1.5s`. */
export function formatDuration(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}

/** Returns the object without undefined values, so that the YAML holds only fields that are set. */
export function omitUndefined(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** Returns the metadata that every manifest of the routing has. */
export function metadata(routing: Routing, name: string): Manifest["metadata"] {
  const { namespace } = routing.mesh;
  return namespace === undefined ? { name } : { name, namespace };
}

/** Returns the API version of the networking objects that are written. */
export function apiVersion(routing: Routing): string {
  return routing.mesh.apiVersion ?? "networking.istio.io/v1beta1";
}
