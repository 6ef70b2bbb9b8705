/**
 * Reports the faults of a document in the words of its author: every fault with its path, and with line and column where the
 * document was read from a file.
 */
import type { z } from "zod";
import { MigrationError } from "../core/error";
import { formatLocation, type Location } from "../core/location";
import { formatPath } from "../core/format-path";
import { lowerFirst } from "../core/text";

/** A fault in a document. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The largest number of faults that one error lists; the rest is counted. */
const FAULTS_SHOWN = 20;

/**
 * Returns the faults behind a zod failure. A union reports only that nothing fitted: of its alternatives the one that the
 * author meant is the one whose own shape fitted, so its faults are reported instead.
 */
export function faultsOf(issues: readonly z.core.$ZodIssue[]): Fault[] {
  return issues.flatMap((issue) => faultsOfIssue(issue, []));
}

function faultsOfIssue(issue: z.core.$ZodIssue, base: readonly PropertyKey[]): Fault[] {
  const path = [...base, ...issue.path];
  if (issue.code === "invalid_union") {
    const meant = issue.errors.filter((alternative) => alternative.every((inner) => isBelow(inner)));
    const best = meant.sort((a, b) => a.length - b.length)[0];
    if (best !== undefined && best.length > 0) return best.flatMap((inner) => faultsOfIssue(inner, path));
  }
  return [{ path, message: messageOf(issue, path) }];
}

/**
 * Returns the message of a fault. A missing property is reported in the words of the TypeScript compiler, as everywhere in
 * the checklist.
 */
function messageOf(issue: z.core.$ZodIssue, path: readonly PropertyKey[]): string {
  const property = path.at(-1);
  if (issue.code === "invalid_type" && typeof property === "string" && issue.message.endsWith("received undefined")) {
    return `property '${property}' is missing; expected type ${issue.expected}`;
  }
  return sizeMessage(issue) ?? lowerFirst(issue.message);
}

/** Returns the message about a wrong size; undefined where the fault is another, or its schema has a message of its own. */
function sizeMessage(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code !== "too_small" && issue.code !== "too_big") return undefined;
  if (!/^Too (small|big): /.test(issue.message)) return undefined;
  const [side, size] =
    issue.code === "too_small" ? (["least", issue.minimum] as const) : (["most", issue.maximum] as const);
  if (issue.origin === "string") {
    return side === "least" && size === 1 ? "must not be empty" : `must have at ${side} ${size} characters`;
  }
  if (issue.origin === "array" || issue.origin === "set") return `must have at ${side} ${size} entries`;
  return issue.inclusive === false
    ? `must be ${side === "least" ? "more" : "less"} than ${size}`
    : `must be at ${side} ${size}`;
}

/** Checks whether the fault is inside the value rather than the value being of another kind altogether. */
function isBelow(issue: z.core.$ZodIssue): boolean {
  return issue.path.length > 0 || issue.code === "too_small" || issue.code === "unrecognized_keys";
}

/**
 * Builds the error for a document that does not fit its schema. The first fault is the error's path; all of them are listed.
 */
export function invalidDocument(
  code: string,
  what: string,
  error: z.ZodError,
  locate: (path: readonly PropertyKey[]) => Location | undefined = () => undefined,
): MigrationError {
  const faults = faultsOf(error.issues);
  const lines = faults.map(({ path, message }) => `${place(path, locate(path), what)}: ${message}`);
  const [first, ...others] = lines.slice(0, FAULTS_SHOWN);
  const more = faults.length > FAULTS_SHOWN ? `; and ${faults.length - FAULTS_SHOWN} more` : "";
  const rest = others.map((line) => `; also ${line}`).join("");
  const [firstFault] = faults;
  const firstPlace = firstFault === undefined ? what : place(firstFault.path, locate(firstFault.path), what);
  const said = first === undefined ? "invalid" : first.slice(firstPlace.length + 2);
  return new MigrationError({ code, path: firstPlace, fix: `${said}${rest}${more}`, cause: error });
}

function place(path: readonly PropertyKey[], location: Location | undefined, what: string): string {
  if (location !== undefined) return formatLocation(location);
  const text = formatPath(path);
  // A list's entry is called by the list: `waivers[0].rule`.
  return text.startsWith("[") ? `${what}${text}` : text || what;
}

/** Lowers the first letter of a message, because a place stands before it. */
