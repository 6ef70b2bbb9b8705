/**
 * The rules about destinations of any route that Istio refuses. Facts from istio/istio pkg/config/validation/validation.go.
 */
import type { Rule } from "../../../../core/rule";
import { asArray, asObject, asText, isObject, formatValue, type ManifestSet } from "./manifest";
import { manifestRule, type ManifestObservation } from "./manifest-rule";
import * as names from "./names";
import { routeLists } from "./virtual-service-rules";

const kinds = ["VirtualService"];
const severity = "blocker";
const refused = "Istio's admission webhook refuses the object";

type Path = readonly (string | number)[];

/** Reports a missing or invalid destination. */
export const routeDestination = manifestRule({
  id: "istio-route-destination",
  title: "A destination is missing or invalid",
  severity,
  why: `${refused}: a destination has a host that is not *, a subset that is a DNS label, and a port from 1 to 65535`,
  remedy: "correct the destination",
  kinds,
  *checkManifest(spec) {
    for (const list of routeLists) {
      for (const [index, item] of asArray(spec[list]).entries()) {
        const route = asObject(item);
        const at = ["spec", list, index];
        for (const [number, share] of asArray(route["route"]).entries()) {
          yield* destinationFaults(asObject(share)["destination"], [...at, "route", number, "destination"]);
        }
        if (route["mirror"] !== undefined) yield* destinationFaults(route["mirror"], [...at, "mirror"]);
        for (const [number, mirror] of asArray(route["mirrors"]).entries()) {
          yield* destinationFaults(asObject(mirror)["destination"], [...at, "mirrors", number, "destination"]);
        }
      }
    }
  },
});

function* destinationFaults(destination: unknown, path: Path): Generator<ManifestObservation> {
  if (!isObject(destination)) {
    yield { path, message: "a destination is required" };
    return;
  }
  const host = asText(destination["host"]);
  const fault = host === "*" ? "the host * stands for none" : names.wildcardDomainFault(host);
  if (fault !== undefined) yield { path: [...path, "host"], message: `"${host}" is not a host: ${fault}` };
  const subset = asText(destination["subset"]);
  if (subset !== "" && !names.isDnsLabel(subset)) {
    yield { path: [...path, "subset"], message: `${subset} is not a DNS label` };
  }
  const port = destination["port"];
  if (port !== undefined && !names.isPort(asObject(port)["number"])) {
    yield { path: [...path, "port"], message: `${formatValue(asObject(port)["number"])} is not from 1 to 65535` };
  }
}

/** Reports weights that cannot be shares. */
export const routeWeight = manifestRule({
  id: "istio-route-weight",
  title: "The weights of a route are invalid",
  severity,
  why: `${refused}: a weight is a whole number of 0 or more, and the weights of a route with several destinations have a sum above 0`,
  remedy: "correct the weights",
  kinds,
  *checkManifest(spec) {
    for (const list of routeLists) {
      for (const [index, route] of asArray(spec[list]).entries()) {
        const shares = asArray(asObject(route)["route"]);
        const at = ["spec", list, index, "route"];
        let total = 0;
        for (const [number, share] of shares.entries()) {
          const weight = asObject(share)["weight"] ?? 0;
          if (typeof weight !== "number" || weight < 0 || !Number.isInteger(weight)) {
            yield {
              path: [...at, number, "weight"],
              message: `${formatValue(weight)} is not a whole number of 0 or more`,
            };
          } else total += weight;
        }
        if (shares.length > 1 && total === 0) yield { path: at, message: "the weights have the sum 0" };
      }
    }
  },
});

/** All rules about destinations and weights. */
export const routeDestinationRules: readonly Rule<ManifestSet>[] = [routeDestination, routeWeight];
