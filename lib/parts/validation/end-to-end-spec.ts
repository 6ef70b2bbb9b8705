/**
 * Specifications of the catalog's `end_to_end_testing`: a script for CloudWatch Synthetics, or a CodeBuild project or
 * Lambda function that the user has already.
 */
import { z } from "zod";
import { tokenOr } from "../../core/tokens";
import { CANARY_RUNTIME_NAME } from "./canary-runtimes";

/** The location of a canary's script: an object in S3, or a zip file. */
export type CanaryCode =
  | {
      readonly bucket: string;
      readonly key: string;
      /** @default - the object as it is when Terraform makes the canary */
      readonly version?: string;
    }
  | {
      /** The path of a zip file that Terraform uploads, such as the path of a `TerraformAsset`. */
      readonly zipFile: string;
    };

/**
 * A test by a CloudWatch Synthetics script that acts as a user does. 0.0012 USD a run, plus the price of its Lambda
 * function and artifacts.
 */
export interface CanaryTest {
  readonly kind: "canary";
  readonly code: CanaryCode;
  /** The entry point of the script: `checkout.handler`. */
  readonly handler: string;
  /** The name of the Synthetics runtime: `syn-nodejs-puppeteer-17.0`. */
  readonly runtimeVersion: string;
  /** Minutes between two runs: 1 to 60. @default 5 */
  readonly everyMinutes?: number;
  /** The timeout of a run in seconds: 3 to 840, and no longer than the time between two runs. @default 60 */
  readonly timeoutSeconds?: number;
  /** The memory of a run in MiB: a multiple of 64 from 960 to 3008. @default 960 */
  readonly memoryMiB?: number;
  /**
   * Environment variables of the script. They are stored in plain text, so never pass a secret.
   * @default - nothing
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * The subnets and security groups that the canary runs in, to reach private endpoints. The subnets need a way to
   * CloudWatch and S3.
   * @default - outside any VPC
   */
  readonly network?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
  /**
   * Retention of the artifacts (screenshots, logs, HAR files) in days. Not with `artifactBucket`, whose owner decides.
   * @default 90
   */
  readonly artifactRetentionDays?: number;
  /**
   * ARN of an existing KMS key of the region for the artifacts, which is left as it is.
   * @default - a key of its own, about 1 USD a month; with `artifactBucket`, the key that AWS manages
   */
  readonly kmsKeyArn?: string;
  /**
   * An existing bucket for the artifacts, which is left as it is: `requiredBucketPolicyStatements` of the `Canary` says what the
   * policy of one in another account needs. The canary writes below `prefix` and its own name.
   * @default - a bucket of its own: versioned, encrypted, private, TLS only
   */
  readonly artifactBucket?: ArtifactBucket;
  /**
   * ARN of an existing role in which the canary runs, which is left as it is: `requiredRolePolicyStatements` of the `Canary` says
   * what it needs.
   * @default - a role of its own
   */
  readonly executionRoleArn?: string;
}

/** An existing bucket for the artifacts of canaries. */
export interface ArtifactBucket {
  /** The bucket's name. */
  readonly name: string;
  /**
   * The prefix of the artifacts in the bucket, without a slash at either end.
   * @default "canaries"
   */
  readonly prefix?: string;
}

/** A test by an existing CodeBuild project, whose build fails if the application is broken. */
export interface CodeBuildTest {
  readonly kind: "code-build";
  /** The project's name, in the stack's account and region. */
  readonly projectName: string;
  /**
   * ARN of an existing role in which EventBridge Scheduler starts the project, which is left as it is:
   * `requiredRolePolicyStatements` of the `Probe` says what it needs.
   * @default - a role of its own
   */
  readonly roleArn?: string;
  /** Minutes between two runs: 5 to 1440. @default 60 */
  readonly everyMinutes?: number;
}

