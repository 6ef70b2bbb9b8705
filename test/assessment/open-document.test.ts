import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readChecklist, readQuestionnaire, readWaivers } from "../../lib/assessment";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { thrown } from "../support/thrown";

describe("a document given by its path", () => {
  it("is read, and findings call it by that path", () => {
    const file = path.join(makeTemporaryFolder("documents"), "waivers.yaml");
    const waiver = { rule: "os-unknown", reason: "the vendor supports it", approvedBy: "Ada", expires: "2027-01-31" };
    writeFileSync(file, JSON.stringify([waiver]));
    expect(readWaivers(file)).toMatchObject([{ ...waiver, location: { file } }]);
  });

  it.each([
    ["CHECKLIST_UNREADABLE", readChecklist],
    ["ASSESSMENT_WAIVERS_UNREADABLE", readWaivers],
    ["ASSESSMENT_QUESTIONNAIRE_UNREADABLE", readQuestionnaire],
  ])("%s where there is no such file", (code, read) => {
    const error = thrown(() => read("no/such/file.yaml"));
    expect(error.code).toBe(code);
    expect(error.message).toContain("no/such/file.yaml: allowed is a file that can be read; check the path");
  });
});
