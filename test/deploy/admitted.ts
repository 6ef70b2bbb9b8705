import type { AwsApi } from "./aws";

/** Who from outside the network is let in by any security group: blocks, sorted. */
export async function admitted(ask: AwsApi, network: string): Promise<string> {
  const { SecurityGroupRules: rules } = await ask<{ SecurityGroupRules: { IsEgress: boolean; CidrIpv4?: string }[] }>(
    "ec2",
    "describe_security_group_rules",
  );
  const blocks = rules.flatMap(({ IsEgress: egress, CidrIpv4: block }) => (egress ? [] : (block ?? [])));
  return [...new Set(blocks)]
    .filter((block) => block !== network)
    .sort()
    .join(", ");
}
