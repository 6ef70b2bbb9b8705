/**
 * A role that one AWS service may assume only when it acts for this account, with the permissions given here. An existing role
 * takes its place where there is one.
 */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { admitConstruct } from "../core/door/admit";
import type { DeploymentPlace } from "./deployment-place";
import type { RequiredStatement } from "./required-statements";

/** An Allow statement of a policy. */
export interface Allow {
  /** @knownLength */
  readonly actions: readonly string[];
  /** @knownLength */
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
  /**
   * ARN of an existing role, which is left as it is: {@link ServiceRole.requiredTrustPolicyStatements} and
   * {@link ServiceRole.requiredRolePolicyStatements} say what it needs.
   * @default - a role of its own with those permissions
   */
  readonly roleArn?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A role that one AWS service assumes, for one account, with one policy. */
export class ServiceRole extends Construct {
  /** The role, if this construct creates it. */
  public readonly role?: IamRole;
  /** The role's policy, if this construct creates it. */
  public readonly policy?: IamRolePolicy;
  public readonly arn: string;
  /** The statements that let the service assume an existing role; empty where the role is created. */
  public readonly requiredTrustPolicyStatements: readonly RequiredStatement[];
  /** The permissions that an existing role needs; empty where the role is created. */
  public readonly requiredRolePolicyStatements: readonly RequiredStatement[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    admitConstruct("ServiceRole", scope, id, props);
    super(scope, id);
    const trust: RequiredStatement[] = [
      {
        Effect: "Allow",
        Principal: { Service: props.service },
        Action: "sts:AssumeRole",
        // The service acts for any account it is told to; this keeps others from naming our role.
        Condition: { StringEquals: { "aws:SourceAccount": props.place.accountId } },
      },
    ];
    const access = props.allow.map(({ actions, resources }): RequiredStatement => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources,
    }));
    if (props.roleArn !== undefined) {
      this.arn = props.roleArn;
      this.requiredTrustPolicyStatements = trust;
      this.requiredRolePolicyStatements = access;
      return;
    }
    this.requiredTrustPolicyStatements = [];
    this.requiredRolePolicyStatements = [];
    this.role = new IamRole(this, "role", {
      namePrefix: props.namePrefix,
      description: props.description,
      assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: trust }),
      tags: props.tags,
    });
    this.policy = new IamRolePolicy(this, "policy", {
      name: "access",
      role: this.role.id,
      policy: JSON.stringify({ Version: "2012-10-17", Statement: access }),
    });
    this.arn = this.role.arn;
  }
}
