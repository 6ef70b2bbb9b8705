/**
 * A table that stays one on a phone: there each row is a block of its own, and each cell is preceded by its column's title. It
 * keeps its roles, because a browser drops them where a table is no longer laid out as one.
 */
import { markup, type Markup, type MarkupValue } from "./markup";

/** A column of a {@link table}. */
export interface Column {
  readonly title: string;
  /**
   * Whether the column holds numbers, which are aligned to the right.
   * @default false
   */
  readonly numeric?: boolean;
  /**
   * Whether the title is left out where rows are blocks, because the cells explain themselves.
   * @default false
   */
  readonly bare?: boolean;
}

/** A group of rows under a heading of their own. */
export interface RowGroup {
  readonly title: MarkupValue;
  readonly rows: readonly (readonly MarkupValue[])[];
}

/** Options of a {@link table}. The first cell of a row is its heading. */
export interface TableProps {
  readonly caption: MarkupValue;
  /**
   * Whether the caption is for screen readers alone, because a heading above the table says the same.
   * @default false
   */
  readonly captionHidden?: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly MarkupValue[])[] | readonly RowGroup[];
}

/** Builds a table. A cell that is empty is left out where rows are blocks. */
export function table({ caption, captionHidden = false, columns, rows }: TableProps): Markup {
  const first = rows[0];
  const grouped = first !== undefined && !Array.isArray(first);
  return markup`<table role="table"><caption${captionHidden ? markup` class="hidden"` : ""}>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(
    ({ title, numeric }) =>
      markup`<th role="columnheader" scope="col"${numeric === true ? markup` class="n"` : ""}>${title}</th>`,
  )}</tr></thead>
${
  grouped
    ? (rows as readonly RowGroup[]).map(
        (
          group,
        ) => markup`<tbody role="rowgroup"><tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="${columns.length}">${group.title}</th></tr>
${tableRows(group.rows, columns)}</tbody>
`,
      )
    : markup`<tbody role="rowgroup">
${tableRows(rows as readonly (readonly MarkupValue[])[], columns)}</tbody>`
}</table>
`;
}

function tableRows(rows: readonly (readonly MarkupValue[])[], columns: readonly Column[]): Markup[] {
  return rows.map(
    (cells) =>
      markup`<tr role="row">${cells.map((cell, index) => {
        if (index === 0) return markup`<th role="rowheader" scope="row">${cell}</th>`;
        const { numeric, bare, title = "" } = columns[index] ?? {};
        return markup`<td role="cell"${numeric === true ? markup` class="n"` : ""}${
          bare === true ? "" : markup` data-label="${title}"`
        }>${cell}</td>`;
      })}</tr>
`,
  );
}
