import { readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import * as report from "../../../lib/report/plan";
import { planDocument } from "../../support/plan-document";
import { makeTemporaryFolder } from "../../support/temporary-folder";
import { thrown } from "../../support/thrown";

const document = planDocument({ servers: 16 });

function synthesized(props: Partial<report.PlanReportProps> = {}) {
  const outdir = makeTemporaryFolder("plan-report");
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "platform");
    let asked = 0;
    const made = new report.PlanReport(stack, "report", {
      plan: {
        get document() {
          asked += 1;
          return document;
        },
      },
      ...props,
    });
    const before = asked;
    app.synth();
    const folder = path.join(outdir, "stacks", "platform");
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      /report\.|\.mmd$/.test(name),
    );
    return {
      made,
      before,
      asked,
      files: Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name), "utf8")])),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

describe("PlanReport", () => {
  it("writes the page, Markdown, JSON and the diagrams beside the stack's Terraform", () => {
    const { made, files, before, asked } = synthesized();
    const { waves, dependencies, network, stages } = report.planMermaid(document);
    expect(files).toEqual({
      "report.html": report.planHtml(document),
      "report.md": report.planMarkdown(document),
      "report.json": report.planJson(document),
      "diagrams/waves.mmd": waves,
      "diagrams/dependencies.mmd": dependencies,
      "diagrams/network.mmd": network,
      "diagrams/stages.mmd": stages,
    });
    expect([...made.fileNames].sort()).toEqual(Object.keys(files).sort());
    expect([before, asked]).toEqual([0, 1]);
  });

  it("writes what it is told to, once", () => {
    const rule = { id: "quiet-rule", title: "Quiet", severity: "warning", why: "w", remedy: "r" } as const;
    const options = { rules: [rule], toolVersion: "1.2.3" };
    const { made, files } = synthesized({ formats: ["sarif", "junit", "sarif"], ...options });
    expect(made.fileNames).toEqual(["report.sarif", "report.junit.xml"]);
    expect(files).toEqual({
      "report.sarif": report.planSarif(document, options),
      "report.junit.xml": report.planJunit(document, options),
    });
  });

  it("is one in a stack: a second would overwrite it", () => {
    const stack = new TerraformStack(new App(), "platform");
    new report.PlanReport(stack, "one", { plan: { document } });
    const error = thrown(() => new report.PlanReport(stack, "two", { plan: { document } }));
    expect([error.code, error.received]).toEqual(["ARTIFACT_FILE_NAME", "report.html"]);
  });
});
