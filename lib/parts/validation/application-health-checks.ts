/**
 * ```ts
 * new ApplicationHealthChecks(this, "health", {
 *   region: "eu-central-1",
 *   healthCheckAlarms: { provider: usEast1 },
 *   checks: { web: { kind: "https", domainName: "shop.example.com", path: "/health" } },
 * });
 * ```
 *
 * The catalog's `application_health_checks`: Route 53 checks look from the internet, target group checks from
 * inside the VPC; each has an alarm. Missing data raises the alarm too: a check that reports nothing has not found the
 * application healthy. The alarms on Route 53 checks are in us-east-1, where their metrics are, and Terraform refuses a
 * plan in which they are not.
 */
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Op, type Precondition } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { HEALTH_CHECK_REGION } from "../../aws/region";
import { admitConstruct } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { parseProps } from "../../core/props";
import { isUnresolved } from "../../core/tokens";
import { constructId, cut, defaultName } from "../../core/construct-ids";
import { namePath } from "../../core/rename";
import { healthCheckProvider, type HealthCheckAlarms } from "./alarm-region";
import { topicsOrNew, type AlarmTopic } from "../../aws/alarm-topic";
import {
  healthCheckSpecSchema,
  type CalculatedHealthCheck,
  type HealthCheckSpec,
  type HttpHealthCheck,
  type TargetGroupHealthCheck,
  type TcpHealthCheck,
} from "./health-check-spec";
import {
  checkName,
  validationAlarm,
  validationName,
  type AlarmSettings,
  type ValidationAlarm,
} from "./validation-alarm";

/** Properties that {@link ApplicationHealthChecks}, `EndToEndTest` and `PerformanceValidation` have in common. */
export interface ValidationProps {
  /** The name of the stack's region. */
  readonly region: string;
  /**
   * The prefix of the names of alarms, topics and canaries. Unique in the account and region.
   * @default - the construct's path
   */
  readonly name?: string;
  /**
   * ARNs of the SNS topics of the region that alarms notify. At most 5.
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
   * Whether checks run and alarms send notifications. Set it to false in stages in which there is nothing to check yet.
   * @default true
   */
  readonly enabled?: boolean;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Properties of {@link ApplicationHealthChecks}. */
export interface ApplicationHealthChecksProps extends ValidationProps {
  /** The checks, by name. A name is part of the Terraform address. */
  readonly checks: Readonly<Record<string, HealthCheckSpec>>;
  /**
   * The provider and topics of the alarms on Route 53 health checks. Required if Route 53 runs a check and `region` is not
   * us-east-1.
   * @default - with the stack's own provider, in us-east-1
   */
  readonly healthCheckAlarms?: HealthCheckAlarms;
}

const schema = z
  .record(checkName, healthCheckSpecSchema)
  .refine((checks) => Object.keys(checks).length > 0, "must have at least one check");

/** Consecutive minutes of failure before an alarm. Route 53 has asked several times by then. */
const EVALUATION_MINUTES = 3;

/**
 * Health checks of an application, with an alarm for each: 0.10 USD a month for an alarm, plus the price of the checks.
 *
 * @throws MigrationError `HEALTH_CHECKS`, `HEALTH_CHECK_CHILDREN`, `HEALTH_CHECK_LOAD_BALANCER`, `VALIDATION_NAME`,
 * `HEALTH_CHECK_ALARM_REGION`, `HEALTH_CHECK_PARTITION`, `ALARM_TOPIC_REGION`, `ALARM_TOPICS`, `ALARM_TOPIC_KMS_KEY_ID`
 */
export class ApplicationHealthChecks extends Construct {
  /** The alarms, in the order of the checks' names. */
  public readonly alarms: readonly ValidationAlarm[];
  /** The Route 53 health checks, by the check's name: pass the `id` to failover records. */
  public readonly healthChecks: Readonly<Record<string, Route53HealthCheck>>;
  /** The topic in the stack's region, if this construct creates it. */
  public readonly topic?: AlarmTopic;
  /** The topic in us-east-1, if this construct creates it. */
  public readonly healthCheckTopic?: AlarmTopic;
  /** ARNs of the topics in us-east-1 that alarms on Route 53 checks publish to. */
  public readonly healthCheckTopicArns: readonly string[];

