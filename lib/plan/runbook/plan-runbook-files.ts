import { Construct } from "constructs";
import { Artifact } from "../../core/artifact";
import { admitConstruct } from "../../core/door/admit";
import type { PlanDocument } from "../plan-document";
import { planRunbook } from "./plan-runbook";
import { planRunbookJson, planRunbookMarkdown } from "./plan-runbook-markdown";

/** Properties of {@link PlanRunbookFiles}. */
export interface PlanRunbookFilesProps {
  /** Returns the plan's document; called once the construct tree is finished. */
  readonly document: () => PlanDocument;
}

/**
 * The files of a plan's runbook beside the stack's `cdk.tf.json`: `runbook.md`, for the people in the change window, and
 * `runbook.json`, for automation. The same plan gives the same bytes.
 *
 * @example
 * new PlanRunbookFiles(this, "runbook", { document: () => plan.document });
 *
 * @throws MigrationError at synthesis, `RUNBOOK_MIGRATION`
 */
export class PlanRunbookFiles extends Construct {
  constructor(scope: Construct, id: string, props: PlanRunbookFilesProps) {
    admitConstruct("PlanRunbookFiles", scope, id, props);
    super(scope, id);
    const { document } = props;
    new Artifact(this, "markdown", {
      fileName: "runbook.md",
      content: () => planRunbookMarkdown(planRunbook(document())),
    });
    new Artifact(this, "json", { fileName: "runbook.json", content: () => planRunbookJson(planRunbook(document())) });
  }
}
