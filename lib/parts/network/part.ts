/** The manifest of the parts for the landing network. */
import { definePart, type PartManifest } from "../../core/pattern";

/** What the parts are, with their rules and what their error codes begin with. */
export const networkPart: PartManifest = definePart({
  name: "network",
  title: "Landing network",
  rules: [],
  errors: ["LANDING_NETWORK"],
});
