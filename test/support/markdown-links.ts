/** The links of a Markdown page. */

/** The targets of the links and images that lead to files beside the page, without the place in them: `../docs/rules.md`. */
export function relativeLinks(page: string): string[] {
  // What looks like a link within a block or a piece of code is none.
  const text = page.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ""));
}
