/** The three folders of the catalog's patterns, and the feature flags. */
export type PatternCategory = "infrastructure" | "database" | "service" | "feature-flag";

/** The catalog's own facts about one pattern. The data is in `catalog/`. */
export interface PatternProfile {
  /** The pattern's name as its folder is called: `lift-and-shift`. Used in the `migration:pattern` tag. */
  readonly name: string;
  /** The name as the catalog prints it: `Lift and Shift`. */
  readonly title: string;
  readonly category: PatternCategory;
  /** The catalog's "Use Case". */
  readonly useCase: string;
  /**
   * The catalog's "Complexity".
   * @default - the catalog states none for this pattern
   */
  readonly complexity?: string;
  /**
   * The catalog's "Risk Level".
   * @default - the catalog states none for this pattern
   */
  readonly risk?: string;
}
