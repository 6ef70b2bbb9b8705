/**
 * Ways in which files arrive broken: cut off, flipped bits, lines missing or twice, another separator, cells from nowhere.
 * Each is an arbitrary change of bytes; fast-check shrinks to the one that matters.
 */
import fc from "fast-check";

/** A change of a file's bytes. */
export type Mangling = (bytes: Buffer) => Buffer;

const ABSURD_CELLS = [
  "-1",
  "1e300",
  "-1e300",
  "NaN",
  "Infinity",
  "99999999999999999999",
  "0x10",
  "#REF!",
  "=1+1",
  '"',
  '""',
  "'",
  "\u0000",
  "\uFEFF",
  "\u{1F4A5}",
  "__proto__",
  "constructor",
  "-----",
  "[[[[[[[[",
  "{{{{{{",
  "&a [*a]",
  "<<: *x",
  "!!binary x",
  "a".repeat(5000),
  ";;;;;;;;;;",
  "\r",
  "null",
  "true",
  "2024-02-30",
];

/** A place in the file, as a share of its length: it stays meaningful when the file is made shorter. */
const place = fc.double({ min: 0, max: 1, noNaN: true });

function at(bytes: Buffer, share: number): number {
  return Math.min(bytes.length, Math.floor(share * bytes.length));
}

function lines(bytes: Buffer, change: (lines: string[]) => void): Buffer {
  const text = bytes.toString("latin1").split("\n");
  change(text);
  return Buffer.from(text.join("\n"), "latin1");
}

const truncate = place.map(
  (share): Mangling =>
    (bytes) =>
      bytes.subarray(0, at(bytes, share)),
);

const behead = place.map(
  (share): Mangling =>
    (bytes) =>
      bytes.subarray(at(bytes, share)),
);

const flip = fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([share, mask]): Mangling => (bytes) => {
  const changed = Buffer.from(bytes);
  const index = at(bytes, share);
  if (index < changed.length) changed[index] = (changed[index] ?? 0) ^ mask;
  return changed;
});

const insert = fc
  .tuple(
    place,
    fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 20 }),
      fc.constantFrom(...ABSURD_CELLS).map((text) => Buffer.from(text)),
    ),
  )
  .map(([share, junk]): Mangling => (bytes) => {
    const index = at(bytes, share);
    return Buffer.concat([bytes.subarray(0, index), junk, bytes.subarray(index)]);
  });

const repeat = fc.tuple(place, place).map(([from, to]): Mangling => (bytes) => {
  const [start, end] = [at(bytes, Math.min(from, to)), at(bytes, Math.max(from, to))];
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
});

const remove = fc.tuple(place, place).map(([from, to]): Mangling => (bytes) => {
  const [start, end] = [at(bytes, Math.min(from, to)), at(bytes, Math.max(from, to))];
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
});

const loseLine = fc.nat(40).map(
  (index): Mangling =>
    (bytes) =>
      lines(bytes, (text) => {
        text.splice(index % text.length, 1);
      }),
);

const moveLine = fc.tuple(fc.nat(40), fc.nat(40)).map(
  ([from, to]): Mangling =>
    (bytes) =>
      lines(bytes, (text) => {
        text.splice(to % text.length, 0, ...text.splice(from % text.length, 1));
      }),
);

const separate = fc
  .tuple(
    fc.constantFrom(",", ";", "\n", ":", '"', " "),
    fc.constantFrom(",", ";", "\t", "|", "\r", "\r\n", '"', "\u00a0"),
  )
  .map(
    ([from, to]): Mangling =>
      (bytes) =>
        Buffer.from(bytes.toString("latin1").replaceAll(from, to), "latin1"),
  );

const absurdCell = fc.tuple(place, fc.constantFrom(...ABSURD_CELLS)).map(([share, cell]): Mangling => (bytes) => {
  const text = bytes.toString("latin1");
  const cells = [...text.matchAll(/[^,;:\n"{}[\]]+/g)];
  const chosen = cells[Math.min(cells.length - 1, Math.floor(share * cells.length))];
  if (chosen === undefined) return bytes;
  const rest = text.slice(chosen.index + chosen[0].length);
  return Buffer.concat([
    Buffer.from(text.slice(0, chosen.index), "latin1"),
    Buffer.from(cell),
    Buffer.from(rest, "latin1"),
  ]);
});

const recode = fc.constantFrom<Mangling[]>(
  (bytes) => Buffer.from(bytes.toString("latin1"), "utf16le"),
  (bytes) => Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]),
  (bytes) => Buffer.from(bytes.toString("base64")),
);

/** One to four changes, one after the other. */
export const mangling: fc.Arbitrary<Mangling> = fc
  .array(
    fc.oneof(
      { arbitrary: absurdCell, weight: 4 },
      { arbitrary: flip, weight: 3 },
      { arbitrary: insert, weight: 3 },
      truncate,
      behead,
      repeat,
      remove,
      loseLine,
      moveLine,
      separate,
      recode,
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map(
    (changes): Mangling =>
      (bytes) =>
        changes.reduce((changed, change) => change(changed), bytes),
  );
