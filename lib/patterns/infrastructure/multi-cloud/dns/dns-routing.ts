/**
 * The Route 53 resources of a routing: the zone where it is new, a health check for each destination that has one, the
 * records.
 */
import { Route53HealthCheck, type Route53HealthCheckConfig } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53Record, type Route53RecordConfig } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Construct } from "constructs";
import { admitConstruct } from "../../../../core/door/admit";
import { literalAroundTokens } from "../../../../core/literal";
import { refuse } from "../../../../core/refuse";
import { isUnresolved } from "../../../../core/unresolved";
import type { DnsOptions } from "../dns-intent";
import type { DnsHealthCheck, DnsPlan, DnsRecord } from "./plan";

/** Properties of a {@link DnsRouting}. */
export interface DnsRoutingProps {
  readonly plan: DnsPlan;
  readonly zone: DnsOptions["zone"];
  /**
   * Tags of the zone and the health checks. The stage must not be among them: it would change resources that a shift
   * leaves alone.
   */
  readonly tags: Readonly<Record<string, string>>;
}

/** The records of one name, with their zone and health checks. */
export class DnsRouting extends Construct {
  /** The id of the hosted zone: the one that was given, or the new one. */
  public readonly zoneId: string;
  /** The zone, where it is created here: its `nameServers` go into the parent zone. */
  public readonly zone?: Route53Zone;
  /** The health checks by destination; those that exist already are not among them. */
  public readonly healthChecks: ReadonlyMap<string, Route53HealthCheck>;
  /** The records by set identifier and type: `aws A`. */
  public readonly records: ReadonlyMap<string, Route53Record>;

  constructor(scope: Construct, id: string, props: DnsRoutingProps) {
    admitConstruct("DnsRouting", scope, id, props);
    super(scope, id);
    const { plan, zone, tags } = props;
    if (zone.id === undefined) {
      this.zone = new Route53Zone(this, "zone", {
        name: literalAroundTokens(plan.zone.name),
        tags: { ...tags },
        ...(zone.vpcIds === undefined
          ? {}
          : { vpc: zone.vpcIds.map((vpcId) => ({ vpcId: literalAroundTokens(vpcId) })) }),
      });
    }
    this.zoneId = zone.id === undefined ? (this.zone?.zoneId ?? "") : literalAroundTokens(zone.id);
    const checks = new Map<string, Route53HealthCheck>();
    const ids = new Map<string, string>();
    // Those that others are calculated from come first.
    const ordered = [...plan.healthChecks].sort(
      (a, b) => Number(a.check.type === "CALCULATED") - Number(b.check.type === "CALCULATED"),
    );
    for (const healthCheck of ordered) {
      const { destination, check } = healthCheck;
      if (check.type === "EXISTING") {
        ids.set(destination, literalAroundTokens(check.id));
        continue;
      }
      const resource = new Route53HealthCheck(this, `health-${destination}`, {
        ...healthCheckConfig(healthCheck, ids),
        tags: { ...tags, Name: literalAroundTokens(`${plan.name} ${destination}`) },
      });
      checks.set(destination, resource);
      ids.set(destination, resource.id);
    }
    this.healthChecks = checks;
    for (const [index, { setIdentifier }] of plan.records.entries()) {
      if (!isUnresolved(setIdentifier)) continue;
      refuse({
        code: "ROUTING_SET_IDENTIFIER",
        path: `plan.records[${index}].setIdentifier`,
        received: setIdentifier,
        allowed: "a name that is known at synthesis",
        fix: "write the name itself: the addresses of the records are made of it",
        construct: this.node.path,
      });
    }
    this.records = new Map(
      plan.records.map((record): [string, Route53Record] => {
        const healthCheckId = ids.get(record.destination);
        const resource = new Route53Record(this, `record-${record.setIdentifier}-${record.type.toLowerCase()}`, {
          zoneId: this.zoneId,
          ...recordConfig(record),
          ...(healthCheckId === undefined ? {} : { healthCheckId }),
        });
        return [`${record.setIdentifier} ${record.type}`, resource];
      }),
    );
  }
}

function healthCheckConfig(
  { check, fqdn, ipAddress, port }: DnsHealthCheck,
  ids: ReadonlyMap<string, string>,
): Route53HealthCheckConfig {
  switch (check.type) {
    case "CALCULATED":
      return {
        type: "CALCULATED",
        childHealthThreshold: check.atLeast,
        childHealthchecks: check.of.flatMap((name) => ids.get(name) ?? []),
      };
    case "CLOUDWATCH_METRIC":
      return {
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: literalAroundTokens(check.alarmName),
        cloudwatchAlarmRegion: literalAroundTokens(check.alarmRegion),
        insufficientDataHealthStatus: check.insufficientData ?? "LastKnownStatus",
      };
    case "EXISTING":
      throw new TypeError("an existing health check is not made");
    case "HTTP":
    case "HTTPS":
    case "TCP": {
      const { searchString, regions } = check;
      const matched = searchString !== undefined && check.type !== "TCP";
      return {
        type: matched ? `${check.type}_STR_MATCH` : check.type,
        requestInterval: check.intervalSeconds ?? 30,
        failureThreshold: check.failureThreshold ?? 3,
        ...(port === undefined ? {} : { port }),
        ...(fqdn === undefined ? {} : { fqdn: literalAroundTokens(fqdn) }),
        ...(ipAddress === undefined ? {} : { ipAddress: literalAroundTokens(ipAddress) }),
        ...(check.type === "TCP" ? {} : { resourcePath: literalAroundTokens(check.path ?? "/") }),
        ...(matched ? { searchString: literalAroundTokens(searchString) } : {}),
        ...(regions === undefined ? {} : { regions: regions.map((region) => literalAroundTokens(region)) }),
      };
    }
  }
}

function recordConfig(record: DnsRecord): Omit<Route53RecordConfig, "zoneId"> {
  const { alias, location, awsRegion, coordinates, bias } = record;
  return {
    name: literalAroundTokens(record.name),
    type: record.type,
    setIdentifier: record.setIdentifier,
    ...(alias === undefined
      ? { ttl: record.ttlSeconds ?? 60, records: (record.values ?? []).map((value) => literalAroundTokens(value)) }
      : {
          alias: {
            name: literalAroundTokens(alias.name),
            zoneId: literalAroundTokens(alias.zoneId),
            evaluateTargetHealth: alias.evaluateTargetHealth,
          },
        }),
    ...(record.weight === undefined ? {} : { weightedRoutingPolicy: { weight: record.weight } }),
    ...(record.role === undefined ? {} : { failoverRoutingPolicy: { type: record.role } }),
    ...(record.policy === "latency" && awsRegion !== undefined
      ? { latencyRoutingPolicy: { region: literalAroundTokens(awsRegion) } }
      : {}),
    ...(location === undefined
      ? {}
      : // Route 53 writes the default as the country *.
        { geolocationRoutingPolicy: location === "default" ? { country: "*" } : { ...location } }),
    ...(record.policy === "geoproximity"
      ? {
          geoproximityRoutingPolicy: {
            ...(awsRegion === undefined ? {} : { awsRegion: literalAroundTokens(awsRegion) }),
            ...(coordinates === undefined
              ? {}
              : {
                  coordinates: [{ latitude: String(coordinates.latitude), longitude: String(coordinates.longitude) }],
                }),
            ...(bias === undefined ? {} : { bias }),
          },
        }
      : {}),
    ...(record.policy === "multivalue" ? { multivalueAnswerRoutingPolicy: true } : {}),
  };
}
