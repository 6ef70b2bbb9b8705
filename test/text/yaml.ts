/**
 * The reading of the YAML that we write by readers of YAML 1.1: the library of Kubernetes, in Go, and PyYAML. What they read is
 * what was written: every ambiguous text, and 3,000 made at random of the characters that mean something.
 */
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { writeYaml } from "../../lib/core/document/write-yaml";
import { ambiguousTexts } from "../support/yaml-texts";
import { expectThat, type Report } from "../vpn/report";
import { goProgram } from "./go-program";

/** Debian's own, which finds Debian's PyYAML whatever other Python the machine has. */
export const PYTHON = "/usr/bin/python3";
const PYYAML = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin.buffer.read().decode())))";

const RANDOM = 3000;
const SEED = 20_261_130;
const CHARACTERS = "yYnNoOfFeEsStTrul~=<01279xb_.:-+TZ aij#?&*!%@`\"'{[,|>\t\n\r\\\0\u001b\u007f\u0085\u2028\ufeffé😀";

/** Has both readers read the texts: as values of a list, and as keys. */
export async function readAsYaml(report: Report, folder: string): Promise<void> {
  const random = fc.sample(
    fc.array(fc.constantFrom(...Array.from(CHARACTERS)), { minLength: 1, maxLength: 5 }).map((each) => each.join("")),
    { seed: SEED, numRuns: RANDOM },
  );
  const texts = [...new Set([...ambiguousTexts, ...random])];
  const value = { list: texts, keys: Object.fromEntries(texts.map((text, index) => [text, index])) };
  const written = writeYaml(value);
  const readers: readonly (readonly [name: string, read: (text: string) => string])[] = [
    ["Kubernetes' YAML", goProgram("yaml", folder)],
    ["PyYAML", (text) => execFileSync(PYTHON, ["-c", PYYAML], { input: text, encoding: "utf8" })],
  ];
  for (const [name, read] of readers) {
    await report.check(name, "reads every text that was written, as a value and as a key", () => {
      const { list, keys } = JSON.parse(read(written)) as typeof value;
      texts.forEach((text, index) => {
        const found = `${JSON.stringify(text)} is read as ${JSON.stringify(list[index])}`;
        expectThat(list[index] === text && keys[text] === index, found);
      });
      return `${texts.length} texts`;
    });
    await report.check(name, "would read NO as something else where it is not quoted", () => {
      const { country } = JSON.parse(read("country: NO\n")) as { country: unknown };
      expectThat(country === false, `it is read as ${JSON.stringify(country)}`);
      return "false";
    });
  }
}
