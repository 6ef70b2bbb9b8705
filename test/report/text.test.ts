import { describe, expect, it } from "@jest/globals";
import { inventorySchema } from "../../lib/inventory/model";
import { assessmentText } from "../../lib/report/assessment-text";
import { inventoryText } from "../../lib/report/inventory-text";
import { formatMiB } from "../../lib/report/inventory-facts";
import { printable } from "../../lib/core/printable";
import { summarize } from "../../lib/report/summarize";
import { wrap } from "../../lib/report/text-layout";
import { blocker, clean, finding, reported } from "./reported";

const ESCAPE = "\u001b";

describe("assessmentText", () => {
  const text = assessmentText(reported());
  const lines = text.split("\n");

  it("says the verdict first, then the counts, the servers and the day", () => {
    expect(lines[0]).toMatch(/^BLOCKED /);
    expect(lines.slice(1, 4)).toEqual([
      "1 blocker, 2 warnings, 1 note, 1 waived",
      "2 servers (1 on, 1 off), 1 template, 1 placeholder from estate.xlsx",
      "as of 2026-11-22",
    ]);
  });

  it("lists blockers, warnings, notes and waived findings in that order", () => {
    const headings = lines.filter((line) => /^\S.*\(\d+\)$/.test(line));
    expect(headings).toEqual(["Blockers (1)", "Warnings (2)", "Notes (1)", "Waived (1)", "Checklist (1)"]);
  });

  it("gives every finding its place, its remedy and its waiver", () => {
    expect(text).toContain('at estate.xlsx, sheet vDisk, row 12, column "Capacity MiB"');
    expect(text).toContain("remedy: ask the owner");
    expect(text).toContain("waived by Ada until 2026-12-31: the volume is split before the cutover");
  });

  it("prints a remedy beside each finding where they differ", () => {
    const findings = [blocker, { ...blocker, subject: "db03", remedy: "split the disk" }];
    const own = assessmentText(reported({ findings })).split("\n");
    expect(own.filter((line) => line.startsWith("      remedy: "))).toHaveLength(2);
  });

  it("shows what a file has put into a name instead of obeying it", () => {
    expect(text).not.toContain(ESCAPE);
    expect(text).toContain("\\x1b[2J\\u202e");
    expect(text).toContain("in two lines\\x00");
  });

  it("colours only when told to, and the same text", () => {
    const colored = assessmentText(reported(), { color: true });
    expect(colored).toContain(`${ESCAPE}[31m`);
    expect(colored.replaceAll(/\u001b\[\d+m/g, "")).toBe(text);
  });

  it("keeps to the width", () => {
    const narrow = assessmentText(reported(), { width: 60 }).split("\n").slice(4);
    expect(narrow.filter((line) => line.length > 60)).toEqual([]);
  });

  it("counts what is over the limit", () => {
    const findings = [1, 2, 3].map((n) => finding({ subject: `web0${n}` }));
    const limited = assessmentText(reported({ findings }), { limit: 1 });
    expect(limited).toContain("- and 2 more");
    expect(limited).not.toContain("web02");
  });

  it("is short where there is nothing to say", () => {
    expect(assessmentText({ ...clean(), evidence: [] }).split("\n")).toHaveLength(5);
  });
});

describe("inventoryText", () => {
  it("counts servers without templates and placeholders, and says what was wrong", () => {
    const { inventory } = reported();
    const text = inventoryText({ ...inventory, findings: [finding({ rule: "inventory-row-skipped" })] });
    expect(text).toContain("Inventory of estate.xlsx (rvtools)");
    expect(text).toMatch(/servers +2 servers \(1 on, 1 off\), 1 template, 1 placeholder/);
    expect(text).toMatch(/CPUs +2 \(of 1 of 2 servers\)\n {2}memory +4 GiB \(of 1 of 2 servers\)/);
    expect(text).toMatch(/1 {2}Debian 12\n {2}1 {2}not known/);
    expect(text).toContain("inventory-row-skipped");
  });
});

describe("what is not known", () => {
  it("is not said to be zero", () => {
    const servers = [{ name: "web01" }];
    const text = inventoryText(inventorySchema.parse({ servers }));
    expect(text).toMatch(/CPUs +not known\n {2}memory +not known\n {2}disks +not known/);
  });
});

describe("summarize", () => {
  it("has a line for each rule that warns, of the whole plan, where it is asked to", () => {
    const finding = (rule: string, subject: string, severity: "warning" | "info" = "warning") => ({
      ...{ rule, severity, subject, message: "it is odd", why: "it matters", remedy: "mend it" },
    });
    const waived = { ...finding("odd", "w"), waived: { reason: "known", approvedBy: "lead", expires: "2027-01-01" } };
    const findings = [finding("odd", "a"), finding("odd", "b"), finding("quiet", "c", "info"), waived];
    const warned = summarize(reported(), { findings, warnings: true }).split("\n");
    expect(warned.filter((line) => line.includes(" by "))).toEqual(["  warned by odd: a, b"]);
    expect(warned[1]).toMatch(/^ {2}2 warnings, 1 note, 1 waived, /);
    expect(summarize(reported(), { findings })).not.toContain("warned by");
  });

  it("is a few lines: the verdict, the counts, what blocks and where the report is", () => {
    expect(summarize(reported(), { report: "out/assessment.md" }).split("\n")).toEqual([
      "assessment: BLOCKED, the migration may not start until every blocker is remedied or waived",
      "  1 blocker, 2 warnings, 1 note, 1 waived, as of 2026-11-22",
      "  2 servers (1 on, 1 off), 1 template, 1 placeholder",
      "  blocked by disk-too-large: db01",
      "  full report: out/assessment.md",
    ]);
  });

  it("names five subjects of a rule and counts the others", () => {
    const findings = [1, 2, 3, 4, 5, 6, 7].map((n) => ({ ...blocker, subject: `db0${n}` }));
    expect(summarize(reported({ findings }))).toContain("db01, db02, db03, db04, db05 and 2 others");
  });

  it("says that nothing blocks", () => {
    expect(summarize(clean())).toContain("READY, nothing blocks this migration\n  no findings");
  });
});

describe("the layout", () => {
  it("never breaks a word, and indents what follows", () => {
    expect(wrap("a /very/long/path/indeed b", 10, "- ", "  ")).toEqual(["- a", "  /very/long/path/indeed", "  b"]);
  });

  it.each([
    [0, "0 MiB"],
    [1023, "1023 MiB"],
    [1536, "1.5 GiB"],
    [1_048_576, "1 TiB"],
  ])("says %d MiB as %s", (size, text) => {
    expect(formatMiB(size)).toBe(text);
  });

  it("makes a lone surrogate visible and leaves a whole pair", () => {
    expect(printable("\ud83d\ude80 \ud83d")).toBe("\ud83d\ude80 \\ud83d");
  });
});
