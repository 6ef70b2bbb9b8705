/** The manifest of Multi-Cloud. Its stages are the steps of the schedule that a stack declares. */
import { patternProfiles } from "../../../catalog/profiles";
import { definePattern, type Pattern } from "../../../core/pattern";
import { dnsRules } from "./dns/rules";
import { importUnsupported, notIstio } from "./istio/import-rules";
import { istioRules } from "./istio/rules";
import { routingRules } from "./rules";
import { multiCloudStarter } from "./starter";

/** The manifest of Multi-Cloud: its profile, rules, the prefixes of its error codes and its starter. */
export const multiCloudPattern: Pattern<undefined> = definePattern({
  profile: patternProfiles["multi-cloud"],
  role: "routing",
  rules: [...routingRules, ...dnsRules, ...istioRules, notIstio, importUnsupported],
  errors: ["ROUTING"],
  starter: multiCloudStarter,
});
