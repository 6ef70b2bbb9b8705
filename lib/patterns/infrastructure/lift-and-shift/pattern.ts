/** The manifest of Lift and Shift. */
import { patternProfiles } from "../../../catalog/profiles";
import { definePattern, type Pattern } from "../../../core/pattern";
import type { Stages } from "../../../core/stage";
import type { LiftAndShiftStage } from "./stage-names";
import { estateRules } from "./estate/estate-rules";
import { liftAndShiftRules } from "./strategy-rules";
import { fleetRules } from "./rules";
import { liftAndShiftStages } from "./stages";
import { liftAndShiftStarter } from "./starter";

/** The manifest of Lift and Shift: its profile, stages, rules, the prefixes of its error codes and its starter. */
export const liftAndShiftPattern: Pattern<Stages<LiftAndShiftStage>> = definePattern({
  profile: patternProfiles["lift-and-shift"],
  role: "workload",
  stages: liftAndShiftStages,
  rules: [...liftAndShiftRules, ...fleetRules, ...estateRules],
  errors: ["ESTATE_RECORD", "FLEET", "LIFT_AND_SHIFT", "SERVER_FLEET", "SERVER_IMAGE"],
  starter: liftAndShiftStarter,
});
