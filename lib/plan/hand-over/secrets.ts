/**
 * Secrets, which must not be written into a file: what the state calls sensitive, what is called like a secret, and whatever equals one of
 * these. The provider does not mark all of them: a password that Secrets Manager makes up is none for it.
 */
import { holdsSensitive, type StateResource, type TerraformState } from "./terraform-state";

/** Shorter values are no secrets, and equal too much: `true`, `live`, a port. */
const SHORTEST = 8;

const NAME =
  /(?:^|_)(?:password|passphrase|preshared_key|private_key|secret_(?:string|binary|key)|auth_token|access_key|token)$/;

/** Write-only arguments, and the versions by which they change. */
const WRITE_ONLY = /_wo(?:_version)?$/;

/** The types of which every value is a secret. */
const TYPES = new Set(["aws_secretsmanager_random_password", "random_password"]);

/** Checks whether an argument or attribute is called like a secret. */
export function isSecretName(name: string): boolean {
  return NAME.test(name);
}

/** Checks whether an argument is write-only, or the version of one: neither is in the state, and importing knows neither. */
export function isWriteOnly(name: string): boolean {
  return WRITE_ONLY.test(name);
}

/** The secrets of a state. */
export class Secrets {
  private readonly values = new Set<string>();

  constructor(state: TerraformState) {
    for (const resource of state.resources.values()) {
      // The stages of migrations, which the provider calls sensitive as it does every parameter's value.
      if (resource.type === "aws_ssm_parameters_by_path" || isOpenParameter(resource)) continue;
      for (const [name, value] of Object.entries(resource.values)) {
        this.collect(value, resource.sensitive[name], isSecretAttribute(resource, name));
      }
    }
  }

  /** Checks whether the value, or anything in it, has a secret in it. */
  public has(value: unknown): boolean {
    if (typeof value === "string") return [...this.values].some((secret) => value.includes(secret));
    return typeof value === "object" && value !== null && Object.values(value).some((each) => this.has(each));
  }

  private collect(value: unknown, marks: unknown, secret: boolean): void {
    if (typeof value === "string") {
      if ((secret || marks === true) && value.length >= SHORTEST) this.values.add(value);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    const all = secret || marks === true;
    for (const [key, each] of Object.entries(value)) {
      const inner = typeof marks === "object" && marks !== null ? (marks as Record<string, unknown>)[key] : undefined;
      this.collect(each, inner, all || isSecretName(key));
    }
  }
}

/** Checks whether the attribute of a resource is a secret, or holds one. */
export function isSecretAttribute(resource: StateResource, name: string): boolean {
  if (isOpenParameter(resource)) return false;
  return isSecretName(name) || (TYPES.has(resource.type) && name !== "id") || holdsSensitive(resource.sensitive[name]);
}

/**
 * Checks whether it is a parameter of Systems Manager that is no secret. The provider calls the value of every parameter
 * sensitive, also that of a public one with the id of an image.
 */
export function isOpenParameter({ type, values }: Pick<StateResource, "type" | "values">): boolean {
  return type === "aws_ssm_parameter" && (values["type"] === "String" || values["type"] === "StringList");
}
