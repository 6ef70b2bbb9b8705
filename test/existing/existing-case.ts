/** What the cases of existing resources have in common. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import type { Given } from "./given";

/** A construct that is given what exists. */
export interface ExistingCase {
  /** The names of the public constructs that it makes. */
  readonly constructs: readonly string[];
  /** The types of which none is made. */
  readonly makesNo: readonly string[];
  readonly make: (scope: Construct, given: Given) => void;
}

export const REGION = "eu-central-1";
export const ACCOUNT = "111122223333";

export const NETWORK = ["aws_vpc", "aws_subnet", "aws_route_table", "aws_internet_gateway", "aws_nat_gateway"];
export const KEY = ["aws_kms_key", "aws_kms_key_policy"];
export const ROLE = ["aws_iam_role", "aws_iam_role_policy", "aws_iam_policy"];
export const BUCKET = ["aws_s3_bucket", "aws_s3_bucket_policy", "aws_s3_bucket_lifecycle_configuration"];
export const TOPIC = ["aws_sns_topic", "aws_sns_topic_policy"];
export const GROUP = [
  "aws_security_group",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
];
export const LOGS = ["aws_cloudwatch_log_group", "aws_cloudwatch_log_resource_policy"];

/** A stack of its own with a provider of the region. */
export function newStack(id = "stack"): TerraformStack {
  const stack = new TerraformStack(Testing.app(), id);
  new AwsProvider(stack, "aws", { region: REGION });
  return stack;
}

/** Returns the provider of us-east-1 of the stack; makes it where there is none. */
export function usEast1(scope: Construct): AwsProvider {
  const stack = TerraformStack.of(scope);
  const known = stack.node.tryFindChild("us-east-1") as AwsProvider | undefined;
  return known ?? new AwsProvider(stack, "us-east-1", { region: "us-east-1", alias: "us_east_1" });
}
