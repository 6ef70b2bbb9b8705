/** JSON with the places of its parts. Its values come from `JSON.parse`; places are looked for only when they are asked. */
import type { Location } from "../location";
import { scanJson } from "./json-scan";
import { DUPLICATE_KEY, placeOf, syntaxError, type DocumentPurpose, type Lines, type ParsedDocument } from "./model";

/**
 * The document, or undefined where the text is no JSON: a YAML document may start with a bracket too, and its parser knows
 * where the fault is.
 *
 * @throws MigrationError with the purpose's code where a key stands twice
 */
export function readJson(file: string, text: string, purpose: DocumentPurpose): ParsedDocument | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const lines = linesOf(text);
  const place = (offset: number, path: readonly PropertyKey[]): Location => placeOf(file, lines, offset, path);
  // The places of the lists' items are kept; whatever is deeper is looked for from there.
  const shallow = new Map<string, number>();
  scanJson(text, 0, (path, offset, duplicateKey) => {
    if (duplicateKey) throw syntaxError(purpose, place(offset, path), DUPLICATE_KEY, "keep one of the two");
    if (path.length <= 2) shallow.set(JSON.stringify(path), offset);
    return true;
  });
  const offsetOf = (path: readonly PropertyKey[]): number => {
    const depth = Math.min(path.length, 2);
    let offset = shallow.get(JSON.stringify(path.slice(0, depth)));
    if (offset === undefined) return depth === 0 ? 0 : offsetOf(path.slice(0, depth - 1));
    const rest = path.slice(depth);
    let reached = 0;
    if (rest.length > 0) {
      scanJson(text, offset, (at, found) => {
        if (at.length > reached && at.every((step, index) => step === rest[index])) {
          reached = at.length;
          offset = found;
        }
        return reached < rest.length;
      });
    }
    return offset;
  };
  return { value, locate: (path) => place(offsetOf(path), path), literal: () => undefined };
}

/** Where the lines of the text begin, found when the first place is asked for. */
function linesOf(text: string): Lines {
  let starts: number[] | undefined;
  return {
    linePos: (offset) => {
      starts ??= lineStarts(text);
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >>> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      return { line: low + 1, col: offset - (starts[low] ?? 0) + 1 };
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
