import { describe, expect, it } from "@jest/globals";
import { commands } from "../../lib/cli/commands";
import { commonOptions } from "../../lib/cli/command-page";
import { readerTerms } from "../../lib/cli/pages/readers";
import { readers } from "../../lib/inventory/read-inventory";
import { run } from "../../lib/cli/run";
import { captured, cli } from "./captured";

const names = commands.map(({ page }) => page.name);

describe("help", () => {
  it.each([[["--help"]], [["-h"]], [["help"]], [["help", "help"]]])("lists the commands: %j", async (args) => {
    const { status, stdout, stderr } = await cli(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const name of names) expect(stdout).toMatch(new RegExp(`^    ${name} `, "m"));
  });

  it.each(names)("is a page for %s: every part, and every option with its default", async (name) => {
    const { status, stdout } = await cli(["help", name]);
    expect(status).toBe(0);
    const headings = stdout.split("\n").filter((line) => /^[A-Z ]+$/.test(line));
    expect(headings).toEqual(
      expect.arrayContaining(["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "EXAMPLES"]),
    );
    const { page } = commands.find((command) => command.page.name === name)!;
    for (const option of [...page.options, ...commonOptions]) expect(stdout).toContain(`--${option.name}`);
    expect(await cli([name, "--help"])).toEqual({ status: 0, stdout, stderr: "" });
  });

  it("keeps the paragraphs to the width of the terminal", async () => {
    const { stdout } = await cli(["help", "assess"], { tty: true, env: { NO_COLOR: "1" } });
    const [prose = ""] = stdout.split("EXAMPLES");
    expect(prose.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("names the formats that the readers read, as they do", () => {
    const byFormat = (a: readonly [string, string], b: readonly [string, string]) => (a[0] < b[0] ? -1 : 1);
    const titles = readers.map(({ format, title }) => [format, title] as const);
    expect([...readerTerms].sort(byFormat)).toEqual([...titles].sort(byFormat));
  });

  it("is ten lines on what to do first where no command is given, with commands that there are", async () => {
    const { status, stdout, stderr } = await cli([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.split("\n").length).toBeLessThanOrEqual(10);
    const called = [...stderr.matchAll(/ {2}migration-patterns ([a-z-]+)/g)].map(([, name]) => name);
    expect(called).toEqual(["inventory", "help", "init"]);
    expect(names).toEqual(expect.arrayContaining(called.filter((name) => name !== "help")));
  });

  it.each([[["--version"]], [["-V"]], [["rules", "--version"]]])("prints the version: %j", async (args) => {
    expect((await cli(args)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("a call that is wrong", () => {
  it.each([
    [["asess"], /^migration-patterns: \[CLI_UNKNOWN_COMMAND\] .*did you mean assess\?\n$/],
    [["help", "asess"], /^migration-patterns: \[CLI_UNKNOWN_COMMAND\] .*did you mean assess\?\n$/],
    [["transmogrify"], /^migration-patterns: \[CLI_UNKNOWN_COMMAND\] .*see migration-patterns --help\n$/],
    [["--hlep"], /^migration-patterns: \[CLI_UNKNOWN_OPTION\] .*did you mean --help\?\n$/],
    [["rules", "--fromat", "json"], /\[CLI_UNKNOWN_OPTION\] received "--fromat", did you mean --format\?\n$/],
    [["rules", "-x"], /\[CLI_UNKNOWN_OPTION\] received "-x", see migration-patterns help rules\n$/],
    [["rules", "--format", "jsno"], /\[CLI_OPTION_VALUE\] --format: .*did you mean json\?\n$/],
    [["rules", "--format", "pdf"], /\[CLI_OPTION_VALUE\] --format: .*text, json, markdown.*\n$/],
    [["rules", "--output", "--format", "json"], /\[CLI_OPTION_VALUE\] --output: received "--format", .*\n$/],
    [["rules", "--output"], /\[CLI_OPTION_VALUE\] --output: .*write --output FILE\n$/],
    [["rules", "--output="], /\[CLI_OPTION_VALUE\] --output: .*write --output FILE\n$/],
    [["rules", "-o", "a", "-o", "b"], /\[CLI_OPTION_VALUE\] --output: .*give --output once\n$/],
    [["rules", "--no-color=1"], /\[CLI_OPTION_VALUE\] --no-color: .*without a value\n$/],
    [["rules", "waiver-unusd"], /\[CLI_UNKNOWN_RULE\] .*did you mean waiver-unused\?\n$/],
    [["inventory"], /\[CLI_MISSING_ARGUMENT\] FILE: call it as: migration-patterns inventory .*\n$/],
    [["inventory", "x.csv", "--limit", "0"], /\[CLI_OPTION_VALUE\] --limit: received "0", .*\n$/],
    [
      ["inventory", "x.csv", "--reader", "migration-hubb"],
      /\[CLI_OPTION_VALUE\] --reader: .*did you mean migration-hub\?\n$/,
    ],
    [["inventory", "no-such-file.csv"], /\[INVENTORY_FILE_NOT_FOUND\] no-such-file\.csv: .*\n$/],
    [["schema"], /\[CLI_MISSING_ARGUMENT\] NAME, one of inventory, .*: call it as: .*\n$/],
    [["schema", "checklists"], /\[CLI_UNKNOWN_SCHEMA\] .*did you mean checklist\?\n$/],
    [["schema", "inventory", "waivers"], /\[CLI_UNEXPECTED_ARGUMENT\] received "waivers", .*\n$/],
    [["assess"], /\[CLI_MISSING_ARGUMENT\] --inventory: .*\n$/],
    [["assess", "-i", "x.csv"], /\[CLI_MISSING_ARGUMENT\] --checklist: .*\n$/],
    [
      ["assess", "-i", "x", "-c", "y", "--as-of", "2026-02-30"],
      /\[CLI_OPTION_VALUE\] --as-of: received "2026-02-30", .*\n$/,
    ],
  ])("%j says what is wrong on one line of standard error and exits with 2", async (args, message) => {
    const { status, stdout, stderr } = await cli(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain("\n");
  });

  it("shows the control characters of a file's name instead of sending them to the terminal", async () => {
    const { stderr } = await cli(["inventory", "no\u001b[2J\nsuch.csv"]);
    expect(stderr).toContain("no\\x1b[2J\\nsuch.csv");
    expect(stderr.match(/\n/g)).toHaveLength(1);
  });

  it("calls a fault of its own by that name, without a stack trace", async () => {
    const terminal = captured();
    const broken = {
      write: () => {
        throw new TypeError("x is not a function");
      },
    };
    expect(await run(["--version"], { ...terminal, stdout: broken })).toBe(2);
    expect(terminal.stderr.text).toMatch(/^migration-patterns: \[CLI_INTERNAL\] TypeError: x is not a function; .*\n$/);
  });

  it("shows a stack trace only where it is asked for", async () => {
    expect((await cli(["asess"])).stderr).not.toContain("    at ");
    expect((await cli(["asess"], { env: { MIGRATION_PATTERNS_DEBUG: "1" } })).stderr).toContain("    at ");
  });

  it.each([[["--no-color"]], [["--no-color", "--no-color"]]])(
    "prints the first steps for %j, which names no command",
    async (args) => {
      const { status, stdout, stderr } = await cli(args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toBe((await cli([])).stderr);
    },
  );

  it("takes --no-color before the command, however often", async () => {
    const { status, stdout } = await cli(["--no-color", "--no-color", "rules", "--no-color"]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: (await cli(["rules"])).stdout });
  });
});
