import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, lstatSync, chmodSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { deliver } from "../../lib/cli/write-output";
import { ProgressLine } from "../../lib/cli/progress";
import { colorOf, widthOf } from "../../lib/cli/terminal";
import { thrown } from "../support/thrown";
import { captured, temporaryFolder } from "./captured";

describe("colours", () => {
  it.each([
    ["on a terminal", true, {}, false, true],
    ["not in a pipe", false, {}, false, false],
    ["not with --no-color", true, { FORCE_COLOR: "1" }, true, false],
    ["not with NO_COLOR", true, { NO_COLOR: "1" }, false, false],
    ["with an empty NO_COLOR", true, { NO_COLOR: "" }, false, true],
    ["in a pipe with FORCE_COLOR", false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
    ["not with FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, false, false],
    ["not on a dumb terminal", true, { TERM: "dumb" }, false, false],
  ])("%s", (_what, tty, env, noColor, expected) => {
    expect(colorOf(captured({ tty, env }), noColor)).toBe(expected);
  });
});

describe("the width", () => {
  it.each([
    ["is the terminal's", true, {}, 80],
    ["is 100 in a pipe", false, {}, 100],
    ["is COLUMNS in a pipe", false, { COLUMNS: "70" }, 70],
    ["is never so small that nothing fits", false, { COLUMNS: "3" }, 40],
    ["is never so large that nobody can read it", false, { COLUMNS: "400" }, 120],
    ["ignores a COLUMNS that is none", false, { COLUMNS: "wide" }, 100],
  ])("%s", (_what, tty, env, expected) => {
    expect(widthOf(captured({ tty, env }))).toBe(expected);
  });
});

describe("the progress line", () => {
  const step = { what: "vInfo", done: 500, total: 9000 };

  it("is not there where standard error is no terminal", () => {
    expect(new ProgressLine(captured()).callback).toBeUndefined();
  });

  it("is one line that comes after a while, is not rewritten at every row, and goes away", () => {
    let time = 0;
    const terminal = captured({ tty: true });
    const progress = new ProgressLine(terminal, () => time);
    progress.callback?.(step);
    expect(terminal.stderr.text).toBe("");
    time = 200;
    progress.callback?.(step);
    progress.callback?.(step);
    progress.end();
    expect(terminal.stderr.text).toBe("\rreading vInfo: 500 of 9000 rows\u001b[K\r\u001b[K");
    expect(terminal.stdout.text).toBe("");
  });

  it("names what is read before there are rows to count, on one line of the terminal", () => {
    let time = 0;
    const terminal = captured({ tty: true });
    const progress = new ProgressLine(terminal, () => time);
    time = 200;
    progress.callback?.({ what: "estate.xlsx, sheet vInfo", done: 0 });
    time = 400;
    progress.callback?.({ what: "x".repeat(200), done: 0 });
    const [, first = "", second = ""] = terminal.stderr.text.split("\r");
    expect(first).toBe("reading estate.xlsx, sheet vInfo\u001b[K");
    expect(second.replace("\u001b[K", "")).toHaveLength(79);
  });

  it("leaves no trace of a read that was short", () => {
    const terminal = captured({ tty: true });
    new ProgressLine(terminal, () => 0).end();
    expect(terminal.stderr.text).toBe("");
  });
});

describe("--output", () => {
  const { file, folder } = temporaryFolder();

  it("replaces a file whole, keeps its mode, and leaves nothing beside it", () => {
    mkdirSync(file("alone"));
    const target = file("alone/report.txt", "old");
    chmodSync(target, 0o640);
    deliver(captured(), target, "new");
    expect(readFileSync(target, "utf8")).toBe("new");
    expect(statSync(target).mode & 0o777).toBe(0o640);
    expect(readdirSync(path.dirname(target))).toEqual(["report.txt"]);
  });

  it("writes through a symbolic link", () => {
    const target = file("real.txt", "old");
    symlinkSync(target, file("link.txt"));
    deliver(captured(), file("link.txt"), "new");
    expect(lstatSync(file("link.txt")).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, "utf8")).toBe("new");
  });

  it("writes to a device and does not replace it", () => {
    deliver(captured(), "/dev/null", "gone");
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("refuses a folder, and a folder that is not there", () => {
    mkdirSync(file("folder"));
    const into = (target: string) =>
      thrown(() => {
        deliver(captured(), target, "x");
      }).code;
    expect(into(file("folder"))).toBe("CLI_OUTPUT");
    expect(into(path.join(folder, "missing", "report.txt"))).toBe("CLI_OUTPUT");
    expect(readdirSync(folder)).not.toContain("missing");
  });
});
