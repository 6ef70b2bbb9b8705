/**
 * Scanner for data source names of Go's MySQL driver, `user:password@tcp(db1:3306)/orders?parseTime=true` (its README,
 * "DSN").
 */
import { scanHostPort } from "./host-port";
import { throwAmbiguous, indexOfAny, type Scan } from "./model";
import { scanQuery } from "./url";

const MYSQL_PORT = 3306;
const NETWORK = /(?:^|@)(tcp[46]?|unix)\(([^()]*)\)\//g;

/** Checks whether the text is a data source name of Go's MySQL driver. */
export function isGoDataSourceName(text: string): boolean {
  return text.search(NETWORK) >= 0;
}

/**
 * Returns the endpoint and the secrets. The password is not encoded: the driver splits at the last @ before the network's
 * name.
 */
export function scanGoDataSourceName(text: string): Scan {
  const [match, second] = [...text.matchAll(NETWORK)];
  if (match === undefined || second !== undefined) {
    return throwAmbiguous(
      "here more than one network is named",
      "keep one, and change the password if it looks like one",
    );
  }
  const scan: { form: "mysql-go-dsn"; endpoints: Scan["endpoints"][number][]; secrets: Scan["secrets"][number][] } = {
    form: "mysql-go-dsn",
    endpoints: [],
    secrets: [],
  };
  const [whole, network = "", address = ""] = match;
  const colon = text.slice(0, match.index).indexOf(":");
  if (colon >= 0) scan.secrets.push({ span: { start: colon + 1, end: match.index }, encoding: "plain" });
  const end = match.index + whole.length - 2;
  const span = { start: end - address.length, end };
  if (network === "unix") {
    scan.endpoints.push({ kind: "socket", host: address, hostSpan: span, brackets: false });
  } else {
    scanHostPort({ text, span, found: scan }, { defaultPort: MYSQL_PORT });
  }
  const query = indexOfAny(text, { start: end, end: text.length }, "?");
  if (query < text.length) scanQuery({ text, span: { start: query + 1, end: text.length }, found: scan });
  return scan;
}
