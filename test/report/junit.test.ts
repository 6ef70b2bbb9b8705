import { describe, expect, it } from "@jest/globals";
import { assessedRules } from "../../lib/assessment/assessed-rules";
import { findingsJunit, xmlAttribute, xmlText } from "../../lib/report/junit";
import { clean, finding, reported } from "./reported";
import { parseXml } from "./xml";

describe("findingsJunit", () => {
  const { findings, verdict } = reported();
  const suites = parseXml(findingsJunit(findings, { verdict }));
  const suite = (name: string) => suites.children.find(({ attributes }) => attributes.name === name)!;
  const testCase = (rule: string, name: string) =>
    suite(rule).children.find(({ attributes }) => attributes.name === name)!;

  it("fails a case for each blocker that nobody has waived", () => {
    const failure = testCase("disk-too-large", "db01").children[0]!;
    expect(failure).toMatchObject({
      name: "failure",
      attributes: { type: "disk-too-large", message: "Hard disk 1 has 70000 GiB" },
    });
    expect(failure.text).toContain("remedy: ask the owner");
  });

  it("skips what is waived, and says by whom", () => {
    expect(testCase("disk-too-large", "db02").children.map(({ name }) => name)).toEqual(["skipped", "system-out"]);
    expect(testCase("disk-too-large", "db02").children[0]!.attributes.message).toContain(
      "waived by Ada until 2026-12-31",
    );
  });

  it("passes a warning and a note, with the finding as their output", () => {
    expect(testCase("os-unknown", "web01").children.map(({ name }) => name)).toEqual(["system-out"]);
    expect(testCase("sheet-missing", "vTools").children[0]!.text).toContain("checklist.yaml:7:3");
  });

  it("passes one case for a rule that found nothing", () => {
    const [rule] = assessedRules;
    expect(suite(rule!.id).children).toMatchObject([{ attributes: { name: rule!.title }, children: [] }]);
  });

  it("counts what it holds", () => {
    const cases = suites.children.flatMap(({ children }) => children);
    const failed = cases.filter(({ children }) => children.some(({ name }) => name === "failure"));
    expect(suites.attributes).toMatchObject({
      tests: String(cases.length),
      failures: String(failed.length),
      errors: "0",
    });
    expect(suite("disk-too-large").attributes).toMatchObject({ tests: "2", failures: "1", skipped: "1" });
  });

  it("fails the verdict unless it is ready, so that an incomplete assessment is not green", () => {
    expect(suite("verdict").children[0]!.children[0]!.name).toBe("failure");
    const ready = parseXml(findingsJunit([], { verdict: clean().verdict }));
    expect(ready.attributes.failures).toBe("0");
    expect(findingsJunit([])).not.toContain('name="verdict"');
  });

  it("holds whatever a name may hold, but for what XML cannot", () => {
    expect(suite("os-unknown").children.map(({ attributes }) => attributes.name)).toContain(
      "web|<b>`x`]]>&\ufffd[2J\u202e",
    );
  });

  it("gives two findings about one subject two names", () => {
    const twice = parseXml(findingsJunit([finding(), finding({ message: "another" })], { rules: [] }));
    expect(twice.children[0]!.children.map(({ attributes }) => attributes.name)).toEqual(["web01", "web01 (2)"]);
  });
});

describe("escaping", () => {
  it("keeps line ends and tabs of an attribute as references", () => {
    expect(xmlAttribute('a\n\t"b"\r')).toBe("a&#10;&#9;&quot;b&quot;&#13;");
  });

  it("replaces what XML 1.0 does not allow", () => {
    expect(xmlText("a\u0000\u001b\ufffe\ud800 ]]> \ud83d\ude80")).toBe("a\ufffd\ufffd\ufffd\ufffd ]]&gt; \ud83d\ude80");
  });
});
