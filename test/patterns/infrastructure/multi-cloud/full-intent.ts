import type { RoutingIntent } from "../../../../lib/patterns/infrastructure/multi-cloud/intent";

/** An intent that uses everything the mesh can be told. */
export const fullIntent: RoutingIntent = {
  service: "shop.example.com",
  destinations: {
    stable: { cloud: "on-premises", host: "shop", subset: "stable", labels: { version: "v1" }, port: 8080 },
    canary: {
      cloud: "on-premises",
      host: "shop",
      subset: "canary",
      labels: { version: "v2" },
      port: 8080,
      outlierDetection: { consecutive5xxErrors: 3, intervalMs: 1500, baseEjectionMs: 60_000, maxEjectionPercent: 50 },
    },
    aws: {
      cloud: "aws",
      region: "us-east-1",
      zone: "us-east-1a",
      host: "shop.aws.example.com",
      authority: "shop.aws.example.com",
      tls: { mode: "SIMPLE", sni: "shop.aws.example.com", subjectAltNames: ["shop.aws.example.com"] },
      failover: ["gcp", "azure"],
    },
    gcp: {
      cloud: "gcp",
      region: "europe-west1",
      host: "shop.gcp.example.com",
      port: 8443,
      protocol: "HTTPS",
      tls: { mode: "MUTUAL", credentialName: "shop-client" },
      failover: [],
    },
    azure: {
      cloud: "azure",
      host: "shop.azure.example.com",
      port: 80,
      failover: [],
    },
    fixed: {
      cloud: "on-premises",
      host: "shop.dc.example.com",
      resolution: "STATIC",
      addresses: ["192.0.2.10"],
      endpoints: [
        { address: "192.0.2.11", weight: 3 },
        { address: "192.0.2.12", locality: "dc/a", weight: 1 },
      ],
      port: 9000,
      protocol: "TCP",
      trust: "MESH_INTERNAL",
    },
  },
  routes: [
    {
      name: "everything",
      match: [
        {
          uri: { prefix: "/api" },
          ignoreUriCase: true,
          headers: { region: { exact: "us" }, trace: { present: true }, agent: { regex: "Mozilla.*" } },
          withoutHeaders: { bot: { present: true } },
          queryParams: { beta: { exact: "1" }, any: { present: true } },
          method: { exact: "GET" },
          authority: { prefix: "shop" },
          scheme: { exact: "https" },
          sourceLabels: { app: "web" },
          sourceNamespace: "web",
          gateways: ["edge", "mesh"],
          port: 443,
        },
        { uri: { exact: "/health" } },
      ],
      to: { stable: 90, canary: 10 },
      timeoutMs: 1500,
      retries: { attempts: 3, perTryTimeoutMs: 250, retryOn: "5xx,reset" },
      fault: { delay: { fixedMs: 100, percent: 1 }, abort: { httpStatus: 503, percent: 0.1 } },
      mirror: { to: "aws", percent: 5 },
      rewrite: { uri: "/v2" },
    },
    { match: [{ uri: { prefix: "/fixed" } }], to: "fixed" },
  ],
  default: { name: "rest", to: { aws: 60, gcp: 30, azure: 10 } },
  mesh: {
    name: "shop-routing",
    namespace: "shop",
    exportTo: ["."],
    gateway: {
      name: "edge",
      servers: [
        { port: 443, protocol: "HTTPS", tls: { mode: "SIMPLE", credentialName: "shop-certificate" } },
        { port: 80, protocol: "HTTP", hosts: ["shop.example.com"] },
      ],
    },
    apiVersion: "networking.istio.io/v1",
  },
};
