const NOBODY: ReadonlySet<string> = new Set([
  "",
  "unknown",
  "none",
  "nobody",
  "n/a",
  "na",
  "-",
  "?",
  "tbd",
  "tba",
  "tbc",
]);

/** Checks whether an owner is named only in form: `unknown`, `n/a`, `tbd`. */
export function isOwnerUnknown(owner: string): boolean {
  return NOBODY.has(owner.trim().toLowerCase());
}
