/** Where a canary leaves what it saw: a private bucket, encrypted with a key of its own, that forgets after a while. */
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PrivateBucket } from "../../aws/private-bucket";

/** How {@link CanaryArtifacts} are made. */
export interface CanaryArtifactsProps {
  readonly name: string;
  readonly accountId: string;
  readonly partition: string;
  readonly retentionDays: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** The bucket of a canary's artifacts. It is not emptied on destroy: what is in it is evidence. */
export class CanaryArtifacts extends Construct {
  public readonly key: KmsKey;
  public readonly bucket: PrivateBucket;
  /** Gives the bucket's name once nobody else can read it. */
  public readonly bucketName: string;
  public readonly bucketArn: string;
  public readonly keyArn: string;
  /** What must be there before anything is written. */
  public readonly protections: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CanaryArtifactsProps) {
    super(scope, id);
    const tags = { ...props.tags, Name: `${props.name}-artifacts` };
    this.key = new KmsKey(this, "key", {
      description: `Artifacts of the canary ${props.name}`,
      enableKeyRotation: true,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AccountAdministersKey",
            Effect: "Allow",
            Principal: { AWS: `arn:${props.partition}:iam::${props.accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
        ],
      }),
      tags,
    });
    this.keyArn = this.key.arn;
    // What it keeps is forgotten after a while, versions that are no longer current at once.
    this.bucket = new PrivateBucket(this, "bucket", {
      namePrefix: "canary-artifacts-",
      kmsKeyArn: this.keyArn,
      expireDays: props.retentionDays,
      noncurrentDays: 1,
      tags,
    });
    this.bucketName = this.bucket.name;
    this.bucketArn = this.bucket.arn;
    const { publicAccessBlock, encryption, ownership, policy } = this.bucket;
    this.protections = [publicAccessBlock, encryption, ownership, policy];
  }
}
