/** The region in which Route 53 publishes the metrics of health checks, in the commercial partition. */
export const HEALTH_CHECK_REGION = "us-east-1";

/** Returns the partition of a region's ARNs. An unknown region is taken for a commercial one. */
export function partitionOf(region: string | undefined): string {
  if (region?.startsWith("cn-") === true) return "aws-cn";
  if (region?.startsWith("us-gov-") === true) return "aws-us-gov";
  return "aws";
}
