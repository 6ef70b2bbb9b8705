import { describe, expect, it } from "@jest/globals";
import type { ChecklistInput } from "../../../lib/assessment/checklist/checklist";
import type { InventoryInput } from "../../../lib/inventory/model";
import {
  pitfallDatabaseConnectionUnmapped,
  pitfallDataInNoWave,
  pitfallDataWithoutCallers,
} from "../../../lib/plan/anti-patterns/unmapped-data";
import type { PlanDocument } from "../../../lib/plan/plan-document";
import { readyAssessment, readyChecklist } from "../../support/ready-assessment";
import { goodPlan, inventory, review, told } from "./plan-fixture";

type Dependencies = Partial<ChecklistInput["identify_dependencies"]>;

/** A review of the good plan over another estate. */
function over(
  changes: InventoryInput,
  dependencies: Dependencies = {},
  document: Partial<PlanDocument> = {},
): ReturnType<typeof review> {
  const checklist: ChecklistInput = {
    ...readyChecklist,
    identify_dependencies: { ...readyChecklist.identify_dependencies, ...dependencies },
  };
  return review({ document, assessment: readyAssessment({ inventory: { ...inventory, ...changes }, checklist }) });
}

const NONE = { none: "nobody has looked at any of it yet" };
const connectionToOrders = readyChecklist.identify_dependencies.database_connections[0]!;
const withoutFlowsToDb01 = inventory.flows?.filter(({ destination }) => destination !== "db-01") ?? [];

describe("Underestimating data dependencies", () => {
  describe("data servers that nobody is known to call", () => {
    it("passes data to which flows go, by name, fqdn or address", () => {
      expect(pitfallDataWithoutCallers(review())).toEqual([]);
      const flows = [...withoutFlowsToDb01, { source: "192.0.2.1", destination: "DB-01.example.internal" }];
      expect(pitfallDataWithoutCallers(over({ flows }, { database_connections: NONE }))).toEqual([]);
    });

    it("warns of data to which none goes", () => {
      expect(
        told(pitfallDataWithoutCallers(over({ flows: withoutFlowsToDb01 }, { database_connections: NONE }))),
      ).toEqual([
        "warning db-01: it holds data, and has no known clients: no flow goes to it, and neither the checklist nor a file share names one",
      ]);
    });

    it("does not take a server's flow to itself for a caller", () => {
      const flows = [...withoutFlowsToDb01, { source: "db-01", destination: "db-01.example.internal", port: 5432 }];
      const itself = [{ ...connectionToOrders, clients: ["db-01"] }];
      expect(pitfallDataWithoutCallers(over({ flows }, { database_connections: itself }))).toHaveLength(1);
    });

    it("takes a declared database connection, also one that names the database only", () => {
      const { database, engine, clients } = connectionToOrders;
      for (const database_connections of [[connectionToOrders], [{ database, engine, clients }]]) {
        expect(pitfallDataWithoutCallers(over({ flows: withoutFlowsToDb01 }, { database_connections }))).toEqual([]);
      }
    });

    it("takes a declared file system, or a file share with users", () => {
      const file_system_dependencies = [
        { path: "/srv", protocol: "nfs" as const, server: "db-01", clients: ["app-01"] },
      ];
      const flows = withoutFlowsToDb01;
      expect(
        pitfallDataWithoutCallers(over({ flows }, { database_connections: NONE, file_system_dependencies })),
      ).toEqual([]);
      const fileShares = [{ name: "/srv", server: "db-01", usedBy: ["app-01"] }];
      expect(pitfallDataWithoutCallers(over({ flows, fileShares }, { database_connections: NONE }))).toEqual([]);
    });

    it("does not ask it of what the plan leaves out", () => {
      const excluded = [{ name: "db-01", reason: "it is replaced by a service" }];
      expect(
        pitfallDataWithoutCallers(over({ flows: withoutFlowsToDb01 }, { database_connections: NONE }, { excluded })),
      ).toEqual([]);
    });
  });

  describe("database connections with an end that the inventory does not have", () => {
    it("passes servers and applications of the inventory", () => {
      expect(pitfallDatabaseConnectionUnmapped(review())).toEqual([]);
      const database_connections = [{ ...connectionToOrders, clients: ["Shop", "APP-02"] }];
      expect(pitfallDatabaseConnectionUnmapped(over({}, { database_connections }))).toEqual([]);
    });

    it("warns of unknown clients and of an unknown server", () => {
      const database_connections = [
        { ...connectionToOrders, clients: ["app-01", "billing"] },
        { database: "ledger", engine: "oracle", server: "ora-07", clients: ["erp-1", "erp-2"] },
      ];
      expect(told(pitfallDatabaseConnectionUnmapped(over({}, { database_connections })))).toEqual([
        "warning orders: the inventory does not have its client billing",
        "warning ledger: the inventory does not have its server ora-07 and its clients erp-1 and erp-2",
      ]);
    });

    it("does not look names up in an inventory without servers", () => {
      expect(pitfallDatabaseConnectionUnmapped(over({ servers: [], databases: [], flows: [] }))).toEqual([]);
    });
  });

  describe("dependency on data that migrates in no wave", () => {
    const staying = (name: string) => goodPlan().moves.filter((move) => move.name !== name);

    it("passes data that moves in a wave, and data that nobody of the waves uses", () => {
      expect(pitfallDataInNoWave(review())).toEqual([]);
      const moves = goodPlan().moves.filter(({ name }) => !name.endsWith("-02"));
      expect(pitfallDataInNoWave(over({}, {}, { moves }))).toEqual([]);
    });

    it("warns of data that the plan leaves out, with the round trip and the reason", () => {
      const document = {
        moves: staying("db-02"),
        excluded: [{ name: "db-02", reason: "its licence ends in May" }],
        roundTripMilliseconds: 32,
      };
      expect(told(pitfallDataInNoWave(over({}, {}, document)))).toEqual([
        'warning db-02: the plan leaves it out ("its licence ends in May"), and 1 server of the waves uses it: app-02 (wave-2); each of their calls then takes at least 32 ms',
      ]);
    });

    it("warns of data that is retained, and counts the declared clients, applications by their servers", () => {
      const servers = inventory.servers?.map((server) =>
        server.name === "db-01" ? { ...server, strategy: "retain" as const } : server,
      );
      const database_connections = [{ ...connectionToOrders, clients: ["shop 2", "app-01"] }];
      const found = pitfallDataInNoWave(over({ servers }, { database_connections }, { moves: staying("db-01") }));
      expect(told(found)).toEqual([
        "warning db-01: it is retained, and 4 servers of the waves use it: app-01 (wave-1), app-02 (wave-2), db-02 (wave-2) and web-02 (wave-2); each of their calls then takes at least 20 ms",
      ]);
    });

    it("says so where nobody has decided that it stays", () => {
      expect(pitfallDataInNoWave(over({}, {}, { moves: staying("db-03") }))[0]?.message).toContain(
        "it moves in no wave, and 1 server of the waves uses it: app-03 (wave-3)",
      );
    });

    it("leaves data that is to be retired to the assessment", () => {
      const servers = inventory.servers?.map((server) =>
        server.name === "db-02" ? { ...server, strategy: "retire" as const } : server,
      );
      expect(pitfallDataInNoWave(over({ servers }, {}, { moves: staying("db-02") }))).toEqual([]);
    });
  });
});
