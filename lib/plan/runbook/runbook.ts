import { Construct } from "constructs";
import { Artifact } from "../../core/artifact";
import { admitConstruct } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { runbookDocument, type RunbookSubject } from "./runbook-document";
import { runbookMarkdown } from "./runbook-markdown";

/** Properties of a {@link Runbook}. */
export interface RunbookProps {
  /** The migrations of the runbook, from any stack of the app. At least one. */
  readonly migrations: readonly RunbookSubject[];
}

/**
 * The runbook of single migrations, without a plan: `runbook.md`, for the people in the change window, and `runbook.json`, for
 * automation, beside the stack's `cdk.tf.json`. The same migrations give the same bytes.
 *
 * @example
 * new Runbook(this, "runbook", { migrations: [wave1, wave2] });
 *
 * @throws MigrationError `RUNBOOK_EMPTY`
 */
export class Runbook extends Construct {
  constructor(scope: Construct, id: string, props: RunbookProps) {
    admitConstruct("Runbook", scope, id, props);
    super(scope, id);
    const { migrations } = props;
    if (migrations.length === 0) {
      throw new MigrationError({
        code: "RUNBOOK_EMPTY",
        path: "migrations",
        allowed: "at least one migration",
        fix: "pass the migrations of the runbook",
        construct: this.node.path,
      });
    }
    new Artifact(this, "markdown", {
      fileName: "runbook.md",
      content: () => runbookMarkdown(runbookDocument(migrations)),
    });
    new Artifact(this, "json", {
      fileName: "runbook.json",
      content: () => `${JSON.stringify(runbookDocument(migrations), null, 2)}\n`,
    });
  }
}
