/** Each pattern has one page, and a reader who knows one finds the same on every other. The same of each part. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parts, patterns } from "../../lib/patterns/manifests";

const lib = path.join(__dirname, "../../lib");
const read = (page: string): string => readFileSync(path.join(lib, page), "utf8");
/** The parts of every pattern; those of one have a page below its own. */
const shared = parts.map(({ name }) => name).filter((name) => existsSync(path.join(lib, "parts", name)));
const headings = (page: string): string[] => [...page.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading);

/** Returns the section below a heading, up to the next one of its kind. */
function section(page: string, heading: RegExp): string {
  const sections = page.split(/^(?=## )/m);
  return sections.find((each) => heading.test(each.split("\n")[0] ?? "")) ?? "";
}

describe.each(patterns.map((pattern) => [pattern.profile.name, pattern] as const))(
  "the page of %s",
  (name, pattern) => {
    const page = read(`patterns/${pattern.profile.category}/${name}/README.md`);

    it("has every section, in one order", () => {
      const wanted = [
        "A complete example",
        "Stages and their reverse",
        "Pros and cons",
        "When to take something else",
        "Lessons learned",
        "What it creates",
        "What it costs",
        "Limits",
      ];
      expect(
        headings(page)
          .filter((heading) => wanted.includes(heading))
          .sort(),
      ).toEqual([...wanted].sort());
      expect(headings(page)[0]).toBe("A complete example");
    });

    it("says of it what the catalog says", () => {
      const { useCase, complexity = "", risk = "" } = pattern.profile;
      const cells = new RegExp(`^\\| *${useCase} *\\| *${complexity} *\\| *${risk} *\\|$`, "m");
      expect(page).toMatch(cells);
    });

    it("shows it before the first example, as a drawing", () => {
      expect(page.indexOf("```mermaid")).toBeGreaterThan(0);
      expect(page.indexOf("```mermaid")).toBeLessThan(page.indexOf("```ts"));
    });

    it("names each of its stages", () => {
      const stages = pattern.stages?.names ?? [];
      expect(stages.filter((stage) => !section(page, /^## Stages/).includes(`\`${stage}\``))).toEqual([]);
    });

    it("says where a price is from", () => {
      expect(section(page, /^## What it costs/)).toMatch(/\]\(https:\/\/aws\.amazon\.com\/[a-z0-9-]+\/pricing\//);
    });
  },
);

describe.each(shared)("the page of %s", (name) => {
  const page = read(`parts/${name}/README.md`);

  it("says where a price is from, and what the limits are", () => {
    expect(section(page, /^## Costs/)).toMatch(/\]\(https:\/\/aws\.amazon\.com\/[a-z0-9-]+\/pricing\//);
    expect(page).toMatch(/^(?:## )?Limits:?/m);
  });

  it("has an example before its costs", () => {
    expect(page.indexOf("```ts")).toBeGreaterThan(0);
    expect(page.indexOf("```ts")).toBeLessThan(page.indexOf("## Costs"));
  });
});
