/** A test as a user writes it beside an app, here of `examples/lift-and-shift`. */
import { beforeAll, describe, expect, it } from "@jest/globals";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { rehearse } from "cdktf-migration-patterns/plan";
import { synthesize, type SynthesizedStack } from "cdktf-migration-patterns/testing";
import "cdktf-migration-patterns/testing/jest";
import { createApp } from "../../examples/lift-and-shift/main";

describe("the booking application", () => {
  it("may be deployed", async () => {
    expect(await createApp()).toBeReady();
  });

  it("leaves one server where it is, and says so", async () => {
    const app = await createApp();
    expect(app).toHaveFinding("lift-and-shift-strategy", { subject: "booking-db01", severity: "info" });
    expect(app).not.toHaveFinding("raw-device-mapping");
  });

  it("goes forward and back without losing anything", async () => {
    expect(await rehearse(() => createApp())).toLoseNothing();
  });

  describe("once it is synthesized", () => {
    let stack: SynthesizedStack;
    beforeAll(async () => {
      stack = synthesize(await createApp({ declared: { stage: "cutover" } })).stack("booking");
    });

    it("moves two servers", () => {
      expect(Object.keys(stack.resources("aws_instance"))).toHaveLength(2);
    });

    it("encrypts and protects its database", () => {
      const [database] = Object.values(stack.resources(DbInstance));
      expect(database).toMatchObject({ storage_encrypted: true, lifecycle: { prevent_destroy: true } });
    });

    it("says what to do in the change window", () => {
      expect(stack.files["runbook.md"]).toContain("cutover");
    });
  });
});
