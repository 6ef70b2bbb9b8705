/** Schemas common to the props of the data constructs. Values that Terraform may only know later go through tokenOr. */
import { z } from "zod";
import type { MigrationHost, MigrationPartProps } from "../../core/migration-part";
import { listTokenOr, tokenOr } from "../../core/tokens";
import { Cidr } from "../../network/cidr";

/** The schema of a text that may be a token. */
export const textOrToken = tokenOr(z.string().min(1));

/** Returns the schema of the ARN of a service's resource. */
export function arnOf(service: string, example: string): z.ZodType<string, string> {
  return tokenOr(
    z.string().regex(new RegExp(`^arn:[a-z-]+:${service}:`), `must be an ARN of ${service}, like ${example}`),
  );
}

/** The schema of the ARN of a KMS key. */
export const kmsKeyArn = arnOf("kms", "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
/** The schema of the ARN of a secret. */
export const secretArn = arnOf(
  "secretsmanager",
  "arn:aws:secretsmanager:eu-central-1:111122223333:secret:orders-a1b2c3",
);
/** The schema of the ARN of a bucket. */
export const bucketArn = arnOf("s3", "arn:aws:s3:::reports");
/** The schema of the ARNs of SNS topics. */
export const topicArns = listTokenOr(z.array(arnOf("[a-z0-9-]+", "arn:aws:sns:eu-central-1:111122223333:migration")));
/** The schema of the ARN of an IAM role. */
export const roleArn = arnOf("iam", "arn:aws:iam::111122223333:role/migration");
/** The schema of the ARN of a log group. */
export const logGroupArn = arnOf("logs", "arn:aws:logs:eu-central-1:111122223333:log-group:/migration");

const idOf = (prefix: string): z.ZodType<string, string> =>
  tokenOr(z.string().regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `must be an id like ${prefix}-0a1b2c3d4e5f60718`));

/** The schema of the id of a VPC. */
export const vpcId = idOf("vpc");
/** The schema of the id of a subnet. */
export const subnetId = idOf("subnet");
/** The schema of the id of a security group. */
export const securityGroupId = idOf("sg");
/** The schema of the ids of existing security groups, of which AWS takes five for one interface. */
export const securityGroupIds = z.array(securityGroupId).min(1).max(5);

/** The schema of an IPv4 block without host bits. */
export const ipv4Cidr = tokenOr(
  z
    .string()
    .refine(
      (value) => Cidr.tryParse(value)?.version === 4,
      "must be an IPv4 block without host bits, like 10.10.3.0/24",
    ),
);

/** The schema of a port number. */
export const port = z.int().min(1).max(65_535);

/** The id of a subnet with its availability zone. */
export interface ZonedSubnet {
  readonly id: string;
  /** The zone's name, `eu-central-1a`. */
  readonly availabilityZone: string;
}

/** The schema of a list of {@link ZonedSubnet}. */
export const zonedSubnets = z
  .array(z.strictObject({ id: subnetId, availabilityZone: textOrToken }))
  .min(1, "must name at least one subnet");

/** Properties common to all data constructs. */
export interface DataProps<Host extends MigrationHost = MigrationHost> extends MigrationPartProps<Host> {
  /**
   * The prefix of the names of AWS resources: lower-case letters, digits and dashes, at most 40 characters.
   * @default - derived from the construct's path
   */
  readonly name?: string;
  /**
   * The region's name, for the principals and ARNs of policies.
   * @default - looked up by a data source when Terraform runs
   */
  readonly region?: string;
  /**
   * The account's id.
   * @default - looked up by a data source when Terraform runs
   */
  readonly accountId?: string;
  /**
   * ARN of the KMS key of all resources that the construct creates. It is left as it is: its policy must let CloudWatch Logs of
   * the region use it, for which `requiredKeyPolicyStatements` of a move has the statement.
   * @default - a key of its own, rotated every year. About 1 USD a month
   */
  readonly kmsKeyArn?: string;
  /**
   * Tags on every taggable resource, in addition to the migration's own.
   * @default - the migration's tags and the Name tag alone
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The schemas of {@link DataProps}, without the migration. */
export const dataProps = {
  name: z
    .string()
    .max(40)
    .regex(
      /^[a-z](?:-?[a-z0-9])*$/,
      "must be lower-case letters, digits and single dashes, beginning with a letter, like orders-db",
    )
    .optional(),
  region: textOrToken.optional(),
  accountId: tokenOr(z.string().regex(/^\d{12}$/, "must be the 12 digits of an account")).optional(),
  kmsKeyArn: kmsKeyArn.optional(),
  tags: z.record(z.string(), tokenOr(z.string())).optional(),
};

/** The schema of a log group's retention in days. CloudWatch Logs API reference, PutRetentionPolicy. */
export const retentionDays = z.union(
  [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653].map(
    (days) => z.literal(days),
  ),
  "must be a retention that CloudWatch Logs accepts: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 …",
);
