/**
 * The rules about routes and matches that no request reaches, because an earlier one takes all of theirs. Istio only warns; we do too. Facts
 * from analyzeUnreachableHTTPRules and its siblings in istio/istio pkg/config/validation/validation.go, whose comparison of
 * prefixes is widened to every condition: a match is covered where each condition of the earlier one follows from the later.
 */
import { defineRule, type Rule } from "../../../../core/rule";
import { matchesText } from "../matching";
import type { TextMatch } from "../intent";
import { asArray, asObject, asStrings, asText, isObject, type Json, type ManifestSet } from "./manifest";
import { locate, type ManifestObservation } from "./manifest-rule";
import { routeLists } from "./virtual-service-rules";

interface Seen extends ManifestObservation {
  readonly kind: "unreachable" | "ineffective";
}

function label(item: Json, index: number): string {
  const name = asText(item["name"]);
  return name === "" ? `#${index}` : name;
}

/** Yields the unreachable routes and matches of a list of routes, as Istio's analysis finds them. */
function* analyse(list: string, routes: readonly unknown[]): Generator<Seen> {
  const earlier: { match: Json; text: string; route: string }[] = [];
  let catchAll: string | undefined;
  for (const [index, item] of routes.entries()) {
    if (!isObject(item)) continue;
    const path = ["spec", list, index];
    const name = label(item, index);
    const matches = asArray(item["match"]);
    if (catchAll !== undefined) {
      const message = `route ${name} is never reached: route ${catchAll} before it has no match and takes everything`;
      yield { kind: "unreachable", path, message };
      continue;
    }
    if (matches.length === 0) {
      catchAll = name;
      continue;
    }
    let covered = 0;
    for (const [number, raw] of matches.entries()) {
      const match = asObject(raw);
      const text = canonical(match);
      const cover = earlier.find((other) => other.text === text || (list === "http" && covers(other.match, match)));
      if (cover === undefined) {
        earlier.push({ match, text, route: name });
        continue;
      }
      covered += 1;
      const message = `match ${label(match, number)} of route ${name} has no effect: route ${cover.route} already takes its requests`;
      yield { kind: "ineffective", path: [...path, "match", number], message };
    }
    if (covered === matches.length) {
      yield {
        kind: "unreachable",
        path,
        message: `route ${name} is never reached: earlier routes take all its matches`,
      };
    }
  }
}

function reachability(kind: Seen["kind"], id: string, title: string): Rule<ManifestSet> {
  return defineRule<ManifestSet>({
    id,
    title,
    severity: "warning",
    why:
      kind === "unreachable"
        ? "the first route that matches decides, so this one is dead although it was meant to have an effect (Istio analyser message VirtualServiceUnreachableRule)"
        : "the first route that matches decides, so this match changes nothing (Istio analyser message VirtualServiceIneffectiveMatch)",
    remedy: "move the more exact route up, or remove the one that is never reached",
    *check({ manifests }) {
      for (const located of manifests) {
        if (located.manifest.kind !== "VirtualService") continue;
        const spec = asObject(located.manifest.spec);
        for (const list of routeLists) {
          for (const seen of analyse(list, asArray(spec[list]))) if (seen.kind === kind) yield locate(located, seen);
        }
      }
    },
  });
}

/** Reports a route that is never reached. */
export const routeUnreachable = reachability("unreachable", "istio-route-unreachable", "A route is never reached");
/** Reports a match that has no effect. */
export const matchIneffective = reachability("ineffective", "istio-match-ineffective", "A match has no effect");

/** Returns the match as text, without its name, keys in order: equal text, equal match. */
function canonical(value: unknown, top = true): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, false)).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value)
    .filter((key) => !top || key !== "name")
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key], false)}`).join(",")}}`;
}

const KNOWN = new Set(
  "name uri ignoreUriCase headers withoutHeaders method authority scheme queryParams sourceLabels sourceNamespace gateways port statPrefix".split(
    " ",
  ),
);

/** Checks whether every request of `later` satisfies `earlier`. False where that is uncertain. */
function covers(earlier: Json, later: Json): boolean {
  if (Object.keys(earlier).some((key) => !KNOWN.has(key))) return false;
  const caseFree = earlier["ignoreUriCase"] === true;
  if (!caseFree && later["ignoreUriCase"] === true && earlier["uri"] !== undefined) return false;
  const gateways = asStrings(later["gateways"]);
  return (
    impliesText(earlier["uri"], later["uri"], caseFree) &&
    ["method", "authority", "scheme"].every((field) => impliesText(earlier[field], later[field], false)) &&
    ["headers", "queryParams"].every((field) =>
      Object.entries(asObject(earlier[field])).every(([name, value]) => {
        const other = asObject(later[field])[name];
        return other !== undefined && (isPresence(value) || impliesText(value, other, false));
      }),
    ) &&
    Object.entries(asObject(earlier["withoutHeaders"])).every(
      ([name, value]) => canonical(asObject(later["withoutHeaders"])[name] ?? null) === canonical(value),
    ) &&
    Object.entries(asObject(earlier["sourceLabels"])).every(
      ([name, value]) => asObject(later["sourceLabels"])[name] === value,
    ) &&
    ["sourceNamespace", "port"].every((field) => earlier[field] === undefined || earlier[field] === later[field]) &&
    (earlier["gateways"] === undefined ||
      (gateways.length > 0 && gateways.every((gateway) => asStrings(earlier["gateways"]).includes(gateway))))
  );
}

function isPresence(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function asTextMatch(value: unknown): TextMatch | undefined {
  const { exact, prefix, regex } = asObject(value);
  if (typeof exact === "string") return { exact };
  if (typeof prefix === "string") return { prefix };
  return typeof regex === "string" ? { regex } : undefined;
}

function impliesText(earlier: unknown, later: unknown, caseFree: boolean): boolean {
  if (earlier === undefined) return true;
  const [a, b] = [asTextMatch(earlier), asTextMatch(later)];
  if (a === undefined || b === undefined) return false;
  const fold = (text: string): string => (caseFree ? text.toLowerCase() : text);
  if ("regex" in a) return "regex" in b ? a.regex === b.regex : "exact" in b && matchesText(a, b.exact);
  if ("exact" in a) return "exact" in b && fold(a.exact) === fold(b.exact);
  if ("regex" in b) return a.prefix === "";
  return fold("exact" in b ? b.exact : b.prefix).startsWith(fold(a.prefix));
}

/** All rules about routes and matches that are never reached. */
export const reachabilityRules: readonly Rule<ManifestSet>[] = [routeUnreachable, matchIneffective];
