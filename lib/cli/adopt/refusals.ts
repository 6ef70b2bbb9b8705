/** The refusals of the constructs' own checks, as reasons why something is left out: both ask by the same functions. */
import { isMigrationError } from "../../core/error";
import type { Place } from "../../patterns/infrastructure/hybrid-cloud/checks";

/** Returns the place of a value that is checked for a construct which nobody has made yet. */
export function placeOf(path: string): Place {
  return { path, construct: "" };
}

/**
 * Returns the reason in a check's refusal, as a phrase.
 *
 * @throws the error itself where it is another
 */
export function refusalOf(error: unknown): string {
  if (!isMigrationError(error)) throw error;
  const { path, received, allowed, fix } = error;
  const value = received === undefined ? "not taken" : JSON.stringify(received);
  return `its ${path ?? "value"} is ${value}, and ${allowed === undefined ? fix : `allowed is ${allowed}`}`;
}

/** Checks whether a check passes. */
export function passes(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (isMigrationError(error)) return false;
    throw error;
  }
}
