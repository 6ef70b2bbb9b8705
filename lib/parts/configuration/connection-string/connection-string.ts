/**
 * Reading, rewriting and redacting connection strings, for the configuration that a cut-over moves. A string is rewritten by
 * replacing the characters of its hosts and ports and nothing else. There is no printer that could normalize what a driver is
 * particular about, so what is not replaced is the same to the byte.
 *
 * ```ts
 * rewriteConnectionString("postgres://app@db-01:5432/shop", {
 *   hosts: [{ from: { host: "db-01" }, to: { host: "shop.abc.eu-central-1.rds.amazonaws.com" } }],
 * }).text;
 * ```
 */
import { admit } from "../../../core/door/admit";
import { MigrationError } from "../../../core/error";
import { formatAddress, parseAddress } from "../../../network/address";
import { isHost } from "./host-port";
import type { ConnectionStringForm, ConnectionEndpointKind, EndpointToken, Span } from "./model";
import { scanConnectionString } from "./scan";

/** A host and, optionally, its port. */
export interface HostAndPort {
  /** The host name or IP address, IPv6 without brackets. Names are compared without regard to case. */
  readonly host: string;
  /**
   * The port number, 1 to 65535.
   * @default - in `from`, any port; in `to`, the port stays as it is
   */
  readonly port?: number;
}

/** A replacement of an endpoint's host and port. */
export interface HostMove {
  readonly from: HostAndPort;
  readonly to: HostAndPort;
}

/** An endpoint in a connection string: a host with its port. */
export interface ConnectionEndpoint {
  readonly kind: ConnectionEndpointKind;
  readonly host: string;
  /** The port in the text, or else the form's default; undefined if the form has none. */
  readonly port?: number;
}

/** The form and endpoints of a parsed connection string. It contains nothing secret. */
export interface ConnectionString {
  readonly form: ConnectionStringForm;
  /** The endpoints, in the order of the text. */
  readonly endpoints: readonly ConnectionEndpoint[];
  /** The number of passwords, keys and tokens in the text, without empty ones. */
  readonly secrets: number;
}

/** Options for {@link rewriteConnectionString}. */
export interface RewriteOptions {
  readonly hosts: readonly HostMove[];
}

/** The outcome of {@link rewriteConnectionString}. */
export interface RewrittenConnectionString {
  /** The new text, with all secrets of the old one. */
  readonly text: string;
  readonly form: ConnectionStringForm;
  /** All endpoints of the old text. */
  readonly found: readonly ConnectionEndpoint[];
  /** The endpoints that were replaced, with their replacements. */
  readonly rewritten: readonly { readonly from: ConnectionEndpoint; readonly to: ConnectionEndpoint }[];
  /** The moves that no endpoint matched. */
  readonly unused: readonly HostMove[];
}

interface Edit {
  readonly span: Span;
  readonly text: string;
}

/**
 * Parses a connection string of any of the {@link connectionStringForms}.
 *
 * @throws MigrationError
 * - `CONNECTION_STRING_UNKNOWN`: the text has none of the forms
 * - `CONNECTION_STRING_INVALID`: the text has one of the forms, but is malformed
 * - `CONNECTION_STRING_AMBIGUOUS`: drivers would interpret the text differently
 */
export function parseConnectionString(connectionString: string): ConnectionString {
  admit("parseConnectionString", { connectionString });
  const { form, endpoints, secrets } = scanConnectionString(connectionString);
  return {
    form,
    endpoints: inOrder(endpoints).map(endpointOf),
    secrets: secrets.filter(({ span }) => span.start < span.end).length,
  };
}

/**
 * Replaces the hosts and ports that match, and no other character. If a port is given for an endpoint that has none, it is
 * added at the place that the form has for it.
 *
 * @throws MigrationError `CONNECTION_STRING_UNKNOWN`, `CONNECTION_STRING_INVALID`, `CONNECTION_STRING_AMBIGUOUS` and
 * `CONNECTION_STRING_REPLACEMENT`, if a host or a port cannot be what it is replaced by; none of them quotes the text
 */
export function rewriteConnectionString(connectionString: string, options: RewriteOptions): RewrittenConnectionString {
  admit("rewriteConnectionString", { connectionString, options });
  for (const [index, { from, to }] of options.hosts.entries()) {
    checkHost(from, `hosts[${index}].from`);
    checkHost(to, `hosts[${index}].to`);
  }
  const { form, endpoints } = scanConnectionString(connectionString);
  const edits = new Map<string, Edit>();
  const sharedPorts = new Map<string, number | undefined>();
  const used = new Set<HostMove>();
  const rewritten: { from: ConnectionEndpoint; to: ConnectionEndpoint }[] = [];
  const ordered = inOrder(endpoints);
  for (const token of ordered) {
    const endpoint = endpointOf(token);
    const move = findMove(endpoint, options.hosts, used);
    const port = move?.to.port ?? token.port;
    const sharedKey = token.portSpan === undefined ? undefined : keyOf(token.portSpan);
    if (sharedKey !== undefined) {
      if (sharedPorts.has(sharedKey) && sharedPorts.get(sharedKey) !== port) throwSharedPort();
      sharedPorts.set(sharedKey, port);
    }
    if (move === undefined) continue;
    if (!sameHost(move.to.host, token.host)) {
      const host = token.brackets && move.to.host.includes(":") ? `[${move.to.host}]` : move.to.host;
      edits.set(keyOf(token.hostSpan), { span: token.hostSpan, text: host });
    }
    // A port that holds already is not written: the text stays as near to what it was as it can.
    if (move.to.port !== undefined && move.to.port !== endpoint.port) {
      const edit = portEdit(token, move.to.port);
      const same = edits.get(keyOf(edit.span));
      if (same !== undefined && same.text !== edit.text) throwSharedPort();
      edits.set(keyOf(edit.span), edit);
    }
    const to: ConnectionEndpoint = {
      ...endpoint,
      ...(move.to.port === undefined ? {} : { port: move.to.port }),
      host: move.to.host,
    };
    if (!sameHost(to.host, endpoint.host) || to.port !== endpoint.port) rewritten.push({ from: endpoint, to });
  }
  return {
    text: applyEdits(connectionString, [...edits.values()]),
    form,
    found: ordered.map(endpointOf),
    rewritten,
    unused: options.hosts.filter((move) => !used.has(move)),
  };
}

