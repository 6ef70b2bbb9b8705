/**
 * ```ts
 * const { source, target } = readConnectionString(settings, "connectionStrings[0]");
 * target.fragments; // [{ literal: "postgresql://shop:" }, { password: "percent" }, { literal: "@" }, { token: "${…}" }, …]
 * ```
 *
 * Templates of connection strings, in which a placeholder stands for the password and tokens for what Terraform will know.
 * Both are replaced by harmless words before the string is read, so that the same reader as everywhere says what is a host
 * and what is a password; and a password that is written down is found by it, and refused without being repeated.
 */
import { MigrationError } from "../../core/error";
import { hasToken, TOKEN } from "../../core/token-text";
import { rewriteConnectionString } from "./connection-string/connection-string";
import type { Scan, SecretEncoding } from "./connection-string/model";
import { scanConnectionString } from "./connection-string/scan";
import type { ConnectionStringSettings } from "./settings";

/** The placeholder of the password in a template. */
export const PASSWORD_PLACEHOLDER = "{{password}}";

/** A piece of a parsed template: literal text, a token, or the place of the password with its encoding. */
export type Fragment =
  { readonly literal: string } | { readonly token: string } | { readonly password: SecretEncoding };

/** A parsed template of a connection string. */
export interface ConnectionTemplate {
  readonly fragments: readonly Fragment[];
  /** The hosts of the connection string, except those that are tokens. */
  readonly hosts: readonly string[];
  readonly hasPassword: boolean;
}

/** The parsed templates of a connection string at the source and at the target. */
export interface ConnectionTemplates {
  readonly source: ConnectionTemplate;
  readonly target: ConnectionTemplate;
}

const PASSWORD_WORD = "passwordplaceholder4f1c";
const TOKEN_LIMIT = 6;

/** Stand-ins for tokens while a template is scanned, with the mapping back to the tokens. */
class StandIns {
  private readonly tokens = new Map<string, string>();

  constructor(private readonly text: string) {}

  public host(token: string): string {
    return this.add(`token-${this.tokens.size}-4f1c.invalid`, token);
  }

  public port(token: string): string {
    let port = 65_535;
    while (this.tokens.has(String(port)) || this.text.includes(String(port))) port--;
    return this.add(String(port), token);
  }

  public has(word: string): boolean {
    return this.tokens.has(word);
  }

  /** Splits the text at the stand-ins and at the passwords. */
  public fragments(text: string, secrets: Scan["secrets"]): Fragment[] {
    const words = [PASSWORD_WORD, ...this.tokens.keys()].map((word) => word.replaceAll(".", "\\."));
    const pattern = new RegExp(words.join("|"), "g");
    const fragments: Fragment[] = [];
    let at = 0;
    for (const match of text.matchAll(pattern)) {
      const [word] = match;
      if (match.index > at) fragments.push({ literal: text.slice(at, match.index) });
      at = match.index + word.length;
      const token = this.tokens.get(word);
      const secret = secrets.find(({ span }) => span.start === match.index);
      if (token !== undefined) fragments.push({ token });
      else if (secret !== undefined) fragments.push({ password: secret.encoding });
    }
    if (at < text.length) fragments.push({ literal: text.slice(at) });
    return fragments;
  }

  private add(word: string, token: string): string {
    this.tokens.set(word, token);
    return word;
  }
}

/**
 * Parses the templates of a connection string at the source and at the target, and checks them against each other.
 *
 * @throws MigrationError `CONFIGURATION_CONNECTION_STRING` with the scanner's own error, `CONFIGURATION_PASSWORD_LITERAL`,
 * `CONFIGURATION_PASSWORD_PLACE`, `CONFIGURATION_PASSWORD_MISSING`, `CONFIGURATION_PASSWORD_UNUSED`,
 * `CONFIGURATION_MOVE_UNUSED`
 */
export function readConnectionString(settings: ConnectionStringSettings, path: string): ConnectionTemplates {
  const source = readTemplate(settings.source, `${path}.source`);
  const { target: declared } = settings;
  const target =
    typeof declared === "string"
      ? readTemplate(declared, `${path}.target`)
      : moveTemplate(settings.source, declared.hosts, `${path}.target`);
  if (source.hasPassword && settings.sourcePassword === undefined) missing(`${path}.sourcePassword`);
  if (target.hasPassword && settings.targetPassword === undefined && settings.sourcePassword === undefined) {
    missing(`${path}.targetPassword`);
  }
  if (!source.hasPassword && settings.sourcePassword !== undefined) unused(`${path}.sourcePassword`);
  if (!target.hasPassword && settings.targetPassword !== undefined) unused(`${path}.targetPassword`);
  return { source, target };
}

interface Reading {
  readonly text: string;
  readonly scan: Scan;
  readonly standIns: StandIns;
}

function readTemplate(template: string, path: string): ConnectionTemplate {
  return understood(read(template, path), path);
}

