/** Servers that two migrations move, in an app without a plan. */
import { describe, expect, it } from "@jest/globals";
import { TerraformStack, Testing } from "cdktf";
import { assessmentOf, synthesize } from "cdktf-migration-patterns/testing";
import "cdktf-migration-patterns/testing/jest";
import type { Waiver } from "../../lib/core/waiver";
import { serverMovedTwice } from "../../lib/core/moved-servers";
import { ToyMigration } from "../support/toy-migration";

/** Two waves in stacks of their own, and what they move. */
function waves(first: readonly string[], second: readonly string[], waivers: readonly Waiver[] = []) {
  const app = Testing.app();
  const assessment = assessmentOf(undefined, { waivers });
  const of = (name: string, servers: readonly string[]): ToyMigration =>
    new ToyMigration(new TerraformStack(app, name), "servers", { assessment, servers });
  return { app, first: of("wave-1", first), second: of("wave-2", second) };
}

describe("a server that two migrations move", () => {
  it("blocks the synthesis of both, and names both", () => {
    const { app } = waves(["web-01", "app-01"], ["db-01", "web-01"]);
    expect(app).toBeBlockedBy(serverMovedTwice, {
      subject: "web-01",
      message: /^wave-1\/servers moves it, and so does wave-2\/servers$/,
    });
    expect(() => synthesize(app)).toThrow("blocker server-moved-twice on web-01");
  });

  it("is found once, at the migration that was made later", () => {
    const { first, second } = waves(["web-01"], ["web-01", "web-01"]);
    expect(first).not.toHaveFinding();
    expect(second.evaluate().findings.map(({ subject }) => subject)).toEqual(["web-01"]);
  });

  it("may be two servers of one name, for which it is waived", () => {
    const waiver = { reason: "berlin and paris each have one", approvedBy: "A. Owner", expires: "2026-12-31" };
    const { app } = waves(["web-01"], ["web-01"], [{ rule: "server-moved-twice", subject: "web-01", ...waiver }]);
    expect(app).toBeReady();
  });

  it("is not one that only one of them moves", () => {
    const { app } = waves(["web-01"], ["web-02"]);
    expect(app).not.toHaveFinding();
    expect(serverMovedTwice({ migration: "wave-2/servers", shared: [] })).toEqual([]);
  });
});
