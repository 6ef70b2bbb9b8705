/**
 * ```ts
 * new EndToEndTest(this, "end-to-end", {
 *   region: "eu-central-1",
 *   tests: { checkout: { kind: "canary", code: { zipFile: "canaries/checkout.zip" }, handler: "checkout.handler",
 *                        runtimeVersion: "syn-nodejs-puppeteer-17.0" } },
 * });
 * ```
 *
 * The catalog's `end_to_end_testing`: tests that repeat a user's actions on a schedule, so that a failure is known before
 * a user meets it.
 */
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { Construct } from "constructs";
import { z } from "zod";
import { admitConstruct } from "../../core/door/admit";
import { parseProps } from "../../core/props";
import { constructId, defaultName } from "../../core/construct-ids";
import { namePath } from "../../core/rename";
import { partitionOf } from "../../aws/region";
import { topicsOrNew, type AlarmTopic } from "../../aws/alarm-topic";
import { topicKey, type ValidationProps } from "./application-health-checks";
import { Canary } from "./canary";
import { endToEndSpecSchema, type EndToEndSpec } from "./end-to-end-spec";
import { Probe } from "./probe";
import { checkName, validationName, type ValidationAlarm } from "./validation-alarm";

/** Properties of an {@link EndToEndTest}. */
export interface EndToEndTestProps extends ValidationProps {
  /** The tests, by name. A name is part of the Terraform address. */
  readonly tests: Readonly<Record<string, EndToEndSpec>>;
}

const schema = z
  .record(checkName, endToEndSpecSchema)
  .refine((tests) => Object.keys(tests).length > 0, "must have at least one test");

/**
 * End-to-end tests of an application: canaries, CodeBuild projects and Lambda functions on a schedule, each with alarms.
 *
 * @throws MigrationError `END_TO_END_TESTS`, `END_TO_END_FUNCTION_NAME`, `VALIDATION_NAME`, `ALARM_TOPIC_REGION`,
 * `ALARM_TOPICS`, `ALARM_TOPIC_KMS_KEY_ID`
 */
export class EndToEndTest extends Construct {
  /** The alarms, in the order of the tests' names. */
  public readonly alarms: readonly ValidationAlarm[];
  public readonly canaries: Readonly<Record<string, Canary>>;
  public readonly probes: Readonly<Record<string, Probe>>;
  /** The tests as given in the props, by name. */
  public readonly tests: Readonly<Record<string, EndToEndSpec>>;
  /** The topic of the alarms, if this construct creates it. */
  public readonly topic?: AlarmTopic;

  constructor(scope: Construct, id: string, props: EndToEndTestProps) {
    admitConstruct("EndToEndTest", scope, id, props);
    super(scope, id);
    parseProps(this, "END_TO_END_TESTS", schema, props.tests, "tests");
    const name = parseProps(this, "VALIDATION_NAME", validationName, props.name ?? defaultName(namePath(this)), "name");
    const { region, tests } = props;
    const tags = props.tags ?? {};
    const { topicArns, topic } = topicsOrNew(this, "topic", props.topicArns, {
      name,
      region,
      ...topicKey(props),
      tags,
    });
    if (topic !== undefined) this.topic = topic;
    const accountId = new DataAwsCallerIdentity(this, "account").accountId;
    const settings = { name, topicArns, enabled: props.enabled ?? true, tags };
    const partition = partitionOf(region);
    const canaries: Record<string, Canary> = {};
    const probes: Record<string, Probe> = {};
    const alarms: ValidationAlarm[] = [];
    // A namespace of their own: a test may be called topic.
    const scopeOfTests = new Construct(this, "tests");
    for (const check of Object.keys(tests).sort()) {
      const test = tests[check];
      if (test === undefined) continue;
      const common = { check, settings, region, partition, accountId };
      const made =
        test.kind === "canary"
          ? (canaries[check] = new Canary(scopeOfTests, constructId(check), { ...common, test }))
          : (probes[check] = new Probe(scopeOfTests, constructId(check), { ...common, test }));
      alarms.push(...made.alarms);
    }
    this.tests = tests;
    this.canaries = canaries;
    this.probes = probes;
    this.alarms = alarms;
  }
}
