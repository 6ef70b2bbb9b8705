import { describe, expect, it } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { compileIstio } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/compile";
import { renderManifests } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/manifest";
import { resolve } from "../../../../lib/patterns/infrastructure/multi-cloud/resolve";
import { Routing } from "../../../../lib/patterns/infrastructure/multi-cloud/routing";
import { catalogIntent, stranglerIntent } from "./intents";

const serviceEntry = {
  apiVersion: "networking.istio.io/v1beta1",
  kind: "ServiceEntry",
  metadata: { name: "aws-service" },
  spec: {
    hosts: ["aws-service.company.com"],
    ports: [{ number: 443, name: "https", protocol: "HTTPS" }],
    location: "MESH_EXTERNAL",
    resolution: "DNS",
  },
};

const virtualService = {
  apiVersion: "networking.istio.io/v1beta1",
  kind: "VirtualService",
  metadata: { name: "multi-cloud-routing" },
  spec: {
    hosts: ["user-service"],
    http: [
      {
        match: [{ headers: { region: { exact: "us-east" } } }],
        route: [{ destination: { host: "aws-service.company.com" }, weight: 100 }],
      },
      {
        match: [{ headers: { region: { exact: "eu-west" } } }],
        route: [{ destination: { host: "gcp-service.company.com" }, weight: 100 }],
      },
      {
        route: [
          { destination: { host: "user-service", subset: "local" }, weight: 80 },
          { destination: { host: "aws-service.company.com" }, weight: 20 },
        ],
      },
    ],
  },
};

const strangler = {
  apiVersion: "networking.istio.io/v1beta1",
  kind: "VirtualService",
  metadata: { name: "user-service-migration" },
  spec: {
    http: [
      {
        match: [{ headers: { "migration-flag": { exact: "new" } } }],
        route: [{ destination: { host: "user-service-v2" } }],
      },
      { route: [{ destination: { host: "user-service-v1" } }] },
    ],
  },
};

/** What a cluster would read. */
function written(intent: unknown): unknown[] {
  const text = renderManifests(compileIstio(Routing.parse(intent)));
  const documents = parseAllDocuments(text);
  return Array.isArray(documents) ? documents.map((document) => document.toJS() as unknown) : [];
}

describe("the catalog's manifests", () => {
  const manifests = written(catalogIntent);

  it("come out of the obvious intent", () => {
    expect(manifests).toContainEqual(serviceEntry);
    expect(manifests).toContainEqual(virtualService);
  });

  it("come with what they refer to and do not show", () => {
    expect(manifests).toHaveLength(4);
    expect(manifests).toContainEqual({
      ...serviceEntry,
      metadata: { name: "gcp-service" },
      spec: { ...serviceEntry.spec, hosts: ["gcp-service.company.com"] },
    });
    expect(manifests).toContainEqual({
      apiVersion: "networking.istio.io/v1beta1",
      kind: "DestinationRule",
      metadata: { name: "user-service" },
      spec: { host: "user-service", subsets: [{ name: "local" }] },
    });
  });

  it("have the strangler fig's too", () => {
    expect(written(stranglerIntent)).toEqual([strangler]);
  });

  it("have the same bytes each time", () => {
    const render = (): string => renderManifests(compileIstio(Routing.parse(catalogIntent)));
    expect(render()).toBe(render());
  });
});

describe("the catalog's routing, evaluated", () => {
  const routing = Routing.parse(catalogIntent);
  const shares = (headers: Record<string, string>): [string, string][] =>
    resolve(routing, { headers }).shares.map(({ destination, fraction }) => [destination, fraction.toString()]);

  it("sends us-east to AWS", () => {
    expect(shares({ region: "us-east" })).toEqual([["aws", "1"]]);
  });

  it("sends eu-west to Google Cloud", () => {
    expect(shares({ Region: "eu-west" })).toEqual([["gcp", "1"]]);
  });

  it("shares all others 80 to 20", () => {
    const expected = [
      ["local", "4/5"],
      ["aws", "1/5"],
    ];
    expect(shares({})).toEqual(expected);
    expect(shares({ region: "us-west" })).toEqual(expected);
  });

  it("says which route decided", () => {
    expect(resolve(routing, { headers: { region: "us-east" } }).decidedBy).toBe("#0");
    expect(resolve(routing, {}).decidedBy).toBe("default");
  });
});
