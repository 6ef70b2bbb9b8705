/** Recognizes CDKTF's tokens in a text without loading CDKTF, so that rules need not. */

/** Matches a token in a string, and a number token that has become part of one: CDKTF writes it as a huge negative number. */
export const TOKEN = /\$\{TfToken\[[^\]]*\]\}|-\d(?:\.\d+)?e\+\d{3}/g;

/** Checks whether CDKTF would take something in the text for a token, be it that of a list or of a key. */
export function looksLikeToken(text: string): boolean {
  return hasToken(text) || /[#&]\{TfToken\[/.test(text);
}

/** Checks whether the list is a token as a whole, of which only Terraform knows the length. */
export function isListToken(list: readonly unknown[]): boolean {
  const [first] = list;
  return list.length === 1 && typeof first === "string" && /^#\{TfToken\[[^\]]*\]\}$/.test(first);
}

/** Checks whether the object is the token of a map as a whole, of which only Terraform knows the names. */
export function isRecordToken(record: object): boolean {
  const names = Object.keys(record);
  return names.length === 1 && /^&\{TfToken\[[^\]]*\]\}$/.test(names[0] ?? "");
}

/** A character for private use, behind the first character of what would be taken for a token. */
const SEAL = "\uf8ff";

/**
 * Returns the text with nothing in it that would be taken for a token, for a text from a file that is put beside tokens. What
 * was changed is undone by {@link unsealed}.
 */
export function sealed(text: string): string {
  return text.replaceAll(SEAL, SEAL + SEAL).replace(TOKEN, (match) => match.charAt(0) + SEAL + match.slice(1));
}

/** Returns the text as it was before {@link sealed}. */
export function unsealed(text: string): string {
  return text.replace(/\uf8ff(\uf8ff?)/g, "$1");
}

/** Checks whether the text has a value that only Terraform will know, a number that has become text among them. */
export function hasToken(text: string): boolean {
  return text.search(TOKEN) >= 0;
}
