/** JSON with the places of its parts. Its values come from `JSON.parse`; places are looked for only when they are asked. */
import type { Location } from "../location";
import { findExcess, scanJson } from "./json-scan";
import { JSON_VALUE_LIMIT, YAML_LIMIT } from "./limits";
import { linesOf } from "./lines";
import {
  boundError,
  DUPLICATE_KEY,
  placeOf,
  syntaxError,
  tooDeepError,
  type DocumentPurpose,
  type ParsedDocument,
} from "./model";

/**
 * Parses the text as JSON, and returns undefined where it is none: a YAML document may start with a bracket too, and its
 * parser knows where the fault is.
 *
 * @throws MigrationError with the purpose's code where a key occurs twice
 */
export function readJson(file: string, text: string, purpose: DocumentPurpose): ParsedDocument | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const lines = linesOf(text);
  const place = (offset: number, path: readonly PropertyKey[]): Location => placeOf(file, lines, offset, path);
  const excess = findExcess(text);
  if (excess?.what === "values") {
    throw boundError(purpose.tooLargeCode ?? purpose.code, place(excess.offset, []), {
      received: `more than ${JSON_VALUE_LIMIT} values`,
      allowed: `at most ${JSON_VALUE_LIMIT} values in one file`,
      fix: "split it into several files",
    });
  }
  if (excess !== undefined) {
    // The brackets of a text that only looks like JSON may stand in a YAML scalar; the YAML parser knows.
    if (text.length <= YAML_LIMIT) return undefined;
    throw tooDeepError(purpose, place(excess.offset, []));
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  scanJson(text, 0, (path, offset, duplicateKey) => {
    if (duplicateKey) throw syntaxError(purpose, place(offset, path), DUPLICATE_KEY, "keep one of the two");
    return true;
  });
  // The places of the lists' items are kept once a place is asked for; whatever is deeper is looked for from there.
  let shallow: ShallowPlaces | undefined;
  const offsetOf = (path: readonly PropertyKey[]): number => {
    shallow ??= new ShallowPlaces(text);
    const { offset: nearest, rest } = shallow.nearest(path);
    let offset = nearest;
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

/** Offsets of the values that are looked up most: the root, the values in it, and the items of their lists. */
class ShallowPlaces {
  private root = 0;
  private readonly values = new Map<PropertyKey, number>();
  private readonly items = new Map<PropertyKey, number[]>();

  constructor(text: string) {
    scanJson(text, 0, (path, offset) => {
      const [step, index] = path;
      if (step === undefined) this.root = offset;
      else if (path.length === 1) this.values.set(step, offset);
      else if (path.length === 2 && typeof index === "number") this.add(step, offset);
      return true;
    });
  }

  /** Returns the offset of the deepest value on the path that is kept, and the steps that may lead on from it. */
  public nearest(path: readonly PropertyKey[]): { readonly offset: number; readonly rest: readonly PropertyKey[] } {
    const [step, index] = path;
    const value = step === undefined ? undefined : this.values.get(step);
    if (step === undefined || value === undefined) return { offset: this.root, rest: [] };
    const items = typeof index === "number" ? this.items.get(step) : undefined;
    if (items === undefined || typeof index !== "number") return { offset: value, rest: path.slice(1) };
    const item = items[index];
    return item === undefined ? { offset: value, rest: [] } : { offset: item, rest: path.slice(2) };
  }

  private add(step: PropertyKey, offset: number): void {
    const items = this.items.get(step);
    if (items === undefined) this.items.set(step, [offset]);
    else items.push(offset);
  }
}
