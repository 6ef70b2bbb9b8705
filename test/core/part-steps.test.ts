import { describe, expect, it } from "@jest/globals";
import { joinSteps, withPartSteps, type PartSteps } from "../../lib/core/part-steps";
import type { RunbookStep, Stage } from "../../lib/core/stage";

const step = (title: string): RunbookStep => ({ title, owner: "lead", expect: `${title} is done`, minutes: 5 });
const deploy = (expect: string): RunbookStep => ({ ...step("deploy"), expect, deploys: true });

const stage: Stage<"live"> = {
  name: "live",
  phase: "serve",
  summary: "it is live",
  enter: [step("decide"), deploy("the servers are open"), step("look")],
  reverse: [step("decide to go back"), deploy("the servers are closed")],
};

const part = (enter: RunbookStep[], reverse?: RunbookStep[]): PartSteps => ({
  enter,
  ...(reverse === undefined ? {} : { reverse }),
});

const titles = (steps: readonly RunbookStep[]): string[] => steps.map(({ title }) => title);

describe("the steps of a migration with its parts", () => {
  it("are its own where no part has any", () => {
    expect(withPartSteps(stage, [])).toBe(stage);
    expect(withPartSteps(stage, [{}, { enter: [], reverse: [] }])).toBe(stage);
  });

  it("go around the one deployment, in the order in which the parts were added", () => {
    const { enter, reverse } = withPartSteps(stage, [
      part([step("stop 1"), deploy("data is kept"), step("start 1")], [deploy("data is kept"), step("copy back")]),
      part([step("stop 2"), deploy("names are changed"), step("start 2")]),
    ]);
    expect(titles(enter)).toEqual(["decide", "stop 1", "stop 2", "deploy", "start 1", "start 2", "look"]);
    expect(titles(reverse as RunbookStep[])).toEqual(["decide to go back", "deploy", "copy back"]);
  });

  it("expect of the deployment what everybody expects of it, each thing once", () => {
    const { enter } = withPartSteps(stage, [
      part([deploy("data is kept")]),
      part([deploy("data is kept")]),
      part([deploy("names are changed")]),
    ]);
    expect(enter[1]).toEqual({
      ...deploy("the servers are open; data is kept; names are changed"),
    });
  });

  it("come after the deployment where the part does not deploy", () => {
    const { enter } = withPartSteps(stage, [part([step("import the file")])]);
    expect(titles(enter)).toEqual(["decide", "deploy", "import the file", "look"]);
  });

  it("follow the migration's own where it deploys nothing", () => {
    const quiet: Stage<"live"> = { ...stage, enter: [step("decide")] };
    const { enter } = withPartSteps(quiet, [part([step("stop"), deploy("it stands"), step("start")])]);
    expect(titles(enter)).toEqual(["decide", "stop", "deploy", "start"]);
  });

  it("lead not back where the migration does not", () => {
    const final: Stage<"live"> = { ...stage, reverse: { irreversible: "the source is gone" } };
    const { reverse, enter } = withPartSteps(final, [part([step("file")], [step("undo")])]);
    expect(reverse).toEqual({ irreversible: "the source is gone" });
    expect(titles(enter)).toContain("file");
  });

  it("leave the stage that they are added to as it was", () => {
    const before = structuredClone(stage);
    withPartSteps(stage, [part([step("stop"), deploy("more"), step("start")])]);
    expect(stage).toEqual(before);
  });
});

describe("the steps of several phases in one transition", () => {
  it("have one deployment, the last, with everybody's expectation", () => {
    const joined = joinSteps([
      [step("a"), deploy("times to live are lowered"), step("b")],
      [step("c"), deploy("names lead to the target"), step("d")],
    ]);
    expect(titles(joined)).toEqual(["a", "c", "deploy", "b", "d"]);
    expect(joined[2]?.expect).toBe("times to live are lowered; names lead to the target");
  });

  it("keep their order where one phase or none deploys", () => {
    const order = (...phases: RunbookStep[][]): string[] => titles(joinSteps(phases));
    expect(order([step("a"), deploy("x"), step("b")], [step("c")])).toEqual(["a", "deploy", "b", "c"]);
    expect(order([step("a")], [step("b"), deploy("x"), step("c")])).toEqual(["a", "b", "deploy", "c"]);
    expect(order([step("a")], [], [step("b")])).toEqual(["a", "b"]);
    expect(order([], [step("a"), deploy("x")], [])).toEqual(["a", "deploy"]);
    expect(joinSteps([])).toEqual([]);
  });

  it("put a phase that deploys nothing before the deployment of a later one", () => {
    expect(titles(joinSteps([[deploy("x"), step("a")], [step("b")], [step("c"), deploy("y")]]))).toEqual([
      ...["b", "c", "deploy", "a"],
    ]);
  });
});
