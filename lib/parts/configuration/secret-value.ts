/**
 * A password is read by an *ephemeral* resource and handed to a *write-only* argument. Terraform (1.11 and later) keeps
 * neither in its state nor in a plan file, so the only places that have it are the secret it came from and the one it goes to.
 * What Terraform does not keep it cannot compare: a number beside the argument says when to write it again.
 */
import { createHash } from "node:crypto";
import { TerraformElement, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { TOKEN } from "../../core/token-text";
import { quotedLiteral } from "./terraform-text";
import type { SecretReference } from "./settings";

/** An ephemeral `aws_secretsmanager_secret_version`, for which CDKTF has no class. */
class EphemeralSecretVersion extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly secretId: string,
  ) {
    super(scope, id);
  }

  /** The expression of its text; only ephemeral places may have it. */
  public get expression(): string {
    return `ephemeral.aws_secretsmanager_secret_version.${this.friendlyUniqueId}.secret_string`;
  }

  public override toTerraform(): unknown {
    return {
      ephemeral: { aws_secretsmanager_secret_version: { [this.friendlyUniqueId]: { secret_id: this.secretId } } },
    };
  }
}

/** The first Terraform with both, and the first OpenTofu. An older one would say that it does not know the block `ephemeral`. */
const REQUIRED_VERSION = ">= 1.11.0";

/** Has Terraform refuse to run where it is too old. What the stack requires already goes on being required. */
export function requireEphemeralValues(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  const constraints = requiredVersion(stack)?.split(",") ?? [];
  if (constraints.some((constraint) => constraint.trim() === REQUIRED_VERSION)) return;
  // All constraints between commas must hold.
  stack.addOverride(
    "terraform.required_version",
    [...constraints, REQUIRED_VERSION].map((each) => each.trim()).join(", "),
  );
}

/** What the stack's overrides require until now: CDKTF takes them and has no way to ask. */
function requiredVersion(stack: TerraformStack): string | undefined {
  const overrides = Reflect.get(stack, "rawOverrides") as
    { readonly terraform?: { readonly required_version?: unknown } } | undefined;
  const version = overrides?.terraform?.required_version;
  return typeof version === "string" ? version : undefined;
}

/** The expression, without `${}`, that gives the secret's value in an ephemeral place. */
export function secretExpression(scope: Construct, id: string, { secretId, jsonKey }: SecretReference): string {
  const { expression } = new EphemeralSecretVersion(scope, id, secretId);
  return jsonKey === undefined ? expression : `jsondecode(${expression})[${quotedLiteral(jsonKey)}]`;
}

/**
 * A number that changes with the text. Where the text has tokens, Terraform works it out; the text must not be secret, because
 * the number is in the state.
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

/** What of a reference decides when its value is to be written again. */
export function referenceText({ secretId, jsonKey = "", revision = 1 }: SecretReference): string {
  return `${secretId} ${jsonKey} ${revision}`;
}
