/** The guard's tables against the provider's published schema: no type and no attribute in them is a slip of the pen. */
import { heldData } from "../../lib/plan/guard/held-data";
import { cutTable } from "../../lib/plan/losses/in-place-cut-table";
import { inertTypes } from "../../lib/plan/guard/inert-types";
import { protectingTypes } from "../../lib/plan/guard/protecting-types";
import { trafficCarryingTypes } from "../../lib/plan/guard/traffic-carrying-types";
import type { BlockSchema, ResourceSchema } from "../../scripts/generate/replacing-attributes/schema";

/** The attributes of other providers than AWS, whose schema is not asked for. */
const ELSEWHERE =
  /^(?:settings\.|encryption\.default_kms_key_name$|kms_key_name$|key_vault_key_id$|purge_protection_enabled$|soft_delete_|backup_retention_days$|disk_size_gb$|size_in_megabytes$)/;

/** Returns what is in the tables and not in the schema: `aws_lambda_funktion`, `deletion_protektion`. */
export function unknownToProvider(schemas: Readonly<Record<string, ResourceSchema>>): string[] {
  const types = [
    ...[heldData, protectingTypes, trafficCarryingTypes].flatMap((table) => Object.keys(table)),
    ...inertTypes,
    ...cutTable.flatMap((entry) => entry.types ?? []),
  ].filter((type) => type.startsWith("aws_"));
  const attributes = cutTable.filter(({ attribute, types: own }) => {
    if (ELSEWHERE.test(attribute)) return false;
    const asked = own?.filter((type) => type.startsWith("aws_")) ?? Object.keys(schemas);
    return !asked.some((type) => hasAttribute(schemas[type]?.block, attribute.split(".")));
  });
  return [...types.filter((type) => schemas[type] === undefined), ...attributes.map(({ attribute }) => attribute)];
}

function hasAttribute(block: BlockSchema | undefined, [name = "", ...rest]: readonly string[]): boolean {
  const nested = block?.block_types?.[name];
  if (rest.length > 0) return hasAttribute(nested?.block, rest);
  return nested !== undefined || block?.attributes?.[name] !== undefined;
}
