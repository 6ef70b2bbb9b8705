/**
 * A page that is whole in itself: its style and its script are inline, and its Content Security Policy allows these two by
 * their hashes and nothing else, so that even an element that got past the escaping would load and run nothing
 * (Content Security Policy Level 3, 6.7.2 and 8.3). `frame-ancestors` is left out: a policy in a `meta` element may not have it.
 */
import { createHash } from "node:crypto";
import { markup, trusted, type Markup } from "./markup";

/** Options of a {@link page}. */
export interface PageProps {
  readonly title: string;
  /** The page's description for search results, one sentence. */
  readonly description: string;
  readonly style: string;
  /** The page's script, a convenience: without it nothing may be missing. */
  readonly script: string;
  readonly body: Markup;
}

/** Builds the whole HTML document. Ends with a line feed. */
export function page({ title, description, style, script, body }: PageProps): string {
  const policy = [
    "default-src 'none'",
    // The empty icon below: without it a browser would ask the server for one.
    "img-src data:",
    `style-src ${hashSource(style)}`,
    `script-src ${hashSource(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="description" content="${description}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
${body}
<script>${trusted(script)}</script>
</body>
</html>
`.text;
}

function hashSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Strips a style sheet of its indentation and comments. It must hold no text in which spaces count. */
export function compactStyle(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .trim();
}
