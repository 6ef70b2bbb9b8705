/**
 * ```ts
 * const assessment = assessmentOf(["web-01", "db-01"]); // ready
 * const blocked = assessmentOf([server("old-01", { os: "Windows Server 2003" })]);
 * const incomplete = assessmentOf(["web-01"], { answers: { license_requirements: "unknown" } });
 * ```
 *
 * An assessment for a test, in one line. It is earned like any other, by every rule of `assess()`; the checklist is answered so
 * that it has nothing to say but what the test has changed.
 */
import { assess, type AssessOptions, type Assessment } from "../../assessment/assessment";
import type { IsoDate } from "../../core/iso-date";
import type { Waiver } from "../../core/waiver";
import type { Inventory } from "../../inventory/model";
import { checklistFor, type ChecklistAnswers } from "./checklist";
import { inventoryOf } from "./inventory";
import type { ServerInput } from "./server";

/** The day for which the assessments of tests hold: no test may change its outcome because time passes. */
export const TEST_DAY: IsoDate = "2026-01-15";

/** Options of {@link assessmentOf}. */
export interface AssessmentOptions {
  /**
   * Answers to items of the checklist, by their names.
   * @default - every item is answered, with what the inventory lists
   */
  readonly answers?: ChecklistAnswers;
  /**
   * The accepted findings.
   * @default - none
   */
  readonly waivers?: readonly Waiver[];
  /**
   * The day of the assessment, `YYYY-MM-DD`.
   * @default TEST_DAY
   */
  readonly asOf?: IsoDate;
  /**
   * Rules of your own, as in `assess()`.
   * @default - the rules of the library alone
   */
  readonly rules?: AssessOptions["rules"];
}

/**
 * Assesses an estate as a test needs it.
 *
 * @param estate an inventory, or the servers of one: names of servers that are in order, or servers; without it one server
 * @throws MigrationError of {@link inventoryOf}, {@link checklistFor} and `assess()`
 */
export function assessmentOf(
  estate: Inventory | readonly (string | ServerInput)[] = ["server-01"],
  { answers = {}, waivers = [], asOf = TEST_DAY, rules = [] }: AssessmentOptions = {},
): Assessment {
  const inventory = isInventory(estate) ? estate : inventoryOf(estate);
  return assess(inventory, checklistFor(inventory, answers), waivers, { asOf, rules });
}

function isInventory(estate: Inventory | readonly (string | ServerInput)[]): estate is Inventory {
  return !Array.isArray(estate);
}
