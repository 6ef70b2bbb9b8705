/**
 * ```ts
 * const finalized: Stage = { name: "finalized", phase: "final", evidence: finalizedEvidence, … };
 * type OurDeclaration = Declared<OurStage, { finalized: FinalizedEvidence }>; // { stage: "finalized" } alone does not
 * compile
 * ```
 *
 * The evidence requirement of a stage from which the only way back is a restore: the record that the migration works. The
 * compiler asks for it, and rules check its content.
 */
import { defineEvidence, type StageEvidence } from "../../core/stage-evidence";
import { finalizedEvidenceSchema } from "./finalized-evidence";
import { finalizedRules } from "./finalized-rules";

/**
 * The evidence requirement of a stage that gives up the way back: every required alarm in OK, a sign-off, a backup to
 * restore from.
 */
export const finalizedEvidence: StageEvidence = defineEvidence({
  question:
    "Has every check been in OK for the whole bake time, has somebody signed for it, and is there a backup to restore from?",
  schema: finalizedEvidenceSchema,
  rules: finalizedRules,
});
