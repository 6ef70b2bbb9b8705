/** The manifest of the parts for validation. */
import { definePart, type PartManifest } from "../../core/pattern";
import { finalizedRules } from "./finalized-rules";
import { validationRules } from "./rules";

/** What the parts are, with their rules and what their error codes begin with. */
export const validationPart: PartManifest = definePart({
  name: "validation",
  title: "Validation",
  rules: [...validationRules, ...finalizedRules],
  errors: ["END_TO_END", "HEALTH_CHECK", "HEALTH_CHECKS", "PERFORMANCE", "VALIDATION"],
});
