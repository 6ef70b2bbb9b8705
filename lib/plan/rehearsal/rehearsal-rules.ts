/** The rules of a rehearsal. A finding's subject is the address of a resource with its stack, or the path of a migration. */
import { defineRule, type Observation, type Rule } from "../../core/rule";
import {
  TAGS,
  transitionPhrase,
  type ComparedResources,
  type RehearsedTransition,
  type ResourceChange,
} from "./rehearsal";

/** A resource that differs between two builds of the same code. */
export interface UnstableResource {
  readonly address: string;
  /** The attributes that differ; empty where only one of the two builds has the resource. */
  readonly attributes: readonly string[];
}

/** The subject of the rules of a rehearsal. */
export interface RehearsalReview {
  readonly transitions: readonly RehearsedTransition[];
  readonly unstable: readonly UnstableResource[];
  /** The differences from the previous synthesis; absent where none was given. */
  readonly sincePrevious?: ComparedResources;
}

const KEEP =
  "keep the resource as it is in this stage; if its data is to be destroyed, name its type in the stage's `discards`, or waive the finding for this resource";

/** The rule about transitions that destroy a resource which holds data. */
export const rehearsalDataDestroyed: Rule<RehearsalReview> = defineRule<RehearsalReview>({
  id: "rehearsal-data-destroyed",
  title: "A transition destroys a resource that holds data",
  severity: "blocker",
  why: "the data is destroyed with the resource, so the previous stage cannot be restored",
  remedy: KEEP,
  *check({ transitions }) {
    for (const [transition, change] of touching(transitions, ({ destroyed }) => destroyed)) {
      const { address, holds, certain, attributes } = change;
      const what =
        attributes.length === 0
          ? `destroys ${address}`
          : `removes instances of ${address} by its ${attributes.join(", ")}`;
      // `prevent_destroy` is read from the code, and the code is gone.
      const note = change.preventDestroy
        ? "; its prevent_destroy does not protect it, because it goes with the code"
        : "";
      yield {
        subject: address,
        ...(certain ? {} : { severity: "warning" }),
        message: `${named(transition)} ${certain ? what : what.replace("removes", "may remove")}, which holds ${holds}${note}`,
      };
    }
  },
});

/** The rule about transitions that replace a resource which holds data. */
export const rehearsalDataReplaced: Rule<RehearsalReview> = defineRule<RehearsalReview>({
  id: "rehearsal-data-replaced",
  title: "A transition replaces a resource that holds data",
  severity: "blocker",
  why: "Terraform destroys the resource and creates an empty one in its place, although the plan reads like a change (Terraform documentation, how Terraform applies a configuration)",
  remedy: `leave the named attributes as they are; or ${KEEP}`,
  *check({ transitions }) {
    for (const [transition, { address, holds, attributes, certain }] of touching(
      transitions,
      ({ replaced }) => replaced,
    )) {
      yield certain
        ? {
            subject: address,
            message: `${named(transition)} replaces ${address}, which holds ${holds}, because of ${attributes.join(", ")}`,
          }
        : {
            subject: address,
            severity: "warning",
            message: `${named(transition)} may replace ${address}, which holds ${holds}: whether ${attributes.join(", ")} can be changed in place is not known here`,
            remedy: `look for "must be replaced" in the plan of this transition, and waive the finding where it is not there; or ${KEEP}`,
          };
    }
  },
});

/** The rule about transitions that replace a resource with `prevent_destroy`. */
export const rehearsalReplacementPrevented: Rule<RehearsalReview> = defineRule<RehearsalReview>({
  id: "rehearsal-replacement-prevented",
  title: "A transition replaces a resource that has prevent_destroy",
  severity: "blocker",
  why: "Terraform refuses the whole plan, so that the stage cannot be deployed at all (Terraform documentation, the lifecycle meta-argument)",
  remedy: "leave the named attributes as they are, or remove prevent_destroy in a separate deployment",
  *check({ transitions }) {
    for (const transition of transitions) {
      for (const { address, attributes, certain, preventDestroy } of transition.replaced) {
        if (!preventDestroy || !certain) continue;
        yield {
          subject: address,
          message: `${named(transition)} would replace ${address} because of ${attributes.join(", ")}, and its prevent_destroy forbids it`,
        };
      }
    }
  },
});

