import { tagText } from "./construct-ids";
import { admit } from "./door/admit";

/** The values of the library's tags on every taggable resource, beside the user's own tags. */
export interface MigrationTagValues {
  /** The pattern's folder name. */
  readonly pattern: string;
  /**
   * The wave.
   * @default - no `migration:wave` tag
   */
  readonly wave?: string;
}

/**
 * Returns the user's tags with `migration:pattern` and `migration:wave` added. The library's win: they are what
 * an operator searches by during the change, so they always tell the truth.
 */
export function migrationTags(
  values: MigrationTagValues,
  userTags: Readonly<Record<string, string>> = {},
): Record<string, string> {
  admit("migrationTags", { values, userTags });
  return {
    ...userTags,
    "migration:pattern": values.pattern,
    ...(values.wave === undefined ? {} : { "migration:wave": tagText(values.wave) }),
  };
}
