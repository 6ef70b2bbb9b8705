/** The manifest of the part `parts/network`. */
import { definePart, type PartManifest } from "../../core/pattern";

/** The manifest of `parts/network`: its name, its rules and the prefix of its error codes. */
export const networkPart: PartManifest = definePart({
  name: "network",
  title: "Landing network",
  rules: [],
  errors: ["LANDING_NETWORK", "VPC_ENDPOINTS", "VPC_FLOW_LOGS"],
});
