/**
 * The checks of single values that all checks of this pattern share. Each throws a coded error that says what came, what is allowed
 * and what to do. A value that only Terraform will know is refused where the other end's files depend on it.
 */
import { MigrationError } from "../../../core/error";
import { refuse } from "../../../core/refuse";
import { isUnresolved } from "../../../core/tokens";
import type { Range } from "./vpn-limits";

/** The location of a property, for errors about its value. */
export interface Place {
  /** The property's path in the props: `tunnel1.insideCidr`. */
  readonly path: string;
  /** The path of the construct whose props have it. */
  readonly construct: string;
}

/** Returns the place of a property of the object at the place. */
export function propertyOf(place: Place, property: string): Place {
  return { ...place, path: place.path === "" ? property : `${place.path}.${property}` };
}

/**
 * Checks that a value is known at synthesis.
 * @throws MigrationError `HYBRID_VPN_LITERAL` for a value that only Terraform will know
 */
export function checkLiteral(value: unknown, place: Place): void {
  if (!isUnresolved(value)) return;
  throw new MigrationError({
    code: "HYBRID_VPN_LITERAL",
    ...place,
    allowed: "a value that is known at synthesis",
    fix: "write the value itself: the device's configuration is made from it, and Terraform would know it too late",
  });
}

/**
 * Checks that each text of a list is known at synthesis, because the ids of constructs are made of them.
 *
 * @throws MigrationError with `code` for one that only Terraform will know
 */
export function checkKnown(code: string, values: readonly string[], place: Place): void {
  const late = values.findIndex((value) => value === "" || isUnresolved(value));
  if (late < 0) return;
  throw new MigrationError({
    code,
    path: `${place.path}[${late}]`,
    construct: place.construct,
    received: values[late] === "" ? "" : "a value that only Terraform knows",
    allowed: "a value that is known at synthesis, and not empty",
    fix: "write the value itself: the addresses of resources are made of it, and it must be known at synthesis",
  });
}

/** Checks that a value is a whole number in a range. @throws MigrationError with `code` where it is not */
export function checkRange(code: string, value: unknown, range: Range, unit: string, place: Place): void {
  checkLiteral(value, place);
  if (Number.isInteger(value) && (value as number) >= range.minimum && (value as number) <= range.maximum) return;
  throw new MigrationError({
    code,
    ...place,
    received: value,
    allowed: `a whole number from ${range.minimum} to ${range.maximum} ${unit}`,
    fix: "choose a value in that range, or leave it out for the default",
  });
}

/** Checks that a value is one of the choices. @throws MigrationError with `code` where it is not */
export function checkChoice(
  code: string,
  value: unknown,
  choices: readonly (string | number | boolean)[],
  place: Place,
): void {
  checkLiteral(value, place);
  if ((choices as readonly unknown[]).includes(value)) return;
  throw new MigrationError({
    code,
    ...place,
    received: value,
    allowed: `one of ${choices.join(", ")}`,
    fix: "choose one of them, or leave it out for the default",
  });
}

/**
 * Checks that a value is a list of at least one of the choices, each once.
 * @throws MigrationError with `code` where it is not
 */
export function checkChoices(code: string, value: unknown, choices: readonly (string | number)[], place: Place): void {
  checkLiteral(value, place);
  const known = choices as readonly unknown[];
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => known.includes(each)) &&
    new Set(value).size === value.length
  ) {
    return;
  }
  throw new MigrationError({
    code,
    ...place,
    received: value,
    allowed: `a list of at least one of ${choices.join(", ")}, each once`,
    fix: "list what the device offers, most preferred first, or leave it out for the default",
  });
}

/**
 * Checks that an options object has no property but the known ones, so that a misspelt one is not silently ignored.
 *
 * @throws MigrationError `HYBRID_VPN_OPTION_UNKNOWN`
 */
export function checkProperties(value: unknown, known: readonly string[], place: Place): void {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const unknown = isObject ? Object.keys(value).find((key) => !known.includes(key)) : undefined;
  if (isObject && unknown === undefined) return;
  refuse({
    code: "HYBRID_VPN_OPTION_UNKNOWN",
    ...(unknown === undefined ? place : propertyOf(place, unknown)),
    allowed: `an object with ${known.join(", ")}`,
    fix: "correct the name of the option, or leave it out",
  });
}
