/** The entry point of scanning: determines the form of a connection string and calls the form's scanner. */
import { MigrationError } from "../../../core/error";
import { scanHosts } from "./host-list";
import { scanJdbc } from "./jdbc";
import { readKnownProperties, scanKeyValue } from "./key-value";
import { countKeywords, scanKeywords } from "./libpq";
import { throwAmbiguous, type Scan, type ScanInput } from "./model";
import { isGoDataSourceName, scanGoDataSourceName } from "./mysql-go";
import { scanEasyConnect, scanOracleLogin } from "./oracle";
import { entryPrefix, isDescriptor, scanDescriptor } from "./tns";
import { scanUrl, type UrlOptions } from "./url";

interface Scheme extends UrlOptions {
  readonly form: Scan["form"];
}

const POSTGRESQL: Scheme = { form: "postgresql-url", defaultPort: 5432, hostParameters: true };
const MYSQL: Scheme = { form: "mysql-url", defaultPort: 3306 };
const SQL_SERVER: Scheme = { form: "sqlserver-url", defaultPort: 1433 };
const REDIS: Scheme = { form: "redis-url", defaultPort: 6379, userIsSecret: true };

// A Map, because an object would find `constructor`.
const SCHEMES = new Map<string, Scheme>([
  ["postgres", POSTGRESQL],
  ["postgresql", POSTGRESQL],
  ["cockroachdb", { ...POSTGRESQL, defaultPort: 26_257 }],
  ["mysql", MYSQL],
  ["mysql2", MYSQL],
  ["mariadb", MYSQL],
  ["sqlserver", SQL_SERVER],
  ["mssql", SQL_SERVER],
  ["oracle", { form: "oracle-url", defaultPort: 1521 }],
  ["mongodb", { form: "mongodb-url", defaultPort: 27_017 }],
  ["mongodb+srv", { form: "mongodb-srv-url", srv: true }],
  ["redis", REDIS],
  ["rediss", REDIS],
  ["redis-sentinel", { ...REDIS, defaultPort: 26_379 }],
  ["rediss-sentinel", { ...REDIS, defaultPort: 26_379 }],
  ["redis+sentinel", { ...REDIS, defaultPort: 26_379 }],
  ["redis-cluster", REDIS],
  ["redis+cluster", REDIS],
  ["valkey", REDIS],
  ["valkeys", REDIS],
  ["amqp", { form: "amqp-url", defaultPort: 5672 }],
  ["amqps", { form: "amqp-url", defaultPort: 5671 }],
]);

/** The pattern of schemes with a driver after a plus sign, as SQLAlchemy writes them: `postgresql+psycopg`. */
const WITH_DRIVER = /^(postgresql|mysql|mariadb|mssql|oracle|cockroachdb)\+[a-z0-9_]+$/;

/**
 * Returns the form of a connection string, and the positions of its hosts, ports and secrets.
 *
 * @throws MigrationError `CONNECTION_STRING_UNKNOWN`, `CONNECTION_STRING_INVALID`, `CONNECTION_STRING_AMBIGUOUS`; none of
 * them has any part of the text in it
 */
export function scanConnectionString(text: string): Scan {
  const whole = { start: 0, end: text.trimEnd().length };
  const trimmed = text.trim();
  if (/^jdbc:/i.test(trimmed)) return scanJdbc(text.trimEnd());
  const scheme = /^\s*([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text);
  if (scheme?.[1] !== undefined) return scanScheme(text, scheme[1].toLowerCase(), scheme[0].length, whole.end);
  const input = (start: number): ScanInput & { found: Scan & ScanInput["found"] } => ({
    text,
    span: { start, end: whole.end },
    found: { form: "oracle-descriptor", endpoints: [], secrets: [] },
  });
  const descriptor = isDescriptor(text) ? 0 : entryPrefix(text);
  if (descriptor !== undefined) {
    const at = input(descriptor);
    scanDescriptor(at);
    return at.found;
  }
  if (isGoDataSourceName(text)) return scanGoDataSourceName(text);
  const pairs = scanPairs(text);
  if (pairs !== undefined) return pairs;
  if (/^[^/@\s]+\/.*@/s.test(trimmed)) {
    const login = input(0);
    scanOracleLogin(login, true);
    return { ...login.found, form: /@\s*\(/.test(text) ? "oracle-descriptor" : "oracle-ez-connect" };
  }
  if (/^(?:\/\/|(?:[^/@?\s]+|\[[^\]]*\]):\d{1,5}(?:[,;][^/@?\s]*)?\/)/.test(trimmed) && !trimmed.includes("@")) {
    const easy = input(0);
    scanEasyConnect(easy);
    return { ...easy.found, form: "oracle-ez-connect" };
  }
  return scanHosts(text) ?? unknown();
}

function scanScheme(text: string, name: string, start: number, end: number): Scan {
  if (name === "tcp" || name === "tcps") {
    const easy: Scan & ScanInput["found"] = { form: "oracle-ez-connect", endpoints: [], secrets: [] };
    scanEasyConnect({ text, span: { start: 0, end }, found: easy });
    return easy;
  }
  const scheme = SCHEMES.get(WITH_DRIVER.exec(name)?.[1] ?? name);
  // The whole of an ODBC string can stand percent-encoded in one parameter, which is a form within a form.
  if (scheme === undefined || /[?&]odbc_connect=/i.test(text)) return unknown();
  const scan: Scan & ScanInput["found"] = { form: scheme.form, endpoints: [], secrets: [] };
  scanUrl({ text, span: { start, end }, found: scan }, scheme);
  return scan;
}

/** Scans keys and values: libpq's separated by spaces, or ADO.NET's and ODBC's separated by semicolons. */
function scanPairs(text: string): Scan | undefined {
  const keywords = countKeywords(text);
  const properties = readKnownProperties(text)?.length ?? 0;
  if (keywords === 0) return properties === 0 ? undefined : scanKeyValue(text);
  if (properties === 0 || !text.includes(";")) return scanKeywords(text);
  if (keywords > 1 && properties === 1) return scanKeywords(text);
  if (keywords === 1 && properties > 1) return scanKeyValue(text);
  return throwAmbiguous(
    "this one is both a list of PostgreSQL keywords and one of semicolon-separated properties",
    "put values with spaces or semicolons in quotes",
  );
}

function unknown(): never {
  throw new MigrationError({
    code: "CONNECTION_STRING_UNKNOWN",
    path: "connectionString",
    allowed: "a form of PostgreSQL, MySQL, SQL Server, Oracle, JDBC, MongoDB, Redis or AMQP, or a list of host:port",
    fix: "write it in one of these forms, or split it into environment variables",
  });
}
