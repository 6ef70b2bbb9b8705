/** The SSM parameters from which the application reads its environment variables. */
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { MigrationError } from "../../core/error";
import { literalAroundTokens } from "../../core/literal";
import type { TransitionNames } from "../../core/migration-part";
import { secretIn } from "../../core/secret/find-secrets";
import { isUnresolved } from "../../core/tokens";
import { constructId } from "../../core/construct-ids";
import { parseConnectionString } from "./connection-string/connection-string";
import { isSecretKey } from "./connection-string/model";
import type { CutoverSide } from "./cutover-side";
import { contentVersion, referenceText, secretExpression } from "./secret-value";
import type { EnvironmentValue, EnvironmentVariableSettings } from "./settings";

/** Properties of {@link EnvironmentParameters}. */
export interface EnvironmentParametersProps {
  readonly application: string;
  readonly variables: readonly EnvironmentVariableSettings[];
  readonly side: CutoverSide;
  /** The first stage with the target's values, and the one before it. */
  readonly cutover: TransitionNames;
  readonly kmsKeyId?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * An SSM parameter for each environment variable, with the value of the source or of the target. A variable that is secret
 * on either side is a SecureString on both.
 *
 * @throws MigrationError `CONFIGURATION_ENVIRONMENT_SECRET`
 */
export class EnvironmentParameters extends Construct {
  /** The parameters, by the names in the settings. */
  public readonly parameters: ReadonlyMap<string, SsmParameter>;

  constructor(scope: Construct, id: string, props: EnvironmentParametersProps) {
    super(scope, id);
    for (const [index, variable] of props.variables.entries())
      checkVariable(variable, `environmentVariables[${index}]`);
    this.parameters = new Map(props.variables.map((variable) => [variable.name, this.make(variable, props)]));
  }

  private make(variable: EnvironmentVariableSettings, props: EnvironmentParametersProps): SsmParameter {
    const { side, application, cutover, kmsKeyId, tags } = props;
    const { name } = variable;
    const value = variable[side];
    const at = new Construct(this, constructId(name));
    const common = {
      name,
      description: descriptionOf(application, side, cutover),
      tags: { ...tags },
    };
    if (!isSecret(variable)) {
      // Not `value`, which Terraform takes for a secret and hides in every plan: a reviewer has to see old and new.
      return new SsmParameter(at, "parameter", { ...common, type: "String", insecureValue: textOf(value) });
    }
    return new SsmParameter(at, "parameter", {
      ...common,
      type: "SecureString",
      ...(kmsKeyId === undefined ? {} : { keyId: kmsKeyId }),
      valueWo: typeof value === "string" ? textOf(value) : `\${${secretExpression(at, "value", value.secret)}}`,
      valueWoVersion: contentVersion([typeof value === "string" ? value : referenceText(value.secret)]),
    });
  }
}

/** Checks whether the value of the variable is a secret on either side. */
export function isSecret({ source, target }: EnvironmentVariableSettings): boolean {
  return typeof source !== "string" || typeof target !== "string";
}

function descriptionOf(application: string, side: CutoverSide, { stage, before }: TransitionNames): string {
  if (side === "source") return `${application}: the value of the source, until the stage ${stage}`;
  const back = before === undefined ? "" : `; the stage ${before} brings back that of the source`;
  return `${application}: the value of the target${back}`;
}

function textOf(value: EnvironmentValue): string {
  if (typeof value !== "string") return "";
  return literalAroundTokens(value);
}

function checkVariable({ name, source, target, notSecret }: EnvironmentVariableSettings, path: string): void {
  for (const [side, value] of Object.entries({ source, target })) {
    if (typeof value !== "string") continue;
    if (notSecret !== true && isSecretKey(name.split("/").at(-1) ?? name))
      refuse(`${path}.${side}`, "the name of this parameter ends like that of a secret");
    if (isUnresolved(value)) continue;
    const found = holdsPassword(value) ? "a password" : secretIn(value);
    if (found !== undefined) refuse(`${path}.${side}`, `this value contains ${found}`);
  }
}

function holdsPassword(value: string): boolean {
  try {
    return parseConnectionString(value).secrets > 0;
  } catch {
    // Not a connection string, or none that can be read: a URL of another scheme may still carry a user and a password.
    return /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#@\s]*:[^/?#@\s]+@/.test(value.trim());
  }
}

function refuse(path: string, because: string): never {
  throw new MigrationError({
    code: "CONFIGURATION_ENVIRONMENT_SECRET",
    path,
    allowed: `a value that is not a secret; ${because}`,
    fix: "put it into Secrets Manager and pass { secret: { secretId } }, or a connection string under connectionStrings; where only the name is misleading, set notSecret",
  });
}
