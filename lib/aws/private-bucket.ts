/** A bucket that keeps every version, encrypts with one key, and answers neither the public nor a connection without TLS. */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { admitConstruct } from "../core/door/admit";

/** Properties of a {@link PrivateBucket}. */
export interface PrivateBucketProps {
  /** The prefix of its name; Terraform adds to it. At most 37 characters. */
  readonly namePrefix: string;
  readonly kmsKeyArn: string;
  readonly tags: Readonly<Record<string, string>>;
  /**
   * The age at which current objects expire, in days.
   * @default - they do not expire
   */
  readonly expireDays?: number;
  /**
   * The age at which versions that are no longer current are deleted, in days.
   * @default 90
   */
  readonly noncurrentDays?: number;
}

const DEFAULT_NONCURRENT_DAYS = 90;

/** A bucket with versions, encrypted, closed to the public, reached over TLS alone. */
export class PrivateBucket extends Construct {
  public readonly bucket: S3Bucket;
  public readonly versioning: S3BucketVersioningA;
  public readonly encryption: S3BucketServerSideEncryptionConfigurationA;
  public readonly publicAccessBlock: S3BucketPublicAccessBlock;
  public readonly ownership: S3BucketOwnershipControls;
  public readonly policy: S3BucketPolicy;
  public readonly lifecycleConfiguration: S3BucketLifecycleConfiguration;
  public readonly arn: string;
  /** The bucket's name. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    admitConstruct("PrivateBucket", scope, id, props);
    super(scope, id);
    this.bucket = new S3Bucket(this, "bucket", {
      bucketPrefix: props.namePrefix,
      forceDestroy: false,
      tags: props.tags,
    });
    const bucket = (this.name = this.bucket.id);
    this.arn = this.bucket.arn;
    this.versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    this.encryption = new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: props.kmsKeyArn },
          bucketKeyEnabled: true,
        },
      ],
    });
    this.publicAccessBlock = new S3BucketPublicAccessBlock(this, "public-access-block", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    this.ownership = new S3BucketOwnershipControls(this, "ownership", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    this.policy = new S3BucketPolicy(this, "policy", {
      bucket,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "OnlyWithTls",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [this.arn, `${this.arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          {
            Sid: "OnlyWithTls12",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [this.arn, `${this.arn}/*`],
            Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
          },
        ],
      }),
      // S3 refuses two changes to a bucket's access at the same moment.
      dependsOn: [this.publicAccessBlock],
    });
    this.lifecycleConfiguration = new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: "tidy",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          noncurrentVersionExpiration: [{ noncurrentDays: props.noncurrentDays ?? DEFAULT_NONCURRENT_DAYS }],
          ...(props.expireDays === undefined ? {} : { expiration: [{ days: props.expireDays }] }),
        },
      ],
      // Without versions there are none that could expire.
      dependsOn: [this.versioning],
    });
  }
}
