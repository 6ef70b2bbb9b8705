import { describe, expect, it } from "@jest/globals";
import { defineInventory } from "../../lib/inventory";
import { thrown } from "../support/thrown";

describe("defineInventory", () => {
  it("fills in what has a default", () => {
    const { servers, flows } = defineInventory({ servers: [{ name: "web-01", cpus: 2 }] });
    expect(servers[0]).toMatchObject({ name: "web-01", cpus: 2, powerState: "unknown", template: false, disks: [] });
    expect(flows).toEqual([]);
  });

  it("says everything that is wrong at once", () => {
    const error = thrown(() => defineInventory({ servers: [{ name: "", cpus: -1 }] }));
    expect([error.code, error.path]).toEqual(["INVENTORY_SERVERS", "servers[0].name"]);
    expect(error.message).toContain("servers[0].name");
    expect(error.message).toContain("servers[0].cpus");
  });

  it("refuses what is no inventory at all, and what cannot be read", () => {
    expect(thrown(() => defineInventory(5 as never)).code).toBe("INVENTORY_INVALID");
    const server = {
      get name(): string {
        throw new Error("out of reach");
      },
    };
    const error = thrown(() => defineInventory({ servers: [server] }));
    expect([error.code, error.path]).toEqual(["INVENTORY_UNREADABLE", "servers[0].name"]);
    expect(error.message).toContain("out of reach");
  });

  it("does not compile with a property that no server has", () => {
    // @ts-expect-error memory is given in MiB
    expect(() => defineInventory({ servers: [{ name: "web-01", memoryGiB: 4 }] })).toThrow();
  });
});
