/**
 * ```ts
 * dns: { name: "users.example.com", zone: { name: "example.com", id: "Z0123456789ABC" }, policy: "weighted" },
 * ```
 *
 * The part of an intent that is about DNS: the answers that Route 53 gives for a destination, by what it knows that the
 * destination is healthy, and the policy by which it chooses among them.
 */

import type { FileText } from "../../../core/file-text";

/** The health check by which Route 53 learns whether a destination is healthy. */
export type HealthCheck<Destination extends string = string> =
  | {
      readonly type: "HTTP" | "HTTPS" | "TCP";
      /**
       * The name that is looked up and sent as `Host`.
       * @default - the `cname`, or the host of a destination outside the mesh
       */
      readonly fqdn?: FileText;
      /** The address that is checked. @default - what the name resolves to; without a name, the first of `addresses` */
      readonly ipAddress?: FileText;
      /** The port that is checked. @default - 80 for HTTP, 443 for HTTPS, the destination's port for TCP */
      readonly port?: number;
      /** The path that is requested. @default "/" */
      readonly path?: FileText;
      /** The text that must be in the first 5,120 bytes of the body. @default - the status alone decides */
      readonly searchString?: FileText;
      /** The interval between two checks, in seconds; 10 costs more than 30. @default 30 */
      readonly intervalSeconds?: 10 | 30;
      /** The number of failures in a row that make the destination unhealthy, 1 to 10. @default 3 */
      readonly failureThreshold?: number;
      /** The regions of the checkers: at least three of Route 53's checker regions. @default - all of them */
      readonly regions?: readonly FileText[];
    }
  | {
      readonly type: "CALCULATED";
      /** The destinations whose health checks are counted. */
      readonly of: readonly Destination[];
      /** The number of them that must be healthy. */
      readonly atLeast: number;
    }
  | {
      readonly type: "CLOUDWATCH_METRIC";
      readonly alarmName: FileText;
      readonly alarmRegion: FileText;
      /** The health while the alarm has insufficient data. @default "LastKnownStatus" */
      readonly insufficientData?: "Healthy" | "Unhealthy" | "LastKnownStatus";
    }
  | {
      readonly type: "EXISTING";
      readonly id: FileText;
    };

/** The DNS answer for a destination. */
export interface DnsTarget<Destination extends string = string> {
  /** The IPv4 or IPv6 addresses, for A or AAAA records. One of `addresses`, `alias` and `cname`. @default - none */
  readonly addresses?: readonly FileText[];
  /** The AWS resource that Route 53 resolves itself: the only target that an apex name may have besides addresses. */
  readonly alias?: {
    readonly name: FileText;
    readonly zoneId: FileText;
    /**
     * Whether the target's health is evaluated.
     * @default true - without it, and without a health check, a dead target stays in the answers
     */
    readonly evaluateTargetHealth?: boolean;
  };
  /**
   * The name that a CNAME points to.
   * @default - the destination's host, where it is external and there is neither an address nor an alias
   */
  readonly cname?: FileText;
  /** The health check of the destination. @default - none: Route 53 takes the record for healthy, always */
  readonly healthCheck?: HealthCheck<Destination>;
  /** The AWS region that stands for the destination in `latency` and `geoproximity`. @default - the destination's `region` */
  readonly awsRegion?: FileText;
  /** The clients that `geolocation` sends here; `default` for all others. @default - none */
  readonly location?: "default" | GeoLocation;
  /** The coordinates for `geoproximity` of a place outside AWS, in degrees. @default - by `awsRegion` */
  readonly coordinates?: { readonly latitude: number; readonly longitude: number };
  /** The bias that grows or shrinks the area of `geoproximity`, -99 to 99. @default 0 */
  readonly bias?: number;
}

/**
 * A place for `geolocation`, from large to small; a subdivision needs its country. Continent AF, AN, AS, EU, NA, OC or SA;
 * ISO 3166-1 country.
 */
export type GeoLocation = { readonly continent: string } | { readonly country: string; readonly subdivision?: string };

/** The routing policies by which Route 53 chooses an answer. */
export const dnsPolicies = ["weighted", "failover", "latency", "geolocation", "geoproximity", "multivalue"] as const;
/** A routing policy of Route 53. */
export type DnsPolicy = (typeof dnsPolicies)[number];

/** Options for the DNS records of an intent. */
export interface DnsOptions<Destination extends string = string> {
  /** The name that clients look up: `users.example.com`. */
  readonly name: FileText;
  readonly zone: {
    /** The hosted zone's domain: `example.com`. */
    readonly name: FileText;
    /** The id of an existing hosted zone. @default - a new hosted zone */
    readonly id?: FileText;
    /**
     * The ids of the VPCs that a new zone is private to.
     * @default - public
     * @knownLength
     */
    readonly vpcIds?: readonly FileText[];
    /** Whether the existing zone is private. @default - true exactly where `vpcIds` are given */
    readonly private?: boolean;
  };
  readonly policy: DnsPolicy;
  /**
   * The TTL in seconds, for which resolvers may keep an answer; a shift or a failover takes as long to be seen.
   * @default 60
   */
  readonly ttlSeconds?: number;
  /**
   * The destinations that DNS answers with.
   * @default - those of the default route, then those of `failover` for that policy
   */
  readonly destinations?: readonly Destination[];
  /** The weights for DNS alone, 0 to 255. @default - those of the default route */
  readonly weights?: Readonly<Partial<Record<Destination, number>>>;
  /** The jurisdiction that no answer may leave, whatever fails. @default - no constraint */
  readonly residency?: FileText;
}
