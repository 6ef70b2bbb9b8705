/**
 * ```ts
 * rewriteTemplate("${aws_vpc.main.id}/x", () => ({ kind: "value", value: "vpc-1" })); // "vpc-1/x"
 * ```
 *
 * Replaces references in Terraform's templates, and leaves everything else as it is written. An expression is read as far as its
 * strings, its braces and its references go, which is enough: text inside of a string is no reference, and a value takes the
 * place of a reference whatever is around it.
 */

/** A reference, and what becomes of it. */
export type Replacement = WritableReplacement | UnwritableReplacement;

/** A reference that stays as it is, or gives way to a value. */
interface WritableReplacement {
  readonly kind: "keep" | "value";
  readonly value?: unknown;
}

/** A reference whose value is a secret, or is not known: the whole argument cannot be written. */
interface UnwritableReplacement {
  readonly kind: "secret" | "unknown";
}

/** A reference: an element's address, and the steps into its value. */
export interface Traversal {
  /** `aws_vpc.main`, `data.aws_region.here`, `local.name`, `var.size`, `module.network`. */
  readonly address: string;
  /** Attributes and indexes, in order. */
  readonly steps: readonly (string | number)[];
  /** Whether more of the expression goes on into the value: a splat, or an index that is an expression. */
  readonly open: boolean;
}

/** A function that says what becomes of a reference. */
export type Replace = (reference: Traversal) => Replacement;

/** A reference whose value cannot be written. */
export class NotWritable extends Error {
  constructor(
    public readonly kind: "secret" | "unknown",
    public readonly reference: Traversal,
  ) {
    super(kind);
  }
}

/**
 * Returns the template with its references replaced: text, or the value itself where the template is one reference and no more.
 *
 * @throws NotWritable
 */
export function rewriteTemplate(text: string, replace: Replace): unknown {
  const [only, ...others] = partsOf(text);
  if (only?.kind === "expression" && others.length === 0) {
    const whole = wholeReference(only.text);
    if (whole !== undefined) {
      const becomes = replaced(whole, replace);
      return becomes.kind === "value" ? literalValue(becomes.value) : text;
    }
  }
  return partsOf(text)
    .map((part) => (part.kind === "text" ? part.text : interpolation(part.text, replace)))
    .join("");
}

/** Returns the references of a template. */
export function referencesOfTemplate(text: string): Traversal[] {
  const found: Traversal[] = [];
  rewriteTemplate(text, (reference) => {
    found.push(reference);
    return { kind: "keep" };
  });
  return found;
}

/** Escapes what would begin an expression, so that Terraform reads the text as it is. */
export function literalText(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}

/** Escapes all texts within a value. */
function literalValue(value: unknown): unknown {
  if (typeof value === "string") return literalText(value);
  if (Array.isArray(value)) return value.map(literalValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, literalValue(each)]));
}

interface Part {
  readonly kind: "text" | "expression";
  readonly text: string;
}

/** Splits a template. Its text stays as it is written, escapes included. */
function partsOf(template: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let at = 0; at < template.length;) {
    if (/^(?:\$\$|%%)\{/.test(template.slice(at, at + 3))) at += 3;
    else if (template.startsWith("${", at)) {
      if (at > from) parts.push({ kind: "text", text: template.slice(from, at) });
      const end = endOfCode(template, at + 2);
      parts.push({ kind: "expression", text: template.slice(at + 2, end) });
      from = at = end + 1;
    } else at += 1;
  }
  if (from < template.length) parts.push({ kind: "text", text: template.slice(from) });
  return parts;
}

/** Returns the place of the brace that ends the code. */
function endOfCode(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length;) {
    const character = text.charAt(at);
    if (character === '"') {
      at = endOfString(text, at + 1) + 1;
      continue;
    }
    if (character === "{") depth += 1;
    if (character === "}") {
      if (depth === 0) return at;
      depth -= 1;
    }
    at += 1;
  }
  return text.length;
}

/** Returns the place of the quote that ends the string. */
function endOfString(text: string, start: number): number {
  for (let at = start; at < text.length;) {
    const character = text.charAt(at);
    if (character === '"') return at;
    if (character === "\\") at += 2;
    else if (/^(?:\$\$|%%)\{/.test(text.slice(at, at + 3))) at += 3;
    else if (/^[$%]\{/.test(text.slice(at, at + 2))) at = endOfCode(text, at + 2) + 1;
    else at += 1;
  }
  return text.length;
}

const REFERENCE =
  /((?:(?:data|ephemeral)\.)?[a-z][a-z0-9]*_[a-z0-9_]*\.[A-Za-z_][\w-]*|(?:local|var|module)\.[A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\.\d+|\[\d+\]|\["[^"$%\\]*"\])*)/y;

function referenceAt(code: string, at: number): { readonly reference: Traversal; readonly end: number } | undefined {
  if (at > 0 && /[\w.-]/.test(code.charAt(at - 1))) return undefined;
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(code);
  if (match === null) return undefined;
  const [whole, address = "", steps = ""] = match;
  const end = at + whole.length;
  return {
    reference: {
      address,
      steps: [...steps.matchAll(/\.([A-Za-z_][\w-]*)|\.(\d+)|\[(\d+)\]|\["([^"]*)"\]/g)].map(
        ([, name, dotted, index, key]) => name ?? key ?? Number(dotted ?? index),
      ),
      open: /^(?:\[|\.\*)/.test(code.slice(end)),
    },
    end,
  };
}

function wholeReference(code: string): Traversal | undefined {
  const trimmed = code.trim();
  const found = referenceAt(trimmed, 0);
  return found?.end === trimmed.length ? found.reference : undefined;
}

function interpolation(code: string, replace: Replace): string {
  const whole = wholeReference(code);
  if (whole === undefined) return `\${${rewriteCode(code, replace)}}`;
  const becomes = replaced(whole, replace);
  if (becomes.kind === "keep") return `\${${code}}`;
  if (["string", "number", "boolean"].includes(typeof becomes.value)) return literalText(String(becomes.value));
  return `\${${hclLiteral(becomes.value)}}`;
}

function rewriteCode(code: string, replace: Replace): string {
  let written = "";
  for (let at = 0; at < code.length;) {
    if (code.charAt(at) === '"') {
      const end = endOfString(code, at + 1);
      const inner = partsOf(code.slice(at + 1, end));
      // The string keeps its own escapes; only the code in it is read.
      const texts = inner.map((part) => (part.kind === "text" ? part.text : `\${${rewriteCode(part.text, replace)}}`));
      written += `"${texts.join("")}"`;
      at = end + 1;
      continue;
    }
    const found = referenceAt(code, at);
    if (found === undefined) {
      written += code.charAt(at);
      at += 1;
      continue;
    }
    const becomes = replaced(found.reference, replace);
    written += becomes.kind === "value" ? hclLiteral(becomes.value) : code.slice(at, found.end);
    at = found.end;
  }
  return written;
}

function replaced(reference: Traversal, replace: Replace): WritableReplacement {
  const becomes = replace(reference);
  if (isWritable(becomes)) return becomes;
  throw new NotWritable(becomes.kind, reference);
}

function isWritable(replacement: Replacement): replacement is WritableReplacement {
  return replacement.kind === "keep" || replacement.kind === "value";
}

/** Writes a value as an expression. JSON is one, but for two escapes and for what begins a template. */
function hclLiteral(value: unknown): string {
  return literalText(JSON.stringify(value)).replace(/\\b/g, "\\u0008").replace(/\\f/g, "\\u000c");
}
