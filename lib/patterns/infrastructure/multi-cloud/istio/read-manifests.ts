/** The reader of Istio's objects from YAML, with the location of every part. */
import { admit } from "../../../../core/door/admit";
import type { Finding } from "../../../../core/finding";
import { readYaml } from "../yaml-document";
import { istioKinds, notIstio } from "./import-rules";
import { asArray, asObject, asText, isObject, type LocatedManifest, type Manifest } from "./manifest";

/** The outcome of {@link readManifests}. */
export interface ReadManifests {
  readonly manifests: readonly LocatedManifest[];
  /** The findings: one for each object that is not one of Istio's. */
  readonly findings: readonly Finding[];
}

/**
 * Parses Istio's objects in a YAML stream, `List` objects opened.
 *
 * @throws MigrationError `ROUTING_YAML`
 */
export function readManifests(text: string, file: string): ReadManifests {
  admit("readManifests", { text, file });
  const all = readYaml(text, file).flatMap(({ value, locate }): LocatedManifest[] => {
    const object = asObject(value);
    if (object["kind"] !== "List") return [{ manifest: toManifest(value), locate }];
    return asArray(object["items"]).map((item, index) => ({
      manifest: toManifest(item),
      locate: (path) => locate(["items", index, ...path]),
    }));
  });
  const isIstio = ({ manifest }: LocatedManifest): boolean =>
    manifest.apiVersion.startsWith("networking.istio.io/") && (istioKinds as readonly string[]).includes(manifest.kind);
  return { manifests: all.filter(isIstio), findings: notIstio(all.filter((located) => !isIstio(located))) };
}

function toManifest(value: unknown): Manifest {
  const object = asObject(value);
  const metadata = asObject(object["metadata"]);
  const namespace = asText(metadata["namespace"]);
  return {
    apiVersion: asText(object["apiVersion"]),
    kind: asText(object["kind"]),
    metadata: {
      name: asText(metadata["name"]),
      ...(namespace === "" ? {} : { namespace }),
    },
    ...(isObject(object["spec"]) ? { spec: object["spec"] } : {}),
  };
}
