/** A secret in a text of an inventory, a checklist, a routing or a waiver reaches nothing that is made of it. */
import { describe, expect, it } from "@jest/globals";
import { assess } from "../../lib/assessment/assessment";
import type { ChecklistInput } from "../../lib/assessment/checklist/checklist";
import { readChecklist, readWaivers } from "../../lib/assessment/read-documents";
import { secretInAnnotation } from "../../lib/assessment/rules/secret-rules";
import { formatFinding } from "../../lib/core/finding";
import type { Waiver } from "../../lib/core/waiver";
import { defineInventory } from "../../lib/inventory/define-inventory";
import type { Inventory } from "../../lib/inventory/model";
import { readInventoryFiles } from "../../lib/inventory/read-inventory";
import { writeInventory } from "../../lib/inventory/write-inventory";
import type { ScheduledRoutingIntent } from "../../lib/patterns/infrastructure/multi-cloud/intent";
import { renderAssessment, renderInventory } from "../../lib/report/render";
import { reportFormats } from "../../lib/report/reported-assessment";
import { secretSamples, type SecretSample } from "../support/secret-samples";
import { makeFrom, newHostileStack, type Documents } from "../taint/hostile-stack";
import { placesOf } from "../taint/poison";
import { checklistSample, inventorySample, routingSample } from "../taint/samples";
import { isLong, samplesFor, shows, wordsOf } from "./leaks";
import { writtenBy } from "./written-by";

const asOf = "2026-01-15";
const waiverSample: Waiver = {
  rule: "server-without-owner",
  subject: "web-01",
  reason: "the owner is on leave until spring",
  approvedBy: "change board",
  expires: "2027-01-01",
};
const TIME = isLong ? 3_600_000 : 120_000;

function bytes(document: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}

/** Returns all that is said of the assessment of an inventory in memory, as one text for each way of saying it. */
function reportsOf(inventory: Inventory, checklist: ChecklistInput, waivers: readonly Waiver[]): Map<string, string> {
  const assessment = assess(inventory, checklist, waivers, { asOf });
  const said = new Map<string, string>();
  for (const format of reportFormats) {
    said.set(`assessment as ${format}`, renderAssessment(assessment, format, {}));
    said.set(`inventory as ${format}`, renderInventory(assessment.inventory, format, {}));
  }
  said.set("assessment", JSON.stringify(assessment));
  said.set("findings", assessment.findings.map(formatFinding).join("\n"));
  return said;
}

/** Returns what is made of documents, or the words of the error with which they are refused. */
async function everythingOf(make: () => Promise<Map<string, string>>): Promise<Map<string, string>> {
  try {
    return await make();
  } catch (error) {
    return new Map([["error", wordsOf(error)]]);
  }
}

function stackOf(documents: Documents): Map<string, string> {
  const { stack } = newHostileStack();
  const code = makeFrom(stack, documents);
  return new Map([...writtenBy(stack), ["code", code ?? ""]]);
}

function leaksIn(everything: ReadonlyMap<string, string>, path: string, sample: SecretSample): string[] {
  return [...everything].flatMap(([where, text]) =>
    shows(text, sample) ? [`${sample.form} in ${path} is shown by ${where}`] : [],
  );
}

async function sweep<Sample>(
  document: Sample,
  many: number,
  step: number,
  make: (poisoned: Sample) => Promise<Map<string, string>>,
): Promise<{ leaks: string[]; redacted: number }> {
  const leaks: string[] = [];
  let redacted = 0;
  for (const [index, { path, poisoned }] of placesOf(document).entries()) {
    if (!isLong && index % step > 0) continue;
    for (const sample of samplesFor(index, many)) {
      const everything = await everythingOf(() => make(poisoned(sample.text)));
      leaks.push(...leaksIn(everything, path, sample));
      if ([...everything.values()].some((text) => text.includes("redacted-"))) redacted++;
    }
  }
  return { leaks, redacted };
}

describe("a secret in a document", () => {
  it(
    "of an inventory reaches no report, read from a file or written in code",
    async () => {
      const { leaks, redacted } = await sweep<Inventory>(defineInventory(inventorySample), 1, 1, async (inventory) => {
        const read = await readInventoryFiles([{ name: "estate.json", bytes: bytes(inventory) }]);
        return new Map([
          ...reportsOf(read, checklistSample, []),
          ["written", writeInventory(read)],
          // As it is, past every reader.
          ...reportsOf(inventory, checklistSample, []),
        ]);
      });
      expect(leaks).toEqual([]);
      expect(redacted).toBeGreaterThan(100);
    },
    TIME,
  );

  it(
    "of a checklist reaches no report",
    async () => {
      const inventory = await readInventoryFiles([{ name: "estate.json", bytes: bytes(inventorySample) }]);
      const { leaks, redacted } = await sweep<ChecklistInput>(checklistSample, 1, 1, async (checklist) =>
        Promise.resolve(
          new Map([
            ...reportsOf(inventory, checklist, []),
            ...reportsOf(inventory, readChecklist({ name: "checklist.json", bytes: bytes(checklist) }), []),
          ]),
        ),
      );
      expect(leaks).toEqual([]);
      expect(redacted).toBeGreaterThan(60);
    },
    TIME,
  );

  it(
    "of a waiver reaches no report",
    async () => {
      const inventory = await readInventoryFiles([{ name: "estate.json", bytes: bytes(inventorySample) }]);
      const { leaks, redacted } = await sweep<Waiver>(waiverSample, 5, 1, async (waiver) =>
        Promise.resolve(
          new Map([
            ...reportsOf(inventory, checklistSample, [waiver]),
            ...reportsOf(inventory, checklistSample, readWaivers({ name: "waivers.json", bytes: bytes([waiver]) })),
          ]),
        ),
      );
      expect(leaks).toEqual([]);
      expect(redacted).toBeGreaterThan(8);
    },
    TIME,
  );
});

describe("a secret in a document reaches neither Terraform nor an artifact:", () => {
  it.each([
    ["an inventory", inventorySample, (inventory: object) => stackOf({ inventory })],
    ["a checklist", checklistSample, (checklist: object) => stackOf({ checklist: checklist as ChecklistInput })],
    ["a routing", routingSample, (routing: object) => stackOf({ routing: routing as ScheduledRoutingIntent })],
  ])(
    "%s",
    async (_, document, make) => {
      const { leaks } = await sweep<object>(document, 1, 4, (poisoned) => Promise.resolve(make(poisoned)));
      expect(leaks).toEqual([]);
    },
    TIME,
  );

  it(
    "the value of a tag, in the export of the replication",
    () => {
      for (const sample of isLong ? secretSamples : secretSamples.filter((_, index) => index % 4 === 0)) {
        const servers = inventorySample.servers?.map((each) => ({ ...each, tags: { note: sample.text } })) ?? [];
        const written = stackOf({ inventory: { ...inventorySample, servers } });
        expect(leaksIn(written, "tags", sample)).toEqual([]);
        // The form of Cloud Migration Factory has no place for a semicolon in a tag.
        if (sample.text.includes(";")) {
          expect(written.get("code")).toBe("MIGRATION_FACTORY_TAG");
          continue;
        }
        expect([sample.form, written.get("code")]).toEqual([sample.form, ""]);
        expect(written.get("cdk.tf.json")).toContain("redacted-");
        const assessment = assess(defineInventory({ servers }), checklistSample, [], { asOf });
        expect(assessment.findings.map(({ rule }) => rule)).toContain(secretInAnnotation.id);
      }
    },
    TIME,
  );
});
