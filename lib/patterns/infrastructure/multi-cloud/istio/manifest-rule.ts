/** Makes a rule over the manifests of one kind: it says the path, the rule adds subject and place. */
import { defineRule, type Rule, type RuleDescription } from "../../../../core/rule";
import type { Severity } from "../../../../core/finding";
import { formatPath } from "../../../../core/props";
import {
  isObject,
  manifestSubject,
  type Json,
  type LocatedManifest,
  type Manifest,
  type ManifestSet,
} from "./manifest";

/** What a rule saw in a manifest. */
export interface ManifestObservation {
  /** Where in the manifest: `["spec", "hosts", 0]`. */
  readonly path: readonly (string | number)[];
  /** What is wrong there, to be read after the path. */
  readonly message: string;
  readonly severity?: Severity;
  readonly remedy?: string;
}

/** How a rule about manifests is made. */
export interface ManifestRuleInit extends RuleDescription {
  readonly kinds: readonly string[];
  /** Looks at one manifest's spec. */
  look(spec: Json, manifest: Manifest): Iterable<ManifestObservation>;
}

/** The observation with the manifest's subject and place. */
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

/** A rule that looks at each manifest by itself. */
export function manifestRule(init: ManifestRuleInit): Rule<ManifestSet> {
  return defineRule<ManifestSet>({
    ...init,
    *check({ manifests }) {
      for (const located of manifests) {
        const { manifest } = located;
        if (!init.kinds.includes(manifest.kind) || !isObject(manifest.spec)) continue;
        for (const seen of init.look(manifest.spec, manifest)) yield locate(located, seen);
      }
    },
  });
}
