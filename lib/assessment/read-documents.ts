/**
 * ```ts
 * const checklist = readChecklist("checklist.yaml");
 * const waivers = readWaivers("waivers.yaml");
 * const questionnaire = readQuestionnaire({ name: "questionnaire.yaml", bytes });
 * ```
 *
 * Reads the documents that people write beside an inventory, in YAML or JSON. A document that does not fit is refused with
 * all its faults at once, each with line, column and path.
 */
import { z } from "zod";
import { admit } from "../core/door/admit";
import { MigrationError } from "../core/error";
import { waiverSchema, type Waiver } from "../core/waiver";
import type { DocumentFile } from "./open-document";
import { checklistSchema, type Checklist } from "./checklist/checklist";
import { rememberSource, sourceOf } from "./checklist/item-locations";
import { readNonEmptyDocument, type NamedDocument } from "./read-document";
import { invalidDocument } from "./invalid-document";
import { answeredQuestionnaireSchema, questionnaireSchema, type Questionnaire } from "./questionnaire/model";

/**
 * Reads a checklist. Findings about it have their place in the file.
 *
 * @throws MigrationError `CHECKLIST_UNREADABLE` (no YAML, empty, too large, too many aliases), `CHECKLIST_INVALID`
 */
export function readChecklist(source: DocumentFile): Checklist {
  const document = readNonEmptyDocument(source, "CHECKLIST_UNREADABLE", "a checklist in YAML or JSON");
  const checklist = fit("CHECKLIST_INVALID", document, checklistSchema);
  rememberSource(checklist, document.locate);
  return checklist;
}

const waiverListSchema = z.array(waiverSchema);
const waiverDocumentSchema = z.strictObject({ $schema: z.string().optional(), waivers: waiverListSchema });

/** The schema of a file of waivers: the list itself, or an object with the list under `waivers`. */
export const waiversSchema = z.union([waiverListSchema, waiverDocumentSchema]);

/**
 * Reads waivers: a list, or an object with the list under `waivers`. Each waiver knows its place.
 *
 * @throws MigrationError `ASSESSMENT_WAIVERS_UNREADABLE`, `ASSESSMENT_WAIVER_INVALID`
 */
export function readWaivers(source: DocumentFile): Waiver[] {
  const document = readNonEmptyDocument(source, "ASSESSMENT_WAIVERS_UNREADABLE", "a list of waivers in YAML or JSON");
  if (Array.isArray(document.value)) {
    const list = fit("ASSESSMENT_WAIVER_INVALID", document, waiverListSchema);
    return list.map((waiver, index) => ({ ...waiver, location: document.locate([index]) }));
  }
  const { waivers } = fit("ASSESSMENT_WAIVER_INVALID", document, waiverDocumentSchema);
  return waivers.map((waiver, index) => ({ ...waiver, location: document.locate(["waivers", index]) }));
}

/** The schema of Konveyor's own files: `kind`, `version`, and the questionnaires as items. */
const questionnaireSeedSchema = z.looseObject({
  kind: z.literal("Questionnaire"),
  items: z.array(questionnaireSchema).min(1),
});

/** The schema of a questionnaire's file: the questionnaire itself, or Konveyor's wrapper around it. */
export const questionnaireFileSchema = z.union([questionnaireSchema, questionnaireSeedSchema]);

/**
 * Reads a questionnaire in Konveyor's form, bare or in the wrapper of Konveyor's own files.
 *
 * @throws MigrationError `ASSESSMENT_QUESTIONNAIRE_UNREADABLE`, `ASSESSMENT_QUESTIONNAIRE_INVALID`,
 * `ASSESSMENT_QUESTIONNAIRE_COUNT` where the wrapper holds more than one
 */
export function readQuestionnaire(source: DocumentFile): Questionnaire {
  const document = readNonEmptyDocument(
    source,
    "ASSESSMENT_QUESTIONNAIRE_UNREADABLE",
    "a questionnaire in YAML or JSON",
  );
  const { value } = document;
  if (typeof value !== "object" || value === null || !("kind" in value) || !("items" in value)) {
    return fit("ASSESSMENT_QUESTIONNAIRE_INVALID", document, questionnaireSchema);
  }
  const { items } = fit("ASSESSMENT_QUESTIONNAIRE_INVALID", document, questionnaireSeedSchema);
  const [questionnaire, second] = items;
  if (questionnaire === undefined || second !== undefined) {
    throw new MigrationError({
      code: "ASSESSMENT_QUESTIONNAIRE_COUNT",
      path: document.name,
      received: items.map((item) => item.name),
      allowed: "one questionnaire",
      fix: "keep one questionnaire for each file",
    });
  }
  return questionnaire;
}

/**
 * Returns the checklist with one more questionnaire, answered by an application. The places of the checklist's items are
 * kept.
 *
 * @throws MigrationError `ASSESSMENT_QUESTIONNAIRE_INVALID`
 */
export function attachQuestionnaire(
  checklist: Checklist,
  answered: z.input<typeof answeredQuestionnaireSchema>,
): Checklist {
  admit("attachQuestionnaire", { checklist, answered });
  const result = answeredQuestionnaireSchema.safeParse(answered);
  if (!result.success) throw invalidDocument("ASSESSMENT_QUESTIONNAIRE_INVALID", "questionnaire", result.error);
  const attached = { ...checklist, questionnaires: [...(checklist.questionnaires ?? []), result.data] };
  rememberSource(attached, sourceOf(checklist));
  return attached;
}

function fit<Schema extends z.ZodType>(
  code: string,
  { name, value, locate }: NamedDocument,
  schema: Schema,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidDocument(code, name, result.error, locate);
}
