/**
 * The rules about DestinationRules that Istio refuses. Facts from ValidateDestinationRule in istio/istio
 * pkg/config/validation/validation.go, ValidateTLS and ValidateLocalityLbSetting in pkg/config/validation/agent/validation.go.
 */
import type { Rule } from "../../../../core/rule";
import { isDuration } from "./http-route-rules";
import { asArray, asObject, asText, isObject, formatValue, type Json, type ManifestSet } from "./manifest";
import { manifestRule } from "./manifest-rule";
import * as names from "./names";

const kinds = ["DestinationRule"];
const severity = "blocker";
const refused = "Istio's admission webhook refuses the object";

type Path = readonly (string | number)[];

/** Yields the rule's traffic policy, those of its subsets, and those of single ports. */
function* policies(spec: Json): Generator<{ policy: Json; path: Path }> {
  const all: [unknown, Path][] = [
    [spec["trafficPolicy"], ["spec", "trafficPolicy"]],
    ...asArray(spec["subsets"]).map((subset, index): [unknown, Path] => [
      asObject(subset)["trafficPolicy"],
      ["spec", "subsets", index, "trafficPolicy"],
    ]),
  ];
  for (const [value, path] of all) {
    if (!isObject(value)) continue;
    yield { policy: value, path };
    for (const [index, port] of asArray(value["portLevelSettings"]).entries()) {
      yield { policy: asObject(port), path: [...path, "portLevelSettings", index] };
    }
  }
}

/** Reports a DestinationRule with an invalid host. */
export const destinationRuleHost = manifestRule({
  id: "istio-destination-rule-host",
  title: "The host of a DestinationRule is invalid",
  severity,
  why: `${refused}: a rule is for one host, or for a wildcard of hosts`,
  remedy: "write a DNS name",
  kinds,
  *checkManifest(spec) {
    const host = asText(spec["host"]);
    const fault = names.wildcardDomainFault(host);
    if (fault !== undefined) yield { path: ["spec", "host"], message: `"${host}" is not a host: ${fault}` };
  },
});

/** Reports a subset whose name is missing or used twice. */
export const destinationRuleSubsets = manifestRule({
  id: "istio-destination-rule-subsets",
  title: "A subset's name is missing or used twice",
  severity,
  why: `${refused}: routes refer to subsets by name, a DNS label`,
  remedy: "give every subset a name of its own",
  kinds,
  *checkManifest(spec) {
    const seen = new Set<string>();
    for (const [index, subset] of asArray(spec["subsets"]).entries()) {
      const path = ["spec", "subsets", index, "name"];
      const name = asText(asObject(subset)["name"]);
      if (!names.isDnsLabel(name)) yield { path, message: `"${name}" is not a DNS label` };
      else if (seen.has(name)) yield { path, message: `the subset ${name} is a duplicate` };
      seen.add(name);
    }
  },
});

/** Reports outlier detection that is out of range. */
export const outlierDetectionRange = manifestRule({
  id: "istio-outlier-detection",
  title: "Outlier detection is out of range",
  severity,
  why: `${refused}: percentages are 0 to 100, durations at least 1 ms, and failures of the local origin count only when they are split off`,
  remedy: "correct the value",
  kinds,
  *checkManifest(spec) {
    for (const { policy, path } of policies(spec)) {
      const outlier = asObject(policy["outlierDetection"]);
      const at = [...path, "outlierDetection"];
      for (const field of ["maxEjectionPercent", "minHealthPercent"]) {
        const value = outlier[field];
        if (value === undefined || (typeof value === "number" && value >= 0 && value <= 100)) continue;
        yield { path: [...at, field], message: `${formatValue(value)} is not from 0 to 100` };
      }
      for (const field of ["interval", "baseEjectionTime"]) {
        const value = outlier[field];
        if (value === undefined || isDuration(value)) continue;
        yield {
          path: [...at, field],
          message: `${formatValue(value)} is not a duration of whole milliseconds, 1 ms or more`,
        };
      }
      const local = outlier["consecutiveLocalOriginFailures"];
      if (typeof local === "number" && local > 0 && outlier["splitExternalLocalOriginErrors"] !== true) {
        yield {
          path: [...at, "consecutiveLocalOriginFailures"],
          message: "set, and splitExternalLocalOriginErrors is not true",
        };
      }
    }
  },
});

