/** What a lift and shift can include: data, configuration and validation, each a construct of its own. */
import type { Assessment } from "../assessment/assessment";
import type { Finding } from "../core/finding";
import type { MigrationPart } from "../core/migration-part";
import type { RequiredEvidence } from "./validation/finalized-evidence";

/** A part of a lift and shift: `DatabaseMove`, `FileMove`, `ConfigurationFiles`, `ConfigurationCutover`, `ValidationSuite`, … */
export interface LiftAndShiftPart extends Omit<MigrationPart, "findings"> {
  /**
   * What its own rules find, in the light of the assessment. Asked when the tree is finished.
   * @default - nothing
   */
  findings?(assessment: Assessment): readonly Finding[];
  /**
   * What the stage `finalized` asks evidence of.
   * @default - nothing
   */
  readonly required?: RequiredEvidence;
}
