import { describe, expect, it, jest } from "@jest/globals";

describe("the subpaths of the parts before they had a room of their own", () => {
  it.each(["configuration", "data", "validation"])("give %s as it is now", (part) => {
    const now = jest.requireActual<object>(`cdktf-migration-patterns/parts/${part}`);
    const before = jest.requireActual<object>(`cdktf-migration-patterns/infrastructure/lift-and-shift/${part}`);
    expect(Object.keys(now).length).toBeGreaterThan(5);
    expect({ ...before }).toEqual({ ...now });
  });
});
