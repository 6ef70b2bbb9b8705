/**
 * ```ts
 * database_connections: [{ database: "orders", engine: "postgresql", server: "db-01", clients: ["web-01"] }],
 * external_service_integrations: { none: "no server of this site talks to anything outside" },
 * license_requirements: unanswered(),
 * ```
 *
 * The answers to the items of the checklist. Every item is answered in one of three ways: with evidence, with `none` and the
 * reason why there is none, or with `unknown`, which is honest and blocks. There is no boolean, because "yes, we looked"
 * proves nothing, and no empty list, because it may mean that nobody looked.
 */
import { z } from "zod";
import { admit } from "../../core/door/admit";
import { fileText } from "../../core/file-text";

/** The schema of {@link None}. */
export const noneSchema = z.strictObject({
  none: fileText(z.string().trim().min(10)).describe("The reason why there is none, in at least 10 characters"),
});

/** The answer that there is nothing of the kind, with the reason why that is known. */
export type None = z.output<typeof noneSchema>;

/**
 * The value of an item that is not answered yet. It blocks the migration until it is; in YAML it is `unknown` or an empty
 * value.
 */
export const UNANSWERED = "unknown";

/** The type of an item that is not answered yet. */
export type Unanswered = typeof UNANSWERED;

/**
 * Returns the value of an item that is not answered yet. The stack compiles and the document is valid, and the assessment is
 * `incomplete`: the way to start a checklist, not the way to finish one.
 */
export function unanswered(): Unanswered {
  return UNANSWERED;
}

/** An answer to an item: evidence, `none` with a reason, or unanswered. */
export type Answer<Evidence> = Evidence | None | Unanswered;

/** Checks whether the item has evidence. */
export function hasEvidence<Evidence>(answer: Answer<Evidence> | undefined): answer is Evidence {
  return answer !== undefined && !isUnanswered(answer) && !isNone(answer);
}

/** Checks whether the answer is that there is none. */
export function isNone(answer: unknown): answer is None {
  return typeof answer === "object" && answer !== null && !Array.isArray(answer) && "none" in answer;
}

/** Checks whether the item is unanswered. */
export function isUnanswered(answer: unknown): answer is Unanswered {
  return answer === UNANSWERED;
}

/** Returns the evidence, or undefined where the item is answered otherwise. */
export function evidenceOf<Evidence>(answer: Answer<Evidence> | undefined): Evidence | undefined {
  return hasEvidence(answer) ? answer : undefined;
}

/** Returns the entries of an item that is a list, none where it is answered otherwise. */
export function entriesOf<Entry>(answer: Answer<readonly Entry[]> | undefined): readonly Entry[] {
  admit("entriesOf", { answer });
  return evidenceOf(answer) ?? [];
}

/**
 * Returns the schema of an item: its evidence, `none`, `unknown`, or null, which is what an empty value in YAML is. A missing
 * item is refused in the words of the TypeScript compiler, so that both say the same.
 */
export function answer<Evidence extends z.ZodType>(item: string, question: string, evidence: Evidence) {
  admit("answer", { item, question, evidence });
  return z
    .union([evidence, noneSchema, z.literal(UNANSWERED), z.null()], {
      error: (issue) => (issue.input === undefined ? missingMessage(item) : ANSWERS),
    })
    .transform((value) => (value === null ? UNANSWERED : value))
    .describe(question);
}

/**
 * Returns the message that both the TypeScript compiler and a reader give where an item or a group of the checklist is left
 * out.
 */
export function missingMessage(name: string): string {
  admit("missingMessage", { name });
  return `Property '${name}' is missing; answer it with evidence, with none and a reason, or with unknown`;
}

/** Returns the zod options that report a missing group of the checklist as its items are reported. */
export function missingError(name: string) {
  admit("missingError", { name });
  return {
    error: (issue: { readonly input?: unknown }) =>
      issue.input === undefined ? `Property '${name}' is missing` : undefined,
  };
}

/** The message about an empty list, which is no answer. */
export const EMPTY_LIST_MESSAGE =
  "An empty list is not an answer; list at least one entry, or answer none with the reason";

const ANSWERS = "Answer with evidence, with none and a reason, or with unknown";
