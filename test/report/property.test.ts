/** Whatever a file has put into a finding, every report stays whole. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Finding } from "../../lib/core/finding";
import { renderAssessment } from "../../lib/report/render";
import { summarize } from "../../lib/report/summarize";
import { reported } from "./reported";
import { parseXml } from "./xml";

// "binary" strings hold every code unit, lone surrogates and control characters among them.
const text = fc.string({ unit: "binary", minLength: 1, maxLength: 30 });
const finding: fc.Arbitrary<Finding> = fc.record(
  {
    rule: fc.oneof(fc.constantFrom("os-unknown", "disk-too-large"), text),
    severity: fc.constantFrom("blocker", "warning", "info"),
    subject: text,
    message: text,
    why: text,
    remedy: text,
    location: fc.record({ file: text, line: fc.integer({ min: 1 }), path: text }, { requiredKeys: [] }),
    waived: fc.record({ reason: text, approvedBy: text, expires: fc.constant("2026-12-31") }),
  },
  { requiredKeys: ["rule", "severity", "subject", "message", "why", "remedy"] },
);
const findings = fc.array(finding, { maxLength: 8 });

describe("every report of any findings", () => {
  it("says nothing to a terminal that it does not mean to", () => {
    fc.assert(
      fc.property(findings, (all) => {
        const texts = [renderAssessment(reported({ findings: all }), "text"), summarize(reported({ findings: all }))];
        // Line feeds are the report's own; any other control character, C1 included, would be the file's.
        for (const each of texts) expect(each).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      }),
    );
  });

  it("is JSON that holds every finding", () => {
    fc.assert(
      fc.property(findings, (all) => {
        const json = JSON.parse(renderAssessment(reported({ findings: all }), "json")) as { findings: Finding[] };
        expect(json.findings).toHaveLength(all.length);
      }),
    );
  });

  it("is SARIF with a result for each finding and a URI for each file", () => {
    fc.assert(
      fc.property(findings, (all) => {
        const log = JSON.parse(renderAssessment(reported({ findings: all }), "sarif")) as {
          runs: [{ results: { locations: [{ physicalLocation?: { artifactLocation: { uri: string } } }] }[] }];
        };
        expect(log.runs[0].results).toHaveLength(all.length);
        for (const { locations } of log.runs[0].results) {
          const uri = locations[0].physicalLocation?.artifactLocation.uri;
          if (uri !== undefined) expect(() => new URL(uri, "file:///base/")).not.toThrow();
        }
      }),
    );
  });

  it("is well-formed XML whose counts are right", () => {
    fc.assert(
      fc.property(findings, (all) => {
        const suites = parseXml(renderAssessment(reported({ findings: all }), "junit"));
        const blocking = all.filter(({ severity, waived }) => severity === "blocker" && waived === undefined);
        expect(suites.attributes.failures).toBe(String(blocking.length + 1));
      }),
    );
  });

  it("is Markdown whose rows all have the columns of their table", () => {
    const width = (row: string): number => row.replace(/\\./g, "").split("|").length;
    fc.assert(
      fc.property(findings, (all) => {
        const lines = renderAssessment(reported({ findings: all }), "markdown").split("\n");
        let columns = 0;
        for (const [index, line] of lines.entries()) {
          if (line.startsWith("| ---")) columns = width(lines[index - 1]!);
          else if (!line.startsWith("|")) columns = 0;
          if (columns > 0) expect(width(line)).toBe(columns);
        }
      }),
    );
  });
});
