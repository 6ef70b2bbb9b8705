/** Default names as AWS accepts them, made of a construct's path. */
import { cut, slugOf } from "../core/construct-ids";

/**
 * Returns a name of lower-case letters, digits and single dashes that begins with a letter, of at most `limit` characters:
 * the strictest of the rules for RDS and DMS identifiers (their API references) and for S3 bucket names.
 */
export function lowerName(text: string, limit: number): string {
  const slug = slugOf(text.replace(/_/g, "-")).toLowerCase().replace(/-+/g, "-");
  const name = /^[a-z]/.test(slug) ? slug : `m-${slug}`.replace(/-$/, "");
  // A cut may leave a dash before the dash of the hash.
  return cut(name, limit).replace(/--/g, "-");
}
