/** The manifest of Hybrid Cloud. */
import { patternProfiles } from "../../../catalog/profiles";
import { definePattern, type Pattern } from "../../../core/pattern";
import type { Stages } from "../../../core/stage";
import { hybridRules } from "./hybrid-rules";
import { vpnRules } from "./rules";
import { hybridCloudStages, type HybridCloudStage } from "./stages";
import { hybridCloudStarter } from "./starter";

/** The manifest of Hybrid Cloud: its profile, stages, rules, the prefixes of its error codes and its starter. */
export const hybridCloudPattern: Pattern<Stages<HybridCloudStage>> = definePattern({
  profile: patternProfiles["hybrid-cloud"],
  role: "connection",
  stages: hybridCloudStages,
  rules: [...hybridRules, ...vpnRules],
  errors: ["HYBRID"],
  starter: hybridCloudStarter,
});
