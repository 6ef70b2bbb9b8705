/**
 * ```ts
 * const archive = ZipArchive.open(file);
 * for await (const bytes of archive.stream("xl/workbook.xml")) …
 * ```
 *
 * A reader of zip archives, with just enough of the format (PKWARE APPNOTE 6.3.10) for a workbook. Files are inflated as a
 * stream and only when asked for, and the inflated bytes are counted as they come, because the size that the directory
 * declares is whatever its writer chose: an archive that would fill the memory ends in an error after its limit.
 */
import * as zlib from "node:zlib";
import { MigrationError } from "../../core/error";
import type { InputFile } from "../reader";

/**
 * The largest inflated size of one file of an archive, and of all that are read of it together. 1 GiB: some 200,000 servers.
 */
export const INFLATED_LIMIT_BYTES = 1024 * 1024 * 1024;

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
/**
 * The value that points to Zip64, which some writers use for small files too: a value that is all ones is stored elsewhere,
 * in 64 bits.
 */
const LARGE = 0xffffffff;
const LARGE_COUNT = 0xffff;
const LARGE_FIELD = 1;
const LARGE_LOCATOR_SIGNATURE = 0x07064b50;
const LARGE_LOCATOR_BYTES = 20;
const LARGE_END_BYTES = 56;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;
/** The size of the pieces in which a file is handed out, stored or inflated. */
const CHUNK_BYTES = 64 * 1024;

interface Entry {
  readonly method: number;
  readonly encrypted: boolean;
  readonly packedBytes: number;
  readonly declaredBytes: number;
  readonly offset: number;
  readonly checksum: number;
}

/** An archive whose directory has been read. */
export class ZipArchive {
  /**
   * Reads the directory.
   * @throws MigrationError `INVENTORY_WORKBOOK_DAMAGED` where there is none, as in a file that was cut off
   */
  public static open(file: InputFile, limitBytes: number = INFLATED_LIMIT_BYTES): ZipArchive {
    return new ZipArchive(file, limitBytes);
  }

  /** The names of the files in the archive. */
  public get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  private readonly entries = new Map<string, Entry>();
  private readonly bytes: Buffer;
  private inflatedBytes = 0;

  private constructor(
    private readonly file: InputFile,
    private readonly limitBytes: number,
  ) {
    this.bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
    this.readDirectory();
  }

  public has(name: string): boolean {
    return this.entries.has(name);
  }

  /**
   * Returns the inflated size of a file as the directory declares it, in bytes: good for a progress display and nothing else.
   */
  public declaredBytes(name: string): number {
    return this.entries.get(name)?.declaredBytes ?? 0;
  }

