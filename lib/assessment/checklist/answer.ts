/**
 * ```ts
 * database_connections: [{ database: "orders", engine: "postgresql", server: "db-01", clients: ["web-01"] }],
 * external_service_integrations: { none: "no server of this site talks to anything outside" },
 * license_requirements: unanswered(),
 * ```
 *
 * Every item of the checklist is answered in one of three ways: with evidence, with `none` and the reason why there is
 * none, or with `unknown`, which is honest and blocks. There is no boolean, because "yes, we looked" proves nothing, and
 * no empty list, because it does not say whether somebody looked.
 */
import { z } from "zod";

/** There is nothing of the kind, and why that is known. */
export const noneSchema = z.strictObject({
  none: z.string().trim().min(10).describe("Why there is none, in at least 10 characters"),
});

/** There is nothing of the kind, and why that is known. */
export type None = z.output<typeof noneSchema>;

/** Nobody has answered yet. Blocks the migration until somebody does; in YAML it is `unknown` or an empty value. */
export const UNANSWERED = "unknown";

/** Nobody has answered yet. */
export type Unanswered = typeof UNANSWERED;

/**
 * Says that nobody has answered this item yet. The stack compiles and the document is valid, and the assessment is
 * `incomplete`: the way to start a checklist, not the way to finish one.
 */
export function unanswered(): Unanswered {
  return UNANSWERED;
}

/** Evidence, `none` with a reason, or unanswered. */
export type Answer<Evidence> = Evidence | None | Unanswered;

/** Whether the item has evidence. */
export function hasEvidence<Evidence>(answer: Answer<Evidence> | undefined): answer is Evidence {
  return answer !== undefined && !isUnanswered(answer) && !isNone(answer);
}

/** Whether somebody has said that there is none. */
export function isNone(answer: unknown): answer is None {
  return typeof answer === "object" && answer !== null && !Array.isArray(answer) && "none" in answer;
}

/** Whether nobody has answered. */
export function isUnanswered(answer: unknown): answer is Unanswered {
  return answer === UNANSWERED;
}

/** The evidence, or undefined where the item is answered otherwise. */
export function evidenceOf<Evidence>(answer: Answer<Evidence> | undefined): Evidence | undefined {
  return hasEvidence(answer) ? answer : undefined;
}

/** The entries of an item that is a list, none where it is answered otherwise. */
export function entriesOf<Entry>(answer: Answer<readonly Entry[]> | undefined): readonly Entry[] {
  return evidenceOf(answer) ?? [];
}

/**
 * The schema of an item: its evidence, `none`, `unknown`, or null, which is what an empty value in YAML is. A missing item
 * is refused in the words of the TypeScript compiler, so that both say the same.
 */
export function answer<Evidence extends z.ZodType>(item: string, question: string, evidence: Evidence) {
  return z
    .union([evidence, noneSchema, z.literal(UNANSWERED), z.null()], {
      error: (issue) => (issue.input === undefined ? missing(item) : ANSWERS),
    })
    .transform((value) => (value === null ? UNANSWERED : value))
    .describe(question);
}

/** What both the TypeScript compiler and a reader say where an item or a group of the checklist is left out. */
export function missing(name: string): string {
  return `Property '${name}' is missing; answer it with evidence, with none and a reason, or with unknown`;
}

/** Makes a group of the checklist say that it is missing as its items do. */
export function missingError(name: string) {
  return {
    error: (issue: { readonly input?: unknown }) =>
      issue.input === undefined ? `Property '${name}' is missing` : undefined,
  };
}

/** Why an empty list is no answer. */
export const AT_LEAST_ONE =
  "An empty list does not say whether somebody looked; list at least one, or answer none and why";

const ANSWERS = "Answer with evidence, with none and a reason, or with unknown";
