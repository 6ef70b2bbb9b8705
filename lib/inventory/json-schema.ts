/** The JSON Schema of the library's own inventory form, for editors: completion and checks while somebody writes YAML. */
import { z } from "zod";
import { inventorySchema } from "./model";

/** The schema's identifier. A name and no address: nothing is fetched from it. */
export const INVENTORY_SCHEMA_ID = "urn:cdktf-migration-patterns:schema:inventory";

/** Returns the JSON Schema (draft 2020-12) of an inventory as people write it: whatever has a default may be left out. */
export function inventoryJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(inventorySchema, { io: "input", target: "draft-2020-12" });
  return {
    $schema,
    $id: INVENTORY_SCHEMA_ID,
    title: "Inventory",
    description:
      "The estate to be migrated: servers, networks, databases, file shares and the connections between them",
    ...schema,
  };
}
