import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import { callingFile } from "../../lib/core/source-file";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { readyAssessment } from "../support/ready-assessment";
import { StagedMigration } from "../support/toy-migration";

describe("the file that calls the library", () => {
  it("is named from the folder of the app", () => {
    expect(callingFile()).toBe("test/core/source-file.test.ts");
  });

  it("is none outside of that folder", () => {
    const before = process.cwd();
    process.chdir(makeTemporaryFolder("elsewhere"));
    try {
      expect(callingFile()).toBeUndefined();
    } finally {
      process.chdir(before);
    }
  });

  it("leaves errors as they were", () => {
    const before = Object.getOwnPropertyDescriptors(Error);
    callingFile();
    expect(Object.getOwnPropertyDescriptors(Error)).toEqual(before);
    expect(new Error("x").stack).toContain("source-file.test.ts");
  });

  it("is known of a migration", () => {
    const stack = new TerraformStack(new App({ outdir: makeTemporaryFolder("source") }), "stack");
    // The subclass that makes it is code of a user, too.
    expect(new StagedMigration(stack, "one", { assessment: readyAssessment() }).sourceFile).toBe(
      "test/support/toy-migration.ts",
    );
  });
});
