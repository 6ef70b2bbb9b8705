/**
 * ```ts
 * const intent: RoutingIntent = {
 *   service: "user-service",
 *   destinations: {
 *     local: { cloud: "on-premises", host: "user-service", subset: "local" },
 *     aws: { cloud: "aws", region: "us-east-1", host: "aws-service.company.com" },
 *   },
 *   routes: [{ match: [{ headers: { region: { exact: "us-east" } } }], to: { aws: 100 } }],
 *   default: { to: { local: 80, aws: 20 } },
 * };
 * ```
 *
 * Where the requests of one service go, said once. Istio manifests, Route 53 records, the diagram and the evaluator are all
 * derived from it, so they cannot disagree unless the intent itself says so.
 */

/** How a text of the request is compared. `regex` is RE2 and must match the whole text, as in Envoy. */
export type TextMatch = { readonly exact: string } | { readonly prefix: string } | { readonly regex: string };

/** How a header or a query parameter is compared; `{ present: true }` asks only that it is there. */
export type ValueMatch = TextMatch | { readonly present: true };

/** Conditions on one request. All of them must hold; those left out are not looked at. */
export interface RequestMatch {
  /** By header name; names are compared without regard to case. */
  readonly headers?: Readonly<Record<string, ValueMatch>>;
  /** Headers that must not match. `{ present: true }` asks that the header is absent. */
  readonly withoutHeaders?: Readonly<Record<string, ValueMatch>>;
  /** The path without the query string. */
  readonly uri?: TextMatch;
  /** @default false - the path's case counts */
  readonly ignoreUriCase?: boolean;
  readonly method?: TextMatch;
  /** The `Host` or `:authority` that the client asked for. */
  readonly authority?: TextMatch;
  readonly scheme?: TextMatch;
  readonly queryParams?: Readonly<Record<string, ValueMatch>>;
  /** Labels of the calling workload. */
  readonly sourceLabels?: Readonly<Record<string, string>>;
  /** Namespace of the calling workload. */
  readonly sourceNamespace?: string;
  /** The gateways through which the request came in; `mesh` stands for the sidecars. */
  readonly gateways?: readonly string[];
  /** The port that the client called. */
  readonly port?: number;
}

/** Retries of a route, as Istio's `HTTPRetry`. */
export interface Retries {
  /** How often a failed request is tried again. 0 switches retries off. */
  readonly attempts: number;
  /** Milliseconds that one attempt may take. @default - the route's timeout */
  readonly perTryTimeoutMs?: number;
  /** Envoy's conditions, comma separated. @default - Istio's own */
  readonly retryOn?: string;
}

/** Faults put in on purpose, to rehearse a failure. */
export interface Fault {
  /** Delays a share of the requests. @default - none */
  readonly delay?: { readonly fixedMs: number; readonly percent: number };
  /** Answers a share of the requests with a status. @default - none */
  readonly abort?: { readonly httpStatus: number; readonly percent: number };
}

/** What a route and the default route have in common. */
export interface RouteTarget<Destination extends string = string> {
  /**
   * - a name: everything goes to that destination.
   * - weights by name: relative shares, whole numbers of 0 or more with a sum above 0.
   */
  readonly to: Destination | Readonly<Partial<Record<Destination, number>>>;
  /** The name in access logs and in `explain()`. @default - its position, or `default` */
  readonly name?: string;
  /**
   * The jurisdiction that requests of this route must never leave, whatever fails. Every destination that it can reach must
   * have the same `jurisdiction`.
   * @default - no constraint
   */
  readonly residency?: string;
  /** Milliseconds after which the request fails. @default - Istio's: no timeout */
  readonly timeoutMs?: number;
  /** @default - Istio's: two retries */
  readonly retries?: Retries;
  /** @default - none */
  readonly fault?: Fault;
  /** Sends a copy of a share of the requests elsewhere; its answers are thrown away. @default - none */
  readonly mirror?: { readonly to: Destination; readonly percent: number };
  /** Replaces the matched part of the path, or the authority, before the request is sent on. @default - unchanged */
  readonly rewrite?: { readonly uri?: string; readonly authority?: string };
}

/** A route: the first one that matches decides. */
export interface Route<Destination extends string = string> extends RouteTarget<Destination> {
  /** Alternatives: one that holds is enough. At least one. */
  readonly match: readonly RequestMatch[];
}