/** The replacement of a secret, and of a text of unknown form, in redacted output. */
export const REDACTED_SECRET = "***";

/**
 * Returns the text with every password, key and token replaced by `***`. A text that cannot be parsed is replaced as a
 * whole: nobody knows where in it the password is. Never throws.
 */
export function redactConnectionString(connectionString: string): string {
  admit("redactConnectionString", { connectionString });
  try {
    const { secrets } = scanConnectionString(connectionString);
    const edits = secrets
      .filter(({ span }) => span.start < span.end)
      .map(({ span }) => ({ span, text: REDACTED_SECRET }));
    return applyEdits(connectionString, [...new Map(edits.map((edit) => [keyOf(edit.span), edit])).values()]);
  } catch {
    return REDACTED_SECRET;
  }
}

/** Checks whether two hosts are equal: names without regard to case and a final dot, addresses by their value. */
export function sameHost(a: string, b: string): boolean {
  return canonicalHost(a) === canonicalHost(b);
}

/** Returns the host in its canonical form, in which hosts are compared. */
export function canonicalHost(host: string): string {
  const text = host.trim().toLowerCase().replace(/\.$/, "");
  const address = parseAddress(text);
  return address === undefined ? text : formatAddress(address.version, address.value);
}

/** Returns the text with the edits applied, which must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const { span, text: replaced } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    result += text.slice(at, span.start) + replaced;
    at = span.end;
  }
  return result + text.slice(at);
}

function endpointOf({ kind, host, port, defaultPort }: EndpointToken): ConnectionEndpoint {
  const effective = port ?? defaultPort;
  return { kind, host, ...(effective === undefined ? {} : { port: effective }) };
}

function inOrder(endpoints: readonly EndpointToken[]): EndpointToken[] {
  return [...endpoints].sort((a, b) => a.hostSpan.start - b.hostSpan.start);
}

function findMove(endpoint: ConnectionEndpoint, moves: readonly HostMove[], used: Set<HostMove>): HostMove | undefined {
  if (endpoint.kind !== "host" && endpoint.kind !== "srv") return undefined;
  const matching = moves.filter(
    ({ from }) => sameHost(from.host, endpoint.host) && (from.port === undefined || from.port === endpoint.port),
  );
  for (const move of matching) used.add(move);
  const [first] = matching;
  for (const other of matching) {
    if (first === undefined || (sameHost(first.to.host, other.to.host) && first.to.port === other.to.port)) continue;
    // Hosts are the caller's own words, and the only thing that can be said of an endpoint without the text.
    throw new MigrationError({
      code: "CONNECTION_STRING_AMBIGUOUS",
      path: "hosts",
      received: endpoint.host,
      allowed: "one target for each endpoint",
      fix: "keep one of the moves, or tell them apart by the port",
    });
  }
  return first;
}

function portEdit({ portSpan, portInsertion }: EndpointToken, port: number): Edit {
  if (portSpan !== undefined) return { span: portSpan, text: String(port) };
  if (portInsertion === undefined) {
    return throwReplacement(
      "no port here: the form has no place for one, or more than one",
      "write the source's port in the connection string first, or leave the target's out",
    );
  }
  const { at, before, after } = portInsertion;
  return { span: { start: at, end: at }, text: `${before}${port}${after}` };
}

function checkHost({ host, port }: HostAndPort, path: string): void {
  if (!isHost(host)) {
    throwReplacement("a host name, or an address without brackets", "correct the host", `${path}.host`);
  }
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_535)) {
    throwReplacement("a port from 1 to 65535", "correct the port", `${path}.port`);
  }
}

function throwReplacement(allowed: string, fix: string, path = "hosts"): never {
  throw new MigrationError({ code: "CONNECTION_STRING_REPLACEMENT", path, allowed, fix });
}

function throwSharedPort(): never {
  throw new MigrationError({
    code: "CONNECTION_STRING_AMBIGUOUS",
    path: "hosts",
    allowed: "one port for all hosts that share one in the connection string",
    fix: "give all of them the same port, or write one port for each host in the connection string",
  });
}

function keyOf({ start, end }: Span): string {
  return `${start} ${end}`;
}
