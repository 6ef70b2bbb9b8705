import { describe, expect, it } from "@jest/globals";
import { App, Testing, TerraformStack } from "cdktf";
import { assertReady, assertVerdict, assessmentOf, server, synthesize } from "cdktf-migration-patterns/testing";
import "cdktf-migration-patterns/testing/jest";
import { Construct } from "constructs";
import { messageOf } from "../support/message-of";
import { thrown } from "../support/thrown";
import { ToyMigration } from "../support/toy-migration";
import { toyApp, ToyPart } from "./app";

const blocked = () =>
  assessmentOf([server("db-01", { disks: [{ name: "Hard disk 1", capacityMiB: 1024, kind: "raw-device-mapping" }] })]);
const waiver = { reason: "the agent replicates it", approvedBy: "A. Owner", expires: "2026-12-31" };
describe("toBeReady", () => {
  it("holds of an app, a stack, a migration and an assessment that nothing blocks", () => {
    const { app, stack, migration } = toyApp();
    for (const subject of [app, stack, migration, migration.assessment]) expect(subject).toBeReady();
  });

  it("names every blocker with its reason, its remedy and the waiver that would accept it", () => {
    const { app } = toyApp({ assessment: blocked() });
    const message = messageOf(() => {
      expect(app).toBeReady();
    });
    expect(message).toContain("expected the app to be ready, but 1 blocker stops it\n");
    expect(message).toMatch(/\n {2}blocker raw-device-mapping on db-01: .*\n {4}why: .*\n {4}remedy: /);
    expect(message).toContain(`{ rule: "raw-device-mapping", subject: "db-01", reason: "…", approvedBy: "…"`);
  });

  it("names the place in the user's file", () => {
    const { stack, migration } = toyApp();
    new ToyPart(stack, "part", migration);
    expect(
      messageOf(() => {
        expect(migration).toBeReady();
      }),
    ).toContain("at:     parts.yaml:7");
  });

  it("counts the blockers of a part, and those of a construct that stands beside its migration", () => {
    const { app, stack, migration } = toyApp();
    const part = new ToyPart(stack, "part", migration);
    for (const subject of [app, stack, migration, part]) expect(subject).not.toBeReady();
    expect(
      messageOf(() => {
        expect(part).toBeReady();
      }),
    ).toContain("expected wave-1/part to be ready");
  });

  it("stands for the whole app where it is given a stack: a blocker anywhere stops all of it", () => {
    const { app, stack, migration } = toyApp();
    const other = new ToyMigration(new TerraformStack(app, "wave-2"), "servers", { assessment: blocked() });
    expect(stack).not.toBeReady();
    expect(other).not.toBeReady();
    expect(migration).toBeReady();
  });

  it("does not count what is waived", () => {
    const waivers = [{ rule: "acme-part", subject: "wave-1/part", ...waiver }];
    const { app, stack, migration } = toyApp({ assessment: assessmentOf(undefined, { waivers }) });
    const part = new ToyPart(stack, "part", migration);
    expect(app).toBeReady();
    expect(part).toBeReady();
  });

  it("counts what CDKTF and other constructs validate", () => {
    const { app, stack, migration } = toyApp();
    new Construct(stack, "other").node.addValidation({ validate: () => ["no\nway"] });
    expect(
      messageOf(() => {
        expect(app).toBeReady();
      }),
    ).toBe("expected the app to be ready, but 1 failed validation stops it\n\n  [wave-1/other] no\n  way");
    expect(migration).toBeReady();
  });

  it("says of what is ready and should not be that nothing blocks it", () => {
    expect(
      messageOf(() => {
        expect(assessmentOf()).not.toBeReady();
      }),
    ).toBe("expected that something blocks the assessment, and nothing does");
  });

  it("refuses an app without a migration, of which everything holds", () => {
    const app = Testing.app();
    new TerraformStack(app, "empty");
    expect(
      thrown(() => {
        expect(app).toBeReady();
      }),
    ).toMatchObject({ code: "TESTING_NO_MIGRATION", received: "the app" });
  });

  it.each([
    [
      "a promise",
      Promise.resolve(new App({ outdir: Testing.app().outdir })),
      "await it before it is given to the matcher",
    ],
    ["a function", toyApp, "call it, and give the matcher what it returns"],
    ["a string", "{}", "pass the stack or the app that was synthesized: its Terraform does not say what blocks it"],
    ["null", null, "pass one of these"],
    ["an array", [1], "pass one of these"],
  ])("refuses %s and says what to do", (_what, received, fix) => {
    expect(
      thrown(() => {
        expect(received).toBeReady();
      }),
    ).toMatchObject({ code: "TESTING_SUBJECT", fix });
    expect(
      thrown(() => {
        expect(received).toHaveFinding();
      }),
    ).toMatchObject({ code: "TESTING_SUBJECT", fix });
  });

  it("waits for a promise that `resolves` unwraps", async () => {
    await expect(Promise.resolve(toyApp().app)).resolves.toBeReady();
  });
});

describe("toHaveVerdict", () => {
  it("holds of the verdict", () => {
    expect(assessmentOf()).toHaveVerdict("ready");
    expect(blocked()).toHaveVerdict("blocked");
    expect(assessmentOf(["web-01"], { answers: { license_requirements: "unknown" } })).toHaveVerdict("incomplete");
    expect(toyApp({ assessment: blocked() }).migration).toHaveVerdict("blocked");
  });

  it("says why it is another", () => {
    const message = messageOf(() => {
      expect(blocked()).toHaveVerdict("ready");
    });
    expect(message).toContain(
      "expected the verdict ready of the assessment, but it is blocked\n\n  blocker raw-device-mapping",
    );
    expect(
      messageOf(() => {
        expect(assessmentOf()).toHaveVerdict("blocked");
      }),
    ).toMatch(/it is ready\n\nNothing blocks it\.$/);
    expect(
      messageOf(() => {
        expect(assessmentOf()).not.toHaveVerdict("ready");
      }),
    ).toBe("expected another verdict of the assessment than ready");
  });
});

describe("the assertions", () => {
  it("throw what node:assert throws, from the place where they are called", () => {
    let error: unknown;
    try {
      assertReady(blocked());
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ name: "AssertionError", code: "ERR_ASSERTION", operator: "assertReady" });
    expect((error as Error).stack?.split("\n").find((line) => /^ {4}at /.test(line))).toContain("readiness.test");
    assertVerdict(blocked(), "blocked");
  });
});

describe("a blocked stack", () => {
  it("passes CDKTF's own synth, which validates nothing, and not `synthesize`", () => {
    const { app, stack } = toyApp({ assessment: blocked() });
    expect(JSON.parse(Testing.synth(stack))).toHaveProperty("resource.aws_ssm_parameter");
    expect(() => Testing.synth(stack, true)).toThrow("raw-device-mapping");
    expect(() => synthesize(stack)).toThrow("blocker raw-device-mapping on db-01");
    expect(() => synthesize(app)).toThrow("blocker raw-device-mapping on db-01");
  });
});
