/**
 * ```ts
 * re2("(?i)us|eu").matches("EU");  // true: the whole text, as in Envoy
 * problemOfRe2("(?=a)b");          // "invalid or unsupported Perl syntax: `(?=`"
 * ```
 *
 * The regular expressions of Istio, which Envoy compiles with RE2 and which must match the whole text. JavaScript's are another
 * language: they have look-around and back-references, take `[[:alpha:]]` for other characters than RE2 does, and `(a+)+b` takes
 * longer than anybody waits. So nothing of a file is ever compiled by JavaScript: `re2js` is a port of RE2, in linear time, and
 * `test:text` compares it with Go's `regexp`, by which Istio's own validation compiles them. It is stricter in one thing: no two
 * groups have one name.
 */
import type { RE2JS } from "re2js";

/** A compiled expression. */
export interface Re2 {
  /** Checks whether the expression matches the whole text. */
  matches(text: string): boolean;
}

/** The largest number of expressions that are kept compiled: a routing asks for its own again with every request. */
const KEPT = 500;

const compiled = new Map<string, RE2JS | string>();

/** Returns the reason for which RE2 refuses the expression, in RE2's words; undefined for one that it takes. */
export function problemOfRe2(expression: string): string | undefined {
  const outcome = compile(expression);
  return typeof outcome === "string" ? outcome : undefined;
}

/** Returns the expression compiled. One that RE2 refuses matches nothing: {@link problemOfRe2} tells them apart. */
export function re2(expression: string): Re2 {
  const outcome = compile(expression);
  return { matches: (text) => typeof outcome !== "string" && outcome.testExact(text) };
}

/** Loads the library when an expression is met: most routings have none, and it is the largest of what a routing needs. */
function library(): typeof import("re2js") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("re2js") as typeof import("re2js");
}

function compile(expression: string): RE2JS | string {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const { RE2JS: compiler, RE2JSSyntaxException: refusal } = library();
  let outcome: RE2JS | string;
  try {
    outcome = compiler.compile(expression);
  } catch (error) {
    if (!(error instanceof refusal)) throw error;
    outcome = error.message.replace(/^error parsing regexp: /, "");
  }
  if (compiled.size >= KEPT) compiled.clear();
  compiled.set(expression, outcome);
  return outcome;
}
