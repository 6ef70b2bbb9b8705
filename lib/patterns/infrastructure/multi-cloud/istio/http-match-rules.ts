/**
 * The rules about matches of HTTP routes that Istio refuses. Facts from istio/istio pkg/config/validation/virtualservice.go.
 */
import type { Rule } from "../../../../core/rule";
import { problemOfRe2 } from "../re2";
import { asArray, asObject, asText, isObject, formatValue, type Json, type ManifestSet } from "./manifest";
import { manifestRule, type ManifestObservation } from "./manifest-rule";
import * as names from "./names";

const kinds = ["VirtualService"];
const severity = "blocker";
const refused = "Istio's admission webhook refuses the object";
/** The largest length of a regular expression, in characters: validateStringRegexp in pkg/config/validation/validation.go. */
const REGEX_LIMIT = 1024;

type Path = readonly (string | number)[];

/** Yields the HTTP routes of a VirtualService with their paths. */
export function* httpRoutes(spec: Json): Generator<{ route: Json; at: Path }> {
  for (const [index, route] of asArray(spec["http"]).entries()) {
    if (isObject(route)) yield { route, at: ["spec", "http", index] };
  }
}

/** Reports a match that Istio cannot evaluate. */
export const httpMatch = manifestRule({
  id: "istio-http-match",
  title: "A match is invalid",
  severity,
  why: `${refused}: a header must have a valid name and a match that is not null, and a prefix must not be empty`,
  remedy: "write exact, prefix or regex with a text, or {} to require that the header is present",
  kinds,
  *checkManifest(spec) {
    for (const { route, at } of httpRoutes(spec)) {
      for (const [index, item] of asArray(route["match"]).entries()) {
        const match = asObject(item);
        const path = [...at, "match", index];
        for (const field of ["headers", "withoutHeaders"]) {
          for (const [name, value] of Object.entries(asObject(match[field]))) {
            if (!/^[-_A-Za-z0-9]+$/.test(name) && !name.startsWith("@request.auth.claims")) {
              yield { path: [...path, field, name], message: `${name} is not a header's name` };
            }
            if (value === null && field === "headers")
              yield { path: [...path, field, name], message: "a match must not be null" };
            if (asObject(value)["prefix"] === "")
              yield { path: [...path, field, name], message: "a prefix must not be empty" };
          }
        }
        for (const field of ["scheme", "method", "authority"]) {
          if (asObject(match[field])["prefix"] === "")
            yield { path: [...path, field], message: "a prefix must not be empty" };
        }
        if (match["port"] !== undefined && !names.isPort(match["port"])) {
          yield { path: [...path, "port"], message: `${formatValue(match["port"])} is not from 1 to 65535` };
        }
        const namespace = asText(match["sourceNamespace"]);
        if (namespace !== "" && !names.isDnsLabel(namespace)) {
          yield { path: [...path, "sourceNamespace"], message: `${namespace} is not a namespace's name` };
        }
      }
    }
  },
});

/** Reports a regular expression that is not RE2. */
export const httpRegex = manifestRule({
  id: "istio-http-regex",
  title: "A regular expression is not RE2",
  severity,
  why: `${refused}: Envoy compiles RE2, which has neither look-around nor back-references, of at most ${REGEX_LIMIT} characters`,
  remedy: "rewrite the expression, or match by exact or prefix",
  kinds,
  *checkManifest(spec) {
    for (const { route, at } of httpRoutes(spec)) {
      for (const [index, item] of asArray(route["match"]).entries()) {
        const match = asObject(item);
        const path = [...at, "match", index];
        for (const field of ["uri", "scheme", "method", "authority"]) yield* regexFault(match[field], [...path, field]);
        for (const field of ["headers", "withoutHeaders", "queryParams"]) {
          for (const [name, value] of Object.entries(asObject(match[field]))) {
            // "*" is not a regular expression: in withoutHeaders Istio takes it for "is there".
            if (field === "withoutHeaders" && asObject(value)["regex"] === "*") continue;
            yield* regexFault(value, [...path, field, name]);
          }
        }
      }
    }
  },
});

function* regexFault(match: unknown, path: Path): Generator<ManifestObservation> {
  const regex = asObject(match)["regex"];
  if (typeof regex !== "string") return;
  if (regex === "") yield { path, message: "a regular expression must not be empty" };
  if (regex.length > REGEX_LIMIT) {
    yield { path, message: `${regex.length} characters, and ${REGEX_LIMIT} are allowed` };
    return;
  }
  const problem = problemOfRe2(regex);
  if (problem !== undefined) yield { path, message: `${regex} is not an RE2 expression: ${problem}` };
}

/** All rules about matches. */
export const httpMatchRules: readonly Rule<ManifestSet>[] = [httpMatch, httpRegex];
