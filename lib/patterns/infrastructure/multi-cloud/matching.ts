/**
 * The matching of requests, the way Envoy decides it, and the question whether two matches can ever be satisfied by the same
 * request. The second is answered with care: `disjoint` is true only where it is certain.
 */
import type { RequestMatch, TextMatch, ValueMatch } from "./intent";
import { re2 } from "./re2";

/** The properties of a request that routing depends on. */
export interface RoutingRequest {
  /** The headers by name. @default {} */
  readonly headers?: Readonly<Record<string, string>>;
  /** The path with or without a query string. @default "/" */
  readonly path?: string;
  /** The HTTP method. @default "GET" */
  readonly method?: string;
  /** The authority. @default - the service's name */
  readonly authority?: string;
  /** The scheme. @default "http" */
  readonly scheme?: string;
  /** The query parameters by name. @default - those of the path's query string */
  readonly queryParams?: Readonly<Record<string, string>>;
  /** The labels of the calling workload. @default {} */
  readonly sourceLabels?: Readonly<Record<string, string>>;
  /** The namespace of the calling workload. @default - the namespace matches nothing */
  readonly sourceNamespace?: string;
  /** The gateway that the request came through. @default "mesh" */
  readonly gateway?: string;
  /** The port that the client called. @default - the port matches nothing */
  readonly port?: number;
}

/** Checks whether the request satisfies all conditions of the match. */
export function matches(match: RequestMatch, request: RoutingRequest): boolean {
  const [path = "/", ...query] = (request.path ?? "/").split("?");
  const headers = new Map(Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const queryParams = new Map(
    request.queryParams === undefined ? new URLSearchParams(query.join("?")) : Object.entries(request.queryParams),
  );
  const { uri, ignoreUriCase = false } = match;
  return (
    (uri === undefined || matchesUri(uri, path, ignoreUriCase)) &&
    (match.method === undefined || matchesText(match.method, request.method ?? "GET")) &&
    (match.authority === undefined || matchesText(match.authority, request.authority ?? "")) &&
    (match.scheme === undefined || matchesText(match.scheme, request.scheme ?? "http")) &&
    Object.entries(match.headers ?? {}).every(([name, value]) =>
      matchesValue(value, headers.get(name.toLowerCase())),
    ) &&
    Object.entries(match.withoutHeaders ?? {}).every(
      ([name, value]) => !matchesValue(value, headers.get(name.toLowerCase())),
    ) &&
    Object.entries(match.queryParams ?? {}).every(([name, value]) => matchesValue(value, queryParams.get(name))) &&
    Object.entries(match.sourceLabels ?? {}).every(([name, value]) => request.sourceLabels?.[name] === value) &&
    (match.sourceNamespace === undefined || match.sourceNamespace === request.sourceNamespace) &&
    (match.gateways === undefined || match.gateways.includes(request.gateway ?? "mesh")) &&
    (match.port === undefined || match.port === request.port)
  );
}

/**
 * Checks whether the path satisfies the match. Case is ignored for exact and prefix only: Istio leaves a regular expression
 * as it is.
 */
function matchesUri(match: TextMatch, path: string, ignoreCase: boolean): boolean {
  if (!ignoreCase || "regex" in match) return matchesText(match, path);
  const lower = "exact" in match ? { exact: match.exact.toLowerCase() } : { prefix: match.prefix.toLowerCase() };
  return matchesText(lower, path.toLowerCase());
}

function matchesValue(match: ValueMatch, value: string | undefined): boolean {
  if (value === undefined) return false;
  return "present" in match || matchesText(match, value);
}

/** Checks whether the text satisfies the match. */
export function matchesText(match: TextMatch, text: string): boolean {
  if ("exact" in match) return text === match.exact;
  if ("prefix" in match) return text.startsWith(match.prefix);
  return re2(match.regex).matches(text);
}

/** Checks whether no request can satisfy both. False where that is uncertain. */
export function disjoint(a: RequestMatch, b: RequestMatch): boolean {
  const insensitive = a.ignoreUriCase === true || b.ignoreUriCase === true;
  return (
    disjointTexts(fold(a.uri, insensitive), fold(b.uri, insensitive)) ||
    disjointTexts(a.method, b.method) ||
    disjointTexts(a.authority, b.authority) ||
    disjointTexts(a.scheme, b.scheme) ||
    disjointValues(lowerKeys(a.headers), lowerKeys(b.headers)) ||
    excludes(a, b) ||
    excludes(b, a) ||
    disjointValues(a.queryParams, b.queryParams) ||
    Object.entries(a.sourceLabels ?? {}).some(([name, value]) => (b.sourceLabels?.[name] ?? value) !== value) ||
    differ(a.sourceNamespace, b.sourceNamespace) ||
    differ(a.port, b.port) ||
    (a.gateways !== undefined && b.gateways !== undefined && !a.gateways.some((name) => b.gateways?.includes(name)))
  );
}

/** Checks whether `a` requires a header that `b` excludes in every form, or in the very same form. */
function excludes(a: RequestMatch, b: RequestMatch): boolean {
  const without = lowerKeys(b.withoutHeaders);
  return Object.entries(lowerKeys(a.headers)).some(([name, value]) => {
    const excluded = without[name];
    if (excluded === undefined) return false;
    if ("present" in excluded) return true;
    return "exact" in value && matchesText(excluded, value.exact);
  });
}

function lowerKeys(values: Readonly<Record<string, ValueMatch>> | undefined): Record<string, ValueMatch> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

function fold(match: TextMatch | undefined, insensitive: boolean): TextMatch | undefined {
  if (match === undefined || !insensitive) return match;
  if ("exact" in match) return { exact: match.exact.toLowerCase() };
  // A regular expression keeps its case, so nothing can be said of it against a folded text.
  return "prefix" in match ? { prefix: match.prefix.toLowerCase() } : undefined;
}

function differ<T>(a: T | undefined, b: T | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function disjointValues(
  a: Readonly<Record<string, ValueMatch>> | undefined,
  b: Readonly<Record<string, ValueMatch>> | undefined,
): boolean {
  return Object.entries(a ?? {}).some(([name, value]) => {
    const other = b?.[name];
    if (other === undefined || "present" in value || "present" in other) return false;
    return disjointTexts(value, other);
  });
}

function disjointTexts(a: TextMatch | undefined, b: TextMatch | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if ("exact" in a) return !matchesText(b, a.exact);
  if ("exact" in b) return !matchesText(a, b.exact);
  if ("prefix" in a && "prefix" in b) return !a.prefix.startsWith(b.prefix) && !b.prefix.startsWith(a.prefix);
  return false;
}
