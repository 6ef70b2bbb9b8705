/**
 * The rules about HTTP routes that Istio refuses. Facts from istio/istio pkg/config/validation/virtualservice.go and validation.go.
 */
import type { Rule } from "../../../../core/rule";
import { httpMatchRules, httpRoutes } from "./http-match-rules";
import { asArray, asObject, asStrings, asText, formatValue, type ManifestSet } from "./manifest";
import { manifestRule, type ManifestObservation } from "./manifest-rule";

const kinds = ["VirtualService"];
const severity = "blocker";
const refused = "Istio's admission webhook refuses the object";
type Path = readonly (string | number)[];

/** Reports an HTTP route without an action, or with more than one. */
export const httpAction = manifestRule({
  id: "istio-http-action",
  title: "An HTTP route has no action, or more than one",
  severity,
  why: `${refused}: a request is either routed, redirected, answered directly or delegated`,
  remedy: "keep one of route, redirect, directResponse and delegate",
  kinds,
  *checkManifest(spec) {
    const delegated = asArray(spec["hosts"]).length === 0;
    for (const { route, at } of httpRoutes(spec)) {
      const has = (field: string): boolean =>
        field === "route" ? asArray(route["route"]).length > 0 : route[field] !== undefined && route[field] !== null;
      const together = (a: string, b: string): ManifestObservation[] =>
        has(a) && has(b) ? [{ path: [...at, b], message: `set beside ${a}, and only one of the two may be` }] : [];
      if (has("delegate")) {
        if (delegated) yield { path: [...at, "delegate"], message: "a delegate must not delegate further" };
        yield* [...together("delegate", "redirect"), ...together("delegate", "route")];
        continue;
      }
      if (!has("route") && !has("redirect") && !has("directResponse")) {
        yield { path: at, message: "one of route, redirect and directResponse is required" };
      }
      yield* together("redirect", "route");
      yield* together("redirect", "directResponse");
      yield* together("directResponse", "route");
      for (const action of ["redirect", "directResponse"]) {
        for (const extra of ["fault", "rewrite"]) yield* together(action, extra);
      }
    }
  },
});

/** Reports an authority that is set more than once. */
export const httpAuthority = manifestRule({
  id: "istio-http-authority",
  title: "The authority is set more than once",
  severity,
  why: `${refused}: only one of rewrite.authority and the request headers host and :authority can win`,
  remedy: "set the authority in one place",
  kinds,
  *checkManifest(spec) {
    for (const { route, at } of httpRoutes(spec)) {
      const places: string[] = asText(asObject(route["rewrite"])["authority"]) === "" ? [] : ["rewrite.authority"];
      const request = asObject(asObject(route["headers"])["request"]);
      for (const operation of ["set", "add"]) {
        for (const name of Object.keys(asObject(request[operation]))) {
          if (["host", ":authority"].includes(name.toLowerCase())) places.push(`headers.request.${operation}.${name}`);
        }
      }
      if (places.length > 1) yield { path: at, message: `the authority is set by ${places.join(" and by ")}` };
    }
  },
});

/** Reports the change of a header that Envoy protects. */
export const httpHeaderOperation = manifestRule({
  id: "istio-http-header-operation",
  title: "A route changes a protected header",
  severity,
  why: `${refused}: Envoy does not let internal headers be removed, nor Host be set on a response`,
  remedy: "leave headers that begin with a colon, and Host, to rewrite.authority",
  kinds,
  *checkManifest(spec) {
    for (const { route, at } of httpRoutes(spec)) {
      yield* operationFaults(route["headers"], [...at, "headers"]);
      for (const [index, share] of asArray(route["route"]).entries()) {
        yield* operationFaults(asObject(share)["headers"], [...at, "route", index, "headers"]);
      }
    }
  },
});

