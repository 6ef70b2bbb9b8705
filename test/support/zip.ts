import { crc32, deflateRawSync } from "node:zlib";

/** One file of an archive, with ways to make it wrong. */
export interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array | string;
  /** @default - true */
  readonly compressed?: boolean;
  /** What the directory says instead of the true inflated size. */
  readonly declaredSize?: number;
  /** What the directory says instead of the true compression method. */
  readonly declaredMethod?: number;
  /** Sizes follow the data instead of standing before it, as streaming writers do. */
  readonly streamed?: boolean;
  /** Sizes and place stand in the 64-bit extra field, as large archives have them. */
  readonly zip64?: boolean;
  /** Marks it as encrypted with a password. */
  readonly encrypted?: boolean;
}

/** A zip archive (PKWARE APPNOTE 6.3) of these files. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const raw = Buffer.from(entry.data);
    const data = entry.compressed === false ? raw : deflateRawSync(raw, { level: 6 });
    const name = Buffer.from(entry.name, "utf8");
    const method = entry.declaredMethod ?? (entry.compressed === false ? 0 : 8);
    const flags = 0x800 | (entry.streamed === true ? 8 : 0) | (entry.encrypted === true ? 1 : 0);
    const size = entry.declaredSize ?? raw.length;
    const sum = crc32(raw);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    if (entry.streamed !== true) {
      local.writeUInt32LE(sum, 14);
      local.writeUInt32LE(data.length, 18);
      local.writeUInt32LE(size, 22);
    }
    local.writeUInt16LE(name.length, 26);
    const trailer = Buffer.alloc(entry.streamed === true ? 16 : 0);
    if (entry.streamed === true) {
      trailer.writeUInt32LE(0x08074b50, 0);
      trailer.writeUInt32LE(sum, 4);
      trailer.writeUInt32LE(data.length, 8);
      trailer.writeUInt32LE(size, 12);
    }
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(sum, 16);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    const extra = Buffer.alloc(entry.zip64 === true ? 28 : 0);
    if (entry.zip64 === true) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      extra.writeBigUInt64LE(BigInt(size), 4);
      extra.writeBigUInt64LE(BigInt(data.length), 12);
      extra.writeBigUInt64LE(BigInt(offset), 20);
      central.writeUInt32LE(0xffffffff, 20);
      central.writeUInt32LE(0xffffffff, 24);
      central.writeUInt32LE(0xffffffff, 42);
      central.writeUInt16LE(extra.length, 30);
    }
    parts.push(local, name, data, trailer);
    directory.push(central, name, extra);
    offset += local.length + name.length + data.length + trailer.length;
  }
  const central = Buffer.concat(directory);
  const large = entries.some(({ zip64 }) => zip64 === true);
  const largeEnd = Buffer.alloc(large ? 76 : 0);
  if (large) {
    largeEnd.writeUInt32LE(0x06064b50, 0);
    largeEnd.writeBigUInt64LE(44n, 4);
    largeEnd.writeBigUInt64LE(BigInt(entries.length), 24);
    largeEnd.writeBigUInt64LE(BigInt(entries.length), 32);
    largeEnd.writeBigUInt64LE(BigInt(central.length), 40);
    largeEnd.writeBigUInt64LE(BigInt(offset), 48);
    largeEnd.writeUInt32LE(0x07064b50, 56);
    largeEnd.writeBigUInt64LE(BigInt(offset + central.length), 64);
    largeEnd.writeUInt32LE(1, 72);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(large ? 0xffffffff : offset, 16);
  return Buffer.concat([...parts, central, largeEnd, end]);
}
