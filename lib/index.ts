/**
 * The public surface, nothing else. A stack that uses one family of patterns loads less from its subpath:
 * `cdktf-migration-patterns/infrastructure`.
 */
export * from "./assessment";
export * from "./catalog";
export * from "./core";
export * from "./inventory";
export * from "./network";
export * from "./patterns";
export * from "./plan";
export * from "./report";