/** Reports locality settings that contradict themselves. */
export const localityFailover = manifestRule({
  id: "istio-locality",
  title: "Locality settings contradict themselves",
  severity,
  why: `${refused}: only one of distribute, failover and failoverPriority is set, shares have the sum 100, and a region does not fail over to itself`,
  remedy: "keep one of the three, and correct its values",
  kinds,
  *checkManifest(spec) {
    for (const { policy, path } of policies(spec)) {
      const setting = asObject(asObject(policy["loadBalancer"])["localityLbSetting"]);
      const at = [...path, "loadBalancer", "localityLbSetting"];
      const set = ["distribute", "failover", "failoverPriority"].filter((field) => asArray(setting[field]).length > 0);
      if (set.length > 1) yield { path: at, message: `${set.join(" and ")} are set together` };
      for (const [index, item] of asArray(setting["distribute"]).entries()) {
        const shares = Object.values(asObject(asObject(item)["to"]));
        const total = shares.reduce<number>((sum, share) => sum + (typeof share === "number" ? share : 0), 0);
        if (total !== 100)
          yield { path: [...at, "distribute", index, "to"], message: `the shares have the sum ${total}, not 100` };
      }
      for (const [index, item] of asArray(setting["failover"]).entries()) {
        const from = asText(asObject(item)["from"]);
        const to = asText(asObject(item)["to"]);
        if (from === to) yield { path: [...at, "failover", index], message: `${from} fails over to itself` };
        if (/[/*]/.test(from + to))
          yield { path: [...at, "failover", index], message: "only regions, without zones and wildcards" };
      }
      const needsHealth = asArray(setting["failover"]).length + asArray(setting["failoverPriority"]).length > 0;
      if (needsHealth && policy["outlierDetection"] === undefined) {
        yield {
          path: at,
          severity: "warning",
          message: "failover without outlierDetection, so Envoy never learns that an endpoint is unhealthy",
          remedy: "add outlierDetection",
        };
      }
    }
  },
});

/** Reports TLS settings that contradict themselves. */
export const clientTls = manifestRule({
  id: "istio-client-tls",
  title: "TLS settings contradict themselves",
  severity,
  why: `${refused}: MUTUAL needs a certificate and a key or a credential, and a credential replaces all files`,
  remedy: "set credentialName, or the files, not both",
  kinds,
  *checkManifest(spec) {
    for (const { policy, path } of policies(spec)) {
      const tls = asObject(policy["tls"]);
      const at = [...path, "tls"];
      const mode = asText(tls["mode"]);
      const files = ["clientCertificate", "privateKey", "caCertificates", "caCrl"].filter(
        (field) => tls[field] !== undefined,
      );
      const credential = tls["credentialName"] !== undefined;
      if ((mode === "SIMPLE" || mode === "MUTUAL") && credential && files.length > 0) {
        yield { path: at, message: `credentialName beside ${files.join(", ")}` };
      }
      if (mode === "MUTUAL" && !credential) {
        for (const field of ["clientCertificate", "privateKey"]) {
          if (tls[field] === undefined) yield { path: at, message: `MUTUAL without ${field} or credentialName` };
        }
      }
      const verified = ["caCertificates", "subjectAltNames"].filter((field) => tls[field] !== undefined);
      if (tls["insecureSkipVerify"] === true && verified.length > 0) {
        yield { path: at, message: `insecureSkipVerify beside ${verified.join(", ")}` };
      }
    }
  },
});

/** All rules about DestinationRules. */
export const trafficPolicyRules: readonly Rule<ManifestSet>[] = [
  destinationRuleHost,
  destinationRuleSubsets,
  outlierDetectionRange,
  localityFailover,
  clientTls,
];
