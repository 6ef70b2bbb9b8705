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
 * The routing of the requests of one service, stated once. Istio manifests, Route 53 records, the diagram and the evaluator are all
 * derived from it, so they cannot disagree unless the intent itself says so.
 */
import type { FileText } from "../../../core/file-text";

import type { DnsOptions, DnsTarget } from "./dns-intent";

/** A comparison of a text of the request. `regex` is RE2 and must match the whole text, as in Envoy. */
export type TextMatch = { readonly exact: FileText } | { readonly prefix: FileText } | { readonly regex: FileText };

/** A comparison of a header or a query parameter; `{ present: true }` matches where it is present. */
export type ValueMatch = TextMatch | { readonly present: true };

/** Conditions on one request. All of them must hold; those left out are not looked at. */
export interface RequestMatch {
  /** Comparisons by header name; names are compared without regard to case. */
  readonly headers?: Readonly<Record<string, ValueMatch>>;
  /** Comparisons of headers that must not match. `{ present: true }` matches where the header is absent. */
  readonly withoutHeaders?: Readonly<Record<string, ValueMatch>>;
  /** The comparison of the path without the query string. */
  readonly uri?: TextMatch;
  /** Whether the case of the path is ignored. @default false - the path's case counts */
  readonly ignoreUriCase?: boolean;
  readonly method?: TextMatch;
  /** The comparison of the `Host` or `:authority` that the client asked for. */
  readonly authority?: TextMatch;
  readonly scheme?: TextMatch;
  readonly queryParams?: Readonly<Record<string, ValueMatch>>;
  /** The labels of the calling workload. */
  readonly sourceLabels?: Readonly<Record<string, FileText>>;
  /** The namespace of the calling workload. */
  readonly sourceNamespace?: FileText;
  /** The gateways through which the request came in; `mesh` stands for the sidecars. */
  readonly gateways?: readonly FileText[];
  /** The port that the client called. */
  readonly port?: number;
}

/** Retries of a route, as Istio's `HTTPRetry`. */
export interface Retries {
  /** The number of retries of a failed request. 0 switches retries off. */
  readonly attempts: number;
  /** The timeout of one attempt, in milliseconds. @default - the route's timeout */
  readonly perTryTimeoutMs?: number;
  /** The conditions of a retry as Envoy names them, comma separated. @default - Istio's own */
  readonly retryOn?: FileText;
}

/** Faults that are injected on purpose, to rehearse a failure. */
export interface Fault {
  /** The delay of a share of the requests. @default - none */
  readonly delay?: { readonly fixedMs: number; readonly percent: number };
  /** The HTTP status that a share of the requests is answered with. @default - none */
  readonly abort?: { readonly httpStatus: number; readonly percent: number };
}

/** The target of a route or of the default route, with its settings. */
export interface RouteTarget<Destination extends string = string> {
  /**
   * The destinations of the requests.
   *
   * - a name: everything goes to that destination.
   * - weights by name: relative shares, whole numbers of 0 or more with a sum above 0.
   */
  readonly to: Destination | Readonly<Partial<Record<Destination, number>>>;
  /** The name of the route in access logs and in `explain()`. @default - its position, or `default` */
  readonly name?: FileText;
  /**
   * The jurisdiction that requests of this route must never leave, whatever fails. Every destination that it can reach must
   * have the same `jurisdiction`.
   * @default - no constraint
   */
  readonly residency?: FileText;
  /** The timeout after which the request fails, in milliseconds. @default - Istio's: no timeout */
  readonly timeoutMs?: number;
  /** The retries of a failed request. @default - Istio's: two retries */
  readonly retries?: Retries;
  /** The faults to inject. @default - none */
  readonly fault?: Fault;
  /**
   * The mirror: a destination that gets a copy of a share of the requests, and whose answers are thrown away.
   * @default - none
   */
  readonly mirror?: { readonly to: Destination; readonly percent: number };
  /**
   * The rewrite of the matched part of the path, or of the authority, before the request is forwarded.
   * @default - unchanged
   */
  readonly rewrite?: { readonly uri?: FileText; readonly authority?: FileText };
}

/** A route with its conditions: the first one that matches decides. */
export interface Route<Destination extends string = string> extends RouteTarget<Destination> {
  /** The alternative conditions: one that holds is enough. At least one. */
  readonly match: readonly RequestMatch[];
}

