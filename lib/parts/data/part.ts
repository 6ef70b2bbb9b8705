/** The manifest of the parts for data. */
import { definePart, type PartManifest } from "../../core/pattern";
import { configurationFilesRules, databaseMoveRules, fileMoveRules } from "./rules";

/** What the parts are, with their rules and what their error codes begin with. */
export const dataPart: PartManifest = definePart({
  name: "data",
  title: "Data",
  rules: [...databaseMoveRules, ...fileMoveRules, ...configurationFilesRules],
  errors: ["CONFIGURATION_FILES", "DATABASE_MOVE", "FILE_MOVE"],
});