  constructor(scope: Construct, id: string, props: ApplicationHealthChecksProps) {
    admitConstruct("ApplicationHealthChecks", scope, id, props);
    super(scope, id);
    const path = this.node.path;
    const checks = parseProps(this, "HEALTH_CHECKS", schema, props.checks, "checks") as Readonly<
      Record<string, HealthCheckSpec>
    >;
    const name = parseProps(this, "VALIDATION_NAME", validationName, props.name ?? defaultName(namePath(this)), "name");
    const { region } = props;
    const names = Object.keys(checks).sort();
    const tags = props.tags ?? {};
    const enabled = props.enabled ?? true;
    const byRoute53 = names.some((each) => checks[each]?.kind !== "target-group");
    const provider = byRoute53 ? healthCheckProvider(path, region, props.healthCheckAlarms) : undefined;

    let homeTopics: readonly string[] = [];
    if (names.some((each) => checks[each]?.kind === "target-group") || (byRoute53 && provider === undefined)) {
      const home = topicsOrNew(this, "topic", props.topicArns, { name, region, ...topicKey(props), tags });
      homeTopics = home.topicArns;
      if (home.topic !== undefined) this.topic = home.topic;
    }
    let globalTopics = homeTopics;
    if (provider !== undefined) {
      const key = topicKey(props.healthCheckAlarms);
      const topic = { name: cut(`${name}-health`, 200), region: HEALTH_CHECK_REGION, provider, ...key, tags };
      const given = props.healthCheckAlarms?.topicArns;
      const global = topicsOrNew(this, "health-check-topic", given, topic, "healthCheckAlarms.topicArns");
      globalTopics = global.topicArns;
      if (global.topic !== undefined) this.healthCheckTopic = global.topic;
    }
    this.healthCheckTopicArns = byRoute53 ? globalTopics : [];
    const home: AlarmSettings = { name, topicArns: homeTopics, enabled, tags };
    const global: AlarmSettings = { ...home, topicArns: globalTopics };

    const inRegion = byRoute53 ? inHealthCheckRegion(this, provider) : [];
    const made: Record<string, Route53HealthCheck> = {};
    const alarms = new Map<string, ValidationAlarm>();
    // A namespace of their own: a check may be called topic.
    const scopeOfChecks = new Construct(this, "checks");
    // Calculated checks name the others, so they come last.
    for (const each of [...names].sort((a, b) => Number(isCalculated(checks[a])) - Number(isCalculated(checks[b])))) {
      const check = checks[each];
      if (check === undefined) continue;
      const of = new Construct(scopeOfChecks, constructId(each));
      if (check.kind === "target-group") {
        alarms.set(each, targetGroupAlarm(of, each, check, home));
        continue;
      }
      const children = check.kind === "calculated" ? childrenOf(path, each, check, made) : [];
      const healthCheck = new Route53HealthCheck(of, "check", {
        ...configOf(check, children),
        disabled: !enabled,
        tags: { ...tags, Name: `${name}-${each}` },
      });
      made[each] = healthCheck;
      alarms.set(
        each,
        validationAlarm(
          of,
          "alarm",
          global,
          { kind: "health", check: each },
          {
            provider,
            alarmDescription: `Route 53 finds ${each} of ${name} unhealthy, or has nothing to say`.slice(0, 1024),
            namespace: "AWS/Route53",
            metricName: "HealthCheckStatus",
            dimensions: { HealthCheckId: healthCheck.id },
            statistic: "Minimum",
            period: 60,
            evaluationPeriods: EVALUATION_MINUTES,
            comparisonOperator: "LessThanThreshold",
            threshold: 1,
            treatMissingData: "breaching",
            lifecycle: { precondition: inRegion },
          },
          true,
        ),
      );
    }
    this.healthChecks = made;
    this.alarms = names.flatMap((each) => alarms.get(each) ?? []);
  }
}

/** Returns the existing key of a topic, as the properties of the topic have it. */
export function topicKey({ kmsKeyId }: { readonly kmsKeyId?: string } = {}): { readonly kmsKeyId?: string } {
  return kmsKeyId === undefined ? {} : { kmsKeyId };
}

/**
 * Returns the precondition of an alarm on a Route 53 metric, by which Terraform checks that the provider's region is
 * us-east-1.
 */
function inHealthCheckRegion(scope: Construct, provider: AwsProvider | undefined): Precondition[] {
  const actual = new DataAwsRegion(scope, "health-check-region", provider === undefined ? {} : { provider });
  return [
    {
      condition: Op.eq(actual.id, HEALTH_CHECK_REGION),
      errorMessage: `Route 53 publishes the metrics of health checks in ${HEALTH_CHECK_REGION}: an alarm on them in another region never sees any. Pass healthCheckAlarms with a provider of ${HEALTH_CHECK_REGION}.`,
    },
  ];
}

function isCalculated(check: HealthCheckSpec | undefined): boolean {
  return check?.kind === "calculated";
}

function childrenOf(
  construct: string,
  name: string,
  check: CalculatedHealthCheck,
  made: Readonly<Record<string, Route53HealthCheck>>,
): string[] {
  const ids = check.of.map((child) => (Object.hasOwn(made, child) && child !== name ? made[child]?.id : undefined));
  const unknown = check.of.find((_, index) => ids[index] === undefined);
  const enough = check.healthyAtLeast ?? check.of.length;
  if (unknown === undefined && enough <= check.of.length && new Set(check.of).size === check.of.length) {
    return ids.flatMap((each) => each ?? []);
  }
  throw new MigrationError({
    code: "HEALTH_CHECK_CHILDREN",
    path: `checks.${name}.${unknown === undefined && enough > check.of.length ? "healthyAtLeast" : "of"}`,
    received: unknown ?? (enough > check.of.length ? enough : check.of),
    allowed:
      "names of other checks of the kinds http, https and tcp, each once, and no more healthy ones than there are",
    fix: "correct the names or the number; Route 53 cannot calculate over a calculated check",
    construct,
  });
}

function configOf(check: HttpHealthCheck | TcpHealthCheck | CalculatedHealthCheck, children: string[]) {
  if (check.kind === "calculated") {
    return {
      type: "CALCULATED",
      childHealthchecks: children,
      childHealthThreshold: check.healthyAtLeast ?? children.length,
    };
  }
  const common = {
    ...(check.domainName === undefined ? {} : { fqdn: check.domainName }),
    ...(check.ipAddress === undefined ? {} : { ipAddress: check.ipAddress }),
    requestInterval: check.intervalSeconds ?? 30,
    failureThreshold: check.failureThreshold ?? 3,
  };
  if (check.kind === "tcp") return { ...common, type: "TCP", port: check.port };
  const type = check.kind === "https" ? "HTTPS" : "HTTP";
  return {
    ...common,
    type: check.searchString === undefined ? type : `${type}_STR_MATCH`,
    port: check.port ?? (check.kind === "https" ? 443 : 80),
    resourcePath: check.path ?? "/",
    ...(check.searchString === undefined ? {} : { searchString: check.searchString }),
    ...(check.kind === "https" ? { enableSni: true } : {}),
  };
}

function targetGroupAlarm(
  scope: Construct,
  name: string,
  check: TargetGroupHealthCheck,
  settings: AlarmSettings,
): ValidationAlarm {
  const kind = check.loadBalancer ?? "application";
  const suffix = check.loadBalancerArnSuffix;
  if (!isUnresolved(suffix) && suffix.startsWith("app/") !== (kind === "application")) {
    throw new MigrationError({
      code: "HEALTH_CHECK_LOAD_BALANCER",
      path: `checks.${name}.loadBalancer`,
      received: kind,
      allowed: suffix.startsWith("app/") ? "application" : "network",
      fix: "the two publish in different namespaces: say which one it is",
      construct: scope.node.path,
    });
  }
  return validationAlarm(
    scope,
    "alarm",
    settings,
    { kind: "health", check: name },
    {
      alarmDescription: `Fewer healthy targets than ${check.healthyHostsAtLeast ?? 1} behind ${name}, or nothing is said of them`,
      namespace: kind === "application" ? "AWS/ApplicationELB" : "AWS/NetworkELB",
      metricName: "HealthyHostCount",
      dimensions: { TargetGroup: check.targetGroupArnSuffix, LoadBalancer: suffix },
      statistic: "Minimum",
      period: 60,
      evaluationPeriods: EVALUATION_MINUTES,
      comparisonOperator: "LessThanThreshold",
      threshold: check.healthyHostsAtLeast ?? 1,
      treatMissingData: "breaching",
    },
  );
}
