/** The judgment of the gate, apart from what it needs: checkov's verdicts against the list of accepted failures. */
import type { AcceptedFailure } from "../../scripts/generate/accepted-failures";
import type { Failure, Form, Verdict } from "./checkov";

/** A stack in one form, with what checkov says of it. */
export interface Judged {
  /** `platform/wave-1`. */
  readonly stack: string;
  readonly form: Form;
  /** The resources that are in it. */
  readonly resources: number;
  readonly verdict: Verdict;
}

const isFor = (accepted: AcceptedFailure, failure: Failure, form: Form): boolean =>
  accepted.check === failure.check &&
  accepted.type === failure.type &&
  (accepted.form === undefined || accepted.form === form);

/** Returns what is wrong with the stacks, as sentences: one that was not read, and failures that nobody has accepted. */
export function wrongWith(judged: readonly Judged[], accepted: readonly AcceptedFailure[]): string[] {
  return judged.flatMap(({ stack, form, resources, verdict }) => {
    const at = `${stack} (${form})`;
    if (verdict.seen !== resources) {
      const remedy =
        form === "json" ? "; scan the plan instead: what it has of Terraform's JSON, checkov does not parse" : "";
      return [`${at}: checkov has read ${verdict.seen} of ${resources} resources${remedy}`];
    }
    return verdict.failures
      .filter((failure) => !accepted.some((each) => isFor(each, failure, form)))
      .map(({ check, resource, says }) => `${at}: ${check} ${resource}: ${says}`);
  });
}

/** Returns the entries of the list of which no stack has a failure any more, each as a sentence. */
export function staleEntries(judged: readonly Judged[], accepted: readonly AcceptedFailure[]): string[] {
  return accepted
    .filter((each) =>
      judged.every(({ form, verdict }) => !verdict.failures.some((failure) => isFor(each, failure, form))),
    )
    .map(({ check, type }) => `${check} at ${type} is accepted, and found nowhere: take it out of the list`);
}