/** When Envoy stops sending requests to an endpoint that fails. */
export interface OutlierDetection {
  /** Server errors in a row. @default 5 */
  readonly consecutive5xxErrors?: number;
  /** Milliseconds between two looks. @default 10000 */
  readonly intervalMs?: number;
  /** Milliseconds for which an endpoint is left out the first time. @default 30000 */
  readonly baseEjectionMs?: number;
  /** How many of the endpoints may be left out, in percent. @default 100 */
  readonly maxEjectionPercent?: number;
}

/**
 * Localities are `region/zone/sub-zone`, and may end in `*`.
 *
 * - `distribute`: callers of a locality are spread over localities by shares with the sum 100.
 * - `failover`: callers of a region go to another while their own is unhealthy.
 */
export type Localities =
  | { readonly distribute: readonly { readonly from: string; readonly to: Readonly<Record<string, number>> }[] }
  | { readonly failover: readonly { readonly from: string; readonly to: string }[] };

/** TLS from the sidecar to the destination, as Istio's `ClientTLSSettings`. */
export interface ClientTls {
  readonly mode: "DISABLE" | "SIMPLE" | "MUTUAL" | "ISTIO_MUTUAL";
  /** Server name in the TLS handshake. @default - Istio's: the authority */
  readonly sni?: string;
  /** Kubernetes secret with the client's certificate. @default - none */
  readonly credentialName?: string;
  /** Path of the CA bundle in the sidecar. @default - the system's */
  readonly caCertificates?: string;
  /** Paths of the client's certificate and key in the sidecar, for `MUTUAL` without a secret. @default - none */
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  /** @default - the authority is checked */
  readonly subjectAltNames?: readonly string[];
}

/** One endpoint of an external destination. */
export interface Endpoint {
  /** IP address for `STATIC`, DNS name or IP address for `DNS`. */
  readonly address: string;
  /** `region/zone/sub-zone`. @default - the destination's region and zone */
  readonly locality?: string;
  /** Share among the endpoints. @default - equal */
  readonly weight?: number;
}

/** How Route 53 learns whether a destination is healthy. */
export type HealthCheck<Destination extends string = string> =
  | {
      readonly type: "HTTP" | "HTTPS" | "TCP";
      /** Name that is looked up and sent as `Host`. @default - the `cname`, or the host of a destination outside the mesh */
      readonly fqdn?: string;
      /** Address that is asked. @default - what the name resolves to; without a name, the first of `addresses` */
      readonly ipAddress?: string;
      /** @default - 80 for HTTP, 443 for HTTPS, the destination's port for TCP */
      readonly port?: number;
      /** @default "/" */
      readonly path?: string;
      /** Text in the first 5,120 bytes of the body. @default - the status alone decides */
      readonly searchString?: string;
      /** 10 costs more than 30. @default 30 */
      readonly intervalSeconds?: 10 | 30;
      /** Failures in a row, 1 to 10. @default 3 */
      readonly failureThreshold?: number;
      /** At least three of Route 53's checker regions. @default - all of them */
      readonly regions?: readonly string[];
    }
  | {
      readonly type: "CALCULATED";
      /** The destinations whose health checks are counted. */
      readonly of: readonly Destination[];
      /** How many of them must be healthy. */
      readonly atLeast: number;
    }
  | {
      readonly type: "CLOUDWATCH_METRIC";
      readonly alarmName: string;
      readonly alarmRegion: string;
      /** @default "LastKnownStatus" */
      readonly insufficientData?: "Healthy" | "Unhealthy" | "LastKnownStatus";
    }
  | {
      readonly type: "EXISTING";
      readonly id: string;
    };

