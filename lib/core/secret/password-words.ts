/** Passwords that are known from the words before them: `password: …`, `api_key=…`. */

/** The number of characters that are searched: a note is no document. */
const SEARCHED_CHARACTERS = 10_000;

const KEYWORD =
  /(?<![\p{L}\d])(?:password|passwd|passphrase|passwort|kennwort|contraseña|mot de passe|pwd|pw|pass(?==)|api[ _-]?key|apikey|(?:client|shared|signing)[ _-]?secret|(?<!\d:)secret(?:[ _-]?(?:access)?[ _-]?key)?|account[ _-]?key|access[ _-]?token|auth[ _-]?token|private[ _-]?token)["']?\s{0,3}(?<separator>[:=]|\bis\b)\s{0,3}(?<value>\S{1,400})/dgiu;

/** Matches a text after `password:` that is not the password. */
const NOT_A_SECRET =
  /^(?:[<{$*[%]|x{3,}|\.{3}|-+$|redacted-|arn:|(?:env|file|op|ssm|vault|kms|aws|https?):|\/[\w./-]*$|(?:n\/a|na|none|no|yes|see|in|ask|contact|stored|keepass|vault|cyberark|secret|password|passwort|pwd|unknown|unset|changed|reset|required|expires?|expired|never|same|policy|as|the|not|via|per|tbd|empty|blank)(?![\p{L}\d]))/iu;

/** Returns the places of the passwords. */
export function findPasswords(text: string): { readonly start: number; readonly end: number }[] {
  if (!(text.includes(":") || text.includes("=") || / is /i.test(text)) || !mayNamePassword(text)) return [];
  const found: { start: number; end: number }[] = [];
  const searched = text.slice(0, SEARCHED_CHARACTERS);
  for (const { groups, indices } of searched.matchAll(KEYWORD)) {
    const written = groups?.["value"] ?? "";
    const [start = 0] = indices?.groups?.["value"] ?? [];
    const quotes = /^["'(]+/.exec(written)?.[0].length ?? 0;
    const value = written.slice(quotes).replace(/[.,:;)\]}"']+$/, "");
    if (value.length < 4 || NOT_A_SECRET.test(value)) continue;
    const looksRandom = /\d/.test(value) || /[^\p{L}\d\-/_.]/u.test(value) || /\p{Ll}\p{Lu}/u.test(value);
    // "password=hunter" is an assignment; "password: monthly" and "password is managed" may well be prose.
    if (!looksRandom && (groups?.["separator"] !== "=" || value.length < 6)) continue;
    found.push({ start: start + quotes, end: start + quotes + value.length });
  }
  return found;
}

/** Checks whether the text may have a word that names a password. */
export function mayNamePassword(text: string): boolean {
  return /pass|pw|kennwort|contrase|key|secret|token/i.test(text);
}
