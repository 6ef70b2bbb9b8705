/**
 * ```ts
 * markup`<td>${server.name}</td>`; // a name of <script> is shown, never run
 * ```
 *
 * Everything that is put into a page is text unless it is {@link Markup}, and only this tag makes that: a value that came from a
 * spreadsheet cannot become an element by being forgotten. The tag is not called `html`, because formatters would re-indent the templates
 * and so change the page.
 */
import { printable } from "../../core/printable";

/** A piece of a page, with everything in it escaped. */
export class Markup {
  /** @internal */
  public constructor(public readonly text: string) {}
}

/** A value in a template: text and numbers are escaped, lists are joined, undefined becomes empty text. */
export type MarkupValue = Markup | string | number | undefined | false | readonly MarkupValue[];

/** Builds a piece of a page from a template. Attribute values must stand in double quotes. */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  let text = parts[0] ?? "";
  values.forEach((value, index) => {
    text += render(value) + (parts[index + 1] ?? "");
  });
  return new Markup(text);
}

/** Marks text of the library's own as markup already: a style sheet, a script. Never pass what came from a user. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** Joins the pieces, with `separator` between them. */
export function joined(values: readonly MarkupValue[], separator: MarkupValue = ""): Markup {
  return new Markup(values.map(render).join(render(separator)));
}

function render(value: MarkupValue): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return escapeHtml(value);
  return value.map(render).join("");
}

const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes plain text for HTML, in an element and in an attribute alike; a control character becomes a visible escape. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => REFERENCES[character] ?? character);
}
