import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { AssessmentReport, type AssessmentReportProps } from "../../lib/report/assessment-report";
import { renderAssessment } from "../../lib/report/render";
import { readyAssessment } from "../support/ready-assessment";
import { makeTemporaryFolder } from "../support/temporary-folder";

const assessment = readyAssessment();

function synthesized(formats?: AssessmentReportProps["formats"]) {
  const outdir = makeTemporaryFolder("migration-patterns");
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "platform");
    const report = new AssessmentReport(stack, "assessment", {
      assessment,
      ...(formats === undefined ? {} : { formats }),
    });
    app.synth();
    const folder = path.join(outdir, "stacks", "platform");
    const names = readdirSync(folder).filter((name) => name.startsWith("assessment"));
    return {
      report,
      files: Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name), "utf8")])),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

describe("AssessmentReport", () => {
  it("writes Markdown and JSON beside the stack's Terraform", () => {
    const { report, files } = synthesized();
    expect(report.fileNames).toEqual(["assessment.md", "assessment.json"]);
    expect(files).toEqual({
      "assessment.md": renderAssessment(assessment, "markdown"),
      "assessment.json": renderAssessment(assessment, "json"),
    });
  });

  it("writes each format it is told to, once", () => {
    const { report, files } = synthesized(["text", "sarif", "junit", "sarif"]);
    expect(report.fileNames).toEqual(["assessment.txt", "assessment.sarif", "assessment.junit.xml"]);
    expect(Object.keys(files).sort()).toEqual(["assessment.junit.xml", "assessment.sarif", "assessment.txt"]);
    expect(files["assessment.txt"]).toMatch(/^READY /);
  });
});
