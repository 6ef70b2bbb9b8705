/** One function for each thing that is reported, in whatever format was asked for: what the command line and the artifacts call. */
import type { Inventory } from "../inventory/model";
import { writeInventory } from "../inventory/write-inventory";
import { inventoryRules } from "./assessed-rules";
import { assessmentText } from "./assessment-text";
import { inventoryText } from "./inventory-text";
import { assessmentJson } from "./json";
import { findingsJunit } from "./junit";
import type { LayoutOptions } from "./layout";
import { assessmentMarkdown, inventoryMarkdown } from "./markdown";
import { findingsSarif } from "./sarif";
import type { ReportedAssessment, ReportFormat } from "./subject";

/** How a report is rendered: the layout of the text, and the tool's version for SARIF. */
export interface RenderOptions extends LayoutOptions {
  /**
   * The version of the library, for the SARIF report.
   * @default - the report names no version
   */
  readonly toolVersion?: string;
}

/** The assessment in that format. Ends with a line feed. */
export function renderAssessment(
  assessment: ReportedAssessment,
  format: ReportFormat,
  options: RenderOptions = {},
): string {
  const { verdict, asOf, findings } = assessment;
  switch (format) {
    case "text":
      return assessmentText(assessment, options);
    case "json":
      return assessmentJson(assessment);
    case "markdown":
      return assessmentMarkdown(assessment, options);
    case "sarif":
      return findingsSarif(findings, { verdict, asOf, toolVersion: options.toolVersion });
    case "junit":
      return findingsJunit(findings, { verdict });
  }
}

/** The inventory in that format; SARIF and JUnit are of what its reader found. Ends with a line feed. */
export function renderInventory(inventory: Inventory, format: ReportFormat, options: RenderOptions = {}): string {
  switch (format) {
    case "text":
      return inventoryText(inventory, options);
    case "json":
      return writeInventory(inventory);
    case "markdown":
      return inventoryMarkdown(inventory, options);
    case "sarif":
      return findingsSarif(inventory.findings, {
        toolVersion: options.toolVersion,
        rules: inventoryRules,
      });
    case "junit":
      return findingsJunit(inventory.findings, { rules: inventoryRules });
  }
}
