/**
 * A decoder of Terraform's templates, exact for what has a value without Terraform: literal text, the doubled signs, and
 * expressions that are nothing but a quoted string. Everything else is live: an expression or a directive that Terraform would
 * evaluate. What Terraform says of the same strings is asked by test/validate/taint.ts.
 *
 * Source: HCL Native Syntax Specification, "Template Expressions".
 */

/** A decoded template. */
export interface DecodedTemplate {
  /** The value, with `live(…)` in the place of what only Terraform can evaluate. */
  readonly text: string;
  /** The source of each live expression and directive. */
  readonly live: readonly string[];
}

/** Decodes a template. Code without an end, which Terraform refuses, is live as well. */
export function decodeTemplate(template: string): DecodedTemplate {
  let text = "";
  const live: string[] = [];
  let at = 0;
  while (at < template.length) {
    const rest = template.slice(at);
    const doubled = /^(?:\$\$|%%)\{/.exec(rest)?.[0];
    const quoted = /^\$\{"((?:[^"\\$%]|[$%](?!\{))*)"\}/.exec(rest);
    if (doubled !== undefined) {
      text += doubled.slice(1);
      at += doubled.length;
    } else if (quoted !== null) {
      text += quoted[1] ?? "";
      at += quoted[0].length;
    } else if (/^[$%]\{/.test(rest)) {
      const code = rest.slice(0, endOfCode(rest));
      live.push(code);
      text += "live(…)";
      at += code.length;
    } else {
      text += rest.charAt(0);
      at += 1;
    }
  }
  return { text, live };
}

/** Returns the text of a template in which nothing is live, for a test that wants to see the text. */
export function templateText(template: unknown): string {
  const { text, live } = decodeTemplate(String(template));
  if (live.length > 0) throw new Error(`${String(template)} has live parts: ${live.join(" ")}`);
  return text;
}

/** Returns the length of the code that the text begins with: up to its closing brace, past braces and quoted strings in it. */
function endOfCode(text: string): number {
  let depth = 0;
  for (let at = 1; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '"') at = endOfQuoted(text, at);
    else if (sign === "{") depth++;
    else if (sign === "}" && --depth === 0) return at + 1;
  }
  return text.length;
}

/** Returns the position of the quotation mark that ends the string, past escapes and the code in it. */
function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === "\\") at++;
    else if (/^(?:\$\$|%%)\{/.test(text.slice(at))) at += 2;
    else if (/^[$%]\{/.test(text.slice(at))) at += endOfCode(text.slice(at)) - 1;
    else if (sign === '"') return at;
  }
  return text.length;
}
