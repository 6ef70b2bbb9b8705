/** The test of a repo, with the small estate that it is run on. */
import type { AddedFile } from "../add-files";
import { SCHEMAS } from "./project-files";
import { sampleChecklist, sampleInventory } from "./sample";

/** Returns the test, and its sample. */
export function testFiles(): AddedFile[] {
  return [
    { name: "test/platform.test.ts", content: TEST },
    { name: "test/sample/estate.yaml", content: sampleInventory(`../../${SCHEMAS.inventory}`) },
    { name: "test/sample/checklist.yaml", content: sampleChecklist(`../../${SCHEMAS.checklist}`) },
  ];
}

const TEST = `/**
 * What the code makes of a small estate of which everything is known, so that it is the code that is tested, whatever the real
 * estate lacks today. That is said by \`npx cdktf synth\`.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { assess, readChecklist, unanswered, type Assessment } from "cdktf-migration-patterns/assessment";
import { isBlocking } from "cdktf-migration-patterns/core";
import { readInventory } from "cdktf-migration-patterns/inventory";
import { createPlatform } from "../main";

const outdir = mkdtempSync(path.join(tmpdir(), "platform-"));
const checklist = readChecklist("test/sample/checklist.yaml");
let assessment: Assessment;

beforeAll(async () => {
  assessment = assess(await readInventory("test/sample/estate.yaml"), checklist);
});

afterAll(() => {
  rmSync(outdir, { recursive: true });
});

describe("the platform", () => {
  it("synthesizes every stack, with all validations", () => {
    const { app, plan } = createPlatform(assessment, { outdir });
    app.synth();
    const stacks = readdirSync(path.join(outdir, "stacks"));
    for (const { migration } of plan.entries) expect(stacks).toContain(migration.node.path.split("/")[0]);
  });

  it("loses nothing, forward and back through every stage of every migration", async () => {
    const { plan } = createPlatform(assessment, { outdir });
    const rehearsal = await plan.rehearse(() => createPlatform(assessment, { outdir }).app);
    expect(rehearsal.findings.filter(isBlocking)).toEqual([]);
  });

  it("writes no Terraform while a question is open", () => {
    const open = assess(assessment.inventory, {
      ...checklist,
      assess_compatibility: { ...checklist.assess_compatibility, license_requirements: unanswered() },
    });
    const { app } = createPlatform(open, { outdir });
    expect(() => {
      app.synth();
    }).toThrow(/license_requirements[^]*no Terraform was written|no Terraform was written[^]*license_requirements/);
  });
});
`;
