/**
 * Secret values that stay out of Terraform's state. A password is read by an *ephemeral* resource and handed to a
 * *write-only* argument. Terraform (1.11 and later) keeps neither in its state nor in a plan file, so the only places that
 * have it are the secret it came from and the one it goes to. What Terraform does not keep it cannot compare: a number
 * beside the argument says when to write it again.
 */
import { createHash } from "node:crypto";
import { TerraformElement, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { Artifact } from "../../core/artifact";
import { TOKEN } from "../../core/token-text";
import { quotedLiteral } from "./terraform-text";
import type { SecretReference } from "./settings";

/** The ephemeral resource `aws_secretsmanager_secret_version`, for which CDKTF has no class. */
class EphemeralSecretVersion extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly secretId: string,
  ) {
    super(scope, id);
  }

  /** The Terraform expression of the secret's text; only ephemeral arguments accept it. */
  public get expression(): string {
    return `ephemeral.aws_secretsmanager_secret_version.${this.friendlyUniqueId}.secret_string`;
  }

  public override toTerraform(): unknown {
    return {
      ephemeral: { aws_secretsmanager_secret_version: { [this.friendlyUniqueId]: { secret_id: this.secretId } } },
    };
  }
}

/**
 * The first version of Terraform and of OpenTofu with ephemeral values and write-only arguments. An older one rejects the
 * block `ephemeral` as unknown.
 */
const REQUIRED_VERSION = ">= 1.11.0";
const REQUIRED_VERSION_FILE = "required-version.tf.json";
const FILE_ID = "required-version";

/**
 * Makes Terraform refuse to run if it is too old for ephemeral values, beside whatever version the stack requires itself. It stands
 * in a file of its own because checkov's reader of Terraform's JSON dies on an argument of the block `terraform`, and in a list
 * for the same reason, as `core/parsable-blocks.ts` has it; Terraform merges the files of a folder.
 */
export function requireEphemeralValues(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (stack.node.tryFindChild(FILE_ID) !== undefined) return;
  const requirement = { terraform: [[{ required_version: REQUIRED_VERSION }]] };
  new Artifact(stack, FILE_ID, {
    fileName: REQUIRED_VERSION_FILE,
    content: () => `${JSON.stringify(requirement, null, 2)}\n`,
  });
}

/** Returns the expression, without `${}`, of the secret's value in an ephemeral argument. */
export function secretExpression(scope: Construct, id: string, { secretId, jsonKey }: SecretReference): string {
  const { expression } = new EphemeralSecretVersion(scope, id, secretId);
  return jsonKey === undefined ? expression : `jsondecode(${expression})[${quotedLiteral(jsonKey)}]`;
}

/**
 * Returns a number that changes with the text. If the text has tokens, Terraform computes it; the text must not be secret,
 * because the number is in the state.
 */
export function contentVersion(parts: readonly string[]): number {
  const text = parts.join("\n");
  let quoted = "";
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    quoted += quotedLiteral(text.slice(at, match.index)).slice(1, -1) + match[0];
    at = match.index + match[0].length;
  }
  if (at === 0) return Number.parseInt(createHash("sha256").update(text).digest("hex").slice(0, 7), 16);
  quoted += quotedLiteral(text.slice(at)).slice(1, -1);
  return Token.asNumber(`\${parseint(substr(sha256("${quoted}"), 0, 7), 16)}`);
}

/** Returns the text of a reference that, when it changes, has the secret's value written again. */
export function referenceText({ secretId, jsonKey = "", revision = 1 }: SecretReference): string {
  return `${secretId} ${jsonKey} ${revision}`;
}
