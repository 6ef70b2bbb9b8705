/**
 * Scanner for the connection strings of ADO.NET and ODBC, `Server=tcp:db1,1433;User ID=app;Password="a;b"`. The two quote
 * differently (ADO.NET in ' or ", doubled within; ODBC in braces, with } doubled), and only a `Driver` or `DSN` tells
 * which one is meant. Microsoft Learn, "Connection strings (ADO.NET)" and "SQLDriverConnect function".
 */
import { scanDataSource, type DataSourceFlavour } from "./data-source";
import { scanHostList } from "./host-port";
import {
  throwAmbiguous,
  throwInvalid,
  isSecretKey,
  normalizedKey,
  textOf,
  trimSpan,
  type Scan,
  type ScanInput,
  type SecretEncoding,
  type Span,
} from "./model";

/** One `key=value` of a connection string. */
export interface Property {
  /** The key, as returned by {@link normalizedKey}. */
  readonly key: string;
  /** The value, without its quotes. */
  readonly value: Span;
  /** The end of the value, its quotes included. */
  readonly end: number;
  readonly encoding: SecretEncoding;
}

/** The quoting rules of values: those of ADO.NET or of ODBC. */
export type Quoting = "ado" | "odbc";

const SERVER_KEYS = new Set(["server", "datasource", "address", "addr", "networkaddress", "host", "servername", "dbq"]);
const KNOWN_KEYS = new Set([
  ...SERVER_KEYS,
  "driver",
  "dsn",
  "filedsn",
  "provider",
  "failoverpartner",
  "userid",
  "uid",
]);
const PARTNER_KEYS = new Set(["failoverpartner"]);
const SQL_SERVER_KEYS =
  /^(?:initialcatalog|integratedsecurity|trustedconnection|trustservercertificate|multipleactiveresultsets|multisubnetfailover|failoverpartner|applicationintent|columnencryptionsetting|workstationid)$/;

/** Returns the properties in a span of the text, or undefined if it is not a list of them. */
export function readProperties(text: string, span: Span, quoting: Quoting): Property[] | undefined {
  const properties: Property[] = [];
  let at = span.start;
  while (at < span.end) {
    const blank = /[\s;]*/y;
    blank.lastIndex = at;
    blank.exec(text);
    at = blank.lastIndex;
    if (at >= span.end) break;
    const equals = text.indexOf("=", at);
    const semicolon = text.indexOf(";", at);
    if (equals < 0 || equals >= span.end || (semicolon >= 0 && semicolon < equals)) return undefined;
    const key = text.slice(at, equals);
    if (!/^[\w .$-]+$/.test(key)) return undefined;
    const property = readValue(text, { start: equals + 1, end: span.end }, quoting);
    if (property === undefined) return undefined;
    properties.push({ key: normalizedKey(key), ...property });
    at = property.end;
    const gap = /\s*/y;
    gap.lastIndex = at;
    gap.exec(text);
    at = Math.min(gap.lastIndex, span.end);
    if (at < span.end && text[at] !== ";") return undefined;
  }
  return properties.length === 0 ? undefined : properties;
}

function readValue(text: string, span: Span, quoting: Quoting): Omit<Property, "key"> | undefined {
  const { start } = trimSpan(text, span);
  const opener = text.charAt(start);
  const quoted = quoting === "ado" ? { "'": "ado-single", '"': "ado-double" }[opener] : { "{": "odbc-braced" }[opener];
  if (start < span.end && quoted !== undefined) {
    const closer = opener === "{" ? "}" : opener;
    let at = start + 1;
    for (; at < span.end; at++) {
      if (text[at] !== closer) continue;
      if (text[at + 1] !== closer || at + 1 >= span.end) break;
      at++;
    }
    if (at >= span.end) return undefined;
    return { value: { start: start + 1, end: at }, end: at + 1, encoding: quoted as SecretEncoding };
  }
  const semicolon = text.indexOf(";", span.start);
  const end = semicolon < 0 || semicolon > span.end ? span.end : semicolon;
  const value = trimSpan(text, { start: span.start, end });
  // What opens like a quote of the other dialect and closes behind the semicolon is one value to one of them only.
  const other = { "{": "}", "'": "'", '"': '"' }[text.charAt(value.start)];
  if (other !== undefined && end < span.end && text.indexOf(other, value.start + 1) >= end) {
    throwAmbiguous(
      "here a quote is opened that ADO.NET and ODBC read differently",
      "name the Driver, or change the quotes",
    );
  }
  return { value, end, encoding: quoting === "ado" ? "ado-bare" : "odbc-bare" };
}

