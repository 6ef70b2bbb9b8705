/**
 * ```ts
 * tunnel1: { preSharedKey: PreSharedKey.generated() },
 * tunnel2: { preSharedKey: PreSharedKey.token(variable.stringValue) },
 * ```
 *
 * The source of a tunnel's pre-shared key. The key is never in a file of the synthesis: a literal is refused, and the others
 * are references that Terraform fills in. It is always in Terraform's state, so the state
 * must be encrypted and as closed as the key.
 */
import { DataAwsSecretsmanagerRandomPassword } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-random-password";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { admit } from "../../../core/door/admit";
import { MigrationError } from "../../../core/error";
import { isUnresolved } from "../../../core/tokens";

/** Options of {@link PreSharedKey.generated}. */
export interface GeneratedKeyOptions {
  /**
   * The KMS key that encrypts the secret, by ARN or id.
   * @default - the account's AWS-managed key for Secrets Manager
   */
  readonly kmsKeyId?: string;
  /**
   * Days for which a deleted secret can be restored: 0, or 7 to 30.
   * @default 30
   */
  readonly recoveryWindowInDays?: number;
}

/** A pre-shared key in a stack. */
export interface BoundPreSharedKey {
  /** The key as a token; undefined where AWS generates it. */
  readonly value?: string;
  /** The secret of a generated key. */
  readonly secret?: SecretsmanagerSecret;
}

/** The source of a pre-shared key. */
export class PreSharedKey {
  /** Returns the key that AWS generates when it creates the connection. The default. */
  public static amazon(): PreSharedKey {
    return new PreSharedKey("amazon");
  }

  /**
   * Returns a key by reference: a sensitive `TerraformVariable`'s value, an attribute of a data source.
   *
   * @throws MigrationError `HYBRID_VPN_PRE_SHARED_KEY_LITERAL` for anything that is written down
   */
  public static token(value: string): PreSharedKey {
    admit("PreSharedKey.token", { value });
    if (!isUnresolved(value)) {
      throw new MigrationError({
        code: "HYBRID_VPN_PRE_SHARED_KEY_LITERAL",
        path: "preSharedKey",
        allowed: "a token, like the value of a sensitive TerraformVariable",
        fix: "take the key out of the source, change it, and pass a reference: a literal would stand in cdk.tf.json",
      });
    }
    return new PreSharedKey("token", value);
  }

  /** Returns a random key that AWS Secrets Manager generates and keeps. A secret costs 0.40 USD a month. */
  public static generated(options: GeneratedKeyOptions = {}): PreSharedKey {
    admit("PreSharedKey.generated", { options });
    return new PreSharedKey("generated", undefined, options);
  }

  private constructor(
    public readonly source: "amazon" | "token" | "generated",
    private readonly value?: string,
    private readonly options: GeneratedKeyOptions = {},
  ) {}

  /** Returns the key as a token, with its secret where it has one. Creates the secret of a generated key in `scope`. */
  public bind(
    scope: Construct,
    id: string,
    description: string,
    tags: Readonly<Record<string, string>>,
  ): BoundPreSharedKey {
    if (this.source === "generated") return new GeneratedKey(scope, id, description, this.options, tags);
    return this.value === undefined ? {} : { value: this.value };
  }
}

/** The first character of every generated key, because a key must not start with 0. */
const KEY_PREFIX = "k";
const RANDOM_LENGTH = 47;

class GeneratedKey extends Construct implements BoundPreSharedKey {
  public readonly value: string;
  public readonly secret: SecretsmanagerSecret;

  constructor(
    scope: Construct,
    id: string,
    description: string,
    options: GeneratedKeyOptions,
    tags: Readonly<Record<string, string>>,
  ) {
    super(scope, id);
    const random = new DataAwsSecretsmanagerRandomPassword(this, "random", {
      passwordLength: RANDOM_LENGTH,
      excludePunctuation: true,
    });
    this.secret = new SecretsmanagerSecret(this, "secret", {
      description,
      tags: { ...tags },
      ...(options.kmsKeyId === undefined ? {} : { kmsKeyId: options.kmsKeyId }),
      ...(options.recoveryWindowInDays === undefined ? {} : { recoveryWindowInDays: options.recoveryWindowInDays }),
    });
    // The data source gives another password at every plan; what counts is the one of the day the version was made. To
    // rotate the key, the version is replaced, for one tunnel at a time.
    const version = new SecretsmanagerSecretVersion(this, "version", {
      secretId: this.secret.id,
      secretString: `${KEY_PREFIX}${random.randomPassword}`,
      lifecycle: { ignoreChanges: ["secret_string"] },
    });
    this.value = version.secretString;
  }
}
