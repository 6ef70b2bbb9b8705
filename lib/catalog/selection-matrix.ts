/**
 * The catalog's pattern selection matrix: seven rows, exactly as it prints them. Everything else that `recommend()` says is
 * derived from these rows and the patterns' profiles.
 */
import type { PatternName } from "./profiles";

/** The kinds of migration, in the catalog's words. */
export const migrationTypes = [
  "schema-change",
  "service-replace",
  "service-update",
  "data-migration",
  "infrastructure",
] as const;

/** A kind of migration. */
export type MigrationType = (typeof migrationTypes)[number];

/** The levels of complexity, lowest first. */
export const complexities = ["low", "medium", "high"] as const;

/** A level of complexity. */
export type Complexity = (typeof complexities)[number];

/** The tolerances of downtime, lowest first. */
export const downtimeTolerances = ["zero", "some"] as const;

/** A tolerance of downtime. */
export type DowntimeTolerance = (typeof downtimeTolerances)[number];

/** A row of the selection matrix. */
export interface SelectionRow {
  readonly migrationType: MigrationType;
  readonly complexity: Complexity;
  readonly downtimeTolerance: DowntimeTolerance;
  readonly pattern: PatternName;
}

/** The matrix, in the catalog's order. */
export const selectionMatrix: readonly SelectionRow[] = [
  { migrationType: "schema-change", complexity: "low", downtimeTolerance: "zero", pattern: "expand-contract" },
  { migrationType: "schema-change", complexity: "high", downtimeTolerance: "zero", pattern: "parallel-schema" },
  { migrationType: "service-replace", complexity: "medium", downtimeTolerance: "zero", pattern: "strangler-fig" },
  { migrationType: "service-update", complexity: "low", downtimeTolerance: "zero", pattern: "blue-green" },
  { migrationType: "data-migration", complexity: "high", downtimeTolerance: "some", pattern: "event-sourcing" },
  { migrationType: "infrastructure", complexity: "low", downtimeTolerance: "some", pattern: "lift-and-shift" },
  { migrationType: "infrastructure", complexity: "high", downtimeTolerance: "zero", pattern: "hybrid-cloud" },
];
