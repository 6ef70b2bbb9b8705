/**
 * A CSV file of observed connections, a row for each: `source,destination,port,protocol,count` as people write it, and the
 * exports of two tools under their own column names.
 *
 * - Azure Migrate: "Set up agentless dependency analysis", dependency information. It observes TCP and names no protocol.
 * - AWS Application Discovery Service: `sourceProcessConnection.csv` and `destinationProcessConnection.csv` of an export
 *   (`sourceIp`, `destinationIp`, `destinationPort`, `transportProtocol`), and the same columns in Amazon Athena's spelling.
 *
 * Both list a connection once for every time slot or source port, so rows are added up: without a column that counts, each
 * row is one observation.
 */
import { MigrationError } from "../core/error";
import { listed } from "../core/text";
import { RowCells } from "./cell";
import { hasHeaders, whyNoTable } from "./csv-headers";
import { readCsvTable } from "./csv-table";
import { FlowSet } from "./flow-set";
import { flowSchema, type Flow } from "./model";
import { ReaderFindings, type InputFile, type InventoryReader, type ReadOptions } from "./reader";
import { rowSkipped } from "./reader-rules";

/**
 * The columns of the source, names before addresses: a name stays true when an address changes. A cell that is blank falls
 * back to the next column.
 */
const SOURCE = [
  "Source",
  "Source server name",
  "source_host_name",
  "Source host",
  "Source IP",
  "source_ip",
  "Source address",
  "src",
  "from",
];
const DESTINATION = [
  "Destination",
  "Destination server name",
  "destination_host_name",
  "Destination host",
  "Destination IP",
  "destination_ip",
  "Destination address",
  "Target",
  "dst",
  "to",
];
const PORT = ["Destination port", "Port", "Server port", "dst_port", "dport"];
const PROTOCOL = ["Protocol", "transportProtocol", "transport_protocol", "proto"];
const COUNT = [
  "Count",
  "Connection count",
  "Connections",
  "Occurrence",
  "Occurrences",
  "Occurrence count",
  "no_of_records",
  "hits",
];
const PROCESS = ["Process", "Destination process", "destination_process"];

/** The reader of a CSV file of connections. The inventory has flows and nothing else. */
export const flowsReader: InventoryReader = {
  format: "flows",
  title: "observed connections, CSV (own columns, Azure Migrate dependencies, AWS Application Discovery Service)",
  recognizes: (files) => files.length > 0 && files.every(looksLikeFlows),
  whyNot(file) {
    const missing = Object.entries(ENDS).flatMap(([what, names]) => (hasOne(file, names) ? [] : what));
    return whyNoTable(file) ?? `it has no column for the ${listed(missing)}`;
  },
  // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous; a throw must become a rejection
  async read(files, options = {}) {
    const findings = new ReaderFindings();
    const flows = new FlowSet();
    for (const file of files) readFile(file, flows, findings, options);
    return {
      format: "flows",
      source: files.map((file) => file.name).join(", "),
      servers: [],
      networks: [],
      databases: [],
      fileShares: [],
      flows: flows.toArray(),
      findings: findings.all,
    };
  },
};

/** The columns without which a row is no connection. */
const ENDS: Readonly<Record<string, readonly string[]>> = { source: SOURCE, destination: DESTINATION, port: PORT };

function looksLikeFlows(file: InputFile): boolean {
  return Object.values(ENDS).every((names) => hasOne(file, names));
}

function hasOne(file: InputFile, names: readonly string[]): boolean {
  return hasHeaders(
    file,
    names.map((name) => [name]),
  );
}

/** The number of rows after which a long read reports its progress. */
const PROGRESS_ROWS = 10_000;

