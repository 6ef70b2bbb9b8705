import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";
import { admitConstruct } from "./door/admit";
import { MigrationError } from "./error";
import { withoutSecrets } from "./secret/redact";
import { writeRemedy, writeWholeFile } from "./whole-file";

/** Properties of an {@link Artifact}. */
export interface ArtifactProps {
  /** The file's name, relative to the stack's folder: `assessment.md`, `manifests/service.yaml`. */
  readonly fileName: string;
  /**
   * Returns the content, once the tree is finished and has passed its validations. In place of what has the form of a secret, its
   * kind is written.
   */
  readonly content: () => string;
}

/**
 * The names of the files that each stack writes, with the path of the construct that writes each. By stack, because a name is
 * relative to the stack's folder; kept weakly, because a tree is made many times over where a plan is rehearsed.
 */
const writers = new WeakMap<TerraformStack, Map<string, string>>();

/**
 * A file beside the stack's `cdk.tf.json`: a report, a runbook, a manifest. It is rendered only after every validation has
 * passed, so a blocked synthesis leaves no artifact either.
 *
 * @throws MigrationError
 * - `ARTIFACT_FILE_NAME` where the name leaves the stack's folder, or would overwrite what CDKTF or another artifact of the
 *   stack writes
 * - `ARTIFACT_WRITE`, at synthesis, where the file cannot be written; an earlier one of that name stays as it was
 */
export class Artifact extends Construct {
  public readonly fileName: string;
  private readonly content: () => string;

  constructor(scope: Construct, id: string, props: ArtifactProps) {
    admitConstruct("Artifact", scope, id, props);
    super(scope, id);
    const normalized = path.posix.normalize(props.fileName);
    if (
      normalized !== props.fileName ||
      path.posix.isAbsolute(normalized) ||
      normalized.startsWith("..") ||
      normalized === "." ||
      normalized === "cdk.tf.json" ||
      normalized === "metadata.json"
    ) {
      throw new MigrationError({
        code: "ARTIFACT_FILE_NAME",
        path: "fileName",
        received: props.fileName,
        allowed: "a relative path inside the stack's folder, other than cdk.tf.json and metadata.json",
        fix: "choose another file name",
        construct: this.node.path,
      });
    }
    this.fileName = normalized;
    // What the library itself writes has words like "password:" in it, and says where one is found.
    this.content = () => withoutSecrets(props.content(), { words: false });
    const stack = TerraformStack.of(this);
    this.claim(stack);
    addCustomSynthesis(this, {
      onSynthesize: (session) => {
        const { workingDirectory } = session.manifest.forStack(stack);
        const file = path.join(session.outdir, workingDirectory, normalized);
        this.write(file, this.content());
      },
    });
  }

  /** Writes the file whole or not at all. */
  private write(file: string, text: string): void {
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      writeWholeFile(file, text);
    } catch (cause) {
      throw new MigrationError({
        code: "ARTIFACT_WRITE",
        path: file,
        allowed: "a file that can be written",
        fix: writeRemedy(cause),
        construct: this.node.path,
        cause,
      });
    }
  }

  /** The last of two artifacts of one name would be the file, and nobody would miss the other until it is needed. */
  private claim(stack: TerraformStack): void {
    const names = writers.get(stack) ?? new Map<string, string>();
    writers.set(stack, names);
    const writer = names.get(this.fileName);
    if (writer !== undefined) {
      throw new MigrationError({
        code: "ARTIFACT_FILE_NAME",
        path: "fileName",
        received: this.fileName,
        allowed: `a name that no other artifact of the stack ${stack.node.path} has: ${writer} writes this file`,
        fix: "choose another file name, or put one of the two into another stack",
        construct: this.node.path,
      });
    }
    names.set(this.fileName, this.node.path);
  }
}
