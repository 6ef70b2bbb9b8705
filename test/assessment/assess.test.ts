import { describe, expect, it } from "@jest/globals";
import { assess, Assessment } from "../../lib/assessment/assessment";
import { unanswered } from "../../lib/assessment/checklist/answer";
import { assessmentRules } from "../../lib/assessment/rules/all";
import type { AssessmentSubject } from "../../lib/assessment/subject";
import { MigrationError } from "../../lib/core/error";
import { isBlocking } from "../../lib/core/finding";
import { defineRule } from "../../lib/core/rule";
import type { Waiver } from "../../lib/core/waiver";
import { inventorySchema } from "../../lib/inventory/model";
import { rowSkipped, sheetUnreadable } from "../../lib/inventory/reader-rules";
import {
  READY_AS_OF,
  readyAssessment,
  readyChecklist,
  readyInventory,
  readyInventoryInput,
} from "../support/ready-assessment";
import { aServer, checklistWith, type ServerInput } from "./fixture";

const waiver = { reason: "accepted for the test's sake", approvedBy: "tester", expires: "2026-12-31" };

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof MigrationError ? error.code : String(error);
  }
  return undefined;
}

describe("the verdict", () => {
  it("is ready where nothing blocks", () => {
    const assessment = readyAssessment();
    expect(assessment.findings).toEqual([]);
    expect(assessment.verdict).toBe("ready");
    expect(assessment.asOf).toBe(READY_AS_OF);
  });

  it("is incomplete where all that blocks is unanswered", () => {
    const checklist = checklistWith({
      dependencies: { file_system_dependencies: unanswered() },
      compatibility: { license_requirements: null },
    });
    const assessment = readyAssessment({ checklist });
    expect(assessment.verdict).toBe("incomplete");
    expect(assessment.findings.filter(isBlocking).map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
      "checklist-unanswered assess_compatibility.license_requirements",
      "checklist-unanswered identify_dependencies.file_system_dependencies",
    ]);
  });

  it("is blocked as soon as something is wrong as well", () => {
    const checklist = checklistWith({ dependencies: { file_system_dependencies: unanswered() } });
    const inventory = { servers: [aServer({ powerState: "suspended" })], databases: [], flows: [] };
    expect(readyAssessment({ checklist, inventory }).verdict).toBe("blocked");
  });

  it("is ready for a migration of networks alone, once the inventory's items are answered with none", () => {
    const none = { none: "only networks are connected, no server moves" };
    const empty = inventorySchema.parse({});
    const network = checklistWith({ dependencies: { database_connections: none } });
    expect(assess(empty, network, [], { asOf: READY_AS_OF }).verdict).toBe("incomplete");
    const complete = checklistWith({
      infrastructure: { servers_and_specifications: none, storage_requirements: none },
      dependencies: { database_connections: none },
      compatibility: { operating_system_versions: none, runtime_dependencies: none, license_requirements: none },
    });
    expect(assess(empty, complete, [], { asOf: READY_AS_OF }).findings).toEqual([]);
  });
});

