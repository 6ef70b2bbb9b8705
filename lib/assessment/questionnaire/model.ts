/**
 * Questionnaires in the form of Konveyor, so that what an organization already asks its applications can be asked here:
 * sections of questions, each with answers that carry a risk and a mitigation, and thresholds that say how much risk is too
 * much. The form is that of `assessment/` in the repository konveyor/tackle2-hub and of the enhancement
 * "assessment-module". The wrapper with `kind` and `items`, in which Konveyor keeps its own questionnaires, is taken off by
 * `read-documents.ts`, not by these schemas. A questionnaire comes from a file (`readQuestionnaire`) or stands in the checklist
 * under `questionnaires`; `evaluate.ts` evaluates it for one application.
 */
import { z } from "zod";
import { fileText } from "../../core/file-text";

const text = fileText(z.string().trim().min(1));
const percent = z.number().min(0).max(100);

/** The risks of an answer. */
export const risks = ["red", "yellow", "green", "unknown"] as const;

/** The risk of an answer. */
export type Risk = (typeof risks)[number];

/** The schema of an application's tag: `{ category: "Language", tag: "Java" }`. */
export const categorizedTagSchema = z.strictObject({ category: text, tag: text });

const optionalTags = z
  .array(categorizedTagSchema)
  .nullish()
  .transform((tags) => tags ?? []);

/** The schema of a {@link QuestionnaireAnswer}. */
export const questionnaireAnswerSchema = z.strictObject({
  order: z.int().nonnegative().optional(),
  text,
  risk: z.enum(risks),
  rationale: fileText().nullish(),
  mitigation: fileText().nullish().describe("The measure that lowers the risk"),
  applyTags: optionalTags.describe("Tags that the application gets with this answer"),
  autoAnswerFor: optionalTags.describe("Applications with one of these tags are given this answer"),
  selected: z.boolean().optional().describe("True where this is the answer"),
  /** Konveyor's own mark on an answer that a tag gave. Accepted because its exports have it; not evaluated. */
  autoAnswered: z.boolean().optional(),
});

/** The schema of a {@link QuestionnaireQuestion}. */
export const questionnaireQuestionSchema = z
  .strictObject({
    order: z.int().nonnegative().optional(),
    text,
    explanation: fileText().nullish(),
    includeFor: optionalTags.describe("Only applications with one of these tags are asked"),
    excludeFor: optionalTags.describe("Applications with one of these tags are not asked"),
    answers: z.array(questionnaireAnswerSchema).min(1),
  })
  .refine((question) => question.includeFor.length === 0 || question.excludeFor.length === 0, {
    error: "Give either includeFor or excludeFor, not both",
    path: ["excludeFor"],
  });

/** The schema of a {@link QuestionnaireSection}. */
export const questionnaireSectionSchema = z.strictObject({
  order: z.int().nonnegative().optional(),
  name: text,
  comment: fileText().nullish(),
  questions: z.array(questionnaireQuestionSchema).min(1),
});

/**
 * The schema of a {@link Questionnaire}. The fields that Konveyor's server adds to a questionnaire it exports (ids, times,
 * users) are accepted, and left out; its sections, questions and answers may have no other fields than these.
 */
export const questionnaireSchema = z.object({
  name: text,
  /** The purpose of the questionnaire, in its author's words; not evaluated. */
  description: fileText().nullish(),
  required: z.boolean().default(true).describe("Whether an unanswered question blocks; otherwise it is a warning"),
  sections: z.array(questionnaireSectionSchema).min(1),
  /** Shares of the questions that the application is asked. 0 is always reached; `evaluate.ts` has their order. */
  thresholds: z
    .strictObject({ red: percent, yellow: percent, unknown: percent })
    .describe("The shares of the questions, in percent, from which on an application counts as red, yellow or unknown"),
  /** The author's sentence for each overall risk. The finding about the risk quotes it. */
  riskMessages: z
    .strictObject({ red: z.string(), yellow: z.string(), green: z.string(), unknown: z.string() })
    .partial()
    .default({}),
});

/** A questionnaire in Konveyor's form. */
export type Questionnaire = Readonly<z.output<typeof questionnaireSchema>>;
/** A section of a questionnaire. */
export type QuestionnaireSection = Readonly<z.output<typeof questionnaireSectionSchema>>;
/** A question, with the answers it may have. */
export type QuestionnaireQuestion = Readonly<z.output<typeof questionnaireQuestionSchema>>;
/** An answer, with the risk it stands for. */
export type QuestionnaireAnswer = Readonly<z.output<typeof questionnaireAnswerSchema>>;
/** A tag with its category, in the form of Konveyor. */
export type CategorizedTag = Readonly<z.output<typeof categorizedTagSchema>>;

/**
 * The schema of an {@link AnsweredQuestionnaire}: an entry of the checklist's `questionnaires`. One answer to a question wins
 * over the next: that in `answers`, the one marked `selected` in the questionnaire, the one that a tag gives (`autoAnswerFor`).
 */
export const answeredQuestionnaireSchema = z.strictObject({
  application: text.describe("The application that answers"),
  tags: z.array(categorizedTagSchema).default([]).describe("The application's tags, which choose its questions"),
  questionnaire: questionnaireSchema,
  answers: z
    .array(
      z.strictObject({
        section: text.optional().describe("The section's name, where two sections ask the same"),
        question: text.describe("The question's text"),
        answer: text.describe("The answer's text"),
      }),
    )
    .default([])
    .describe("The answers, by their texts; an answer may be marked with selected in the questionnaire as well"),
});

/** A questionnaire as one application answers it. */
export type AnsweredQuestionnaire = Readonly<z.output<typeof answeredQuestionnaireSchema>>;
