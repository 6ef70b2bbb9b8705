/** Reads Istio's objects from YAML, with the place of every part. */
import { defineRule, type Rule } from "../../../../core/rule";
import type { Finding } from "../../../../core/finding";
import { readYaml } from "../yaml-document";
import { asArray, asObject, asText, isObject, type LocatedManifest, type Manifest } from "./manifest";

/** The kinds that routing is made of. */
export const istioKinds = ["ServiceEntry", "VirtualService", "DestinationRule", "Gateway"] as const;

/** A document that is not one of Istio's routing objects. */
export const notIstio: Rule<readonly LocatedManifest[]> = defineRule<readonly LocatedManifest[]>({
  id: "istio-not-routing",
  title: "An object is not one of Istio's routing objects",
  severity: "info",
  why: `only ${istioKinds.join(", ")} take part in routing`,
  remedy: "nothing, where that is intended; otherwise correct apiVersion and kind",
  *check(manifests) {
    for (const located of manifests) {
      const { manifest } = located;
      const location = located.locate?.(["kind"]);
      yield {
        subject: `${manifest.kind || "object"} ${manifest.metadata.name || "without a name"}`,
        message: `${manifest.apiVersion || "no apiVersion"} ${manifest.kind || "no kind"} is not read`,
        ...(location === undefined ? {} : { location }),
      };
    }
  },
});

/** What {@link readManifests} gives back. */
export interface ReadManifests {
  readonly manifests: readonly LocatedManifest[];
  /** One for each object that is not one of Istio's. */
  readonly findings: readonly Finding[];
}

/**
 * Istio's objects in a YAML stream, `List` objects opened.
 *
 * @throws MigrationError `ROUTING_YAML`
 */
export function readManifests(text: string, file: string): ReadManifests {
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
