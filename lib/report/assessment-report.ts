import { Construct } from "constructs";
import { Artifact } from "../core/artifact";
import { admitConstruct } from "../core/door/admit";
import { renderAssessment } from "./render";
import type { ReportedAssessment, ReportFormat } from "./reported-assessment";

/** Properties of an {@link AssessmentReport}. */
export interface AssessmentReportProps {
  /** The assessment that `assess()` returned. */
  readonly assessment: ReportedAssessment;
  /**
   * The formats to write, each a file of its own.
   *
   * - `markdown`: `assessment.md`
   * - `json`: `assessment.json`
   * - `text`: `assessment.txt`
   * - `sarif`: `assessment.sarif`
   * - `junit`: `assessment.junit.xml`
   *
   * @default - `markdown` and `json`
   */
  readonly formats?: readonly ReportFormat[];
}

const FILE_NAMES: Record<ReportFormat, string> = {
  markdown: "assessment.md",
  json: "assessment.json",
  text: "assessment.txt",
  sarif: "assessment.sarif",
  junit: "assessment.junit.xml",
};

/**
 * The report of an assessment, as files beside the stack's `cdk.tf.json`, so that the people who review the plan can read what
 * it rests on. Create it in the stack whose plan is reviewed. Like every artifact it is written only if nothing blocks; if
 * something does, `migration-patterns assess` prints the assessment.
 */
export class AssessmentReport extends Construct {
  /** The files' names, relative to the stack's folder, in the order of `formats`. */
  public readonly fileNames: readonly string[];

  constructor(scope: Construct, id: string, props: AssessmentReportProps) {
    admitConstruct("AssessmentReport", scope, id, props);
    super(scope, id);
    const formats = [...new Set(props.formats ?? (["markdown", "json"] as const))];
    this.fileNames = formats.map((format) => {
      const artifact = new Artifact(this, format, {
        fileName: FILE_NAMES[format],
        content: () => renderAssessment(props.assessment, format),
      });
      return artifact.fileName;
    });
  }
}
