/** The draft of one item of the checklist, as an inventory begins it. */
export interface ItemDraft {
  /** The facts that the inventory has about the item, a sentence each. */
  readonly seen: readonly string[];
  /**
   * The answer, where the inventory proves all of it.
   * @default - the item is open
   */
  readonly answer?: unknown;
  /** An answer as somebody may write it, with what the inventory knows of it. */
  readonly example: unknown;
}

/** The largest number of entries of an example: it is to be read, and a list of a thousand is none. */
const EXAMPLE_ENTRIES = 12;

/** Returns the first entries, as many as an example shows. */
export function someOf<Entry>(entries: readonly Entry[]): readonly Entry[] {
  return entries.slice(0, EXAMPLE_ENTRIES);
}

/** Returns the sentence that says how many entries an example leaves out; none where it shows all. */
export function leftOut(entries: readonly unknown[], what: string): readonly string[] {
  const more = entries.length - EXAMPLE_ENTRIES;
  return more > 0 ? [`${more} more ${what} are left out here.`] : [];
}
