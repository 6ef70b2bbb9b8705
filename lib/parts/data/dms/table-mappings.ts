/**
 * ```ts
 * tableMappings([{ rule: "include", schema: "sales" }, { rule: "convert-lowercase", on: "table", schema: "sales" }]);
 * ```
 *
 * The table mappings of a DMS task, which select the tables to move and rename them at the target. The document's rules
 * are numbered by their position in the list: the same list gives the same bytes. AWS DMS User Guide, "Using table mapping
 * to specify task settings".
 */
import { z } from "zod";
import { admit } from "../../../core/door/admit";

/** A rule that selects tables to move. `%` stands for any text. */
export interface TableSelection {
  /** `include` selects tables to move; `exclude` removes tables from the selection. */
  readonly rule: "include" | "exclude";
  readonly schema: string;
  /**
   * The table's name.
   * @default "%": all tables of the schema
   */
  readonly table?: string;
}

/** A rule that renames or removes a schema, table or column at the target. */
export interface TableTransformation {
  readonly rule:
    | "rename"
    | "convert-lowercase"
    | "convert-uppercase"
    | "add-prefix"
    | "remove-prefix"
    | "add-suffix"
    | "remove-suffix"
    | "remove-column";
  readonly on: "schema" | "table" | "column";
  readonly schema: string;
  /**
   * The table's name.
   * @default "%", where the rule is on tables or columns
   */
  readonly table?: string;
  /**
   * The column's name.
   * @default "%", where the rule is on columns
   */
  readonly column?: string;
  /**
   * The new name, the prefix or the suffix. Required by `rename`, `add-…` and `remove-prefix`/`-suffix`.
   * @default - none
   */
  readonly value?: string;
}

/** One rule of a task's table mappings. */
export type TableRule = TableSelection | TableTransformation;

const selections = ["include", "exclude"] as const;
const transformations = [
  "rename",
  "convert-lowercase",
  "convert-uppercase",
  "add-prefix",
  "remove-prefix",
  "add-suffix",
  "remove-suffix",
  "remove-column",
] as const;
const withValue = new Set<string>(["rename", "add-prefix", "remove-prefix", "add-suffix", "remove-suffix"]);
const pattern = z.string().min(1).max(256);

/** The schema of a list of {@link TableRule}. */
export const tableRulesSchema = z
  .array(
    z.union([
      z.strictObject({ rule: z.enum(selections), schema: pattern, table: pattern.optional() }),
      z
        .strictObject({
          rule: z.enum(transformations),
          on: z.enum(["schema", "table", "column"]),
          schema: pattern,
          table: pattern.optional(),
          column: pattern.optional(),
          value: pattern.optional(),
        })
        .refine(({ rule, value }) => withValue.has(rule) === (value !== undefined), {
          message: "needs value with rename and with prefixes and suffixes, and with nothing else",
          path: ["value"],
        })
        .refine(({ rule, on }) => rule !== "remove-column" || on === "column", {
          message: "must be column where the rule is remove-column",
          path: ["on"],
        }),
    ]),
  )
  .refine((rules) => rules.some(({ rule }) => rule === "include"), "must include at least one schema");

/** Returns the table mappings document of a DMS task, as JSON. */
export function tableMappings(rules: readonly TableRule[]): string {
  admit("tableMappings", { rules });
  return JSON.stringify({ rules: rules.map((rule, index) => document(rule, String(index + 1))) });
}

function document(rule: TableRule, id: string): unknown {
  const schemaName = { "schema-name": rule.schema };
  if (!("on" in rule)) {
    return {
      "rule-type": "selection",
      "rule-id": id,
      "rule-name": id,
      "object-locator": { ...schemaName, "table-name": rule.table ?? "%" },
      "rule-action": rule.rule,
      filters: [],
    };
  }
  return {
    "rule-type": "transformation",
    "rule-id": id,
    "rule-name": id,
    "rule-target": rule.on,
    "object-locator": {
      ...schemaName,
      ...(rule.on === "schema" ? {} : { "table-name": rule.table ?? "%" }),
      ...(rule.on === "column" ? { "column-name": rule.column ?? "%" } : {}),
    },
    "rule-action": rule.rule,
    ...(rule.value === undefined ? {} : { value: rule.value }),
  };
}
