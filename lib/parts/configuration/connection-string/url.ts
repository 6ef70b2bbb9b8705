/**
 * Scanner for URLs, `scheme://user:password@host:port,host:port/path?key=value#fragment`.
 *
 * The one thing that drivers do not agree on is an unescaped delimiter in a password: one takes the first @, the other the
 * last. Whoever guesses here changes the wrong part, so such a string is refused as ambiguous.
 */
import { addEndpoint, percentDecoded, readPort, scanHostList, scanHostPort, type HostOptions } from "./host-port";
import {
  throwAmbiguous,
  indexOfAny,
  isSecretKey,
  splitSpan,
  textOf,
  trimSpan,
  type ScanInput,
  type Span,
} from "./model";

/** Options for {@link scanUrl}: the differences between schemes. */
export interface UrlOptions {
  readonly defaultPort?: number;
  /** Whether the host is a name of SRV records. @default false */
  readonly srv?: boolean;
  /** Whether `host`, `hostaddr` and `port` may be parameters, as in libpq. @default false */
  readonly hostParameters?: boolean;
  /** Whether a user part without a colon is the password. @default false */
  readonly userIsSecret?: boolean;
  /** Whether hosts may be groups of properties, as in MySQL's and MariaDB's JDBC drivers. @default false */
  readonly hostGroups?: boolean;
}

const ENCODE = "percent-encode every : / ? # [ ] @ of the user and the password";

/** Scans the part of a URL after `scheme://`, and adds its endpoints and secrets. */
export function scanUrl({ text, span, found }: ScanInput, options: UrlOptions): void {
  const authority = { start: span.start, end: indexOfAny(text, span, "/?#") };
  const path = { start: authority.end, end: indexOfAny(text, { start: authority.end, end: span.end }, "?#") };
  const query = { start: path.end, end: indexOfAny(text, { start: path.end, end: span.end }, "#") };
  const fragment = { start: query.end, end: span.end };
  const at = indexOfAny(text, authority, "@");
  const hasUser = at < authority.end;
  if (hasUser && textOf(text, { start: at + 1, end: authority.end }).includes("@")) {
    throwAmbiguous("here more than one @ stands before the path", ENCODE);
  }
  // Whether or not there is a user: an @ behind the authority means that the authority may have ended inside a password.
  if (textOf(text, path).includes("@") || textOf(text, fragment).includes("@") || keylessAt(text, query)) {
    throwAmbiguous("here an @ stands behind a / ? or #", ENCODE);
  }
  if (hasUser) scanUser({ text, span: { start: span.start, end: at }, found }, options);
  const host: HostOptions = {
    percent: true,
    ...(options.defaultPort === undefined ? {} : { defaultPort: options.defaultPort }),
    ...(options.srv === true ? { kind: "srv", portInsertion: "none" } : {}),
  };
  for (const piece of splitSpan(text, { start: hasUser ? at + 1 : span.start, end: authority.end }, ",")) {
    if (options.hostGroups === true && isGroup(text, piece)) scanGroup({ text, span: piece, found }, options);
    else scanHostPort({ text, span: piece, found }, host);
  }
  if (query.start < query.end) scanQuery({ text, span: { ...query, start: query.start + 1 }, found }, options);
}

/** Scans the parameters of a query without its question mark, and adds its endpoints and secrets. */
export function scanQuery({ text, span, found }: ScanInput, options: UrlOptions = {}): void {
  const values = new Map<string, Span>();
  for (const pair of splitSpan(text, span, "&")) {
    const equals = indexOfAny(text, pair, "=");
    if (equals === pair.end) continue;
    const key = percentDecoded(textOf(text, { start: pair.start, end: equals }));
    const value = { start: equals + 1, end: pair.end };
    if (isSecretKey(key)) found.secrets.push({ span: value, encoding: "percent" });
    if (["host", "hostaddr", "port"].includes(key)) {
      if (values.has(key)) throwAmbiguous(`here the parameter ${key} is given twice`, "keep one of the two");
      values.set(key, value);
    }
  }
  if (options.hostParameters !== true) return;
  const ports = values.get("port");
  const hosts = [values.get("host"), values.get("hostaddr")].filter((each) => each !== undefined);
  for (const each of hosts) {
    scanHostList(
      { text, span: each, found },
      {
        percent: true,
        ...(options.defaultPort === undefined ? {} : { defaultPort: options.defaultPort }),
        ...(ports === undefined ? {} : { ports }),
        portInsertion: { at: (hosts[0] ?? each).end, before: "&port=", after: "" },
      },
    );
  }
}

function scanUser({ text, span, found }: ScanInput, { userIsSecret }: UrlOptions): void {
  const colon = indexOfAny(text, span, ":");
  if (colon < span.end) found.secrets.push({ span: { start: colon + 1, end: span.end }, encoding: "percent" });
  else if (userIsSecret === true) found.secrets.push({ span, encoding: "percent" });
}

function keylessAt(text: string, query: Span): boolean {
  const first = { start: query.start, end: indexOfAny(text, query, "&") };
  const at = indexOfAny(text, first, "@");
  return at < first.end && at < indexOfAny(text, first, "=");
}

function isGroup(text: string, piece: Span): boolean {
  return /^(?:address=)?\(/i.test(textOf(text, piece));
}

/** Scans a host that is a group of properties: `address=(host=a)(port=3306)` or `(host=a,port=3306)`. */
function scanGroup({ text, span, found }: ScanInput, { defaultPort }: UrlOptions): void {
  const properties = new Map<string, Span>();
  const pattern = /[(,]\s*([A-Za-z]+)\s*=\s*([^(),]*)/g;
  for (const match of textOf(text, span).matchAll(pattern)) {
    const [whole, key = "", value = ""] = match;
    const end = span.start + match.index + whole.length;
    const place = trimSpan(text, { start: end - value.length, end });
    properties.set(key.toLowerCase(), place);
    if (isSecretKey(key)) found.secrets.push({ span: place, encoding: "percent" });
  }
  const host = properties.get("host");
  if (host === undefined || host.start === host.end) return;
  const portSpan = properties.get("port");
  const separator = text[host.end] === "," || /^\s*\(/.test(textOf(text, span)) ? "," : ")(";
  addEndpoint(
    { text, span: host, found },
    {
      ...(defaultPort === undefined ? {} : { defaultPort }),
      portInsertion: { at: host.end, before: `${separator}port=`, after: "" },
    },
    portSpan === undefined ? {} : { portSpan, port: readPort(textOf(text, portSpan)) },
  );
}
