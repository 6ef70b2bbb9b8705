import { scanXml, type XmlAttributes, type XmlHandler } from "./xml";

/**
 * A pool with one copy of each text. A cell's text is at first a slice of a piece of XML and keeps the whole piece in memory,
 * and an export repeats `poweredOn` and its host names ten thousand times over.
 */
export class StringPool {
  private readonly texts = new Map<string, string>();

  /** Returns a copy of the text that holds nothing else in memory. */
  public get(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const copy = Buffer.from(text, "utf16le").toString("utf16le");
    this.texts.set(copy, copy);
    return copy;
  }
}

/**
 * The collector of the text of an `<si>` or an `<is>` (ECMA-376 part 1, 18.4.8 and 18.3.1.53): that of all its runs, but not
 * the reading aids of East Asian scripts.
 */
export class RichText {
  public value = "";
  private inText = false;
  private phonetic = false;

  public start(): void {
    this.value = "";
    this.inText = false;
    this.phonetic = false;
  }

  public open(name: string): void {
    if (name === "t") this.inText = true;
    else if (name === "rPh") this.phonetic = true;
  }

  public close(name: string): void {
    if (name === "t") this.inText = false;
    else if (name === "rPh") this.phonetic = false;
  }

  public text(text: string): void {
    if (this.inText && !this.phonetic) this.value += text;
  }
}

/**
 * Decodes escaped characters. One that XML cannot hold is written `_x000D_`, and an underscore that would look like one
 * `_x005F_`.
 */
export function unescapeText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

class SharedStringsHandler implements XmlHandler {
  public readonly strings: string[] = [];
  private readonly rich = new RichText();

  constructor(private readonly pool: StringPool) {}

  public open(name: string, _attributes: XmlAttributes): void {
    if (name === "si") this.rich.start();
    else this.rich.open(name);
  }

  public close(name: string): void {
    if (name === "si") this.strings.push(this.pool.get(unescapeText(this.rich.value)));
    else this.rich.close(name);
  }

  public text(text: string): void {
    this.rich.text(text);
  }
}

/** Reads the workbook's shared strings (`sharedStrings.xml`) in their order. */
export async function readSharedStrings(source: AsyncIterable<Uint8Array>, pool: StringPool): Promise<string[]> {
  const handler = new SharedStringsHandler(pool);
  await scanXml(source, handler);
  return handler.strings;
}
