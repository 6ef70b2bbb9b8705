import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { allRules, ruleFamilies } from "../../lib/plan/all-rules";
import { rulesJson, rulesMarkdown, rulesText } from "../../lib/report/rules-table";

const lib = path.join(__dirname, "../../lib");

describe("the list of all rules", () => {
  it("has no id twice", () => {
    const ids = allRules.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(allRules.map((rule) => [rule.id, rule] as const))(
    "describes %s in sentences of the house's form",
    (id, rule) => {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const text of [rule.title, rule.why, rule.remedy]) {
        expect(text).not.toMatch(/\.$|^\s|\s$|\n/);
        expect(text.length).toBeGreaterThan(5);
      }
    },
  );

  it("leaves out no rule that is declared anywhere in the library", () => {
    const declared = readdirSync(lib, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.startsWith("report") && name !== path.join("core", "rule.ts"))
      .flatMap((name) => {
        const source = readFileSync(path.join(lib, name), "utf8");
        // A description is known by its id, title and severity; comments are left out.
        const code = source.replace(/\/\*\*[\s\S]*?\*\//g, "");
        return [...code.matchAll(/\bid: "([a-z0-9-]+)",\s+title:[\s\S]{1,300}?\bseverity:/g)].map(([, id]) => id);
      });
    expect(declared.length).toBeGreaterThan(120);
    expect(declared.filter((id) => !allRules.some((rule) => rule.id === id))).toEqual([]);
  });
});

describe("the table of rules", () => {
  it("has every rule in every format", () => {
    const formats = [rulesText(ruleFamilies), rulesMarkdown(ruleFamilies), rulesJson(ruleFamilies)];
    for (const { id } of allRules) for (const text of formats) expect(text).toContain(id);
    expect(JSON.parse(rulesJson(ruleFamilies))).toHaveLength(allRules.length);
  });

  it("keeps to the width", () => {
    const lines = rulesText(ruleFamilies, { width: 70 }).split("\n");
    expect(lines.filter((line) => line.startsWith("    ") && line.length > 70)).toEqual([]);
  });
});
