import { checklistJsonSchema, questionnaireJsonSchema, waiversJsonSchema } from "../../assessment/json-schema";
import { MigrationError } from "../../core/error";
import { inventoryJsonSchema } from "../../inventory/json-schema";
import { missingArgument, type Arguments } from "../arguments";
import { deliver } from "../write-output";
import { EXIT_OK } from "../exit-status";
import { schemaNames, schemaPage } from "../pages/schema";
import { outputFile } from "../report-options";
import { nearest } from "../../core/suggest";
import type { Terminal } from "../terminal";

const schemas: Record<(typeof schemaNames)[number], () => unknown> = {
  inventory: inventoryJsonSchema,
  checklist: checklistJsonSchema,
  waivers: waiversJsonSchema,
  questionnaire: questionnaireJsonSchema,
};

/** Runs `migration-patterns schema`. */
export function runSchema(args: Arguments, terminal: Terminal): number {
  const [name, another] = args.operands;
  if (name === undefined) throw missingArgument(schemaPage, `NAME, one of ${schemaNames.join(", ")}`);
  if (another !== undefined) {
    throw new MigrationError({
      code: "CLI_UNEXPECTED_ARGUMENT",
      received: another,
      allowed: "one name",
      fix: "print one schema at a time",
    });
  }
  const known = schemaNames.find((each) => each === name);
  if (known === undefined) {
    const meant = nearest(name, schemaNames);
    throw new MigrationError({
      code: "CLI_UNKNOWN_SCHEMA",
      received: name,
      allowed: `one of ${schemaNames.join(", ")}`,
      fix: meant === undefined ? "choose one of them" : `did you mean ${meant}?`,
    });
  }
  deliver(terminal, outputFile(args), `${JSON.stringify(schemas[known](), undefined, 2)}\n`);
  return EXIT_OK;
}
