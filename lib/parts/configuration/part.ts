/** The manifest of the part `parts/configuration`. */
import { definePart, type PartManifest } from "../../core/pattern";
import { configurationRules } from "./rules";

/** The manifest of `parts/configuration`: its name, its rules and the prefixes of its error codes. */
export const configurationPart: PartManifest = definePart({
  name: "configuration",
  title: "Configuration",
  rules: configurationRules,
  errors: ["CONFIGURATION", "CONNECTION_STRING"],
});
