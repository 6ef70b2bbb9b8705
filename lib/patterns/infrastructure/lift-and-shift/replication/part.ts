/** The manifest of the part that writes the files of replication tools. */
import { definePart, type PartManifest } from "../../../../core/pattern";
import { replicationRules } from "./rules";

/** The manifest of the replication part: its title, rules and the prefixes of its error codes. */
export const replicationPart: PartManifest = definePart({
  name: "replication",
  title: "Replication tools",
  rules: replicationRules,
  errors: ["ADOPTED", "CSV_FORMULA", "CSV_NUL", "MGN", "MIGRATION_FACTORY", "REPLICATION"],
});
