/**
 * ```ts
 * import { LiftAndShift } from "cdktf-migration-patterns/infrastructure/lift-and-shift";
 * ```
 *
 * The three patterns of this family. Each has a subpath of its own, and a stack that uses one pattern does best to import it
 * from there: nothing of the other two, nor of their resources' classes, is loaded then.
 */
export * from "./hybrid-cloud";
export * from "./lift-and-shift";
export * from "./multi-cloud";
