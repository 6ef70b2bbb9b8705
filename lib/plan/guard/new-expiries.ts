import { objectExpiryCuts } from "../losses/object-expiry";
import { withUnknown } from "../losses/block-values";
import type { NewExpiry } from "./guard-review";
import type { PlannedChange } from "./terraform-plan";

/**
 * Returns the lifecycles that a plan creates for buckets which exist already. A plan adds them, and what the bucket holds is
 * deleted by them all the same. A bucket that the plan itself creates holds nothing yet.
 */
export function newExpiries(changes: readonly PlannedChange[]): NewExpiry[] {
  const created = new Set(
    changes
      .filter(({ type, actions }) => type === "aws_s3_bucket" && actions.includes("create"))
      .map(({ after }) => after["bucket"])
      .filter((name) => typeof name === "string"),
  );
  return changes
    .filter(({ type, actions }) => type === "aws_s3_bucket_lifecycle_configuration" && actions.join() === "create")
    .filter(({ after }) => typeof after["bucket"] === "string" && !created.has(after["bucket"]))
    .map(({ address, after, afterUnknown }) => ({
      address,
      cuts: objectExpiryCuts({}, withUnknown(after, afterUnknown)),
    }))
    .filter(({ cuts }) => cuts.length > 0);
}
