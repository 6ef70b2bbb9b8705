import type { Evidence } from "../assessment/evidence";
import type { AssessmentRecord } from "../core/assessment-record";
import type { Inventory } from "../inventory/model";

/** The part of an `Assessment` that the renderers read. */
export interface ReportedAssessment extends AssessmentRecord {
  readonly inventory: Inventory;
  /** The evidence for each item of the checklist. */
  readonly evidence: readonly Evidence[];
}

/** The formats of a report. */
export const reportFormats = ["text", "json", "markdown", "sarif", "junit"] as const;

/** A format of a report. */
export type ReportFormat = (typeof reportFormats)[number];
