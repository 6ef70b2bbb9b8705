/**
 * ```ts
 * secretIn("amqp://shop:hunter2@queue"); // "a password in a URL"
 * withoutSecrets("token ghp_…"); // "token redacted-github-token"
 * ```
 *
 * Finds secrets in any text, by their content and by the words before them. It is asked about every text that is read, refused or
 * written, so a text that cannot hold one costs a look: it is searched for the hints of all forms at once, and then with the forms of
 * which it has a hint. It never returns a secret, only where it is.
 */
import { cloudForms } from "./cloud-forms";
import { connectionForms } from "./connection-forms";
import { keyForms } from "./key-forms";
import { findPasswords } from "./password-words";
import type { SecretForm } from "./secret-form";
import { serviceForms } from "./service-forms";

/** A secret in a text: its kind and its place. */
export interface FoundSecret {
  readonly id: string;
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/** The extent of a search. */
export interface SearchOptions {
  /**
   * Whether words before a value say that it is a secret, as in `password: …`. Text that the library itself writes has such words.
   * @default true
   */
  readonly words?: boolean;
}

/** The forms by which a secret is known from its content. */
export const secretForms: readonly SecretForm[] = [...keyForms, ...cloudForms, ...serviceForms, ...connectionForms];

/** The beginning of a text that stands in place of a secret. */
export const REDACTED = "redacted-";

const PASSWORD = { id: "password", what: "a password" };
/** Nothing shorter is a secret that a form knows: `a://b:cde@`. */
const SHORTEST = 8;
/** The length of what has no hint. */
const SHORTEST_WITHOUT_HINT = 40;

const hinted = secretForms.filter(({ hints }) => hints.length > 0);
const unhinted = secretForms.filter(({ hints }) => hints.length === 0);
/** The hints by their first two characters: at most places of a text a look into the table is all. */
const hintsAt = new Map<number, string[]>();
const begins = new Uint8Array(128 * 128);
for (const hint of new Set(hinted.flatMap(({ hints }) => hints))) {
  const pair = hint.charCodeAt(0) * 128 + hint.charCodeAt(1);
  begins[pair] = 1;
  hintsAt.set(pair, [...(hintsAt.get(pair) ?? []), hint]);
}

function hasHint(text: string): boolean {
  let before = 128;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (before < 128 && code < 128 && begins[before * 128 + code] === 1) {
      const hints = hintsAt.get(before * 128 + code) ?? [];
      if (hints.some((hint) => text.startsWith(hint, index - 1))) return true;
    }
    before = code;
  }
  return false;
}

/** Returns the secrets in the text, in their order; none overlaps another. */
export function findSecrets(text: string, { words = true }: SearchOptions = {}): readonly FoundSecret[] {
  if (text.length < SHORTEST) return [];
  const found: FoundSecret[] = [];
  if (hasHint(text)) {
    for (const form of hinted) if (form.hints.some((hint) => text.includes(hint))) search(text, form, found);
  }
  if (text.length >= SHORTEST_WITHOUT_HINT) for (const form of unhinted) search(text, form, found);
  if (words) for (const place of findPasswords(text)) found.push({ ...PASSWORD, ...place });
  return found.length < 2 ? found : apart(found);
}

/** Returns the kind of secret that the text seems to hold, or undefined. Never returns the secret itself. */
export function secretIn(text: string, options?: SearchOptions): string | undefined {
  return findSecrets(text, options)[0]?.what;
}

function search(text: string, { id, what, pattern, accepts }: SecretForm, found: FoundSecret[]): void {
  for (const match of text.matchAll(pattern)) {
    const [start, end] = match.indices?.groups?.["secret"] ?? [match.index, match.index + match[0].length];
    // What was redacted stands where the secret stood, and is none.
    if (text.startsWith(REDACTED, start)) continue;
    if (accepts === undefined || accepts(text.slice(start, end))) found.push({ id, what, start, end });
  }
}

/** Returns the secrets without those that lie in another; of two that overlap, one that has both places. */
function apart(found: readonly FoundSecret[]): FoundSecret[] {
  const result: FoundSecret[] = [];
  // The first form of two at the same place is the more exact one.
  for (const each of [...found].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last === undefined || each.start >= last.end) result.push(each);
    else if (each.end > last.end) result[result.length - 1] = { ...last, end: each.end };
  }
  return result;
}