/** What DNS answers for a destination. */
export interface DnsTarget<Destination extends string = string> {
  /** IPv4 or IPv6 addresses: A or AAAA records. One of `addresses`, `alias` and `cname`. @default - none */
  readonly addresses?: readonly string[];
  /** An AWS resource that Route 53 resolves itself: the only target that an apex name may have besides addresses. */
  readonly alias?: {
    readonly name: string;
    readonly zoneId: string;
    /** @default true - without it, and without a health check, a dead target stays in the answers */
    readonly evaluateTargetHealth?: boolean;
  };
  /** @default - the destination's host, where it is external and there is neither an address nor an alias */
  readonly cname?: string;
  /** @default - none: Route 53 takes the record for healthy, always */
  readonly healthCheck?: HealthCheck<Destination>;
  /** AWS region that stands for the destination in `latency` and `geoproximity`. @default - the destination's `region` */
  readonly awsRegion?: string;
  /** The clients that `geolocation` sends here; `default` for all others. @default - none */
  readonly location?: "default" | GeoLocation;
  /** For `geoproximity` of a place outside AWS, in degrees. @default - by `awsRegion` */
  readonly coordinates?: { readonly latitude: number; readonly longitude: number };
  /** Grows or shrinks the area of `geoproximity`, -99 to 99. @default 0 */
  readonly bias?: number;
}

/** A place, from large to small; a subdivision needs its country. Continent AF, AN, AS, EU, NA, OC or SA; ISO 3166-1 country. */
export type GeoLocation = { readonly continent: string } | { readonly country: string; readonly subdivision?: string };

/** Where requests can go. */
export interface Destination<Name extends string = string> {
  /** Who runs it: `aws`, `gcp`, `azure`, `on-premises` … */
  readonly cloud: string;
  /** DNS name, or the name of a Kubernetes service. */
  readonly host: string;
  /**
   * @default - `mesh` for a name without a dot or one that ends in `.svc.cluster.local`, otherwise `external`
   */
  readonly location?: "mesh" | "external";
  readonly region?: string;
  readonly zone?: string;
  /** The legal area its data is kept in: `eu`. Compared with a route's `residency`. @default - none */
  readonly jurisdiction?: string;
  /** @default - 443 for an external destination; for one in the mesh, the service's only port */
  readonly port?: number;
  /** Istio's protocol name. @default "HTTPS" for port 443, otherwise "HTTP" */
  readonly protocol?: string;
  /** Subset of the service's workloads. @default - all of them */
  readonly subset?: string;
  /** Labels that make up the subset. @default - the subset is all workloads */
  readonly labels?: Readonly<Record<string, string>>;
  /** How the sidecar finds endpoints. Only for external destinations. @default "DNS" */
  readonly resolution?: "DNS" | "DNS_ROUND_ROBIN" | "STATIC" | "NONE";
  /** Virtual addresses of the service, needed for plain TCP. @default - none */
  readonly addresses?: readonly string[];
  /** @default - the host itself is looked up */
  readonly endpoints?: readonly Endpoint[];
  /** Whether Istio trusts it as its own: `MESH_INTERNAL` for workloads with sidecars elsewhere. @default "MESH_EXTERNAL" */
  readonly trust?: "MESH_EXTERNAL" | "MESH_INTERNAL";
  /** @default - none */
  readonly tls?: ClientTls;
  /** Authority that the destination wants to be called by. @default - the client's */
  readonly authority?: string;
  /**
   * Where its requests go while it is unhealthy, in this order. `[]` for nowhere.
   * @default - the intent's `failover` without the destination itself
   */
  readonly failover?: readonly Name[];
  /**
   * Among the destination's own endpoints, which localities serve which callers. Not beside a `failover` that the mesh
   * carries out: Istio takes one of the two. @default - Istio's: the nearest locality first
   */
  readonly localities?: Localities;
  /** @default - the defaults of {@link OutlierDetection} where there is failover, otherwise none */
  readonly outlierDetection?: OutlierDetection;
  /** @default - a CNAME to the host, without a health check */
  readonly dns?: DnsTarget<Name>;
}

/** A server of an Istio Gateway. */
export interface GatewayServer {
  readonly port: number;
  readonly protocol: string;
  /** @default - the intent's hosts */
  readonly hosts?: readonly string[];
  /** @default - plain text */
  readonly tls?: { readonly mode: "SIMPLE" | "MUTUAL" | "PASSTHROUGH"; readonly credentialName?: string };
}

