/**
 * How each example is walked: its stages in order, forward and back, and what a change of stage may touch. What is not named
 * here may neither be created, changed nor destroyed by one; the two parameters of the stage record change in each.
 */
import { admitted } from "./admitted";
import type { AwsApi } from "./aws";
import { bookingWalk } from "./booking-walk";
import { ROOT_VOLUME, strayVolumes } from "./root-volumes";

/**
 * What may happen to the resources of one type:
 *
 * - `comes-and-goes`: they may be created, changed and destroyed.
 * - a list: they may be changed in place, and in these attributes alone.
 * - both: those whose address matches come and go, the others are changed in these attributes alone.
 */
export type Move =
  "comes-and-goes" | readonly string[] | { readonly comesAndGoes: RegExp; readonly attributes: readonly string[] };

/** What may happen, by resource type. */
export type Moves = Readonly<Record<string, Move>>;

/** The way of one example. */
export interface Walk {
  /** In this order. The first is what the first deploy declares. */
  readonly stages: readonly string[];
  /** What a change of stage may touch, by resource type. */
  readonly moves: Moves;
  /**
   * What entering one stage may touch beside `moves`.
   * @default - nothing more
   */
  readonly movesInto?: Readonly<Record<string, Moves>>;
  /**
   * What the example's `createApp` is called with, as plain data.
   * @default - the stage alone: `{ stage }`
   */
  readonly options?: (stage: string) => object;
  /**
   * The account that the example's own ARNs are of.
   * @default - any
   */
  readonly account?: string;
  /**
   * What the example finds in the account: made before the first deploy, through the AWS API.
   * @default - nothing
   */
  readonly given?: (ask: AwsApi) => Promise<void>;
  /**
   * The stage in which `cdktf destroy` is tried, and has to be refused by Terraform with nothing destroyed.
   * @default - it is not tried
   */
  readonly refusesDestroyIn?: string;
  /**
   * What `createApp` is called with in a deploy of its own before the destroy, as a user has to do who is not in the first
   * stage.
   * @default - the walk ends in the first stage, in which nothing is protected
   */
  readonly unprotected?: (stage: string) => object;
  /**
   * The migration that is handed over when the walk is at its end, which is then its last stage.
   * @default - none is
   */
  readonly handOver?: string;
  /**
   * Whether it comes back after its hand-over, as the hand-over's README says, so that the stack destroys it in the end.
   * @default false - the way back is planned where no entry of a state has to be moved for it, and the new module is destroyed
   */
  readonly comesBack?: boolean;
  /**
   * The ARNs of what a destroy leaves on purpose.
   * @default - it leaves nothing
   */
  readonly leaves?: readonly RegExp[];
  /**
   * The same as `seen`, after the destroy.
   * @default - that nothing has the library's tags any more is enough
   */
  readonly seenAfterDestroy?: (ask: AwsApi) => Promise<string | undefined>;
  /**
   * The stacks that a change of stage may touch.
   * @default - all of the example
   */
  readonly stacks?: readonly string[];
  /**
   * Looks at a stage through the AWS API, with other eyes than Terraform's. Answers what is wrong, or undefined.
   * @default - Terraform's own account is enough
   */
  readonly seen?: (stage: string, ask: AwsApi) => Promise<string | undefined>;
}

/** Before `verify` no alarm tells anybody, and only in `live` silence is one. */
const tunnelAlarms: Move = ["actions_enabled", "threshold", "treat_missing_data"];

/** Asserts, in the words of the API, whom each stage lets in. */
function lets(network: string, byStage: Readonly<Record<string, string>>): NonNullable<Walk["seen"]> {
  return async (stage, ask) => {
    const [found, wanted] = [await admitted(ask, network), byStage[stage] ?? ""];
    return found === wanted ? undefined : `let in from outside: "${found}", not "${wanted}"`;
  };
}

const larkspurAdmits = lets("10.64.0.0/16", {
  test: "10.30.8.0/24",
  cutover: "10.20.20.11/32, 10.20.20.31/32, 10.20.20.32/32, 10.20.20.61/32, 10.20.30.21/32, 10.30.0.15/32",
});

/** Asserts where a name leads, and for how long an answer is kept. */
async function nameLeads(
  ask: AwsApi,
  zone: string,
  name: string,
  wanted: { readonly to: RegExp; readonly seconds: number },
): Promise<string | undefined> {
  const { HostedZones: zones } = await ask<{ HostedZones: { Id: string; Name: string }[] }>(
    "route53",
    "list_hosted_zones",
  );
  const { ResourceRecordSets: records } = await ask<{
    ResourceRecordSets: { Name: string; Type: string; TTL?: number; ResourceRecords?: { Value: string }[] }[];
  }>("route53", "list_resource_record_sets", {
    HostedZoneId: zones.find((each) => each.Name === `${zone}.`)?.Id ?? "no zone",
  });
  const found = records.find((record) => record.Name === `${name}.` && record.Type === "A");
  const value = found?.ResourceRecords?.map(({ Value }) => Value).join(", ") ?? "nothing";
  if (wanted.to.test(value) && found?.TTL === wanted.seconds) return undefined;
  return `${name} leads to ${value} for ${found?.TTL ?? "no"} seconds, not to ${wanted.to.source} for ${wanted.seconds}`;
}

