/** DestinationRules: subsets, TLS, outlier detection and the ranks of a failover, one rule for each host that needs one. */
import type { OutlierDetection } from "../intent";
import type { ResolvedDestination, Routing } from "../routing";
import { apiVersion, defined, duration, metadata } from "./build";
import type { Json, Manifest } from "./manifest";
import { meshFailover } from "./mesh-failover";
import { manifestName, rankLabel } from "./service-entry";

/** The DestinationRules of a routing. */
export function compileDestinationRules(routing: Routing): Manifest[] {
  const byHost = new Map<string, ResolvedDestination[]>();
  for (const destination of routing.destinations.values()) {
    byHost.set(destination.host, [...(byHost.get(destination.host) ?? []), destination]);
  }
  const manifests: Manifest[] = [];
  for (const [host, destinations] of byHost) {
    const whole = destinations.find((destination) => destination.subset === undefined);
    const trafficPolicy = whole === undefined ? undefined : compilePolicy(routing, whole);
    const subsets = destinations.flatMap((destination) =>
      destination.subset === undefined
        ? []
        : [
            defined({
              name: destination.subset,
              labels: destination.labels,
              trafficPolicy: compilePolicy(routing, destination),
            }),
          ],
    );
    if (trafficPolicy === undefined && subsets.length === 0) continue;
    manifests.push({
      apiVersion: apiVersion(routing),
      kind: "DestinationRule",
      metadata: metadata(routing, manifestName(routing, host)),
      spec: defined({
        host,
        exportTo: routing.mesh.exportTo,
        trafficPolicy,
        subsets: subsets.length === 0 ? undefined : subsets,
      }),
    });
  }
  return manifests;
}

function compilePolicy(routing: Routing, destination: ResolvedDestination): Json | undefined {
  const ranks = meshFailover(routing, destination.name).length;
  const { tls, outlierDetection, localities } = destination;
  const setting =
    ranks > 0
      ? { failoverPriority: Array.from({ length: ranks }, (_, index) => `${rankLabel(index + 1)}=true`) }
      : localities;
  const failsOver = ranks > 0 || (localities !== undefined && "failover" in localities);
  const policy = defined({
    loadBalancer: setting === undefined ? undefined : { localityLbSetting: { enabled: true, ...setting } },
    outlierDetection:
      outlierDetection === undefined && !failsOver ? undefined : compileOutlierDetection(outlierDetection ?? {}),
    tls: tls === undefined ? undefined : defined({ ...tls }),
  });
  return Object.keys(policy).length === 0 ? undefined : policy;
}

/** Without outlier detection Envoy never learns that an endpoint is unhealthy, and ranks have no effect. */
function compileOutlierDetection(options: OutlierDetection): Json {
  return {
    consecutive5xxErrors: options.consecutive5xxErrors ?? 5,
    interval: duration(options.intervalMs ?? 10_000),
    baseEjectionTime: duration(options.baseEjectionMs ?? 30_000),
    maxEjectionPercent: options.maxEjectionPercent ?? 100,
  };
}
