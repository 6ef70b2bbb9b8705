import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { budgetOf, StepClock } from "../../../lib/plan/runbook/step-clock";
import { step } from "./fixture";

describe("StepClock", () => {
  it("begins at 0, and goes on where the last step ended", () => {
    const clock = new StepClock();
    const first = clock.timed([step("a", 10), step("b", 2.5)], (index) => ({ number: index + 1 }));
    expect(first.map(({ number, startsAt }) => [number, startsAt])).toEqual([
      [1, 0],
      [2, 10],
    ]);
    expect(clock.minutes).toBe(12.5);
    expect(clock.timed([step("c", 1)], () => ({ id: "P3" }))).toEqual([{ ...step("c", 1), id: "P3", startsAt: 12.5 }]);
  });

  it("stands still without steps", () => {
    const clock = new StepClock();
    expect(clock.timed([], () => ({}))).toEqual([]);
    expect(clock.minutes).toBe(0);
  });

  it("ends at the minutes of the budget", () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 600 }));
    fc.assert(
      fc.property(minutes, (each) => {
        const steps = each.map((budget) => step("s", budget));
        const clock = new StepClock();
        clock.timed(steps, () => ({}));
        expect(clock.minutes).toBe(budgetOf(steps).minutes);
      }),
    );
  });
});

describe("budgetOf", () => {
  it("counts waiting on the clock and not as work, and at the end not in the window", () => {
    const waiting = step("bake", 60, { waits: true });
    expect(budgetOf([step("a", 10), waiting, step("b", 5), waiting])).toEqual({
      minutes: 135,
      workMinutes: 15,
      windowMinutes: 75,
    });
    expect(budgetOf([])).toEqual({ minutes: 0, workMinutes: 0, windowMinutes: 0 });
  });
});
