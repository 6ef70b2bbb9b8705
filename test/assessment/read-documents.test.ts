import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { stringify } from "yaml";
import { assess } from "../../lib/assessment/assessment";
import { checklistJsonSchema, questionnaireJsonSchema, waiversJsonSchema } from "../../lib/assessment/json-schema";
import {
  attachQuestionnaire,
  readChecklist,
  readQuestionnaire,
  readWaivers,
} from "../../lib/assessment/read-documents";
import { MigrationError } from "../../lib/core/error";
import { READY_AS_OF, readyChecklist, readyInventory } from "../support/ready-assessment";
import { checklistWith } from "./fixture";

const file = (text: string, name = "checklist.yaml") => ({ name, bytes: new TextEncoder().encode(text) });

function errorOf(run: () => unknown): MigrationError {
  try {
    run();
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const questionnaire = {
  name: "Readiness",
  sections: [{ name: "General", questions: [{ text: "q1", answers: [{ text: "yes", risk: "green" }] }] }],
  thresholds: { red: 5, yellow: 30, unknown: 5 },
};

describe("readChecklist", () => {
  it.each([
    ["YAML", stringify(readyChecklist)],
    [
      "YAML with a byte-order mark and Windows line ends",
      `\uFEFF${stringify(readyChecklist).replaceAll("\n", "\r\n")}`,
    ],
    ["JSON", JSON.stringify(readyChecklist)],
  ])("reads %s into what TypeScript would have been given", (_, text) => {
    const assessment = assess(readyInventory(), readChecklist(file(text)), [], { asOf: READY_AS_OF });
    expect(assessment.verdict).toBe("ready");
    expect(assessment.checklist).toEqual(assess(readyInventory(), readyChecklist, [], { asOf: READY_AS_OF }).checklist);
  });

  it("makes findings say where in the file they are", () => {
    const text = stringify(
      checklistWith({ compatibility: { license_requirements: null, runtime_dependencies: "unknown" } }),
    );
    const lines = text.split("\n");
    const { findings, verdict } = assess(readyInventory(), readChecklist(file(text)), [], { asOf: READY_AS_OF });
    expect(verdict).toBe("incomplete");
    const item = findings.find(({ subject }) => subject === "assess_compatibility.license_requirements");
    expect(item?.location).toEqual({
      file: "checklist.yaml",
      line: lines.findIndex((line) => line.includes("license_requirements")) + 1,
      character: 3,
      path: "assess_compatibility.license_requirements",
    });
  });

  it("makes an overlap say where the target is declared", () => {
    const text = stringify(
      checklistWith({
        infrastructure: {
          network_configuration: {
            sources: [{ name: "data centre", cidr: "10.10.0.0/16" }],
            targets: [
              { name: "vpc a", cidr: "10.20.0.0/16" },
              { name: "vpc b", cidr: "10.10.8.0/22" },
            ],
          },
        },
      }),
    );
    const { findings } = assess(readyInventory(), readChecklist(file(text)), [], { asOf: READY_AS_OF });
    expect(findings.map(({ rule, location }) => `${rule} ${location?.path ?? ""}`)).toEqual([
      "network-overlap inventory_current_infrastructure.network_configuration.targets[1]",
    ]);
    expect(findings[0]?.location?.line).toBe(text.split("\n").findIndex((line) => line.includes("vpc b")) + 1);
  });

  it("refuses what does not fit with all faults, each with line, column and path", () => {
    const text = [
      "inventory_current_infrastructure:",
      "  network_configuration:",
      "    sources: [{ name: a, cidr: 10.0.0.5/8 }]",
      "    targets: [{ name: vpc, cidr: 10.20.0.0/16 }]",
      "  security_configurations: true",
      "identify_dependencies:",
      "  database_connections: []",
      "  external_service_integrations:",
      "    - name: payments",
      "      hosts: [pay.example.com]",
      "  file_system_dependencies: { none: no }",
    ].join("\n");
    const error = errorOf(() => readChecklist(file(text)));
    expect(error.code).toBe("CHECKLIST_INVALID");
    expect(error.path).toBe(
      "checklist.yaml:3:26 (inventory_current_infrastructure.network_configuration.sources[0].cidr)",
    );
    expect(error.message.split("; also ").slice(1)).toEqual([
      "checklist.yaml:5:3 (inventory_current_infrastructure.security_configurations): answer with evidence, with none and a reason, or with unknown",
      "checklist.yaml:7:3 (identify_dependencies.database_connections): an empty list is not an answer; list at least one entry, or answer none with the reason",
      "checklist.yaml:9:7 (identify_dependencies.external_service_integrations[0].owner): property 'owner' is missing; expected type string",
      "checklist.yaml:11:31 (identify_dependencies.file_system_dependencies.none): must have at least 10 characters",
      "checklist.yaml:1:1 (assess_compatibility): property 'assess_compatibility' is missing",
    ]);
  });

  it("tells of a misspelled item, and what is missing for it", () => {
    const { database_connections, ...rest } = readyChecklist.identify_dependencies;
    const text = stringify({
      ...readyChecklist,
      identify_dependencies: { ...rest, databaseConnections: database_connections },
    });
    const { message } = errorOf(() => readChecklist(file(text)));
    expect(message).toContain("property 'database_connections' is missing");
    expect(message).toContain('unrecognized key: "databaseConnections"');
  });

  it.each([
    ["an empty file", ""],
    ["a comment alone", "# nothing\n"],
    ["broken syntax", "a: [1, 2"],
    ["a key that is there twice", "a: 1\na: 2\n"],
    ["two documents", "a: 1\n---\nb: 2\n"],
    ["an alias without an anchor", "a: *b\n"],
    [
      "an alias bomb",
      [
        "n0: &n0 [x]",
        ...[1, 2, 3, 4, 5, 6, 7].map(
          (n) =>
            `n${n}: &n${n} [${Array(10)
              .fill(`*n${n - 1}`)
              .join()}]`,
        ),
      ].join("\n"),
    ],
  ])("refuses %s as unreadable", (_, text) => {
    expect(errorOf(() => readChecklist(file(text))).code).toBe("CHECKLIST_UNREADABLE");
  });

  it("says the line of a syntax error", () => {
    expect(errorOf(() => readChecklist(file("a: 1\nb: ]\n"))).path).toMatch(/^checklist\.yaml:2:\d+$/);
  });

  it("refuses what is not UTF-8, and what is too large", () => {
    expect(errorOf(() => readChecklist({ name: "c.yaml", bytes: Uint8Array.of(0x61, 0xff, 0xfe) })).message).toContain(
      "save the file as UTF-8",
    );
    const error = errorOf(() => readChecklist({ name: "c.yaml", bytes: new Uint8Array(17 * 1024 * 1024) }));
    expect(error.code).toBe("CHECKLIST_UNREADABLE");
  });

  it("counts faults beyond the first twenty", () => {
    const servers = Array.from({ length: 30 }, () => ({ name: "java" }));
    const text = stringify(checklistWith({ compatibility: { runtime_dependencies: servers as never } }));
    expect(errorOf(() => readChecklist(file(text))).message).toContain("; and 40 more");
  });

  it("ends in a coded error, whatever the bytes are", () => {
    const text = new TextEncoder().encode(stringify(readyChecklist));
    const mangled = fc
      .array(fc.tuple(fc.nat(text.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 })
      .map((edits) => {
        const bytes = Uint8Array.from(text);
        for (const [at, byte] of edits) bytes[at] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mangled), (bytes) => {
        for (const read of [readChecklist, readWaivers, readQuestionnaire]) {
          try {
            read({ name: "input", bytes });
          } catch (error) {
            expect(error).toBeInstanceOf(MigrationError);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("readWaivers", () => {
  const waiver = {
    rule: "snapshots-present",
    subject: "web-01",
    reason: "deleted before the cutover",
    approvedBy: "lead",
    expires: "2026-12-31",
  };

  it.each([
    ["a list", [waiver, { ...waiver, subject: "web-02" }], 6],
    ["an object", { waivers: [waiver, { ...waiver, subject: "web-02" }] }, 7],
  ])("reads %s, each with its place", (_, document, line) => {
    const waivers = readWaivers(file(stringify(document), "waivers.yaml"));
    expect(waivers[0]).toMatchObject(waiver);
    expect(waivers[1]?.location).toMatchObject({ file: "waivers.yaml", line });
  });

  it("refuses what does not fit with its place", () => {
    const error = errorOf(() => readWaivers(file(stringify([waiver, { ...waiver, expires: "soon" }]), "waivers.yaml")));
    expect(error.code).toBe("ASSESSMENT_WAIVER_INVALID");
    expect(error.message).toContain("waivers.yaml:10:3 ([1].expires): must be a calendar day, YYYY-MM-DD");
    expect(errorOf(() => readWaivers(file("waiver: []", "waivers.yaml"))).code).toBe("ASSESSMENT_WAIVER_INVALID");
    expect(errorOf(() => readWaivers(file("", "waivers.yaml"))).code).toBe("ASSESSMENT_WAIVERS_UNREADABLE");
  });
});

describe("readQuestionnaire", () => {
  it("reads it bare and in Konveyor's wrapper", () => {
    const bare = readQuestionnaire(file(stringify(questionnaire)));
    expect(bare).toMatchObject({ name: "Readiness", required: true, riskMessages: {} });
    const seed = { kind: "Questionnaire", version: 10, items: [{ uuid: "7", ...questionnaire }] };
    expect(readQuestionnaire(file(stringify(seed)))).toEqual(bare);
  });

  it("refuses several in one file, what does not fit, and what cannot be read", () => {
    const seed = { kind: "Questionnaire", items: [questionnaire, questionnaire] };
    expect(errorOf(() => readQuestionnaire(file(stringify(seed)))).code).toBe("ASSESSMENT_QUESTIONNAIRE_COUNT");
    const wrong = { ...questionnaire, thresholds: { red: 5, yellow: 300, unknown: 5 } };
    const error = errorOf(() => readQuestionnaire(file(stringify(wrong), "q.yaml")));
    expect(error.code).toBe("ASSESSMENT_QUESTIONNAIRE_INVALID");
    expect(error.path).toBe("q.yaml:11:3 (thresholds.yellow)");
    expect(errorOf(() => readQuestionnaire(file(""))).code).toBe("ASSESSMENT_QUESTIONNAIRE_UNREADABLE");
  });
});

describe("attachQuestionnaire", () => {
  it("adds an answered questionnaire and keeps the checklist's places", () => {
    const checklist = readChecklist(
      file(stringify(checklistWith({ compatibility: { license_requirements: "unknown" } }))),
    );
    const attached = attachQuestionnaire(checklist, {
      application: "shop",
      questionnaire: readQuestionnaire(file(stringify(questionnaire))),
    });
    const { findings } = assess(readyInventory(), attached, [], { asOf: READY_AS_OF });
    expect(findings.map(({ rule }) => rule)).toEqual(["checklist-unanswered", "questionnaire-unanswered"]);
    expect(findings.find(({ rule }) => rule === "checklist-unanswered")?.location?.file).toBe("checklist.yaml");
    expect(checklist.questionnaires).toBeUndefined();
  });

  it("refuses one that does not fit", () => {
    const checklist = readChecklist(file(stringify(readyChecklist)));
    const run = () => attachQuestionnaire(checklist, { application: "", questionnaire: questionnaire as never });
    expect(errorOf(run).code).toBe("ASSESSMENT_QUESTIONNAIRE_INVALID");
  });
});

describe("the JSON Schemas", () => {
  it("require what only a person can answer, and name every item with its question", () => {
    const schema = checklistJsonSchema() as {
      properties: Record<string, { required: string[]; properties: Record<string, { description: string }> }>;
    };
    expect(schema.properties["identify_dependencies"]?.required).toEqual([
      "database_connections",
      "external_service_integrations",
      "file_system_dependencies",
    ]);
    expect(schema.properties["inventory_current_infrastructure"]?.required).toEqual([
      "network_configuration",
      "security_configurations",
    ]);
    expect(schema.properties["assess_compatibility"]?.properties["license_requirements"]?.description).toMatch(/\?$/);
  });

  it("are made for waivers and questionnaires too", () => {
    expect(JSON.stringify(waiversJsonSchema())).toContain("approvedBy");
    expect(JSON.stringify(questionnaireJsonSchema())).toContain("autoAnswerFor");
  });
});
