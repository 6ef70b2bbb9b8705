import type { RoutingIntent } from "../../../../lib/patterns/infrastructure/multi-cloud/intent";

/** The catalog's multi-cloud routing, as its author would say it. */
export const catalogIntent: RoutingIntent = {
  service: "user-service",
  destinations: {
    local: { cloud: "on-premises", host: "user-service", subset: "local" },
    aws: { cloud: "aws", region: "us-east-1", host: "aws-service.company.com" },
    gcp: { cloud: "gcp", region: "europe-west1", host: "gcp-service.company.com" },
  },
  routes: [
    { match: [{ headers: { region: { exact: "us-east" } } }], to: { aws: 100 } },
    { match: [{ headers: { region: { exact: "eu-west" } } }], to: { gcp: 100 } },
  ],
  default: { to: { local: 80, aws: 20 } },
  mesh: { name: "multi-cloud-routing" },
};

/** The catalog's strangler fig. */
export const stranglerIntent: RoutingIntent = {
  service: "user-service",
  destinations: {
    new: { cloud: "aws", host: "user-service-v2" },
    legacy: { cloud: "on-premises", host: "user-service-v1" },
  },
  routes: [{ match: [{ headers: { "migration-flag": { exact: "new" } } }], to: "new" }],
  default: { to: "legacy" },
  // The catalog's manifest has no hosts, which Istio reads as a delegate.
  mesh: { name: "user-service-migration", hosts: [] },
};

/** Two clouds outside the mesh that fail over to each other, in DNS by weight. */
export const twoClouds = {
  service: "users",
  destinations: {
    aws: {
      cloud: "aws",
      region: "us-east-1",
      host: "users.aws.example.com",
      jurisdiction: "us",
      tls: { mode: "SIMPLE" },
      dns: { addresses: ["203.0.113.20"], healthCheck: { type: "HTTPS", path: "/healthz" } },
    },
    gcp: {
      cloud: "gcp",
      region: "europe-west1",
      host: "users.gcp.example.com",
      jurisdiction: "eu",
      tls: { mode: "SIMPLE" },
      dns: { addresses: ["198.51.100.10"], healthCheck: { type: "HTTPS", path: "/healthz" } },
    },
  },
  default: { to: { aws: 70, gcp: 30 } },
  failover: ["aws", "gcp"],
  schedule: { towards: "gcp", steps: [0, 10, 50, 100] },
  dns: { name: "users.example.com", zone: { name: "example.com" }, policy: "weighted" },
} as const satisfies RoutingIntent;
