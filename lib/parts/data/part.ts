/** The manifest of the part `parts/data`. */
import { definePart, type PartManifest } from "../../core/pattern";
import { configurationFilesRules, databaseMoveRules, fileMoveRules } from "./rules";

/** The manifest of `parts/data`: its name, its rules and the prefixes of its error codes. */
export const dataPart: PartManifest = definePart({
  name: "data",
  title: "Data",
  rules: [...databaseMoveRules, ...fileMoveRules, ...configurationFilesRules],
  errors: ["BACKUP_RESTORE", "CONFIGURATION_FILES", "DATABASE_MOVE", "FILE_MOVE"],
});
