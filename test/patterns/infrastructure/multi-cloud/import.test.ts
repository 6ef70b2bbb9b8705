import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { MigrationError } from "../../../../lib/core/error";
import { compileIstio } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/compile";
import { importIstio } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/import";
import { renderManifests } from "../../../../lib/patterns/infrastructure/multi-cloud/istio/manifest";
import { resolve } from "../../../../lib/patterns/infrastructure/multi-cloud/resolve";
import { Routing } from "../../../../lib/patterns/infrastructure/multi-cloud/routing";
import { thrown } from "../../../support/thrown";
import { fullIntent } from "./full-intent";
import { catalogIntent, stranglerIntent } from "./intents";

const render = (intent: unknown): string => renderManifests(compileIstio(Routing.parse(intent)));

/** As the catalog prints it: one ServiceEntry for two external hosts, and no DestinationRule. */
const catalogYaml = `
apiVersion: networking.istio.io/v1beta1
kind: ServiceEntry
metadata:
  name: aws-service
spec:
  hosts:
    - aws-service.company.com
  ports:
    - number: 443
      name: https
      protocol: HTTPS
  location: MESH_EXTERNAL
  resolution: DNS
---
apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata:
  name: multi-cloud-routing
spec:
  hosts:
    - user-service
  http:
    - match:
        - headers:
            region:
              exact: "us-east"
      route:
        - destination:
            host: aws-service.company.com
          weight: 100
    - route:
        - destination:
            host: user-service
            subset: local
          weight: 80
        - destination:
            host: aws-service.company.com
          weight: 20
`;

describe("the importer", () => {
  it("reads what a team has", () => {
    const { routings, findings } = importIstio(catalogYaml, "users.yaml", {
      "aws-service.company.com": { cloud: "aws", region: "us-east-1" },
    });
    expect(routings).toEqual([
      {
        name: "multi-cloud-routing",
        intent: {
          service: "user-service",
          destinations: {
            "aws-service": { cloud: "aws", region: "us-east-1", host: "aws-service.company.com" },
            "user-service-local": { cloud: "unknown", host: "user-service", subset: "local" },
          },
          routes: [{ match: [{ headers: { region: { exact: "us-east" } } }], to: { "aws-service": 100 } }],
          default: { to: { "user-service-local": 80, "aws-service": 20 } },
          mesh: { name: "multi-cloud-routing" },
        },
      },
    ]);
    expect(findings).toEqual([
      expect.objectContaining({
        rule: "istio-subset-missing",
        location: expect.objectContaining({
          file: "users.yaml",
          line: catalogYaml.split("\n").findIndex((line) => line.includes("subset")) + 1,
        }) as unknown,
      }),
    ]);
  });

  it.each([
    ["the catalog's routing", catalogIntent],
    ["the strangler fig", stranglerIntent],
  ])("gives back the manifests it was given: %s", (_title, intent) => {
    const text = render(intent);
    const { routings, findings } = importIstio(text, "a.yaml");
    expect(findings).toEqual([]);
    // The order of ServiceEntries follows that of the routes; what applies together has no order.
    const documents = (yaml: string): string[] => yaml.split("---\n").sort();
    expect(documents(render(routings[0]?.intent))).toEqual(documents(text));
  });

  it("keeps where requests go, for an intent that uses everything", () => {
    const { destinations, ...rest } = fullIntent;
    const aws = {
      ...destinations["aws"],
      cloud: "aws",
      host: "shop.aws.example.com",
      failover: [],
      authority: undefined,
    };
    const intent = {
      ...rest,
      destinations: { ...destinations, aws },
      mesh: { ...fullIntent.mesh, gateway: undefined, gateways: ["edge", "mesh"] },
    };
    const { routings, findings } = importIstio(render(intent), "a.yaml");
    const imported = Routing.parse(routings[0]?.intent);
    const original = Routing.parse(intent);
    expect(findings.map((finding) => finding.rule)).toEqual([]);
    for (const request of [{}, { path: "/health" }, { path: "/fixed/1" }]) {
      const by = (routing: Routing): string[] =>
        resolve(routing, request).shares.map(
          (share) => `${routing.destination(share.destination).host} ${share.fraction.toString()}`,
        );
      expect(by(imported)).toEqual(by(original));
    }
    expect(imported.routes[0]).toMatchObject({
      timeoutMs: 1500,
      retries: { attempts: 3, perTryTimeoutMs: 250 },
      fault: fullIntent.routes?.[0]?.fault,
    });
  });

  it("says what an intent cannot, at its line", () => {
    const text = [
      "apiVersion: networking.istio.io/v1",
      "kind: VirtualService",
      "metadata: {name: a}",
      "spec:",
      "  hosts: [users]",
      "  tcp:",
      "    - route: [{destination: {host: users}}]",
      "  http:",
      "    - match: [{uri: {prefix: /old}}]",
      "      redirect: {uri: /new}",
      "    - route: [{destination: {host: users}, headers: {request: {set: {x-a: b}}}}]",
      "      corsPolicy: {allowMethods: [GET]}",
      "    - route: [{destination: {host: users}}]",
    ].join("\n");
    const { routings, findings } = importIstio(text, "a.yaml");
    const said = findings.filter((finding) => finding.rule === "istio-import-unsupported");
    expect(said.map((finding) => [finding.severity, finding.location?.line, finding.message.split(":")[0]])).toEqual([
      ["blocker", 9, "spec.http[0]"],
      ["warning", 10, "spec.http[0].redirect"],
      ["warning", 12, "spec.http[1].corsPolicy"],
      ["warning", 11, "spec.http[1].route[0].headers"],
      ["warning", 13, "spec.http[2]"],
      ["warning", 6, "spec.tcp"],
    ]);
    expect(routings[0]?.intent.default).toEqual({ to: "users" });
  });

  it("makes no intent without a route for all other requests", () => {
    const text =
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a}\nspec: {hosts: [users], http: [{match: [{uri: {exact: /}}], route: [{destination: {host: users}}]}]}\n";
    const { routings, findings } = importIstio(text, "a.yaml");
    expect(routings).toEqual([]);
    expect(findings).toEqual([expect.objectContaining({ severity: "blocker", remedy: "add a route without a match" })]);
  });

  it("judges manifests by Istio's rules", () => {
    const { findings } = importIstio(catalogYaml.replace("weight: 80", "weight: -80"), "a.yaml");
    expect(findings.map((finding) => finding.rule)).toContain("istio-route-weight");
  });

  it("never fails without a code, whatever the text", () => {
    const text = render(fullIntent);
    const mangled = fc
      .tuple(fc.nat(text.length), fc.nat(40), fc.constantFrom("", "null", "- ", "{", "\n", "1", "[]", "*", ": ", "&a "))
      .map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
    fc.assert(
      fc.property(mangled, (yaml) => {
        try {
          const { findings } = importIstio(yaml, "a.yaml");
          expect(findings.map((finding) => finding.rule)).not.toContain("rule-failed");
        } catch (error) {
          expect(error).toBeInstanceOf(MigrationError);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("refuses what is not YAML, at its line", () => {
    const error: MigrationError = thrown(() => importIstio("a: 1\nb: [", "a.yaml"));
    expect(error.code).toBe("ROUTING_YAML");
    expect(error.path).toMatch(/^a\.yaml:2/);
  });
});
