/** The name of a bucket that is given by its ARN. */
import { Fn } from "cdktf";
import { isUnresolved } from "../core/tokens";

/** Returns the name of the bucket of an ARN, which may be a token. */
export function bucketNameOf(bucketArn: string): string {
  if (isUnresolved(bucketArn)) return Fn.element(Fn.split(":::", bucketArn), 1) as string;
  return bucketArn.replace(/^arn:[a-z-]+:s3:::/, "");
}