function moveTemplate(
  template: string,
  hosts: Exclude<ConnectionStringSettings["target"], string>["hosts"],
  path: string,
): ConnectionTemplate {
  const { text, standIns } = read(template, path);
  const moves = hosts.map(({ from, to }) => ({
    from,
    to: {
      host: hasToken(to.host) ? standIns.host(to.host) : to.host,
      ...(to.port === undefined
        ? {}
        : { port: hasToken(String(to.port)) ? Number(standIns.port(String(to.port))) : to.port }),
    },
  }));
  const moved = coded(path, () => rewriteConnectionString(text, { hosts: moves }));
  const [unusedMove] = moved.unused;
  if (unusedMove !== undefined) {
    throw new MigrationError({
      code: "CONFIGURATION_MOVE_UNUSED",
      path: `${path}.hosts[${moves.indexOf(unusedMove)}].from`,
      received: unusedMove.from,
      allowed: moved.found.map(({ host, port }) => (port === undefined ? host : `${host}:${port}`)).join(", "),
      fix: "name an endpoint of the connection string, or remove the move",
    });
  }
  return understood({ text: moved.text, scan: scanConnectionString(moved.text), standIns }, path);
}

/** Scans a template. A token may stand for a host or a port; the combination that can be scanned decides which one it is. */
function read(template: string, path: string): Reading {
  const bare = template.replaceAll(PASSWORD_PLACEHOLDER, PASSWORD_WORD);
  const tokens = bare.match(TOKEN) ?? [];
  if (tokens.length > TOKEN_LIMIT || bare.replace(TOKEN, "").trim() === "") {
    throw new MigrationError({
      code: "CONFIGURATION_CONNECTION_STRING",
      path,
      allowed: `a connection string in which hosts and ports may be tokens, at most ${TOKEN_LIMIT}`,
      fix: "write the string out, with a token for each host and port that Terraform will know",
    });
  }
  const attempt = (ports: number): Reading => {
    const standIns = new StandIns(bare);
    let index = 0;
    const text = bare.replace(TOKEN, (token) => ((ports >> index++) & 1 ? standIns.port(token) : standIns.host(token)));
    return { text, scan: scanConnectionString(text), standIns };
  };
  for (let ports = 0; ports < 2 ** tokens.length; ports++) {
    try {
      return attempt(ports);
    } catch {
      // Another reading of the tokens may do. Where none does, the first one says what is wrong.
    }
  }
  return coded(path, () => attempt(0));
}

function understood({ text, scan, standIns }: Reading, path: string): ConnectionTemplate {
  const secrets = scan.secrets.filter(({ span }) => span.start < span.end);
  const places = new Set<number>();
  for (const { span } of secrets) {
    if (text.slice(span.start, span.end) !== PASSWORD_WORD) {
      throw new MigrationError({
        code: "CONFIGURATION_PASSWORD_LITERAL",
        path,
        allowed: `${PASSWORD_PLACEHOLDER} alone in place of each password, key and token`,
        fix: "take the password out of the source, change it, put it into Secrets Manager and pass the secret's ARN",
      });
    }
    places.add(span.start);
  }
  for (let at = text.indexOf(PASSWORD_WORD); at >= 0; at = text.indexOf(PASSWORD_WORD, at + 1)) {
    if (places.has(at)) continue;
    throw new MigrationError({
      code: "CONFIGURATION_PASSWORD_PLACE",
      path,
      allowed: `${PASSWORD_PLACEHOLDER} where the form ${scan.form} has a password`,
      fix: "move the placeholder, and write a user, a host or a database as it is",
    });
  }
  return {
    fragments: standIns.fragments(text, secrets),
    hosts: scan.endpoints.filter(({ host, kind }) => kind !== "socket" && !standIns.has(host)).map(({ host }) => host),
    hasPassword: places.size > 0,
  };
}

/** Calls the scanner, and rethrows its error with the place in the settings. The error never contains the text. */
function coded<Result>(path: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    throw new MigrationError({
      code: "CONFIGURATION_CONNECTION_STRING",
      path,
      ...(error.received === undefined ? {} : { received: error.received }),
      ...(error.allowed === undefined ? {} : { allowed: error.allowed }),
      fix: `${error.fix} (${error.code})`,
      cause: error,
    });
  }
}

function missing(path: string): never {
  throw new MigrationError({
    code: "CONFIGURATION_PASSWORD_MISSING",
    path,
    allowed: `a secret for ${PASSWORD_PLACEHOLDER}`,
    fix: "pass { secretId } of the secret that holds the password",
  });
}

function unused(path: string): never {
  throw new MigrationError({
    code: "CONFIGURATION_PASSWORD_UNUSED",
    path,
    allowed: `a secret only where the connection string has ${PASSWORD_PLACEHOLDER}`,
    fix: `write ${PASSWORD_PLACEHOLDER} in place of the password, or remove the reference`,
  });
}
