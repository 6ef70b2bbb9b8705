/**
 * ```ts
 * const finalized: Stage = { name: "finalized", phase: "final", evidence: finalizedEvidence, … };
 * type OurDeclaration = Declared<OurStage, { finalized: FinalizedEvidence }>; // { stage: "finalized" } alone does not compile
 * ```
 *
 * What a stage demands from which there is no way back but to restore: the record that the migration works. TypeScript asks
 * for it, and the rules look at what is in it.
 */
import { defineEvidence, type StageEvidence } from "../../core/stage-evidence";
import { finalizedEvidenceSchema } from "./finalized-evidence";
import { finalizedRules } from "./finalized-rules";

/** What a stage demands that gives up the way back: every required alarm in OK, a signature, a backup to restore from. */
export const finalizedEvidence: StageEvidence = defineEvidence({
  question:
    "Has every check been in OK for the whole bake time, has somebody signed for it, and is there a backup to restore from?",
  schema: finalizedEvidenceSchema,
  rules: finalizedRules,
});
