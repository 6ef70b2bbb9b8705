/**
 * The places of a checklist's items in its file. The reader knows line and column of every item, the rules report them, and
 * the checklist itself is plain data that a person may also write in TypeScript. So the places are kept beside the object
 * that the reader returned, and a copy of it simply has none.
 */
import type { Location } from "../../core/location";

/**
 * A function that returns the place of the value at that path of the document:
 * `["identify_dependencies", "database_connections", 0]`.
 */
export type LocateItem = (path: readonly (string | number)[]) => Location | undefined;

const sources = new WeakMap<object, LocateItem>();

/** Records the places of a document's items. */
export function rememberSource(document: object, locate: LocateItem): void {
  sources.set(document, locate);
}

/** Returns the function that locates a document's items; it returns undefined for a document that was written in code. */
export function sourceOf(document: object): LocateItem {
  return sources.get(document) ?? (() => undefined);
}