/** The rule about stages that cannot be synthesized. */
export const rehearsalFailed: Rule<RehearsalReview> = defineRule<RehearsalReview>({
  id: "rehearsal-failed",
  title: "A stage cannot be synthesized from the code",
  severity: "blocker",
  why: "a stage that cannot be synthesized can be neither entered nor returned to",
  remedy:
    "take the stage from the migration (`migration.stage.name`, `migration.hasReached(…)`) wherever the code depends on it, so that all of it is in one stage",
  *check({ transitions }) {
    const seen = new Set<string>();
    for (const { migration, failed } of transitions) {
      if (failed === undefined || seen.has(`${migration} ${failed}`)) continue;
      seen.add(`${migration} ${failed}`);
      yield { subject: migration, message: failed };
    }
  },
});

/** The rule about resources that differ between two builds of the same code. */
export const rehearsalNotDeterministic: Rule<RehearsalReview> = defineRule<RehearsalReview>({
  id: "rehearsal-not-deterministic",
  title: "The synthesis is not deterministic",
  severity: "blocker",
  why: "the rehearsed Terraform is then not what is deployed, and every deployment makes unintended changes",
  remedy: "take the clock, random values and unordered input out of the code, or pin them",
  *check({ unstable }) {
    for (const { address, attributes } of unstable) {
      const once = attributes.length === 0;
      const what = once ? "is in only one of two builds" : `differs between two builds in ${attributes.join(", ")}`;
      yield {
        subject: address,
        // A tag that tells when it was written is a nuisance in every plan, and puts nothing at risk.
        ...(!once && attributes.every((each) => TAGS.test(each)) ? { severity: "warning" } : {}),
        message: `${address} of the same stage ${what}`,
      };
    }
  },
});

/** The rule about stages that change nothing but their stage parameters and tags. */
export const rehearsalNothingChanges: Rule<RehearsalReview> = defineRule<RehearsalReview>({
  id: "rehearsal-nothing-changes",
  title: "A stage changes no resource except its stage parameters and tags",
  severity: "info",
  why: "that is right for a stage that is a decision or manual work; otherwise the code does not depend on the stage where it should",
  remedy: "check that the code takes the stage from the migration wherever it should depend on it",
  *check({ transitions }) {
    for (const transition of transitions) {
      const { direction, from, migration, created, changed, replaced, destroyed, uncertain } = transition;
      if (direction === "back" || from === undefined || transition.failed !== undefined) continue;
      if (created.length + changed.length + replaced.length + destroyed.length + uncertain.length > 0) continue;
      yield {
        subject: migration,
        message: `${named(transition)} changes no resource except the parameters that record its stage, and tags`,
      };
    }
  },
});

/** The rule about changes in place that lose data, protection or traffic although they destroy nothing. */
export const rehearsalCut: Rule<RehearsalReview> = defineRule<RehearsalReview>({
  id: "rehearsal-cut",
  title: "A transition cuts a retention, a backup, a key or a protection in place",
  severity: "blocker",
  why: "Terraform shows it as a harmless change, and what is deleted, switched off or left unprotected does not come back with the previous stage",
  remedy: "leave the named attributes as they are in this stage, or waive the finding for this resource",
  *check({ transitions, sincePrevious }) {
    for (const transition of transitions) {
      if (transition.to === undefined) continue;
      for (const change of transition.changed) yield* cutFindings(change, `${named(transition)} `);
    }
    for (const change of sincePrevious?.changed ?? [])
      yield* cutFindings(change, "since the previous synthesis, the code ");
  },
});

function* cutFindings({ address, discarded, cuts = [] }: ResourceChange, who: string): Iterable<Observation> {
  for (const { effect, certain, light } of cuts) {
    const blocks = certain && !light && !discarded;
    yield { subject: address, ...(blocks ? {} : { severity: "warning" }), message: `${who}${effect} of ${address}` };
  }
}

/** The rule about changes whose effect the synthesized Terraform does not tell. */
export const rehearsalUncertain: Rule<RehearsalReview> = defineRule<RehearsalReview>({
  id: "rehearsal-uncertain",
  title: "The rehearsal cannot tell what a change does",
  severity: "warning",
  why: "what a module makes, the value of a variable and the content of another state are not in the synthesized Terraform, so that a loss there would not be seen here",
  remedy:
    "have the guard read Terraform's own plan of this change before it is applied, and waive the finding for this subject",
  *check({ transitions, sincePrevious }) {
    for (const { subject, what } of sincePrevious?.uncertain ?? []) {
      yield { subject, message: `since the previous synthesis, ${subject} is uncertain: ${what}` };
    }
    for (const transition of transitions) {
      for (const { subject, what } of transition.uncertain) {
        yield { subject, message: `${named(transition)} is uncertain about ${subject}: ${what}` };
      }
    }
  },
});

