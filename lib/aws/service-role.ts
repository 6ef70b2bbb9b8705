/** A role that one AWS service may assume only when it acts for this account, with the permissions given here. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { admitConstruct } from "../core/door/admit";
import type { DeploymentPlace } from "./deployment-place";

/** An Allow statement of a policy. */
export interface Allow {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Properties of a {@link ServiceRole}. */
export interface ServiceRoleProps {
  /** The principal: `datasync.amazonaws.com`. */
  readonly service: string;
  /** The prefix of the role's name; Terraform adds to it. At most 37 characters. */
  readonly namePrefix: string;
  readonly description: string;
  readonly allow: readonly Allow[];
  readonly place: DeploymentPlace;
  readonly tags: Readonly<Record<string, string>>;
}

/** A role that one AWS service assumes, for one account, with one policy. */
export class ServiceRole extends Construct {
  public readonly role: IamRole;
  public readonly policy: IamRolePolicy;
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    admitConstruct("ServiceRole", scope, id, props);
    super(scope, id);
    this.role = new IamRole(this, "role", {
      namePrefix: props.namePrefix,
      description: props.description,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: props.service },
            Action: "sts:AssumeRole",
            // The service acts for any account it is told to; this keeps others from naming our role.
            Condition: { StringEquals: { "aws:SourceAccount": props.place.accountId } },
          },
        ],
      }),
      tags: props.tags,
    });
    this.policy = new IamRolePolicy(this, "policy", {
      name: "access",
      role: this.role.id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: props.allow.map(({ actions, resources }) => ({
          Effect: "Allow",
          Action: actions,
          Resource: resources,
        })),
      }),
    });
    this.arn = this.role.arn;
  }
}
