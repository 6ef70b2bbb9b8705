import { spawnSync } from "node:child_process";
import { describe, expect, it } from "@jest/globals";
import { shellWord } from "../../lib/core/shell";

describe("a word of a shell", () => {
  // A real shell is asked: what it passes on is the text itself.
  it.each([
    "",
    "wave-1/web:p95",
    "two words",
    'it\'s $(touch /nowhere/x) `id` $HOME "q" \\',
    "a;b&c|d>e<f(g){h}*?[i]~#!",
    "line\nline\ttab",
    "-n",
    "größe €",
  ])("%j arrives as it is", (text) => {
    const { stdout, stderr } = spawnSync("sh", ["-c", `printf %s ${shellWord(text)}`], { encoding: "utf8" });
    expect({ stdout, stderr }).toEqual({ stdout: text, stderr: "" });
  });

  it("is quoted only where it must be", () => {
    expect(shellWord("arn:aws:sns:eu-central-1:123456789012:a,b+c@d%e=f")).not.toContain("'");
  });
});
