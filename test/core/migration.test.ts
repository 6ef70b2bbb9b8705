import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  Artifact,
  defineEvidence,
  defineRule,
  Migration,
  Stages,
  type AssessmentRecord,
  type EvidenceReview,
  type Finding,
  type MigrationProps,
  type Rule,
  type Waiver,
} from "../../lib/core";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { thrown } from "../support/thrown";

const step = { title: "do it", owner: "lead", expect: "it is done", minutes: 5 };
const evidence = defineEvidence({
  question: "Has it been verified?",
  schema: z.strictObject({ verified: z.boolean() }),
  rules: [
    defineRule<EvidenceReview<{ readonly verified: boolean }>>({
      id: "not-verified",
      title: "not verified",
      severity: "blocker",
      why: "because",
      remedy: "verify it",
      *check({ stage, evidence: record }) {
        if (record?.verified !== true) yield { subject: stage, message: "nobody has verified it" };
      },
    }),
  ],
});
const stages = Stages.of<"expand" | "contract">([
  { name: "expand", phase: "prepare", summary: "both", enter: [step], reverse: [step] },
  {
    name: "contract",
    phase: "final",
    summary: "new",
    enter: [step],
    reverse: { irreversible: "restore from the backup" },
    evidence,
  },
]);

const example = { name: "example", title: "Example", category: "database", useCase: "tests" } as const;

interface ExampleProps extends MigrationProps<"expand" | "contract"> {
  readonly rules?: readonly Rule<string>[];
  readonly evidence?: unknown;
}

class Example extends Migration<"expand" | "contract"> {
  constructor(scope: Construct, id: string, props: ExampleProps) {
    super(scope, id, props, {
      profile: example,
      role: "workload",
      stages,
    });
    this.check(props.rules ?? [], () => "subject");
    new TerraformOutput(this, "out", { value: this.stage.name });
  }
}

const finding = (rule: string, severity: Finding["severity"], subject = "web01"): Finding => ({
  rule,
  severity,
  subject,
  location: { file: "estate.xlsx", sheet: "vInfo", row: 12 },
  message: `${subject} is wrong`,
  why: "it will not boot",
  remedy: "mend it",
});

const assessed = (over: Partial<AssessmentRecord> = {}): AssessmentRecord => ({
  verdict: "ready",
  findings: [],
  waivers: [],
  deferredWaivers: [],
  asOf: "2026-11-22",
  ...over,
});

const rollback = { owner: "lead", windowHours: 4, triggers: ["error rate"], sourceRetentionDays: 14 };
const props = (over: Partial<ExampleProps> = {}): ExampleProps => ({
  app: "example",
  assessment: assessed(),
  stage: "expand",
  rollback,
  ...over,
});

function app(): { app: App; outdir: string } {
  const outdir = makeTemporaryFolder("migration");
  return { app: new App({ outdir }), outdir };
}

