/** Text that people read: order, numbers, shares, lists and sentences. Pure, so that every room can import it. */
import { withoutSecrets } from "./secret/redact";

/** Compares two texts by UTF-16 code unit, so that the order does not depend on the machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Returns a number with its noun: `1 hour`, `2 hours`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Returns a number with a comma between its thousands: `12,500`, `99.95`. */
export function formatNumber(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

/** Returns a number with a comma between its thousands, and its noun: `1 server`, `1,200 servers`. */
export function formatCount(value: number, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}

/** Returns a share from 0 to 1 as a percentage with at most one decimal: `12.5 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** Returns the items as a sentence names them: `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}

/** Returns at most `limit` entries as a sentence names them; the last one counts those that are left out: `a, b and 4 more`. */
export function shortList(names: readonly string[], limit = 6): string {
  if (names.length <= limit) return listed(names);
  return listed([...names.slice(0, limit - 1), `${names.length - limit + 1} more`]);
}

/** Returns the first items separated by commas, and the number of the others: `a, b, c`, `a, b, c and 4 more`. */
export function firstOf(items: readonly unknown[], shown: number): string {
  const first = items.slice(0, shown).join(", ");
  return items.length > shown ? `${first} and ${items.length - shown} more` : first;
}

/** Returns the text with its first letter in upper case. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Returns the text with its first letter in lower case: a message that follows the place it is about. */
export function lowerFirst(text: string): string {
  // A message may begin with what came, and a secret in another case is not known for one.
  const clean = withoutSecrets(text);
  return clean.charAt(0).toLowerCase() + clean.slice(1);
}

/** Returns a name as error codes are written: `HybridDns` is `HYBRID_DNS`. */
export function upperSnake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase();
}

/** The commands that a sentence may begin with. */
const COMMANDS: ReadonlySet<string> = new Set([
  "aws",
  "cdktf",
  "dig",
  "jq",
  "kubectl",
  "nslookup",
  "ping",
  "terraform",
]);

/**
 * Returns the text as a sentence, with a capital and a full stop. A first word that can be written in one way only keeps its
 * case: `wal_level`, `aws`.
 */
export function sentence(text: string): string {
  const first = (/^\S+/.exec(text)?.[0] ?? "").replace(/[.,:;!?]+$/, "");
  const begun = COMMANDS.has(first) || isIdentifier(first) ? text : capital(text);
  return text === "" || /[.!?]$/.test(text) ? begun : `${begun}.`;
}

/**
 * Checks whether the word names a thing, as against saying it. A hyphen alone does not tell: `security-group` is a word, and
 * `describe-connections` could be one.
 */
function isIdentifier(word: string): boolean {
  return /[_./:\d]/.test(word) || /[a-z][A-Z]/.test(word);
}
