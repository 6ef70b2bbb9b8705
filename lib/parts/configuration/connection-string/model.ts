/**
 * The outcome of scanning a connection string: the positions of its hosts, ports and secrets in the text. A scanner
 * never takes a string apart and puts it together again, so nothing but what is replaced on purpose can change.
 */
import { MigrationError } from "../../../core/error";

/** All forms of connection strings that are supported. */
export const connectionStringForms = [
  "postgresql-url",
  "postgresql-keywords",
  "mysql-url",
  "mysql-go-dsn",
  "sqlserver-url",
  "key-value",
  "oracle-url",
  "oracle-ez-connect",
  "oracle-descriptor",
  "jdbc-postgresql",
  "jdbc-mysql",
  "jdbc-mariadb",
  "jdbc-sqlserver",
  "jdbc-oracle",
  "mongodb-url",
  "mongodb-srv-url",
  "redis-url",
  "redis-options",
  "amqp-url",
  "host-list",
] as const;

/** A form of connection strings, one of {@link connectionStringForms}; `key-value` is the form of ADO.NET and ODBC. */
export type ConnectionStringForm = (typeof connectionStringForms)[number];

/** A range of the text in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The kind of an endpoint's host.
 *
 * - `host`: a name or an address.
 * - `srv`: a name that DNS resolves to hosts and ports; it has no port of its own.
 * - `socket`: the path of a local socket.
 * - `local`: a word for this machine, or a file.
 */
export type ConnectionEndpointKind = "host" | "srv" | "socket" | "local";

/** The place at which a missing port can be inserted. */
export interface PortInsertion {
  readonly at: number;
  readonly before: string;
  readonly after: string;
}

/** An endpoint with its position in the text. */
export interface EndpointToken {
  readonly kind: ConnectionEndpointKind;
  /** The host, decoded and without the brackets of an IPv6 address. */
  readonly host: string;
  /** The port in the text, if there is one. */
  readonly port?: number;
  /** The port that drivers use if the text has none. */
  readonly defaultPort?: number;
  /** The position of the host, with the brackets of an IPv6 address. */
  readonly hostSpan: Span;
  /** The position of the port, which several endpoints may share. */
  readonly portSpan?: Span;
  /** The place to insert a port; undefined if the form has no place for one, or the right place is not known. */
  readonly portInsertion?: PortInsertion;
  /** Whether an IPv6 address is written in brackets. */
  readonly brackets: boolean;
}

/**
 * The encoding of a secret at its place in the text.
 *
 * - `percent`: percent-encoded (RFC 3986).
 * - `libpq-bare`, `libpq-quoted`: libpq's rules, without and within quotes.
 * - `ado-bare`, `ado-single`, `ado-double`: ADO.NET's, without quotes, within ' and within ".
 * - `odbc-bare`, `odbc-braced`: ODBC's and the SQL Server JDBC driver's, without and within braces.
 * - `plain`: as it is; the form has no way to write its own delimiters in a secret.
 */
export type SecretEncoding =
  | "percent"
  | "libpq-bare"
  | "libpq-quoted"
  | "ado-bare"
  | "ado-single"
  | "ado-double"
  | "odbc-bare"
  | "odbc-braced"
  | "plain";

/** The position of a secret in the text, without its quotes, and its encoding. */
export interface SecretToken {
  readonly span: Span;
  readonly encoding: SecretEncoding;
}

/** The outcome of a scan: the form of the text, its endpoints and its secrets. */
export interface Scan {
  readonly form: ConnectionStringForm;
  readonly endpoints: readonly EndpointToken[];
  readonly secrets: readonly SecretToken[];
}

/** The endpoints and secrets found so far, to which scanners add. */
export interface Found {
  readonly endpoints: EndpointToken[];
  readonly secrets: SecretToken[];
}

/** The input common to all scanners: the text, the span to scan, and the collection of findings. */
export interface ScanInput {
  readonly text: string;
  readonly span: Span;
  readonly found: Found;
}

const SECRET_KEY =
  /(?:pass|password|passwd|passphrase|pwd|secret|secretkey|token|apikey|clientkey|accesskey|accountkey|privatekey|signingkey|encryptionkey|credentials?|authmechanismproperties)$/;

/** Checks whether a parameter of that name holds a secret. `passfile` and `sslkey` name files and hold none. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(normalizedKey(key));
}

/** Returns the key in lower case without the characters that drivers ignore: `User ID`, `user_id` and `UserId` are equal. */
export function normalizedKey(key: string): string {
  return key.toLowerCase().replace(/[\s_-]/g, "");
}

/** Returns the text of a span. */
export function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

/** Returns the span without the white space at its ends. */
export function trimSpan(text: string, { start, end }: Span): Span {
  let first = start;
  let last = end;
  while (first < last && isSpace(text[first])) first++;
  while (last > first && isSpace(text[last - 1])) last--;
  return { start: first, end: last };
}

/** Returns the spans between the separators that stand outside round and square brackets. */
export function splitSpan(text: string, { start, end }: Span, separators: string): Span[] {
  const pieces: Span[] = [];
  let depth = 0;
  let first = start;
  for (let at = start; at < end; at++) {
    const character = text.charAt(at);
    if (character === "(" || character === "[") depth++;
    else if (character === ")" || character === "]") depth--;
    else if (depth <= 0 && separators.includes(character)) {
      pieces.push({ start: first, end: at });
      first = at + 1;
    }
  }
  pieces.push({ start: first, end });
  return pieces;
}

/** Returns the index of the first of the characters in the span, or the span's end. */
export function indexOfAny(text: string, { start, end }: Span, characters: string): number {
  for (let at = start; at < end; at++) if (characters.includes(text.charAt(at))) return at;
  return end;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}

/**
 * Throws `CONNECTION_STRING_INVALID`. The error never contains the connection string: it may hold a password, even if none
 * was recognized.
 */
export function throwInvalid(what: string, fix: string): never {
  throw new MigrationError({ code: "CONNECTION_STRING_INVALID", path: "connectionString", allowed: what, fix });
}

/** Throws `CONNECTION_STRING_AMBIGUOUS`, for a text that drivers interpret differently. */
export function throwAmbiguous(what: string, fix: string): never {
  throw new MigrationError({
    code: "CONNECTION_STRING_AMBIGUOUS",
    path: "connectionString",
    allowed: `a connection string that every driver interprets alike; ${what}`,
    fix,
  });
}
