/** The elements that several sections of the page share. */
import type { Severity } from "../../../core/finding";
import { count } from "../../../core/text";
import { markup, type Markup, type MarkupValue } from "../../html/markup";

/** The words for a finding's severity, each with its own shape beside its colour. */
export const WEIGHTS: Readonly<Record<Severity | "waived", { readonly one: string; readonly many: string }>> = {
  blocker: { one: "blocker", many: "blockers" },
  warning: { one: "warning", many: "warnings" },
  info: { one: "note", many: "notes" },
  waived: { one: "waived", many: "waived" },
};

/** Builds the tag of a severity with the number of its findings: `3 blockers`. */
export function weight(kind: Severity | "waived", findings: number): Markup {
  const { one, many } = WEIGHTS[kind];
  return markup`<span class="tag ${kind}">${count(findings, one, many)}</span>`;
}

/** Builds a section of the page, with its heading. */
export function section(id: string, title: string, ...content: readonly MarkupValue[]): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}</h2>
${content}</section>
`;
}

/** Builds a list of names on one line. */
export function names(list: readonly string[]): Markup {
  return markup`<span class="name">${list.join(", ")}</span>`;
}

/** The largest number of rows of a table that is not folded. */
const ROWS_SHOWN = 24;

/** Returns the content, folded where it has many rows. */
export function longOrShort(summary: MarkupValue, rows: number, content: Markup): Markup {
  return rows <= ROWS_SHOWN ? content : disclosure(summary, content);
}

/** Builds an element that opens on demand. */
export function disclosure(summary: MarkupValue, content: MarkupValue, open = false): Markup {
  return markup`<details${open ? markup` open` : ""}><summary>${summary}</summary>
${content}</details>
`;
}
