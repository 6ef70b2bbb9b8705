/** Drawings: inline SVG with a title, a description and a caption, in a frame that scrolls by itself where it is too wide. */
import { markup, type Markup, type MarkupValue } from "./markup";

/** Options of a {@link figure}. */
export interface FigureProps {
  /** The id, unique in the page. */
  readonly id: string;
  readonly title: string;
  /** The drawing in a sentence or two, for screen readers. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly content: MarkupValue;
  /** The caption below the drawing, which says how to read it. */
  readonly legend: MarkupValue;
}

/**
 * Builds a figure with its drawing. The frame takes the keyboard's focus, because what scrolls must be scrollable without a
 * mouse.
 */
export function figure({ id, title, description, width, height, content, legend }: FigureProps): Markup {
  return markup`<figure>
<div class="frame" tabindex="0" role="group" aria-label="${title}">
<svg role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>
${content}</svg>
</div>
<figcaption>${legend}</figcaption>
</figure>
`;
}

/** Returns the text, cut to `characters` code points with an ellipsis where it is longer. */
export function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const points = Array.from(text);
  return points.length <= characters
    ? text
    : `${points
        .slice(0, characters - 1)
        .join("")
        .trimEnd()}…`;
}

/** Returns the name, cut in its middle where it is longer: names differ at their ends as often as at their beginnings. */
export function shortenedName(name: string, characters: number): string {
  const points = Array.from(name);
  if (points.length <= characters) return name;
  const end = Math.floor((characters - 1) / 2);
  return `${points.slice(0, characters - 1 - end).join("")}…${points.slice(points.length - end).join("")}`;
}

/** Formats a coordinate with at most one decimal: the same on every machine, and short. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10);
}
