/**
 * Errors with a code:
 * `throw new MigrationError({ code: "CIDR_HOST_BITS", path: "sites[0].cidr", received: "10.0.0.5/8", allowed: …, fix: … })`
 *
 * An error is for what the caller passed and could not be; what is wrong with the *migration* is a {@link Finding}. Every
 * error has a code, so that a pipeline can match on it and a reader can look it up, and every message says three things:
 * what came, what is allowed, what to do.
 */
import { printable } from "./printable";
import { dataWithoutSecrets, withoutSecrets } from "./secret/redact";

/** Properties of a {@link MigrationError}. */
export interface MigrationErrorInit {
  /**
   * The error's code: a stable identifier in upper snake case, prefixed by its subject: `CIDR_HOST_BITS`,
   * `HYBRID_VPN_INSIDE_CIDR`.
   */
  readonly code: string;
  /**
   * The place in the caller's own input: a property path (`tunnels[0].insideCidr`) or a place in a file (`servers.yaml:12`).
   * @default - the error is about the call as a whole
   */
  readonly path?: string;
  /**
   * The value that was received. Rendered as JSON and cut at 120 characters. What is known to be a secret is left out; what
   * only the caller knows to be one must not be passed.
   * @default - the message does not say what came
   */
  readonly received?: unknown;
  /**
   * The values that are allowed, as a phrase: `a /30 within 169.254.0.0/16`.
   * @default - the message does not say
   */
  readonly allowed?: string;
  /** The remedy, as an imperative phrase without a final period: `write 10.0.0.0/8`. */
  readonly fix: string;
  /**
   * Details, each on a line of its own below the message.
   * @default - the message is one line
   */
  readonly details?: readonly string[];
  /**
   * The path of the construct that refused, `node.path`.
   * @default - thrown outside the construct tree
   */
  readonly construct?: string;
  /**
   * The error underneath.
   * @default - none
   */
  readonly cause?: unknown;
}

const RECEIVED_LIMIT = 120;

function renderReceived(received: unknown): string {
  let text: string;
  try {
    // Its declared type says string, but JSON.stringify gives undefined for a function or a symbol.
    const json: unknown = JSON.stringify(received);
    text = typeof json === "string" ? json : String(received);
  } catch {
    text = String(received);
  }
  return text.length > RECEIVED_LIMIT ? `${text.slice(0, RECEIVED_LIMIT)}…` : text;
}

/**
 * An error about a value that the caller passed and that cannot be used. The message is one line, and one for each detail:
 * lower case, no final period, and names the place, what came, what is allowed and the remedy. A control character in it is
 * written as an escape, and a secret as its kind.
 */
export class MigrationError extends Error {
  public readonly code: string;
  public readonly path?: string;
  public readonly received?: unknown;
  public readonly allowed?: string;
  public readonly fix: string;
  public readonly construct?: string;

  constructor(given: MigrationErrorInit) {
    const init = withoutSecretsIn(given);
    const parts: string[] = [];
    if (init.path !== undefined) parts.push(`${init.path}:`);
    if (init.received !== undefined) parts.push(`received ${renderReceived(init.received)},`);
    if (init.allowed !== undefined) parts.push(`allowed is ${init.allowed};`);
    parts.push(init.fix);
    const where = init.construct === undefined ? "" : ` (in construct ${init.construct})`;
    super(
      [`[${init.code}] ${parts.join(" ")}${where}`, ...(init.details ?? [])].map(printable).join("\n  "),
      init.cause === undefined ? undefined : { cause: init.cause },
    );
    this.name = "MigrationError";
    this.code = init.code;
    this.path = init.path;
    this.received = init.received;
    this.allowed = init.allowed;
    this.fix = init.fix;
    this.construct = init.construct;
  }
}

/** Returns the properties without secrets, before anything is cut: a piece of a secret is not known for one. */
function withoutSecretsIn({ cause, received, ...init }: MigrationErrorInit): MigrationErrorInit {
  return {
    ...dataWithoutSecrets(init),
    ...(received === undefined ? {} : { received: dataWithoutSecrets(received) }),
    // What another library says may quote what it was given.
    ...(cause === undefined || hasSecret(cause) ? {} : { cause }),
  };
}

function hasSecret(cause: unknown): boolean {
  const told = cause instanceof Error ? `${cause.message}\n${cause.stack ?? ""}` : cause;
  return typeof told === "string" && withoutSecrets(told) !== told;
}

/**
 * Checks whether the error is a {@link MigrationError}, of this copy of the class or of another: a runtime library is bundled
 * and has a copy of its own, which `instanceof` does not know.
 */
export function isMigrationError(error: unknown): error is MigrationError {
  if (error instanceof MigrationError) return true;
  if (!(error instanceof Error) || error.name !== "MigrationError") return false;
  const { code, fix } = error as Partial<MigrationError>;
  return typeof code === "string" && typeof fix === "string";
}