/** Long ones first, so that two lanes end together. An example without a walk is deployed, planned again and destroyed. */
export const walks: Readonly<Record<string, Walk>> = {
  platform: {
    stages: ["replicate", "test", "cutover", "test", "cutover", "test", "replicate"],
    // The plan's dashboard says how many migrations are done.
    stacks: ["plan", "wave-1"],
    account: "111122223333",
    // The alarms of a service that is there already, which the plan's own alarm gathers.
    given: async (ask) => {
      for (const AlarmName of ["shop-partners-orders", "shop-partners-latency"]) {
        await ask("cloudwatch", "put_metric_alarm", {
          AlarmName,
          Namespace: "Shop/Partners",
          MetricName: AlarmName,
          Statistic: "Average",
          Period: 300,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: "GreaterThanThreshold",
        });
      }
    },
    leaves: [ROOT_VOLUME],
    seenAfterDestroy: strayVolumes,
    // The waves are where they began; the VPN is not, and its keys are protected.
    unprotected: (stage) => ({
      stage,
      unprotected: { reason: "the lab is over", approvedBy: "A. Owner", until: "2026-11-22" },
    }),
    moves: {
      aws_vpc_security_group_ingress_rule: "comes-and-goes",
      aws_vpc_security_group_egress_rule: "comes-and-goes",
      // The tests end to end run from the stage test on, and before nobody is told of what they miss.
      aws_scheduler_schedule: ["state"],
      aws_cloudwatch_metric_alarm: ["actions_enabled"],
      // The plan's stop alarm gathers what tells somebody, and is made anew where that changes.
      aws_cloudwatch_composite_alarm: { comesAndGoes: /_metrics_stop_/, attributes: ["alarm_actions", "ok_actions"] },
      terraform_data: ["input", "output"],
      aws_cloudwatch_dashboard: ["dashboard_body"],
      aws_route53_record: ["records", "ttl"],
    },
    seen: async (stage, ask) =>
      (await larkspurAdmits(stage, ask)) ??
      (await nameLeads(ask, "apps.larkspur.example", "intranet.apps.larkspur.example", {
        to: stage === "cutover" ? /^10\.64\.\d+\.\d+$/ : /^10\.20\.10\.31$/,
        seconds: stage === "replicate" ? 300 : 60,
      })),
  },
  "lift-and-shift": bookingWalk,
  "hybrid-vpn": {
    // Every step of the way, and the end of it last.
    stages: ["live", "verify", "connect", "verify", "live"],
    handOver: "office/hybrid-vpn-hybrid",
    moves: {
      aws_vpn_gateway_route_propagation: "comes-and-goes",
      aws_route53_resolver_rule_association: "comes-and-goes",
      aws_cloudwatch_metric_alarm: tunnelAlarms,
    },
  },
  "hybrid-vpn-bgp": {
    stages: ["live", "verify", "connect", "verify", "live"],
    handOver: "dc1/hybrid-vpn-bgp-hybrid",
    moves: {
      aws_route: "comes-and-goes",
      aws_cloudwatch_metric_alarm: tunnelAlarms,
    },
  },
  "multi-cloud-routing": {
    stages: ["100-percent", "0-percent", "10-percent", "50-percent", "100-percent"],
    handOver: "users/users-routing-users",
    moves: { aws_route53_record: ["weighted_routing_policy"] },
    seen: async (stage, ask) => {
      const { HostedZones: zones } = await ask<{ HostedZones: { Id: string }[] }>("route53", "list_hosted_zones");
      const { ResourceRecordSets: records } = await ask<{
        ResourceRecordSets: { SetIdentifier?: string; Weight?: number }[];
      }>("route53", "list_resource_record_sets", { HostedZoneId: zones[0]?.Id ?? "no zone" });
      const percent = parseInt(stage, 10);
      const wanted = { local: 100 - percent, aws: percent };
      const found = Object.fromEntries(
        records.flatMap(({ SetIdentifier: name, Weight: weight }) => (name === undefined ? [] : [[name, weight]])),
      ) as Record<string, number>;
      const agree = found["local"] === wanted.local && found["aws"] === wanted.aws;
      return agree ? undefined : `Route 53 has the weights ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`;
    },
  },
};
