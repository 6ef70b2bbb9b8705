/** Every error code that the library can throw is in a test: a code that nobody has seen is a promise nobody has checked. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parts, patterns } from "../lib/patterns/manifests";

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && entry.name !== "input-shapes.ts")
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"));
}

/** What a code looks like: two words or more in upper snake case, as a string. */
const CODE = /["'`]([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)["'`]/g;
/** The subjects of the rooms that have no manifest. */
const rooms = [
  ...[
    "ADOPT",
    "ALARM_TOPIC",
    "ALARM_TOPICS",
    "ARTIFACT",
    "ASSESSMENT",
    "CHECKLIST",
    "CIDR",
    "CLI",
    "INSTALLATION",
    "INVENTORY",
    "SECRET",
  ],
  ...["METRIC", "MIGRATION", "PLAN", "REHEARSAL", "RUNBOOK", "SELECTION", "STAGE", "STAGE_RECORD", "STAGES", "TESTING"],
  "WAVE",
];
/** The subjects that codes begin with. Environment variables and AWS's own constants begin with none of them. */
const subjects = [...rooms, ...[...parts, ...patterns].flatMap(({ errors }) => errors)];
const SUBJECT = new RegExp(`^(?:${subjects.join("|")})(?:_|$)`);

describe("error codes", () => {
  const codes = new Set(
    sources(path.join(__dirname, "../lib"))
      // A code in a comment is documentation.
      .map((text) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, ""))
      .flatMap((text) => [...text.matchAll(CODE)].map((match) => match[1] ?? ""))
      // What `parseProps` is given for all props has the name of the prop instead; the generated shapes are tried in test/props.
      .filter((code) => SUBJECT.test(code) && !code.endsWith("_PROPS")),
  );
  const tests = sources(__dirname).join("\n");

  it("are found", () => {
    expect(codes.size).toBeGreaterThan(80);
  });

  it("each begin with a subject that is known here", () => {
    const thrown = sources(path.join(__dirname, "../lib")).flatMap((text) =>
      [...text.matchAll(/(?:\bcode: |parseProps\([^,()]+, )"([A-Z][A-Z0-9_]+)"/g)].map((match) => match[1] ?? ""),
    );
    expect([...new Set(thrown)].filter((code) => !SUBJECT.test(code)).sort()).toEqual([]);
  });

  it("are each in a test", () => {
    expect([...codes].filter((code) => !tests.includes(code)).sort()).toEqual([]);
  });
});
