import { describe, expect, it } from "@jest/globals";
import { inventoryConflict, mergeInventories, mergeRules } from "../../lib/inventory/merge-inventories";
import { inventorySchema, type InventoryInput } from "../../lib/inventory/model";

function merge(...inputs: readonly InventoryInput[]) {
  return mergeInventories(...inputs.map((input) => inventorySchema.parse(input)));
}

const UUID = "4207c9ff-1f0c-4c5e-9d0a-8d6f1b2c3d4e";

describe("several inventories", () => {
  it("fill in what the first one does not know", () => {
    const { servers, findings } = merge(
      {
        servers: [
          { name: "web01", uuid: UUID, cpus: 4, os: { family: "linux" }, nics: [{ mac: "00:00:00:00:00:01" }] },
        ],
      },
      {
        servers: [
          {
            name: "renamed",
            uuid: UUID.toUpperCase(),
            cpus: 4,
            application: "shop",
            powerState: "on",
            os: { name: "Ubuntu 22.04", version: "22.04" },
            disks: [{ name: "d", capacityMiB: 1 }],
            nics: [{ addresses: ["10.0.0.1"] }],
            tags: { a: "1" },
            placeholder: true,
          },
        ],
      },
      { servers: [{ name: "WEB01", tier: "web", tags: { b: "2" }, utilisation: { cpuP95Percent: 3 } }] },
    );
    expect(findings).toEqual([]);
    expect(servers).toMatchObject([
      {
        name: "web01",
        uuid: UUID,
        cpus: 4,
        application: "shop",
        tier: "web",
        powerState: "on",
        placeholder: true,
        os: { family: "linux", name: "Ubuntu 22.04", version: "22.04" },
        disks: [{ name: "d" }],
        nics: [{ mac: "00:00:00:00:00:01", addresses: ["10.0.0.1"] }],
        tags: { a: "1", b: "2" },
        utilisation: { cpuP95Percent: 3 },
      },
    ]);
  });

  it("that differ leave the first one's value and say so", () => {
    const { servers, findings } = merge(
      {
        servers: [
          {
            name: "a",
            memoryMiB: 1,
            annotation: "hunter2",
            tags: { key: "hunter2" },
            disks: [{ name: "d", capacityMiB: 1 }],
            nics: [{ addresses: ["10.0.0.1"] }, { addresses: ["10.0.0.2"] }],
          },
        ],
      },
      {
        servers: [
          {
            name: "a",
            memoryMiB: 2,
            annotation: "hunter3",
            tags: { key: "hunter3" },
            disks: [{ name: "d", capacityMiB: 2 }],
            nics: [{ addresses: ["10.0.0.2"] }, { addresses: ["10.0.0.3"] }],
            location: { file: "b.csv", row: 7 },
          },
        ],
      },
    );
    expect(servers).toMatchObject([{ memoryMiB: 1, disks: [{ capacityMiB: 1 }] }]);
    expect(findings.map(({ rule, subject, message, location }) => [rule, subject, message, location?.row])).toEqual([
      ["inventory-conflict", "a", "memoryMiB is 1 in one inventory and 2 in a later one; the first is kept", 7],
      ["inventory-conflict", "a", "disks is 1 MiB in one inventory and 2 MiB in a later one; the first is kept", 7],
      [
        "inventory-conflict",
        "a",
        "nics is 10.0.0.1 10.0.0.2 in one inventory and 10.0.0.3 in a later one; the first is kept",
        7,
      ],
      ["inventory-conflict", "a", "annotation differs between two inventories; the first is kept", 7],
      ["inventory-conflict", "a", "tags.key differs between two inventories; the first is kept", 7],
    ]);
    expect(JSON.stringify(findings)).not.toContain("hunter");
    expect(mergeRules).toContain(inventoryConflict);
  });

  it("that say the same in other words are no conflict", () => {
    const { findings } = merge(
      {
        servers: [
          { name: "a", fqdn: "A.example", os: { name: "RHEL 8", family: "linux" }, utilisation: { diskIops: 1 } },
        ],
      },
      {
        servers: [
          { name: "a", fqdn: "a.example", os: { name: "Red Hat 8", family: "linux" }, utilisation: { diskIops: 2 } },
        ],
      },
    );
    expect(findings).toEqual([]);
  });

  it("with other UUIDs are about other servers, and so are two of one inventory", () => {
    const named = (uuid?: string) => ({ name: "a", ...(uuid === undefined ? {} : { uuid }) });
    expect(merge({ servers: [named("1")] }, { servers: [named("2")] }).servers).toHaveLength(2);
    expect(merge({}, { servers: [named(), named()] }).servers).toHaveLength(2);
    // Two candidates: nobody can tell which one is meant.
    expect(merge({ servers: [named("1"), named("2")] }, { servers: [named()] }).servers).toHaveLength(3);
  });

  it("add up their flows, and keep networks, databases and shares once", () => {
    const merged = merge(
      {
        networks: [{ name: "lan", vlan: 1 }],
        flows: [{ source: "a", destination: "b", port: 1, count: 2 }],
        databases: [{ name: "d", engine: "mysql" }],
        fileShares: [{ name: "s" }],
      },
      {
        networks: [{ name: "LAN", cidr: "10.0.0.0/24", vlan: 2 }, { name: "dmz" }],
        flows: [
          { source: "A", destination: "b", port: 1, count: 3, process: "p" },
          { source: "a", destination: "b", port: 2 },
        ],
        databases: [
          { name: "d", engine: "mysql", location: { row: 1 } },
          { name: "d", engine: "oracle" },
        ],
        fileShares: [{ name: "s" }, { name: "t" }],
      },
    );
    expect(merged.networks).toEqual([{ name: "lan", vlan: 1, cidr: "10.0.0.0/24" }, { name: "dmz" }]);
    expect(merged.flows).toEqual([
      { source: "a", destination: "b", port: 1, protocol: "tcp", count: 5, process: "p" },
      { source: "a", destination: "b", port: 2, protocol: "tcp" },
    ]);
    expect(merged.databases.map(({ engine }) => engine)).toEqual(["mysql", "oracle"]);
    expect(merged.fileShares.map(({ name }) => name)).toEqual(["s", "t"]);
    expect(merged.findings.map(({ subject, message }) => [subject, message])).toEqual([
      ["LAN", "vlan is 1 in one inventory and 2 in a later one; the first is kept"],
    ]);
  });

  it("keep their findings and name their sources", () => {
    const finding = { rule: "r", severity: "info", subject: "s", message: "m", why: "w", remedy: "r" } as const;
    const merged = merge(
      { format: "rvtools", source: "a.xlsx", findings: [finding] },
      { format: "flows", source: "f.csv" },
      { format: "flows", source: "g.csv", findings: [finding] },
    );
    expect(merged).toMatchObject({ format: "rvtools + flows", source: "a.xlsx, f.csv, g.csv" });
    expect(merged.findings).toEqual([finding, finding]);
  });

  it("are the one where there is one, and empty where there is none", () => {
    const one = inventorySchema.parse({ servers: [{ name: "a" }] });
    expect(mergeInventories(one)).toBe(one);
    expect(mergeInventories()).toEqual(inventorySchema.parse({}));
  });
});
