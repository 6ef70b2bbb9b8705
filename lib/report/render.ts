/** Renderers that take the format as an argument, for the command line and the artifacts. */
import { admit } from "../core/door/admit";
import { dataWithoutSecrets } from "../core/secret/redact";
import type { Inventory } from "../inventory/model";
import { writeInventory } from "../inventory/write-inventory";
import { inventoryRules } from "../assessment/assessed-rules";
import { assessmentText } from "./assessment-text";
import { inventoryText } from "./inventory-text";
import { assessmentJson } from "./json";
import { findingsJunit } from "./junit";
import type { LayoutOptions } from "./text-layout";
import { assessmentMarkdown, inventoryMarkdown } from "./assessment-markdown";
import { findingsSarif } from "./sarif";
import type { ReportedAssessment, ReportFormat } from "./reported-assessment";

/** Options for rendering a report: the layout of the text, and the tool's version for SARIF. */
export interface RenderOptions extends LayoutOptions {
  /**
   * The version of the library, for the SARIF report.
   * @default - the report names no version
   */
  readonly toolVersion?: string;
  /**
   * The file to which the SARIF report attributes findings that have none of their own.
   * @default - such findings have a logical location alone, which GitHub code scanning refuses
   */
  readonly defaultFile?: string;
}

/** Renders an assessment in a format. Ends with a line feed. */
export function renderAssessment(
  assessment: ReportedAssessment,
  format: ReportFormat,
  options: RenderOptions = {},
): string {
  admit("renderAssessment", { assessment, format, options });
  const { verdict, asOf, findings } = assessment;
  const { toolVersion, defaultFile } = options;
  switch (format) {
    case "text":
      return assessmentText(assessment, options);
    case "json":
      return assessmentJson(assessment);
    case "markdown":
      return assessmentMarkdown(assessment, options);
    case "sarif":
      return findingsSarif(findings, { verdict, asOf, toolVersion, defaultFile });
    case "junit":
      return findingsJunit(findings, { verdict });
  }
}

/** Renders an inventory in a format; SARIF and JUnit hold the findings of its reader. Ends with a line feed. */
export function renderInventory(inventory: Inventory, format: ReportFormat, options: RenderOptions = {}): string {
  admit("renderInventory", { inventory, format, options });
  return renderedInventory(dataWithoutSecrets(inventory), format, options);
}

function renderedInventory(inventory: Inventory, format: ReportFormat, options: RenderOptions): string {
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
        defaultFile: options.defaultFile,
        rules: inventoryRules,
      });
    case "junit":
      return findingsJunit(inventory.findings, { rules: inventoryRules });
  }
}
