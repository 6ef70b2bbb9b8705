/** The sizes of instances, within a family: `m5.large` is smaller than `m5.2xlarge`, and of `c5.large` nobody can say. */

const SMALL = ["nano", "micro", "small", "medium", "large", "xlarge"];

/** Checks whether the second is a smaller instance of the same family: `db.r6g.xlarge`, `db.r6g.large`. */
export function isSmallerSize(before: unknown, after: unknown): boolean {
  const [from, to] = [parsed(before), parsed(after)];
  return from !== undefined && to !== undefined && from.family === to.family && to.size < from.size;
}

function parsed(type: unknown): { readonly family: string; readonly size: number } | undefined {
  if (typeof type !== "string") return undefined;
  // OpenSearch writes the size in the middle: `r6g.large.search`.
  const [, family = "", size = "", suffix = ""] =
    /^((?:[a-z]+\.)?[a-z0-9-]+)\.([a-z0-9]+)((?:\.[a-z]+)?)$/.exec(type) ?? [];
  const order = sizeOf(size);
  return order === undefined ? undefined : { family: `${family}${suffix}`, size: order };
}

function sizeOf(size: string): number | undefined {
  const index = SMALL.indexOf(size);
  if (index >= 0) return index;
  const [, times] = /^(\d+)xlarge$/.exec(size) ?? [];
  return times === undefined ? undefined : SMALL.length - 1 + Number(times);
}
