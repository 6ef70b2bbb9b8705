/** The small parts that several sections show alike. */
import type { Severity } from "../../../core/finding";
import { markup, type Markup, type MarkupValue } from "../../html/markup";

/** The words for a finding's weight, each with its own shape beside its colour. */
export const WEIGHTS: Readonly<Record<Severity | "waived", { readonly one: string; readonly many: string }>> = {
  blocker: { one: "blocker", many: "blockers" },
  warning: { one: "warning", many: "warnings" },
  info: { one: "note", many: "notes" },
  waived: { one: "waived", many: "waived" },
};

/** `3 blockers`, with its mark. */
export function weight(kind: Severity | "waived", count: number): Markup {
  const { one, many } = WEIGHTS[kind];
  return markup`<span class="tag ${kind}">${count} ${count === 1 ? one : many}</span>`;
}

/** A section of the page, with its heading. */
export function section(id: string, title: string, ...content: readonly MarkupValue[]): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}</h2>
${content}</section>
`;
}

/** Names one after the other. */
export function names(list: readonly string[]): Markup {
  return markup`<span class="name">${list.join(", ")}</span>`;
}

/** As many rows as a table has without being asked for. */
const ROWS_SHOWN = 24;

/** What is long is there for those who ask, what is short for everybody. */
export function longOrShort(summary: MarkupValue, rows: number, content: Markup): Markup {
  return rows <= ROWS_SHOWN ? content : disclosure(summary, content);
}

/** What is open is there for those who look; what is closed for those who search. */
export function disclosure(summary: MarkupValue, content: MarkupValue, open = false): Markup {
  return markup`<details${open ? markup` open` : ""}><summary>${summary}</summary>
${content}</details>
`;
}
