/**
 * The failures of checkov that the library's defaults have, and why. `npm run test:policy` fails on a failure that is not in the list,
 * and on an entry of which there is no failure any more; `docs/security.md` is generated from it.
 */

/** A kind of failure that is accepted: one check at one type of resource. */
export interface AcceptedFailure {
  /** The check: `CKV_AWS_189`. */
  readonly check: string;
  /** The type of the resource: `aws_ebs_volume`. */
  readonly type: string;
  /** What the check asks for. */
  readonly asks: string;
  readonly why: string;
  /** How a user has it nevertheless; undefined where it is impossible by its nature. */
  readonly switchedOn?: string;
  /**
   * The form in which it is found.
   * @default - in both
   */
  readonly form?: "plan" | "json";
}

const DISKS = {
  asks: "a customer-managed key",
  why: "the disk is encrypted with the account's default key for EBS; another key is another volume, so it is decided before the first disk is made",
};

/** All accepted failures. */
export const acceptedFailures: readonly AcceptedFailure[] = [
  {
    check: "CKV_AWS_189",
    type: "aws_ebs_volume",
    ...DISKS,
    switchedOn: "`fleet.kmsKeyArn` of `LiftAndShift`, before the first deployment",
  },
  {
    check: "CKV2_AWS_34",
    type: "aws_ssm_parameter",
    asks: "a SecureString",
    why: "it holds the name of a stage, a description of a migration or a plain setting, which a plan must be able to show; a value that is a secret is a SecureString",
  },
  {
    check: "CKV_AWS_337",
    type: "aws_ssm_parameter",
    asks: "a customer-managed key",
    why: "a SecureString is encrypted with the account's own key for Systems Manager",
    switchedOn: "`kmsKeyId` of `ConfigurationCutover`",
  },
  {
    check: "CKV_AWS_319",
    type: "aws_cloudwatch_metric_alarm",
    asks: "actions that are enabled",
    why: "until the target serves, an alarm shows what it sees and wakes nobody; a stage switches its actions on",
    switchedOn: "the stage: `cutover` of Lift and Shift, `verify` of Hybrid Cloud",
  },
  {
    check: "CKV2_AWS_23",
    type: "aws_route53_record",
    asks: "a record of a resource in the same stack",
    why: "a migration's record leads to the source and to the target, which are of other stacks or no resources at all",
  },
  {
    check: "CKV_AWS_149",
    type: "aws_secretsmanager_secret",
    asks: "a customer-managed key",
    why: "a secret is encrypted with the account's own key for Secrets Manager, which nobody of another account can use",
    switchedOn: "`kmsKeyId` of `PreSharedKey.generated()`, `kmsKeyId` of `ConfigurationCutover`",
  },
  {
    check: "CKV2_AWS_57",
    type: "aws_secretsmanager_secret",
    asks: "automatic rotation",
    why: "both ends of a tunnel, or the application, must take a new value at the same time, which no rotation by AWS alone can do; the runbook has the steps",
  },
  {
    check: "CKV_AWS_297",
    type: "aws_scheduler_schedule",
    asks: "a customer-managed key",
    why: "the schedule holds the ARN of a function and no data; EventBridge encrypts it with a key of its own",
    switchedOn: '`addOverride("kms_key_arn", …)` on `probe.schedule`',
  },
  {
    check: "CKV_AWS_18",
    type: "aws_s3_bucket",
    asks: "access logs",
    why: "they need a bucket that outlives the migration, which is the account's",
    switchedOn: "`S3BucketLoggingA` of the provider for the construct's `bucket`",
  },
  {
    check: "CKV2_AWS_62",
    type: "aws_s3_bucket",
    asks: "event notifications",
    why: "nobody waits for these objects: screenshots, reports and files that an agent fetches",
    switchedOn: "`S3BucketNotification` of the provider for the construct's `bucket`",
  },
  {
    check: "CKV_AWS_144",
    type: "aws_s3_bucket",
    asks: "replication to another region",
    why: "what is in these buckets is at its source, or in the code, and residency may forbid a second region",
    switchedOn: "`S3BucketReplicationConfigurationA` of the provider for the construct's `bucket`",
  },
  {
    check: "CKV2_AWS_38",
    type: "aws_route53_zone",
    asks: "DNSSEC",
    why: "it needs a key in us-east-1 and a record at the parent zone, and a zone that is signed and not yet chained, or unsigned too early, is a zone that nobody resolves",
    switchedOn: "`Route53HostedZoneDnssec` of the provider for the zone, and the DS record at its parent",
  },
  {
    check: "CKV2_AWS_39",
    type: "aws_route53_zone",
    asks: "query logs",
    why: "they need a log group in us-east-1, and a private zone has none: the check cannot tell in Terraform's JSON which it is",
    switchedOn: "`Route53QueryLog` of the provider for a public zone, with a log group in us-east-1",
    form: "json",
  },
  {
    check: "CKV_AWS_118",
    type: "aws_db_instance",
    asks: "enhanced monitoring",
    why: "it costs by the metric, and Performance Insights, which is on, shows what a move has to watch",
    switchedOn: '`addOverride("monitoring_interval", …)` on `server.instance`, with a role',
  },
  {
    check: "CKV_AWS_161",
    type: "aws_db_instance",
    asks: "IAM authentication",
    why: "the application that is moved has a password and goes on with it",
    switchedOn: '`addOverride("iam_database_authentication_enabled", true)` on `server.instance`',
  },
  {
    check: "CKV_AWS_226",
    type: "aws_db_instance",
    asks: "minor upgrades by itself",
    why: "in the middle of a move a new version would be one change more; it is on in the last stage",
    switchedOn: "the stage: the last one",
  },
  {
    check: "CKV_AWS_222",
    type: "aws_dms_replication_instance",
    asks: "minor upgrades by itself",
    why: "an upgrade interrupts the replication, which is destroyed when the move is finalized",
    switchedOn: '`addOverride("auto_minor_version_upgrade", true)` on `replication.instance`',
  },
  {
    check: "CKV_AWS_330",
    type: "aws_efs_access_point",
    asks: "a POSIX user",
    why: "it would make every file the user's own, and the move keeps owners",
  },
  {
    check: "CKV2_AWS_5",
    type: "aws_security_group",
    asks: "a resource that uses the group",
    why: "a DataSync location names it in a block that checkov does not follow",
  },
];
