/**
 * ```ts
 * const { routings, findings } = importIstio(yaml, "users.yaml", { "aws-service.company.com": { cloud: "aws" } });
 * ```
 *
 * The import of existing manifests as intents: one for each VirtualService that routes HTTP. A field that an intent does not
 * support is a finding with its line, and is left out, so that nothing is lost in silence. The imported manifests are checked
 * by the same rules as compiled ones.
 */
import { admit } from "../../../../core/door/admit";
import { runRules } from "../../../../core/rule";
import { sortFindings, type Finding } from "../../../../core/finding";
import type { MeshOptions, Route, RouteTarget, RoutingIntent } from "../intent";
import { ImportedDestinations, type KnownHosts } from "./import-destination";
import { readMatch } from "./import-match";
import { readDuration, refuseUnknownFields, type Refuse } from "./import-fields";
import { importUnsupported, type Unsupported } from "./import-rules";
import { asArray, asObject, asStrings, asText, isObject, type Json, type LocatedManifest } from "./manifest";
import { readManifests } from "./read-manifests";
import { istioRules } from "./rules";

/** An imported intent, and the VirtualService it was read from. */
export interface ImportedRouting {
  /** The VirtualService's name. */
  readonly name: string;
  readonly intent: RoutingIntent;
}

/** The outcome of {@link importIstio}. */
export interface IstioImport {
  readonly routings: readonly ImportedRouting[];
  /** The findings of Istio's rules and of the import: heaviest first. */
  readonly findings: readonly Finding[];
}

/**
 * Imports the VirtualServices in a YAML stream as intents. A cloud is not written in Istio's objects: a host that is not among
 * `knownHosts` is of the cloud `unknown`.
 *
 * @throws MigrationError `ROUTING_YAML`
 */
export function importIstio(text: string, file: string, knownHosts: KnownHosts = {}): IstioImport {
  admit("importIstio", { text, file, knownHosts });
  const { manifests, findings } = readManifests(text, file);
  const unsupported: Unsupported[] = [];
  const routings: ImportedRouting[] = [];
  for (const located of manifests) {
    if (located.manifest.kind !== "VirtualService") continue;
    const refuse: Refuse = (observation) => unsupported.push({ located, observation });
    const destinations = new ImportedDestinations(manifests, knownHosts, (other, observation) =>
      unsupported.push({ located: other, observation }),
    );
    const intent = readIntent(located, destinations, refuse);
    if (intent !== undefined) routings.push({ name: located.manifest.metadata.name, intent });
  }
  return {
    routings,
    findings: sortFindings([...findings, ...runRules(istioRules, { manifests }), ...importUnsupported(unsupported)]),
  };
}

