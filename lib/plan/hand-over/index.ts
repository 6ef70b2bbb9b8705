export { handOver, type HandOverOptions } from "./hand-over";
export type * from "./model";
export { handOverRules, type HandOverReview } from "./hand-over-rules";
export type { KeptResource, LeftReference } from "./division";
export type { UnwrittenArgument } from "./plain-resources";
export {
  parseTerraformState,
  readTerraformState,
  type StateFile,
  type StateResource,
  type TerraformState,
} from "./terraform-state";