/** The outlier detection, by which Envoy stops sending requests to an endpoint that fails. */
export interface OutlierDetection {
  /** The number of server errors in a row that eject an endpoint. @default 5 */
  readonly consecutive5xxErrors?: number;
  /** The interval between two checks, in milliseconds. @default 10000 */
  readonly intervalMs?: number;
  /** The duration of an endpoint's first ejection, in milliseconds. @default 30000 */
  readonly baseEjectionMs?: number;
  /** The largest share of the endpoints that may be ejected, in percent. @default 100 */
  readonly maxEjectionPercent?: number;
}

/**
 * The locality settings of a destination. Localities are `region/zone/sub-zone`, and may end in `*`.
 *
 * - `distribute`: callers of a locality are spread over localities by shares with the sum 100.
 * - `failover`: callers of a region go to another while their own is unhealthy.
 */
export type Localities =
  | { readonly distribute: readonly { readonly from: FileText; readonly to: Readonly<Record<string, number>> }[] }
  | { readonly failover: readonly { readonly from: FileText; readonly to: FileText }[] };

/** The TLS settings from the sidecar to the destination, as Istio's `ClientTLSSettings`. */
export interface ClientTls {
  readonly mode: "DISABLE" | "SIMPLE" | "MUTUAL" | "ISTIO_MUTUAL";
  /** The server name in the TLS handshake. @default - Istio's: the authority */
  readonly sni?: FileText;
  /** The Kubernetes secret with the client's certificate. @default - none */
  readonly credentialName?: FileText;
  /** The path of the CA bundle in the sidecar. @default - the system's */
  readonly caCertificates?: FileText;
  /** The paths of the client's certificate and key in the sidecar, for `MUTUAL` without a secret. @default - none */
  readonly clientCertificate?: FileText;
  readonly privateKey?: FileText;
  /** The subject alternative names to accept. @default - the authority is checked */
  readonly subjectAltNames?: readonly FileText[];
}

/** An endpoint of an external destination. */
export interface Endpoint {
  /** The address: an IP address for `STATIC`, a DNS name or IP address for `DNS`. */
  readonly address: FileText;
  /** The locality, `region/zone/sub-zone`. @default - the destination's region and zone */
  readonly locality?: FileText;
  /** The weight among the endpoints. @default - equal */
  readonly weight?: number;
}

/** A destination of requests. */
export interface Destination<Name extends string = string> {
  /** The cloud that runs the destination: `aws`, `gcp`, `azure`, `on-premises` … */
  readonly cloud: FileText;
  /** The DNS name, or the name of a Kubernetes service. */
  readonly host: FileText;
  /**
   * The location of the destination, inside or outside the mesh.
   * @default - `mesh` for a name without a dot or one that ends in `.svc.cluster.local`, otherwise `external`
   */
  readonly location?: "mesh" | "external";
  readonly region?: FileText;
  readonly zone?: FileText;
  /** The jurisdiction that the destination's data is kept in: `eu`. Compared with a route's `residency`. @default - none */
  readonly jurisdiction?: FileText;
  /** The port of the destination. @default - 443 for an external destination; for one in the mesh, the service's only port */
  readonly port?: number;
  /** The protocol, by Istio's name. @default "HTTPS" for port 443, otherwise "HTTP" */
  readonly protocol?: FileText;
  /** The subset of the service's workloads. @default - all of them */
  readonly subset?: FileText;
  /** The labels that make up the subset. @default - the subset is all workloads */
  readonly labels?: Readonly<Record<string, FileText>>;
  /** The resolution, by which the sidecar finds endpoints. Only for external destinations. @default "DNS" */
  readonly resolution?: "DNS" | "DNS_ROUND_ROBIN" | "STATIC" | "NONE";
  /** The virtual addresses of the service, needed for plain TCP. @default - none */
  readonly addresses?: readonly FileText[];
  /** The endpoints of the destination. @default - the host itself is looked up */
  readonly endpoints?: readonly Endpoint[];
  /** Whether Istio treats the destination as part of the mesh: `MESH_INTERNAL` for workloads with sidecars elsewhere. @default "MESH_EXTERNAL" */
  readonly trust?: "MESH_EXTERNAL" | "MESH_INTERNAL";
  /** The TLS settings from the sidecar to the destination. @default - none */
  readonly tls?: ClientTls;
  /** The authority that the destination expects. @default - the client's */
  readonly authority?: FileText;
  /**
   * The destinations that take over while it is unhealthy, in this order. `[]` for none.
   * @default - the intent's `failover` without the destination itself
   */
  readonly failover?: readonly Name[];
  /**
   * The localities of the destination's own endpoints that serve each locality of callers. Not beside a `failover` that the
   * mesh carries out: Istio takes one of the two. @default - Istio's: the nearest locality first
   */
  readonly localities?: Localities;
  /**
   * The outlier detection of the destination.
   * @default - the defaults of {@link OutlierDetection} where there is failover, otherwise none
   */
  readonly outlierDetection?: OutlierDetection;
  /** The DNS answer for the destination. @default - a CNAME to the host, without a health check */
  readonly dns?: DnsTarget<Name>;
}

