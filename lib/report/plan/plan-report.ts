import { Construct } from "constructs";
import { Artifact } from "../../core/artifact";
import { admitConstruct } from "../../core/door/admit";
import type { PlanDocument } from "../../plan/plan-document";
import { planJunit, planSarif, type PlanFindingsOptions } from "./plan-findings";
import { planHtml } from "./plan-html";
import { planJson } from "./plan-json";
import { planMarkdown } from "./plan-markdown";
import { planMermaid } from "./plan-mermaid";

/** The formats of a plan's report. */
export const planReportFormats = ["html", "markdown", "json", "mermaid", "sarif", "junit"] as const;

/** A format of a plan's report. */
export type PlanReportFormat = (typeof planReportFormats)[number];

/** Properties of a {@link PlanReport}. */
export interface PlanReportProps extends PlanFindingsOptions {
  /**
   * The plan. Its document is asked for once, when the tree is finished.
   * @parsedBy PlanReport, at synthesis
   */
  readonly plan: { readonly document: PlanDocument };
  /**
   * The formats to write.
   *
   * - `html`: `report.html`, one page that needs nothing else
   * - `markdown`: `report.md`, for a pull request
   * - `json`: `report.json`, everything
   * - `mermaid`: `diagrams/waves.mmd`, `dependencies.mmd`, `network.mmd` and `stages.mmd`
   * - `sarif`: `report.sarif`
   * - `junit`: `report.junit.xml`
   *
   * @default - `html`, `markdown`, `json` and `mermaid`
   */
  readonly formats?: readonly PlanReportFormat[];
}

const DEFAULT_FORMATS: readonly PlanReportFormat[] = ["html", "markdown", "json", "mermaid"];

type Render = (document: PlanDocument, options: PlanFindingsOptions) => string;

const FILES: Readonly<Record<PlanReportFormat, Readonly<Record<string, Render>>>> = {
  html: { "report.html": planHtml },
  markdown: { "report.md": (document) => planMarkdown(document) },
  json: { "report.json": planJson },
  mermaid: {
    "diagrams/waves.mmd": (document) => planMermaid(document).waves,
    "diagrams/dependencies.mmd": (document) => planMermaid(document).dependencies,
    "diagrams/network.mmd": (document) => planMermaid(document).network,
    "diagrams/stages.mmd": (document) => planMermaid(document).stages,
  },
  sarif: { "report.sarif": planSarif },
  junit: { "report.junit.xml": planJunit },
};

/**
 * Writes the plan beside the stack's `cdk.tf.json`, for those who decide on it. Like every artifact it is written only when
 * nothing blocks.
 *
 * @example
 * new PlanReport(this, "report", { plan });
 *
 * @throws MigrationError `ARTIFACT_FILE_NAME` where the stack has a plan's report already
 */
export class PlanReport extends Construct {
  /** The files' names, relative to the stack's folder. */
  public readonly fileNames: readonly string[];

  constructor(scope: Construct, id: string, props: PlanReportProps) {
    admitConstruct("PlanReport", scope, id, props);
    super(scope, id);
    const { formats = DEFAULT_FORMATS, rules, toolVersion } = props;
    const options: PlanFindingsOptions = {
      ...(rules === undefined ? {} : { rules }),
      ...(toolVersion === undefined ? {} : { toolVersion }),
    };
    let made: PlanDocument | undefined;
    const document = (): PlanDocument => (made ??= props.plan.document);
    this.fileNames = [...new Set(formats)].flatMap((format) =>
      Object.entries(FILES[format]).map(([fileName, render]) => {
        const artifact = new Artifact(this, fileName.replace(/[/.]/g, "-"), {
          fileName,
          content: () => render(document(), options),
        });
        return artifact.fileName;
      }),
    );
  }
}
