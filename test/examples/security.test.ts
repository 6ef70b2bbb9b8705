/**
 * The security defaults, over the synthesized Terraform and the artifacts of all examples. A check that cannot fail says
 * nothing, so each is first shown something bad.
 */
import { beforeAll, describe, expect, it } from "@jest/globals";
import { walks } from "../deploy/walks";
import { exampleNames } from "../support/examples";
import { accessChecks } from "../support/access-checks";
import { securityChecks as ownChecks } from "../support/security-checks";
import { synthesizeExample, type SynthesizedStack } from "../support/synthesize-example";

const securityChecks = { ...ownChecks, ...accessChecks };

type Check = keyof typeof securityChecks;
type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const CHECKS = Object.keys(securityChecks) as Check[];

const WHAT: Readonly<Record<Check, string>> = {
  encryptedAtRest: "encrypts every data store at rest",
  keysRotate: "rotates every key",
  noWildcardPermissions: "allows no wildcard action on a wildcard resource",
  noPublicIngress: "lets nobody in from the whole internet",
  noPlainSecrets: "writes no secret, neither into the Terraform nor into an artifact",
  protectedFromDeletion: "protects data stores from deletion, and has them leave a snapshot",
  bucketsArePrivate: "blocks public access to every bucket",
  bucketsRequireTls: "has every bucket require TLS",
  metadataNeedsToken: "takes instance metadata by version 2 only",
  vpcsAreClosed: "closes the default security group of every VPC, and records its flows",
  rulesSayWho: "says of every security group rule who talks to whom",
  nothingCallsOut: "lets nothing call the whole internet but what was seen to do so",
  endpointsHavePolicies: "has a policy for every VPC endpoint, which not everybody passes",
  serviceRolesAreBound: "binds every service role to its account",
  policiesAreOwn: "attaches no policy of AWS's that a narrow one could stand for",
  writesAreNarrow: "names the resources of every action that writes",
  logsAreKept: "keeps every log for a year",
  finalDatabasesUpgrade: "has RDS install minor versions once a database is final",
  certificatesAreVerified: "has DMS verify the certificates of databases",
};

const stackOf = (resource: Resources, artifacts: Readonly<Record<string, string>> = {}): SynthesizedStack => ({
  name: "s",
  terraform: { resource },
  written: { resource },
  artifacts,
});
const policyOf = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });

