/**
 * Texts and data without their secrets. In place of a secret stands its kind, `redacted-github-token`: letters and hyphens, which
 * are text in Terraform, in a shell, in YAML, CSV and JSON, and may be a name.
 */
import { mayNamePassword } from "./password-words";
import { findSecrets, REDACTED, secretForms, secretIn, type SearchOptions } from "./find-secrets";

const MARKS = /\bredacted-([a-z-]{1,40})/;
const kinds = new Map([["password", "a password"], ...secretForms.map(({ id, what }) => [id, what] as const)]);

/** Returns the text with the kind of each secret in place of the secret. */
export function withoutSecrets(text: string, options?: SearchOptions): string {
  const found = findSecrets(text, options);
  if (found.length === 0) return text;
  let written = "";
  let at = 0;
  for (const { id, start, end } of found) {
    written += text.slice(at, start) + REDACTED + id;
    at = end;
  }
  return written + text.slice(at);
}

/** Returns the kind of secret that the text holds, or held before it was redacted. */
export function secretOnceIn(text: string): string | undefined {
  const what = secretIn(text);
  if (what !== undefined || !text.includes(REDACTED)) return what;
  return kinds.get(MARKS.exec(text)?.[1] ?? "");
}

/** Returns the value of a name without its secret: the name may say that it is one. */
export function valueWithoutSecrets(name: string, value: string): string {
  const written = withoutSecrets(value);
  if (written !== value) return written;
  if (!mayNamePassword(name)) return value;
  const assigned = `${name}=`;
  const whole = withoutSecrets(assigned + value);
  return whole.startsWith(assigned) ? whole.slice(assigned.length) : value;
}

/** Returns the kind of secret in the value of a name. */
export function secretInValue(name: string, value: string): string | undefined {
  return secretIn(value) ?? (valueWithoutSecrets(name, value) === value ? undefined : secretIn(`${name}=${value}`));
}

/** Deeper than any data is. */
const DEPTH_LIMIT = 64;

/**
 * Returns the data without secrets. What holds none is returned as it is, and what is no literal (an object of a class, a function)
 * is not looked into.
 */
export function dataWithoutSecrets<Data>(data: Data): Data {
  return cleaned(data, 0) as Data;
}

function cleaned(data: unknown, depth: number): unknown {
  if (typeof data === "string") return withoutSecrets(data);
  if (typeof data !== "object" || data === null || depth > DEPTH_LIMIT) return data;
  if (Array.isArray(data)) {
    let copy: unknown[] | undefined;
    for (let index = 0; index < data.length; index++) {
      const clean = cleaned(data[index], depth + 1);
      if (clean !== data[index]) (copy ??= [...(data as unknown[])])[index] = clean;
    }
    return copy ?? data;
  }
  if (!isLiteral(data)) return data;
  // Most data hold none: a copy is made with the first one.
  let copy: Map<string, unknown> | undefined;
  const keys = Object.keys(data);
  for (const [index, key] of keys.entries()) {
    const value = (data as Readonly<Record<string, unknown>>)[key];
    const name = nameWithoutSecrets(key);
    const clean = typeof value === "string" ? valueWithoutSecrets(key, value) : cleaned(value, depth + 1);
    if (copy === undefined && name === key && clean === value) continue;
    copy ??= new Map(keys.slice(0, index).map((each) => [each, (data as Readonly<Record<string, unknown>>)[each]]));
    copy.set(name, clean);
  }
  return copy === undefined ? data : Object.fromEntries(copy);
}

/** The names of properties that hold no secret: data have the same few a million times over. */
const cleanNames = new Set<string>();
const NAMES_REMEMBERED = 2_000;

function nameWithoutSecrets(name: string): string {
  if (cleanNames.has(name)) return name;
  const clean = withoutSecrets(name);
  if (clean === name && cleanNames.size < NAMES_REMEMBERED) cleanNames.add(name);
  return clean;
}

/** Checks whether an object is written as a literal, in whichever realm. */
export function isLiteral(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A secret in data: its kind and the way to it. */
export interface SecretPlace {
  readonly what: string;
  readonly path: readonly (string | number)[];
}

/** A place in data, of which it says whether it is left out of a search. */
export type IsElsewhere = (path: SecretPlace["path"]) => boolean;

/** Names of records in which a name may say that its value is a secret. Those of other properties are the library's own. */
const RECORD_OF_TEXTS = /tags$|labels$|headers$|variables$|environment$|parameters$/i;

/**
 * Returns the first secret in what was passed, or undefined.
 *
 * @param isElsewhere says where somebody else looks, who knows a better remedy
 */
export function findSecretPlace(data: unknown, isElsewhere: IsElsewhere = () => false): SecretPlace | undefined {
  const path: (string | number)[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown): SecretPlace | undefined => {
    if (typeof value === "string") return visitText(value);
    if (typeof value !== "object" || value === null || seen.has(value) || path.length > DEPTH_LIMIT) return undefined;
    const isList = Array.isArray(value);
    if (!isList && !isLiteral(value)) return undefined;
    seen.add(value);
    for (const key of Object.keys(value)) {
      path.push(isList ? Number(key) : key);
      const found = visitProperty(value, key, isList);
      path.pop();
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const visitText = (text: string): SecretPlace | undefined => {
    const [name, owner] = [path.at(-1), path.at(-2)];
    const isNamed = typeof name === "string" && typeof owner === "string" && RECORD_OF_TEXTS.test(owner);
    const what = isNamed ? secretInValue(name, text) : secretIn(text);
    return what === undefined || isElsewhere(path) ? undefined : { what, path: [...path] };
  };
  const visitProperty = (owner: object, key: string, isList: boolean): SecretPlace | undefined => {
    const what = isList ? undefined : secretIn(key);
    if (what !== undefined) return { what, path: path.slice(0, -1) };
    // What is computed when it is asked for, as the document of a plan is, is no text that somebody wrote here.
    if (path.length > 1 && Object.getOwnPropertyDescriptor(owner, key)?.get !== undefined) return undefined;
    let value: unknown;
    try {
      value = (owner as Readonly<Record<string, unknown>>)[key];
    } catch {
      // A getter that throws is refused elsewhere.
      return undefined;
    }
    return visit(value);
  };
  return visit(data);
}