function* operationFaults(headers: unknown, at: Path): Generator<ManifestObservation> {
  for (const side of ["request", "response"]) {
    const operations = asObject(asObject(headers)[side]);
    for (const operation of ["add", "set", "remove"]) {
      const value = operations[operation];
      for (const name of operation === "remove" ? asStrings(value) : Object.keys(asObject(value))) {
        const authority = ["host", ":authority"].includes(name.toLowerCase());
        const settable = side === "request" && operation !== "remove" && authority;
        if (name !== "" && (settable || (!name.startsWith(":") && !authority))) continue;
        yield { path: [...at, side, operation], message: `the header "${name}" cannot be changed here` };
      }
    }
  }
}

/** Reports a mirrored share that is not a percentage. */
export const httpMirror = manifestRule({
  id: "istio-http-mirror",
  title: "A mirrored share is not a percentage",
  severity,
  why: `${refused}: it is a share of 0 to 100 percent, and either mirror or mirrors is set`,
  remedy: "write 0 to 100 in mirrorPercentage.value",
  kinds,
  *checkManifest(spec) {
    for (const { route, at } of httpRoutes(spec)) {
      if (route["mirror"] !== undefined && asArray(route["mirrors"]).length > 0) {
        yield { path: [...at, "mirrors"], message: "set beside mirror, and only one of the two may be" };
      }
      const shares: [Path, unknown][] = [
        [[...at, "mirrorPercentage"], asObject(route["mirrorPercentage"])["value"]],
        [[...at, "mirrorPercent"], route["mirrorPercent"]],
        ...asArray(route["mirrors"]).map((mirror, index): [Path, unknown] => [
          [...at, "mirrors", index, "percentage"],
          asObject(asObject(mirror)["percentage"])["value"],
        ]),
      ];
      for (const [path, value] of shares) {
        if (typeof value !== "number" || (value >= 0 && value <= 100)) continue;
        yield { path, message: `${value} is not from 0 to 100` };
      }
    }
  },
});

/** Reports an invalid fault injection. */
export const httpFault = manifestRule({
  id: "istio-http-fault",
  title: "A fault injection is invalid",
  severity,
  why: `${refused}: a fault needs a delay or an abort, a share of 0 or 0.0001 to 100 percent, and a status of 200 to 599`,
  remedy: "correct the fault, or remove it",
  kinds,
  *checkManifest(spec) {
    for (const { route, at } of httpRoutes(spec)) {
      if (route["fault"] === undefined) continue;
      const fault = asObject(route["fault"]);
      const path = [...at, "fault"];
      if (fault["abort"] === undefined && fault["delay"] === undefined) {
        yield { path, message: "neither a delay nor an abort" };
      }
      for (const part of ["abort", "delay"]) {
        const value = asObject(asObject(fault[part])["percentage"])["value"];
        if (typeof value === "number" && (value < 0 || value > 100 || (value > 0 && value < 0.0001))) {
          yield { path: [...path, part, "percentage"], message: `${value} is neither 0 nor from 0.0001 to 100` };
        }
      }
      const status = asObject(fault["abort"])["httpStatus"];
      if (typeof status === "number" && (status < 200 || status > 599)) {
        yield { path: [...path, "abort", "httpStatus"], message: `${status} is not from 200 to 599` };
      }
    }
  },
});

const RETRY_ON = new Set(
  (
    "5xx gateway-error reset reset-before-request connect-failure retriable-4xx refused-stream retriable-status-codes " +
    "retriable-headers envoy-ratelimited http3-post-connect-failure cancelled deadline-exceeded internal " +
    "resource-exhausted unavailable"
  ).split(" "),
);

/** Reports retry settings that contradict themselves. */
export const httpRetries = manifestRule({
  id: "istio-http-retries",
  title: "Retry settings contradict themselves",
  severity,
  why: `${refused}: attempts are 0 or more, 0 switches retries off and allows no other setting, and retryOn lists Envoy's conditions`,
  remedy: "correct the retries, or remove them",
  kinds,
  *checkManifest(spec) {
    for (const { route, at } of httpRoutes(spec)) {
      if (route["retries"] === undefined) continue;
      const retries = asObject(route["retries"]);
      const path = [...at, "retries"];
      const attempts = retries["attempts"] ?? 0;
      if (typeof attempts !== "number" || attempts < 0) yield { path, message: `${formatValue(attempts)} attempts` };
      if (
        attempts === 0 &&
        ["perTryTimeout", "retryOn", "retryRemoteLocalities"].some((field) => retries[field] !== undefined)
      ) {
        yield { path, message: "no attempts, and another setting beside it" };
      }
      for (const condition of asText(retries["retryOn"]).split(",")) {
        if (condition === "" || RETRY_ON.has(condition) || /^[1-5]\d\d$/.test(condition)) continue;
        yield { path: [...path, "retryOn"], message: `${condition} is not a condition that Envoy knows` };
      }
    }
  },
});

