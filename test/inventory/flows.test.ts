import { describe, expect, it } from "@jest/globals";
import { flowsReader } from "../../lib/inventory/flows";
import { errorOf, fixtureFile, textFile } from "./input";

describe("connections", () => {
  it("are added up by source, destination, port and protocol", async () => {
    const inventory = await flowsReader.read([fixtureFile("flows.csv")]);
    expect(inventory.servers).toEqual([]);
    expect(inventory.flows).toEqual([
      {
        source: "web01",
        destination: "db01",
        port: 5432,
        protocol: "tcp",
        count: 150,
        location: { file: "flows.csv", row: 2 },
      },
      {
        source: "web01",
        destination: "10.0.0.53",
        port: 53,
        protocol: "udp",
        count: 900,
        location: { file: "flows.csv", row: 5 },
      },
      {
        source: "10.0.0.7",
        destination: "db01",
        port: 443,
        protocol: "tcp",
        count: 4,
        location: { file: "flows.csv", row: 6 },
      },
      { source: "monitor", destination: "web01", protocol: "icmp", count: 10, location: { file: "flows.csv", row: 7 } },
      { source: "web01", destination: "db01", port: 5433, protocol: "tcp", location: { file: "flows.csv", row: 11 } },
      { source: "web01", destination: "db01", port: 5434, protocol: "tcp", location: { file: "flows.csv", row: 12 } },
    ]);
  });

  it("that are broken are said with their place", async () => {
    const { findings } = await flowsReader.read([fixtureFile("flows.csv")]);
    expect(findings.map(({ rule, location }) => [rule, location?.row, location?.column])).toEqual([
      ["inventory-row-skipped", 8, "source"],
      ["inventory-row-skipped", 9, "destination"],
      ["inventory-row-skipped", 10, "port"],
      ["inventory-value-invalid", 11, "count"],
      ["inventory-value-invalid", 12, "count"],
    ]);
  });

  it("are read from an export of Azure Migrate, an observation for each time slot", async () => {
    const { flows } = await flowsReader.read([fixtureFile("azure-dependencies.csv")]);
    expect(flows).toMatchObject([
      { source: "web01", destination: "db01", port: 5432, protocol: "tcp", count: 2, process: "postgres" },
      { source: "web01", destination: "203.0.113.9", port: 443, protocol: "tcp", count: 1 },
    ]);
    expect(flows[1]).not.toHaveProperty("process");
  });

  it("are read from an export of Application Discovery Service, an observation for each source port", async () => {
    const { flows } = await flowsReader.read([fixtureFile("discovery-connections.csv")]);
    expect(flows).toMatchObject([
      { source: "10.0.0.11", destination: "10.0.0.21", port: 5432, protocol: "tcp", count: 2 },
      { source: "10.0.0.11", destination: "10.0.0.53", port: 53, protocol: "udp", count: 1 },
    ]);
  });

  it("are recognized by their columns", () => {
    expect(flowsReader.recognizes([fixtureFile("flows.csv"), fixtureFile("azure-dependencies.csv")])).toBe(true);
    expect(flowsReader.recognizes([fixtureFile("discovery-connections.csv")])).toBe(true);
    expect(flowsReader.recognizes([fixtureFile("azure-migrate.csv")])).toBe(false);
    expect(flowsReader.recognizes([])).toBe(false);
  });

  it("are refused without their columns", async () => {
    const error = await errorOf(() => flowsReader.read([textFile("flows.csv", "a,b\n1,2\n")]));
    expect(error.code).toBe("INVENTORY_HEADERS");
  });

  it("report how far a long read has come", async () => {
    const rows = Array.from({ length: 10_500 }, (_, index) => `a,b,${index}`).join("\n");
    const steps: number[] = [];
    await flowsReader.read([textFile("f.csv", `from,to,port\n${rows}\n`)], {
      progress: ({ done }) => steps.push(done),
    });
    expect(steps).toEqual([10_000]);
  });
});
