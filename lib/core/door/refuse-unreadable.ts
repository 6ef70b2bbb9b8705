import { formatPath } from "../format-path";
import { refuse } from "../refuse";

/**
 * Refuses data in which a property cannot be read, because its getter throws: a schema would end in that error, which names no
 * place.
 *
 * @param path the place of the data in the caller's input
 * @throws MigrationError with the code
 */
export function refuseUnreadable(code: string, value: unknown, path: readonly PropertyKey[] = []): void {
  visit(code, value, path, new Set());
}

function visit(code: string, value: unknown, path: readonly PropertyKey[], seen: Set<object>): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  for (const key of Object.keys(value)) {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    visit(code, readProperty(code, value, key, place), place, seen);
  }
}

/** Returns a property of an object. @throws MigrationError with the code where its getter throws */
export function readProperty(code: string, owner: object, key: string, place: readonly PropertyKey[]): unknown {
  try {
    return (owner as Readonly<Record<string, unknown>>)[key];
  } catch (error) {
    return refuse({
      code,
      path: formatPath(place),
      received: unreadable(error),
      allowed: "a value",
      fix: "write the value itself",
    });
  }
}

/** Returns what a message says of a property whose getter threw the error. */
export function unreadable(error: unknown): string {
  return `a property that cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
