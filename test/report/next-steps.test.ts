import { describe, expect, it } from "@jest/globals";
import { assess } from "../../lib/assessment/assessment";
import type { Finding } from "../../lib/core/finding";
import { defineInventory } from "../../lib/inventory/define-inventory";
import { nextSteps, readinessSteps } from "../../lib/report/next-steps";
import { READY_AS_OF, readyAssessment, readyChecklist } from "../support/ready-assessment";

const server = (name: string, system: string, rest: object = {}) => ({
  name,
  powerState: "on" as const,
  os: system,
  cpus: 2,
  memoryMiB: 4096,
  disks: [{ name: "Hard disk 1", capacityMiB: 51_200 }],
  ...rest,
});

const OLD = "Microsoft Windows Server 2003 (64-bit)";

function assessed(servers: readonly object[], checklist: object = {}) {
  const inventory = defineInventory({
    servers: servers.map((each) => {
      const { os, ...rest } = each as ReturnType<typeof server>;
      return { ...rest, os: os === "" ? { family: "unknown" } : { family: "windows", name: os, version: "2003" } };
    }),
  });
  return assess(inventory, { ...readyChecklist, ...checklist }, [], { asOf: READY_AS_OF });
}

describe("the steps to readiness", () => {
  it("come in the order of the servers that they hold", () => {
    const steps = readinessSteps(assessed([server("a", OLD), server("b", OLD), server("c", "")]));
    const held = steps.map(({ servers }) => servers);
    expect(held).toEqual([...held].sort((a, b) => b - a));
    expect(steps.find(({ rule }) => rule === "os-past-end-of-support")).toMatchObject({ servers: 2, holdsAll: false });
    expect(steps.find(({ rule }) => rule === "os-unknown")).toMatchObject({ servers: 1, holdsAll: false });
  });

  it("put first what holds every server: a question that nobody has answered", () => {
    const { assess_compatibility: compatibility } = readyChecklist;
    const assessment = assessed([server("a", OLD), server("b", OLD)], {
      assess_compatibility: { ...compatibility, license_requirements: "unknown" },
    });
    const [first] = readinessSteps(assessment);
    expect(first).toMatchObject({ rule: "checklist-unanswered", servers: 2, holdsAll: true });
    expect(nextSteps(assessment)).toContain("1. checklist-unanswered, holds all 2 servers\n");
  });

  it("count the servers that share a name, and not all of them", () => {
    const twins = [server("a", "x", { fqdn: "same.example" }), server("b", "x", { fqdn: "same.example" })];
    const steps = readinessSteps(assessed([...twins, server("c", "x")]));
    expect(steps.find(({ rule }) => rule === "duplicate-hostname")).toMatchObject({ servers: 2, holdsAll: false });
  });

  it("count a server that stays, or that the inventory does not list any more, as one and not as all", () => {
    const assessment = assessed([server("a", "x"), server("b", "x"), server("c", "x", { strategy: "retire" })]);
    const blocker = (rule: string, subject: string): Finding => ({
      ...{ rule, severity: "blocker", subject, message: "it is missed", why: "it is used", remedy: "put it back" },
    });
    const findings = [blocker("dependency-on-retired-server", "c"), blocker("estate-server-gone", "gone-01")];
    expect(readinessSteps(assessment, findings)).toMatchObject([
      { rule: "dependency-on-retired-server", servers: 1, holdsAll: false },
      { rule: "estate-server-gone", servers: 1, holdsAll: false },
    ]);
    expect(nextSteps(assessment, { findings })).toContain("2. estate-server-gone, holds 1 server\n");
  });

  it("are none where nothing blocks", () => {
    expect(readinessSteps(readyAssessment())).toEqual([]);
    expect(nextSteps(readyAssessment())).toMatch(/^assessment: READY, /);
  });
});

describe("the next steps as text", () => {
  const finding = (subject: string, message: string, rest: Partial<Finding> = {}): Finding => ({
    rule: "fleet-image",
    severity: "blocker",
    subject,
    message,
    why: "because",
    remedy: "name an image",
    ...rest,
  });

  it("says a message once for all its subjects, with the remedy that they share", () => {
    const text = nextSteps(assessed([server("a", OLD), server("b", OLD)]));
    expect(text).toMatch(/^assessment: BLOCKED, /);
    expect(text).toMatch(/\n {2}\d\. os-past-end-of-support, holds 2 servers\n {5}[A-Z][^\n]+/);
    expect(text.replace(/\s+/g, " ")).toContain("- a and b: support of Windows Server 2003 ended on 2015-07-14");
  });

  it("takes the findings of the whole plan, and calls it by its name", () => {
    const findings = Array.from({ length: 12 }, (_unused, index) => finding(`s${index}`, `no image for s${index}`));
    const text = nextSteps(readyAssessment(), { findings, limit: 3 });
    expect(text).toMatch(/^plan: BLOCKED, .*\n {2}12 blockers, /);
    expect(text).toContain("     - s2: no image for s2\n     - and 9 more");
  });

  it("puts a remedy beside its own blocker where they differ, and the place in the user's file", () => {
    const location = { file: "estate.csv", row: 7, path: "servers[6]" };
    const findings = [finding("a", "one", { location }), finding("b", "two", { remedy: "name another" })];
    const text = nextSteps(readyAssessment(), { findings });
    expect(text).toContain("- a: one (estate.csv, row 7); name an image\n");
    expect(text).toContain("- b: two; name another");
  });

  it("leaves out what is waived, and shows control characters instead of sending them", () => {
    const waived = { reason: "accepted", approvedBy: "x", expires: "2030-01-01" };
    const findings = [finding("a\u001b[2J", "x\n::error::planted"), finding("b", "gone", { waived })];
    const text = nextSteps(readyAssessment(), { findings });
    expect(text).toContain("- a\\x1b[2J: x\\n::error::planted");
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toContain("gone");
  });

  it("keeps to the width that is asked for", () => {
    const text = nextSteps(assessed([server("a", OLD), server("b", "")]), { width: 60 });
    expect(
      text
        .split("\n")
        .slice(4)
        .filter((line) => line.length > 60),
    ).toEqual([]);
  });
});
