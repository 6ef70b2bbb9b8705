/**
 * Scanner for the value of `Server` or `Data Source`: `tcp:db1\SALES,1433`, `(local)`, `db1:1521/orders`,
 * `(DESCRIPTION=…)`. Microsoft Learn, "SqlConnection.ConnectionString Property", and Oracle's "Data Provider for .NET
 * Developer's Guide".
 */
import { addEndpoint, readPort, scanHostPort } from "./host-port";
import { indexOfAny, throwInvalid, splitSpan, textOf, trimSpan, type PortInsertion, type ScanInput } from "./model";
import { scanEasyConnect } from "./oracle";
import { isDescriptor, scanDescriptor } from "./tns";

/** The product whose data source it is; `port-key` stands for MySQL and PostgreSQL, whose port is a property of its own. */
export type DataSourceFlavour = "sqlserver" | "port-key" | "oracle" | "unknown";

/** Options for {@link scanDataSource}, about the property that holds the value. */
export interface DataSourceOptions {
  readonly flavour: DataSourceFlavour;
  /** The end of the property's value, its quotes included. */
  readonly end: number;
}

const SQL_SERVER_PORT = 1433;
const PREFIX = /^(?:tcp|np|lpc|admin):(?!\/\/)/i;
const LOCAL =
  /^(?:\.|\((?:local|localdb)\))(?:\\|$)|^[A-Za-z]:[\\/]|^\||^:memory:$|\.(?:db|sqlite3?|mdf|mdb|accdb|xlsx?)$/i;

/** Scans one data source and adds its endpoint. An empty value has none. */
export function scanDataSource({ text, span, found }: ScanInput, { flavour, end }: DataSourceOptions): void {
  const whole = trimSpan(text, span);
  const written = textOf(text, whole);
  if (written === "") return;
  if (isDescriptor(written)) {
    scanDescriptor({ text, span: whole, found });
    return;
  }
  const prefix = PREFIX.exec(written)?.[0] ?? "";
  const value = trimSpan(text, { start: whole.start + prefix.length, end: whole.end });
  const rest = textOf(text, value);
  if (LOCAL.test(rest.replace(/,.*$/s, "")) || /^\.{0,2}\/[^/]/.test(rest)) {
    found.endpoints.push({
      kind: rest.startsWith("/") ? "socket" : "local",
      host: rest,
      hostSpan: value,
      brackets: false,
    });
    return;
  }
  if (rest.startsWith("\\\\")) {
    const host = { start: value.start + 2, end: indexOfAny(text, { start: value.start + 2, end: value.end }, "\\") };
    addEndpoint({ text, span: host, found }, { portInsertion: "none" }, {});
    return;
  }
  if (rest.includes("/")) {
    scanEasyConnect({ text, span: value, found });
    return;
  }
  const pieces = splitSpan(text, value, ",");
  const [first = value, second, ...more] = pieces;
  if (second !== undefined && more.length === 0 && /^\s*\d+\s*$/.test(textOf(text, second))) {
    const portSpan = trimSpan(text, second);
    const port = readPort(textOf(text, portSpan));
    addInstance({ text, span: first, found }, { portSpan, port }, undefined);
    return;
  }
  if (pieces.length > 1) {
    for (const piece of pieces) scanHostPort({ text, span: piece, found }, { portInsertion: "none" });
    return;
  }
  const sqlServer = flavour === "sqlserver" || prefix !== "" || rest.includes("\\");
  if (sqlServer) {
    addInstance({ text, span: value, found }, {}, { at: value.end, before: ",", after: "" });
    return;
  }
  if (flavour === "oracle") {
    throwInvalid("a host with a service, a net service name's descriptor, or a server", "write host:port/service");
  }
  scanHostPort(
    { text, span: value, found },
    { portInsertion: flavour === "port-key" ? { at: end, before: ";Port=", after: "" } : "none" },
  );
}

/**
 * Adds the endpoint of `host\INSTANCE`. Without a port, the instance's name determines it; the port of the default
 * instance is known.
 */
function addInstance(
  { text, span, found }: ScanInput,
  port: Parameters<typeof addEndpoint>[2],
  insertion: PortInsertion | undefined,
): void {
  const piece = trimSpan(text, span);
  const host = { start: piece.start, end: indexOfAny(text, piece, "\\") };
  const named = host.end < piece.end;
  addEndpoint(
    { text, span: host, found },
    { portInsertion: insertion ?? "none", ...(named ? {} : { defaultPort: SQL_SERVER_PORT }) },
    port,
  );
}
