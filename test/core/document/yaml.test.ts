import { describe, expect, it, jest } from "@jest/globals";

describe("the YAML parser", () => {
  it("is not loaded with the library, but by the first document", () => {
    const loaded = jest.fn(() => jest.requireActual<object>("yaml"));
    jest.doMock("yaml", loaded);
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { readWaivers } = require("../../../lib/assessment") as typeof import("../../../lib/assessment");
      expect(loaded).not.toHaveBeenCalled();
      expect(readWaivers({ name: "waivers.json", bytes: new TextEncoder().encode("[]") })).toEqual([]);
      expect(loaded).not.toHaveBeenCalled();
      expect(readWaivers({ name: "waivers.yaml", bytes: new TextEncoder().encode("waivers: []") })).toEqual([]);
      expect(loaded).toHaveBeenCalledTimes(1);
    });
  });
});
