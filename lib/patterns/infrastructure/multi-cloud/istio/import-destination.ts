/** The destinations of an imported VirtualService, gathered from all manifests that have their hosts. */
import type { ClientTls, Destination, Endpoint, OutlierDetection } from "../intent";
import { readDuration, refuseUnknownFields, type Refuse } from "./import-fields";
import { asArray, asObject, asStrings, asText, isObject, type Json, type LocatedManifest } from "./manifest";
import type { ManifestObservation } from "./manifest-rule";
import { fullHost } from "./names";

/** Facts about hosts that Istio's objects do not have, by host. */
export type KnownHosts = Readonly<
  Record<string, Pick<Destination, "cloud"> & Partial<Pick<Destination, "region" | "zone" | "jurisdiction">>>
>;

/** A callback that reports an unsupported field of another manifest than the VirtualService. */
export type RefuseIn = (located: LocatedManifest, observation: ManifestObservation) => void;

/** The imported destinations, by the name that the intent gives them. */
export class ImportedDestinations {
  private readonly byKey = new Map<string, { name: string; destination: Destination }>();

  constructor(
    private readonly manifests: readonly LocatedManifest[],
    private readonly knownHosts: KnownHosts,
    private readonly refuse: RefuseIn,
  ) {}

  /** Returns the name of a destination; a new one where it was not seen before. */
  public name(raw: Json, at: readonly (string | number)[], refuse: Refuse): string {
    refuseUnknownFields(raw, ["host", "subset", "port"], at, refuse);
    const host = asText(raw["host"]);
    const subset = asText(raw["subset"]);
    const port = asObject(raw["port"])["number"];
    const key = JSON.stringify([host, subset]);
    const known = this.byKey.get(key);
    if (known !== undefined) {
      if (port !== undefined && known.destination.port !== port) {
        refuse({ path: [...at, "port"], message: `the first port of ${host} is kept, and this one left out` });
      }
      return known.name;
    }
    const name = this.freeName(host, subset);
    const destination = this.describe(host, subset, typeof port === "number" ? port : undefined);
    this.byKey.set(key, { name, destination });
    return name;
  }

  public all(): Record<string, Destination> {
    return Object.fromEntries([...this.byKey.values()].map(({ name, destination }) => [name, destination]));
  }

  private freeName(host: string, subset: string): string {
    const parts = [host.split(".", 1)[0] ?? host, subset].filter((part) => part !== "");
    const base =
      parts
        .join("-")
        .toLowerCase()
        .replace(/[^a-z0-9-]/g, "-")
        .replace(/^-+|-+$/g, "") || "destination";
    const taken = new Set([...this.byKey.values()].map(({ name }) => name));
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
    return name;
  }

  private describe(host: string, subset: string, port: number | undefined): Destination {
    const entry = this.find("ServiceEntry", (spec) => asStrings(spec["hosts"]).includes(host));
    const rule = this.find(
      "DestinationRule",
      (spec, namespace) => fullHost(asText(spec["host"]), namespace) === fullHost(host, namespace),
    );
    const known = this.knownHosts[host] ?? { cloud: "unknown" };
    const external = entry !== undefined;
    const portInMesh = port === undefined ? {} : { port };
    return {
      ...known,
      host,
      ...(external && !host.includes(".") ? { location: "external" as const } : {}),
      ...(external ? this.readEntry(entry) : portInMesh),
      ...(rule === undefined ? {} : this.readRule(rule, subset)),
      ...(subset === "" ? {} : { subset }),
    };
  }

  private find(kind: string, test: (spec: Json, namespace?: string) => boolean): LocatedManifest | undefined {
    return this.manifests.find(
      ({ manifest }) => manifest.kind === kind && test(asObject(manifest.spec), manifest.metadata.namespace),
    );
  }

