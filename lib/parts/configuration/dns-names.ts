/** The Route 53 records of the DNS names that move, and the health checks of their targets. */
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53Record, type Route53RecordConfig } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { MigrationError } from "../../core/error";
import { isUnresolved } from "../../core/tokens";
import { isPublicAddress } from "../../network/public-address";
import { constructId, joinIds } from "../../core/construct-ids";
import type { Phase } from "../../core/phase";
import { isTtlLowered, sideOf, type CutoverSide } from "./cutover-side";
import {
  LOWERED_DNS_TTL,
  DEFAULT_DNS_TTL,
  type DnsAnswer,
  type DnsRecordSettings,
  type HealthCheckSettings,
} from "./settings";

/** Properties of {@link DnsNames}. */
export interface DnsNamesProps {
  readonly application: string;
  readonly records: readonly DnsRecordSettings[];
  /** The phase of the declared stage. */
  readonly phase: Phase;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A Route 53 record for each DNS name that has a zone id, with the values that are in effect in the phase.
 *
 * @throws MigrationError `CONFIGURATION_TTL`, `CONFIGURATION_HEALTH_CHECK_ADDRESS`, `CONFIGURATION_ANSWER_SOURCE`,
 * `CONFIGURATION_EXISTING_RECORD`
 */
export class DnsNames extends Construct {
  /** The records by name, type and view; if a name has two records, by the side as well: `shop.example.com A target`. */
  public readonly records: ReadonlyMap<string, Route53Record>;
  /** The health checks that this construct creates, by name, type and view. */
  public readonly healthChecks: ReadonlyMap<string, Route53HealthCheck>;

