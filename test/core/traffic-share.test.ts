import { describe, expect, it } from "@jest/globals";
import { formatShare } from "../../lib/core/traffic-share";

describe("a share", () => {
  it("is said with both its ends where a controller moves it", () => {
    expect([undefined, 0.1, { from: 0, to: 0.25, controlledBy: "x" }].map(formatShare)).toEqual([
      "0 %",
      "10 %",
      "0 % to 25 %",
    ]);
  });
});
