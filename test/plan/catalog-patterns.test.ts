/**
 * The model carries every pattern of the catalog: an empty construct for each row of the table is declared, synthesized through
 * all stages and back, planned, rehearsed, put into a runbook and interlocked with another. None of it knows a pattern by name.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { isBlocking } from "../../lib/core/finding";
import type { MigrationDependency } from "../../lib/core/migration-dependency";
import { isReversible } from "../../lib/core/stage";
import { MigrationPlan } from "../../lib/plan/migration-plan";
import { rehearse } from "../../lib/plan/rehearsal/rehearse";
import { planRunbook } from "../../lib/plan/runbook/plan-runbook";
import { Runbook } from "../../lib/plan/runbook/runbook";
import { PlanReport } from "../../lib/report/plan/plan-report";
import { readyAssessment } from "../support/ready-assessment";
import { CatalogMigration, catalogPatterns, signOff, stagesOf, type CatalogPattern } from "../support/catalog-patterns";
import { makeTemporaryFolder } from "../support/temporary-folder";

const region = "eu-central-1";
const folder = makeTemporaryFolder("catalog-patterns");
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const rollback = {
  owner: "migration lead",
  windowHours: 4,
  triggers: ["errors"],
  sourceRetentionDays: 14,
  rehearsedOn: "2026-01-10",
};

const demands = (row: CatalogPattern, stage: string): boolean => stagesOf(row).get(stage).evidence !== undefined;

function emptyApp(): { readonly app: App; readonly outdir: string } {
  const outdir = mkdtempSync(path.join(folder, "out-"));
  return { app: new App({ outdir }), outdir };
}

function migrationOf(
  app: App,
  row: CatalogPattern,
  stage: string,
  over: { readonly dependsOn?: readonly MigrationDependency[]; readonly evidence?: boolean } = {},
): CatalogMigration {
  const stack = new TerraformStack(app, row.pattern);
  new AwsProvider(stack, "aws", { region });
  return new CatalogMigration(stack, "it", {
    row,
    app: "catalog",
    name: row.pattern,
    assessment: readyAssessment(),
    rollback,
    stage,
    ...(over.evidence !== false && demands(row, stage) ? { evidence: signOff } : {}),
    ...(over.dependsOn === undefined ? {} : { dependsOn: over.dependsOn }),
  });
}

/** The parameters of a synthesized stack: name to value. */
function parametersOf(outdir: string, stack: string): Record<string, string> {
  const { resource } = JSON.parse(readFileSync(path.join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as {
    resource: { aws_ssm_parameter: Record<string, { name: string; insecure_value: string }> };
  };
  return Object.fromEntries(
    Object.values(resource.aws_ssm_parameter).map(({ name, insecure_value: value }) => [name, value]),
  );
}

describe.each(catalogPatterns.map((row) => [row.pattern, row] as const))("%s", (pattern, row) => {
  const stages = [...stagesOf(row)];
  const names = stages.map(({ name }) => name);

  it("is synthesized in every stage, forward and back, and its record says so", () => {
    const way = [...names, ...[...names].reverse().slice(1)];
    for (const stage of way) {
      const { app, outdir } = emptyApp();
      const { identity } = migrationOf(app, row, stage);
      app.synth();
      const own = `/migration/catalog/${row.run === undefined ? pattern : `${pattern}.${row.run}`}`;
      expect(`/migration/${identity.app}/${identity.name}`).toBe(own);
      expect(parametersOf(outdir, pattern)).toEqual({
        [`/thing/${pattern}`]: stage,
        [`${own}/declared`]: stage,
        [`${own}/reached`]: row.reachedBy === "runner" ? "none" : stage,
      });
    }
  });

  it("does not enter a stage without the evidence that it demands", () => {
    for (const stage of names) {
      const { app } = emptyApp();
      const found = migrationOf(app, row, stage, { evidence: false })
        .evaluate()
        .findings.map(({ rule }) => rule);
      expect(found).toEqual(demands(row, stage) ? ["not-signed"] : []);
    }
  });

  describe("in a plan of its own", () => {
    const { app, outdir } = emptyApp();
    const migration = migrationOf(app, row, names[0] ?? "");
    const stack = TerraformStack.of(migration);
    const plan = new MigrationPlan(stack, "plan", {
      title: pattern,
      assessment: readyAssessment(),
      migrations: [migration],
      waves: { calendar: { firstDay: "2026-02-07", everyDays: 7 }, window: { minutes: 240 } },
      stakeholders: [{ name: "service desk", role: "first contact", channel: "phone bridge" }],
      metrics: { region, topicArns: ["arn:aws:sns:eu-central-1:111122223333:alarms"] },
    });
    new PlanReport(stack, "report", { plan });
    app.synth();
    const { document } = plan;

    it("has no blocker", () => {
      expect(document.findings.filter(isBlocking)).toEqual([]);
    });

    it("is of the foundation where it connects, and in a wave where it does not", () => {
      expect(document.migrations[0]?.wave).toBe(row.role === "connection" ? "foundation" : "wave-1");
    });

    it("has a runbook with all its transitions, and a report", () => {
      const [wave] = planRunbook(document).waves;
      const parts = [wave?.preparation, wave?.cutover, wave?.rollout, wave?.afterwards];
      expect(parts.flatMap((part) => part?.forward ?? []).map(({ to }) => to)).toEqual(names);
      for (const file of ["runbook.md", "runbook.json", "report.html"]) {
        expect(existsSync(path.join(outdir, "stacks", pattern, file))).toBe(true);
      }
    });
  });

  it("has a runbook by itself", () => {
    const { app, outdir } = emptyApp();
    const migration = migrationOf(app, row, names[0] ?? "");
    new Runbook(TerraformStack.of(migration), "runbook", { migrations: [migration] });
    app.synth();
    const text = readFileSync(path.join(outdir, "stacks", pattern, "runbook.md"), "utf8");
    for (const name of names) expect(text).toContain(name);
  });

  it("is rehearsed forward and back without a loss", async () => {
    const rehearsal = await rehearse(() => {
      const { app } = emptyApp();
      migrationOf(app, row, names[0] ?? "");
      return app;
    });
    expect(rehearsal.findings.filter(isBlocking)).toEqual([]);
    expect(rehearsal.transitions.filter(({ failed }) => failed !== undefined)).toEqual([]);
    const back = rehearsal.transitions.filter(({ direction }) => direction === "back");
    const gone = stages.filter((stage) => !isReversible(stage)).map(({ name }) => name);
    expect(back.filter(({ irreversible }) => irreversible !== undefined).map(({ from }) => from)).toEqual(
      gone.reverse(),
    );
  });

  it("holds another, and is held", () => {
    const place = catalogPatterns.indexOf(row);
    const other = catalogPatterns[(place + 1) % catalogPatterns.length] ?? row;
    const needed = stagesOf(other).firstServing.name;
    const before = stagesOf(row).firstServing.name;
    const [otherFirst = ""] = stagesOf(other).names;
    const findings = (stage: string, otherStage: string): string[] => {
      const { app } = emptyApp();
      const held = migrationOf(app, other, otherStage);
      const migration = migrationOf(app, row, stage, { dependsOn: [{ migration: held, reached: needed }] });
      return migration.evaluate().findings.map(({ rule }) => rule);
    };
    expect(findings(names[0] ?? "", otherFirst)).toEqual(names[0] === before ? ["interlock-not-reached"] : []);
    expect(findings(before, otherFirst)).toEqual(needed === otherFirst ? [] : ["interlock-not-reached"]);
    expect(findings(before, needed)).toEqual([]);
  });
});

describe("core, plan and report", () => {
  const named = new RegExp(catalogPatterns.map(({ pattern }) => `["'\`/]${pattern}["'\`/]`).join("|"));

  it("name no pattern", () => {
    const found = ["core", "plan", "report"].flatMap((room) =>
      readdirSync(path.join(__dirname, "../../lib", room), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
        .flatMap((entry) => {
          const text = readFileSync(path.join(entry.parentPath, entry.name), "utf8");
          if (text.includes("generated by npm run generate")) return [];
          // A pattern in a comment is an example.
          const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
          return named.test(code) ? [path.join(room, entry.name)] : [];
        }),
    );
    expect(found).toEqual([]);
  });
});
