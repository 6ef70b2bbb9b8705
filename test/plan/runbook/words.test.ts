import { describe, expect, it } from "@jest/globals";
import { capital } from "../../../lib/core/words";
import { sentence } from "../../../lib/plan/runbook/words";
import { sentence as inReport } from "../../../lib/report/plan/words";

describe("a sentence", () => {
  it.each([
    ["each is OK", "Each is OK."],
    ["security-group rules are added", "Security-group rules are added."],
    ["has it worked?", "Has it worked?"],
    ["done.", "Done."],
    ["", ""],
    ["wal_level is logical", "wal_level is logical."],
    ["aws dms describe-connections shows successful", "aws dms describe-connections shows successful."],
    ["terraform state list names it", "terraform state list names it."],
    ["kubectl, dig and cdktf are installed", "kubectl, dig and cdktf are installed."],
    ["cdktf: nothing changes", "cdktf: nothing changes."],
    ["device.json has one property", "device.json has one property."],
    ["booking-db01 answers", "booking-db01 answers."],
    [
      "arn:aws:sns:eu-central-1:111122223333:a is subscribed to",
      "arn:aws:sns:eu-central-1:111122223333:a is subscribed to.",
    ],
    ["minimumBakeHours have passed", "minimumBakeHours have passed."],
    ["/var/lib/booking holds no backup", "/var/lib/booking holds no backup."],
  ])("of %j is %j", (text, said) => {
    expect(sentence(text)).toBe(said);
  });

  it("is the same in the runbook and in the report", () => {
    expect(inReport).toBe(sentence);
  });
});

describe("a heading", () => {
  it("has a capital whatever its first word is", () => {
    expect(capital("wave-1")).toBe("Wave-1");
  });
});
