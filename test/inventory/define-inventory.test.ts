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
    expect(error.code).toBe("INVENTORY_INVALID");
    expect(error.message).toContain("servers[0].name");
    expect(error.message).toContain("servers[0].cpus");
  });

  it("does not compile with a property that no server has", () => {
    // @ts-expect-error memory is given in MiB
    expect(() => defineInventory({ servers: [{ name: "web-01", memoryGiB: 4 }] })).toThrow();
  });
});
