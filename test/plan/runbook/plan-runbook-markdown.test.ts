import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import { headingAnchor } from "../../../lib/core/markdown";
import { planRunbook } from "../../../lib/plan/runbook/plan-runbook";
import { PlanRunbookFiles } from "../../../lib/plan/runbook/plan-runbook-files";
import { planRunbookJson, planRunbookMarkdown } from "../../../lib/plan/runbook/plan-runbook-markdown";
import { planDocument, step } from "./fixture";
import { makeTemporaryFolder } from "../../support/temporary-folder";

const runbook = planRunbook(planDocument());
const text = planRunbookMarkdown(runbook);

describe("planRunbookMarkdown", () => {
  it("begins with what to do when something is wrong", () => {
    expect(text.indexOf("## If something is wrong right now")).toBeLessThan(text.indexOf("## Contents"));
    expect(text).toContain("`larkspur-stop-the-migration` in ALARM means: stop the migration");
    expect(text).toContain(
      "- **[Wave-1: the way back](#wave-1-the-way-back)**. Decides: migration lead. It takes 2:15 from the end of the cut-over",
    );
  });

  it("links only to headings that it has, each once", () => {
    const headings = [...text.matchAll(/^#{2,3} (.*)$/gm)].map((match) => headingAnchor(match[1] ?? ""));
    expect(new Set(headings).size).toBe(headings.length);
    const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map((match) => match[1] ?? "");
    expect(links.filter((link) => !headings.includes(link))).toEqual([]);
    expect(links.length).toBeGreaterThan(50);
  });

  it("has each command in a block of its own, to be copied whole", () => {
    const blocks = [...text.matchAll(/^ *(`{3,})sh\n([\s\S]*?)\n *\1$/gm)].map((match) => match[2] ?? "");
    const commands = runbook.waves
      .flatMap(({ preparation, cutover, rollout, afterwards }) => [preparation, cutover, rollout, afterwards])
      .flatMap(({ forward, back }) => [...forward, ...back])
      .flatMap(({ steps }) => steps.flatMap(({ command }) => (command === undefined ? [] : [command])));
    expect(commands.filter((command) => !blocks.includes(command))).toEqual([]);
    expect(text.split("\n").filter((line) => line.startsWith("|") && line.includes("aws "))).toEqual([]);
  });

  it("puts the way back under each way forward", () => {
    expect(text).toContain(
      "#### Lift and shift `wave-2/servers`: test → cutover\n\nBegins at T+0:00, takes 3:15. **Way back: [RC1 to RC6, 3:15](#wave-2-the-way-back)**",
    );
    expect(text).toMatch(/takes \d+:\d\d\. \*\*There is no way back by steps\.\*\*/);
  });

  it("says when the window is too short", () => {
    expect(text).toContain("**It does not fit: forward and back together are 0:30 longer than the window.**");
    expect(text).toContain("**-0:30: does not fit**");
  });

  it("has the checklist as boxes, with the latest times in between", () => {
    expect(text).toContain("- [ ] **By T+3:45: decide whether to keep the cut-over: going back takes 2:15**");
    expect(text).toContain(
      "- [ ] **C1** T+0:00 · migration lead: Decide to go, with the owner of the rollback present (wave-1/servers)",
    );
  });

  it("leaves what is only waited for until after the decision, and says that it is waiting", () => {
    const [foundation] = text.split("## Foundation: preparation");
    expect(foundation).toMatch(
      /Decided: keep the cut-over\?.*\n- \[ \] \*\*C4\*\* T\+0:35 · migration lead: Watch the alarms .*, 8:00 of waiting\n- \[ \] Send the completion/,
    );
    expect(text).toContain("Begins at T+0:00, takes 0:35 of work and 8:00 of waiting.");
  });

  it("says that nobody is told, where nobody is", () => {
    const silent = planDocument({ communications: { stakeholders: [], alarmsNotify: false } });
    expect(planRunbookMarkdown(planRunbook(silent))).toContain("**No stakeholders are configured.**");
  });

  it("forbids to begin while anything blocks", () => {
    const findings = [
      {
        rule: "big-bang",
        severity: "blocker",
        subject: "wave-1",
        message: "all | at once",
        why: "",
        remedy: "",
      } as const,
    ];
    const blocked = planRunbookMarkdown(planRunbook(planDocument({ verdict: "blocked", findings })));
    expect(blocked).toContain("**Do not begin: 1 blocker.**\n\n- big-bang on wave-1: all \\| at once");
  });

  it("is a whole document where nothing is left to do", () => {
    const empty = planRunbookMarkdown(planRunbook(planDocument({ waves: [], migrations: [] })));
    expect(empty).toContain("Nobody: no wave has a step left.");
  });

  it("lets no input write markup, end a table or leave its block", () => {
    const evil = "a | b\n# heading ``` <script> *x* [l](u) \u001b[2J";
    const document = planDocument();
    const migrations = document.migrations.map((migration) => ({
      ...migration,
      title: evil,
      stages: migration.stages.map((stage) => ({
        ...stage,
        enter: [step(evil, 5, { owner: evil, expect: evil, command: `echo \`\`\` ${evil}` })],
      })),
    }));
    const rendered = planRunbookMarkdown(planRunbook({ ...document, migrations, title: evil }));
    expect(rendered).not.toContain("\u001b");
    const outside = rendered.replace(/^ *(`{3,})[a-z]+\n[\s\S]*?\n *\1$/gm, "");
    expect(outside).not.toMatch(/^# heading/m);
    expect(outside).not.toMatch(/(?<!\\)<script/);
    const fences = rendered.split("\n").filter((line) => /^ *`{3,}/.test(line));
    expect(fences.length % 2).toBe(0);
    for (const line of rendered.split("\n").filter((each) => each.startsWith("| wave-1 |"))) {
      expect(line.replaceAll("\\|", "").split("|")).toHaveLength(9);
    }
  });
});

describe("PlanRunbookFiles", () => {
  it("writes both files beside the Terraform", () => {
    const outdir = makeTemporaryFolder("plan-runbook");
    const app = new App({ outdir });
    new PlanRunbookFiles(new TerraformStack(app, "plan"), "runbook", { document: () => planDocument() });
    app.synth();
    const [markdown, json] = ["runbook.md", "runbook.json"].map((name) =>
      readFileSync(path.join(outdir, "stacks/plan", name), "utf8"),
    );
    expect(markdown).toBe(text);
    expect(json).toBe(planRunbookJson(runbook));
    expect(JSON.parse(json ?? "")).toEqual(JSON.parse(JSON.stringify(runbook)));
  });
});