  private readEntry(located: LocatedManifest): Partial<Destination> {
    const spec = asObject(located.manifest.spec);
    const refuse: Refuse = (observation) => {
      this.refuse(located, observation);
    };
    refuseUnknownFields(
      spec,
      "hosts addresses ports location resolution endpoints exportTo".split(" "),
      ["spec"],
      refuse,
    );
    const [first, ...others] = asArray(spec["ports"]).map(asObject);
    if (others.length > 0)
      refuse({ path: ["spec", "ports", 1], message: "the first port is kept, and the others left out" });
    const port = first?.["number"];
    const protocol = asText(first?.["protocol"]);
    const usual = port === 443 ? "HTTPS" : "HTTP";
    const resolution = asText(spec["resolution"]) || "NONE";
    const addresses = asStrings(spec["addresses"]);
    const endpoints = asArray(spec["endpoints"]).map((item, index): Endpoint => {
      const raw = asObject(item);
      const at = ["spec", "endpoints", index];
      refuseUnknownFields(raw, ["address", "locality", "weight"], at, refuse);
      const locality = asText(raw["locality"]);
      return {
        address: asText(raw["address"]),
        ...(locality === "" ? {} : { locality }),
        ...(typeof raw["weight"] === "number" ? { weight: raw["weight"] } : {}),
      };
    });
    const known = ["DNS", "DNS_ROUND_ROBIN", "STATIC", "NONE"].includes(resolution);
    if (!known) refuse({ path: ["spec", "resolution"], message: "is not supported by an intent, and is left out" });
    return {
      ...(typeof port === "number" && port !== 443 ? { port } : {}),
      ...(protocol === "" || protocol === usual ? {} : { protocol }),
      ...(known && resolution !== "DNS" ? { resolution: resolution as NonNullable<Destination["resolution"]> } : {}),
      ...(spec["location"] === "MESH_INTERNAL" ? { trust: "MESH_INTERNAL" as const } : {}),
      ...(addresses.length === 0 ? {} : { addresses }),
      ...(endpoints.length === 0 ? {} : { endpoints }),
    };
  }

  private readRule(located: LocatedManifest, subset: string): Partial<Destination> {
    const spec = asObject(located.manifest.spec);
    const subsets = asArray(spec["subsets"]).map(asObject);
    const index = subsets.findIndex((each) => asText(each["name"]) === subset);
    const own = subsets[index];
    const policy = subset === "" ? spec["trafficPolicy"] : own?.["trafficPolicy"];
    const at = subset === "" ? ["spec", "trafficPolicy"] : ["spec", "subsets", index, "trafficPolicy"];
    const labels = Object.entries(asObject(own?.["labels"])).map(([name, value]) => [name, asText(value)]);
    return {
      ...(labels.length === 0 ? {} : { labels: Object.fromEntries(labels) as Record<string, string> }),
      ...(isObject(policy) ? this.readPolicy(policy, at, located) : {}),
    };
  }

  private readPolicy(policy: Json, at: readonly (string | number)[], located: LocatedManifest): Partial<Destination> {
    const refuse: Refuse = (observation) => {
      this.refuse(located, observation);
    };
    refuseUnknownFields(policy, ["tls", "outlierDetection"], at, refuse);
    const tls = asObject(policy["tls"]);
    const outlier = asObject(policy["outlierDetection"]);
    refuseUnknownFields(tls, TLS_FIELDS, [...at, "tls"], refuse);
    refuseUnknownFields(outlier, OUTLIER_FIELDS, [...at, "outlierDetection"], refuse);
    const intervalMs = readDuration(outlier["interval"]);
    const baseEjectionMs = readDuration(outlier["baseEjectionTime"]);
    const { consecutive5xxErrors, maxEjectionPercent } = outlier;
    const outlierDetection: OutlierDetection = {
      ...(typeof consecutive5xxErrors === "number" ? { consecutive5xxErrors } : {}),
      ...(intervalMs === undefined ? {} : { intervalMs }),
      ...(baseEjectionMs === undefined ? {} : { baseEjectionMs }),
      ...(typeof maxEjectionPercent === "number" ? { maxEjectionPercent } : {}),
    };
    const known = Object.fromEntries(Object.entries(tls).filter(([field]) => TLS_FIELDS.includes(field)));
    return {
      ...(isObject(policy["tls"]) ? { tls: known as unknown as ClientTls } : {}),
      ...(isObject(policy["outlierDetection"]) ? { outlierDetection } : {}),
    };
  }
}

const TLS_FIELDS = "mode sni credentialName caCertificates clientCertificate privateKey subjectAltNames".split(" ");
const OUTLIER_FIELDS = "consecutive5xxErrors interval baseEjectionTime maxEjectionPercent".split(" ");
