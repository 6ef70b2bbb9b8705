import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { stringify } from "yaml";
import { READY_AS_OF, readyChecklist, readyInventoryInput } from "../support/ready-assessment";
import { cli, temporaryFolder } from "./captured";

const { file, folder } = temporaryFolder();
const inventory = file("estate.yaml", stringify(readyInventoryInput));
const [web, ...others] = readyInventoryInput.servers ?? [];
const faulty = file(
  "faulty.yaml",
  stringify({ ...readyInventoryInput, servers: [{ ...web!, powerState: "suspended" }, ...others] }),
);
const checklist = file("checklist.yaml", stringify(readyChecklist));
const unanswered = file(
  "unanswered.yaml",
  stringify({
    ...readyChecklist,
    assess_compatibility: { ...readyChecklist.assess_compatibility, runtime_dependencies: "unknown" },
  }),
);
const waivers = file(
  "waivers.yaml",
  stringify([
    { rule: "server-suspended", reason: "it is replaced before the cutover", approvedBy: "Ada", expires: "2026-02-01" },
  ]),
);
const given = (estate: string, answers = checklist) => ["assess", "-i", estate, "-c", answers, "--as-of", READY_AS_OF];

describe("assess", () => {
  it("exits with 0 where the migration is ready", async () => {
    const { status, stdout, stderr } = await cli(given(inventory));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^READY nothing blocks this migration\n/);
  });

  it("exits with 1 where it is blocked, and says what, why and the remedy", async () => {
    const { status, stdout, stderr } = await cli(given(faulty));
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^BLOCKED /);
    expect(stdout).toMatch(/server-suspended\n +why: [\s\S]*remedy: [\s\S]*- web-01: it is suspended/);
  });

  it("exits with 1 where a question is unanswered", async () => {
    const { status, stdout } = await cli(given(inventory, unanswered));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^INCOMPLETE /);
    expect(stdout).toContain("unanswered.yaml:");
  });

  it("takes waivers, keeps the finding in the report, and holds them to their last day", async () => {
    const waived = await cli([...given(faulty), "--waivers", waivers]);
    expect(waived.status).toBe(0);
    expect(waived.stdout).toContain("waived by Ada until 2026-02-01: it is replaced before the cutover");
    const later = await cli([...given(faulty).slice(0, -1), "2026-02-02", "--waivers", waivers]);
    expect(later.status).toBe(1);
    expect(later.stdout).toContain("waiver-expired");
  });

  it("takes inventory files without an option too, as a shell expands them", async () => {
    const { status } = await cli([
      "assess",
      "--inventory",
      inventory,
      inventory,
      "-c",
      checklist,
      "--as-of",
      READY_AS_OF,
    ]);
    expect(status).toBe(0);
  });

  it.each([
    ["json", /^\{\n {2}"verdict": "blocked",/],
    ["markdown", /^# Migration assessment: BLOCKED\n/],
    ["sarif", /"level": "error"/],
    ["junit", /<failure type="server-suspended"/],
  ])("has the format %s, with the same exit status", async (format, part) => {
    const { status, stdout } = await cli([...given(faulty), "--format", format]);
    expect(status).toBe(1);
    expect(stdout).toMatch(part);
  });

  it("writes the report to a file and sums it up on standard error", async () => {
    const { status, stdout, stderr } = await cli([...given(faulty), "-f", "junit", "-o", file("report.xml")]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(
      /^assessment: BLOCKED, [\s\S]*blocked by server-suspended: web-01\n {2}full report: .*report\.xml\n$/,
    );
    expect(readFileSync(file("report.xml"), "utf8")).toMatch(/^<\?xml /);
  });

  it.each([
    ["a checklist that is not there", ["-c", "no-such.yaml"], /\[CLI_INPUT_FILE\] --checklist: .*no such file/],
    ["a folder for a checklist", ["-c", folder], /\[CLI_INPUT_FILE\] --checklist: .*neither a folder nor a device/],
    ["a device for waivers", ["-c", checklist, "-w", "/dev/null"], /\[CLI_INPUT_FILE\] --waivers: .*neither a folder/],
    ["an inventory for a checklist", ["-c", inventory], /\[CHECKLIST_INVALID\] .*estate\.yaml:1/],
    ["a checklist for waivers", ["-c", checklist, "-w", checklist], /\[ASSESSMENT_WAIVER_INVALID\] .*checklist\.yaml/],
  ])("refuses %s on one line and exits with 2", async (_what, args, message) => {
    const { status, stdout, stderr } = await cli(["assess", inventory, ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain("\n");
  });

  it("refuses a checklist for an inventory, with a line for each reader below, and exits with 2", async () => {
    const { status, stdout, stderr } = await cli(["assess", inventory, "-c", checklist, checklist]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^migration-patterns: \[INVENTORY_FORMAT_UNKNOWN\] .*checklist\.yaml/);
    expect(
      stderr
        .trimEnd()
        .split("\n")
        .slice(1)
        .filter((line) => !line.startsWith("  ")),
    ).toEqual([]);
  });
});