describe("an assessment", () => {
  it("can only be made by assess()", () => {
    // @ts-expect-error the constructor is private
    expect(typeof new Assessment({})).toBe("object");
    const { verdict, findings, waivers, deferredWaivers, asOf, inventory, checklist, evidence } = readyAssessment();
    const same = { verdict, findings, waivers, deferredWaivers, asOf, inventory, checklist, evidence };
    const use = (assessment: Assessment) => Assessment.isAssessment(assessment);
    // @ts-expect-error an object with the same properties is none
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- which is what is tested
    expect(use(same)).toBe(false);
    expect(use(readyAssessment())).toBe(true);
  });

  it("gives its findings in a fixed order, heaviest first", () => {
    const inventory = {
      servers: [
        aServer({ name: "b", fqdn: undefined, powerState: "suspended", nics: [] }),
        aServer({ name: "a", fqdn: undefined, powerState: "suspended", nics: [], snapshots: [{}] }),
      ],
      databases: [],
      flows: [],
    };
    const { findings } = readyAssessment({
      inventory,
      checklist: checklistWith({
        dependencies: { database_connections: { none: "there is no database here" } },
        compatibility: {
          runtime_dependencies: { none: "there is no runtime here" },
          license_requirements: [{ product: "RHEL", model: "subscription", servers: ["a", "b"], evidence: "order 1" }],
        },
      }),
    });
    expect(findings.map(({ severity, rule, subject }) => `${severity} ${rule} ${subject}`)).toEqual([
      "blocker server-suspended a",
      "blocker server-suspended b",
      "warning snapshots-present a",
    ]);
  });

  it("puts the checklist's decisions into the inventory, and leaves the given one as it is", () => {
    const given = readyInventory();
    const assessment = assess(
      given,
      checklistWith({
        infrastructure: {
          servers_and_specifications: [
            { server: "web-01.example.internal", strategy: "retire", reason: "replaced by a CDN" },
            { server: "app-01", wave: "wave-2", memoryMiB: 8192, tenancy: "dedicated-host", instanceType: "m7i.large" },
          ],
        },
      }),
      [],
      { asOf: READY_AS_OF },
    );
    const [web, app] = assessment.inventory.servers;
    expect(web?.strategy).toBe("retire");
    expect(app).toMatchObject({ wave: "wave-2", memoryMiB: 8192, cpus: 4 });
    expect(app?.target).toEqual({
      tenancy: "dedicated-host",
      instanceType: "m7i.large",
      subnetIds: [],
      securityGroupIds: [],
    });
    expect(given.servers[0]?.strategy).toBe("rehost");
  });

  it("carries what the reader found, without the waivers of an earlier run", () => {
    const { id: rule, severity, why, remedy } = sheetUnreadable;
    const finding = { rule, severity, why, remedy, subject: "vDisk", message: "the sheet is damaged" };
    const assessment = readyAssessment({ inventory: { findings: [{ ...finding, waived: waiver }] } });
    expect(assessment.findings).toEqual([finding]);
    expect(assessment.verdict).toBe("blocked");
  });

  it("looks only at servers that migrate", () => {
    const wrong: Partial<ServerInput> = { powerState: "suspended", snapshots: [{}], os: { family: "unknown" } };
    const servers = [
      ...readyInventoryInput.servers!,
      aServer({ ...wrong, name: "template", fqdn: undefined, nics: [], template: true }),
      aServer({ ...wrong, name: "placeholder", fqdn: undefined, nics: [], placeholder: true }),
      aServer({ ...wrong, name: "retired", fqdn: undefined, nics: [], strategy: "retire" }),
      aServer({ ...wrong, name: "retained", fqdn: undefined, nics: [], strategy: "retain" }),
    ];
    expect(readyAssessment({ inventory: { servers } }).findings).toEqual([]);
  });

  it("refuses a day that does not exist", () => {
    expect(codeOf(() => readyAssessment({ asOf: "2026-02-30" }))).toBe("ASSESSMENT_AS_OF");
  });

  it("asks for today where no day is given", () => {
    expect(assess(readyInventory(), readyChecklist).asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe("waivers", () => {
  const inventory = { servers: [aServer({ powerState: "suspended" }), ...readyInventoryInput.servers!.slice(1)] };

  it("let a blocker pass, and stay visible", () => {
    const assessment = readyAssessment({
      inventory,
      waivers: [{ ...waiver, rule: "server-suspended", subject: "web-01" }],
    });
    expect(assessment.verdict).toBe("ready");
    expect(assessment.findings.map(({ rule, waived }) => [rule, waived?.approvedBy])).toEqual([
      ["server-suspended", "tester"],
    ]);
  });

  it("that have expired cover nothing, and are reported", () => {
    const assessment = readyAssessment({
      inventory,
      waivers: [{ ...waiver, rule: "server-suspended", expires: "2025-12-31" }],
    });
    expect(assessment.verdict).toBe("blocked");
    expect(assessment.findings.map(({ rule }) => rule)).toEqual(["server-suspended", "waiver-expired"]);
  });

  it("that cover nothing are reported where assess() runs the rule, and deferred where it does not", () => {
    const ofConstruct = { ...waiver, rule: "open-to-the-world" };
    const assessment = readyAssessment({
      waivers: [
        { ...waiver, rule: "server-suspended" },
        { ...waiver, rule: rowSkipped.id },
        ofConstruct,
        { ...ofConstruct, expires: "2025-12-31" },
      ],
    });
    expect(assessment.findings.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
      "waiver-expired open-to-the-world",
      "waiver-unused inventory-row-skipped",
      "waiver-unused server-suspended",
    ]);
    expect(assessment.deferredWaivers).toEqual([ofConstruct]);
    expect(assessment.waivers).toHaveLength(4);
  });

  it("are refused with their place where they are malformed", () => {
    const location = { file: "waivers.yaml", line: 3 };
    const run = () => readyAssessment({ waivers: [{ ...waiver, rule: "x", reason: "short", location }] });
    expect(codeOf(run)).toBe("ASSESSMENT_WAIVER_INVALID");
    expect(run).toThrow(/waivers\.yaml:3/);
  });
});

describe("rules of one's own", () => {
  const description = {
    id: "acme-backup-tag",
    title: "A server has no backup tag",
    severity: "blocker",
    why: "what is not backed up before the move cannot be restored after it",
    remedy: "set the tag, or waive this",
    *check({ servers }: AssessmentSubject) {
      for (const { name, tags } of servers) if (tags.backup === undefined) yield { subject: name, message: "no tag" };
    },
  } as const;
  const backedUp = defineRule<AssessmentSubject>(description);
  const rules = [backedUp];
  const run = (...waivers: Waiver[]) => assess(readyInventory(), readyChecklist, waivers, { asOf: READY_AS_OF, rules });

  it("block like those of the library", () => {
    const { verdict, findings } = run();
    expect(verdict).toBe("blocked");
    expect(findings.map(({ rule }) => rule)).toContain("acme-backup-tag");
  });

  it("are waived, and their waivers judged, with the assessment", () => {
    const covers = { ...waiver, rule: backedUp.id };
    expect(run(covers).verdict).toBe("ready");
    expect(run(covers).deferredWaivers).toEqual([]);
    expect(run({ ...covers, subject: "nobody" }).findings.map(({ rule }) => rule)).toContain("waiver-unused");
  });

  it("are refused under an id that is taken", () => {
    const named = (id: string) => [defineRule<AssessmentSubject>({ ...description, id })];
    for (const taken of [named("server-suspended"), named(rowSkipped.id), named("rule-failed"), [backedUp, backedUp]]) {
      expect(codeOf(() => assess(readyInventory(), readyChecklist, [], { rules: taken }))).toBe("ASSESSMENT_RULE_ID");
    }
  });
});

describe("the rules of the assessment", () => {
  it("have unique kebab-case ids and sentences without a final period", () => {
    const ids = assessmentRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const rule of assessmentRules) {
      expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const text of [rule.title, rule.why, rule.remedy]) expect(text).not.toMatch(/\.$/);
    }
  });

  it("find nothing in an estate that is ready", () => {
    expect(readyAssessment().findings).toEqual([]);
  });
});
