/**
 * The way of a replication to its credentials: an interface endpoint of Secrets Manager for the replication alone. It takes no
 * private DNS name, which the VPC may have given to another one and which everybody else in it would follow; the DMS endpoints are
 * told its name. AWS DMS User Guide, "Configuring VPC endpoints for AWS DMS" and, for `secretsManagerEndpointOverride`, "Using
 * secrets to access AWS Database Migration Service endpoints".
 */
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { DeploymentPlace } from "../../../aws/deployment-place";
import { admitConstruct } from "../../../core/door/admit";

/** Properties of a {@link SecretsEndpoint}. */
export interface SecretsEndpointProps {
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** The id of the replication's own security group. */
  readonly clientSecurityGroupId: string;
  /** The ARNs of the secrets that may be read through it. */
  readonly secretArns: readonly string[];
  readonly place: DeploymentPlace;
  readonly tags: Readonly<Record<string, string>>;
}

/** An interface endpoint of Secrets Manager, about 8 USD a month for each subnet, through which two secrets are read. */
export class SecretsEndpoint extends Construct {
  public readonly securityGroup: SecurityGroup;
  public readonly ingressRule: VpcSecurityGroupIngressRule;
  public readonly endpoint: VpcEndpoint;
  public readonly securityGroupId: string;
  /** The name by which it is called. */
  public readonly dnsName: string;

  constructor(scope: Construct, id: string, props: SecretsEndpointProps) {
    admitConstruct("SecretsEndpoint", scope, id, props);
    super(scope, id);
    const { name, vpcId, place } = props;
    const tags = { ...props.tags, Name: `${name}-dms-secrets` };
    this.securityGroup = new SecurityGroup(this, "security-group", {
      namePrefix: `${name}-dms-secrets-`,
      description: `Secrets Manager for the DMS replication of ${name}`,
      vpcId,
      tags,
    });
    this.securityGroupId = this.securityGroup.id;
    this.ingressRule = new VpcSecurityGroupIngressRule(this, "from-replication", {
      securityGroupId: this.securityGroupId,
      description: "The replication to Secrets Manager: HTTPS",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      referencedSecurityGroupId: props.clientSecurityGroupId,
      tags,
    });
    this.endpoint = new VpcEndpoint(this, "endpoint", {
      vpcId,
      serviceName: `${place.dnsSuffix === "amazonaws.com.cn" ? "cn." : ""}com.amazonaws.${place.region}.secretsmanager`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: false,
      subnetIds: [...props.subnetIds],
      securityGroupIds: [this.securityGroupId],
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "CredentialsOfTheReplication",
            Effect: "Allow",
            Principal: "*",
            Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            Resource: [...new Set(props.secretArns)],
            Condition: { StringEquals: { "aws:PrincipalAccount": place.accountId } },
          },
        ],
      }),
      tags,
    });
    this.dnsName = Fn.lookupNested(Fn.element(this.endpoint.dnsEntry, 0), ["dns_name"]) as string;
  }
}
