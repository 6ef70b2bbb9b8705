/**
 * ```ts
 * new VpnAlarms(this, "alarms", { vpn, topicArns: [topic.arn] });
 * ```
 *
 * The alarms of a VPN connection. `TunnelState` means two things: with static routing it is the IPsec
 * tunnel, with BGP it is the session, so that a session which flaps shows only in the *minimum*. Bytes are no sign of life (a
 * healthy tunnel may be silent), which is why the traffic alarm can fire only where traffic is expected.
 *
 * Source: Site-to-Site VPN user guide, "Monitor with CloudWatch" (metrics are reported every five minutes).
 */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";
import { namePath } from "../../../core/rename";
import type { SiteToSiteVpn } from "./site-to-site-vpn";

/** Properties of {@link VpnAlarms}. */
export interface VpnAlarmsProps {
  readonly vpn: SiteToSiteVpn;
  /** The ARNs of the SNS topics that alarms, and their end, are sent to. */
  readonly topicArns: readonly string[];
  /** Whether notifications are sent. The alarms exist in any case, to be looked at. @default true */
  readonly actionsEnabled?: boolean;
  /** Whether silence is an alarm: set it once the connection must carry traffic. @default false */
  readonly expectTraffic?: boolean;
  /** Minutes without a byte in either direction that are an alarm: a multiple of 5. @default 15 */
  readonly silenceMinutes?: number;
  /** Tags on every alarm. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

const NAMESPACE = "AWS/VPN";
const PERIOD_SECONDS = 300;

/** The alarms of one connection. Each costs 0.10 USD a month. */
export class VpnAlarms extends Construct {
  /** The alarms by their names, for overrides and composite alarms. */
  public readonly alarms: Readonly<Record<string, CloudwatchMetricAlarm>>;

  constructor(scope: Construct, id: string, props: VpnAlarmsProps) {
    admitConstruct("VpnAlarms", scope, id, props);
    super(scope, id);
    const { vpn } = props;
    const { name, routing } = vpn.spec;
    // An alarm's name is unique in its account and region, and a second one of that name would replace the first.
    const prefix = namePath(this).replaceAll("/", "-");
    const topics = [...props.topicArns];
    const common = {
      alarmActions: topics,
      okActions: topics,
      actionsEnabled: props.actionsEnabled ?? true,
      ...(props.tags === undefined ? {} : { tags: { ...props.tags } }),
    };
    const alarms: Record<string, CloudwatchMetricAlarm> = {};
    const tunnels = [
      [1, vpn.tunnel1Address],
      [2, vpn.tunnel2Address],
    ] as const;
    for (const [number, address] of tunnels) {
      const metric = {
        namespace: NAMESPACE,
        metricName: "TunnelState",
        dimensions: { TunnelIpAddress: address },
        period: PERIOD_SECONDS,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        treatMissingData: "breaching",
      };
      alarms[`tunnel${number}-state`] = new CloudwatchMetricAlarm(this, `tunnel${number}-state`, {
        ...common,
        ...metric,
        alarmName: `${prefix}-tunnel${number}-down`,
        alarmDescription: `Tunnel ${number} of ${name} was down for 10 minutes; the other tunnel carries everything`,
        statistic: "Maximum",
        evaluationPeriods: 2,
      });
      if (routing.type === "static") continue;
      alarms[`tunnel${number}-bgp`] = new CloudwatchMetricAlarm(this, `tunnel${number}-bgp`, {
        ...common,
        ...metric,
        alarmName: `${prefix}-tunnel${number}-bgp-dropped`,
        alarmDescription: `The BGP session in tunnel ${number} of ${name} dropped, if only for a moment`,
        statistic: "Minimum",
        evaluationPeriods: 1,
      });
    }
    alarms["traffic"] = this.trafficAlarm(vpn, prefix, common, {
      expected: props.expectTraffic ?? false,
      evaluationPeriods: Math.max(1, Math.round((props.silenceMinutes ?? 15) / 5)),
    });
    this.alarms = alarms;
  }

  private trafficAlarm(
    vpn: SiteToSiteVpn,
    prefix: string,
    common: { readonly alarmActions: string[]; readonly okActions: string[]; readonly actionsEnabled: boolean },
    { expected, evaluationPeriods }: { readonly expected: boolean; readonly evaluationPeriods: number },
  ): CloudwatchMetricAlarm {
    const dimensions = { VpnId: vpn.vpnConnectionId };
    const bytes = (id: string, metricName: string) => ({
      id,
      returnData: false,
      metric: { namespace: NAMESPACE, metricName, dimensions, period: PERIOD_SECONDS, stat: "Sum" },
    });
    return new CloudwatchMetricAlarm(this, "traffic", {
      ...common,
      alarmName: `${prefix}-no-traffic`,
      alarmDescription: `Neither direction of ${vpn.spec.name} carried a byte for ${evaluationPeriods * 5} minutes`,
      comparisonOperator: "LessThanOrEqualToThreshold",
      // It is there in every stage, because CloudWatch deletes no alarm that a composite alarm names, and going back must not
      // need it gone. Where no traffic is expected it cannot fire: no connection carries less than no byte.
      threshold: expected ? 0 : -1,
      evaluationPeriods,
      treatMissingData: expected ? "breaching" : "notBreaching",
      metricQuery: [
        { id: "both", expression: "SUM(METRICS())", label: "Bytes in both directions", returnData: true },
        bytes("bytesin", "TunnelDataIn"),
        bytes("bytesout", "TunnelDataOut"),
      ],
    });
  }
}
