/**
 * ```ts
 * recommend({ migrationType: "schema-change", complexity: "low", downtimeTolerance: "zero" }).pattern; // "expand-contract"
 * ```
 *
 * Recommends a pattern by the catalog's selection matrix, and explains it. Where a row says exactly what was asked, its
 * pattern is recommended. Where none does, nothing is: the answer says so and names the nearest rows, with what differs,
 * because a guess that looks like the catalog's own word is worse than none.
 */
import { admit } from "../core/door/admit";
import { MigrationError } from "../core/error";
import { patternProfiles, type PatternName } from "./profiles";
import type { PatternProfile } from "../core/pattern-profile";
import {
  complexities,
  downtimeTolerances,
  migrationTypes,
  selectionMatrix,
  type Complexity,
  type DowntimeTolerance,
  type MigrationType,
  type SelectionRow,
} from "./selection-matrix";

/** A question to the selection matrix. */
export interface SelectionQuestion {
  /** @parsedBy recommend */
  readonly migrationType: MigrationType;
  /** @parsedBy recommend */
  readonly complexity: Complexity;
  /** @parsedBy recommend */
  readonly downtimeTolerance: DowntimeTolerance;
}

/** A row that was not recommended, with its differences from the question. */
export interface Alternative {
  readonly pattern: PatternName;
  readonly row: SelectionRow;
  /** The reasons against it, as phrases. */
  readonly whyNot: readonly string[];
}

/** The answer of the selection matrix to a {@link SelectionQuestion}. */
export interface Recommendation {
  /** The pattern that the matrix recommends, or null where no row says exactly what was asked. */
  readonly pattern: PatternName | null;
  readonly profile: PatternProfile | null;
  /** The matrix row that decided, or null. */
  readonly row: SelectionRow | null;
  /** The reasons, as sentences without a final period. */
  readonly reasons: readonly string[];
  /**
   * The nearest other rows, nearest first, all of the same migration type where there are any: the runners-up of a
   * recommendation, or where to look when there is none.
   */
  readonly alternatives: readonly Alternative[];
}

/**
 * Looks the question up in the catalog's selection matrix.
 *
 * @throws MigrationError `SELECTION_QUESTION` for a value that the matrix does not know
 */
export function recommend(question: SelectionQuestion): Recommendation {
  admit("recommend", { question });
  known("migrationType", question.migrationType, migrationTypes);
  known("complexity", question.complexity, complexities);
  known("downtimeTolerance", question.downtimeTolerance, downtimeTolerances);
  const ranked = selectionMatrix
    .map((row, order) => ({ row, order, distance: distance(row, question) }))
    .sort((a, b) => a.distance - b.distance || a.order - b.order);
  const exact = ranked.find((each) => each.distance === 0)?.row ?? null;
  const others = ranked.filter((each) => each.row !== exact);
  const sameType = others.filter((each) => each.row.migrationType === question.migrationType);
  const alternatives = (sameType.length > 0 ? sameType : others.slice(0, 2)).map(({ row }) => ({
    pattern: row.pattern,
    row,
    whyNot: differences(row, question),
  }));
  if (exact === null) {
    return {
      pattern: null,
      profile: null,
      row: null,
      reasons: [
        `the catalog's selection matrix has no row for ${describe(question)}`,
        `the nearest ${alternatives.length === 1 ? "row is" : "rows are"} ${alternatives.map((each) => `${each.pattern} (${describe(each.row)})`).join(" and ")}`,
      ],
      alternatives,
    };
  }
  const profile: PatternProfile = patternProfiles[exact.pattern];
  return {
    pattern: exact.pattern,
    profile,
    row: exact,
    reasons: [
      `the catalog's selection matrix recommends ${profile.title} for ${describe(exact)}`,
      `its use case is: ${profile.useCase}`,
      ...(profile.risk === undefined ? [] : [`the catalog puts its risk at ${profile.risk}`]),
    ],
    alternatives,
  };
}

/**
 * Returns the distance of a row from the question: rows of its type before all others; then by steps of complexity and of
 * downtime tolerance.
 */
function distance(row: SelectionRow, question: SelectionQuestion): number {
  const type = row.migrationType === question.migrationType ? 0 : 100;
  const complexity = Math.abs(complexities.indexOf(row.complexity) - complexities.indexOf(question.complexity));
  const downtime = row.downtimeTolerance === question.downtimeTolerance ? 0 : 1;
  return type + complexity + downtime;
}

function differences(row: SelectionRow, question: SelectionQuestion): string[] {
  const found: string[] = [];
  if (row.migrationType !== question.migrationType) {
    found.push(`it is for ${words(row.migrationType)}, not for ${words(question.migrationType)}`);
  }
  if (row.complexity !== question.complexity) {
    found.push(`it is for ${row.complexity} complexity, not for ${question.complexity}`);
  }
  if (row.downtimeTolerance !== question.downtimeTolerance) {
    found.push(
      row.downtimeTolerance === "some"
        ? "it needs some downtime, and none is tolerated"
        : "it avoids all downtime, at a price that is not needed where some is tolerated",
    );
  }
  return found;
}

function describe({ migrationType, complexity, downtimeTolerance }: SelectionQuestion): string {
  return `${words(migrationType)} of ${complexity} complexity with ${downtimeTolerance} downtime tolerated`;
}

function words(migrationType: MigrationType): string {
  return migrationType.replace("-", " ");
}

function known(path: string, received: string, allowed: readonly string[]): void {
  if (allowed.includes(received)) return;
  throw new MigrationError({
    code: "SELECTION_QUESTION",
    path,
    received,
    allowed: `one of ${allowed.join(", ")}`,
    fix: "use one of the catalog's own terms",
  });
}
