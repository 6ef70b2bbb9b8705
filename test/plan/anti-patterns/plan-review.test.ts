import { describe, expect, it } from "@jest/globals";
import {
  DEFAULT_PLAN_THRESHOLDS,
  planThresholds,
  type PlanThresholds,
} from "../../../lib/plan/anti-patterns/plan-review";
import { thrown } from "../../support/thrown";

describe("planThresholds", () => {
  it("gives the defaults, and whatever is set instead of its default", () => {
    expect(planThresholds()).toEqual(DEFAULT_PLAN_THRESHOLDS);
    expect(planThresholds({ rehearsalDays: 30, validationMinutes: 0, largestWaveShare: undefined })).toEqual({
      ...DEFAULT_PLAN_THRESHOLDS,
      rehearsalDays: 30,
      validationMinutes: 0,
    });
  });

  it.each([
    { smallestEstateServers: 0 },
    { largestWaveShare: 0 },
    { largestWaveShare: 25 },
    { largestTrafficStep: Number.NaN },
    { rehearsalDays: 1.5 },
    { validationMinutes: -1 },
  ])("refuses %j", (overrides) => {
    const error = thrown(() => planThresholds(overrides, "plan/exit"));
    expect(error.code).toBe("PLAN_THRESHOLDS");
    expect(error.path).toBe(`thresholds.${Object.keys(overrides)[0] ?? ""}`);
    expect(error.construct).toBe("plan/exit");
  });

  it("says what came and what is allowed", () => {
    expect(thrown(() => planThresholds({ largestWaveShare: 25 })).message).toBe(
      "[PLAN_THRESHOLDS] thresholds.largestWaveShare: received 25, allowed is a share above 0, up to 1; correct the threshold, or leave it out to take the default",
    );
  });

  it("refuses a threshold that it does not know, and names those it does", () => {
    const error = thrown(() => planThresholds({ rehearsalWeeks: 3 } as Partial<PlanThresholds>));
    expect([error.code, error.path, error.received]).toEqual(["PLAN_THRESHOLDS", "thresholds", ["rehearsalWeeks"]]);
    expect(error.allowed).toContain("rehearsalDays");
  });
});
