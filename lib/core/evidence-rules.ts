/** The rule about evidence that holds for every stage that demands any. */
import { defineRule, type Rule } from "./rule";
import type { EvidenceReview } from "./stage-evidence";

/** A stage is declared without the evidence that it demands, and no rule of the stage itself has said so. */
export const evidenceMissing: Rule<EvidenceReview> = defineRule<EvidenceReview>({
  id: "stage-evidence-missing",
  title: "A stage is declared without the evidence that it demands",
  severity: "blocker",
  why: "the stage gives up the way back, or relies on something that has to be known and not hoped",
  remedy: "pass the record in the prop evidence, beside the stage",
  *check({ stage, evidence }) {
    if (evidence === undefined) {
      yield { subject: stage, message: `the stage ${stage} demands evidence, and there is none` };
    }
  },
});
