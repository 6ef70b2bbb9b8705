/**
 * `inRange("10.8.1", "^10.4.2")` is true. What our own `package.json` says of Node.js and of the peers is read with it, and
 * nothing else: comparators with `>=`, `<` and `^`, all of which must hold. A pre-release counts as the version that it precedes.
 */
type Version = readonly [major: number, minor: number, patch: number];

const VERSION = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?/;
const COMPARATOR = /^(>=|<|\^)(\d+(?:\.\d+){0,2})$/;

/**
 * Checks whether the version is in the range.
 *
 * @throws RangeError if the range has another comparator
 */
export function inRange(version: string, range: string): boolean {
  const parsed = parseVersion(version);
  return range.split(/\s+/).every((comparator) => satisfies(parsed, comparator));
}

function satisfies(version: Version, comparator: string): boolean {
  const [, operator, bound] = COMPARATOR.exec(comparator) ?? [];
  if (operator === undefined || bound === undefined)
    throw new RangeError(`"${comparator}" is no comparator known here`);
  const limit = parseVersion(bound);
  if (operator === "<") return compareVersions(version, limit) < 0;
  return compareVersions(version, limit) >= 0 && (operator === ">=" || compareVersions(version, above(limit)) < 0);
}

/** Returns the first version that `^` excludes: of the next major version, or of the next minor one while that is 0. */
function above([major, minor]: Version): Version {
  return major > 0 ? [major + 1, 0, 0] : [0, minor + 1, 0];
}

function parseVersion(version: string): Version {
  const [, major = "0", minor = "0", patch = "0"] = VERSION.exec(version) ?? [];
  return [Number(major), Number(minor), Number(patch)];
}

function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
