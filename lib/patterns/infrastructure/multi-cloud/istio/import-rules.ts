/** What is found while manifests are read and made into intents. Apart from the readers, so that a rule is listed without them. */
import { defineRule, type Rule } from "../../../../core/rule";
import type { LocatedManifest } from "./manifest";
import { locate, type ManifestObservation } from "./manifest-rule";

/** A part of a manifest, and what an intent lacks for it. */
export interface Unsupported {
  readonly located: LocatedManifest;
  readonly observation: ManifestObservation;
}

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

/** What an intent cannot say. */
export const importUnsupported: Rule<readonly Unsupported[]> = defineRule<readonly Unsupported[]>({
  id: "istio-import-unsupported",
  title: "A part of a manifest has no place in an intent",
  severity: "warning",
  why: "what is compiled from the intent would not do what the manifest does",
  remedy: "keep the part in a manifest of its own, or say it in the intent's terms",
  *check(parts) {
    for (const { located, observation } of parts) yield locate(located, observation);
  },
});
