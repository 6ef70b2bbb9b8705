import { describe, expect, it } from "@jest/globals";
import type { RoutingIntent } from "../../../../lib/patterns/infrastructure/multi-cloud/intent";
import { problemOfRe2, re2 } from "../../../../lib/patterns/infrastructure/multi-cloud/re2";
import { Routing } from "../../../../lib/patterns/infrastructure/multi-cloud/routing";
import { re2Cases } from "../../../support/re2-cases";
import { thrown } from "../../../support/thrown";
import { catalogIntent } from "./intents";

describe("a regular expression of a routing", () => {
  it.each(re2Cases)("%j against %j is RE2's: %s", (expression, text, outcome) => {
    expect(problemOfRe2(expression) === undefined ? re2(expression).matches(text) : "refused").toBe(outcome);
    if (outcome === "refused") expect(re2(expression).matches(text)).toBe(false);
  });

  it("has no name twice, on the safe side: Go takes such an expression", () => {
    expect(problemOfRe2("(?P<n>a)(?P<n>b)")).toBe("duplicate capture group name: `n`");
  });

  it("is compiled anew where many others came in between", () => {
    expect(re2("a|b").matches("b")).toBe(true);
    for (let each = 0; each < 1200; each++) expect(re2(`a${each}`).matches(`a${each}`)).toBe(true);
    expect(re2("a|b").matches("b")).toBe(true);
  });

  it.each([
    ["(a+)+b", "a".repeat(10_000)],
    ["(a|aa)+$", `${"a".repeat(10_000)}b`],
    ["(x+x+)+y", "x".repeat(10_000)],
    ["(.*)*x", "ab".repeat(5000)],
  ])("%s does not hang on a text of 10 kB", (expression, text) => {
    // A hundred milliseconds are allowed; five times that is a hang on a machine that does something else.
    const started = performance.now();
    expect(re2(expression).matches(text)).toBe(false);
    expect(performance.now() - started).toBeLessThan(5 * 100);
  });
});

describe("an expression that RE2 refuses", () => {
  const intent = (regex: string): RoutingIntent => ({
    ...catalogIntent,
    routes: [{ match: [{ headers: { country: { regex } } }], to: "aws" }],
  });

  it("is refused with its place and RE2's reason", () => {
    const error = thrown(() => Routing.parse(intent("(?=us)u")));
    expect(error.code).toBe("ROUTING_INTENT");
    expect(error.message).toContain("routes[0].match[0].headers.country.regex");
    expect(error.message).toContain(
      "must be an RE2 expression, and RE2 says: invalid or unsupported Perl syntax: `(?=`",
    );
    expect(Routing.parse(intent("(?i)us")).routes).toHaveLength(2);
  });
});
