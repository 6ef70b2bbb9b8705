import { describe, expect, it } from "@jest/globals";
import { databaseNames } from "../../lib/assessment/database-names";
import type { ChecklistInput } from "../../lib/assessment/checklist/checklist";
import type { InventoryInput } from "../../lib/inventory/model";
import { checklistWith, subjectWith } from "./fixture";

type Declared = ChecklistInput["identify_dependencies"]["database_connections"];

function names(databases: InventoryInput["databases"], declared: Declared): string[] {
  const { inventory, checklist } = subjectWith({
    inventory: { databases },
    checklist: checklistWith({ dependencies: { database_connections: declared } }),
  });
  return databaseNames(inventory, checklist);
}

const listed = { name: "orders", engine: "postgresql", server: "db-01" };
const declared = { database: "Orders", engine: "postgresql", clients: ["app-01"] };

describe("the databases of an estate", () => {
  it("are those that only the checklist declares, too", () => {
    expect(names([], [{ ...declared, server: "db-01" }])).toEqual(["Orders"]);
    expect(names([listed], { none: "nothing of it has a database" })).toEqual(["orders"]);
  });

  it("are counted once where both know them, however they call the server", () => {
    expect(names([listed], [{ ...declared, server: "db-01.example.internal" }])).toEqual(["orders"]);
    expect(names([listed], [declared])).toEqual(["orders"]);
  });

  it("are two where two servers have one of the same name", () => {
    expect(names([listed], [{ ...declared, server: "app-01" }])).toEqual(["orders", "Orders"]);
  });
});
