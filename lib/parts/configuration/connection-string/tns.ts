/**
 * Scanner for `(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db1)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=orders)))`, Oracle's
 * connect descriptor (Oracle Database Net Services Reference, "Local Naming Parameters in the tnsnames.ora File").
 */
import { addEndpoint, readPort } from "./host-port";
import { throwInvalid, isSecretKey, textOf, trimSpan, type ScanInput, type Span } from "./model";

const DESCRIPTOR = /^\s*\(\s*(?:description(?:_list)?|address(?:_list)?)\s*=/i;
const ENTRY = /^\s*[\w.$#-]+(?:\s*,\s*[\w.$#-]+)*\s*=\s*(?=\()/;

/** Checks whether the text begins like a connect descriptor. */
export function isDescriptor(text: string): boolean {
  return DESCRIPTOR.test(text);
}

/**
 * Returns the index at which the descriptor begins in an entry of tnsnames.ora, or undefined if the text is not such an
 * entry.
 */
export function entryPrefix(text: string): number | undefined {
  const length = ENTRY.exec(text)?.[0].length;
  return length !== undefined && isDescriptor(text.slice(length)) ? length : undefined;
}

interface Group {
  readonly key: string;
  host?: Span;
  hostEnd?: number;
  port?: Span;
}

/**
 * Scans a connect descriptor and adds its endpoints. It uses an explicit stack, so that no nesting overflows the call
 * stack.
 */
export function scanDescriptor({ text, span, found }: ScanInput): void {
  const open: Group[] = [];
  const opening = /\(\s*([A-Za-z_]\w*)\s*=\s*/y;
  const value = /(?:"[^"]*"|'[^']*'|[^()"'])*/y;
  let at = span.start;
  let closed = false;
  while (at < span.end) {
    const character = text.charAt(at);
    if (/\s/.test(character)) {
      at++;
    } else if (character === ")") {
      const group = open.pop();
      if (group === undefined) unbalanced();
      addAddress({ text, span, found }, group);
      closed = open.length === 0;
      at++;
    } else if (character === "(" && !closed) {
      opening.lastIndex = at;
      const key = opening.exec(text)?.[1]?.toLowerCase();
      if (key === undefined) return unbalanced();
      at = opening.lastIndex;
      if (text[at] === "(" || text[at] === ")") {
        open.push({ key });
        continue;
      }
      value.lastIndex = at;
      value.exec(text);
      const end = value.lastIndex;
      if (end >= span.end || text[end] !== ")") return unbalanced();
      const place = unquoted(text, trimSpan(text, { start: at, end }));
      if (isSecretKey(key)) found.secrets.push({ span: place, encoding: "plain" });
      const group = open.at(-1);
      if (group !== undefined && key === "host") Object.assign(group, { host: place, hostEnd: end + 1 });
      if (group !== undefined && key === "port") group.port = place;
      at = end + 1;
    } else {
      return unbalanced();
    }
  }
  if (open.length > 0 || !closed) unbalanced();
}

function addAddress({ text, found }: ScanInput, { key, host, hostEnd, port }: Group): void {
  if (key !== "address" || host === undefined || host.start === host.end) return;
  const portSpan = port === undefined || port.start === port.end ? undefined : port;
  addEndpoint(
    { text, span: host, found },
    {
      portInsertion:
        hostEnd === undefined || port !== undefined ? "none" : { at: hostEnd, before: "(PORT=", after: ")" },
    },
    portSpan === undefined ? {} : { portSpan, port: readPort(textOf(text, portSpan)) },
  );
}

function unquoted(text: string, span: Span): Span {
  const first = text.charAt(span.start);
  if ((first !== '"' && first !== "'") || span.end - span.start < 2 || text[span.end - 1] !== first) return span;
  return { start: span.start + 1, end: span.end - 1 };
}

function unbalanced(): never {
  return throwInvalid("a connect descriptor: (KEY=value) with every bracket closed", "close every open bracket");
}
