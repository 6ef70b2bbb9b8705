/**
 * ```ts
 * const changes = exportText(this, "dns-changes", "configuration/shop/dns-changes.csv", (encode) => encode(table));
 * writeCommand(changes, "dns-changes.csv"); // undefined for a file, else "terraform -chdir=… output -raw … > dns-changes.csv"
 * ```
 *
 * Exports a text for people or tools. A file is written when the stack is synthesized, and what the same stack makes has no
 * id or address by then. A file with holes would be used without complaint, so there is none: where every value is known a
 * file is written beside `cdk.tf.json`, and where one is not, the whole text is a Terraform output, which is complete once
 * Terraform has run.
 */
import { posix } from "node:path";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Artifact } from "./artifact";
import { defaultName } from "./construct-ids";
import { literal, literalAroundTokens } from "./literal";
import { namePath } from "./rename";
import { withoutSecrets } from "./secret/redact";
import { shellWord } from "./shell";
import { hasToken, unsealed } from "./token-text";

/** The place where an exported text is found once it exists. */
export type ExportedText =
  /** A file in the stack's folder. */
  | { readonly kind: "file"; readonly fileName: string }
  /** An output: `terraform output -raw NAME > FILE`. */
  | { readonly kind: "output"; readonly outputName: string; readonly output: TerraformOutput };

/** Options for {@link exportText}. */
export interface ExportTextOptions {
  /** Whether Terraform hides the output in what it prints. `terraform output -raw` shows it anyway. @default false */
  readonly sensitive?: boolean;
}

/**
 * Exports the text as a file, or as a Terraform output where it has a value that only Terraform will know.
 *
 * @param fileName the file's name, relative to the stack's folder
 * @param write gives the text; what it is given makes a template of a text, and is to be used on all of it or on each piece.
 * Text from a file is `sealed()` in it, so that nothing there is taken for a token
 */
export function exportText(
  scope: Construct,
  id: string,
  fileName: string,
  write: (encode: (text: string) => string) => string,
  { sensitive }: ExportTextOptions = {},
): ExportedText {
  const plain = write((text) => text);
  if (!hasToken(plain)) {
    const content = unsealed(plain);
    const artifact = new Artifact(scope, id, { fileName, content: () => content });
    return { kind: "file", fileName: artifact.fileName };
  }
  const outputName = `${defaultName(namePath(scope))}-${id}`.replaceAll("-", "_");
  const output = new TerraformOutput(scope, id, {
    value: write((text) => literalAroundTokens(cleaned(text), (piece) => literal(unsealed(piece)))),
    description: `${posix.basename(fileName)}: ${outputCommand(scope, outputName)}`,
    ...(sensitive === undefined ? {} : { sensitive }),
  });
  output.overrideLogicalId(outputName);
  return { kind: "output", outputName, output };
}

/** Returns the text without what has the form of a secret, as an artifact is written. */
function cleaned(text: string): string {
  return withoutSecrets(text, { words: false });
}

/**
 * Returns the command that writes the text into a file, from the folder of the CDKTF application; undefined where it is a
 * file already.
 */
export function writeCommand(text: ExportedText, fileName: string): string | undefined {
  if (text.kind === "file") return undefined;
  return `${outputCommand(text.output, text.outputName)} > ${fileName}`;
}

function outputCommand(scope: Construct, outputName: string): string {
  return `${terraformIn(TerraformStack.of(scope).node.id)} output -raw ${outputName}`;
}

/**
 * Returns the `terraform` command for a stack that CDKTF has synthesized: each has a folder of its own, and Terraform knows
 * nothing outside of it.
 */
export function terraformIn(stack: string): string {
  return `terraform -chdir=${shellWord(`cdktf.out/stacks/${stack}`)}`;
}
