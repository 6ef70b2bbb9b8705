/**
 * Scanner for libpq's keyword/value form, `host=db1,db2 port=5432 user=app password='it''s'`. PostgreSQL documentation,
 * "Connection Strings": spaces around the equal sign are allowed, values with spaces stand in single quotes, and a
 * backslash takes the character after it as it is.
 */
import { scanHostList } from "./host-port";
import { throwAmbiguous, isSecretKey, type Scan, type Span } from "./model";

const POSTGRESQL_PORT = 5432;

// PostgreSQL documentation, "Parameter Key Words".
const KEYWORDS = new Set(
  (
    "host hostaddr port dbname user password passfile require_auth channel_binding connect_timeout client_encoding " +
    "options application_name fallback_application_name keepalives keepalives_idle keepalives_interval " +
    "keepalives_count tcp_user_timeout replication gssencmode sslmode requiressl sslnegotiation sslcompression " +
    "sslcert sslkey sslkeylogfile sslpassword sslcertmode sslrootcert sslcrl sslcrldir sslsni requirepeer " +
    "ssl_min_protocol_version ssl_max_protocol_version min_protocol_version max_protocol_version krbsrvname gsslib " +
    "gssdelegation scram_client_key scram_server_key service target_session_attrs load_balance_hosts " +
    "oauth_issuer oauth_client_id oauth_client_secret oauth_scope"
  ).split(" "),
);

interface Pair {
  readonly key: string;
  /** The value, without its quotes. */
  readonly value: Span;
  readonly quoted: boolean;
}

/** Returns the pairs of the text, or undefined if it is not of this form. */
function readPairs(text: string): Pair[] | undefined {
  const pairs: Pair[] = [];
  const key = /\s*([a-z_]+)\s*=\s*/y;
  const bare = /(?:\\[\s\S]|[^\s\\])*/y;
  const quoted = /'((?:\\[\s\S]|[^'\\])*)'(?=\s|$)/y;
  const { length } = text.trimEnd();
  let at = 0;
  while (at < length) {
    key.lastIndex = at;
    const keyword = key.exec(text)?.[1];
    if (keyword === undefined || !KEYWORDS.has(keyword)) return undefined;
    const pattern = text[key.lastIndex] === "'" ? quoted : bare;
    pattern.lastIndex = key.lastIndex;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    at = pattern.lastIndex;
    const start = match.index + (pattern === quoted ? 1 : 0);
    pairs.push({
      key: keyword,
      value: { start, end: at - (pattern === quoted ? 1 : 0) },
      quoted: pattern === quoted,
    });
  }
  return pairs.length === 0 ? undefined : pairs;
}

/** Returns the number of pairs that the text has in this form: 0 if it is of another. */
export function countKeywords(text: string): number {
  return readPairs(text)?.length ?? 0;
}

/** Returns the endpoints and secrets of a text in libpq's keyword/value form, for which {@link countKeywords} is above 0. */
export function scanKeywords(text: string): Scan {
  const found = { endpoints: [], secrets: [] } as {
    endpoints: Scan["endpoints"][number][];
    secrets: Scan["secrets"][number][];
  };
  const byKey = new Map<string, Pair>();
  for (const pair of readPairs(text) ?? []) {
    const { key, value, quoted } = pair;
    if (isSecretKey(key)) found.secrets.push({ span: value, encoding: quoted ? "libpq-quoted" : "libpq-bare" });
    if (byKey.has(key)) throwAmbiguous(`here ${key} is given twice`, "keep one of the two");
    byKey.set(key, pair);
  }
  const ports = byKey.get("port")?.value;
  const hosts = [byKey.get("host"), byKey.get("hostaddr")].filter((each) => each !== undefined);
  for (const each of hosts) {
    if (text.slice(each.value.start, each.value.end).includes("\\")) {
      throwAmbiguous("here a host is written with a backslash", "write the host without one");
    }
    const first = hosts[0] ?? each;
    scanHostList(
      { text, span: each.value, found },
      {
        defaultPort: POSTGRESQL_PORT,
        ...(ports === undefined ? {} : { ports }),
        portInsertion: { at: first.value.end + (first.quoted ? 1 : 0), before: " port=", after: "" },
      },
    );
  }
  return { form: "postgresql-keywords", ...found };
}
