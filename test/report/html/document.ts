/** Reads a page as strictly as a parser of XML would, apart from what HTML does without: void elements, and the text of scripts. */

/** An element of a page. */
export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: HtmlElement[];
  /** The text directly in it, decoded. */
  text: string;
  /** Text and elements in their order. */
  readonly content: (string | HtmlElement)[];
}

const VOID = new Set(["meta", "link", "br", "input"]);

/** The page's root. Fails on whatever is not closed, not quoted or not escaped. */
export function parseHtml(html: string): HtmlElement {
  const top: HtmlElement = element("", {});
  const open = [top];
  const token =
    /<!DOCTYPE html>|<\/([a-z0-9]+)>|<([a-z0-9]+)((?: [a-zA-Z-]+(?:="[^"<]*")?)*)(\/?)>|((?:[^<>&]|&(?:amp|lt|gt|quot|#39);)+)/y;
  while (token.lastIndex < html.length) {
    const at = token.lastIndex;
    const match = token.exec(html);
    if (match === null) throw new Error(`not well-formed at ${at}: ${html.slice(at, at + 80)}`);
    const [, closed, opened, attributes = "", selfClosed, text] = match;
    const current = open.at(-1)!;
    if (text !== undefined) {
      current.text += decode(text);
      current.content.push(decode(text));
    }
    if (closed !== undefined && open.pop()!.name !== closed) throw new Error(`</${closed}> closes another element`);
    if (opened === undefined) continue;
    const pairs = [...attributes.matchAll(/ ([a-zA-Z-]+)(?:="([^"]*)")?/g)].map(
      ([, key, value]) => [key!, decode(value ?? "")] as const,
    );
    if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw new Error(`<${opened}> has an attribute twice`);
    const next = element(opened, Object.fromEntries(pairs));
    current.children.push(next);
    current.content.push(next);
    if (opened === "script" || opened === "style") {
      const end = html.indexOf(`</${opened}>`, token.lastIndex);
      next.text = html.slice(token.lastIndex, end);
      token.lastIndex = end + opened.length + 3;
    } else if (!VOID.has(opened) && selfClosed === "") open.push(next);
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)!.name}> is not closed`);
  return top.children[0]!;
}

function element(name: string, attributes: Readonly<Record<string, string>>): HtmlElement {
  return { name, attributes, children: [], text: "", content: [] };
}

/** The element and all in it. */
export function all(root: HtmlElement): HtmlElement[] {
  return [root, ...root.children.flatMap(all)];
}

/** Elements within a line of text. */
const INLINE = new Set(["span", "strong", "a", "time"]);

/** All text in the element, in its order; what is no part of a line stands apart. */
export function textOf({ name, content }: HtmlElement): string {
  if (name === "script" || name === "style") return "";
  const text = content.map((each) => (typeof each === "string" ? each : textOf(each))).join("");
  return INLINE.has(name) ? text : ` ${text} `;
}

function decode(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
