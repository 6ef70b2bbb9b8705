/** Kept until 1.0 for imports of before: the parts have moved to `cdktf-migration-patterns/parts/data`. */
export * from "../../../../parts/data";
