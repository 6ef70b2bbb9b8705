/**
 * Scanner for lists of hosts. `cache1:6380,cache2:6380,password=…,ssl=True`: StackExchange.Redis' configuration (its
 * documentation, "Configuration Options"), and without options the plain list of hosts and ports that many programs take.
 */
import { scanHostPort } from "./host-port";
import {
  throwAmbiguous,
  indexOfAny,
  isSecretKey,
  normalizedKey,
  splitSpan,
  textOf,
  trimSpan,
  type Scan,
} from "./model";

const OPTIONS = new Set(
  (
    "abortconnect allowadmin asynctimeout channelprefix checkcertificaterevocation clientname configchannel " +
    "configcheckseconds connectretry connecttimeout defaultdatabase defaultversion highintegrity keepalive name " +
    "password protocol proxy resolvedns responsetimeout servicename setclientlibrary ssl sslhost sslprotocols " +
    "synctimeout tiebreaker tunnel user version writebuffer"
  ).split(" "),
);
const REDIS_PORT = 6379;

/** Returns the endpoints and secrets of a list of hosts, or undefined if the text is not one. */
export function scanHosts(text: string): Scan | undefined {
  const pieces = splitSpan(text, { start: 0, end: text.length }, ",").map((piece) => trimSpan(text, piece));
  const isOption = pieces.map((piece) => textOf(text, piece).includes("="));
  const options = pieces.filter((_, index) => isOption[index]);
  const keyOf = (start: number, end: number): string =>
    normalizedKey(textOf(text, { start, end: indexOfAny(text, { start, end }, "=") }));
  if (options.some(({ start, end }) => !OPTIONS.has(keyOf(start, end)))) {
    // Among options of Redis, one that is not: the rest of a password with a comma and an equal sign, perhaps.
    if (options.some(({ start, end }) => OPTIONS.has(keyOf(start, end)))) commaInOption();
    return undefined;
  }
  const hosts = pieces.filter((_, index) => !isOption[index]);
  if (options.length === 0 && !hosts.every((piece) => /^\S+:\d{1,5}$/.test(textOf(text, piece)))) return undefined;
  const firstOption = options[0]?.start ?? text.length;
  if (options.length > 0 && hosts.some(({ start, end }) => start > firstOption && start < end)) commaInOption();
  if (hosts.every(({ start, end }) => start === end)) return undefined;
  const scan: Scan & { endpoints: Scan["endpoints"][number][]; secrets: Scan["secrets"][number][] } = {
    form: options.length === 0 ? "host-list" : "redis-options",
    endpoints: [],
    secrets: [],
  };
  for (const { start, end } of options) {
    const equals = indexOfAny(text, { start, end }, "=");
    if (isSecretKey(keyOf(start, end))) scan.secrets.push({ span: { start: equals + 1, end }, encoding: "plain" });
  }
  for (const piece of hosts) {
    scanHostPort({ text, span: piece, found: scan }, options.length === 0 ? {} : { defaultPort: REDIS_PORT });
  }
  return scan;
}

function commaInOption(): never {
  return throwAmbiguous(
    "here something without a key follows an option, which may be the rest of a password",
    "write the hosts first, and use a password without a comma",
  );
}
