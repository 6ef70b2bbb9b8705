/** How everything that is read says numbers and lists. */

/** `1 hour`, `2 hours`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `12.5 %` of a share from 0 to 1. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** With a capital: a heading, or what people are called. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
