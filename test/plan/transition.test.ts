import { describe, expect, it } from "@jest/globals";
import { Stages, type RunbookStep } from "../../lib/core";
import { runbookDocument, type TransitionIdentity } from "../../lib/plan";
import { planRunbook } from "../../lib/plan/runbook/plan-runbook";
import { planRunbookMarkdown } from "../../lib/plan/runbook/plan-runbook-markdown";
import { runbookMarkdown } from "../../lib/plan/runbook/runbook-markdown";
import { workParts } from "../../lib/plan/runbook/wave-work";
import { stageTransitions, transitionEnds } from "../../lib/plan/transition";
import { planDocument, step } from "./runbook/fixture";

const add: readonly RunbookStep[] = [step("add the column", 90)];
const drop: readonly RunbookStep[] = [step("drop it", 5)];
const decide: readonly RunbookStep[] = [step("decide", 15)];
const stages = Stages.of([
  { name: "expand", phase: "prepare", summary: "both columns", enter: add, reverse: drop },
  {
    name: "contract",
    phase: "final",
    summary: "the new column alone",
    enter: decide,
    reverse: { irreversible: "restore the backup" },
  },
]);
const of = { migration: "stack/users", title: "Expand-Contract" };

describe("stageTransitions", () => {
  const [first, second, ...others] = stageTransitions(of, stages);

  it("has one transition into each stage, with the steps that the stage declares", () => {
    expect(others).toEqual([]);
    expect(first?.forward).toStrictEqual({ ...of, direction: "forward", to: "expand", steps: add });
    expect(second?.forward).toStrictEqual({
      ...of,
      direction: "forward",
      from: "expand",
      to: "contract",
      steps: decide,
    });
  });

  it("has one transition back out of each, and says where there are no steps", () => {
    expect(first?.back).toStrictEqual({ ...of, direction: "back", from: "expand", steps: drop });
    expect(second?.back).toStrictEqual({
      ...of,
      direction: "back",
      from: "contract",
      to: "expand",
      steps: [],
      irreversible: "restore the backup",
    });
  });

  it("has the stage and the one before it", () => {
    expect([first?.stage.name, first?.before]).toEqual(["expand", undefined]);
    expect([second?.stage.name, second?.before?.name]).toEqual(["contract", "expand"]);
  });

  it("has none without stages", () => {
    expect(stageTransitions(of, [])).toEqual([]);
  });
});

describe("transitionEnds", () => {
  it("names what is before the first stage and after the last", () => {
    expect(transitionEnds({ to: "replicate" })).toBe("nothing deployed → replicate");
    expect(transitionEnds({ from: "test", to: "cutover" })).toBe("test → cutover");
    expect(transitionEnds({ from: "replicate" }, " to ")).toBe("replicate to withdrawn");
  });
});

describe("the runbook of a migration alone, and that of a plan", () => {
  const document = planDocument();
  const [migration] = document.migrations.filter(({ path }) => path === "wave-2/servers");
  if (migration === undefined) throw new Error("the fixture has the migration wave-2/servers");
  const { path, title, stages: procedure, rollback } = migration;
  const stage = procedure[0];
  if (stage === undefined) throw new Error("the migration has stages");
  const alone = runbookDocument([
    { node: { path }, profile: { name: "lift-and-shift", title }, stage, procedure, rollback },
  ]);
  const plan = planRunbook(document);
  const work = plan.waves.flatMap((wave) => workParts.map((part) => wave[part]));

  type Ends = Pick<TransitionIdentity, "from" | "to">;
  const minutesOf = (transitions: readonly (Ends & { readonly minutes: number })[]): string[] =>
    transitions.map((each) => `${transitionEnds(each)}: ${each.minutes}`).sort();

  it("have the same transitions, which take the same time", () => {
    const own = work.map(({ done, forward, back }) =>
      [[...done, ...forward], back].map((list) => list.filter((each) => each.migration === path)),
    );
    const [chapter] = alone.chapters;
    expect(chapter?.forward).toHaveLength(procedure.length);
    expect(minutesOf(chapter?.forward ?? [])).toEqual(minutesOf(own.flatMap(([forward = []]) => forward)));
    expect(minutesOf(chapter?.back ?? [])).toEqual(minutesOf(own.flatMap(([, back = []]) => back)));
  });

  it("print a step alike, but for its name and its clock", () => {
    const blocks = (markdown: string): string[] =>
      [...markdown.matchAll(/^\*\*\w+\*\* · T\+[\d:]+( · \*\*[^]*?\nSeen: .*)$/gm)].map((match) => match[1] ?? "");
    const printed = new Set(blocks(planRunbookMarkdown(plan)));
    const own = blocks(runbookMarkdown(alone)).filter((block) => !block.includes("cdktf"));
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((block) => !printed.has(block))).toEqual([]);
  });
});
