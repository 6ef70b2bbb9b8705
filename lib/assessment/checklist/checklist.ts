/**
 * ```ts
 * const checklist: ChecklistInput = {
 *   inventory_current_infrastructure: {
 *     network_configuration: {
 *       sources: [{ name: "data centre", cidr: "10.10.0.0/16" }],
 *       targets: [{ name: "vpc", cidr: "10.20.0.0/16" }],
 *     },
 *     security_configurations: { dataClassification: "internal", controls: [ … ] },
 *   },
 *   identify_dependencies: {
 *     database_connections: [{ database: "orders", engine: "postgresql", server: "db-01", clients: ["app-01"] }],
 *     external_service_integrations: { none: "checked against 30 days of firewall logs" },
 *     file_system_dependencies: { none: "no server exports or mounts a file system" },
 *   },
 *   assess_compatibility: { runtime_dependencies: [ … ], license_requirements: unanswered() },
 * };
 * ```
 *
 * The catalog's *Pre-Migration Assessment* as a type. Groups and items have the catalog's own names, in TypeScript as in
 * YAML, so that there is one document and one schema. What only a person can know is required: a stack that lacks it does
 * not compile, and a YAML file that lacks it is refused. What an inventory proves is optional, and is filled in from it.
 */
import { z } from "zod";
import { compatibilitySchema } from "./compatibility";
import { dependenciesSchema } from "./dependencies";
import { answeredQuestionnaireSchema } from "../questionnaire/model";
import { infrastructureSchema } from "./infrastructure";

/** The schema of a checklist: every group and item that the catalog lists. */
export const checklistSchema = z.strictObject({
  $schema: z.string().optional(),
  inventory_current_infrastructure: infrastructureSchema,
  identify_dependencies: dependenciesSchema,
  assess_compatibility: compatibilitySchema,
  questionnaires: z
    .array(answeredQuestionnaireSchema)
    .optional()
    .describe("Questionnaires in Konveyor's form, each as one application answers it"),
});

/** A value with all its properties read-only, so that constants (`as const`) fit as well. */
type DeepReadonly<Value> = Value extends readonly (infer Element)[]
  ? readonly DeepReadonly<Element>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
    : Value;

/** A checklist as it is written: everything that has a default, and what the inventory proves, may be left out. */
export type ChecklistInput = DeepReadonly<z.input<typeof checklistSchema>>;

/** A checklist that has been read: defaults filled in. */
export type Checklist = z.output<typeof checklistSchema>;
