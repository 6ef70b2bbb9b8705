/** The manifest of the part `parts/validation`. */
import { definePart, type PartManifest } from "../../core/pattern";
import { finalizedRules } from "./finalized-rules";
import { validationRules } from "./rules";

/** The manifest of `parts/validation`: its name, its rules and the prefixes of its error codes. */
export const validationPart: PartManifest = definePart({
  name: "validation",
  title: "Validation",
  rules: [...validationRules, ...finalizedRules],
  errors: ["CANARY", "END_TO_END", "HEALTH_CHECK", "HEALTH_CHECKS", "PERFORMANCE", "VALIDATION"],
});
