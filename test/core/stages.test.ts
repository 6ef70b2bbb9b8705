import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { isServing, needsWindow, Stages, type Stage } from "../../lib/core/stage";
import { defineEvidence } from "../../lib/core/stage-evidence";
import { phaseAtLeast, phases, phasesBetween } from "../../lib/core/phase";
import { windowMinutes, workMinutes, type RunbookStep } from "../../lib/core/runbook-step";
import { largestShare, smallestShare, type TrafficShare } from "../../lib/core/traffic-share";
import { thrown } from "../support/thrown";

const step = (minutes: number, waits = false): RunbookStep => ({
  title: "do it",
  owner: "lead",
  expect: "it is done",
  minutes,
  ...(waits ? { waits } : {}),
});
const stage = (name: string, over: Partial<Stage> = {}): Stage => ({
  name,
  phase: "prepare",
  summary: name,
  enter: [step(5)],
  reverse: [step(5)],
  ...over,
});
const evidence = defineEvidence({ question: "?", schema: z.object({}), rules: [] });

describe("stages that cannot be", () => {
  it.each([
    ["STAGES_EMPTY", [], "declare at least one stage"],
    ["STAGES_DUPLICATE", [stage("a"), stage("a")], 'received "a"'],
    ["STAGES_NAME", [stage("none")], "not none"],
    ["STAGES_NAME", [stage("50 %")], 'received "50 %"'],
    ["STAGES_PHASE", [stage("a", { phase: "serve" }), stage("b", { phase: "try" })], "serve, the phase of a before it"],
    ["STAGES_EVIDENCE", [stage("a", { evidence }), stage("b")], "because a before it demands some"],
    ["STAGES_OF_STAGES", [stage("a", { phase: "serving" as never })], "one of final, prepare, serve, try"],
    ["STAGES_OF_STAGES", [stage(5 as never)], "stages[0].name: received 5"],
    ["STAGES_OF_STAGES", [stage("a", { trafficShare: null as never })], "stages[0].trafficShare: received null"],
    ["STAGES_OF_STAGES", [stage("a", { trafficShare: { from: 0, to: 1 } as never })], "trafficShare.controlledBy"],
    ["STAGES_SHARE", [stage("a", { trafficShare: 1.1 })], "received 1.1"],
    ["STAGES_OF_STAGES", [stage("a", { trafficShare: NaN })], "stages[0].trafficShare"],
    ["STAGES_SHARE", [stage("a", { trafficShare: { from: 0.5, to: 0.5, controlledBy: "x" } })], "from below to"],
    ["STAGES_SHARE", [stage("a", { trafficShare: { from: 0, to: 1, controlledBy: " " } })], "name of its controller"],
  ] as const)("%s: %j", (code, stages, words) => {
    const error = thrown(() => Stages.of(stages));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });
});

describe("phases", () => {
  it("are in an order", () => {
    expect(phases.map((phase) => phaseAtLeast(phase, "serve"))).toEqual([false, false, true, true]);
  });

  it("that a transition passes through are those after the one before", () => {
    expect(phasesBetween(undefined, "try")).toEqual(["prepare", "try"]);
    expect(phasesBetween("prepare", "serve")).toEqual(["try", "serve"]);
    expect(phasesBetween("serve", "serve")).toEqual([]);
  });

  it("say whether production depends on the target", () => {
    expect(phases.map((phase) => isServing({ phase }))).toEqual([false, false, true, true]);
  });
});

describe("a change window", () => {
  it("is needed by the first stage that serves, and by what says so", () => {
    const serve = stage("live", { phase: "serve" });
    expect(needsWindow(serve, stage("before"))).toBe(true);
    expect(needsWindow(serve, serve)).toBe(false);
    expect(needsWindow(stage("x", { window: true }), undefined)).toBe(true);
    expect(needsWindow({ ...serve, window: false }, stage("before"))).toBe(false);
  });

  it("holds the work and the waiting between it, not the waiting after the last of it", () => {
    const steps = [step(10), step(5, true), step(20), step(480, true)];
    expect(workMinutes(steps)).toBe(30);
    expect(windowMinutes(steps)).toBe(35);
    expect(windowMinutes([step(480, true)])).toBe(0);
  });
});

describe("a share", () => {
  it("that a controller moves has two ends, any other one", () => {
    const shares: (TrafficShare | undefined)[] = [undefined, 0.5, { from: 0.1, to: 0.9, controlledBy: "rollout" }];
    expect(shares.map(largestShare)).toEqual([0, 0.5, 0.9]);
    expect(shares.map(smallestShare)).toEqual([0, 0.5, 0.1]);
  });
});

describe("the first serving stage", () => {
  it("is the last where none serves", () => {
    expect(
      Stages.of([stage("a"), stage("b", { phase: "serve" }), stage("c", { phase: "serve" })]).firstServing.name,
    ).toBe("b");
    expect(Stages.of([stage("shadow", { phase: "try" }), stage("trusted", { phase: "final" })]).firstServing.name).toBe(
      "trusted",
    );
  });
});
