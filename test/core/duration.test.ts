import { describe, expect, it } from "@jest/globals";
import { clockTime, clockTimeWithWaiting, shortDuration, spokenDuration } from "../../lib/core/duration";

describe("a time on the clock", () => {
  it.each([
    [45, 45, "0:45"],
    [525, 45, "0:45 of work and 8:00 of waiting"],
    [480, 0, "8:00 of waiting"],
    [0, 0, "0:00"],
  ])("of %d minutes, %d of them work, is said as %s", (minutes, work, words) => {
    expect(clockTimeWithWaiting(minutes, work)).toBe(words);
  });
});

describe("a duration", () => {
  it.each([
    [0, "0:00", "0 min", "0 minutes"],
    [45, "0:45", "45 min", "45 minutes"],
    [60, "1:00", "1 h", "1 hour"],
    [65, "1:05", "1 h 5 min", "1 hour and 5 minutes"],
    [135, "2:15", "2 h 15 min", "2 hours and 15 minutes"],
  ])("of %i minutes is %s on the clock, %s in a table and %s in a message", (minutes, clock, short, spoken) => {
    expect([clockTime(minutes), shortDuration(minutes), spokenDuration(minutes)]).toEqual([clock, short, spoken]);
  });

  it("is negative on the clock where a window is too short", () => {
    expect(clockTime(-95)).toBe("-1:35");
  });
});