/** How the intent is written for Istio. */
export interface MeshOptions {
  /** Name of the VirtualService. @default - the service's name */
  readonly name?: string;
  /** @default - none: the namespace that the manifests are applied to */
  readonly namespace?: string;
  /** Hosts of the VirtualService. `[]` makes a delegate, which another VirtualService refers to. @default - the service's name */
  readonly hosts?: readonly string[];
  /** Gateways that it is bound to. @default - the mesh alone, and the gateway below */
  readonly gateways?: readonly string[];
  /** @default - to all namespaces */
  readonly exportTo?: readonly string[];
  /** A Gateway to go with it. @default - none */
  readonly gateway?: {
    readonly name: string;
    /** @default { istio: "ingressgateway" } */
    readonly selector?: Readonly<Record<string, string>>;
    readonly servers: readonly GatewayServer[];
  };
  /** @default "networking.istio.io/v1beta1", which every Istio since 1.5 accepts */
  readonly apiVersion?: "networking.istio.io/v1" | "networking.istio.io/v1beta1" | "networking.istio.io/v1alpha3";
}

/** How Route 53 chooses an answer. */
export const dnsPolicies = ["weighted", "failover", "latency", "geolocation", "geoproximity", "multivalue"] as const;
/** Route 53's routing policies. */
export type DnsPolicy = (typeof dnsPolicies)[number];

/** How the intent is written for DNS. */
export interface DnsOptions<Destination extends string = string> {
  /** The name that clients look up: `users.example.com`. */
  readonly name: string;
  readonly zone: {
    /** The hosted zone's domain: `example.com`. */
    readonly name: string;
    /** @default - a new hosted zone */
    readonly id?: string;
    /** Makes a new zone private to these VPCs. @default - public */
    readonly vpcIds?: readonly string[];
    /** Whether the existing zone is private. @default - true exactly where `vpcIds` are given */
    readonly private?: boolean;
  };
  readonly policy: DnsPolicy;
  /** Seconds for which resolvers may keep an answer: also how long a shift or a failover takes to be seen. @default 60 */
  readonly ttlSeconds?: number;
  /** Which destinations are answered. @default - those of the default route, then those of `failover` for that policy */
  readonly destinations?: readonly Destination[];
  /** Weights for DNS alone, 0 to 255. @default - those of the default route */
  readonly weights?: Readonly<Partial<Record<Destination, number>>>;
  /** The jurisdiction that no answer may leave, whatever fails. @default - no constraint */
  readonly residency?: string;
}

/** The shares that a destination gets, stage by stage. */
export interface ShiftSchedule<Step extends number = number, Destination extends string = string> {
  /** The destination that the traffic is moved to. */
  readonly towards: Destination;
  /** Its share in percent at each stage, in order: `[0, 10, 50, 100]`. */
  readonly steps: readonly Step[];
  /** Names of the routes that shift. @default ["default"] */
  readonly routes?: readonly string[];
}

/** Where the requests of one service go. */
export interface RoutingIntent<Step extends number = number, Name extends string = string> {
  /** The service's name: what clients inside the mesh call. */
  readonly service: string;
  readonly destinations: Readonly<Record<Name, Destination<NoInfer<Name>>>>;
  /** In order: the first that matches decides. @default - none */
  readonly routes?: readonly Route<NoInfer<Name>>[];
  /** What happens to all other requests. */
  readonly default: RouteTarget<NoInfer<Name>>;
  /** Who takes over for an unhealthy destination, in this order. @default - nobody */
  readonly failover?: readonly NoInfer<Name>[];
  /** @default - the weights hold as they are written */
  readonly schedule?: ShiftSchedule<Step, NoInfer<Name>>;
  /** @default {} */
  readonly mesh?: MeshOptions;
  /** @default - no DNS records */
  readonly dns?: DnsOptions<NoInfer<Name>>;
}

/** A {@link RoutingIntent} that says how its traffic is shifted. */
export interface ScheduledRoutingIntent<
  Step extends number = number,
  Name extends string = string,
> extends RoutingIntent<Step, Name> {
  readonly schedule: ShiftSchedule<Step, NoInfer<Name>>;
}

/** Gives the intent back: it is here so that TypeScript checks every destination's name where the intent is written. */
export function defineRouting<Step extends number, Name extends string>(
  intent: ScheduledRoutingIntent<Step, Name>,
): ScheduledRoutingIntent<Step, Name>;
export function defineRouting<Name extends string>(intent: RoutingIntent<never, Name>): RoutingIntent<never, Name>;
export function defineRouting(intent: RoutingIntent): RoutingIntent {
  return intent;
}
