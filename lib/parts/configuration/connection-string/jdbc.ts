/** Scanner for JDBC URLs, `jdbc:…`: each driver has its own grammar after the prefix. */
import { MigrationError } from "../../../core/error";
import { scanDataSource } from "./data-source";
import { addEndpoint, readPort, scanHostPort } from "./host-port";
import { addSecrets, readProperties } from "./key-value";
import { throwAmbiguous, indexOfAny, throwInvalid, textOf, type Scan, type ScanInput, type Span } from "./model";
import { scanOracleLogin } from "./oracle";
import { scanUrl } from "./url";

type MutableScan = Scan & ScanInput["found"];

const PREFIX =
  /^\s*jdbc:(?:aws-wrapper:)?(postgresql|mysql(?:\+srv)?|mariadb|sqlserver|oracle)(?::(loadbalance|replication|failover|sequential|aurora|load-balance-read|thin|oci8?))?(:@|:|)/i;

/** Returns the endpoints and secrets of a JDBC URL. */
export function scanJdbc(text: string): Scan {
  const match = PREFIX.exec(text);
  if (match === null) return unknownDriver();
  const [whole, driver = "", mode = "", separator = ""] = match;
  const span = { start: whole.length, end: text.length };
  switch (driver.toLowerCase()) {
    case "postgresql":
      return scanNetwork(text, span, "jdbc-postgresql", { defaultPort: 5432 });
    case "mysql":
      return scanNetwork(text, span, "jdbc-mysql", { defaultPort: 3306, hostGroups: true });
    case "mysql+srv":
      return scanNetwork(text, span, "jdbc-mysql", { srv: true });
    case "mariadb":
      return scanNetwork(text, span, "jdbc-mariadb", { defaultPort: 3306, hostGroups: true });
    case "sqlserver":
      return scanSqlServer(text, span);
    default:
      return scanOracle(text, { ...span, start: whole.length - (separator === ":@" ? 1 : 0) }, mode);
  }
}

function scanNetwork(text: string, span: Span, form: Scan["form"], options: Parameters<typeof scanUrl>[1]): Scan {
  const scan: MutableScan = { form, endpoints: [], secrets: [] };
  if (text.startsWith("//", span.start)) {
    scanUrl({ text, span: { ...span, start: span.start + 2 }, found: scan }, options);
    return scan;
  }
  // `jdbc:postgresql:orders`: the driver takes localhost.
  if (form === "jdbc-postgresql") {
    scanUrl({ text, span: { start: indexOfAny(text, span, "/?#"), end: span.end }, found: scan }, options);
    if (textOf(text, span).includes("@"))
      throwAmbiguous("here an @ stands where no host is", "write // before the host");
    return scan;
  }
  return throwInvalid("// after the driver's name", "write jdbc:driver://host:port/database");
}

/** Scans `//host\instance:port;key=value`, with values in braces if they contain a semicolon. */
function scanSqlServer(text: string, span: Span): Scan {
  const scan: MutableScan = { form: "jdbc-sqlserver", endpoints: [], secrets: [] };
  if (!text.startsWith("//", span.start))
    return throwInvalid("// after jdbc:sqlserver:", "write jdbc:sqlserver://host:port");
  const start = span.start + 2;
  const server = { start, end: indexOfAny(text, { start, end: span.end }, ";") };
  const properties = readProperties(text, { start: server.end, end: span.end }, "odbc") ?? [];
  if (properties.length === 0 && textOf(text, { start: server.end, end: span.end }).replace(/[;\s]/g, "") !== "") {
    return throwInvalid("key=value pairs with semicolons between them", "correct the pairs after the server");
  }
  addSecrets(properties, scan);
  const ports = properties.filter(({ key }) => key === "portnumber" || key === "port");
  const names = properties.filter(({ key }) => key === "servername" || key === "server");
  const partners = properties.filter(({ key }) => key === "failoverpartner");
  const hasServer = server.start < server.end;
  if (ports.length > 1 || names.length > 1 || (hasServer && names.length > 0)) {
    throwAmbiguous("here the server or the port is given twice", "keep one of the two");
  }
  const [port] = ports;
  const name = hasServer ? server : names[0]?.value;
  if (name !== undefined && name.start < name.end) scanServer({ text, span: name, found: scan }, port?.value);
  for (const { value, end } of partners) {
    scanDataSource({ text, span: value, found: scan }, { flavour: "sqlserver", end });
  }
  return scan;
}

function scanServer({ text, span, found }: ScanInput, portSpan: Span | undefined): void {
  const backslash = indexOfAny(text, span, "\\");
  if (portSpan !== undefined) {
    const host = { start: span.start, end: backslash };
    addEndpoint(
      { text, span: host, found },
      { portInsertion: "none" },
      { portSpan, port: readPort(textOf(text, portSpan)) },
    );
    return;
  }
  if (backslash === span.end) {
    scanHostPort({ text, span, found }, { defaultPort: 1433 });
    return;
  }
  const colon = indexOfAny(text, { start: backslash, end: span.end }, ":");
  const own = { start: colon + 1, end: span.end };
  addEndpoint(
    { text, span: { start: span.start, end: backslash }, found },
    { portInsertion: { at: span.end, before: ":", after: "" } },
    colon === span.end ? {} : { portSpan: own, port: readPort(textOf(text, own)) },
  );
}

function scanOracle(text: string, span: Span, mode: string): Scan {
  if (!/^(?:thin|oci8?)$/i.test(mode)) return unknownDriver();
  const scan: MutableScan = { form: "jdbc-oracle", endpoints: [], secrets: [] };
  scanOracleLogin({ text, span, found: scan }, false);
  return scan;
}

function unknownDriver(): never {
  throw new MigrationError({
    code: "CONNECTION_STRING_UNKNOWN",
    path: "connectionString",
    allowed: "JDBC of postgresql, mysql, mariadb, sqlserver, oracle:thin or oracle:oci",
    fix: "rewrite this one by hand, and check it with the application's owner",
  });
}
