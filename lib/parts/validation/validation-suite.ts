/**
 * ```ts
 * const validation = new ValidationSuite(this, "validation", {
 *   migration: shop, region: "eu-central-1", healthCheckAlarms: { provider: usEast1 },
 *   healthChecks: { … }, endToEndTests: { … }, performance: { … },
 * });
 * ```
 *
 * The catalog's `validate_functionality` as a whole: all checks of a migration, and a composite alarm that fires if any of
 * them fails. A composite alarm sees its own region alone, so where Route 53 checks are alarmed in us-east-1 there are
 * two: the migration is healthy where neither is in alarm.
 */
import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import type { Construct } from "constructs";
import { COMPOSITE_ALARM_LIMITS, gatheredAlarms } from "../../aws/gathered-alarms";
import { HEALTH_CHECK_REGION } from "../../aws/region";
import { admitConstruct } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import type { Finding } from "../../core/finding";
import {
  MigrationPart,
  type MigrationPartProps,
  type PartSteps,
  type StageTransition,
  type TransitionNames,
} from "../../core/migration-part";
import type { Phase } from "../../core/phase";
import { parseProps } from "../../core/props";
import { runRules } from "../../core/rule";
import type { Verification, VerificationKind } from "../../core/verification";
import { cut, defaultName } from "../../core/construct-ids";
import { namePath } from "../../core/rename";
import { healthCheckProvider, type HealthCheckAlarms } from "./alarm-region";
import { topicsOrNew, type AlarmTopic } from "../../aws/alarm-topic";
import { ApplicationHealthChecks, topicKey, type ValidationProps } from "./application-health-checks";
import type { EndToEndSpec } from "./end-to-end-spec";
import { EndToEndTest } from "./end-to-end-test";
import type { RequiredEvidence } from "../../core/stage-evidence";
import { DEFAULT_BAKE_HOURS } from "./finalized-rules";
import type { HealthCheckSpec } from "./health-check-spec";
import { PerformanceValidation, type PerformanceComparison } from "./performance-validation";
import { validationRules, type ValidationReview } from "./rules";
import { validationSteps, type ValidationSubject } from "./validation-steps";
import { validationName, type ValidationAlarm, type ValidationKind } from "./validation-alarm";

/** Properties of a {@link ValidationSuite}. */
export interface ValidationSuiteProps extends ValidationProps, MigrationPartProps {
  /**
   * Whether checks run and alarms send notifications.
   * @default - false in the phase `prepare`, in which there is nothing to check yet; true in all others
   */
  readonly enabled?: boolean;
  /** Tags beside the migration's own. @default - the migration's tags alone */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - none, which the rules report */
  readonly healthChecks?: Readonly<Record<string, HealthCheckSpec>>;
  /** @default - none, which the rules report */
  readonly endToEndTests?: Readonly<Record<string, EndToEndSpec>>;
  /** @default - none, which the rules report */
  readonly performance?: Readonly<Record<string, PerformanceComparison>>;
  /**
   * The provider and topics of the alarms on Route 53 health checks. Required if Route 53 runs a check and `region` is not
   * us-east-1.
   * @default - with the stack's own provider, in us-east-1
   */
  readonly healthCheckAlarms?: HealthCheckAlarms;
  /**
   * The bake time: hours that the target must have carried production, with every alarm in OK, before the migration may be
   * finalized.
   * @default 72
   */
  readonly minimumBakeHours?: number;
}

const VERIFICATION_KIND: Readonly<Record<ValidationKind, VerificationKind>> = {
  health: "health-check",
  "end-to-end": "end-to-end-test",
  performance: "performance-comparison",
};

/**
 * All validation checks of a migration, under a composite alarm: 0.50 USD a month for each composite alarm.
 *
 * @throws MigrationError `VALIDATION_EMPTY`, `VALIDATION_BAKE_HOURS`, `VALIDATION_TOO_MANY_ALARMS`, and those of
 * `MigrationPart`, `ApplicationHealthChecks`, `EndToEndTest` and `PerformanceValidation`
 */