/** A test by an existing Lambda function, which throws if the application is broken. */
export interface LambdaTest {
  readonly kind: "lambda";
  /** The function's ARN, with or without version or alias. */
  readonly functionArn: string;
  /** The function's name, for its metrics. @default - taken from the ARN, which must then be known before Terraform runs */
  readonly functionName?: string;
  /**
   * ARN of an existing role in which EventBridge Scheduler invokes the function, which is left as it is:
   * `requiredRolePolicyStatements` of the `Probe` says what it needs.
   * @default - a role of its own
   */
  readonly roleArn?: string;
  /**
   * The payload that the function is invoked with, as JSON. Never pass a secret.
   * @default - the payload that EventBridge Scheduler sends by itself
   */
  readonly input?: unknown;
  /** Minutes between two runs: 1 to 1440. @default 5 */
  readonly everyMinutes?: number;
}

/** Specification of an end-to-end test of an application. */
export type EndToEndSpec = CanaryTest | CodeBuildTest | LambdaTest;

const id = z.string().min(1);
const roleArn = tokenOr(z.string().regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/, "must be the ARN of an IAM role"));

const canary = z
  .strictObject({
    kind: z.literal("canary"),
    code: z.union(
      [z.strictObject({ bucket: id, key: id, version: id.optional() }), z.strictObject({ zipFile: id })],
      "must be { bucket, key, version } or { zipFile }",
    ),
    handler: tokenOr(z.string().min(1).max(128)),
    runtimeVersion: tokenOr(
      z.string().regex(CANARY_RUNTIME_NAME, "must be the name of a Synthetics runtime, like syn-nodejs-puppeteer-17.0"),
    ),
    everyMinutes: z.int().min(1).max(60).optional(),
    timeoutSeconds: z.int().min(3).max(840).optional(),
    memoryMiB: z.int().min(960).max(3008).multipleOf(64).optional(),
    environment: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/), z.string()).optional(),
    network: z.strictObject({ subnetIds: z.array(id).min(1), securityGroupIds: z.array(id).min(1) }).optional(),
    artifactRetentionDays: z.int().min(1).max(455).optional(),
    kmsKeyArn: tokenOr(z.string().regex(/^arn:[^:]+:kms:/, "must be the ARN of a KMS key")).optional(),
    artifactBucket: z
      .strictObject({
        name: id,
        prefix: z
          .string()
          .regex(
            /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
            "must be a prefix without slashes at its ends, like canaries",
          )
          .optional(),
      })
      .optional(),
    executionRoleArn: roleArn.optional(),
  })
  .refine((test) => test.artifactBucket === undefined || test.artifactRetentionDays === undefined, {
    path: ["artifactRetentionDays"],
    message: "must be left out with artifactBucket: the rules of an existing bucket are its owner's",
  })
  .refine((test) => (test.timeoutSeconds ?? 60) <= (test.everyMinutes ?? 5) * 60, {
    path: ["timeoutSeconds"],
    message: "must be no longer than the time between two runs",
  });

/**
 * The schema of an {@link EndToEndSpec}. Limits: CloudWatch Synthetics API Reference, CreateCanary and
 * CanaryRunConfigInput.
 */
export const endToEndSpecSchema = z.discriminatedUnion("kind", [
  canary,
  z.strictObject({
    kind: z.literal("code-build"),
    projectName: tokenOr(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,254}$/, "must be the name of a CodeBuild project"),
    ),
    everyMinutes: z.int().min(5).max(1440).optional(),
    roleArn: roleArn.optional(),
  }),
  z.strictObject({
    kind: z.literal("lambda"),
    functionArn: tokenOr(
      z
        .string()
        .regex(
          /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9$_-]+)?$/,
          "must be the ARN of a Lambda function",
        ),
    ),
    functionName: id.optional(),
    roleArn: roleArn.optional(),
    input: z.unknown().optional(),
    everyMinutes: z.int().min(1).max(1440).optional(),
  }),
]);
