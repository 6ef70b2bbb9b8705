/**
 * ```ts
 * expect(securityChecks.encryptedAtRest(await synthesizeExample("lift-and-shift"))).toEqual([]);
 * ```
 *
 * The security defaults as checks of synthesized Terraform: each answers where it does not hold. They know nothing of the
 * library's constructs, so that a construct that forgets a default is found as one that a user has written beside them.
 */
import type { SynthesizedStack } from "./synthesize-example";

/** Where the default does not hold, as addresses: `booking/aws_db_instance.orders`. */
export type SecurityCheck = (stacks: readonly Pick<SynthesizedStack, "name" | "terraform" | "artifacts">[]) => string[];

type Stacks = Parameters<SecurityCheck>[0];
type Attributes = Readonly<Record<string, unknown>>;
type Predicate = (attributes: Attributes) => boolean;

export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly address: string;
  readonly attributes: Attributes;
  /** The others of its stack. */
  readonly siblings: (type: string) => readonly Attributes[];
}

export function resourcesOf(stacks: Stacks): Resource[] {
  return stacks.flatMap(({ name, terraform }) =>
    Object.entries(terraform.resource ?? {}).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, attributes]) => ({
        type,
        id,
        address: `${name}/${type}.${id}`,
        attributes,
        siblings: (other: string) => Object.values(terraform.resource?.[other] ?? {}),
      })),
    ),
  );
}

/** A block, which Terraform's JSON has as an object or as a list of them. */
function blocks(value: unknown): Attributes[] {
  return ([value ?? []] as (Attributes | Attributes[])[]).flat();
}

const is =
  (key: string, ...values: unknown[]): Predicate =>
  (attributes) =>
    values.includes(attributes[key]);
const has =
  (...keys: string[]): Predicate =>
  (attributes) =>
    keys.some((key) => attributes[key] !== undefined && attributes[key] !== "");
const every =
  (...predicates: Predicate[]): Predicate =>
  (attributes) =>
    predicates.every((holds) => holds(attributes));
const inBlock =
  (key: string, holds: Predicate): Predicate =>
  (attributes) => {
    const found = blocks(attributes[key]);
    return found.length > 0 && found.every(holds);
  };
/** Where a block is left out, there is nothing to encrypt. */
const inBlockIfAny =
  (key: string, holds: Predicate): Predicate =>
  (attributes) =>
    blocks(attributes[key]).every(holds);

const database = every(is("storage_encrypted", true), has("kms_key_id"));

/** How each kind of data store says that what it holds is encrypted. */
const ENCRYPTED: Readonly<Record<string, Predicate>> = {
  aws_backup_vault: has("kms_key_arn"),
  aws_cloudwatch_log_group: has("kms_key_id"),
  aws_db_instance: every(
    database,
    (each) => each["performance_insights_enabled"] !== true || has("performance_insights_kms_key_id")(each),
  ),
  aws_dms_endpoint: has("kms_key_arn"),
  aws_dms_replication_config: inBlock("compute_config", has("kms_key_id")),
  aws_dms_replication_instance: has("kms_key_arn"),
  aws_dynamodb_table: inBlock("server_side_encryption", is("enabled", true)),
  aws_ebs_snapshot_copy: is("encrypted", true),
  aws_ebs_snapshot_import: is("encrypted", true),
  aws_ebs_volume: is("encrypted", true),
  aws_efs_file_system: every(is("encrypted", true), has("kms_key_id")),
  aws_fsx_windows_file_system: has("kms_key_id"),
  aws_instance: every(
    inBlockIfAny("root_block_device", is("encrypted", true)),
    inBlockIfAny("ebs_block_device", is("encrypted", true)),
  ),
  aws_kinesis_stream: is("encryption_type", "KMS"),
  aws_rds_cluster: database,
  aws_rds_cluster_instance: (each) =>
    each["performance_insights_enabled"] !== true || has("performance_insights_kms_key_id")(each),
  aws_s3_object: has("server_side_encryption"),
  // Secrets Manager encrypts with the account's own key where no other is named, and cannot be told not to.
  aws_secretsmanager_secret: () => true,
  aws_sns_topic: has("kms_master_key_id"),
  aws_sqs_queue: (each) => has("kms_master_key_id")(each) || each["sqs_managed_sse_enabled"] === true,
  aws_ssm_parameter: (each) => is("type", "SecureString")(each) || has("insecure_value")(each),
  aws_synthetics_canary: inBlock("artifact_config", inBlock("s3_encryption", is("encryption_mode", "SSE_KMS"))),
};

