/** The disorder of a text. It proves nothing: digests and identifiers have it as well, so nothing is refused for it. */

/** The number of bits for each character from which a text is in disorder: words have less, base64 of random bytes has more. */
const LEAST_BITS = 4.2;
const SEARCHED_CHARACTERS = 10_000;

/** Checks whether a word of the text is of all kinds of characters, in as much disorder as a key is. */
export function looksRandom(text: string): boolean {
  for (const [word] of text.slice(0, SEARCHED_CHARACTERS).matchAll(/[A-Za-z0-9+/=_-]{24,512}/g)) {
    if (!/[A-Z]/.test(word) || !/[a-z]/.test(word) || !/\d/.test(word)) continue;
    if (entropyOf(word) >= LEAST_BITS) return true;
  }
  return false;
}

/** Returns Shannon's entropy of the text, in bits for each character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