const bucket = "${aws_s3_bucket.a.id}";
const tls = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const goodBlock = {
  bucket,
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const goodDatabase = {
  storage_encrypted: true,
  kms_key_id: "key",
  deletion_protection: true,
  skip_final_snapshot: false,
  final_snapshot_identifier: "a-final",
  backup_retention_period: 14,
  auto_minor_version_upgrade: true,
  lifecycle: { ignore_changes: ["engine_version"] },
};
const ofVpc = { vpc_id: "${aws_vpc.a.id}" };
const assumedBy = (Service: string, Condition?: object): object => ({
  Effect: "Allow",
  Principal: { Service },
  Action: "sts:AssumeRole",
  ...(Condition === undefined ? {} : { Condition }),
});
const kms = { rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms" } }] };
const allow = (Action: unknown, Resource: unknown): object => ({ Effect: "Allow", Action, Resource });

/** Compliant documents, in which no check may find anything. */
const GOOD: SynthesizedStack = stackOf(
  {
    aws_s3_bucket: { a: { force_destroy: false } },
    aws_s3_bucket_server_side_encryption_configuration: { a: { bucket, ...kms } },
    aws_s3_bucket_public_access_block: { a: goodBlock },
    aws_s3_bucket_policy: { a: { bucket, policy: policyOf(tls) } },
    aws_db_instance: { a: goodDatabase },
    aws_efs_file_system: { a: { encrypted: true, kms_key_id: "key" } },
    aws_efs_backup_policy: {
      a: { file_system_id: "${aws_efs_file_system.a.id}", backup_policy: { status: "ENABLED" } },
    },
    aws_instance: {
      a: {
        disable_api_termination: true,
        metadata_options: { http_tokens: "required" },
        root_block_device: { encrypted: true },
      },
    },
    aws_kms_key: { a: { enable_key_rotation: true, policy: policyOf(allow("kms:*", "*")) } },
    aws_iam_role_policy: {
      a: { policy: policyOf(allow("s3:Get*", "arn:aws:s3:::b/*"), allow("ec2:DescribeHosts", "*")) },
    },
    aws_secretsmanager_secret_version: {
      a: { secret_string_wo: "${ephemeral.x.y.secret_string}" },
      b: { secret_string_wo: 'postgresql://shop:${urlencode(jsondecode("{}")["password"])}@${var.host}:5432/shop' },
      c: { secret_string_wo: "Server=db;User Id=shop;Password=${local.password};" },
    },
    aws_vpn_connection: { a: { tunnel1_preshared_key: "k${data.x.y.random_password}" } },
    aws_ssm_document: {
      a: { content: '{"key":"password","arn":"arn:aws:secretsmanager:eu-central-1:1:secret:shop","hasPassword":true}' },
    },
    aws_synthetics_canary: { a: { artifact_config: { s3_encryption: { encryption_mode: "SSE_KMS" } } } },
    aws_vpc_security_group_egress_rule: {
      a: { cidr_ipv4: "0.0.0.0/0", description: "shop--web to 0.0.0.0/0: observed at the source" },
    },
    aws_vpc: { a: {} },
    aws_default_security_group: { a: ofVpc },
    aws_flow_log: { a: ofVpc },
    aws_vpc_endpoint: { a: { policy: policyOf({ ...allow("*", "*"), Condition: { Bool: {} } }) } },
    aws_iam_role: {
      a: { assume_role_policy: policyOf(assumedBy("ec2.amazonaws.com")) },
      b: { assume_role_policy: policyOf(assumedBy("x.amazonaws.com", { StringEquals: { "aws:SourceAccount": "1" } })) },
    },
    aws_cloudwatch_log_group: { a: { kms_key_id: "key", retention_in_days: 365 } },
    aws_dms_endpoint: { a: { kms_key_arn: "key", ssl_mode: "verify-full" } },
  },
  { "values.csv": "connection,postgresql://shop:{{password}}@db/shop\r\nkey,password,{{password}}\r\n" },
);

/** Something bad of each kind, each to be found alone. */
const BAD: Readonly<Record<Check, readonly [what: string, stack: SynthesizedStack, found: string][]>> = {
  encryptedAtRest: [
    ...(
      [
        ["aws_ebs_volume", { size: 1 }],
        ["aws_ebs_snapshot_import", { encrypted: false }],
        ["aws_instance", { root_block_device: [{ encrypted: false }] }],
        ["aws_db_instance", { ...goodDatabase, storage_encrypted: false }],
        ["aws_db_instance", { ...goodDatabase, performance_insights_enabled: true }],
        ["aws_rds_cluster", { ...goodDatabase, kms_key_id: undefined }],
        ["aws_efs_file_system", { encrypted: false }],
        ["aws_fsx_windows_file_system", {}],
        ["aws_s3_bucket", {}],
        ["aws_s3_object", { content: "x" }],
        ["aws_sqs_queue", {}],
        ["aws_sns_topic", { name: "t" }],
        ["aws_cloudwatch_log_group", { name: "l" }],
        ["aws_ssm_parameter", { type: "String", value: "x" }],
        ["aws_dms_replication_instance", {}],
        ["aws_dms_endpoint", {}],
        ["aws_dms_replication_config", { compute_config: {} }],
        ["aws_dynamodb_table", {}],
        ["aws_synthetics_canary", {}],
        // A store that nobody has thought about is one that nobody has looked at.
        ["aws_redshift_cluster", { encrypted: true }],
      ] as const
    ).map(([type, attributes]): [string, SynthesizedStack, string] => [
      type,
      stackOf({ [type]: { a: attributes } }),
      `s/${type}.a`,
    ]),
    [
      "another bucket's encryption",
      stackOf({
        aws_s3_bucket: { b: {} },
        aws_s3_bucket_server_side_encryption_configuration: { a: { bucket, ...kms } },
      }),
      "s/aws_s3_bucket.b",
    ],
  ],
  keysRotate: [["a key for ever", stackOf({ aws_kms_key: { a: {} } }), "s/aws_kms_key.a"]],
  noWildcardPermissions: [
    [
      "everything",
      stackOf({ aws_iam_policy: { a: { policy: policyOf(allow("*", "*")) } } }),
      "s/aws_iam_policy.a.policy",
    ],
    [
      "all of a service in a list",
      stackOf({ aws_iam_role_policy: { a: { policy: policyOf(allow(["logs:PutLogEvents", "s3:*"], ["*"])) } } }),
      "s/aws_iam_role_policy.a.policy",
    ],
    [
      "part of a service",
      stackOf({ aws_iam_role_policy: { a: { policy: policyOf(allow("ec2:Describe*", "*")) } } }),
      "s/aws_iam_role_policy.a.policy",
    ],
    [
      "all but one",
      stackOf({ aws_iam_policy: { a: { policy: policyOf({ Effect: "Allow", NotAction: "iam:*", Resource: "a" }) } } }),
      "s/aws_iam_policy.a.policy",
    ],
  ],
  noPublicIngress: [
    [
      "a rule",
      stackOf({ aws_vpc_security_group_ingress_rule: { a: { cidr_ipv4: "0.0.0.0/0" } } }),
      "s/aws_vpc_security_group_ingress_rule.a",
    ],
    [
      "a rule for IPv6",
      stackOf({ aws_vpc_security_group_ingress_rule: { a: { cidr_ipv6: "::/0" } } }),
      "s/aws_vpc_security_group_ingress_rule.a",
    ],
    [
      "a rule inside its group",
      stackOf({ aws_security_group: { a: { ingress: [{ cidr_blocks: ["0.0.0.0/0"] }] } } }),
      "s/aws_security_group.a",
    ],
    [
      "a rule of the old kind",
      stackOf({ aws_security_group_rule: { a: { type: "ingress", cidr_blocks: ["0.0.0.0/0"] } } }),
      "s/aws_security_group_rule.a",
    ],
    ["a public database", stackOf({ aws_db_instance: { a: { publicly_accessible: true } } }), "s/aws_db_instance.a"],
  ],
  noPlainSecrets: [
    [
      "a password",
      stackOf({ aws_db_instance: { a: { password: "hunter2" } } }),
      "s.resource.aws_db_instance.a.password",
    ],
    [
      "a key between two gateways",
      stackOf({ aws_vpn_connection: { a: { tunnel1_preshared_key: "x".repeat(20) } } }),
      "s.resource.aws_vpn_connection.a.tunnel1_preshared_key",
    ],
    [
      "a secret's text",
      stackOf({ aws_secretsmanager_secret_version: { a: { secret_string_wo: "hunter2" } } }),
      "s.resource.aws_secretsmanager_secret_version.a.secret_string_wo",
    ],
    [
      "a password in a URL",
      stackOf({ aws_ssm_parameter: { a: { insecure_value: "postgresql://shop:hunter2@db/shop" } } }),
      "s.resource.aws_ssm_parameter.a.insecure_value",
    ],
    [
      "a secret with a reference in it",
      stackOf({ aws_secretsmanager_secret_version: { a: { secret_string_wo: "hunter2${var.x}" } } }),
      "s.resource.aws_secretsmanager_secret_version.a.secret_string_wo",
    ],
    [
      "a password in a URL with a reference before it",
      stackOf({ aws_ssm_parameter: { a: { insecure_value: "amqp://${var.user}:${var.x}hunter2@${var.host}/" } } }),
      "s.resource.aws_ssm_parameter.a.insecure_value",
    ],
    [
      "a password in an object of a bucket",
      stackOf({ aws_s3_object: { a: { content: "db.host=${var.host}\ndb.password=hunter2\n" } } }),
      "s.resource.aws_s3_object.a.content",
    ],
    [
      "a password in what an instance runs first",
      stackOf({ aws_instance: { a: { user_data: "#!/bin/sh\nexport DB_PASSWORD='hunter2'\n" } } }),
      "s.resource.aws_instance.a.user_data",
    ],
    [
      "a password in a document",
      stackOf({ aws_ssm_document: { a: { content: JSON.stringify({ step: '{"password": "hunter2"}' }) } } }),
      "s.resource.aws_ssm_document.a.content",
    ],
    [
      "a password in an environment",
      stackOf({ aws_synthetics_canary: { a: { run_config: { environment_variables: { DB_PASSWORD: "hunter2" } } } } }),
      "s.resource.aws_synthetics_canary.a.run_config.environment_variables.DB_PASSWORD",
    ],
    ["a password in a file", stackOf({}, { "app.properties": "db.password=hunter2\n" }), "s/app.properties"],
    ["a URL in a file", stackOf({}, { "values.csv": "a,redis://:x@h,amqp://u:p4ss@h" }), "s/values.csv"],
    ["a private key", stackOf({}, { "runbook.md": "-----BEGIN RSA PRIVATE KEY-----" }), "s/runbook.md"],
    ["an access key", stackOf({}, { "x.json": `{"key":"AKIA${"A".repeat(16)}"}` }), "s/x.json"],
  ],
  protectedFromDeletion: [
    [
      "no protection",
      stackOf({ aws_db_instance: { a: { ...goodDatabase, deletion_protection: false } } }),
      "s/aws_db_instance.a",
    ],
    [
      "no snapshot",
      stackOf({ aws_rds_cluster: { a: { ...goodDatabase, skip_final_snapshot: true } } }),
      "s/aws_rds_cluster.a",
    ],
    [
      "few backups",
      stackOf({ aws_db_instance: { a: { ...goodDatabase, backup_retention_period: 1 } } }),
      "s/aws_db_instance.a",
    ],
    ["a table", stackOf({ aws_dynamodb_table: { a: {} } }), "s/aws_dynamodb_table.a"],
    ["a file system without backups", stackOf({ aws_efs_file_system: { a: {} } }), "s/aws_efs_file_system.a"],
    ["an instance", stackOf({ aws_instance: { a: {} } }), "s/aws_instance.a"],
    ["a bucket that is emptied", stackOf({ aws_s3_bucket: { a: { force_destroy: true } } }), "s/aws_s3_bucket.a"],
    [
      "a secret that is gone at once",
      stackOf({ aws_secretsmanager_secret: { a: { recovery_window_in_days: 0 } } }),
      "s/aws_secretsmanager_secret.a",
    ],
  ],
  bucketsArePrivate: [
    ["no block", stackOf({ aws_s3_bucket: { a: {} } }), "s/aws_s3_bucket.a"],
    [
      "half a block",
      stackOf({
        aws_s3_bucket: { a: {} },
        aws_s3_bucket_public_access_block: { a: { ...goodBlock, ignore_public_acls: false } },
      }),
      "s/aws_s3_bucket.a",
    ],
  ],
  bucketsRequireTls: [
    ["no policy", stackOf({ aws_s3_bucket: { a: {} } }), "s/aws_s3_bucket.a"],
    [
      "a policy that allows",
      stackOf({
        aws_s3_bucket: { a: {} },
        aws_s3_bucket_policy: { a: { bucket, policy: policyOf({ ...tls, Effect: "Allow" }) } },
      }),
      "s/aws_s3_bucket.a",
    ],
    [
      "a policy of reading alone",
      stackOf({
        aws_s3_bucket: { a: {} },
        aws_s3_bucket_policy: { a: { bucket, policy: policyOf({ ...tls, Action: "s3:GetObject" }) } },
      }),
      "s/aws_s3_bucket.a",
    ],
  ],
  vpcsAreClosed: [
    ["no flow logs", stackOf({ aws_vpc: { a: {} }, aws_default_security_group: { a: ofVpc } }), "s/aws_vpc.a"],
    ["an open default group", stackOf({ aws_vpc: { a: {} }, aws_flow_log: { a: ofVpc } }), "s/aws_vpc.a"],
    [
      "those of another VPC",
      stackOf({ aws_vpc: { b: {} }, aws_default_security_group: { a: ofVpc }, aws_flow_log: { a: ofVpc } }),
      "s/aws_vpc.b",
    ],
  ],
  rulesSayWho: [
    [
      "no description",
      stackOf({ aws_vpc_security_group_ingress_rule: { a: { cidr_ipv4: "10.0.0.0/8" } } }),
      "s/aws_vpc_security_group_ingress_rule.a",
    ],
    [
      "one of one end",
      stackOf({ aws_vpc_security_group_egress_rule: { a: { description: "Secrets Manager" } } }),
      "s/aws_vpc_security_group_egress_rule.a",
    ],
  ],
  nothingCallsOut: [
    [
      "HTTPS to everywhere",
      stackOf({
        aws_vpc_security_group_egress_rule: {
          a: { cidr_ipv4: "0.0.0.0/0", description: "The replication to Secrets Manager" },
        },
      }),
      "s/aws_vpc_security_group_egress_rule.a",
    ],
  ],
  endpointsHavePolicies: [
    ["no policy", stackOf({ aws_vpc_endpoint: { a: {} } }), "s/aws_vpc_endpoint.a"],
    [
      "AWS's default",
      stackOf({ aws_vpc_endpoint: { a: { policy: policyOf({ ...allow("*", "*"), Principal: "*" }) } } }),
      "s/aws_vpc_endpoint.a",
    ],
  ],
  serviceRolesAreBound: [
    [
      "any account's service",
      stackOf({ aws_iam_role: { a: { assume_role_policy: policyOf(assumedBy("vpc-flow-logs.amazonaws.com")) } } }),
      "s/aws_iam_role.a",
    ],
  ],
  policiesAreOwn: [
    [
      "a policy of AWS's",
      stackOf({ aws_iam_role_policy_attachment: { a: { policy_arn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" } } }),
      "s/aws_iam_role_policy_attachment.a",
    ],
  ],
  writesAreNarrow: [
    [
      "any snapshot",
      stackOf({ aws_iam_role_policy: { a: { policy: policyOf(allow(["ec2:CopySnapshot"], "*")) } } }),
      "s/aws_iam_role_policy.a",
    ],
  ],
  logsAreKept: [
    [
      "a season",
      stackOf({ aws_cloudwatch_log_group: { a: { kms_key_id: "key", retention_in_days: 90 } } }),
      "s/aws_cloudwatch_log_group.a",
    ],
  ],
  finalDatabasesUpgrade: [
    [
      "no upgrades",
      stackOf({ aws_db_instance: { a: { ...goodDatabase, auto_minor_version_upgrade: false } } }),
      "s/aws_db_instance.a",
    ],
    [
      "a plan that takes them back",
      stackOf({ aws_db_instance: { a: { ...goodDatabase, lifecycle: { ignore_changes: [] } } } }),
      "s/aws_db_instance.a",
    ],
  ],
  certificatesAreVerified: [
    ["whoever answers", stackOf({ aws_dms_endpoint: { a: { ssl_mode: "require" } } }), "s/aws_dms_endpoint.a"],
  ],
  metadataNeedsToken: [
    [
      "version 1",
      stackOf({ aws_instance: { a: { metadata_options: [{ http_tokens: "optional" }] } } }),
      "s/aws_instance.a",
    ],
  ],
};

describe.each(CHECKS)("the check %s", (check) => {
  it.each(BAD[check])("finds %s", (_what, stack, found) => {
    expect(securityChecks[check]([stack])).toEqual([found]);
  });

  it("complains of nothing that is right", () => {
    expect(securityChecks[check]([GOOD])).toEqual([]);
  });
});

/** Each example in each of its stages: what is let in from outside differs by stage. One without a walk has none. */
const STAGES = exampleNames().flatMap((name): [example: string, stage: string, options: object][] => {
  const walk = walks[name];
  if (walk === undefined) return [[name, "as declared", {}]];
  return [...new Set(walk.stages)].map((stage) => [name, stage, walk.options?.(stage) ?? { stage }]);
});

describe.each(STAGES)("examples/%s in the stage %s", (name, _stage, options) => {
  let stacks: SynthesizedStack[] = [];
  beforeAll(async () => {
    stacks = await synthesizeExample(name, options);
  }, 120_000);

  it.each(CHECKS.map((check) => [WHAT[check], check] as const))("%s", (_what, check) => {
    expect(securityChecks[check](stacks)).toEqual([]);
  });
});