/** What sounds like a data store. One of these that is not in the table above has nobody who has thought about it. */
const SOUNDS_LIKE_A_STORE =
  /^aws_(db_instance|rds|dynamodb_table|docdb_cluster|neptune_cluster|redshift|elasticache|memorydb|opensearch|efs_file_system|fsx|s3_bucket|s3_object|sqs_queue|sns_topic|kinesis|dms_(endpoint|replication_(instance|config))|ebs_(volume|snapshot)|instance|launch_template|ami_copy|backup_vault|cloudwatch_log_group|mq_broker|msk|timestream|qldb|secretsmanager_secret|ssm_parameter)(_|$)/;
/** What sounds so and holds nothing by itself. */
const HOLDS_NOTHING =
  /^aws_(s3_bucket|rds_cluster_(parameter_group|role_association)|ebs_snapshot_block_public_access|efs_file_system_policy|sns_topic_(policy|subscription)|sqs_queue_(policy|redrive\w*)|secretsmanager_secret_(version|policy|rotation)|db_instance_role_association|s3_bucket_\w+|instance_\w+|kinesis_resource_policy)$/;

/** Whether one of the settings resources of a bucket is for this one. */
function settingsOf({ id, siblings }: Resource, type: string): Attributes[] {
  return siblings(type).filter((each) => String(each["bucket"]).includes(`aws_s3_bucket.${id}.`));
}

function buckets(stacks: Stacks): Resource[] {
  return resourcesOf(stacks).filter(({ type }) => type === "aws_s3_bucket");
}

export interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: string | readonly string[];
  readonly NotResource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export function statementsIn(text: unknown): Statement[] {
  const { Statement: found } = JSON.parse(String(text)) as { Statement: Statement | Statement[] };
  return [found].flat();
}

export const many = (value: unknown): string[] => [value ?? []].flat().map(String);

const POLICY_ATTRIBUTE = /^(policy|inline_policy|assume_role_policy|policy_document|access_policies)$/;

/** An attribute that names a secret itself, not a reference to one. */
const SECRET =
  /(^|\.)(password|password_wo|master_password|master_password_wo|\w*preshared_key|secret_string|secret_string_wo|auth_token|private_key|value_wo|client_secret)$/;
const KEY_MATERIAL = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/;
/** What stands for a whole expression of Terraform in the patterns below: no text has it. */
const EXPRESSION = "\u0001";
/** A user and a password in a URL, where the password is no reference, no placeholder and no mask. */
const URL_PASSWORD = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"'\\]+:(?!\u0001+@|\$\{|\{\{|\*{3}|<)[^\s/@"'\\]+@/i;
const PASSWORD_NAME = String.raw`(?<![A-Za-z0-9])(?:password|passwd|pwd|secret_?key|api_?key|auth_?token|pre_?shared_?key)\\*["']?\s*[:=]\s*\\*["']?`;
/** `"password": "hunter2"`, `db.password=hunter2` and `DB_PASSWORD=hunter2`. */
const NAMED_PASSWORD = new RegExp(
  String.raw`${PASSWORD_NAME}(?!\$\{|\{\{|\*{3}|<|null\b|none\b|undefined\b|true\b|false\b)[A-Za-z0-9+/_!#%&.-]{4,}`,
  "i",
);
/** A connection string whose password is an expression: the rest of it is no secret. */
const PASSWORD_IS_EXPRESSION = new RegExp(
  String.raw`:\/\/[^\s/:@]*:\u0001@|${PASSWORD_NAME}\u0001(?![A-Za-z0-9])`,
  "i",
);

