/**
 * ```ts
 * new SuccessMetrics(this, "metrics", {
 *   name: "shop",
 *   region: "eu-central-1",
 *   migrations: [{ path: shop.node.path, title: "Shop", verifications: shop.verifications }],
 *   targets: { "system-availability": { target: 99.95, source: requestAvailability({ errors, requests }) } },
 * });
 * ```
 *
 * The catalog's success metrics in CloudWatch: a dashboard, an alarm on each, and one composite alarm, "stop the migration".
 * Terraform publishes no number itself: a value that is written at deployment would be a side effect that no plan shows and no
 * second deployment repeats. So the values that CloudWatch does not measure are published by people, and `publications` has the
 * commands.
 */
import type { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { z } from "zod";
import { admitConstruct } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { parseProps } from "../../core/props";
import { isUnresolved, tokenOr } from "../../core/tokens";
import type { Verification, VerificationAlarm } from "../../core/verification";
import { constructId } from "../../core/construct-ids";
import { topicsOrNew, type AlarmTopic } from "../../aws/alarm-topic";
import { dashboardBody, type Completion, type DashboardAlarm, type DashboardOverview } from "./dashboard-body";
import type { PlannedMetric } from "./planned-metric";
import {
  alarmConfig,
  plannedMetric,
  putMetricDataCommand,
  type MetricPublication,
  type ResolvedMetric,
} from "./planned-success-metric";
import { resolveMetrics, type MetricTargets } from "./resolve-metrics";
import { StopAlarm } from "./stop-alarm";
import { stoppingAlarm } from "./stop-rule";
import type { SuccessMetricId } from "./success-metric";

/** The properties of a migration that the success metrics use; every `Migration` has them. */
export interface WatchedMigration {
  readonly path: string;
  readonly title: string;
  /** The verifications of the migration. One with an alarm stops the migration when the alarm goes off. */
  readonly verifications: readonly Verification[];
}

/** Properties of {@link SuccessMetrics}. */
export interface SuccessMetricsProps {
  /** The name of the dashboard, and the prefix of the alarms' and the topic's names: unique in the account and region. */
  readonly name: string;
  /** The stack's region: a composite alarm sees the alarms of its own region alone. */
  readonly region: string;
  /**
   * The migrations of the plan, complete with their parts: they are read when this construct is created. Where it is in
   * another stack than a migration, remove the migration from this list and deploy before it leaves its own stack: CloudWatch
   * refuses to delete an alarm that stops the migration. Within one stack that is handled.
   */
  readonly migrations: readonly WatchedMigration[];
  /**
   * Targets and sources by metric id.
   * @default - every target is the library's proposal, and people publish every value
   * @parsedBy resolveMetrics
   */
  readonly targets?: MetricTargets;
  /**
   * The namespace of the values that people publish.
   * @default - `Migration/` and the name
   */
  readonly namespace?: string;
  /**
   * The number of migrations that have reached their last stage, for the dashboard's header and for the command that publishes
   * the migration completion rate.
   * @default - in neither
   */
  readonly completion?: Completion;
  /** The summary of the plan in the dashboard's header. @default - its name alone */
  readonly overview?: DashboardOverview;
  /**
   * ARNs of SNS topics of the region that are notified of every alarm. At most 5.
   * @default - a topic of its own, encrypted with a key of its own. About 1 USD a month for the key
   */
  readonly topicArns?: readonly string[];
  /**
   * ARN, id or alias of an existing customer-managed KMS key of the region for the topic that is made, which is left as it is: its
   * policy must let `cloudwatch.amazonaws.com` use it, as `topic.requiredKeyPolicyStatements` says. Not together with `topicArns`.
   * @default - a key of its own
   */
  readonly kmsKeyId?: string;
  /**
   * Mail addresses that are subscribed to the topic of this construct. Each gets a mail, and is notified of alarms once it has
   * confirmed the subscription. Not together with `topicArns`.
   * @default - none
   * @knownLength
   */
  readonly emails?: readonly string[];
  /** Tags of the alarms and the topic. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,100}$/, "must be 1 to 100 letters, digits, _ or -, known before Terraform runs");
// Amazon CloudWatch API Reference, PutMetricData; without what a shell would have to quote.
const namespaceSchema = z
  .string()
  .regex(
    /^(?!AWS\/)[A-Za-z0-9][A-Za-z0-9._/-]{0,254}$/,
    "must be 1 to 255 letters, digits, ., _, / or -, and not begin with AWS/, which is Amazon's own",
  );
const emailsSchema = z
  .array(tokenOr(z.email("must be a mail address")))
  .refine((emails) => new Set(emails).size === emails.length, "must be each address once");
const completionSchema = z
  .strictObject({ done: z.int().min(0), total: z.int().min(1) })
  .refine(({ done, total }) => done <= total, { path: ["done"], message: "must not be more than total" });

/**
 * The success metrics of a plan. Costs a month, beyond what is free: 3 USD for the dashboard, 0.10 USD for an alarm and for
 * each metric that its expression reads, 0.50 USD for each composite alarm, 0.30 USD for each metric that people publish; with
 * every default about 10 USD, the topic's key included. Source: Amazon CloudWatch pricing.
 *
 * @throws MigrationError `METRIC_NAME`, `METRIC_NAMESPACE`, `METRIC_COMPLETION`, `METRIC_EMAILS`, `METRIC_UNKNOWN`,
 * `METRIC_SOURCE`, `METRIC_SOURCE_REGION`, `METRIC_TARGET`, `METRIC_NOTHING_STOPS`, `METRIC_TOO_MANY_ALARMS`,
 * `ALARM_TOPIC_REGION`, `ALARM_TOPICS`, `ALARM_TOPIC_KMS_KEY_ID`
 */
export class SuccessMetrics extends Construct {
  /** The catalog's thirteen metrics, in the catalog's order, with the plan's targets. */
  public readonly plannedMetrics: readonly PlannedMetric[];
  /** The instructions for publishing the metrics that CloudWatch does not measure. */
  public readonly publications: readonly MetricPublication[];
  public readonly dashboard: CloudwatchDashboard;
  public readonly dashboardName: string;
  /** The alarms on success metrics, by the metric's id. */
  public readonly alarms: Readonly<Partial<Record<SuccessMetricId, CloudwatchMetricAlarm>>>;
  /** The composite alarm that is in ALARM where the migration is to stop: see its description. */
  public readonly stopAlarm: CloudwatchCompositeAlarm;
  public readonly stopAlarmName: string;
  /** The composite alarms between, where one alarm cannot name all: 0.50 USD a month each. Empty where it can. */
  public readonly stopAlarmParts: readonly CloudwatchCompositeAlarm[];
  /**
   * The alarms of other regions, which cannot stop the migration and have to be checked by hand. An alarm whose verification
   * names no region has the region of its ARN; where only Terraform knows the ARN, the plan's region is assumed, so give the
   * region with the alarm where the migration's stack is in another.
   */
  public readonly notWatched: readonly VerificationAlarm[];
  public readonly topicArns: readonly string[];
  /** The topic of this construct; undefined where `topicArns` are given. */
  public readonly topic?: AlarmTopic;
  /** The subscriptions of the mail addresses, in the order of `emails`. */
  public readonly subscriptions: readonly SnsTopicSubscription[];

  constructor(scope: Construct, id: string, props: SuccessMetricsProps) {
    admitConstruct("SuccessMetrics", scope, id, props);
    super(scope, id);
    const name = parseProps(this, "METRIC_NAME", z.object({ name: nameSchema }), { name: props.name }).name;
    const namespace = parseProps(this, "METRIC_NAMESPACE", z.object({ namespace: namespaceSchema }), {
      namespace: props.namespace ?? `Migration/${name}`,
    }).namespace;
    parseProps(this, "METRIC_COMPLETION", z.object({ completion: completionSchema.optional() }), {
      completion: props.completion,
    });
    const emails = checkedEmails(this, props);
    const { region, completion } = props;
    const tags = props.tags ?? {};
    const resolved = resolveMetrics(this, { name, namespace, region, targets: props.targets ?? {} });

    const topics = topicsOrNew(this, "topic", props.topicArns, {
      name: `${name}-success-metrics`,
      region,
      ...(props.kmsKeyId === undefined ? {} : { kmsKeyId: props.kmsKeyId }),
      tags,
    });
    this.topicArns = topics.topicArns;
    if (topics.topic !== undefined) this.topic = topics.topic;
    const topic = this.topic;
    // Addresses are given only where the topic is made here.
    this.subscriptions =
      topic === undefined
        ? []
        : emails.map(
            (endpoint, index) =>
              // By the address: a subscription that is made anew has to be confirmed anew.
              new SnsTopicSubscription(this, `email-${isUnresolved(endpoint) ? index + 1 : constructId(endpoint)}`, {
                topicArn: topic.topicArn,
                protocol: "email",
                endpoint,
              }),
          );
    const actions = { alarmActions: [...this.topicArns], okActions: [...this.topicArns], tags: { ...tags } };

    const alarms = this.makeAlarms(resolved, actions);
    this.alarms = Object.fromEntries(alarms.map(({ of, alarm }) => [of.metric.id, alarm]));
    const watched = watchedAlarms(props.migrations, region);
    const elsewhere = watched.filter(({ here }) => !here);
    this.notWatched = elsewhere.map(({ alarm }) => alarm);

    this.stopAlarmName = `${name}-stop-the-migration`;
    const stop = new StopAlarm(this, "stop", {
      name: this.stopAlarmName,
      dashboardName: name,
      alarms: [
        ...alarms
          .filter(({ of }) => of.metric.stops)
          .map((each) => ({ name: each.name, reference: each.alarm.alarmName, characters: each.name.length })),
        // One that tells nobody in this stage, because its work has not begun, stops nothing either.
        ...watched.filter(({ here, alarm }) => here && alarm.notifies).map(({ alarm }) => stoppingAlarm(alarm)),
      ],
      elsewhere: elsewhere.map((each) => `${terraformText(each.alarm.name)} (${each.region})`),
      topicArns: this.topicArns,
      tags,
    });
    this.stopAlarm = stop.alarm;
    this.stopAlarmParts = stop.parts;

    this.dashboardName = name;
    this.dashboard = new CloudwatchDashboard(this, "dashboard", {
      dashboardName: name,
      dashboardBody: JSON.stringify(
        dashboardBody({
          name,
          region,
          metrics: resolved.map(readable),
          stop: { title: "Stop the migration", arn: this.stopAlarm.arn, region },
          sloAlarms: alarms.map(({ of, alarm }) => ({ title: of.metric.title, arn: alarm.arn, region })),
          verificationAlarms: watched.map((each): DashboardAlarm => ({
            title: terraformText(each.title),
            arn: each.alarm.arn,
            region: each.region,
          })),
          ...(completion === undefined ? {} : { completion }),
          ...(props.overview === undefined ? {} : { overview: readableOverview(props.overview) }),
        }),
      ),
    });

    this.plannedMetrics = resolved.map(plannedMetric);
    this.publications = resolved.flatMap((of) => publicationOf(of, region, completion));
  }

  private makeAlarms(
    resolved: readonly ResolvedMetric[],
    actions: { readonly alarmActions: string[]; readonly okActions: string[]; readonly tags: Record<string, string> },
  ): { readonly of: ResolvedMetric; readonly name: string; readonly alarm: CloudwatchMetricAlarm }[] {
    const scope = new Construct(this, "alarms");
    return resolved.flatMap((of) => {
      const { alarmName } = of;
      if (alarmName === undefined) return [];
      const config = alarmConfig(readable(of));
      return [
        {
          of,
          name: alarmName,
          alarm: new CloudwatchMetricAlarm(scope, of.metric.id, { ...config, ...actions, alarmName }),
        },
      ];
    });
  }
}

function checkedEmails(construct: Construct, props: SuccessMetricsProps): readonly string[] {
  const { emails = [], topicArns } = props;
  parseProps(construct, "METRIC_EMAILS", z.object({ emails: emailsSchema }), { emails });
  if (emails.length > 0 && topicArns !== undefined) {
    throw new MigrationError({
      code: "METRIC_EMAILS",
      path: "emails",
      received: emails.length,
      allowed: "no addresses where topicArns are given",
      fix: "subscribe the addresses where the topics are made, or leave topicArns out",
      construct: construct.node.path,
    });
  }
  return emails;
}

interface WatchedAlarm {
  readonly title: string;
  readonly alarm: VerificationAlarm;
  readonly region: string;
  /** Whether a composite alarm of the plan's region sees it. */
  readonly here: boolean;
}

/** Returns the alarms of all migrations, each once, in the order of the plan. */
function watchedAlarms(migrations: readonly WatchedMigration[], planRegion: string): WatchedAlarm[] {
  const seen = new Set<string>();
  return migrations.flatMap(({ title, verifications }) =>
    verifications.flatMap(({ name, alarm }) => {
      if (alarm === undefined) return [];
      const region = alarm.region ?? regionOfArn(alarm.arn, planRegion);
      const key = isUnresolved(alarm.name) ? alarm.arn : `${region} ${alarm.name}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ title: `${title}: ${name}`, alarm, region, here: region === planRegion }];
    }),
  );
}

/**
 * Returns the region that a literal ARN of an alarm names. Where only Terraform knows the ARN, or the plan's own region, the
 * plan's region is assumed.
 */
function regionOfArn(arn: string, planRegion: string): string {
  if (isUnresolved(arn) || isUnresolved(planRegion)) return planRegion;
  return /^arn:[^:]+:cloudwatch:([^:]+):/.exec(arn)?.[1] ?? planRegion;
}

function publicationOf(
  { metric, source, namespace }: ResolvedMetric,
  region: string,
  completion: Completion | undefined,
): MetricPublication[] {
  if (source.kind !== "custom") return [];
  const value =
    metric.id === "migration-completion-rate" && completion !== undefined
      ? Math.round((1000 * completion.done) / completion.total) / 10
      : undefined;
  const command = putMetricDataCommand({
    namespace,
    metric,
    ...(isUnresolved(region) ? {} : { region }),
    ...(value === undefined ? {} : { value }),
  });
  return [{ id: metric.id, title: metric.title, publishedBy: source.publishedBy, command }];
}

/** Escapes text for Terraform, where `${` and `%{` begin an expression. A token is left as it is. */
function terraformText(text: string): string {
  return isUnresolved(text) ? text : text.replace(/([$%])\{/g, "$1$1{");
}

/** Returns the metric with its unit, the only text of it that a plan writes, escaped for Terraform. */
function readable(resolved: ResolvedMetric): ResolvedMetric {
  return { ...resolved, unit: terraformText(resolved.unit) };
}

function readableOverview(overview: DashboardOverview): DashboardOverview {
  const { title, verdict, waves } = overview;
  return {
    ...(title === undefined ? {} : { title: terraformText(title) }),
    ...(verdict === undefined ? {} : { verdict: terraformText(verdict) }),
    ...(waves === undefined
      ? {}
      : {
          waves: waves.map(({ name, day, migrations }) => ({
            name: terraformText(name),
            ...(day === undefined ? {} : { day }),
            migrations,
          })),
        }),
  };
}
