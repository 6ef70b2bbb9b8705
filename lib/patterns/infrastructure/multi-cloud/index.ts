/** The exports of Multi-Cloud. Names that other patterns could claim as well are exported with the name of this one. */
export { DnsRouting, type DnsRoutingProps } from "./dns/dns-routing";
export { compileDns, type DnsHealthCheck, type DnsPlan, type DnsRecord } from "./dns/plan";
export { resolveDns, type DnsRequest } from "./dns/resolve-dns";
export { dnsRules } from "./dns/rules";
export { renderZoneFile } from "./dns/zone-file";
export { answerRouting, explain, type ExplainOptions, type PlaneAnswer, type RoutingAnswer } from "./explain";
export { Fraction } from "./fraction";
export {
  dnsPolicies,
  type DnsOptions,
  type DnsPolicy,
  type DnsTarget,
  type GeoLocation,
  type HealthCheck as DestinationHealthCheck,
} from "./dns-intent";
export {
  defineRouting,
  type ClientTls,
  type Destination as RoutingDestination,
  type Endpoint as RoutingEndpoint,
  type Fault as RouteFault,
  type GatewayServer,
  type Localities,
  type MeshOptions,
  type OutlierDetection,
  type RequestMatch,
  type Retries as RouteRetries,
  type Route,
  type RouteTarget,
  type RoutingIntent,
  type ScheduledRoutingIntent,
  type ShiftSchedule,
  type TextMatch,
  type ValueMatch,
} from "./intent";
export { compileIstio } from "./istio/compile";
export { importIstio, type ImportedRouting, type IstioImport } from "./istio/import";
export type { KnownHosts } from "./istio/import-destination";
export { importUnsupported, notIstio } from "./istio/import-rules";
export {
  renderManifest,
  renderManifests,
  type LocatedManifest as LocatedIstioManifest,
  type Manifest as IstioManifest,
  type ManifestSet as IstioManifestSet,
} from "./istio/manifest";
export { readManifests, type ReadManifests } from "./istio/read-manifests";
export { istioRules } from "./istio/rules";
export { KubernetesManifests, type KubernetesManifestsProps } from "./kubernetes-manifests";
export type { RoutingRequest } from "./matching";
export { renderMermaid } from "./mermaid";
export { MultiCloudRouting, type MultiCloudRoutingProps } from "./multi-cloud-routing";
export { proveResidency, RESIDENCY_LIMIT, type ResidencyBreach, type ResidencyProof } from "./residency";
export { resolve, type Resolution as RoutingResolution, type ResolvedShare, type ResolveOptions } from "./resolve";
export { Routing, type ResolvedDestination, type ResolvedRoute, type Share as RouteShare } from "./routing";
export { answerRequest, explainRequest, readRoutingConfig, type RequestOptions } from "./routing-config";
export { routingRules } from "./rules";
export type { RoutingStage } from "./schedule";
