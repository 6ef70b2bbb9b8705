/** The links of a Markdown page, and the places in it that links lead to. */

/** A link or image that leads to a file beside the page, or to a place in the page itself. */
export interface RelativeLink {
  /** The file as it is written, `../docs/rules.md`; empty for a place in the page itself. */
  readonly target: string;
  /** The place in it, without the `#`. */
  readonly anchor: string | undefined;
}

/** What looks like a link or a heading within a block or a piece of code is none. */
const prose = (page: string): string => page.replace(/^[ \t]*```[^\n]*\n[\s\S]*?^[ \t]*```/gm, "");

/** Returns the links of a page that are no addresses. */
export function linksOf(page: string): RelativeLink[] {
  return [
    ...prose(page)
      .replace(/`[^`\n]*`/g, "")
      .matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g),
  ]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [, file = "", anchor] = /^([^#]*)(?:#(.*))?$/.exec(target) ?? [];
      return { target: file, anchor };
    });
}

/** Returns the places of a page that a link can name: its headings, as GitHub writes them, and what has an id of its own. */
export function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  const text = prose(page);
  for (const [, heading = ""] of text.matchAll(/^#{1,6} +(.*?)(?: +#+)?$/gm)) {
    const plain = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\\(.)/g, "$1");
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
      .replace(/ /g, "-");
    let unique = slug;
    for (let again = 1; anchors.has(unique); again++) unique = `${slug}-${again}`;
    anchors.add(unique);
  }
  for (const [, id = ""] of text.matchAll(/<a [^>]*\b(?:id|name)="([^"]+)"/g)) anchors.add(id);
  return anchors;
}
