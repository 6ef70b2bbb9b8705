import { describe, expect, it } from "@jest/globals";
import { noWayBack, renderSteps } from "../../../lib/plan/runbook/transition-markdown";
import { step } from "./fixture";

const timed = (over: Parameters<typeof step>[2] = {}) => ({
  id: "C4",
  startsAt: 75,
  ...step("switch the route", 30, { owner: "lead", expect: "all is well", ...over }),
});
const nameOf = ({ id }: { readonly id: string }): string => id;

describe("renderSteps", () => {
  it("prints a step as a block, with its command to copy", () => {
    expect(renderSteps({ steps: [timed({ command: "echo a | b" })] }, nameOf)).toEqual([
      "**C4** · T+1:15 · **lead** · budget 0:30  ",
      "Switch the route.",
      "",
      "```sh",
      "echo a | b",
      "```",
      "",
      "Seen: all is well.",
      "",
    ]);
  });

  it("says that a step only waits, and ends no sentence twice", () => {
    const [first, , , seen] = renderSteps({ steps: [timed({ waits: true, expect: "is it quiet?" })] }, nameOf);
    expect(first).toBe("**C4** · T+1:15 · **lead** · waiting 0:30  ");
    expect(seen).toBe("Seen: is it quiet?");
  });

  it("says that there is nothing to do, or no way back", () => {
    expect(renderSteps({ steps: [] }, nameOf)).toEqual(["Nothing to do.", ""]);
    expect(renderSteps({ steps: [], irreversible: "restore *it*" }, nameOf)).toEqual([noWayBack("restore *it*"), ""]);
    expect(noWayBack("restore *it*")).toBe("**There is no way back by steps.** Restore \\*it\\*.");
  });
});
