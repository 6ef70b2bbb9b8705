/** Istio's objects as plain data, as a YAML file holds them; the same shape for compiled and for imported manifests. */
import { writeYaml } from "../../../../core/document/write-yaml";
import { admit } from "../../../../core/door/admit";
import { readProperty } from "../../../../core/door/refuse-unreadable";
import { formatPath } from "../../../../core/format-path";
import type { Location } from "../../../../core/location";
import { refuse } from "../../../../core/refuse";
import { dataWithoutSecrets } from "../../../../core/secret/redact";

/** A Kubernetes object. `spec` is untyped on purpose: the rules check what people wrote, right or wrong. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
}

/** A manifest with the locations of its parts. */
export interface LocatedManifest {
  readonly manifest: Manifest;
  /**
   * Returns the location of a path in the manifest: `["spec", "hosts", 0]`.
   * @default - not from a file
   */
  readonly locate?: (path: readonly (string | number)[]) => Location | undefined;
}

/** The subject of Istio's rules: all manifests that apply together. */
export interface ManifestSet {
  readonly manifests: readonly LocatedManifest[];
  /** The hosts that exist without a manifest here: Kubernetes services of the cluster. @default - any name without a dot */
  readonly knownHosts?: readonly string[];
}

/** A JSON object whose values are not checked yet. */
export type Json = Readonly<Record<string, unknown>>;

/** Checks whether the value is an object of a document. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns the value as an object; an empty one where it is something else, which the schema rules report. */
export function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** Returns the value as a list; empty where it is none. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Returns the texts of a list. */
export function asStrings(value: unknown): readonly string[] {
  return asArray(value).filter((item): item is string => typeof item === "string");
}

/** Returns the value as text; empty where it is none. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Returns a value as a message shows it. */
export function formatValue(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Returns the subject of findings about a manifest: `VirtualService default/users`, or without the namespace. */
export function manifestSubject(manifest: Manifest): string {
  const { name, namespace } = manifest.metadata;
  return `${manifest.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** Returns the file name of a manifest: `serviceentry-aws-service.yaml`. */
export function manifestFileName(manifest: Manifest): string {
  return `${manifest.kind.toLowerCase()}-${manifest.metadata.name}.yaml`;
}

/**
 * Writes the manifest as YAML: the same bytes for the same manifest.
 *
 * @throws MigrationError `ROUTING_MANIFEST_SPEC` for what is no data: a function, a symbol, a property that cannot be read
 */
export function renderManifest(manifest: Manifest): string {
  admit("renderManifest", { manifest });
  return writeManifest(dataWithoutSecrets(manifest));
}

function writeManifest(manifest: Manifest): string {
  refuseOtherThanData(manifest.spec, ["manifest", "spec"]);
  return writeYaml(manifest);
}

/** Writes all manifests as one YAML stream, for `kubectl apply -f`. */
export function renderManifests(manifests: readonly Manifest[]): string {
  admit("renderManifests", { manifests });
  for (const [index, { spec }] of manifests.entries()) refuseOtherThanData(spec, ["manifests", index, "spec"]);
  return manifests.map(renderManifest).join("---\n");
}

/** Refuses what YAML cannot say. A schema does not help: every field is Istio's own. What CDKTF resolves later is left to it. */
export function refuseOtherThanData(value: unknown, path: readonly PropertyKey[]): void {
  if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
    refuse({
      code: "ROUTING_MANIFEST_SPEC",
      path: formatPath(path),
      received: `a ${typeof value}`,
      allowed: "text, numbers, true, false, null, lists and objects of these",
      fix: "write the value itself",
    });
  }
  if (typeof value !== "object" || value === null || "resolve" in value) return;
  for (const key of Object.keys(value)) {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    refuseOtherThanData(readProperty("ROUTING_MANIFEST_SPEC", value, key, place), place);
  }
}
