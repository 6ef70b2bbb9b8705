/**
 * The two roles that DMS looks for by their names, once in an account: one puts replication instances into a VPC, the other
 * writes task logs. AWS DMS User Guide, "Creating the IAM roles to use with AWS DMS".
 */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";

const ROLES = [
  { id: "vpc", name: "dms-vpc-role", policy: "AmazonDMSVPCManagementRole" },
  { id: "logs", name: "dms-cloudwatch-logs-role", policy: "AmazonDMSCloudWatchLogsRole" },
] as const;

/**
 * The two service roles of DMS, each with AWS's managed policy. Only one stack of an account may create them, because their
 * names are fixed. A replication with `serviceRoles: "create"` makes this construct.
 */
export class DmsServiceRoles extends Construct {
  /** The roles, for overrides: `dms-vpc-role`, then `dms-cloudwatch-logs-role`. */
  public readonly roles: readonly IamRole[];
  /**
   * The attachments of the policies. The subnet group of a replication depends on them: DMS can do nothing with a role that
   * has no policy.
   */
  public readonly attachments: readonly IamRolePolicyAttachment[];

  constructor(
    scope: Construct,
    id: string,
    props: { readonly partition: string; readonly tags: Readonly<Record<string, string>> },
  ) {
    admitConstruct("DmsServiceRoles", scope, id, props);
    super(scope, id);
    const roles: IamRole[] = [];
    this.attachments = ROLES.map(({ id: roleId, name, policy }) => {
      const role = new IamRole(this, roleId, {
        name,
        description: `Lets DMS of this account work: ${policy}`,
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "dms.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
        tags: { ...props.tags, Name: name },
      });
      roles.push(role);
      return new IamRolePolicyAttachment(this, `${roleId}-policy`, {
        role: role.name,
        policyArn: `arn:${props.partition}:iam::aws:policy/service-role/${policy}`,
      });
    });
    this.roles = roles;
  }
}
