/** The partition, region and account of a deployment, for the ARNs and principals of policies. */
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Construct } from "constructs";
import { admitConstruct } from "../core/door/admit";
import { isUnresolved } from "../core/tokens";
import { partitionOf } from "./region";

/** The partition, region and account in which a construct is deployed. Those that are not given come from data sources. */
export class DeploymentPlace extends Construct {
  public readonly partition: string;
  /** The ending of the names of the partition's endpoints: `amazonaws.com`. */
  public readonly dnsSuffix: string;
  public readonly region: string;
  public readonly accountId: string;

  constructor(scope: Construct, id: string, given: { readonly region?: string; readonly accountId?: string }) {
    admitConstruct("DeploymentPlace", scope, id, given);
    super(scope, id);
    this.region = given.region ?? new DataAwsRegion(this, "region").name;
    if (given.region === undefined || isUnresolved(given.region)) {
      ({ partition: this.partition, dnsSuffix: this.dnsSuffix } = new DataAwsPartition(this, "partition"));
    } else {
      this.partition = partitionOf(given.region);
      // AWS General Reference, "AWS service endpoints": China alone has another one.
      this.dnsSuffix = this.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    }
    this.accountId = given.accountId ?? new DataAwsCallerIdentity(this, "account").accountId;
  }

  /** Returns the ARN of a resource in this place: `arn:aws:logs:eu-central-1:111122223333:log-group:/x`. */
  public arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  }
}
