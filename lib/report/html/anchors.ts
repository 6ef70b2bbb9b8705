/**
 * Assigns the sections of a page their ids, which are made of their names, so that a link into a report still leads there
 * tomorrow.
 */
export class Anchors {
  private readonly taken = new Set<string>();

  /** Returns an id of lower-case letters, digits and hyphens that no other section of the page has. */
  public of(name: string): string {
    const slug =
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "")
        .slice(0, 80) || "section";
    let id = slug;
    for (let ordinal = 2; this.taken.has(id); ordinal += 1) id = `${slug}-${ordinal}`;
    this.taken.add(id);
    return id;
  }
}
