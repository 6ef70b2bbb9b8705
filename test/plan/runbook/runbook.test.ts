import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import { Runbook, runbookDocument, runbookMarkdown, type RunbookSubject } from "../../../lib/plan";
import { Stages, type RunbookStep } from "../../../lib/core";
import { makeTemporaryFolder } from "../../support/temporary-folder";
import { thrown } from "../../support/thrown";

const step = (title: string, minutes: number, over: Partial<RunbookStep> = {}): RunbookStep => ({
  title,
  owner: "lead",
  expect: "it is done",
  minutes,
  ...over,
});

const stages = Stages.of([
  {
    name: "expand",
    phase: "prepare",
    summary: "both columns",
    enter: [step("add the column", 90)],
    reverse: [step("drop it", 5)],
  },
  {
    name: "contract",
    phase: "final",
    summary: "the new column alone",
    enter: [step("decide", 15), step("drop the old column", 30, { command: "psql -c 'a|b'" })],
    reverse: { irreversible: "restore the backup of the column" },
  },
]);

const subject = (over: Partial<RunbookSubject> = {}): RunbookSubject => ({
  node: { path: "stack/users" },
  profile: { name: "expand-contract", title: "Expand-Contract" },
  stage: stages.get("expand"),
  procedure: stages,
  rollback: { owner: "migration lead", windowHours: 4, triggers: ["error rate above 1 %"], sourceRetentionDays: 14 },
  ...over,
});

describe("runbookDocument", () => {
  const [chapter] = runbookDocument([subject()]).chapters;

  it("has every transition forward, each step on the clock", () => {
    expect(chapter?.forward.map(({ from, to, minutes }) => [from, to, minutes])).toEqual([
      [undefined, "expand", 90],
      ["expand", "contract", 45],
    ]);
    expect(chapter?.forward[1]?.steps.map(({ number, startsAt }) => [number, startsAt])).toEqual([
      [1, 0],
      [2, 15],
    ]);
  });

  it("has every way back, the last stage first, and says where there is none", () => {
    expect(chapter?.back.map(({ from, to, irreversible }) => [from, to, irreversible])).toEqual([
      ["contract", "expand", "restore the backup of the column"],
      ["expand", undefined, undefined],
    ]);
  });

  it("orders chapters by wave, numbers by value", () => {
    const waves = ["wave-10", undefined, "wave-9", "wave-1"];
    const { chapters } = runbookDocument(waves.map((wave) => subject(wave === undefined ? {} : { wave })));
    expect(chapters.map((each) => each.wave)).toEqual(["wave-1", "wave-9", "wave-10", undefined]);
  });
});

describe("runbookMarkdown", () => {
  const text = runbookMarkdown(runbookDocument([subject({ wave: "wave-1" })]));

  it("links to its chapters", () => {
    expect(text).toContain(
      "- [wave-1: Expand-Contract (stack/users)](#wave-1-expand-contract-stackusers), in stage **expand**",
    );
    expect(text).toContain("## wave-1: Expand-Contract (stack/users)");
  });

  it("says who decides to go back, and on what", () => {
    expect(text).toContain("The migration lead decides, within 4 hours of a transition");
    expect(text).toContain("- error rate above 1 %");
    expect(text).toContain("last rehearsed: never.");
  });

  it("prints a step with its time, command, owner, expectation and budget", () => {
    expect(text).toContain(
      "**2** · T+0:15 · **lead** · budget 0:30  \nDrop the old column.\n\n```sh\npsql -c 'a|b'\n```\n\nSeen: it is done.\n",
    );
    expect(text).toContain("### Forward: nothing deployed → expand (1:30)");
  });

  it("lets no input write markup, end a table or leave its block", () => {
    const evil = "a | b\n# heading ``` <script> *x* [l](u) \u001b[2J";
    const enter = [step(evil, 5, { owner: evil, expect: evil, command: `echo ${evil}` })];
    const evils = Stages.of([
      { name: "expand", phase: "prepare", summary: evil, enter, reverse: enter },
      { name: "contract", phase: "final", summary: evil, enter, reverse: { irreversible: evil } },
    ]);
    const rendered = runbookMarkdown(
      runbookDocument([
        subject({
          wave: evil,
          profile: { name: "evil", title: evil },
          stage: evils.get("expand"),
          procedure: evils,
          rollback: { owner: evil, windowHours: 1, triggers: [evil], sourceRetentionDays: 1 },
        }),
      ]),
    );
    expect(rendered).not.toContain("\u001b");
    const outside = rendered.replace(/^(`{3,})sh\n[\s\S]*?\n\1$/gm, "");
    expect(outside.match(/^# .*$/gm)).toEqual(["# Migration runbook"]);
    expect(outside).not.toMatch(/(?<!\\)<script|(?<!\\)```/);
    for (const row of outside.split("\n").filter((line) => line.startsWith("|"))) {
      expect(row.replaceAll("\\|", "").split("|")).toHaveLength(4);
    }
    expect(rendered).toContain("kept for 1 day after");
  });

  it("says plainly where there is no way back", () => {
    expect(text).toContain(
      "### Back: contract → expand\n\n**There is no way back by steps.** Restore the backup of the column.",
    );
  });
});

describe("Runbook", () => {
  it("writes both files beside the Terraform, the same bytes each time", () => {
    const write = (): string[] => {
      const outdir = makeTemporaryFolder("runbook");
      const app = new App({ outdir });
      const stack = new TerraformStack(app, "only");
      new Runbook(stack, "runbook", { migrations: [subject()] });
      app.synth();
      return ["runbook.md", "runbook.json"].map((name) => readFileSync(path.join(outdir, "stacks/only", name), "utf8"));
    };
    const [markdown = "", json = ""] = write();
    expect(markdown).toMatch(/^# Migration runbook\n/);
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(runbookDocument([subject()]))));
    expect(write()).toEqual([markdown, json]);
  });

  it("refuses to be about nothing", () => {
    const stack = new TerraformStack(new App({ outdir: makeTemporaryFolder("runbook") }), "s");
    expect(thrown(() => new Runbook(stack, "runbook", { migrations: [] })).code).toBe("RUNBOOK_EMPTY");
  });
});

describe("a transition in which something is only waited for", () => {
  const bake = step("let it bake", 480, { waits: true });
  const baking = Stages.of([
    { name: "serve", phase: "serve", summary: "it serves", enter: [step("switch", 45), bake], reverse: [bake] },
  ]);
  const document = runbookDocument([subject({ stage: baking.get("serve"), procedure: baking })]);

  it("has its clock and its work apart", () => {
    expect(document.chapters[0]?.forward[0]).toMatchObject({ minutes: 525, workMinutes: 45 });
    expect(document.chapters[0]?.back[0]).toMatchObject({ minutes: 480, workMinutes: 0 });
  });

  it("says so to people", () => {
    const text = runbookMarkdown(document);
    expect(text).toContain("nothing deployed → serve (0:45 of work and 8:00 of waiting)");
    expect(text).toContain("serve → withdrawn (8:00 of waiting)");
    expect(text).toMatch(/T\+0:45 · \*\*lead\*\* · waiting 8:00 {2}\nLet it bake\./);
  });
});
