/**
 * The storage of a canary's artifacts (screenshots, logs, HAR files): a private bucket with its own key, whose objects
 * expire.
 */
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { keyPolicy } from "../../aws/key-policy";
import { PrivateBucket } from "../../aws/private-bucket";
import { admitConstruct } from "../../core/door/admit";

/** Properties of {@link CanaryArtifacts}. */
export interface CanaryArtifactsProps {
  readonly name: string;
  readonly accountId: string;
  readonly partition: string;
  readonly retentionDays: number;
  /**
   * ARN of an existing KMS key, which is left as it is.
   * @default - a key of its own
   */
  readonly kmsKeyArn?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The bucket of a canary's artifacts. It is not emptied on destroy, because its objects are evidence. */
export class CanaryArtifacts extends Construct {
  /** The key, if this construct creates it. */
  public readonly key?: KmsKey;
  public readonly bucket: PrivateBucket;
  /** The bucket's name, which becomes known once public access to it is blocked. */
  public readonly bucketName: string;
  public readonly bucketArn: string;
  public readonly keyArn: string;
  /** The resources that protect the bucket and must exist before anything is written to it. */
  public readonly protections: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CanaryArtifactsProps) {
    admitConstruct("CanaryArtifacts", scope, id, props);
    super(scope, id);
    const tags = { ...props.tags, Name: `${props.name}-artifacts` };
    let { kmsKeyArn } = props;
    if (kmsKeyArn === undefined) {
      this.key = new KmsKey(this, "key", {
        description: `Artifacts of the canary ${props.name}`,
        enableKeyRotation: true,
        policy: keyPolicy({ partition: props.partition, accountId: props.accountId }),
        tags,
      });
      kmsKeyArn = this.key.arn;
    }
    this.keyArn = kmsKeyArn;
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