/** Reports a rewrite or redirect that is empty or contradicts itself. */
export const httpRewrite = manifestRule({
  id: "istio-http-rewrite",
  title: "A rewrite or redirect is empty or contradicts itself",
  severity,
  why: `${refused}: a rewrite sets uri, uriRegexRewrite or authority, not both forms of the path; a redirect needs a target and a 3xx code`,
  remedy: "keep one form, or remove it",
  kinds,
  *checkManifest(spec) {
    for (const { route, at } of httpRoutes(spec)) {
      if (route["rewrite"] !== undefined) {
        const { uri, uriRegexRewrite, authority } = asObject(route["rewrite"]);
        const path = [...at, "rewrite"];
        if (uri !== undefined && uriRegexRewrite !== undefined) yield { path, message: "both uri and uriRegexRewrite" };
        if (uri === undefined && uriRegexRewrite === undefined && authority === undefined) {
          yield { path, message: "none of uri, uriRegexRewrite and authority" };
        }
      }
      if (route["redirect"] !== undefined) {
        const redirect = asObject(route["redirect"]);
        const path = [...at, "redirect"];
        const code = redirect["redirectCode"];
        if (["uri", "authority", "scheme", "port", "derivePort"].every((field) => redirect[field] === undefined)) {
          yield { path, message: "none of uri, authority, scheme and port" };
        }
        if (typeof code === "number" && code !== 0 && (code < 300 || code > 399)) {
          yield { path, message: `${code} is not a redirect code, 300 to 399` };
        }
      }
    }
  },
});

/** Reports a duration that is too short, or finer than a millisecond. */
export const routeDuration = manifestRule({
  id: "istio-duration",
  title: "A duration is too short, or finer than a millisecond",
  severity,
  why: `${refused}: durations are at least 1 ms, in whole milliseconds`,
  remedy: "write for example 1.5s",
  kinds,
  *checkManifest(spec) {
    for (const { route, at } of httpRoutes(spec)) {
      const durations: [string[], unknown][] = [
        [["timeout"], route["timeout"]],
        [["retries", "perTryTimeout"], asObject(route["retries"])["perTryTimeout"]],
        [["fault", "delay", "fixedDelay"], asObject(asObject(route["fault"])["delay"])["fixedDelay"]],
      ];
      for (const [field, value] of durations) {
        if (value === undefined || isDuration(value)) continue;
        yield {
          path: [...at, ...field],
          message: `${formatValue(value)} is not a duration of whole milliseconds, 1 ms or more`,
        };
      }
    }
  },
});

/** Checks whether the value is a duration in Go's notation: `1h30m`, `1.5s`, `250ms`. */
export function isDuration(value: unknown): boolean {
  if (typeof value !== "string" || !/^(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|µs|ns))+$/.test(value)) return false;
  const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 1e-3, µs: 1e-3, ns: 1e-6 };
  let total = 0;
  for (const [, number = "0", unit = "ms"] of value.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)) {
    total += Number(number) * (units[unit] ?? 1);
  }
  return total >= 1 && Math.abs(total - Math.round(total)) < 1e-6;
}

/** All rules about HTTP routes. */
export const httpRouteRules: readonly Rule<ManifestSet>[] = [
  httpAction,
  ...httpMatchRules,
  httpAuthority,
  httpHeaderOperation,
  httpMirror,
  httpFault,
  httpRetries,
  httpRewrite,
  routeDuration,
];
