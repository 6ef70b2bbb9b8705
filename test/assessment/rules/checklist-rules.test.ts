import { describe, expect, it } from "@jest/globals";
import * as rules from "../../../lib/assessment/rules/checklist-rules";
import { checklistWith, seen, subjectWith } from "../fixture";

describe("checklist-unanswered", () => {
  it("finds nothing where every item is answered, or proven by the inventory", () => {
    expect(seen(rules.checklistUnanswered, subjectWith())).toEqual([]);
  });

  it("blocks an item that is unknown, even one that the inventory could prove", () => {
    const checklist = checklistWith({
      infrastructure: { storage_requirements: "unknown" },
      dependencies: { database_connections: null },
    });
    expect(seen(rules.checklistUnanswered, subjectWith({ checklist }))).toEqual([
      "blocker inventory_current_infrastructure.storage_requirements: not answered: How much storage is there, and which kind of volume does each disk need?",
      "blocker identify_dependencies.database_connections: not answered: Which databases are there, on which engine, and who connects to them?",
    ]);
  });

  it("blocks what an inventory without servers leaves open", () => {
    const subjects = rules
      .checklistUnanswered(subjectWith({ inventory: { servers: [] } }))
      .map(({ subject }) => subject);
    expect(subjects).toEqual([
      "inventory_current_infrastructure.servers_and_specifications",
      "inventory_current_infrastructure.storage_requirements",
      "assess_compatibility.operating_system_versions",
    ]);
  });
});

describe("checklist-contradicts-inventory", () => {
  it("finds nothing where none is true", () => {
    expect(seen(rules.checklistContradictsInventory, subjectWith())).toEqual([]);
  });

  it("blocks none where the inventory lists some", () => {
    const none = { none: "we believe there is none" };
    const checklist = checklistWith({
      infrastructure: { servers_and_specifications: none },
      dependencies: { database_connections: none },
    });
    expect(seen(rules.checklistContradictsInventory, subjectWith({ checklist }))).toEqual([
      'blocker inventory_current_infrastructure.servers_and_specifications: the checklist says none ("we believe there is none"), and the inventory lists 3 of kind server, the first: web-01',
      'blocker identify_dependencies.database_connections: the checklist says none ("we believe there is none"), and the inventory lists one database: orders',
    ]);
  });
});

describe("checklist-unknown-name", () => {
  it("accepts servers by any of their names, and applications", () => {
    const checklist = checklistWith({
      compatibility: {
        runtime_dependencies: [
          { name: "java", version: "21", servers: ["Shop", "APP-01.example.internal", "10.10.3.11"] },
        ],
      },
    });
    expect(seen(rules.checklistUnknownName, subjectWith({ checklist }))).toEqual([]);
  });

  it("warns of a name that stands for nothing, wherever it is", () => {
    const servers = ["web-1"];
    const checklist = checklistWith({
      infrastructure: {
        servers_and_specifications: [{ server: "web-02", strategy: "retire" }],
        storage_requirements: { volumes: [{ server: "web-03", volumeType: "gp2" }] },
      },
      dependencies: {
        database_connections: [{ database: "orders", engine: "mysql", server: "db-2", clients: ["web-01"] }],
        external_service_integrations: [
          { name: "pay", hosts: ["pay.example.com"], owner: "shop", clients: ["web-04"] },
        ],
        file_system_dependencies: [{ path: "/srv", protocol: "nfs", server: "nas-1", clients: ["web-01"] }],
      },
      compatibility: {
        runtime_dependencies: [{ name: "java", version: "21", servers }],
        license_requirements: [{ product: "RHEL", model: "subscription", evidence: "order 1", servers }],
      },
    });
    const names = rules.checklistUnknownName(subjectWith({ checklist })).map(({ subject }) => subject);
    expect(names).toEqual(["web-02", "web-03", "db-2", "web-04", "nas-1", "web-1", "web-1"]);
  });

  it("cannot tell without servers", () => {
    expect(seen(rules.checklistUnknownName, subjectWith({ inventory: { servers: [] } }))).toEqual([]);
  });
});

describe("owner-unknown", () => {
  it("finds nothing where owners are named or not asked for", () => {
    expect(seen(rules.ownerUnknown, subjectWith())).toEqual([]);
  });

  it("warns of owners that are named only in form", () => {
    const checklist = checklistWith({
      dependencies: {
        database_connections: [
          { database: "orders", engine: "postgresql", server: "db-01", clients: ["app-01"], owner: "tbd" },
        ],
      },
      compatibility: {
        runtime_dependencies: [{ name: "java", version: "21", servers: ["app-01"], owner: "Unknown" }],
      },
    });
    expect(seen(rules.ownerUnknown, subjectWith({ checklist }))).toEqual([
      'warning orders: its owner is given as "tbd"',
      'warning java 21: its owner is given as "Unknown"',
    ]);
  });
});
