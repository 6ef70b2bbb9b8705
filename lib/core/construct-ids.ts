/**
 * Construct ids made of names: `constructId("web01")` is `web01`; `constructId("WEB 01 (old)")` is `WEB-01-old-` and a hash.
 *
 * A construct id is a Terraform address: once it changes, the server is destroyed and made anew. So an id depends on its
 * own name alone, never on which other names there are or in which order they come, and two names that read alike once
 * sanitised are told apart by a hash of the name itself. No id has two dashes in a row: {@link joinIds} separates by them.
 */
import { createHash } from "node:crypto";

const LEGAL = /^[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*$/;
const IPV4_BLOCK = /^[\d.]+\/\d+$/;

// CDKTF leaves the first two out of a Terraform address, so a server of that name would take its namespace's address. The others
// are members of every object, and constructs believe that they have a child of that name already.
const RESERVED = new Set(["Default", "Resource", ...Object.getOwnPropertyNames(Object.prototype)]);

/** Returns the construct id for a name: the name itself where it is legal, else sanitised with a hash of the name. */
export function constructId(name: string): string {
  if (LEGAL.test(name) && !RESERVED.has(name)) return name;
  const slug = slugOf(name);
  // The one kind of name that cannot collide with another of its kind, and that people look for in a plan.
  if (IPV4_BLOCK.test(name)) return slug;
  return slug === "" ? shortHash(name) : `${slug}-${shortHash(name)}`;
}

/** Returns one id made of several, which no other list of ids gives. */
export function joinIds(...ids: readonly string[]): string {
  return ids.join("--");
}

/** Returns the name with every run of characters other than letters, digits and `_` replaced by a single dash. May be empty. */
export function slugOf(name: string): string {
  return name.replace(/[^A-Za-z0-9_]+/g, "-").replace(/^-+|-+$/g, "");
}

/**
 * Returns the default name of a construct's resources, made of its path. Never begins with `sg-`, which AWS does not allow
 * for a security group's name.
 */
export function defaultName(path: string): string {
  const name = cut(slugOf(path), 100);
  return name.startsWith("sg-") ? `of-${name}` : name;
}

/** Returns the text, cut to the limit where it is longer; then a hash of the whole keeps it unique. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 7)}-${shortHash(text)}`;
}

/**
 * Returns the text as a tag's value: characters that AWS does not accept are replaced by dashes, and it has at most 256. AWS
 * General Reference, "Tag your AWS resources".
 */
export function tagText(text: string): string {
  return cut(text.replace(/[^\p{L}\p{N}\s+\-=._:/@]/gu, "-"), 256);
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 6);
}
