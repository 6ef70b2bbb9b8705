/** The manifest of what Lift and Shift writes for replication tools. */
import { definePart, type PartManifest } from "../../../../core/pattern";
import { replicationRules } from "./rules";

/** What the part is, with its rules and what its error codes begin with. */
export const replicationPart: PartManifest = definePart({
  name: "replication",
  title: "Replication tools",
  rules: replicationRules,
  errors: ["ADOPTED", "CSV_FORMULA", "CSV_NUL", "MGN", "MIGRATION_FACTORY", "REPLICATION"],
});
