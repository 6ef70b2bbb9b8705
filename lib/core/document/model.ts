/** Types and errors that the readers of JSON and YAML documents share. */
import { MigrationError } from "../error";
import { formatLocation, type Location } from "../location";
import { formatPath } from "../format-path";
import { DEPTH_LIMIT } from "./limits";
import type { Lines } from "./lines";

/** A path into a document: keys of mappings and indexes of lists. */
export type DocumentPath = readonly (string | number)[];

/** A document that could be read. */
export interface ParsedDocument {
  readonly value: unknown;
  /** The place of the value at that path, or of the nearest thing around it that the file has. */
  readonly locate: (path: readonly PropertyKey[]) => Location;
  /** The unquoted scalar at that path as it is written: `22.10`, which as a number would be 22.1. Undefined in JSON. */
  readonly literal: (path: readonly PropertyKey[]) => string | undefined;
}

/** The purpose of reading a document, which gives the errors about it their codes and words. */
export interface DocumentPurpose {
  /** The code of the error where the text is no such document. */
  readonly code: string;
  /**
   * The code where aliases would add too much.
   * @default - `code`
   */
  readonly aliasesCode?: string;
  /**
   * The code where the text is too large.
   * @default - `code`
   */
  readonly tooLargeCode?: string;
  /** The content that the file should have, as a phrase: `one YAML or JSON document`. */
  readonly allowed: string;
}

/** Returns the place of an offset. */
export function placeOf(file: string, lines: Lines, offset: number, path: readonly PropertyKey[]): Location {
  const { line, col } = lines.linePos(offset);
  return {
    file,
    line,
    character: col,
    ...(path.length === 0 ? {} : { path: formatPath(path) }),
  };
}

/** Builds the error for a text that is no document. `fault` says what is wrong without quoting the text. */
export function syntaxError(
  { code, allowed }: DocumentPurpose,
  place: Location,
  fault: string,
  remedy = "correct the text at that place",
): MigrationError {
  return new MigrationError({ code, path: formatLocation(place), allowed, fix: `${fault}: ${remedy}` });
}

/** The fault of a key that is given twice; the second would silently win. */
export const DUPLICATE_KEY = "the key occurs twice in the same mapping";

/** Returns the error for a document that exceeds one of the limits. */
export function boundError(
  code: string,
  place: Location,
  bound: { readonly received: string; readonly allowed: string; readonly fix: string },
): MigrationError {
  return new MigrationError({ code, path: formatLocation(place), ...bound });
}

/** Returns the error for a document that is nested too deeply. */
export function tooDeepError({ code }: DocumentPurpose, place: Location): MigrationError {
  return boundError(code, place, {
    received: `more than ${DEPTH_LIMIT} levels`,
    allowed: `at most ${DEPTH_LIMIT} levels of lists and mappings inside each other`,
    fix: "the document is nested too deeply: write it with less nesting",
  });
}
