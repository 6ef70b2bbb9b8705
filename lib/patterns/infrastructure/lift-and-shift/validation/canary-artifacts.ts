/** Where a canary leaves what it saw: a private bucket, encrypted with a key of its own, that forgets after a while. */
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

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
  public readonly bucket: S3Bucket;
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
    this.bucket = new S3Bucket(this, "bucket", { bucketPrefix: "canary-artifacts-", tags });
    const bucket = this.bucket.id;
    this.bucketName = bucket;
    this.bucketArn = this.bucket.arn;
    const publicAccess = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.keyArn },
          bucketKeyEnabled: true,
        },
      ],
    });
    const ownership = new S3BucketOwnershipControls(this, "ownership", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const policy = new S3BucketPolicy(this, "policy", {
      bucket,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [this.bucketArn, `${this.bucketArn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
      // Both change the bucket's access settings, and S3 refuses two such changes at once.
      dependsOn: [publicAccess],
    });
    new S3BucketLifecycleConfiguration(this, "expiry", {
      bucket,
      rule: [
        {
          id: "expire-artifacts",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: props.retentionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
    this.protections = [publicAccess, encryption, ownership, policy];
  }
}
