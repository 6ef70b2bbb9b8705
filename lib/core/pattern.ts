/**
 * ```ts
 * export const hybridCloudPattern = definePattern({
 *   profile: patternProfiles["hybrid-cloud"],
 *   role: "connection",
 *   stages: hybridCloudStages,
 *   rules: [...hybridRules, ...vpnRules],
 *   errors: ["HYBRID"],
 *   starter: hybridCloudStarter,
 * });
 * ```
 *
 * A folder says what it is in a manifest: a pattern in `pattern.ts`, a part in `part.ts`. Whatever lists patterns or parts (the
 * table of rules, the entries of the package, the page of patterns) is generated from these files by `npm run generate`. The
 * command line loads all of them to print a rule, so a manifest imports no construct and nothing that loads CDKTF.
 */
import type { PatternProfile } from "./pattern-profile";
import type { MigrationRole } from "./role";
import type { RuleDescription } from "./rule";
import type { Stages } from "./stage";
import type { Starter } from "./starter";

/** The fields that the manifests of patterns and of parts share. */
interface Manifest {
  /** The rules that are declared in the folder. */
  readonly rules: readonly RuleDescription[];
  /** The prefixes of the folder's error codes, without the underscore that follows: `HYBRID` for `HYBRID_SITES`. */
  readonly errors: readonly string[];
}

/** The manifest of a pattern. `Own` is `undefined` where the stages come from what the user declares. */
export interface Pattern<Own extends Stages | undefined = Stages | undefined> extends Manifest {
  readonly profile: PatternProfile;
  readonly role: MigrationRole;
  /** The stages in order; undefined where each stack has its own, as one with a schedule has. */
  readonly stages: Own;
  /** The code with which a user begins the pattern. */
  readonly starter: Starter;
}

/** Properties of a {@link Pattern}. */
export interface PatternInit<Own extends Stages | undefined> extends Omit<Pattern<Own>, "stages"> {
  /**
   * The stages in order.
   * @default - the stages come from what the user declares
   */
  readonly stages?: Own;
}

/** Makes the manifest of a pattern: its construct hands it to `super`. */
export function definePattern<Own extends Stages | undefined = undefined>(init: PatternInit<Own>): Pattern<Own> {
  return { ...init, stages: init.stages as Own };
}

/** The manifest of a part. */
export interface PartManifest extends Manifest {
  /** The name as the part's folder is called: `validation`. */
  readonly name: string;
  /** The part's subject, as a heading. */
  readonly title: string;
}

/** Makes the manifest of a part. */
export function definePart(init: PartManifest): PartManifest {
  return init;
}
