/** The constructor of rules about the manifests of one kind: the check gives the path, the rule adds subject and location. */
import { defineRule, type Rule, type RuleDescription } from "../../../../core/rule";
import type { Severity } from "../../../../core/finding";
import { formatPath } from "../../../../core/format-path";
import {
  isObject,
  manifestSubject,
  type Json,
  type LocatedManifest,
  type Manifest,
  type ManifestSet,
} from "./manifest";

/** An observation of a rule in a manifest. */
export interface ManifestObservation {
  /** The path in the manifest: `["spec", "hosts", 0]`. */
  readonly path: readonly (string | number)[];
  /** The fault as a phrase, to be read after the path. */
  readonly message: string;
  readonly severity?: Severity;
  readonly remedy?: string;
}

/** Options of {@link manifestRule}. */
export interface ManifestRuleInit extends RuleDescription {
  readonly kinds: readonly string[];
  /** Checks the spec of one manifest. */
  checkManifest(spec: Json, manifest: Manifest): Iterable<ManifestObservation>;
}

/** Returns the observation with the manifest's subject and location. */
export function locate(
  { manifest, locate: place }: LocatedManifest,
  { path, message, severity, remedy }: ManifestObservation,
): {
  subject: string;
  message: string;
  location?: ReturnType<NonNullable<LocatedManifest["locate"]>>;
  severity?: Severity;
  remedy?: string;
} {
  const location = place?.(path);
  return {
    subject: manifestSubject(manifest),
    message: `${formatPath(path)}: ${message}`,
    ...(location === undefined ? {} : { location }),
    ...(severity === undefined ? {} : { severity }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** Defines a rule that checks each manifest by itself. */
export function manifestRule(init: ManifestRuleInit): Rule<ManifestSet> {
  return defineRule<ManifestSet>({
    ...init,
    *check({ manifests }) {
      for (const located of manifests) {
        const { manifest } = located;
        if (!init.kinds.includes(manifest.kind) || !isObject(manifest.spec)) continue;
        for (const seen of init.checkManifest(manifest.spec, manifest)) yield locate(located, seen);
      }
    },
  });
}
