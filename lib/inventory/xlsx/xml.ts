/**
 * A scanner for the XML that spreadsheets are made of. It reads a stream of bytes and holds no more than the one tag or text
 * that is not yet complete, so a sheet of any size costs no memory. It knows no document types and so no entities but XML's
 * own five: a file that uses others, as attacks on XML readers do, counts as damaged.
 */

import { TextDecoder } from "node:util";

/** The handler of what the scanner finds. Names come without their namespace prefix: `row` for `x:row`. */
export interface XmlHandler {
  open(name: string, attributes: XmlAttributes): void;
  close(name: string): void;
  /** Handles a text or a part of one, entities resolved. */
  text(text: string): void;
}

/**
 * The largest length of a tag or text of a workbook, in characters: a cell holds at most 32,767 characters (ECMA-376, Excel's
 * own limit).
 */
const LONGEST_PIECE_CHARACTERS = 1024 * 1024;

/** The error about bytes that are not XML as a workbook has it. */
export class XmlError extends Error {}

/** The attributes of one tag, looked up in its text: most are never asked for. */
export class XmlAttributes {
  constructor(private readonly source: string) {}

  /** Returns the value of the attribute, whose name is given without its namespace prefix. */
  public get(name: string): string | undefined {
    const { source } = this;
    for (let at = source.indexOf(name); at >= 0; at = source.indexOf(name, at + 1)) {
      const before = source.charCodeAt(at - 1);
      // Preceded by white space or by the colon of a prefix, followed by an equals sign.
      if (!(before <= SPACE || before === COLON)) continue;
      let start = at + name.length;
      while (source.charCodeAt(start) <= SPACE) start++;
      if (source.charCodeAt(start) !== EQUALS) continue;
      start++;
      while (source.charCodeAt(start) <= SPACE) start++;
      const quote = source[start];
      if (quote !== '"' && quote !== "'") continue;
      const end = source.indexOf(quote, start + 1);
      return decodeEntities(source.slice(start + 1, end < 0 ? undefined : end));
    }
    return undefined;
  }
}

const SPACE = 32;
const COLON = 58;
const SLASH = 47;
const EQUALS = 61;
const GREATER = 62;
const QUOTE = 34;
const APOSTROPHE = 39;

/**
 * Scans the document.
 * @throws XmlError where it is not well-formed enough to go on
 */
export async function scanXml(source: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  let decoder: TextDecoder | undefined;
  let pending = "";
  for await (const bytes of source) {
    decoder ??= new TextDecoder(detectEncoding(bytes));
    pending += decoder.decode(bytes, { stream: true });
    pending = pending.slice(scanPieces(pending, handler));
    if (pending.length > LONGEST_PIECE_CHARACTERS) throw new XmlError("a tag or a text in it never ends");
  }
  pending += decoder?.decode() ?? "";
  pending = pending.slice(scanPieces(pending, handler));
  if (pending.trim() !== "") throw new XmlError("it ends in the middle");
}

function detectEncoding(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** Handles all complete pieces, and returns the position of the first that is not. */
function scanPieces(text: string, handler: XmlHandler): number {
  let at = 0;
  for (;;) {
    const open = text.indexOf("<", at);
    if (open < 0) return at;
    if (open > at) handler.text(decodeEntities(text.slice(at, open)));
    at = open;
    const second = text[open + 1];
    if (second === "!" || second === "?") {
      const end = scanMarkup(text, open, handler);
      if (end < 0) return at;
      at = end;
      continue;
    }
    const end = tagEnd(text, open);
    if (end < 0) return at;
    scanTag(text, open, end, handler);
    at = end + 1;
  }
}

/** Returns the position after a comment, a CDATA section or a processing instruction, or -1 where it is not complete. */
function scanMarkup(text: string, open: number, handler: XmlHandler): number {
  const after = (sign: string, from: number): number => {
    const end = text.indexOf(sign, from);
    return end < 0 ? -1 : end + sign.length;
  };
  if (text.startsWith("<?", open)) return after("?>", open);
  if (text.startsWith("<!--", open)) return after("-->", open + 4);
  if (text.startsWith("<![CDATA[", open)) {
    const end = after("]]>", open);
    if (end >= 0) handler.text(text.slice(open + 9, end - 3));
    return end;
  }
  if (text.length - open < 9) return -1;
  throw new XmlError("it has a document type, which no workbook has");
}

/** Returns the position of the `>` that ends the tag: one in an attribute's value does not. */
function tagEnd(text: string, open: number): number {
  let quote = 0;
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === GREATER) return at;
    else if (code === QUOTE || code === APOSTROPHE) quote = code;
  }
  return -1;
}

function scanTag(text: string, open: number, end: number, handler: XmlHandler): void {
  const closing = text.charCodeAt(open + 1) === SLASH;
  const empty = text.charCodeAt(end - 1) === SLASH;
  let start = closing ? open + 2 : open + 1;
  let at = start;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code <= SPACE || code === SLASH) break;
    if (code === COLON) start = at + 1;
  }
  const name = text.slice(start, at);
  if (name === "") throw new XmlError("it has a tag without a name");
  if (closing) {
    handler.close(name);
    return;
  }
  handler.open(name, new XmlAttributes(text.slice(at, empty ? end - 1 : end)));
  if (empty) handler.close(name);
}

const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }),
);

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED.get(name) ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
