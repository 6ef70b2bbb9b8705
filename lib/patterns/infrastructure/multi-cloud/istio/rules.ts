/**
 * ```ts
 * runRules(istioRules, { manifests: readManifests(yaml, "routing.yaml") });
 * ```
 *
 * The rules of Istio itself, without a cluster: its admission webhook's constraints as blockers, its analysers' messages as
 * blockers or warnings. They check manifests, so compiled and handwritten ones alike.
 */
import { defineRule, type Rule } from "../../../../core/rule";
import { gatewayRules } from "./gateway-rules";
import { httpRouteRules } from "./http-route-rules";
import { asStrings, isObject, type ManifestSet } from "./manifest";
import { locate, manifestRule } from "./manifest-rule";
import { isDnsLabel } from "./names";
import { reachabilityRules } from "./reachability-rules";
import { referenceRules } from "./reference-rules";
import { routeDestinationRules } from "./route-destination-rules";
import { serviceEntryRules } from "./service-entry-rules";
import { trafficPolicyRules } from "./traffic-policy-rules";
import { virtualServiceRules } from "./virtual-service-rules";

/** Reports an object without a spec. */
export const specMissing = defineRule<ManifestSet>({
  id: "istio-spec",
  title: "An object has no spec",
  severity: "blocker",
  why: "the CRD's schema refuses it: spec is required",
  remedy: "write the spec, or remove the object",
  *check({ manifests }) {
    for (const located of manifests) {
      if (isObject(located.manifest.spec)) continue;
      yield locate(located, { path: ["spec"], message: "required, but missing" });
    }
  },
});

/** Reports an `exportTo` that contradicts itself. */
export const exportTo = manifestRule({
  id: "istio-export-to",
  title: "The namespaces in exportTo contradict each other",
  severity: "blocker",
  why: "Istio's admission webhook refuses the object: each namespace once, * and ~ alone, and ~ for a ServiceEntry only (validateExportTo in pkg/config/validation/validation.go)",
  remedy: "list each namespace once, or * alone",
  kinds: ["ServiceEntry", "VirtualService", "DestinationRule"],
  *checkManifest(spec, manifest) {
    const entries = asStrings(spec["exportTo"]);
    const seen = new Set<string>();
    for (const [index, entry] of entries.entries()) {
      const path = ["spec", "exportTo", index];
      const name = entry === "." ? (manifest.metadata.namespace ?? ".") : entry;
      if (seen.has(name)) yield { path, message: `${entry} is a duplicate` };
      seen.add(name);
      if (name === "*" || name === "~") {
        if (entries.length > 1) yield { path, message: `${entry} must stand alone` };
        if (name === "~" && manifest.kind !== "ServiceEntry") yield { path, message: "~ is for a ServiceEntry only" };
      } else if (name !== "." && !isDnsLabel(name)) yield { path, message: `${entry} is not a namespace's name` };
    }
  },
});

/** All rules about Istio's objects. */
export const istioRules: readonly Rule<ManifestSet>[] = [
  specMissing,
  exportTo,
  ...serviceEntryRules,
  ...virtualServiceRules,
  ...httpRouteRules,
  ...routeDestinationRules,
  ...reachabilityRules,
  ...referenceRules,
  ...trafficPolicyRules,
  ...gatewayRules,
];
