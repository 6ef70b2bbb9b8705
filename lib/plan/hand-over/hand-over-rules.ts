/** The rules about handing a finished migration over. Their blockers keep every file from being written. */
import { defineRule, type Rule } from "../../core/rule";
import { listed } from "../../core/text";
import type { KeptResource, LeftReference } from "./division";
import type { UnwrittenArgument } from "./plain-resources";

/** The subject of the rules: a migration, its stages, and what its hand-over would write. */
export interface HandOverReview {
  /** The migration: `shop/orders`. */
  readonly migration: string;
  readonly stack: string;
  /** The declared stage of the code; undefined where only Terraform knows it. */
  readonly stage?: string;
  /** The last stage; undefined where the record does not tell its stages. */
  readonly last?: string;
  /** The stage in which the migration is abandoned, if it is. */
  readonly abandonedIn?: string;
  /** The stages that the state records; undefined where it has no such parameter. */
  readonly recorded: { readonly declared?: string; readonly reached?: string };
  /** The addresses of the code that the state does not have. */
  readonly missing: readonly string[];
  readonly unresolved: readonly UnwrittenArgument[];
  readonly secrets: readonly UnwrittenArgument[];
  readonly dropped: readonly UnwrittenArgument[];
  readonly released: readonly string[];
  readonly kept: readonly KeptResource[];
  readonly left: readonly LeftReference[];
  readonly stateMoves: readonly string[];
  /** The addresses whose type is not known, so that the id for the import is a guess. */
  readonly guessedIds: readonly string[];
  /** The other migrations that name this one. */
  readonly namedBy: readonly string[];
  /** The other migrations that this one has held. */
  readonly held: readonly string[];
}

/** The rule about migrations that are not at their end. */
export const handOverStage: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-stage",
  title: "The migration is not declared to be in its last stage",
  severity: "blocker",
  why: "what is handed over has no stages any more: the way on and the way back end with the construct",
  remedy:
    "declare the last stage and deploy it; where the migration ends where it is, say so with --abandon and the name of the stage that it is in",
  *check({ migration, stage, last, abandonedIn }) {
    const wanted = abandonedIn ?? last;
    if (stage !== undefined && stage === wanted) return;
    yield {
      subject: migration,
      message: `the code declares ${stage ?? "a stage that only Terraform knows"}, and ${
        abandonedIn !== undefined
          ? `--abandon names ${abandonedIn}`
          : `the last stage is ${last ?? "not known, because its record does not list its stages"}`
      }`,
    };
  },
});

/** The rule about stages that the state does not have. */
export const handOverNotReached: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-not-reached",
  title: "The state records another stage than the code declares",
  severity: "blocker",
  why: "between two stages, what stays is not what the code says",
  remedy:
    "deploy the stack, wait until migration-patterns status shows the stage as reached, and give the state of the same stack (after terraform apply -refresh-only, where a runner reaches the stages)",
  *check({ migration, stage, recorded: { declared, reached } }) {
    if (stage !== undefined && declared === stage && reached === stage) return;
    yield {
      subject: migration,
      message: `the code declares ${stage ?? "what only Terraform knows"}; the state has declared ${declared ?? "nothing"} and reached ${reached ?? "nothing"}`,
    };
  },
});

/** The rule about resources that the state does not have. */
export const handOverNotDeployed: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-not-deployed",
  title: "A resource of the code is not in the state",
  severity: "blocker",
  why: "what does not exist cannot be imported, and an import that fails leaves a hand-over halfway",
  remedy: "deploy the stack until its second plan is empty, and give the state of the same stack",
  *check({ missing }) {
    for (const subject of missing) yield { subject, message: "the code has it, and the state does not" };
  },
});

/** The rule about what cannot be written as plain Terraform. */
export const handOverUnresolved: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-unresolved",
  title: "An argument cannot be written as plain Terraform",
  severity: "blocker",
  why: "its value is in neither the code nor the state: the output of a module, a resource with count or for_each, an index that is computed",
  remedy:
    "write the value into the stack's code and deploy it, or take what it belongs to out of the migration by hand: removed and import blocks of your own",
  *check({ unresolved }) {
    for (const { address, argument, what } of unresolved) {
      yield { subject: address, message: `${argument}: the value of ${what} is not known` };
    }
  },
});

