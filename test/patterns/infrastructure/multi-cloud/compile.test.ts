import { describe, expect, it } from "@jest/globals";
import { runRules } from "../../../../lib/core/rule";
import { compileIstio } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/compile";
import type { Manifest } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/manifest";
import { istioRules } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/rules";
import { Routing } from "../../../../lib/patterns/infrastructure/multi-cloud/routing";
import { fullIntent } from "./full-intent";
import { catalogIntent, twoClouds } from "./intents";

function compiled(intent: unknown, stage?: string): Manifest[] {
  const routing = Routing.parse(intent);
  return compileIstio(stage === undefined ? routing : routing.at(stage));
}

function spec(manifests: readonly Manifest[], kind: string, name: string): unknown {
  return manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)?.spec;
}

describe("an intent that uses everything", () => {
  const manifests = compiled(fullIntent);

  it("passes Istio's own constraints", () => {
    const found = runRules(istioRules, { manifests: manifests.map((manifest) => ({ manifest })) });
    expect(found.map((finding) => `${finding.rule} ${finding.message}`)).toEqual([]);
  });

  it("names manifests by host, in full where hosts begin alike", () => {
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`)).toEqual([
      "ServiceEntry shop/shop-aws-example-com",
      "ServiceEntry shop/shop-gcp-example-com",
      "ServiceEntry shop/shop-azure-example-com",
      "ServiceEntry shop/shop-dc-example-com",
      "DestinationRule shop/shop",
      "DestinationRule shop/shop-aws-example-com",
      "DestinationRule shop/shop-gcp-example-com",
      "Gateway shop/edge",
      "VirtualService shop/shop-routing",
    ]);
  });

  it("ranks the endpoints of a failover", () => {
    expect(spec(manifests, "ServiceEntry", "shop-aws-example-com")).toEqual({
      hosts: ["shop.aws.example.com"],
      ports: [{ number: 443, name: "https", protocol: "HTTPS" }],
      location: "MESH_EXTERNAL",
      resolution: "DNS",
      exportTo: ["."],
      endpoints: [
        {
          address: "shop.aws.example.com",
          locality: "us-east-1/us-east-1a",
          labels: { "failover-1": "true", "failover-2": "true" },
        },
        {
          address: "shop.gcp.example.com",
          locality: "europe-west1",
          ports: { https: 8443 },
          labels: { "failover-1": "true" },
        },
        { address: "shop.azure.example.com", ports: { https: 80 } },
      ],
    });
    expect(spec(manifests, "DestinationRule", "shop-aws-example-com")).toMatchObject({
      trafficPolicy: {
        loadBalancer: {
          localityLbSetting: { enabled: true, failoverPriority: ["failover-1=true", "failover-2=true"] },
        },
        outlierDetection: {
          consecutive5xxErrors: 5,
          interval: "10s",
          baseEjectionTime: "30s",
          maxEjectionPercent: 100,
        },
        tls: { mode: "SIMPLE", sni: "shop.aws.example.com" },
      },
    });
  });

  it("spreads callers over localities, and fails over between regions", () => {
    const distribute = [{ from: "us-east-1/*", to: { "us-east-1/*": 80, "us-west-2/*": 20 } }];
    const failover = [{ from: "us-east-1", to: "us-west-2" }];
    const settings = (localities: object): unknown => {
      const destinations = { ...catalogIntent.destinations, aws: { ...catalogIntent.destinations["aws"], localities } };
      const of = compiled({ ...catalogIntent, destinations });
      expect(runRules(istioRules, { manifests: of.map((manifest) => ({ manifest })) })).toEqual([]);
      return (spec(of, "DestinationRule", "aws-service") as { trafficPolicy: unknown }).trafficPolicy;
    };
    expect(settings({ distribute })).toEqual({ loadBalancer: { localityLbSetting: { enabled: true, distribute } } });
    expect(settings({ failover })).toMatchObject({
      loadBalancer: { localityLbSetting: { enabled: true, failover } },
      outlierDetection: { consecutive5xxErrors: 5 },
    });
  });

  it("puts subsets of one host into one rule", () => {
    expect(spec(manifests, "DestinationRule", "shop")).toEqual({
      host: "shop",
      exportTo: ["."],
      subsets: [
        { name: "stable", labels: { version: "v1" } },
        {
          name: "canary",
          labels: { version: "v2" },
          trafficPolicy: {
            outlierDetection: {
              consecutive5xxErrors: 3,
              interval: "1.5s",
              baseEjectionTime: "60s",
              maxEjectionPercent: 50,
            },
          },
        },
      ],
    });
  });

  it("writes the route in full", () => {
    const { http, gateways } = spec(manifests, "VirtualService", "shop-routing") as {
      http: unknown[];
      gateways: string[];
    };
    expect(gateways).toEqual(["edge", "mesh"]);
    expect(http[0]).toEqual({
      name: "everything",
      match: [
        {
          uri: { prefix: "/api" },
          ignoreUriCase: true,
          headers: { region: { exact: "us" }, trace: {}, agent: { regex: "Mozilla.*" } },
          withoutHeaders: { bot: {} },
          queryParams: { beta: { exact: "1" }, any: { regex: ".*" } },
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
      fault: {
        delay: { fixedDelay: "0.1s", percentage: { value: 1 } },
        abort: { httpStatus: 503, percentage: { value: 0.1 } },
      },
      rewrite: { uri: "/v2" },
      route: [
        { destination: { host: "shop", subset: "stable", port: { number: 8080 } }, weight: 90 },
        { destination: { host: "shop", subset: "canary", port: { number: 8080 } }, weight: 10 },
      ],
      mirror: { host: "shop.aws.example.com" },
      mirrorPercentage: { value: 5 },
      timeout: "1.5s",
      retries: { attempts: 3, perTryTimeout: "0.25s", retryOn: "5xx,reset" },
    });
    expect(http[1]).toEqual({
      match: [{ uri: { prefix: "/fixed" } }],
      route: [{ destination: { host: "shop.dc.example.com" } }],
    });
  });

  it("sets a destination's authority once", () => {
    const host = { request: { set: { host: "shop.aws.example.com" } } };
    const { http } = spec(manifests, "VirtualService", "shop-routing") as {
      http: { route: { headers?: unknown }[] }[];
    };
    expect(http[2]?.route.map((share) => share.headers)).toEqual([host, undefined, undefined]);
    const rewritten = compiled({ ...fullIntent, default: { to: "aws", rewrite: { authority: "other.example.com" } } });
    const found = runRules(istioRules, { manifests: rewritten.map((manifest) => ({ manifest })) });
    expect(found.map((finding) => finding.rule)).not.toContain("istio-http-authority");
  });
});

describe("stages", () => {
  it("differ in weights only", () => {
    const routing = Routing.parse(twoClouds);
    const without = (stage: string): unknown =>
      JSON.parse(
        JSON.stringify(compileIstio(routing.at(stage)), (key, value: unknown) =>
          key === "weight" ? undefined : value,
        ),
      );
    const [first, ...others] = routing.stages.map(without);
    for (const other of others) expect(other).toEqual(first);
    expect(compiled(twoClouds, "0-percent")).not.toEqual(compiled(twoClouds, "10-percent"));
  });
});

describe("the catalog's intent", () => {
  it("passes Istio's own constraints", () => {
    const manifests = compiled(catalogIntent).map((manifest) => ({ manifest }));
    expect(runRules(istioRules, { manifests })).toEqual([]);
  });
});
