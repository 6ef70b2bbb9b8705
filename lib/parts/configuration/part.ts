/** The manifest of the parts for configuration. */
import { definePart, type PartManifest } from "../../core/pattern";
import { configurationRules } from "./rules";

/** What the parts are, with their rules and what their error codes begin with. */
export const configurationPart: PartManifest = definePart({
  name: "configuration",
  title: "Configuration",
  rules: configurationRules,
  errors: ["CONFIGURATION", "CONNECTION_STRING"],
});
