import { describe, expect, it } from "@jest/globals";
import { capital } from "../../../lib/core/words";
import { clockWords, sentence, shareWords } from "../../../lib/plan/runbook/words";
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

describe("a time", () => {
  it.each([
    [45, 45, "0:45"],
    [525, 45, "0:45 of work and 8:00 of waiting"],
    [480, 0, "8:00 of waiting"],
    [0, 0, "0:00"],
  ])("of %d minutes, %d of them work, is said as %s", (minutes, work, words) => {
    expect(clockWords(minutes, work)).toBe(words);
  });
});

describe("a share", () => {
  it("is said with both its ends where a controller moves it", () => {
    expect([undefined, 0.1, { from: 0, to: 0.25, controlledBy: "x" }].map(shareWords)).toEqual([
      "0 %",
      "10 %",
      "0 % to 25 %",
    ]);
  });
});
