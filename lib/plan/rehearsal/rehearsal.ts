/** What a rehearsal gives back: plain data, so that `JSON.stringify` is its JSON. No value of any attribute is in it. */
import type { Finding } from "../../core/finding";

/** Attributes that are tags. */
export const TAGS = /(^|\.)(tags|tags_all|volume_tags)(\.|$)/;

/** One resource that a transition touches. */
export interface ResourceChange {
  /** The stack's path and the Terraform address in it: `wave-1/aws_instance.servers_web`. Waivers name it. */
  readonly address: string;
  /** The Terraform type. */
  readonly type: string;
  /** What it holds, where destroying it destroys data: `the volumes of a server`. */
  readonly holds?: string;
  /**
   * The attributes that change, without the tags; for a replaced resource those that force it.
   * An attribute whose value follows another resource says so: `instance_id (with wave-1/aws_instance.web)`.
   */
  readonly attributes: readonly string[];
  /** Whether the stage that is entered says that data of this type may go (`Stage.discards`). */
  readonly discarded: boolean;
  /**
   * Whether it is certain. False where this library does not know whether the provider can change the attributes in place,
   * which is so for every type that it does not know, or which instances of a `count` or a `for_each` go.
   */
  readonly certain: boolean;
  /** Whether `lifecycle.prevent_destroy` is set: Terraform then refuses to replace it. */
  readonly preventDestroy: boolean;
}

/** Another migration that is declared in another stage than its code says, because one of the two needs it. */
export interface HeldMigration {
  /** The path of the other. */
  readonly migration: string;
  /** The stage in which it is while the transition is made. */
  readonly stage: string;
}

/** One step between two neighbouring stages of one migration, all others staying where they are. */
export interface RehearsedTransition {
  /** The migration's path in the tree. */
  readonly migration: string;
  /** The name of its pattern. */
  readonly pattern: string;
  readonly direction: "forward" | "back";
  /** The stage that is left; absent where nothing is deployed yet. */
  readonly from?: string;
  /** The stage that is entered; absent where the migration is withdrawn. */
  readonly to?: string;
  readonly created: readonly ResourceChange[];
  readonly changed: readonly ResourceChange[];
  readonly replaced: readonly ResourceChange[];
  readonly destroyed: readonly ResourceChange[];
  /** What changes in nothing but its tags. */
  readonly retagged: readonly ResourceChange[];
  /** The parameters in which the stage is recorded: they change with every transition, and nothing moves by them. */
  readonly recorded: readonly ResourceChange[];
  /**
   * The migrations that had to be brought forward, or taken back, before this transition could be made.
   * @default - none: every other is in the stage that its code declares
   */
  readonly beside?: readonly HeldMigration[];
  /** Why there is no way back by steps; then nothing is compared, and the lists are empty. */
  readonly irreversible?: string;
  /** Why it could not be rehearsed; then the lists are empty. */
  readonly failed?: string;
}

/** What a rehearsal gives back. */
export interface Rehearsal {
  /** By migration, and for each all steps forward and then all steps back. */
  readonly transitions: readonly RehearsedTransition[];
  /** Heaviest first. What a waiver covers is marked with it. */
  readonly findings: readonly Finding[];
  /** How many times the app was made. */
  readonly builds: number;
}

/** The transition in words: `entering test from replicate`, `going back from test to replicate`, `withdrawing`. */
export function transitionPhrase({
  direction,
  from,
  to,
}: Pick<RehearsedTransition, "direction" | "from" | "to">): string {
  if (to === undefined) return "withdrawing";
  if (from === undefined) return `entering ${to}`;
  return direction === "forward" ? `entering ${to} from ${from}` : `going back from ${from} to ${to}`;
}
