/** The documents that people write beside an inventory, broken at random. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { stringify } from "yaml";
import { readChecklist, readQuestionnaire, readWaivers } from "../../lib/assessment/read-documents";
import { MigrationError } from "../../lib/core/error";
import { readyChecklist } from "../support/ready-assessment";
import { mangling } from "../inventory/mangle";

const waivers = [
  { rule: "os-unknown", subject: "web01", reason: "it is looked at by hand", approvedBy: "Ada", expires: "2026-12-31" },
];
const questionnaire = {
  name: "Cloud readiness",
  description: "Questions",
  thresholds: { red: 5, yellow: 30, unknown: 5 },
  riskMessages: { red: "a", yellow: "b", green: "c", unknown: "d" },
  sections: [
    {
      order: 1,
      name: "Details",
      questions: [{ order: 1, text: "Is it stateful?", answers: [{ order: 1, text: "Yes", risk: "red" }] }],
    },
  ],
};

const DOCUMENTS = [
  ["a checklist", readChecklist, readyChecklist],
  ["waivers", readWaivers, waivers],
  ["a questionnaire", readQuestionnaire, questionnaire],
] as const;
const FORMS = [
  ["YAML", (value: unknown) => stringify(value)],
  ["JSON", (value: unknown) => JSON.stringify(value, null, 1)],
] as const;

describe.each(FORMS)("a document in %s that is broken at random", (_form, write) => {
  it.each(DOCUMENTS)("ends as a value or in a coded error: %s", (_what, read, value) => {
    const whole = Buffer.from(write(value));
    expect(() => read({ name: "whole", bytes: whole })).not.toThrow();
    fc.assert(
      fc.property(mangling, (mangle) => {
        try {
          read({ name: "mangled", bytes: mangle(whole) });
        } catch (error) {
          if (!(error instanceof MigrationError)) throw error;
          expect(error.code).toMatch(/^(?:CHECKLIST|ASSESSMENT)_[A-Z_]+$/);
        }
      }),
      { numRuns: 200 },
    );
  });
});
