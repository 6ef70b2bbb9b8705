import { describe, expect, it } from "@jest/globals";
import { printable } from "../../lib/core/printable";

describe("printable", () => {
  it.each([
    ["web01\u001b[2J", "web01\\x1b[2J"],
    ["a\nb\r\tc", "a\\nb\\r\\tc"],
    ["\u202e, \u2028 and a lone \ud800", "\\u202e, \\u2028 and a lone \\ud800"],
  ])("shows the control characters of %j", (given, expected) => {
    expect(printable(given)).toBe(expected);
  });

  // GitHub's runner and Azure Pipelines: see the source.
  it.each([
    ["::error file=a::no", "\\x3a:error file=a::no"],
    ["web ::add-mask::x", "web \\x3a:add-mask::x"],
    ["##[error]no", "\\x23#[error]no"],
    ["web##vso[task.setvariable variable=a]b", "web\\x23#vso[task.setvariable variable=a]b"],
    ["##teamcity[buildStop]", "\\x23#teamcity[buildStop]"],
  ])("leaves no command for a CI service in %j", (given, expected) => {
    expect(printable(given)).toBe(expected);
  });

  it.each(["::1", "::/0", "from ::ffff:10.0.0.1 to ::a", "fe80::1", "a::b", "Foo::Bar", "## [x]", "::"])(
    "leaves %j as it is",
    (text) => {
      expect(printable(text)).toBe(text);
    },
  );
});