  constructor(scope: Construct, id: string, props: DnsNamesProps) {
    super(scope, id);
    const records = new Map<string, Route53Record>();
    const healthChecks = new Map<string, Route53HealthCheck>();
    for (const [index, record] of props.records.entries()) {
      checkRecord(record, `dnsRecords[${index}]`);
      const view = record.view === undefined ? [] : [record.view];
      const at = new Construct(this, joinIds(constructId(record.fqdn), record.source.type, ...view));
      const key = recordKey(record);
      const check = record.healthCheck;
      let checkId: string | undefined;
      if (check !== undefined && "healthCheckId" in check) {
        checkId = check.healthCheckId;
      } else if (check !== undefined) {
        const made = makeHealthCheck(at, record.fqdn, check, props);
        healthChecks.set(key, made);
        checkId = made.id;
      }
      if (record.zoneId === undefined) continue;
      for (const [side, made] of makeRecords(at, record, record.zoneId, props.phase, checkId)) {
        records.set(side === undefined ? key : `${key} ${side}`, made);
      }
    }
    this.records = records;
    this.healthChecks = healthChecks;
  }
}

/** Returns the key of a record in {@link DnsNames.records}: name, type and view. */
export function recordKey({ fqdn, source, view }: DnsRecordSettings): string {
  return [fqdn, source.type, ...(view === undefined ? [] : [view])].join(" ");
}

/** Returns the time to live of a record in the phase, in seconds. */
export function ttlOf(
  { ttl = DEFAULT_DNS_TTL, loweredTtl = LOWERED_DNS_TTL }: DnsRecordSettings,
  phase: Phase,
): number {
  return isTtlLowered(phase) ? Math.min(ttl, loweredTtl) : ttl;
}

function makeRecords(
  at: Construct,
  record: DnsRecordSettings,
  zoneId: string,
  phase: Phase,
  healthCheckId: string | undefined,
): [CutoverSide | undefined, Route53Record][] {
  const { fqdn, whenUnhealthy, existing } = record;
  const holds = sideOf(phase);
  if (whenUnhealthy !== "answer-source") {
    const made = new Route53Record(at, "record", { zoneId, name: fqdn, ...answer(record, holds, phase) });
    if (existing === true) made.importFrom(`${zoneId}_${fqdn.replace(/\.$/, "").toLowerCase()}_${record.source.type}`);
    return [[undefined, made]];
  }
  const sides: readonly CutoverSide[] = phase === "final" ? ["target"] : ["source", "target"];
  return sides.map((side) => [
    side,
    new Route53Record(at, side, {
      zoneId,
      name: fqdn,
      ...answer(record, side, phase),
      setIdentifier: side,
      // Records of weight 0 are answered only while all others are unhealthy (Route 53 Developer Guide, "How Amazon
      // Route 53 chooses records when health checking is configured").
      weightedRoutingPolicy: { weight: side === holds ? 100 : 0 },
      ...(side === "target" && healthCheckId !== undefined ? { healthCheckId } : {}),
    }),
  ]);
}

function answer(
  record: DnsRecordSettings,
  side: CutoverSide,
  phase: Phase,
): Pick<Route53RecordConfig, "type" | "ttl" | "records" | "alias"> {
  const given: DnsAnswer = record[side];
  if ("values" in given) return { type: given.type, ttl: ttlOf(record, phase), records: [...given.values] };
  const { dnsName, zoneId, evaluateTargetHealth = true } = given.alias;
  return { type: given.type, alias: { name: dnsName, zoneId, evaluateTargetHealth } };
}

function makeHealthCheck(
  at: Construct,
  fqdn: string,
  check: Extract<HealthCheckSettings, { type: string }>,
  { application, tags }: DnsNamesProps,
): Route53HealthCheck {
  return new Route53HealthCheck(at, "health-check", {
    type: check.type,
    port: check.port,
    failureThreshold: check.failureThreshold ?? 3,
    requestInterval: check.requestInterval ?? 30,
    ...(check.fqdn === undefined ? {} : { fqdn: check.fqdn }),
    ...(check.ipAddress === undefined ? {} : { ipAddress: check.ipAddress }),
    ...(check.type === "TCP" ? {} : { resourcePath: check.path ?? "/" }),
    tags: { ...tags, Name: `${application} ${fqdn}` },
  });
}

function checkRecord(record: DnsRecordSettings, path: string): void {
  const { ttl = DEFAULT_DNS_TTL, loweredTtl, healthCheck, whenUnhealthy, existing, source, target, zoneId } = record;
  if (loweredTtl !== undefined && loweredTtl > ttl) {
    throw new MigrationError({
      code: "CONFIGURATION_TTL",
      path: `${path}.loweredTtl`,
      received: loweredTtl,
      allowed: `at most ttl, which is ${ttl} seconds`,
      fix: "lower it, or raise ttl",
    });
  }
  if (existing === true && (zoneId === undefined || whenUnhealthy === "answer-source")) {
    throw new MigrationError({
      code: "CONFIGURATION_EXISTING_RECORD",
      path: `${path}.existing`,
      allowed: "true only for a plain record of a Route 53 zone that is named by zoneId",
      fix: "give the zoneId, and leave whenUnhealthy out: a plain record cannot become a weighted one in place",
    });
  }
  if (healthCheck !== undefined && "type" in healthCheck && healthCheck.ipAddress !== undefined) {
    const { ipAddress } = healthCheck;
    if (!isUnresolved(ipAddress) && !isPublicAddress(ipAddress)) {
      throw new MigrationError({
        code: "CONFIGURATION_HEALTH_CHECK_ADDRESS",
        path: `${path}.healthCheck.ipAddress`,
        received: ipAddress,
        allowed: "a public address: Route 53's health checkers are on the internet",
        fix: "check a public endpoint, or pass healthCheckId of a check that follows a CloudWatch alarm",
      });
    }
  }
  if (whenUnhealthy !== "answer-source") return;
  // Route 53 API Reference, ResourceRecordSet, Weight: one value in each weighted record.
  const single = [source, target].every((each) => "alias" in each || each.values.length === 1);
  if (healthCheck === undefined || zoneId === undefined || source.type !== target.type || !single) {
    throw new MigrationError({
      code: "CONFIGURATION_ANSWER_SOURCE",
      path: `${path}.whenUnhealthy`,
      allowed: "answer-source only with a zoneId, a healthCheck, and one value of the same type on each side",
      fix: "change what does not fit, or leave whenUnhealthy out",
    });
  }
}