function readFile(file: InputFile, flows: FlowSet, findings: ReaderFindings, { progress }: ReadOptions): void {
  if (!looksLikeFlows(file)) {
    throw new MigrationError({
      code: "INVENTORY_HEADERS",
      path: file.name,
      allowed: "a CSV file with columns for source, destination and port",
      fix: "name the columns source, destination, port, protocol and count, or name the file's real format",
    });
  }
  const table = readCsvTable(file, findings, { expected: PORT });
  if (table === undefined) return;
  const counts = table.position(...COUNT) !== undefined;
  const total = table.rows.length;
  for (const [index, row] of table.rows.entries()) {
    if (index > 0 && index % PROGRESS_ROWS === 0) progress?.({ what: file.name, done: index, total });
    const cells = new RowCells(table, row, findings);
    const flow = readRow(cells, counts);
    if (!("refused" in flow)) flows.add(flow);
    else
      findings.add(
        rowSkipped,
        cells.subject,
        `the row is not read, because ${flow.refused}`,
        cells.locate(flow.columns),
      );
  }
}

/** The reason why a row is no flow, and the columns at fault. */
interface Refusal {
  readonly refused: string;
  readonly columns: readonly string[];
}

function readRow(cells: RowCells, counts: boolean): Flow | Refusal {
  const source = firstText(cells, SOURCE);
  const destination = firstText(cells, DESTINATION);
  if (source === undefined) return { refused: "it names no source", columns: SOURCE };
  if (destination === undefined) return { refused: "it names no destination", columns: DESTINATION };
  cells.subject = `${source} to ${destination}`;
  const ending = portOf(cells);
  if (ending === undefined) return { refused: "its port is not from 0 to 65535", columns: PORT };
  const protocol = protocolOf(cells.text(...PROTOCOL)) ?? ending.protocol ?? "tcp";
  const process = cells.text(...PROCESS);
  const flow = flowSchema.safeParse({
    source,
    destination,
    // ICMP has no ports; exports write 0 or nothing.
    ...(ending.port === undefined || protocol.startsWith("icmp") ? {} : { port: ending.port }),
    protocol,
    ...countOf(cells, counts),
    ...(process === undefined || /^(unknown( process)?|n\/a|-)$/i.test(process) ? {} : { process }),
    location: cells.locate(),
  });
  return flow.success ? flow.data : { refused: "it cannot be understood", columns: [] };
}

/**
 * Parses the port: `443`, or `443/tcp`, or `tcp/443`. A blank port is none; a wrong one is undefined, because it must not
 * make a flow to every port.
 */
function portOf(cells: RowCells): { readonly port?: number; readonly protocol?: string } | undefined {
  const text = cells.text(...PORT);
  if (text === undefined) return {};
  const match = /^(?:(?<before>[a-z]+)\s*\/\s*)?(?<port>\d{1,5})(?:\.0+)?(?:\s*\/\s*(?<after>[a-z]+))?$/i.exec(text);
  const port = Number(match?.groups?.["port"] ?? NaN);
  if (!(port >= 0 && port <= 65_535)) return undefined;
  const protocol = protocolOf(match?.groups?.["before"] ?? match?.groups?.["after"]);
  return { port, ...(protocol === undefined ? {} : { protocol }) };
}

function countOf(cells: RowCells, counts: boolean): { readonly count?: number } {
  if (!counts) return { count: 1 };
  const count = cells.number(COUNT, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
  return count === undefined ? {} : { count };
}

/** IANA's protocol numbers, and the names with which operating systems tell the two IP versions apart. */
const PROTOCOLS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "1": "icmp",
    "6": "tcp",
    "17": "udp",
    "58": "icmpv6",
    tcp4: "tcp",
    tcp6: "tcp",
    tcpv6: "tcp",
    udp4: "udp",
    udp6: "udp",
    udpv6: "udp",
  }),
);

function protocolOf(text: string | undefined): string | undefined {
  const word = text?.toLowerCase();
  return word === undefined ? undefined : (PROTOCOLS.get(word) ?? word);
}

function firstText(cells: RowCells, columns: readonly string[]): string | undefined {
  for (const column of columns) {
    const text = cells.has(column) ? cells.text(column) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}