/** The rule about resources that hold data and that a change of the code since the previous synthesis destroys or replaces. */
export const rehearsalPreviousLost: Rule<RehearsalReview> = defineRule<RehearsalReview>({
  id: "rehearsal-previous-lost",
  title: "A change of the code destroys or replaces a resource that holds data",
  severity: "blocker",
  why: "Terraform knows a resource by its address alone: one that is renamed in the code is destroyed, and created anew without its data (Terraform documentation, refactoring)",
  remedy: KEEP,
  *check({ sincePrevious }) {
    for (const change of sincePrevious?.destroyed ?? []) {
      if (change.holds === undefined || change.discarded) continue;
      yield {
        subject: change.address,
        ...(change.certain ? {} : { severity: "warning" }),
        message: lost(change, change.holds),
        ...(change.renamedTo === undefined ? {} : { remedy: mendOf(change, change.renamedTo) }),
      };
    }
    for (const { address, holds, discarded, attributes, certain } of sincePrevious?.replaced ?? []) {
      if (holds === undefined || discarded) continue;
      yield {
        subject: address,
        ...(certain ? {} : { severity: "warning" }),
        message: `since the previous synthesis ${address}, which holds ${holds}, ${certain ? "is" : "may be"} replaced because of ${attributes.join(", ")}`,
        remedy: `leave the named attributes as they are; or ${KEEP}`,
      };
    }
  },
});

function lost({ address, certain, attributes, renamedTo, renamedWith }: ResourceChange, holds: string): string {
  const what = `since the previous synthesis ${address}, which holds ${holds},`;
  if (attributes.length > 0)
    return `${what} ${certain ? "loses" : "may lose"} instances by its ${attributes.join(", ")}`;
  const renamed =
    renamedWith !== undefined
      ? `: everything of ${renamedWith.from} is in ${renamedWith.to}, so that it looks renamed`
      : renamedTo === undefined
        ? ""
        : `: ${renamedTo} is configured alike, so that it looks renamed`;
  return `${what} is gone from the code, and is destroyed${renamed}`;
}

function mendOf({ address, renamedWith }: ResourceChange, renamedTo: string): string {
  if (renamedWith === undefined) return moveOf(address, renamedTo);
  const { from, to } = renamedWith;
  const props = `{ renamedFrom: "${from}", namedAfter: "${from}" }`;
  return `give ${to} the props ${props}, or call declareRename(…, ${props}) on it where it takes none; if it is another construct, ${KEEP}`;
}

/** Returns the way to keep a renamed resource. `moved` cannot leave its stack (Terraform documentation, the moved block). */
function moveOf(from: string, to: string): string {
  const [old, young] = [resourceIn(from), resourceIn(to)];
  return old.stack === young.stack
    ? `call moveFromId("${old.address}") on the resource ${young.address}, which writes a moved block; if it is another resource, ${KEEP}`
    : `add a removed block for ${old.address} without destroy to the stack ${old.stack} (Terraform 1.7), and an import block for ${young.address} to the stack ${young.stack}; if it is another resource, ${KEEP}`;
}

function resourceIn(address: string): { readonly stack: string; readonly address: string } {
  const end = address.lastIndexOf("/");
  return { stack: address.slice(0, end), address: address.slice(end + 1) };
}

/** The rules of the rehearsal. */
export const rehearsalRules: readonly Rule<RehearsalReview>[] = [
  rehearsalDataDestroyed,
  rehearsalDataReplaced,
  rehearsalReplacementPrevented,
  rehearsalFailed,
  rehearsalNotDeterministic,
  rehearsalCut,
  rehearsalNothingChanges,
  rehearsalPreviousLost,
  rehearsalUncertain,
];

/** Yields the changes of resources that hold data which must not be destroyed. A withdrawal is meant to destroy. */
function* touching(
  transitions: readonly RehearsedTransition[],
  changes: (transition: RehearsedTransition) => readonly ResourceChange[],
): Iterable<[RehearsedTransition, ResourceChange & { readonly holds: string }]> {
  for (const transition of transitions) {
    if (transition.to === undefined) continue;
    for (const change of changes(transition)) {
      const { holds } = change;
      if (holds !== undefined && !change.discarded) yield [transition, { ...change, holds }];
    }
  }
}

function named(transition: RehearsedTransition): string {
  return `${transition.migration}: ${transitionPhrase(transition)}`;
}
