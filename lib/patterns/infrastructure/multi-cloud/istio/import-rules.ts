/**
 * The rules about the import of manifests. They are apart from the readers, so that a rule is listed without loading those.
 */
import { defineRule, type Rule } from "../../../../core/rule";
import type { LocatedManifest } from "./manifest";
import { locate, type ManifestObservation } from "./manifest-rule";

/** A field of a manifest that an intent does not support. */
export interface Unsupported {
  readonly located: LocatedManifest;
  readonly observation: ManifestObservation;
}

/** The kinds of Istio's routing objects. */
export const istioKinds = ["ServiceEntry", "VirtualService", "DestinationRule", "Gateway"] as const;

/** Reports a document that is not one of Istio's routing objects. */
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

/** Reports a field that an intent does not support. */
export const importUnsupported: Rule<readonly Unsupported[]> = defineRule<readonly Unsupported[]>({
  id: "istio-import-unsupported",
  title: "A field of a manifest is not supported by an intent",
  severity: "warning",
  why: "the manifests that are compiled from the intent would not behave like this one",
  remedy: "keep the field in a manifest of its own, or express it by the intent's own settings",
  *check(parts) {
    for (const { located, observation } of parts) yield locate(located, observation);
  },
});
