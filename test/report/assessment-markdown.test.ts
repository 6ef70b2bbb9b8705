import { describe, expect, it } from "@jest/globals";
import { assessmentMarkdown, inventoryMarkdown } from "../../lib/report/assessment-markdown";
import { blocker, finding, reported } from "./reported";

describe("assessmentMarkdown", () => {
  const markdown = assessmentMarkdown(reported());

  it("has the verdict as its title, blockers open and the rest folded", () => {
    expect(markdown).toMatch(/^# Migration assessment: BLOCKED\n/);
    expect(markdown.indexOf("## Blockers (1)")).toBeLessThan(markdown.indexOf("<details>"));
    expect(markdown.match(/<details>/g)).toHaveLength(3);
    expect(markdown.match(/<\/details>/g)).toHaveLength(3);
  });

  it("gives place, remedy and waiver", () => {
    expect(markdown).toContain('`estate.xlsx, sheet vDisk, row 12, column "Capacity MiB"`');
    expect(markdown).toContain("**Remedy:** ask the owner.");
    expect(markdown).toContain("the volume is split before the cutover (Ada, until 2026-12-31)");
  });

  it("keeps every row of a table in its columns, whatever the names hold", () => {
    const widths = (line: string) => line.replaceAll("\\|", "").split("|").length;
    const rows = markdown.split("\n").filter((line) => line.startsWith("|"));
    for (const [index, row] of rows.entries()) {
      if (row.startsWith("| ---")) expect(widths(rows[index + 1]!)).toBe(widths(row));
    }
    expect(markdown).toContain("``web\\|<b>`x`]]>&\\x1b[2J\\u202e``");
    expect(markdown).toContain("\\*message\\*\\\\nin two lines");
  });

  it("has a column of remedies only where they differ", () => {
    const findings = [blocker, { ...blocker, subject: "db03", remedy: "split the disk" }];
    expect(assessmentMarkdown(reported({ findings }))).toContain("| Subject | Finding | Place | Remedy |");
    expect(markdown).not.toContain("| Remedy |");
  });

  it("counts what is over the limit", () => {
    const findings = [1, 2, 3].map((n) => finding({ subject: `web0${n}` }));
    expect(assessmentMarkdown(reported({ findings }), { limit: 2 })).toContain("… and 1 more.");
  });
});

describe("inventoryMarkdown", () => {
  it("has the numbers and the operating systems", () => {
    const markdown = inventoryMarkdown(reported().inventory);
    expect(markdown).toContain("# Inventory of `estate.xlsx`");
    expect(markdown).toContain("| Debian 12 | 1 |");
  });
});
