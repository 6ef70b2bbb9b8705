/** The JSON Schemas (draft 2020-12) of the documents that people write, for editors and for `migration-patterns schema`. */
import { z } from "zod";
import { checklistSchema } from "./checklist/checklist";
import { questionnaireFileSchema, waiversSchema } from "./read-documents";

/** Returns the JSON Schema of a checklist. */
export function checklistJsonSchema(): Record<string, unknown> {
  return ofInput(checklistSchema, "Pre-migration checklist");
}

/** Returns the JSON Schema of a file of waivers. */
export function waiversJsonSchema(): Record<string, unknown> {
  return ofInput(waiversSchema, "Waivers: findings that somebody has accepted");
}

/** Returns the JSON Schema of a questionnaire's file, bare or in Konveyor's wrapper. */
export function questionnaireJsonSchema(): Record<string, unknown> {
  return ofInput(questionnaireFileSchema, "Questionnaire in Konveyor's form");
}

/** Returns the JSON Schema of a document as it is written: defaults may be left out. */
function ofInput(schema: z.ZodType, title: string): Record<string, unknown> {
  return { title, ...z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" }) };
}
