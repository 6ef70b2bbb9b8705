/**
 * Where a checklist was written. The reader knows line and column of every item, the rules want to say them, and the
 * checklist itself is plain data that a person may also write in TypeScript. So the places are kept beside the object that
 * the reader returned, and a copy of it simply has none.
 */
import type { Location } from "../../core/location";

/** Gives the place of the value at that path of the document: `["identify_dependencies", "database_connections", 0]`. */
export type LocateItem = (path: readonly (string | number)[]) => Location | undefined;

const sources = new WeakMap<object, LocateItem>();

/** Remembers where the document was written. */
export function rememberSource(document: object, locate: LocateItem): void {
  sources.set(document, locate);
}

/** Where the document was written; a function that knows no place where it was written in code. */
export function sourceOf(document: object): LocateItem {
  return sources.get(document) ?? (() => undefined);
}