/** The text with one character for each whole `${…}`. A `$${` is text, and so is what is never closed. */
function withoutExpressions(text: string): string {
  let rest = "";
  for (let at = 0; at < text.length; at++) {
    const end = text.startsWith("$${", at) ? undefined : endOfExpression(text, at);
    if (end === undefined) {
      const step = text.startsWith("$${", at) ? 3 : 1;
      rest += text.slice(at, at + step);
      at += step - 1;
    } else {
      rest += EXPRESSION;
      at = end;
    }
  }
  return rest;
}

function endOfExpression(text: string, start: number): number | undefined {
  if (!text.startsWith("${", start)) return undefined;
  let open = 0;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "{") open++;
    if (text[at] === "}" && --open === 0) return at;
  }
  return undefined;
}

/** How many characters beside an expression are no secret: a key between gateways may not begin with 0, and gets a letter. */
const HARMLESS_CHARACTERS = 3;

/** Whether a value in the Terraform says a secret, by what it is the value of. */
function saysSecret(attribute: string, value: string): boolean {
  const text = withoutExpressions(value);
  const literal = text.replaceAll(EXPRESSION, "");
  const plain = literal.length > (literal === text ? 0 : HARMLESS_CHARACTERS);
  if (SECRET.test(attribute) && plain && !PASSWORD_IS_EXPRESSION.test(text)) return true;
  return [KEY_MATERIAL, URL_PASSWORD, NAMED_PASSWORD].some((pattern) => pattern.test(text));
}

