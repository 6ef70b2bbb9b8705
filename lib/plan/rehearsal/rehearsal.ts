/** The outcome of a rehearsal: plain data, so that `JSON.stringify` gives its JSON. It contains no attribute's value. */
import type { Finding } from "../../core/finding";
import type { InPlaceCut } from "../losses/cut";
import type { TransitionIdentity } from "../transition";

/** The pattern of the paths of attributes that are tags. */
export const TAGS = /(^|\.)(tags|tags_all|volume_tags)(\.|$)/;

/** A resource that a transition creates, changes, replaces or destroys. */
export interface ResourceChange {
  /** The stack's path and the Terraform address in it: `wave-1/aws_instance.servers_web`. Waivers name it. */
  readonly address: string;
  /** The Terraform type. */
  readonly type: string;
  /** A phrase for the data that is destroyed with the resource: `the volumes of a server`. Absent where it holds none. */
  readonly holds?: string;
  /**
   * The attributes that change, without the tags; for a replaced resource those that force the replacement.
   * An attribute that changes with another resource names it: `instance_id (with wave-1/aws_instance.web)`.
   */
  readonly attributes: readonly string[];
  /** Whether the stage that is entered allows data of this type to be destroyed (`Stage.discards`). */
  readonly discarded: boolean;
  /**
   * Whether the change is certain. False where this library does not know whether the provider can change the attributes in
   * place, which is so for every type that it does not know, or which instances of a `count` or a `for_each` are removed.
   */
  readonly certain: boolean;
  /** Whether `lifecycle.prevent_destroy` is set: Terraform then refuses to replace it. */
  readonly preventDestroy: boolean;
  /**
   * The cuts of a change in place, which destroys nothing and loses data, protection or traffic all the same.
   * @default - none
   */
  readonly cuts?: readonly InPlaceCut[];
  /**
   * The address of a new resource that is configured alike, or is in the place of this one in a construct that is elsewhere,
   * where this one is destroyed: it was renamed.
   * @default - none is
   */
  readonly renamedTo?: string;
  /**
   * The construct with which it was renamed.
   * @default - it was not renamed, or alone
   */
  readonly renamedWith?: RenamedConstruct;
}

/** The paths of a construct before and after it was renamed. */
export interface RenamedConstruct {
  readonly from: string;
  readonly to: string;
}

/** A change whose effect the synthesized Terraform does not tell. */
export interface Uncertainty {
  /** The path of a stack whose backend changes or that is gone, or the address of a module call or a variable. */
  readonly subject: string;
  /** A clause about the change, to be read after the subject. */
  readonly what: string;
}

/** A migration that is declared in another stage than in its code during a transition, because of a dependency. */
export interface HeldMigration {
  /** The path of the migration. */
  readonly migration: string;
  /** The stage of the migration during the transition. */
  readonly stage: string;
}

/** The differences between two syntheses of an app, by their effect on the resources. */
export interface ComparedResources {
  readonly created: readonly ResourceChange[];
  readonly changed: readonly ResourceChange[];
  readonly replaced: readonly ResourceChange[];
  readonly destroyed: readonly ResourceChange[];
  /** The resources of which only tags change. */
  readonly retagged: readonly ResourceChange[];
  /** The parameters in which the stage is recorded: they change with every transition, and move nothing. */
  readonly recorded: readonly ResourceChange[];
  /** The changes whose effect the Terraform of the app does not tell. */
  readonly uncertain: readonly Uncertainty[];
}

/** A rehearsed transition between two neighbouring stages of one migration, all other migrations staying where they are. */
export interface RehearsedTransition extends TransitionIdentity, ComparedResources {
  /** The name of the migration's pattern. */
  readonly pattern: string;
  /**
   * The migrations that had to be brought forward, or taken back, before this transition could be made.
   * @default - none: every other migration is in the stage that its code declares
   */
  readonly beside?: readonly HeldMigration[];
  /** The reason why there is no way back by steps; then nothing is compared, and the lists are empty. */
  readonly irreversible?: string;
  /** The reason why the transition could not be rehearsed; then the lists are empty. */
  readonly failed?: string;
}

/** The outcome of a rehearsal. */
export interface Rehearsal {
  /** The transitions, migration by migration, for each first all forward and then all back. */
  readonly transitions: readonly RehearsedTransition[];
  /**
   * The differences between the previous synthesis and the app as it is.
   * @default - not compared, because no previous synthesis was given
   */
  readonly sincePrevious?: ComparedResources;
  /** The findings, most severe first. A waived finding has its waiver. */
  readonly findings: readonly Finding[];
  /** The number of times that the app was created. */
  readonly builds: number;
}

/** Describes the transition: `entering test from replicate`, `going back from test to replicate`, `withdrawing`. */
export function transitionPhrase({
  direction,
  from,
  to,
}: Pick<TransitionIdentity, "direction" | "from" | "to">): string {
  if (to === undefined) return "withdrawing";
  if (from === undefined) return `entering ${to}`;
  return direction === "forward" ? `entering ${to} from ${from}` : `going back from ${from} to ${to}`;
}