/** The rule about what refers to what leaves. */
export const handOverReferred: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-referred",
  title: "What stays in the code refers to what leaves it",
  severity: "warning",
  why: "the code no longer compiles, or no longer plans, once the construct is gone",
  remedy:
    "write the id in its place before the construct goes; a dependsOn names the migration by Migration.fromParameterPath from then on",
  *check({ left }) {
    for (const { from, to } of left) yield { subject: from, message: `it refers to ${to}` };
  },
});

/** The rule about types that importing does not take in. */
export const handOverStateMove: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-state-move",
  title: "Importing does not take in all of a resource",
  severity: "info",
  why: "the provider cannot import it, or would write again what it forgets: without its entry in the state the plan of the new module would create or change it",
  remedy: "move its entry from a copy of the old state, as the next steps say, before the first plan of the new module",
  *check({ stateMoves }) {
    for (const subject of stateMoves) yield { subject, message: "its state is moved and not imported" };
  },
});

/** The rule about types whose import id is not known. */
export const handOverImportId: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-import-id",
  title: "The id for the import is a guess",
  severity: "warning",
  why: "it is no type that the library creates, and not every type is imported by the id that its state has",
  remedy: "compare imports.tf.json with the section Import of the resource in its provider's documentation",
  *check({ guessedIds }) {
    for (const subject of guessedIds) yield { subject, message: "the id of its state is written" };
  },
});

/** The rule about secrets. */
export const handOverSecret: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-secret",
  title: "A secret is not written",
  severity: "info",
  why: "a secret does not belong into a file, nor into the state that an import writes",
  remedy:
    "nothing has to be done: what AWS has stays; whoever is to change it does so in AWS, or gives it by a variable of their own",
  *check({ secrets, released }) {
    for (const { address, argument, what } of secrets) {
      yield { subject: address, message: `${argument} is left out: ${what}` };
    }
    for (const subject of released) {
      yield {
        subject,
        message: "it stays in the account and leaves Terraform: importing it would write its value into the state",
      };
    }
  },
});

/** The rule about records that others need. */
export const handOverNamed: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-named",
  title: "Another migration names this one",
  severity: "info",
  why: "its plan reads the stages that are recorded, and refuses while they are not there",
  remedy: "hand the record over too, as is done here; delete it when no migration names it any more",
  *check({ migration, namedBy }) {
    if (namedBy.length > 0) yield { subject: migration, message: `its record stays: ${listed(namedBy)} named it` };
  },
});

/** The rule about what is no longer held. */
export const handOverHoldEnds: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-hold-ends",
  title: "Another migration is no longer held",
  severity: "warning",
  why: "the mark that kept it from going back goes with this migration, and what is handed over may still stand on it",
  remedy: "hand the other over too, or see to it that nobody takes it back",
  *check({ held }) {
    for (const subject of held)
      yield { subject, message: "nothing refuses its way back any more for the sake of this migration" };
  },
});

/** The rule about what stays although it was made for the move. */
export const handOverKept: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-kept",
  title: "What was made for the move stays",
  severity: "info",
  why: "a hand-over destroys no data, and nothing that something else needs",
  remedy: "remove it from the new module when its time has come, by a change of its own",
  *check({ kept }) {
    for (const { address, reason } of kept) yield { subject: address, message: reason };
  },
});

/** The rule about arguments that only the migration needed. */
export const handOverDropped: Rule<HandOverReview> = defineRule<HandOverReview>({
  id: "hand-over-dropped",
  title: "A provisioner or a condition is not handed over",
  severity: "info",
  why: "a provisioner runs where a resource is created, and a condition asks for what leaves",
  remedy: "write it into the new module where it is still wanted",
  *check({ dropped }) {
    for (const { address, what } of dropped) yield { subject: address, message: `${what} is left out` };
  },
});

/** The rules about a hand-over. */
export const handOverRules: readonly Rule<HandOverReview>[] = [
  handOverStage,
  handOverNotReached,
  handOverNotDeployed,
  handOverUnresolved,
  handOverReferred,
  handOverStateMove,
  handOverImportId,
  handOverSecret,
  handOverNamed,
  handOverHoldEnds,
  handOverKept,
  handOverDropped,
];
