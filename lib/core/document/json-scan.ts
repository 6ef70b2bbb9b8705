/**
 * A scanner for the positions of the values in a JSON text. `JSON.parse` is an order of magnitude faster than any parser that
 * keeps positions, but it says nothing of places and silently takes the last of two equal keys. So the values come from
 * `JSON.parse`, and this scanner goes over the same text for what it leaves out. It expects text that `JSON.parse` has
 * accepted.
 */

import { DEPTH_LIMIT, JSON_VALUE_LIMIT } from "./limits";
import type { DocumentPath } from "./model";

/**
 * A visitor that is called for every value of the document, a container before its content. The path is reused: copy it to
 * keep it. Return `false` to end the scan.
 */
export type JsonVisit = (path: DocumentPath, offset: number, duplicateKey: boolean) => boolean;

interface Frame {
  /** The keys seen so far, or undefined where the container is a list. */
  readonly keys: Set<string> | undefined;
  index: number;
}

/** Visits the value that starts at `start` and everything in it. Without recursion: the depth is the document's, not ours. */
export function scanJson(text: string, start: number, visit: JsonVisit): void {
  const path: (string | number)[] = [];
  const frames: Frame[] = [];
  let duplicate = false;
  let at = skipBlank(text, start);
  while (at < text.length) {
    // Here a value begins.
    if (!visit(path, at, duplicate)) return;
    duplicate = false;
    const character = text[at];
    if (character === "{" || character === "[") {
      frames.push({ keys: character === "{" ? new Set() : undefined, index: -1 });
      at = skipBlank(text, at + 1);
    } else {
      at = skipBlank(text, character === '"' ? endOfString(text, at) : endOfLiteral(text, at));
    }
    // Here a value has ended, or a container has begun: on to the next value.
    let begun = character === "{" || character === "[";
    for (;;) {
      const frame = frames.at(-1);
      if (frame === undefined) return;
      const next = text[at];
      if (next === "}" || next === "]") {
        frames.pop();
        if (!begun || frame.index >= 0) path.pop();
        begun = false;
        at = skipBlank(text, at + 1);
        continue;
      }
      if (next === ",") at = skipBlank(text, at + 1);
      if (frame.index >= 0) path.pop();
      frame.index += 1;
      if (frame.keys === undefined) {
        path.push(frame.index);
      } else {
        const end = endOfString(text, at);
        const key = JSON.parse(text.slice(at, end)) as string;
        duplicate = frame.keys.has(key);
        frame.keys.add(key);
        path.push(key);
        at = skipBlank(text, skipBlank(text, end) + 1);
      }
      break;
    }
  }
}

/** The place at which a JSON text exceeds one of the limits. */
export interface JsonExcess {
  readonly what: "levels" | "values";
  readonly offset: number;
}

/** Finds where the text exceeds the limits of levels or values. Any text will do: only strings, brackets and commas count. */
export function findExcess(text: string): JsonExcess | undefined {
  let depth = 0;
  let values = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    switch (text.charCodeAt(offset)) {
      case QUOTE:
        offset = endOfString(text, offset) - 1;
        break;
      case OPENING_BRACKET:
      case OPENING_BRACE:
        depth += 1;
        values += 1;
        if (depth > DEPTH_LIMIT) return { what: "levels", offset };
        break;
      case CLOSING_BRACKET:
      case CLOSING_BRACE:
        depth -= 1;
        break;
      case COMMA:
        values += 1;
    }
    if (values > JSON_VALUE_LIMIT) return { what: "values", offset };
  }
  return undefined;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

function skipBlank(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function endOfLiteral(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= SPACE || code === COMMA || code === CLOSING_BRACKET || code === CLOSING_BRACE) return at;
  }
  return text.length;
}
