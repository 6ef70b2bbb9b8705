/**
 * The permissions of an instance: to be managed by Systems Manager, so that nobody needs a password or an open port to reach
 * it.
 */
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";

/** Properties of a {@link ServerProfile}. */
export interface ServerProfileProps {
  readonly name: string;
  readonly partition: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The instance profile of a fleet's servers, with its role. */
export class ServerProfile extends Construct {
  public readonly role: IamRole;
  public readonly systemsManager: IamRolePolicyAttachment;
  public readonly profile: IamInstanceProfile;
  public readonly profileName: string;

  constructor(scope: Construct, id: string, props: ServerProfileProps) {
    admitConstruct("ServerProfile", scope, id, props);
    super(scope, id);
    const tags = { ...props.tags, Name: props.name };
    this.role = new IamRole(this, "role", {
      namePrefix: "servers-",
      description: `Servers of ${props.name}`,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
      tags,
    });
    const roleName = this.role.name;
    this.systemsManager = new IamRolePolicyAttachment(this, "systems-manager", {
      role: roleName,
      policyArn: `arn:${props.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
    });
    this.profile = new IamInstanceProfile(this, "profile", { namePrefix: "servers-", role: roleName, tags });
    this.profileName = this.profile.name;
  }
}
