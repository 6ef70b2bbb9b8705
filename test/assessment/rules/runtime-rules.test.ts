import { describe, expect, it } from "@jest/globals";
import { runtimePastEndOfLife } from "../../../lib/assessment/rules/runtime-rules";
import { checklistWith, seen, subjectWith } from "../fixture";

const using = (name: string, version: string, more: object = {}, asOf = "2026-01-15") =>
  subjectWith({
    inventory: { databases: [] },
    checklist: checklistWith({
      dependencies: { database_connections: { none: "no databases are here" } },
      compatibility: { runtime_dependencies: [{ name, version, servers: ["app-01"], ...more }] },
    }),
    asOf,
  });

describe("runtime-past-end-of-life", () => {
  it.each([
    ["java", "1.8.0_201"],
    ["OpenJDK", "8u391"],
    [".NET", "10"],
    [".NET Framework", "4.7.2"],
    ["python", "3.12.1"],
    ["Node.js", "22"],
    ["SQL Server", "15.0.4430"],
    ["postgres", "16.3"],
    ["oracle", "19c"],
    ["cobol", "85"],
    ["java", "latest"],
  ])("finds nothing in %s %s", (name, version) => {
    expect(seen(runtimePastEndOfLife, using(name, version))).toEqual([]);
  });

  it.each([
    ["java", "1.7", "Java 1.7: its support ended on 2022-07-19"],
    [".NET Core", "3.1.32", ".NET 3.1.32: its support ended on 2022-12-13"],
    [".NET Framework", "4.6.1", ".NET Framework 4.6.1: its support ended on 2022-04-26"],
    ["python", "2.7.18", "Python 2.7.18: its support ended on 2020-01-01"],
    ["node", "16.20.2", "Node.js 16.20.2: its support ended on 2023-09-11"],
    ["php", "7.4", "PHP 7.4: its support ended on 2022-11-28"],
    ["ruby", "2.7.8", "Ruby 2.7.8: its support ended on 2023-03-31"],
    ["mssql", "2014 SP3", "SQL Server 2014 SP3: its support ended on 2024-07-09, support is sold until 2027-07-12"],
    ["mssql", "10.50.6000", "SQL Server 10.50.6000: its support ended on 2019-07-09"],
    ["postgresql", "9.6.24", "PostgreSQL 9.6.24: its support ended on 2021-11-11"],
    ["mysql", "5.7.44", "MySQL 5.7.44: its support ended on 2023-10-31"],
    ["Oracle Database", "11g R2", "Oracle Database 11g R2: its support ended on 2015-01-31"],
    ["oracle", "12.2.0.1", "Oracle Database 12.2.0.1: its support ended on 2022-03-31"],
  ])("warns of %s %s", (name, version, message) => {
    expect(seen(runtimePastEndOfLife, using(name, version))).toEqual([`warning ${message}; used by app-01`]);
  });

  it("tells of an end within 180 days", () => {
    expect(seen(runtimePastEndOfLife, using("php", "8.2", {}, "2026-08-01"))).toEqual([
      "info PHP 8.2: its support ends on 2026-12-31; used by app-01",
    ]);
  });

  it("takes a vendor's own promise instead of the public date", () => {
    expect(seen(runtimePastEndOfLife, using("java", "7", { supportedUntil: "2027-12-31" }))).toEqual([]);
    expect(seen(runtimePastEndOfLife, using("java", "8", { supportedUntil: "2025-12-31" }))).toHaveLength(1);
  });

  it("looks at declared databases as well, and says one engine in one version once", () => {
    const subject = subjectWith({
      inventory: {
        databases: [
          { name: "orders", engine: "postgresql", version: "12", server: "db-01" },
          { name: "billing", engine: "PostgreSQL", version: "12", server: "db-01" },
        ],
      },
      checklist: checklistWith({
        dependencies: {
          database_connections: [{ database: "stock", engine: "postgres", version: "12", clients: ["app-01"] }],
        },
      }),
    });
    expect(seen(runtimePastEndOfLife, subject)).toEqual([
      "warning PostgreSQL 12: its support ended on 2024-11-14; used by stock and 2 more",
    ]);
  });
});
