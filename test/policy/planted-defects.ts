/**
 * Defects that are planted, one of each kind that a default once had: the gate that would not find one of them says nothing. And a
 * stack on which checkov's reader dies, which must not pass for one without a failure.
 */
import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { acceptedFailures } from "../../scripts/generate/accepted-failures";
import { accessChecks } from "../support/access-checks";
import type { TerraformJson } from "../support/synthesize-example";
import { askCheckov } from "./checkov";
import { wrongWith } from "./judge";

/** A defect, and who is to find it: one of checkov's checks, or one of our own where checkov has none. */
interface Defect {
  readonly kind: string;
  readonly resource: NonNullable<TerraformJson["resource"]>;
  readonly foundBy: string;
}

const policy = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const rule = { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 443, to_port: 443 };
const trusts = { Effect: "Allow", Principal: { Service: "vpc-flow-logs.amazonaws.com" }, Action: "sts:AssumeRole" };
const vpc = { aws_vpc: { planted: { cidr_block: "10.0.0.0/16" } } };

/** The defects, at least one of each kind. */
export const defects: readonly Defect[] = [
  { kind: "a VPC without flow logs", resource: vpc, foundBy: "CKV2_AWS_11" },
  { kind: "an open default security group", resource: vpc, foundBy: "CKV2_AWS_12" },
  { kind: "a VPC that is not closed", resource: vpc, foundBy: "vpcsAreClosed" },
  {
    kind: "a rule without a description",
    resource: { aws_vpc_security_group_ingress_rule: { planted: { ...rule, cidr_ipv4: "10.0.0.0/8" } } },
    foundBy: "CKV_AWS_23",
  },
  {
    kind: "a rule that does not say who talks to whom",
    resource: { aws_vpc_security_group_ingress_rule: { planted: { ...rule, description: "Management" } } },
    foundBy: "rulesSayWho",
  },
  {
    kind: "a way out to everywhere",
    resource: {
      aws_vpc_security_group_egress_rule: {
        planted: { ...rule, cidr_ipv4: "0.0.0.0/0", description: "The replication to Secrets Manager" },
      },
    },
    foundBy: "nothingCallsOut",
  },
  {
    kind: "an endpoint without a policy",
    resource: { aws_vpc_endpoint: { planted: { vpc_id: "vpc-1", service_name: "com.amazonaws.eu-central-1.s3" } } },
    foundBy: "endpointsHavePolicies",
  },
  {
    kind: "a service role of any account",
    resource: { aws_iam_role: { planted: { assume_role_policy: policy(trusts) } } },
    foundBy: "serviceRolesAreBound",
  },
  {
    kind: "a change to any resource",
    resource: {
      aws_iam_role_policy: {
        planted: { role: "a", policy: policy({ Effect: "Allow", Action: ["ec2:CopySnapshot"], Resource: "*" }) },
      },
    },
    foundBy: "writesAreNarrow",
  },
  {
    kind: "a policy of AWS's",
    resource: {
      aws_iam_role_policy_attachment: {
        planted: { role: "a", policy_arn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
      },
    },
    foundBy: "policiesAreOwn",
  },
  {
    kind: "a final database that is not upgraded",
    resource: { aws_db_instance: { planted: { auto_minor_version_upgrade: false } } },
    foundBy: "finalDatabasesUpgrade",
  },
  {
    kind: "a database connection that verifies nothing",
    resource: { aws_dms_endpoint: { planted: { kms_key_arn: "key", ssl_mode: "require" } } },
    foundBy: "certificatesAreVerified",
  },
  {
    kind: "a log that is kept for a season",
    resource: { aws_cloudwatch_log_group: { planted: { name: "a", kms_key_id: "key", retention_in_days: 90 } } },
    foundBy: "CKV_AWS_338",
  },
];

/** What checkov's JSON reader dies on: an argument of a block without a label. */
const UNREADABLE = { import: [{ to: "aws_vpc.planted", id: "vpc-1" }], resource: vpc };
const UNREAD = "a stack that checkov does not read";

/** Plants each defect, and returns whether the gate has found it. */
export async function plantedDefects(folder: string): Promise<{ readonly ok: boolean; readonly text: string }[]> {
  const own = path.join(folder, "planted");
  mkdirSync(own);
  const texts = new Map([
    ...defects.map(({ kind, resource }) => [kind, JSON.stringify({ resource })] as const),
    [UNREAD, JSON.stringify(UNREADABLE)] as const,
  ]);
  const verdicts = await askCheckov("json", texts, own);
  const wrong = (kind: string): string => {
    const verdict = verdicts.get(kind);
    if (verdict === undefined) return "";
    return wrongWith([{ stack: kind, form: "json", resources: 1, verdict }], acceptedFailures).join("\n");
  };
  const found = ({ kind, resource, foundBy }: Defect): boolean => {
    if (foundBy.startsWith("CKV")) return wrong(kind).includes(foundBy);
    const check = accessChecks[foundBy as keyof typeof accessChecks];
    return check([{ name: "planted", terraform: { resource }, artifacts: {} }]).length === 1;
  };
  return [
    ...defects.map((defect) => ({ ok: found(defect), text: `planted: ${defect.kind}, found by ${defect.foundBy}` })),
    { ok: wrong(UNREAD).includes("scan the plan instead"), text: `planted: ${UNREAD}` },
  ];
}
