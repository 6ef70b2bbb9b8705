/** What a file says about its servers, in a log that a CI service reads and in a pull request. */
import { describe, expect, it } from "@jest/globals";
import { stringify } from "yaml";
import { READY_AS_OF, readyChecklist } from "../support/ready-assessment";
import { cli, temporaryFolder } from "./captured";

const { file } = temporaryFolder();
const checklist = file("checklist.yaml", stringify(readyChecklist));

const hostile = [
  "::error file=main.ts::planted",
  "x ::add-mask::a y",
  "##[error]planted",
  "##vso[task.setvariable variable=a]b",
  "[planted](javascript:alert(1))",
  "@everybody https://planted.example www.planted.example",
  "x\n::error::planted",
];

const text = (value: string): string => JSON.stringify(value);
const estate = file(
  "estate.yaml",
  [
    "servers:",
    ...hostile.map(
      (name) =>
        `  - { name: ${text(name)}, application: ${text(name)}, environment: prod, cpus: 2, memoryMiB: 4096, os: ${text(name)} }`,
    ),
  ].join("\n"),
);

describe.each([
  ["assess", ["assess", "-i", estate, "-c", checklist, "--as-of", READY_AS_OF]],
  ["inventory", ["inventory", estate]],
  ["waves", ["waves", estate]],
])("%s", (_name, args) => {
  it.each(["text", "markdown"])("as %s has no command for a CI service in any line", async (format) => {
    const { stdout, stderr } = await cli([...args, "--format", format]);
    // Not every command has Markdown.
    if (stderr.includes("[CLI_OPTION_VALUE] --format")) return;
    expect(stdout).toContain("planted");
    for (const line of `${stdout}\n${stderr}`.split("\n")) {
      expect(line).not.toMatch(/^\s*::[a-z]/i);
      expect(line).not.toMatch(/##[a-z]*\[/);
    }
    if (format === "markdown") {
      const outside = stdout.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, "");
      expect(outside).not.toMatch(/@everybody|https:\/\/planted|www\.planted|[^\\]\]\(javascript/);
    }
  });
});
