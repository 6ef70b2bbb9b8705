/** The secrets in Secrets Manager from which the application reads its connection strings. */
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { constructId } from "../../core/construct-ids";
import { readConnectionString, type ConnectionTemplate } from "./connection-template";
import type { CutoverSide } from "./cutover-side";
import { contentVersion, referenceText, secretExpression } from "./secret-value";
import type { ConnectionStringSettings, SecretReference } from "./settings";
import { connectionStringTemplate } from "./terraform-text";

/** Properties of {@link ConnectionSecrets}. */
export interface ConnectionSecretsProps {
  readonly application: string;
  readonly connectionStrings: readonly ConnectionStringSettings[];
  readonly side: CutoverSide;
  readonly kmsKeyId?: string;
  readonly recoveryWindowInDays?: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** The Secrets Manager resources of one connection string. */
export interface ConnectionSecret {
  readonly secret: SecretsmanagerSecret;
  /** The current version. Secrets Manager keeps the one before as AWSPREVIOUS. */
  readonly version: SecretsmanagerSecretVersion;
}

/** A Secrets Manager secret for each connection string, with the value of the source or of the target. */
export class ConnectionSecrets extends Construct {
  /** The secrets, by the names in the settings. */
  public readonly secrets: ReadonlyMap<string, ConnectionSecret>;

  constructor(scope: Construct, id: string, props: ConnectionSecretsProps) {
    super(scope, id);
    this.secrets = new Map(
      props.connectionStrings.map((settings, index) => [settings.name, this.make(settings, index, props)]),
    );
  }

  private make(settings: ConnectionStringSettings, index: number, props: ConnectionSecretsProps): ConnectionSecret {
    const { side, application, tags, kmsKeyId, recoveryWindowInDays } = props;
    // Both sides are read in every stage: a mistake in the target must not wait for the night of the cut-over.
    const templates = readConnectionString(settings, `connectionStrings[${index}]`);
    const template = templates[side];
    const password = side === "target" ? (settings.targetPassword ?? settings.sourcePassword) : settings.sourcePassword;
    const at = new Construct(this, constructId(settings.name));
    const secret = new SecretsmanagerSecret(at, "secret", {
      name: settings.name,
      description: `Connection string of ${application}; the stage of its migration decides whether it leads to source or target`,
      tags: { ...tags },
      ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
      ...(recoveryWindowInDays === undefined ? {} : { recoveryWindowInDays }),
    });
    const used = template.hasPassword ? password : undefined;
    const version = new SecretsmanagerSecretVersion(at, "version", {
      secretId: secret.id,
      secretStringWo: connectionStringTemplate(
        template.fragments,
        used === undefined ? '""' : secretExpression(at, "password", used),
      ),
      secretStringWoVersion: contentVersion(versionParts(template, used)),
    });
    return { secret, version };
  }
}

function versionParts({ fragments }: ConnectionTemplate, password: SecretReference | undefined): string[] {
  const template = fragments
    .map((part) => ("literal" in part ? part.literal : "token" in part ? part.token : `{{${part.password}}}`))
    .join("");
  return [template, ...(password === undefined ? [] : [referenceText(password)])];
}
