import { describe, expect, it } from "@jest/globals";
import {
  capital,
  compareText,
  count,
  firstOf,
  formatCount,
  formatNumber,
  lowerFirst,
  percent,
  sentence,
  shortList,
} from "../../lib/core/text";

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
});

describe("a heading", () => {
  it("has a capital whatever its first word is", () => {
    expect(capital("wave-1")).toBe("Wave-1");
  });
});

describe("numbers and lists", () => {
  it("group thousands, and leave a fraction alone", () => {
    expect([0, 999, 1000, 1234567, 99.95].map(formatNumber)).toEqual(["0", "999", "1,000", "1,234,567", "99.95"]);
    expect([formatCount(1, "server"), formatCount(1200, "server")]).toEqual(["1 server", "1,200 servers"]);
  });

  it("have their noun in the singular and in the plural", () => {
    expect([count(1, "dependency", "dependencies"), count(2, "dependency", "dependencies")]).toEqual([
      "1 dependency",
      "2 dependencies",
    ]);
  });

  it("are shares with at most one decimal", () => {
    expect(percent(1 / 3)).toBe("33.3 %");
  });

  it("end with the number of what is left out", () => {
    const names = ["a", "b", "c", "d", "e"];
    expect([2, 4, 5].map((limit) => shortList(names, limit))).toEqual([
      "a and 4 more",
      "a, b, c and 2 more",
      "a, b, c, d and e",
    ]);
    expect([2, 5].map((shown) => firstOf(names, shown))).toEqual(["a, b and 3 more", "a, b, c, d, e"]);
  });
});

describe("the order of texts", () => {
  it("goes by code unit, whatever the locale", () => {
    expect(["ä", "b", "Z", "a"].sort(compareText)).toEqual(["Z", "a", "b", "ä"]);
    expect(compareText("a", "a")).toBe(0);
  });
});

describe("a message after its place", () => {
  it("begins in lower case", () => {
    expect(lowerFirst("Invalid input")).toBe("invalid input");
  });
});