/** Returns the quoting rules of the text: ODBC's if it has a driver or a data source name, else ADO.NET's. */
function quotingOf(text: string): Quoting {
  return /(?:^|;)\s*(?:driver|dsn|filedsn)\s*=/i.test(text) ? "odbc" : "ado";
}

/** Returns the properties of a text of this form, or undefined if none of them is a known one. */
export function readKnownProperties(text: string): Property[] | undefined {
  const properties = readProperties(text, { start: 0, end: text.length }, quotingOf(text));
  const known = properties?.some(({ key }) => KNOWN_KEYS.has(key) || isSecretKey(key)) ?? false;
  return known ? properties : undefined;
}

/** Returns the endpoints and secrets of an ADO.NET or ODBC connection string. */
export function scanKeyValue(text: string): Scan {
  const properties = readKnownProperties(text);
  if (properties === undefined)
    return throwInvalid("key=value pairs with semicolons between them", "correct the pairs");
  const scan = { form: "key-value" as const, endpoints: [], secrets: [] };
  scanProperties({ text, span: { start: 0, end: text.length }, found: scan }, properties);
  return scan;
}

function scanProperties({ text, found }: ScanInput, properties: readonly Property[]): void {
  addSecrets(properties, found);
  const servers = properties.filter(({ key }) => SERVER_KEYS.has(key));
  const ports = properties.filter(({ key }) => key === "port");
  if (servers.length > 1 || ports.length > 1) {
    throwAmbiguous("here the server or the port is given twice", "keep one of the two");
  }
  const [server] = servers;
  const [port] = ports;
  const flavour = flavourOf(text, properties);
  for (const partner of properties.filter(({ key }) => PARTNER_KEYS.has(key))) {
    scanDataSource({ text, span: partner.value, found }, { flavour: "sqlserver", end: partner.end });
  }
  if (server === undefined) return;
  if (port === undefined) {
    scanDataSource({ text, span: server.value, found }, { flavour, end: server.end });
    return;
  }
  if (/^(?:\.{1,2})?[/\\]/.test(textOf(text, server.value)) || textOf(text, server.value).includes("\\")) {
    scanDataSource({ text, span: server.value, found }, { flavour, end: server.end });
    return;
  }
  scanHostList(
    { text, span: server.value, found },
    { ports: port.value, ...(flavour === "sqlserver" ? { defaultPort: 1433 } : {}) },
  );
}

/** Adds the secrets among the properties to the scan. */
export function addSecrets(properties: readonly Property[], found: ScanInput["found"]): void {
  for (const { key, value, encoding } of properties) {
    if (isSecretKey(key)) found.secrets.push({ span: value, encoding });
  }
}

/** Returns the product that the connection string belongs to, as far as its keys tell. */
function flavourOf(text: string, properties: readonly Property[]): DataSourceFlavour {
  const driver = properties.find(({ key }) => key === "driver");
  const name = driver === undefined ? "" : textOf(text, driver.value).toLowerCase();
  if (/sql server|freetds/.test(name)) return "sqlserver";
  if (/mysql|mariadb|postgres/.test(name)) return "port-key";
  if (name.includes("oracle")) return "oracle";
  if (properties.some(({ key }) => key === "host" || key === "sslmode")) return "port-key";
  return properties.some(({ key }) => SQL_SERVER_KEYS.test(key)) ? "sqlserver" : "unknown";
}