function readIntent(
  { manifest }: LocatedManifest,
  destinations: ImportedDestinations,
  refuse: Refuse,
): RoutingIntent | undefined {
  const spec = asObject(manifest.spec);
  refuseUnknownFields(spec, ["hosts", "gateways", "exportTo", "http"], ["spec"], refuse);
  const routes: Route[] = [];
  let fallback: RouteTarget | undefined;
  for (const [index, item] of asArray(spec["http"]).entries()) {
    const at = ["spec", "http", index];
    const raw = asObject(item);
    if (fallback !== undefined) {
      refuse({ path: at, message: "never reached, and left out" });
      continue;
    }
    const target = readTarget(raw, at, destinations, refuse);
    if (target === undefined) continue;
    const match = asArray(raw["match"]).map((each, number) =>
      readMatch(asObject(each), [...at, "match", number], refuse),
    );
    if (match.length === 0) fallback = target;
    else routes.push({ match, ...target });
  }
  if (fallback === undefined) {
    refuse({
      path: ["spec", "http"],
      message: "there is no default route for all other requests, and an intent needs one",
      remedy: "add a route without a match",
      severity: "blocker",
    });
    return undefined;
  }
  const hosts = asStrings(spec["hosts"]);
  const { name, namespace } = manifest.metadata;
  const service = hosts[0] ?? name;
  const mesh: MeshOptions = {
    ...(name === service ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(hosts.length === 1 ? {} : { hosts }),
    ...optional("gateways", asStrings(spec["gateways"])),
    ...optional("exportTo", asStrings(spec["exportTo"])),
    ...(manifest.apiVersion === "networking.istio.io/v1beta1"
      ? {}
      : { apiVersion: manifest.apiVersion as NonNullable<MeshOptions["apiVersion"]> }),
  };
  return {
    service,
    destinations: destinations.all(),
    ...(routes.length === 0 ? {} : { routes }),
    default: fallback,
    ...(Object.keys(mesh).length === 0 ? {} : { mesh }),
  };
}

function readTarget(
  raw: Json,
  at: readonly (string | number)[],
  destinations: ImportedDestinations,
  refuse: Refuse,
): RouteTarget | undefined {
  const known = "name match route timeout retries fault mirror mirrorPercentage rewrite".split(" ");
  refuseUnknownFields(raw, known, at, refuse);
  const shares = asArray(raw["route"]);
  if (shares.length === 0) {
    refuse({ path: at, message: "the route forwards no request, and is left out", severity: "blocker" });
    return undefined;
  }
  const weights: Record<string, number> = {};
  let weighted = shares.length > 1;
  for (const [index, item] of shares.entries()) {
    const share = asObject(item);
    refuseUnknownFields(share, ["destination", "weight"], [...at, "route", index], refuse);
    const name = destinations.name(asObject(share["destination"]), [...at, "route", index, "destination"], refuse);
    if (share["weight"] !== undefined) weighted = true;
    const weight = share["weight"] ?? (shares.length === 1 ? 100 : 0);
    weights[name] = (weights[name] ?? 0) + (typeof weight === "number" ? weight : 0);
  }
  const name = asText(raw["name"]);
  const timeoutMs = readDuration(raw["timeout"]);
  const retries = asObject(raw["retries"]);
  const perTryTimeoutMs = readDuration(retries["perTryTimeout"]);
  const retryOn = asText(retries["retryOn"]);
  const mirror = raw["mirror"];
  const percent = asObject(raw["mirrorPercentage"])["value"];
  const { uri, authority } = asObject(raw["rewrite"]);
  return {
    to: weighted ? weights : (Object.keys(weights)[0] ?? ""),
    ...(name === "" ? {} : { name }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(isObject(raw["retries"])
      ? {
          retries: {
            attempts: typeof retries["attempts"] === "number" ? retries["attempts"] : 0,
            ...(perTryTimeoutMs === undefined ? {} : { perTryTimeoutMs }),
            ...(retryOn === "" ? {} : { retryOn }),
          },
        }
      : {}),
    ...readFault(raw["fault"], [...at, "fault"], refuse),
    ...(isObject(mirror)
      ? {
          mirror: {
            to: destinations.name(mirror, [...at, "mirror"], refuse),
            percent: typeof percent === "number" ? percent : 100,
          },
        }
      : {}),
    ...(isObject(raw["rewrite"])
      ? {
          rewrite: {
            ...(typeof uri === "string" ? { uri } : {}),
            ...(typeof authority === "string" ? { authority } : {}),
          },
        }
      : {}),
  };
}

function readFault(value: unknown, at: readonly (string | number)[], refuse: Refuse): Pick<RouteTarget, "fault"> {
  if (!isObject(value)) return {};
  const delay = asObject(value["delay"]);
  const abort = asObject(value["abort"]);
  const fixedMs = readDuration(delay["fixedDelay"]);
  const httpStatus = abort["httpStatus"];
  const share = (part: Json): number => {
    const percent = asObject(part["percentage"])["value"];
    return typeof percent === "number" ? percent : 100;
  };
  if (value["abort"] !== undefined && typeof httpStatus !== "number") {
    refuse({ path: [...at, "abort"], message: "only an abort with an httpStatus is supported" });
  }
  const fault = {
    ...(fixedMs === undefined ? {} : { delay: { fixedMs, percent: share(delay) } }),
    ...(typeof httpStatus === "number" ? { abort: { httpStatus, percent: share(abort) } } : {}),
  };
  return Object.keys(fault).length === 0 ? {} : { fault };
}

function optional(name: "gateways" | "exportTo", values: readonly string[]): Partial<MeshOptions> {
  return values.length === 0 ? {} : { [name]: values };
}
