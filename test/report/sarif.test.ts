import { describe, expect, it } from "@jest/globals";
import { assessedRules } from "../../lib/assessment/assessed-rules";
import { fileUri, findingsSarif } from "../../lib/report/sarif";
import { blocker, finding, hostile, note, reported, waived } from "./reported";

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation?: {
      readonly artifactLocation: { readonly uri: string };
      readonly region?: { readonly startLine: number; readonly startColumn?: number };
    };
    readonly logicalLocations: readonly { readonly name: string; readonly fullyQualifiedName?: string }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly { readonly kind: string; readonly justification: string }[];
}
interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly name: string;
          readonly version?: string;
          readonly rules: readonly { readonly id: string }[];
        };
      };
      readonly results: readonly Result[];
      readonly properties?: unknown;
    },
  ];
}

const parse = (text: string) => JSON.parse(text) as Log;
const fingerprints = (text: string) =>
  parse(text).runs[0].results.map((result) => Object.values(result.partialFingerprints)[0]);

describe("findingsSarif", () => {
  const { verdict, asOf, findings } = reported();
  const text = findingsSarif(findings, { verdict, asOf, toolVersion: "1.2.3" });
  const log = parse(text);
  const [run] = log.runs;
  const of = (subject: string) => run.results.find((result) => result.message.text.startsWith(`${subject}: `))!;

  it("has what the schema requires: version, tool name, a message in each result", () => {
    expect(log.version).toBe("2.1.0");
    expect(log.$schema).toMatch(/sarif-schema-2\.1\.0\.json$/);
    expect(run.tool.driver).toMatchObject({ name: "migration-patterns", version: "1.2.3" });
    expect(run.results.every((result) => result.message.text !== "")).toBe(true);
    expect(run.properties).toEqual({ verdict: "blocked", asOf: "2026-11-22" });
  });

  it("describes every rule of the library and those that a user has written", () => {
    const ids = run.tool.driver.rules.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(assessedRules.map(({ id }) => id)));
    expect(ids).toEqual(expect.arrayContaining(findings.map(({ rule }) => rule)));
    expect(new Set(ids).size).toBe(ids.length);
    for (const result of run.results) expect(ids[result.ruleIndex]).toBe(result.ruleId);
  });

  it("says the severities as levels", () => {
    expect(of("db01").level).toBe("error");
    expect(of("web01").level).toBe("warning");
    expect(of("vTools").level).toBe("note");
  });

  it("gives a text file a region, and a sheet a logical location without one", () => {
    expect(of("vTools").locations[0]!.physicalLocation).toEqual({
      artifactLocation: { uri: "checklist.yaml" },
      region: { startLine: 7, startColumn: 3 },
    });
    const inSheet = of("db01").locations[0]!;
    expect(inSheet.physicalLocation).toEqual({ artifactLocation: { uri: "estate.xlsx" } });
    expect(inSheet.logicalLocations[0]).toMatchObject({
      name: "db01",
      fullyQualifiedName: 'db01 (sheet vDisk, row 12, column "Capacity MiB")',
    });
    expect(of("web01").locations[0]!.physicalLocation).toBeUndefined();
  });

  it("attributes what has no file of its own to the one that is named, so that GitHub takes all of it", () => {
    const { results } = parse(findingsSarif(findings, { verdict, asOf, defaultFile: "estate/check list.yaml" }))
      .runs[0];
    const uris = results.map(({ locations }) => locations[0]!.physicalLocation);
    expect(uris).not.toContain(undefined);
    expect(uris).toContainEqual({ artifactLocation: { uri: "estate/check%20list.yaml" } });
    expect(uris).toContainEqual({ artifactLocation: { uri: "estate.xlsx" } });
  });

  it("suppresses what is waived, and says of all others that they are not", () => {
    expect(of("db02").suppressions).toMatchObject([
      { kind: "external", justification: "the volume is split before the cutover (Ada, until 2026-12-31)" },
    ]);
    expect(of("db01").suppressions).toEqual([]);
  });

  it("does not depend on the order of the findings", () => {
    expect(findingsSarif([...findings].reverse(), { verdict, asOf, toolVersion: "1.2.3" })).toBe(text);
  });

  it("keeps a finding's identity when its message and its row change, and tells two of one subject apart", () => {
    const moved = { ...blocker, message: "Hard disk 1 has 70001 GiB", location: { ...blocker.location, row: 99 } };
    expect(fingerprints(findingsSarif([moved]))).toEqual(fingerprints(findingsSarif([blocker])));
    expect(new Set(fingerprints(findingsSarif([blocker, moved, waived, note, hostile, finding()]))).size).toBe(6);
  });
});

describe("a message", () => {
  const shown = (message: string) =>
    parse(findingsSarif([finding({ message })])).runs[0].results[0]!.message.text.replace(
      /^[^:]*: |\. Remedy:[^]*$/g,
      "",
    );

  // Sections 3.11.6, messages with embedded links, and 3.11.5, messages with placeholders.
  it.each([
    ["see [here](javascript:alert(1))", "see \\[here\\](javascript:alert(1))"],
    ["{0} of {servers}", "{{0}} of {{servers}}"],
    ['disks[0] (of 2) is {"a":1}', 'disks[0] (of 2) is {"a":1}'],
  ])("shows %j as it is", (message, written) => {
    expect(shown(message)).toBe(written);
  });
});

describe("fileUri", () => {
  it.each([
    ["exports/estate 1.xlsx", "exports/estate%201.xlsx"],
    ["/srv/estate#1.xlsx", "file:///srv/estate%231.xlsx"],
    ["C:\\exports\\estate.xlsx", "file:///C:/exports/estate.xlsx"],
    ["\\\\filer\\share\\estate.xlsx", "file://filer/share/estate.xlsx"],
    ["javascript:alert(1)", "javascript%3Aalert(1)"],
    ["../100%.csv", "../100%25.csv"],
    ["a:b.csv", "a%3Ab.csv"],
    ["lone \ud800.csv", "lone%20%EF%BF%BD.csv"],
  ])("writes %s as %s", (file, uri) => {
    expect(fileUri(file)).toBe(uri);
  });
});
