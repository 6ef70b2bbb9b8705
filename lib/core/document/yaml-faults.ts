/** The YAML parser's errors, put for whoever wrote the file. The parser's own messages quote the text. */
import type { YAMLError } from "yaml";
import { DUPLICATE_KEY } from "./model";

/** The faults by the parser's error codes. */
export const SYNTAX_FAULTS: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  BAD_ALIAS: "an alias or anchor has no valid name",
  BAD_DQ_ESCAPE: "a double-quoted text has an escape that YAML does not know",
  BAD_INDENT: "the indentation fits neither the lines above nor a deeper level",
  BAD_SCALAR_START: "an unquoted text starts with a character that must be quoted",
  BLOCK_AS_IMPLICIT_KEY: "a nested mapping is written on one line, often because a text with a colon is not quoted",
  BLOCK_IN_FLOW: "an indented block is inside brackets",
  DUPLICATE_KEY,
  KEY_OVER_1024_CHARS: "a key is longer than 1,024 characters",
  MISSING_CHAR: "a bracket, a quote, a comma or a colon is missing",
  MULTILINE_IMPLICIT_KEY: "a key goes over more than one line, often because a colon or a quote is missing",
  MULTIPLE_DOCS: "the file has more than one document (a second ---)",
  TAB_AS_INDENT: "a tab is used to indent, which YAML does not allow",
};

/** The fault where the code is none of these. */
export const OTHER_FAULT = "the text is not valid YAML or JSON";

/** Fault and remedy where an alias has no anchor. */
export const UNKNOWN_ALIAS = [
  "an alias names no anchor before it",
  "declare every anchor (&name) before the alias (*name) that uses it",
] as const;

/** Returns fault and remedy for what the parser throws rather than collects. */
export function faultOf(cause: unknown): [fault: string, remedy: string] {
  if (cause instanceof RangeError) return ["the document is nested too deeply", "write the document with less nesting"];
  if (cause instanceof ReferenceError) return [...UNKNOWN_ALIAS];
  return [OTHER_FAULT, "correct the text; a merge key (<<) takes mappings only"];
}