export class ValidationSuite extends MigrationPart {
  public readonly healthChecks?: ApplicationHealthChecks;
  public readonly endToEndTests?: EndToEndTest;
  public readonly performance?: PerformanceValidation;
  /** The topic in the stack's region, if this construct creates it. */
  public readonly topic?: AlarmTopic;
  /** The alarms of all checks: first health, then end-to-end, then performance. */
  public readonly alarms: readonly ValidationAlarm[];
  public readonly alarmNames: readonly string[];
  public readonly alarmArns: readonly string[];
  /** The composite alarm, which is in ALARM if any alarm in the stack's region is: "this migration is not healthy". */
  public readonly compositeAlarm?: CloudwatchCompositeAlarm;
  /** The composite alarm over the alarms on Route 53 health checks in us-east-1, if the stack's region is another. */
  public readonly healthCheckCompositeAlarm?: CloudwatchCompositeAlarm;

  private readonly given: ValidationSuiteProps;
  private readonly minimumBakeHours: number;
  private readonly ownVerifications: readonly Verification[];
  private readonly subject: ValidationSubject;

  constructor(scope: Construct, id: string, props: ValidationSuiteProps) {
    admitConstruct("ValidationSuite", scope, id, props);
    super(scope, id, props);
    this.given = props;
    const { migration } = props;
    const path = this.node.path;
    const { healthChecks, endToEndTests, performance, region } = props;
    if (healthChecks === undefined && endToEndTests === undefined && performance === undefined) {
      throw new MigrationError({
        code: "VALIDATION_EMPTY",
        path: "props",
        allowed: "at least one of healthChecks, endToEndTests and performance",
        fix: "declare a check that proves that the migration works",
        construct: path,
      });
    }
    const minimumBakeHours = (this.minimumBakeHours = props.minimumBakeHours ?? DEFAULT_BAKE_HOURS);
    if (!(minimumBakeHours > 0 && Number.isFinite(minimumBakeHours))) {
      throw new MigrationError({
        code: "VALIDATION_BAKE_HOURS",
        path: "minimumBakeHours",
        received: props.minimumBakeHours,
        allowed: "a number of hours above 0",
        fix: "set the hours that the target must carry production before the migration may be finalized",
        construct: path,
      });
    }
    const name = parseProps(this, "VALIDATION_NAME", validationName, props.name ?? defaultName(namePath(this)), "name");
    const tags = { ...migration.tags, ...props.tags };
    const enabled = props.enabled ?? migration.stage.phase !== "prepare";
    const specs = Object.values(healthChecks ?? {});
    const route53 = specs.some((check) => check.kind !== "target-group");
    const provider = route53 ? healthCheckProvider(path, region, props.healthCheckAlarms) : undefined;
    const inRegion =
      endToEndTests !== undefined ||
      performance !== undefined ||
      specs.some((check) => check.kind === "target-group") ||
      (route53 && provider === undefined);
    let topicArns: readonly string[] = [];
    if (inRegion) {
      const topics = topicsOrNew(this, "topic", props.topicArns, { name, region, ...topicKey(props), tags });
      topicArns = topics.topicArns;
      if (topics.topic !== undefined) this.topic = topics.topic;
    }
    const common = { region, name, enabled, tags, ...(inRegion ? { topicArns } : {}) };
    if (healthChecks !== undefined) {
      this.healthChecks = new ApplicationHealthChecks(this, "health", {
        ...common,
        checks: healthChecks,
        ...(props.healthCheckAlarms === undefined ? {} : { healthCheckAlarms: props.healthCheckAlarms }),
      });
    }
    if (endToEndTests !== undefined) {
      this.endToEndTests = new EndToEndTest(this, "end-to-end", { ...common, tests: endToEndTests });
    }
    if (performance !== undefined) {
      this.performance = new PerformanceValidation(this, "performance", { ...common, comparisons: performance });
    }
    this.alarms = [
      ...(this.healthChecks?.alarms ?? []),
      ...(this.endToEndTests?.alarms ?? []),
      ...(this.performance?.alarms ?? []),
    ];
    this.alarmNames = this.alarms.map((each) => each.alarmName);
    this.alarmArns = this.alarms.map((each) => each.alarmArn);
    this.ownVerifications = this.alarms.map((each) => ({
      kind: VERIFICATION_KIND[each.kind],
      name: each.check,
      alarm: {
        name: each.alarmName,
        arn: each.alarmArn,
        notifies: enabled && each.notifies,
        ...(each.inHealthCheckRegion && provider !== undefined ? { region: HEALTH_CHECK_REGION } : {}),
      },
    }));

    const elsewhere = provider === undefined ? [] : this.alarms.filter((each) => each.inHealthCheckRegion);
    const here = this.alarms.filter((each) => !elsewhere.includes(each));
    const settings = { enabled, tags };
    if (here.length > 0) {
      this.compositeAlarm = composite(this, "not-healthy", here, {
        ...settings,
        name: `${name}-not-healthy`,
        topicArns,
      });
    }
    if (elsewhere.length > 0 && provider !== undefined) {
      this.healthCheckCompositeAlarm = composite(this, "not-healthy-in-health-check-region", elsewhere, {
        ...settings,
        name: `${name}-not-healthy-in-${HEALTH_CHECK_REGION}`,
        topicArns: this.healthChecks?.healthCheckTopicArns ?? [],
        provider,
      });
    }
    this.subject = {
      name,
      region,
      topicName: this.topic === undefined ? undefined : name,
      healthCheckTopicName: this.healthChecks?.healthCheckTopic === undefined ? undefined : cut(`${name}-health`, 200),
      here: here.map((each) => each.alarmName),
      elsewhere: elsewhere.map((each) => each.alarmName),
      canaries: Object.values(this.endToEndTests?.canaries ?? {}).flatMap(({ artifacts, canaryName }) =>
        artifacts === undefined ? [] : [canaryName],
      ),
    };
  }