/** The checks, by what holds where they answer nothing. */
export const securityChecks = {
  /** Every data store is encrypted, volumes, snapshots, queues, topics and logs among them. */
  encryptedAtRest: (stacks) => [
    ...resourcesOf(stacks)
      .filter(({ type, attributes }) => {
        const holds = ENCRYPTED[type];
        return holds === undefined ? SOUNDS_LIKE_A_STORE.test(type) && !HOLDS_NOTHING.test(type) : !holds(attributes);
      })
      .map(({ address }) => address),
    ...buckets(stacks)
      .filter((bucket) => {
        const rules = settingsOf(bucket, "aws_s3_bucket_server_side_encryption_configuration").flatMap((each) =>
          blocks(each["rule"]),
        );
        return !rules.some((rule) =>
          inBlock("apply_server_side_encryption_by_default", is("sse_algorithm", "aws:kms"))(rule),
        );
      })
      .map(({ address }) => address),
  ],

  /** Keys of our own are rotated. */
  keysRotate: (stacks) =>
    resourcesOf(stacks)
      .filter(({ type, attributes }) => type === "aws_kms_key" && attributes["enable_key_rotation"] !== true)
      .map(({ address }) => address),

  /** No policy allows an action with a wildcard on a resource with nothing but one. */
  noWildcardPermissions: (stacks) =>
    resourcesOf(stacks).flatMap(({ type, address, attributes }) => {
      const found: string[] = [];
      for (const [key, value] of Object.entries(attributes)) {
        // In a key's policy "*" is the key that it is attached to, and the only way to name it (AWS KMS Developer Guide).
        if (!POLICY_ATTRIBUTE.test(key) || typeof value !== "string" || type === "aws_kms_key") continue;
        // That of an endpoint grants nothing: it says whose calls pass, which `access-checks.ts` looks at.
        if (type === "aws_vpc_endpoint") continue;
        if (/^\$\{[^}]*\}$/.test(value)) continue;
        for (const { Effect, Action, NotAction, Resource, NotResource } of statementsIn(value)) {
          if (Effect !== "Allow") continue;
          const everything = many(Resource).includes("*") && many(Action).some((action) => action.includes("*"));
          if (everything || NotAction !== undefined || NotResource !== undefined) found.push(`${address}.${key}`);
        }
      }
      return found;
    }),

  /** Nobody is let in from the whole internet, and nothing has an address there. */
  noPublicIngress: (stacks) =>
    resourcesOf(stacks)
      .filter(({ type, attributes }) => {
        const text = JSON.stringify(attributes);
        const everybody = /"(0\.0\.0\.0|::)\/0"/.test(text);
        if (type === "aws_vpc_security_group_ingress_rule") return everybody;
        if (type === "aws_security_group_rule") return everybody && attributes["type"] === "ingress";
        if (type === "aws_security_group" || type === "aws_default_security_group") {
          return /"(0\.0\.0\.0|::)\/0"/.test(JSON.stringify(attributes["ingress"] ?? ""));
        }
        return attributes["publicly_accessible"] === true || attributes["associate_public_ip_address"] === true;
      })
      .map(({ address }) => address),

  /** No secret is written down, neither in the Terraform nor in a file beside it. */
  noPlainSecrets: (stacks) =>
    stacks.flatMap(({ name, terraform, artifacts }) => {
      const found: string[] = [];
      const look = (value: unknown, at: string, key: string): void => {
        if (typeof value === "string") {
          // The place and not the text: the output of a test is no place for a secret either.
          if (saysSecret(at, value) || NAMED_PASSWORD.test(`${key}=${withoutExpressions(value)}`)) found.push(at);
        } else if (typeof value === "object" && value !== null) {
          for (const [name, child] of Object.entries(value)) look(child, `${at}.${name}`, name);
        }
      };
      look(terraform, name, "");
      for (const [file, text] of Object.entries(artifacts)) {
        const patterns = [KEY_MATERIAL, URL_PASSWORD, NAMED_PASSWORD];
        if (patterns.some((pattern) => pattern.test(text))) found.push(`${name}/${file}`);
      }
      return found;
    }),

  /** Data stores cannot be deleted by mistake, and leave a backup where they are deleted on purpose. */
  protectedFromDeletion: (stacks) =>
    resourcesOf(stacks)
      .filter(({ type, id, attributes, siblings }) => {
        switch (type) {
          case "aws_db_instance":
          case "aws_rds_cluster":
            return !every(
              is("deletion_protection", true),
              is("skip_final_snapshot", false),
              has("final_snapshot_identifier"),
              (each) => Number(each["backup_retention_period"]) >= 7,
            )(attributes);
          case "aws_dynamodb_table":
            return attributes["deletion_protection_enabled"] !== true;
          case "aws_efs_file_system":
            return !siblings("aws_efs_backup_policy").some(
              (each) =>
                String(each["file_system_id"]).includes(`aws_efs_file_system.${id}.`) &&
                inBlock("backup_policy", is("status", "ENABLED"))(each),
            );
          case "aws_instance":
            return attributes["disable_api_termination"] !== true;
          case "aws_s3_bucket":
            return attributes["force_destroy"] === true;
          case "aws_secretsmanager_secret":
            return attributes["recovery_window_in_days"] === 0;
          default:
            return false;
        }
      })
      .map(({ address }) => address),

  /** No bucket can be made public. */
  bucketsArePrivate: (stacks) =>
    buckets(stacks)
      .filter(
        (bucket) =>
          !settingsOf(bucket, "aws_s3_bucket_public_access_block").some(
            every(
              is("block_public_acls", true),
              is("block_public_policy", true),
              is("ignore_public_acls", true),
              is("restrict_public_buckets", true),
            ),
          ),
      )
      .map(({ address }) => address),

  /** No bucket answers a connection without TLS. */
  bucketsRequireTls: (stacks) =>
    buckets(stacks)
      .filter(
        (bucket) =>
          !settingsOf(bucket, "aws_s3_bucket_policy")
            .flatMap((each) => statementsIn(each["policy"]))
            .some(
              ({ Effect, Principal, Action, Condition }) =>
                Effect === "Deny" &&
                Principal === "*" &&
                many(Action).includes("s3:*") &&
                String(Condition?.["Bool"]?.["aws:SecureTransport"]) === "false",
            ),
      )
      .map(({ address }) => address),

  /** Instance metadata is answered by version 2 alone. */
  metadataNeedsToken: (stacks) =>
    resourcesOf(stacks)
      .filter(
        ({ type, attributes }) =>
          type === "aws_instance" && !inBlock("metadata_options", is("http_tokens", "required"))(attributes),
      )
      .map(({ address }) => address),
} as const satisfies Readonly<Record<string, SecurityCheck>>;
