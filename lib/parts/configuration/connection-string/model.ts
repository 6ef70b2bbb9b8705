/**
 * What a scanner of one form tells of a connection string: where in the text its hosts, ports and secrets stand. A scanner
 * never takes a string apart and puts it together again, so nothing but what is replaced on purpose can change.
 */
import { MigrationError } from "../../../core/error";

/** The forms that are understood. */
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

/** One of {@link connectionStringForms}; `key-value` is what ADO.NET and ODBC take. */
export type ConnectionStringForm = (typeof connectionStringForms)[number];

/** A piece of the text, in UTF-16 code units; `end` is the first one after it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What an endpoint's host is.
 *
 * - `host`: a name or an address.
 * - `srv`: a name that DNS resolves to hosts and ports; it has no port of its own.
 * - `socket`: the path of a local socket.
 * - `local`: a word for this machine, or a file.
 */
export type ConnectionEndpointKind = "host" | "srv" | "socket" | "local";

/** Where a port can be written that is not there yet. */
export interface PortInsertion {
  readonly at: number;
  readonly before: string;
  readonly after: string;
}

/** One endpoint and where it stands. */
export interface EndpointToken {
  readonly kind: ConnectionEndpointKind;
  /** Decoded, without the brackets of an IPv6 address. */
  readonly host: string;
  /** The port that is written. */
  readonly port?: number;
  /** The port that holds where none is written. */
  readonly defaultPort?: number;
  /** With the brackets of an IPv6 address. */
  readonly hostSpan: Span;
  /** Several endpoints may share one port. */
  readonly portSpan?: Span;
  /** Undefined where the form has no place for a port, or it is not known which place is the right one. */
  readonly portInsertion?: PortInsertion;
  /** Whether an IPv6 address is written in brackets. */
  readonly brackets: boolean;
}

/**
 * How a secret's text has to be written at its place.
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

/** Where a secret stands, without its quotes. */
export interface SecretToken {
  readonly span: Span;
  readonly encoding: SecretEncoding;
}

/** What was found in a text. */
export interface Scan {
  readonly form: ConnectionStringForm;
  readonly endpoints: readonly EndpointToken[];
  readonly secrets: readonly SecretToken[];
}

/** What a scanner adds to while it reads. */
export interface Found {
  readonly endpoints: EndpointToken[];
  readonly secrets: SecretToken[];
}

/** What all scanners are given: a piece of the text, and where to put what they find. */
export interface ScanInput {
  readonly text: string;
  readonly span: Span;
  readonly found: Found;
}

const SECRET_KEY =
  /(?:pass|password|passwd|passphrase|pwd|secret|secretkey|token|apikey|clientkey|accesskey|accountkey|privatekey|signingkey|encryptionkey|credentials?|authmechanismproperties)$/;

/** Whether a parameter of that name holds a secret. `passfile` and `sslkey` name files and hold none. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(normalizedKey(key));
}

/** Lower case without what drivers ignore in a key: `User ID`, `user_id` and `UserId` are one. */
export function normalizedKey(key: string): string {
  return key.toLowerCase().replace(/[\s_-]/g, "");
}

/** The text of a span. */
export function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

/** The span without the white space at its ends. */
export function trimSpan(text: string, { start, end }: Span): Span {
  let first = start;
  let last = end;
  while (first < last && isSpace(text[first])) first++;
  while (last > first && isSpace(text[last - 1])) last--;
  return { start: first, end: last };
}

/** The pieces between the separators that stand outside round and square brackets. */
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

/** The index of the first of these characters in the span, or its end. */
export function indexOfAny(text: string, { start, end }: Span, characters: string): number {
  for (let at = start; at < end; at++) if (characters.includes(text.charAt(at))) return at;
  return end;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}

/** No connection string is in any of these errors: it may hold a password, even where none was recognized. */
export function invalid(what: string, fix: string): never {
  throw new MigrationError({ code: "CONNECTION_STRING_INVALID", path: "connectionString", allowed: what, fix });
}

/** The same text means one thing to one driver and another to the next. */
export function ambiguous(what: string, fix: string): never {
  throw new MigrationError({
    code: "CONNECTION_STRING_AMBIGUOUS",
    path: "connectionString",
    allowed: `what can be read in one way only, and ${what}`,
    fix,
  });
}