  /** The checks of the suite with their alarms. */
  public override get verifications(): readonly Verification[] {
    return this.ownVerifications;
  }

  /** The alarms and the bake time that the evidence of a stage without a way back must cover. */
  public override get required(): RequiredEvidence {
    return { alarmNames: this.alarmNames, minimumBakeHours: this.minimumBakeHours };
  }

  /** Returns the findings of the rules about validation, as of the assessment's day. */
  public override findings(): readonly Finding[] {
    return runRules(validationRules, this.review);
  }

  /** The subject of {@link validationRules}: the checks as given in the props. */
  public get review(): ValidationReview {
    const { healthChecks, endToEndTests, performance } = this.given;
    return {
      name: this.node.path,
      asOf: this.migration.assessment.asOf,
      healthChecks: healthChecks ?? {},
      endToEndTests: endToEndTests ?? {},
      performance: performance ?? {},
    };
  }

  protected override stepsInto(phase: Phase, names: TransitionNames, transition: StageTransition): PartSteps {
    return validationSteps(this.subject, phase, names, transition);
  }
}

function composite(
  scope: Construct,
  id: string,
  alarms: readonly ValidationAlarm[],
  of: {
    readonly name: string;
    readonly topicArns: readonly string[];
    readonly enabled: boolean;
    readonly tags: Readonly<Record<string, string>>;
    readonly provider?: HealthCheckAlarms["provider"];
  },
): CloudwatchCompositeAlarm {
  // Measured on the names, which are known; the rule itself has references, so that Terraform makes the alarms first.
  const length = alarms.reduce((sum, each) => sum + `ALARM("${each.alarmName}") OR `.length, 0);
  if (alarms.length > COMPOSITE_ALARM_LIMITS.alarms || length > COMPOSITE_ALARM_LIMITS.characters) {
    throw new MigrationError({
      code: "VALIDATION_TOO_MANY_ALARMS",
      path: "props",
      received: alarms.length,
      allowed: `${COMPOSITE_ALARM_LIMITS.alarms} alarms, and ${COMPOSITE_ALARM_LIMITS.characters} characters of their names, for one composite alarm`,
      fix: "make one suite for each application",
      construct: scope.node.path,
    });
  }
  const { lifecycle } = gatheredAlarms(
    scope,
    `${id}-gathered`,
    alarms.map((each) => each.alarmName),
  );
  return new CloudwatchCompositeAlarm(scope, id, {
    ...(of.provider === undefined ? {} : { provider: of.provider }),
    lifecycle,
    alarmName: of.name,
    alarmDescription: "This migration is not healthy: at least one check of it is in alarm",
    alarmRule: alarms.map((each) => `ALARM("${each.alarm.alarmName}")`).join(" OR "),
    // The provider replaces a composite alarm whose actions are switched off, and with it goes its history.
    ...(of.enabled ? { alarmActions: [...of.topicArns], okActions: [...of.topicArns] } : {}),
    tags: { ...of.tags },
  });
}
