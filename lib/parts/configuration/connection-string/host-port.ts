/** Scanner for `host`, `host:port` and `[address]:port`, which most forms of connection strings have in common. */
import { parseAddress } from "../../../network/address";
import {
  indexOfAny,
  throwInvalid,
  splitSpan,
  textOf,
  trimSpan,
  type ConnectionEndpointKind,
  type EndpointToken,
  type PortInsertion,
  type ScanInput,
  type Span,
} from "./model";

/** Options for {@link scanHostPort}: the notation of hosts and ports in a form. */
export interface HostOptions {
  readonly defaultPort?: number;
  /** @default "host" */
  readonly kind?: ConnectionEndpointKind;
  /** Whether hosts are percent-encoded. @default false */
  readonly percent?: boolean;
  /**
   * The place at which a missing port is inserted.
   * @default - after the host and a colon
   */
  readonly portInsertion?: PortInsertion | "none";
}

const HOST = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_.])?$/u;
const BRACKETED = /^\[([0-9A-Fa-f:.]+(?:%[\w.%-]+)?)\]$/;

/** Checks whether the text is a host name or an IP address. */
export function isHost(text: string): boolean {
  return HOST.test(text) || isAddress6(text);
}

/** Checks whether the text is an IPv6 address, with or without a zone. */
function isAddress6(text: string): boolean {
  return parseAddress(text.replace(/%.*$/, ""))?.version === 6;
}

/** Returns the number of a port. */
export function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  return throwInvalid(
    "a port from 1 to 65535 after each host's colon",
    "correct the port; in a URL, percent-encode every : / ? # [ ] @ of the user and the password",
  );
}

/** Returns the text with its percent-encoding decoded. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return throwInvalid("percent-encoded UTF-8", "write each % that stands for itself as %25");
  }
}

/** Scans one `host[:port]` and adds its endpoint. An empty piece has none: the driver uses its default. */
export function scanHostPort({ text, span, found }: ScanInput, options: HostOptions = {}): void {
  const piece = trimSpan(text, span);
  if (piece.start === piece.end) return;
  const closing = text[piece.start] === "[" ? indexOfAny(text, piece, "]") + 1 : piece.start;
  const colon = indexOfAny(text, { start: closing, end: piece.end }, ":");
  const hostSpan = { start: piece.start, end: colon };
  const portSpan = colon < piece.end ? { start: colon + 1, end: piece.end } : undefined;
  const portText = portSpan === undefined ? "" : textOf(text, portSpan);
  if (hostSpan.start === hostSpan.end) {
    if (portText !== "") readPort(portText);
    return;
  }
  addEndpoint({ text, span: hostSpan, found }, options, {
    ...(portSpan === undefined ? {} : { portSpan }),
    ...(portText === "" ? {} : { port: readPort(portText) }),
  });
}

/** Adds an endpoint whose host is the span and whose port is known. */
export function addEndpoint(
  { text, span, found }: ScanInput,
  options: HostOptions,
  port: Pick<EndpointToken, "port" | "portSpan">,
): void {
  const written = textOf(text, span);
  const inBrackets = BRACKETED.exec(written)?.[1];
  const host = inBrackets ?? (options.percent === true ? percentDecoded(written) : written);
  if (host.startsWith("/") || host.startsWith("@")) {
    found.endpoints.push({ kind: "socket", host, hostSpan: span, brackets: false });
    return;
  }
  if (inBrackets === undefined ? !HOST.test(host) && !isAddress6(host) : !isAddress6(host)) {
    throwInvalid(
      "a host name, an IPv4 address, or an IPv6 address (in brackets where a port follows)",
      "correct the host; in a URL, percent-encode every : / ? # [ ] @ of the user and the password",
    );
  }
  const insertion = options.portInsertion ?? { at: span.end, before: ":", after: "" };
  found.endpoints.push({
    kind: options.kind ?? "host",
    host,
    hostSpan: span,
    ...port,
    ...(options.defaultPort === undefined ? {} : { defaultPort: options.defaultPort }),
    ...(insertion === "none" ? {} : { portInsertion: insertion }),
    brackets: inBrackets !== undefined || (insertion !== "none" && insertion.before === ":"),
  });
}

/** Options for {@link scanHostList}. */
export interface HostListOptions extends Omit<HostOptions, "portInsertion"> {
  /** The span of the list of ports: one for all hosts, or one for each. */
  readonly ports?: Span;
  /** The place at which the missing port of a single host is inserted. */
  readonly portInsertion?: PortInsertion;
  /** Returns one piece without its quoting. */
  readonly unquote?: (text: string) => string;
}

/** Scans hosts in one list and their ports in another, and adds their endpoints: `host=a,b port=5432,5433`. */
export function scanHostList({ text, span, found }: ScanInput, options: HostListOptions): void {
  const hosts = splitSpan(text, span, ",").map((piece) => trimSpan(text, piece));
  const ports = options.ports === undefined ? [] : splitSpan(text, options.ports, ",").map((p) => trimSpan(text, p));
  if (ports.length > 1 && ports.length !== hosts.length) {
    throwInvalid("one port for all hosts or one for each", "give as many ports as hosts");
  }
  for (const [index, hostSpan] of hosts.entries()) {
    if (hostSpan.start === hostSpan.end) continue;
    const portSpan = ports.length === 1 ? ports[0] : ports[index];
    const portText = portSpan === undefined ? "" : textOf(text, portSpan);
    addEndpoint(
      { text, span: hostSpan, found },
      { ...options, portInsertion: hosts.length === 1 ? (options.portInsertion ?? "none") : "none" },
      {
        ...(portSpan === undefined ? {} : { portSpan }),
        ...(portText === "" ? {} : { port: readPort(portText) }),
      },
    );
  }
}
