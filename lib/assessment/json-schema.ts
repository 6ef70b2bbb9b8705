/** The JSON Schemas (draft 2020-12) of the documents that people write, for editors and for `migration-patterns schema`. */
import { z } from "zod";
import { checklistSchema } from "./checklist/checklist";
import { questionnaireFileSchema, waiversSchema } from "./read";

/** The JSON Schema of a checklist. */
export function checklistJsonSchema(): Record<string, unknown> {
  return ofInput(checklistSchema, "Pre-migration checklist");
}

/** The JSON Schema of a file of waivers. */
export function waiversJsonSchema(): Record<string, unknown> {
  return ofInput(waiversSchema, "Waivers: findings that somebody has accepted");
}

/** The JSON Schema of a questionnaire's file, bare or in Konveyor's wrapper. */
export function questionnaireJsonSchema(): Record<string, unknown> {
  return ofInput(questionnaireFileSchema, "Questionnaire in Konveyor's form");
}

/** Of what is written, not of what is read: defaults may be left out. */
function ofInput(schema: z.ZodType, title: string): Record<string, unknown> {
  return { title, ...z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" }) };
}
