/**
 * The topic that alarms publish to. Encrypted with a key of its own, because CloudWatch may not use the key that SNS
 * manages: an alarm on a topic encrypted with `alias/aws/sns` fires and nobody hears of it. A key that exists already may take its
 * place; its policy is its owner's, who must let alarms use it.
 *
 * Source: AWS Knowledge Center, "Why didn't I receive an SNS notification for my CloudWatch alarm trigger?".
 */
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { Construct } from "constructs";
import { admitConstruct } from "../core/door/admit";
import { MigrationError } from "../core/error";
import { isUnresolved } from "../core/tokens";
import { refuse } from "../core/refuse";
import { isListToken } from "../core/token-text";
import { checkRegion } from "./check-region";
import { alarmsUseKey, keyPolicy } from "./key-policy";
import { partitionOf } from "./region";
import type { RequiredStatement } from "./required-statements";

/** Properties of an {@link AlarmTopic}. */
export interface AlarmTopicProps {
  /** The topic's name, unique in its account and region. */
  readonly name: string;
  /**
   * The topic's region.
   * @default - not known at synthesis; a data source says in which partition it is
   */
  readonly region?: string;
  /**
   * The provider of the topic's region.
   * @default - the stack's own
   */
  readonly provider?: AwsProvider;
  /**
   * ARN, id or alias of an existing KMS key of the region, customer-managed, which is left as it is:
   * {@link AlarmTopic.requiredKeyPolicyStatements} says what its policy needs. `alias/aws/sns` is refused.
   * @default - a key of its own, rotated every year. About 1 USD a month
   */
  readonly kmsKeyId?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * An SNS topic that CloudWatch alarms of one account publish to, encrypted with its own key, about 1 USD a month, or with an
 * existing one.
 *
 * @throws MigrationError `ALARM_TOPIC_KMS_KEY_ID`
 */
export class AlarmTopic extends Construct {
  /** The key, if this construct creates it. */
  public readonly key?: KmsKey;
  public readonly topic: SnsTopic;
  public readonly policy: SnsTopicPolicy;
  public readonly topicArn: string;
  /** The statements that the policy of an existing key needs, or no alarm is heard of; empty where the key is created. */
  public readonly requiredKeyPolicyStatements: readonly RequiredStatement[];

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    admitConstruct("AlarmTopic", scope, id, props);
    super(scope, id);
    const { name, region } = props;
    const provider = props.provider === undefined ? {} : { provider: props.provider };
    const tags = { ...props.tags, Name: name };
    let { kmsKeyId } = props;
    if (kmsKeyId !== undefined) checkTopicKey(kmsKeyId, region, "kmsKeyId", this.node.path);
    const partition =
      kmsKeyId !== undefined
        ? undefined
        : region === undefined
          ? new DataAwsPartition(this, "partition", provider).partition
          : partitionOf(region);
    const accountId = new DataAwsCallerIdentity(this, "account", provider).accountId;
    this.requiredKeyPolicyStatements = kmsKeyId === undefined ? [] : [alarmsUseKey(accountId)];
    if (partition !== undefined) {
      this.key = new KmsKey(this, "key", {
        ...provider,
        description: `Alarms of ${name}`,
        enableKeyRotation: true,
        policy: keyPolicy({ partition, accountId, serviceStatements: [alarmsUseKey(accountId)] }),
        tags,
      });
      kmsKeyId = this.key.arn;
    }
    this.topic = new SnsTopic(this, "topic", {
      ...provider,
      name,
      ...(kmsKeyId === undefined ? {} : { kmsMasterKeyId: kmsKeyId }),
      tags,
    });
    this.topicArn = this.topic.arn;
    this.policy = new SnsTopicPolicy(this, "policy", {
      ...provider,
      arn: this.topicArn,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AlarmsPublish",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Resource: this.topicArn,
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: this.topicArn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    });
  }
}

/**
 * Checks and returns the topics that were given; makes one where none were given, and returns it as `topic` too.
 *
 * @param path the prop with the topics, for the error
 * @throws MigrationError `ALARM_TOPIC_REGION`, `ALARM_TOPICS`, `ALARM_TOPIC_KMS_KEY_ID`
 */
export function topicsOrNew(
  scope: Construct,
  id: string,
  given: readonly string[] | undefined,
  props: AlarmTopicProps & { readonly region: string },
  path = "topicArns",
): { readonly topicArns: readonly string[]; readonly topic?: AlarmTopic } {
  if (given !== undefined) {
    if (props.kmsKeyId !== undefined) {
      refuse({
        code: "ALARM_TOPIC_KMS_KEY_ID",
        path: path.replace(/topicArns$/, "kmsKeyId"),
        received: props.kmsKeyId,
        allowed: "no key where topics are given: they have their own",
        fix: "leave out one of the two",
        construct: scope.node.path,
      });
    }
    checkTopics(scope.node.path, path, given, props.region);
    return { topicArns: given };
  }
  const topic = new AlarmTopic(scope, id, props);
  return { topicArns: [topic.topicArn], topic };
}

/**
 * Checks that an alarm of that region can publish to the topics. An ARN, or a list of them, that is not known before Terraform
 * runs passes: the deployment fails then, because CloudWatch takes no alarm with a topic of another region.
 *
 * @throws MigrationError `ALARM_TOPIC_REGION`, `ALARM_TOPICS`
 */
export function checkTopics(
  construct: string,
  path: string,
  topicArns: readonly string[],
  region: string | undefined,
): void {
  // Of a list as a whole nothing is known. CloudWatch itself refuses a sixth action and a topic of another region.
  if (isListToken(topicArns)) return;
  if (topicArns.length === 0 || topicArns.length > 5) {
    throw new MigrationError({
      code: "ALARM_TOPICS",
      path,
      received: topicArns.length,
      allowed: "1 to 5 topics, as many as an alarm has actions",
      fix: "name a topic, leave the prop out to have one made, or fan out from one topic",
      construct,
    });
  }
  for (const [index, arn] of topicArns.entries()) {
    if (isUnresolved(arn)) continue;
    const parts = /^arn:[^:]+:sns:([^:]+):\d{12}:.+$/.exec(arn);
    const known = region !== undefined && !isUnresolved(region);
    if (parts !== null && (!known || parts[1] === region)) continue;
    throw new MigrationError({
      code: "ALARM_TOPIC_REGION",
      path: `${path}[${index}]`,
      received: arn,
      allowed: known ? `the ARN of an SNS topic in ${region}` : "the ARN of an SNS topic",
      fix: "name a topic of the alarm's own region: CloudWatch publishes to no other",
      construct,
    });
  }
}

/**
 * Checks that alarms can publish to a topic that is encrypted with the key. A key that only Terraform knows passes.
 *
 * @param region the topic's region; undefined where it is not known
 * @throws MigrationError `ALARM_TOPIC_KMS_KEY_ID`
 */
export function checkTopicKey(kmsKeyId: string, region: string | undefined, path: string, construct: string): void {
  const code = "ALARM_TOPIC_KMS_KEY_ID";
  if (/(?:^|:)alias\/aws\/sns$/.test(kmsKeyId)) {
    refuse({
      code,
      path,
      received: kmsKeyId,
      allowed: "a customer-managed key: alarms cannot publish through the key that AWS manages for SNS",
      fix: "name a key of your own, or leave it out to have one made",
      construct,
    });
  }
  checkRegion(kmsKeyId, region, { code, path, construct, what: "a KMS key" });
}