  /**
   * Reads the file's content, piece by piece. Only at the end is it known to be whole.
   * @throws MigrationError `INVENTORY_WORKBOOK_DAMAGED`, `INVENTORY_WORKBOOK_ENCRYPTED`, `INVENTORY_WORKBOOK_TOO_LARGE`
   */
  public async *stream(name: string): AsyncGenerator<Uint8Array, void, undefined> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw this.damaged(`it has no ${name}`);
    if (entry.encrypted) throw encryptedWorkbook(this.file);
    if (entry.declaredBytes > this.limitBytes) throw this.tooLarge(name);
    let checksum = 0;
    for await (const chunk of this.inflated(name, entry)) {
      this.count(name, chunk);
      checksum = zlib.crc32(chunk, checksum);
      yield chunk;
    }
    if (checksum !== entry.checksum) throw this.damaged(`${name} does not match its checksum`);
  }

  private async *inflated(name: string, entry: Entry): AsyncGenerator<Uint8Array, void, undefined> {
    const packed = this.packed(name, entry);
    if (entry.method === STORED) {
      for (let start = 0; start < packed.length; start += CHUNK_BYTES)
        yield packed.subarray(start, start + CHUNK_BYTES);
      return;
    }
    if (entry.method !== DEFLATED) {
      throw this.damaged(`${name} is packed by method ${entry.method}, which no workbook uses`);
    }
    const inflate = zlib.createInflateRaw({ chunkSize: CHUNK_BYTES });
    inflate.end(packed);
    try {
      for await (const chunk of inflate as AsyncIterable<Buffer>) yield chunk;
    } catch (error) {
      if (isInflateError(error)) throw this.damaged(`${name} cannot be inflated`, error);
      throw error;
    } finally {
      inflate.destroy();
    }
  }

  private count(name: string, chunk: Uint8Array): void {
    this.inflatedBytes += chunk.length;
    if (this.inflatedBytes > this.limitBytes) throw this.tooLarge(name);
  }

  private packed(name: string, entry: Entry): Buffer {
    const { bytes } = this;
    const start = entry.offset;
    if (start + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(start) !== LOCAL_SIGNATURE) {
      throw this.damaged(`${name} is not where its directory says`);
    }
    // Name and extra field may differ in length from the directory's, so they are read here.
    const data = start + LOCAL_BYTES + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    if (data + entry.packedBytes > bytes.length) throw this.damaged(`${name} is cut off`);
    return bytes.subarray(data, data + entry.packedBytes);
  }

  private readDirectory(): void {
    const { bytes } = this;
    let { at, count } = this.findDirectory();
    for (; count > 0; count--) {
      if (at + CENTRAL_BYTES > bytes.length || bytes.readUInt32LE(at) !== CENTRAL_SIGNATURE) {
        throw this.damaged("its directory is cut off");
      }
      const nameEnd = at + CENTRAL_BYTES + bytes.readUInt16LE(at + 28);
      const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
      // Some writers use backslashes, which Excel accepts.
      const name = bytes.toString("utf8", at + CENTRAL_BYTES, nameEnd).replaceAll("\\", "/");
      const large = largeValues(bytes.subarray(nameEnd, extraEnd));
      // In this order, and only those that do not fit (APPNOTE 4.5.3).
      const value = (position: number): number => {
        const small = bytes.readUInt32LE(at + position);
        return small === LARGE ? (large.shift() ?? small) : small;
      };
      const declaredBytes = value(24);
      const packedBytes = value(20);
      const offset = value(42);
      if (!this.entries.has(name)) {
        this.entries.set(name, {
          encrypted: (bytes.readUInt16LE(at + 8) & ENCRYPTED_FLAG) !== 0,
          method: bytes.readUInt16LE(at + 10),
          checksum: bytes.readUInt32LE(at + 16),
          packedBytes,
          declaredBytes,
          offset,
        });
      }
      at = extraEnd + bytes.readUInt16LE(at + 32);
    }
  }

  /** Finds the start of the directory and the number of files that it lists. */
  private findDirectory(): { at: number; count: number } {
    const { bytes } = this;
    const lowest = Math.max(0, bytes.length - END_BYTES - COMMENT_BYTES_MAX);
    for (let end = bytes.length - END_BYTES; end >= lowest; end--) {
      if (bytes.readUInt32LE(end) !== END_SIGNATURE) continue;
      const at = bytes.readUInt32LE(end + 16);
      const count = bytes.readUInt16LE(end + 10);
      if (at !== LARGE && count !== LARGE_COUNT) return { at, count };
      const locator = end - LARGE_LOCATOR_BYTES;
      if (locator < 0 || bytes.readUInt32LE(locator) !== LARGE_LOCATOR_SIGNATURE) return { at, count };
      const large = Number(bytes.readBigUInt64LE(locator + 8));
      if (large + LARGE_END_BYTES > bytes.length) break;
      return { at: Number(bytes.readBigUInt64LE(large + 48)), count: Number(bytes.readBigUInt64LE(large + 32)) };
    }
    throw this.damaged("its end is missing, as if it had been cut off");
  }

  private damaged(why: string, cause?: unknown): MigrationError {
    return damagedWorkbook(this.file, why, cause);
  }

  private tooLarge(name: string): MigrationError {
    return new MigrationError({
      code: "INVENTORY_WORKBOOK_TOO_LARGE",
      path: this.file.name,
      received: `${name}, which inflates to more than ${this.limitBytes} bytes`,
      allowed: `a workbook of at most ${this.limitBytes} bytes inflated`,
      fix: "delete the empty rows below the data and save, or export fewer servers at a time",
    });
  }
}

/** Returns the values of the zip64 field among the extra fields of a directory entry. */
function largeValues(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== LARGE_FIELD) continue;
    const values: number[] = [];
    const end = Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2));
    for (let value = at + 4; value + 8 <= end; value += 8) values.push(Number(extra.readBigUInt64LE(value)));
    return values;
  }
  return [];
}

/** Checks whether the error is one of zlib's own: `Z_DATA_ERROR`, `Z_BUF_ERROR` where the data ends too early. */
function isInflateError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && String(error.code).startsWith("Z_");
}

/** Builds the error for a workbook that is not whole. `why` is a clause about the file: `its directory is cut off`. */
export function damagedWorkbook(file: InputFile, why: string, cause?: unknown): MigrationError {
  return new MigrationError({
    code: "INVENTORY_WORKBOOK_DAMAGED",
    path: file.name,
    received: `a damaged workbook: ${why}`,
    allowed: "a whole .xlsx workbook",
    fix: "copy or export the file again, or open it in a spreadsheet program and save it anew",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Builds the error for a workbook that only its password opens. */
export function encryptedWorkbook(file: InputFile): MigrationError {
  return new MigrationError({
    code: "INVENTORY_WORKBOOK_ENCRYPTED",
    path: file.name,
    received: "an encrypted workbook",
    allowed: "a workbook without a password",
    fix: "open it in a spreadsheet program, remove the password or the sensitivity label, and save it",
  });
}
