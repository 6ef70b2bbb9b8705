/** What all compiled manifests have in common. */
import type { Routing } from "../routing";
import type { Json, Manifest } from "./manifest";

/** Istio's durations: `1500ms` is `1.5s`. */
export function duration(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}

/** Leaves out what is undefined, so that the YAML holds only what is set. */
export function defined(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** The metadata that every manifest of the routing has. */
export function metadata(routing: Routing, name: string): Manifest["metadata"] {
  const { namespace } = routing.mesh;
  return namespace === undefined ? { name } : { name, namespace };
}

/** The API version of the networking objects that are written. */
export function apiVersion(routing: Routing): string {
  return routing.mesh.apiVersion ?? "networking.istio.io/v1beta1";
}
