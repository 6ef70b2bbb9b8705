/** The gate's judgment: that it cannot be green without having looked. */
import { describe, expect, it } from "@jest/globals";
import { acceptedFailures, type AcceptedFailure } from "../../scripts/generate/accepted-failures";
import { staleEntries, wrongWith, type Judged } from "./judge";

const failure = { check: "CKV_AWS_1", says: "Ensure it is so", type: "aws_vpc", resource: "aws_vpc.a" };
const judged = (changes: Partial<Judged> = {}): Judged => ({
  stack: "shop/wave-1",
  form: "json",
  resources: 2,
  verdict: { seen: 2, passed: 3, failures: [failure] },
  ...changes,
});
const accepted: AcceptedFailure = { check: "CKV_AWS_1", type: "aws_vpc", asks: "that", why: "not" };

describe("the judgment of the policy gate", () => {
  it("accepts what is in the list, by check, type and form", () => {
    expect(wrongWith([judged()], [accepted])).toEqual([]);
    const found = ["shop/wave-1 (json): CKV_AWS_1 aws_vpc.a: Ensure it is so"];
    expect(wrongWith([judged()], [])).toEqual(found);
    expect(wrongWith([judged()], [{ ...accepted, check: "CKV_AWS_2" }])).toEqual(found);
    expect(wrongWith([judged()], [{ ...accepted, type: "aws_subnet" }])).toEqual(found);
    expect(wrongWith([judged()], [{ ...accepted, form: "plan" }])).toEqual(found);
    expect(wrongWith([judged()], [{ ...accepted, form: "json" }])).toEqual([]);
  });

  it("refuses a stack that was not read, and says to scan the plan", () => {
    const unread = judged({ verdict: { seen: 0, passed: 0, failures: [] } });
    expect(wrongWith([unread], [accepted])).toEqual([
      expect.stringMatching(/^shop\/wave-1 \(json\): checkov has read 0 of 2 resources; scan the plan instead/),
    ]);
    expect(wrongWith([{ ...unread, form: "plan" }], [])[0]).toMatch(/read 0 of 2 resources$/);
  });

  it("refuses an entry of which there is no failure", () => {
    expect(staleEntries([judged()], [accepted])).toEqual([]);
    expect(staleEntries([judged()], [{ ...accepted, form: "plan" }])).toEqual([
      "CKV_AWS_1 at aws_vpc is accepted, and found nowhere: take it out of the list",
    ]);
  });
});

describe("the list of accepted failures", () => {
  it("has each kind once, and a reason for it", () => {
    const kinds = acceptedFailures.map(({ check, type }) => `${check} ${type}`);
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const { why } of acceptedFailures) expect(why.length).toBeGreaterThan(30);
  });
});
