/** Every example can be gone forward and back without losing data, as its own stages say it. */
import { describe, expect, it } from "@jest/globals";
import type { App } from "cdktf";
import { isBlocking } from "../../lib/core/finding";
import { rehearse } from "../../lib/plan/rehearsal/rehearse";
import { exampleMain, exampleNames } from "../support/examples";

describe("the rehearsal", () => {
  it.each(exampleNames())(
    "of %s loses no data on the way forward or back",
    async (name) => {
      const example = (await import(exampleMain(name))) as { createApp(): App | Promise<App> };
      const { transitions, findings } = await rehearse(() => example.createApp());
      expect(findings.filter(isBlocking)).toEqual([]);
      expect(transitions.filter(({ failed }) => failed !== undefined)).toEqual([]);
      expect(transitions.length).toBeGreaterThan(2);
    },
    300_000,
  );
});
