/**
 * The ends of support of products, as data. A table says for each version the last day of support that comes with the
 * product, and the last day of support that can be bought; whether it *has* been bought is for the checklist to prove.
 */
import type { IsoDate } from "../../core/iso-date";

/** The lifecycle of one version of a product. */
export interface Lifecycle {
  /** The version as people write it: `2012 R2`, `7`, `20.04`. */
  readonly version: string;
  /** The last day on which security fixes come with the product. */
  readonly endOfSupport: IsoDate;
  /**
   * The last day of the support that the vendor sells beyond that.
   * @default - none is sold
   */
  readonly extendedUntil?: IsoDate;
}

/** A product and all its versions. */
export interface ProductLifecycle {
  /** The product in its vendor's spelling. */
  readonly product: string;
  /** The publication that has the dates. */
  readonly source: string;
  readonly versions: readonly Lifecycle[];
}

/**
 * A row of a table, `["7", "2024-06-30", "2028-06-30"]`: a version, the end of its support, and of the support that can be
 * bought beyond.
 */
export type LifecycleRow = readonly [version: string, endOfSupport: IsoDate, extendedUntil?: IsoDate];

/** Makes a product's table from its rows. */
export function productLifecycle(product: string, source: string, rows: readonly LifecycleRow[]): ProductLifecycle {
  return {
    product,
    source,
    versions: rows.map(([version, endOfSupport, extendedUntil]) =>
      extendedUntil === undefined ? { version, endOfSupport } : { version, endOfSupport, extendedUntil },
    ),
  };
}

/**
 * Returns the version's entry: the exact one, or the longest that the version refines: `7.9` is found as `7`, and `20.04.6`
 * as `20.04`. Undefined where the table does not know it.
 */
export function findLifecycle(product: ProductLifecycle, version: string): Lifecycle | undefined {
  const wanted = versionKey(version);
  let best: Lifecycle | undefined;
  let length = 0;
  for (const entry of product.versions) {
    const key = versionKey(entry.version);
    if ((wanted === key || wanted.startsWith(`${key}.`)) && key.length > length) {
      best = entry;
      length = key.length;
    }
  }
  return best;
}

/** Returns the form in which versions are compared: `15 SP3` and `15-sp3` are `15.3`, `2012R2` is `2012 r2`. */
function versionKey(version: string): string {
  return version
    .trim()
    .toLowerCase()
    .replace(/[\s.-]*sp\s*(\d+)/, ".$1")
    .replace(/\s*r2$/, " r2");
}

/** The number of days before the end of support from which on it is reported. */
export const SUPPORT_ENDS_SOON_DAYS = 180;