function synthError(target: App): string {
  try {
    target.synth();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

/** The files below a folder, whatever they are. */
const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

describe("a blocked migration", () => {
  const { app: target, outdir } = app();
  const clean = new TerraformStack(target, "network");
  new TerraformOutput(clean, "fine", { value: "fine" });
  const first = new TerraformStack(target, "first");
  const second = new TerraformStack(target, "second");
  const blocked = assessed({
    verdict: "blocked",
    findings: [finding("os-unknown", "blocker"), finding("snapshot-present", "blocker", "db01")],
  });
  const own = defineRule<string>({
    id: "own-rule",
    title: "own",
    severity: "blocker",
    why: "because",
    remedy: "do it",
    check: () => [{ subject: "group-a", message: "open to the world" }],
  });
  new Artifact(first, "report", { fileName: "assessment.md", content: () => "report" });
  new Example(first, "one", props({ assessment: blocked }));
  new Example(second, "two", props({ assessment: blocked, rules: [own] }));
  const message = synthError(target);

  it("lists the blockers of every stack at once, each once", () => {
    expect(message).toContain("3 blockers stop this migration; no Terraform was written");
    expect(message.match(/os-unknown on web01/g)).toHaveLength(1);
    expect(message.match(/snapshot-present on db01/g)).toHaveLength(1);
    expect(message.match(/own-rule on group-a/g)).toHaveLength(1);
  });

  it("says the place, the reason and the remedy", () => {
    expect(message).toContain("estate.xlsx, sheet vInfo, row 12");
    expect(message).toContain("why:    it will not boot");
    expect(message).toContain("remedy: mend it");
  });

  it("writes nothing, not even the stack that has no migration and comes first", () => {
    expect(files(outdir)).toEqual([]);
  });
});

describe("a blocked migration whose validations somebody skips", () => {
  const findings = [finding("os-unknown", "blocker")];
  const attempt = (assessment: AssessmentRecord): { error: string; written: string[] } => {
    const outdir = makeTemporaryFolder("migration");
    const target = new App({ outdir, skipValidation: true });
    new Example(new TerraformStack(target, "only"), "one", props({ assessment }));
    return { error: synthError(target), written: files(outdir) };
  };

  it("is refused all the same: a waiver is the way to accept a finding", () => {
    const { error, written } = attempt(assessed({ verdict: "blocked", findings }));
    expect(error).toContain("[MIGRATION_BLOCKED] skipValidation: received true");
    expect(error).toContain("os-unknown on web01");
    expect(written).toEqual([]);
  });

  it("is written where nothing blocks it", () => {
    const { error, written } = attempt(assessed());
    expect(error).toBe("");
    expect(written).toContain("cdk.tf.json");
  });
});

describe("a ready migration", () => {
  const { app: target, outdir } = app();
  const stack = new TerraformStack(target, "only");
  new Artifact(stack, "report", { fileName: "reports/assessment.md", content: () => "all is well" });
  const waiver: Waiver = {
    rule: "own-rule",
    reason: "the public site is meant to be public",
    approvedBy: "Ada",
    expires: "2027-01-31",
  };
  const leftover: Waiver = { ...waiver, rule: "no-such-rule" };
  const own = defineRule<string>({
    id: "own-rule",
    title: "own",
    severity: "blocker",
    why: "because",
    remedy: "do it",
    check: () => [{ subject: "group-a", message: "open to the world" }],
  });
  const migration = new Example(
    stack,
    "one",
    props({
      rules: [own],
      assessment: assessed({
        waivers: [waiver, leftover],
        deferredWaivers: [waiver, leftover],
        findings: ["a", "b\u001b[2J", "c", "d", "e", "f"].map((s) => finding("snapshot-present", "warning", s)),
      }),
    }),
  );
  target.synth();
  const manifest = JSON.parse(readFileSync(path.join(outdir, "manifest.json"), "utf8")) as {
    stacks: { only: { annotations: { level: string; message: string }[] } };
  };
  const warnings = manifest.stacks.only.annotations.map((a) => a.message);

  it("is synthesized, with its artifact beside the Terraform", () => {
    expect(existsSync(path.join(outdir, "stacks/only/cdk.tf.json"))).toBe(true);
    expect(readFileSync(path.join(outdir, "stacks/only/reports/assessment.md"), "utf8")).toBe("all is well");
  });

  it("applies the assessment's waivers to its own findings, which stay visible", () => {
    expect(migration.evaluate().findings.map((f) => f.waived?.approvedBy)).toEqual(["Ada"]);
  });

  it("makes one annotation of all warnings of one rule, in visible characters", () => {
    expect(warnings.filter((w) => w.startsWith("snapshot-present"))).toEqual([
      "snapshot-present on a, b\\x1b[2J, c, d, e and 1 more: 6 findings, the first: a is wrong. Remedy: mend it",
    ]);
  });

  it("reports a waiver that neither the assessment nor any construct used", () => {
    expect(warnings.filter((w) => w.startsWith("waiver-unused"))).toHaveLength(1);
    expect(warnings.join()).toContain("no-such-rule");
  });
});

describe("the evidence that a stage demands", () => {
  const made = (over: Partial<ExampleProps>): Example =>
    new Example(new TerraformStack(app().app, "s"), "m", props(over));
  const found = (over: Partial<ExampleProps>): string[] =>
    made(over)
      .evaluate()
      .findings.map(({ rule }) => rule);

  it("is not asked before its stage, and is refused there", () => {
    expect(found({ stage: "expand" })).toEqual([]);
    expect(thrown(() => made({ stage: "expand", evidence: { verified: true } })).code).toBe("MIGRATION_EVIDENCE");
  });

  it("is looked at by the stage's rules, and its absence is a finding", () => {
    expect(found({ stage: "contract" })).toEqual(["not-verified"]);
    expect(found({ stage: "contract", evidence: { verified: false } })).toEqual(["not-verified"]);
    expect(found({ stage: "contract", evidence: { verified: true } })).toEqual([]);
  });

  it("is asked for where the stage's own rules do not", () => {
    const bare = Stages.of([
      { ...stages.get("expand") },
      { ...stages.get("contract"), evidence: defineEvidence({ question: "?", schema: z.object({}), rules: [] }) },
    ]);
    class Bare extends Migration {
      constructor(scope: Construct) {
        super(scope, "m", props({ stage: "contract" }), { profile: example, role: "schema", stages: bare });
      }
    }
    const { findings } = new Bare(new TerraformStack(app().app, "s")).evaluate();
    expect(findings.map(({ rule }) => rule)).toEqual(["stage-evidence-missing"]);
  });

  it("is refused in another shape", () => {
    const error = thrown(() => made({ stage: "contract", evidence: { verified: "yes" } }));
    expect([error.code, error.path]).toEqual(["MIGRATION_EVIDENCE", "evidence.verified"]);
  });
});

describe("a rule that throws", () => {
  it("is a blocker about that rule, and the others still run", () => {
    const { app: target } = app();
    const fails = defineRule<string>({
      id: "fails",
      title: "fails",
      severity: "info",
      why: "w",
      remedy: "r",
      check: () => {
        throw new TypeError("no such field");
      },
    });
    const works = defineRule<string>({
      id: "works",
      title: "works",
      severity: "info",
      why: "w",
      remedy: "r",
      check: (subject) => [{ subject, message: "seen" }],
    });
    const migration = new Example(new TerraformStack(target, "s"), "m", props({ rules: [fails, works] }));
    const found = migration.evaluate().findings;
    expect(found.map((f) => [f.rule, f.severity, f.subject])).toEqual([
      ["rule-failed", "blocker", "fails"],
      ["works", "info", "subject"],
    ]);
    expect(found[0]?.message).toBe("the rule threw TypeError: no such field");
  });
});

describe("impossible props", () => {
  const make = (over: object) => () => {
    const { app: target } = app();
    new Example(new TerraformStack(target, "s"), "m", { ...props(), ...over });
  };
  it.each([
    ["MIGRATION_NOT_ASSESSED", { assessment: undefined }, "assess the inventory first"],
    ["STAGE_UNKNOWN", { stage: "contrct" }, 'received "contrct", allowed is one of expand, contract'],
    ["MIGRATION_ROLLBACK", { rollback: { ...rollback, windowHours: 0, triggers: [] } }, "windowHours"],
    ["MIGRATION_ROLLBACK", { rollback: undefined }, "(in construct s/m)"],
    ["MIGRATION_APP", { app: undefined }, "1 to 64 letters, digits, dashes and underscores"],
    ["MIGRATION_APP", { app: "shop/orders" }, 'received "shop/orders"'],
    ["MIGRATION_NAME", { name: "a/b" }, 'received "a/b"'],
  ])("%s", (code, over, words) => {
    const error = thrown(make(over));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });

  it("does not compile without an assessment, a rollback plan or a known stage", () => {
    const { app: target } = app();
    const stack = new TerraformStack(target, "s");
    // @ts-expect-error a migration that has not been assessed does not compile
    expect(() => new Example(stack, "a", { app: "x", stage: "expand", rollback })).toThrow();
    // @ts-expect-error the way back is part of the construct
    expect(() => new Example(stack, "b", { app: "x", stage: "expand", assessment: assessed() })).toThrow();
    // @ts-expect-error a stage that the pattern does not have
    expect(() => new Example(stack, "c", props({ stage: "finished" }))).toThrow();
    // @ts-expect-error the name of the app has no default: what is recorded below it must not change with the tree
    expect(() => new Example(stack, "d", { stage: "expand", rollback, assessment: assessed() })).toThrow(
      "MIGRATION_APP",
    );
  });
});

describe("tags", () => {
  it("carry pattern and wave, which the user's own tags cannot overwrite", () => {
    const { app: target } = app();
    const tags = { team: "platform", "migration:pattern": "made up" };
    const migration = new Example(new TerraformStack(target, "s"), "m", props({ tags, wave: "wave-1" }));
    expect(migration.tags).toEqual({
      team: "platform",
      "migration:pattern": "example",
      "migration:wave": "wave-1",
    });
  });
});

describe("an artifact", () => {
  it.each(["../escape.md", "/etc/passwd", "cdk.tf.json", "metadata.json", ".", "a//b", "a/../b"])(
    "may not be called %s",
    (fileName) => {
      const { app: target } = app();
      const stack = new TerraformStack(target, "s");
      const error = thrown(() => new Artifact(stack, "a", { fileName, content: () => "" }));
      expect(error.code).toBe("ARTIFACT_FILE_NAME");
    },
  );

  describe("of a name that is taken", () => {
    const { app: target, outdir } = app();
    const stack = new TerraformStack(target, "first");
    new Artifact(stack, "one", { fileName: "runbook.md", content: () => "one" });

    it("is refused: it would overwrite the file, and nobody would be told", () => {
      const error = thrown(() => new Artifact(stack, "two", { fileName: "runbook.md", content: () => "two" }));
      expect(error.message).toBe(
        '[ARTIFACT_FILE_NAME] fileName: received "runbook.md", allowed is a name that no other artifact of the stack first ' +
          "has: first/one writes this file; choose another file name, or put one of the two into another stack " +
          "(in construct first/two)",
      );
    });

    it("is written in another stack, and under another name", () => {
      const second = new TerraformStack(target, "second");
      new Artifact(second, "two", { fileName: "runbook.md", content: () => "two" });
      new Artifact(stack, "three", { fileName: "waves/runbook.md", content: () => "three" });
      target.synth();
      const read = (name: string): string => readFileSync(path.join(outdir, "stacks", name), "utf8");
      expect(["first/runbook.md", "second/runbook.md", "first/waves/runbook.md"].map(read)).toEqual([
        ...["one", "two", "three"],
      ]);
    });
  });
});
