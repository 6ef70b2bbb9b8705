/**
 * The compiler of DestinationRules: subsets, TLS, outlier detection and the ranks of a failover, one rule for each host that
 * needs one.
 */
import { groupBy } from "../../../../core/collections";
import type { OutlierDetection } from "../intent";
import type { ResolvedDestination, Routing } from "../routing";
import { apiVersion, omitUndefined, formatDuration, metadata } from "./manifest-fields";
import type { Json, Manifest } from "./manifest";
import { meshFailover } from "./mesh-failover";
import { manifestName, rankLabel } from "./service-entry";

/** Compiles the DestinationRules of a routing. */
export function compileDestinationRules(routing: Routing): Manifest[] {
  const byHost = groupBy(routing.destinations.values(), ({ host }) => host);
  const manifests: Manifest[] = [];
  for (const [host, destinations] of byHost) {
    const whole = destinations.find((destination) => destination.subset === undefined);
    const trafficPolicy = whole === undefined ? undefined : compilePolicy(routing, whole);
    const subsets = destinations.flatMap((destination) =>
      destination.subset === undefined
        ? []
        : [
            omitUndefined({
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
      spec: omitUndefined({
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
  const policy = omitUndefined({
    loadBalancer: setting === undefined ? undefined : { localityLbSetting: { enabled: true, ...setting } },
    outlierDetection:
      outlierDetection === undefined && !failsOver ? undefined : compileOutlierDetection(outlierDetection ?? {}),
    tls: tls === undefined ? undefined : omitUndefined({ ...tls }),
  });
  return Object.keys(policy).length === 0 ? undefined : policy;
}

/** Compiles outlier detection. Without it Envoy never learns that an endpoint is unhealthy, and ranks have no effect. */
function compileOutlierDetection(options: OutlierDetection): Json {
  return {
    consecutive5xxErrors: options.consecutive5xxErrors ?? 5,
    interval: formatDuration(options.intervalMs ?? 10_000),
    baseEjectionTime: formatDuration(options.baseEjectionMs ?? 30_000),
    maxEjectionPercent: options.maxEjectionPercent ?? 100,
  };
}
