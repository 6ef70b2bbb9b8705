/**
 * Scanner for Oracle's Easy Connect and Easy Connect Plus, `user/password@//db1:1521/orders` (Oracle Database Net Services
 * Administrator's Guide, "Understanding the Easy Connect Naming Method"), with or without a user before it. Hosts of one
 * address list, separated by commas, may share the port of the last one.
 */
import { addEndpoint, readPort } from "./host-port";
import {
  throwAmbiguous,
  indexOfAny,
  throwInvalid,
  splitSpan,
  textOf,
  trimSpan,
  type ScanInput,
  type Span,
} from "./model";
import { isDescriptor, scanDescriptor } from "./tns";
import { scanQuery } from "./url";

const LISTENER_PORT = 1521;
const PROTOCOL = /^(?:(?:tcps?|beq|exadirect|sdp|wss):)?\/\//i;

/** Scans an Easy Connect string, by itself or after an @, and adds its endpoints. */
export function scanEasyConnect({ text, span, found }: ScanInput): void {
  const whole = trimSpan(text, span);
  const prefix = PROTOCOL.exec(textOf(text, whole))?.[0] ?? "";
  const start = whole.start + prefix.length;
  const hostsEnd = indexOfAny(text, { start, end: whole.end }, "/?");
  for (const list of splitSpan(text, { start, end: hostsEnd }, ";")) {
    let shared: { port: number; portSpan: Span } | undefined;
    for (const piece of splitSpan(text, list, ",").reverse()) {
      shared = scanHost({ text, span: piece, found }, shared);
    }
  }
  const query = indexOfAny(text, { start: hostsEnd, end: whole.end }, "?");
  if (query < whole.end) scanQuery({ text, span: { start: query + 1, end: whole.end }, found });
}

/**
 * Scans `host[:port[:SID]]`. A list is scanned from its last host to its first, so that a host without a port finds the
 * port known.
 */
function scanHost(
  { text, span, found }: ScanInput,
  shared: { port: number; portSpan: Span } | undefined,
): { port: number; portSpan: Span } | undefined {
  const piece = trimSpan(text, span);
  if (piece.start === piece.end) return throwInvalid("a host in each place of the list", "remove the empty place");
  const closing = text[piece.start] === "[" ? indexOfAny(text, piece, "]") + 1 : piece.start;
  const colon = indexOfAny(text, { start: closing, end: piece.end }, ":");
  const portStart = Math.min(colon + 1, piece.end);
  const portSpan = { start: portStart, end: indexOfAny(text, { start: portStart, end: piece.end }, ":") };
  const own = colon === piece.end ? shared : { portSpan, port: readPort(textOf(text, portSpan)) };
  addEndpoint({ text, span: { start: piece.start, end: colon }, found }, { defaultPort: LISTENER_PORT }, own ?? {});
  return own;
}

/** Scans `[user/password]@…`, the form that SQL*Plus accepts and, after `jdbc:oracle:thin:`, the JDBC driver. */
export function scanOracleLogin({ text, span, found }: ScanInput, userRequired: boolean): void {
  const login = /^\s*([^/@"\s]*)(?:\/("[^"]*"|[^@"]*))?@/.exec(textOf(text, span));
  if (login === null) return throwInvalid("user/password@address", "write an address after an @");
  const [whole, user = "", password] = login;
  if (userRequired && user === "" && password === undefined) {
    return throwInvalid("user/password@address", "write the user before the @");
  }
  const address = { start: span.start + whole.length, end: span.end };
  if (password !== undefined) {
    const end = address.start - 1;
    const quotes = password.startsWith('"') ? 1 : 0;
    found.secrets.push({
      span: { start: end - password.length + quotes, end: end - quotes },
      encoding: "plain",
    });
  }
  const rest = textOf(text, address);
  if (isDescriptor(rest)) {
    scanDescriptor({ text, span: address, found });
    return;
  }
  if (textOf(text, { start: address.start, end: indexOfAny(text, address, "?") }).includes("@")) {
    throwAmbiguous("here more than one @ stands before the address", "put the password in double quotes");
  }
  if (!PROTOCOL.test(rest) && !/[:/]/.test(rest)) {
    throwAmbiguous("here what follows the @ may be a host or a net service name", "write //host:port/service");
  }
  scanEasyConnect({ text, span: address, found });
}