/** A server of an Istio Gateway. */
export interface GatewayServer {
  readonly port: number;
  readonly protocol: FileText;
  /** The hosts of the server. @default - the intent's hosts */
  readonly hosts?: readonly FileText[];
  /** The TLS settings of the server. @default - plain text */
  readonly tls?: { readonly mode: "SIMPLE" | "MUTUAL" | "PASSTHROUGH"; readonly credentialName?: FileText };
}

/** Options for the Istio manifests of an intent. */
export interface MeshOptions {
  /** The name of the VirtualService. @default - the service's name */
  readonly name?: FileText;
  /** The namespace of the manifests. @default - none: the namespace that the manifests are applied to */
  readonly namespace?: FileText;
  /**
   * The hosts of the VirtualService. `[]` makes a delegate, which another VirtualService refers to.
   * @default - the service's name
   */
  readonly hosts?: readonly FileText[];
  /** The gateways that the VirtualService is bound to. @default - the mesh alone; with a {@link gateway}, that gateway and the mesh */
  readonly gateways?: readonly FileText[];
  /** The namespaces that the objects are exported to. @default - to all namespaces */
  readonly exportTo?: readonly FileText[];
  /** A Gateway that is written beside the VirtualService. @default - none */
  readonly gateway?: {
    readonly name: FileText;
    /** The labels of the gateway's workloads. @default { istio: "ingressgateway" } */
    readonly selector?: Readonly<Record<string, FileText>>;
    readonly servers: readonly GatewayServer[];
  };
  /** The API version of the objects. @default "networking.istio.io/v1beta1", which every Istio since 1.5 accepts */
  readonly apiVersion?: "networking.istio.io/v1" | "networking.istio.io/v1beta1" | "networking.istio.io/v1alpha3";
}

/** The schedule of a traffic shift: the shares that a destination gets, stage by stage. */
export interface ShiftSchedule<Step extends number = number, Destination extends string = string> {
  /** The destination that the traffic is moved to. */
  readonly towards: Destination;
  /** The destination's share in percent at each stage, in order: `[0, 10, 50, 100]`. */
  readonly steps: readonly Step[];
  /** The names of the routes that shift. @default ["default"] */
  readonly routes?: readonly FileText[];
}

/** The routing of the requests of one service. */
export interface RoutingIntent<Step extends number = number, Name extends string = string> {
  /** The service's name, which clients inside the mesh call. */
  readonly service: FileText;
  readonly destinations: Readonly<Record<Name, Destination<NoInfer<Name>>>>;
  /** The routes in order: the first that matches decides. @default - none */
  readonly routes?: readonly Route<NoInfer<Name>>[];
  /** The target of all other requests. */
  readonly default: RouteTarget<NoInfer<Name>>;
  /** The destinations that take over for an unhealthy one, in this order. @default - none */
  readonly failover?: readonly NoInfer<Name>[];
  /** The schedule by which the traffic shifts. @default - the weights hold as they are written */
  readonly schedule?: ShiftSchedule<Step, NoInfer<Name>>;
  /** Options for the Istio manifests. @default {} */
  readonly mesh?: MeshOptions;
  /** Options for the DNS records. @default - no DNS records */
  readonly dns?: DnsOptions<NoInfer<Name>>;
}

/** A {@link RoutingIntent} with the schedule by which its traffic is shifted. */
export interface ScheduledRoutingIntent<
  Step extends number = number,
  Name extends string = string,
> extends RoutingIntent<Step, Name> {
  readonly schedule: ShiftSchedule<Step, NoInfer<Name>>;
}

/** Returns the intent unchanged, so that TypeScript checks every destination's name where the intent is written. */
export function defineRouting<Step extends number, Name extends string>(
  intent: ScheduledRoutingIntent<Step, Name>,
): ScheduledRoutingIntent<Step, Name>;
export function defineRouting<Name extends string>(intent: RoutingIntent<never, Name>): RoutingIntent<never, Name>;
export function defineRouting(intent: RoutingIntent): RoutingIntent {
  return intent;
}
