import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileDns } from "../../../../lib/patterns/infrastructure/multi-cloud/dns/plan";
import { resolvePlan } from "../../../../lib/patterns/infrastructure/multi-cloud/dns/resolve-dns";
import type { RoutingIntent } from "../../../../lib/patterns/infrastructure/multi-cloud/intent";
import { proveResidency } from "../../../../lib/patterns/infrastructure/multi-cloud/residency";
import { resolve } from "../../../../lib/patterns/infrastructure/multi-cloud/resolve";
import { Routing } from "../../../../lib/patterns/infrastructure/multi-cloud/routing";
import * as rules from "../../../../lib/patterns/infrastructure/multi-cloud/rules";
import { catalogIntent, twoClouds } from "./intents";

const parse = (intent: unknown): Routing => Routing.parse(intent);

const eu = { cloud: "gcp", host: "eu1.example.com", jurisdiction: "eu", tls: { mode: "SIMPLE" as const } };
const resident: RoutingIntent = {
  service: "users",
  destinations: {
    eu1: { ...eu, failover: ["eu2"] },
    eu2: { ...eu, host: "eu2.example.com", failover: ["eu1"] },
    us1: { cloud: "aws", host: "us1.example.com", jurisdiction: "us", tls: { mode: "SIMPLE" } },
  },
  routes: [
    { name: "eu", match: [{ headers: { region: { prefix: "eu" } } }], to: { eu1: 50, eu2: 50 }, residency: "eu" },
  ],
  default: { to: "us1" },
};

describe("residency", () => {
  it("holds where every substitute is in the jurisdiction", () => {
    expect(proveResidency(parse(resident))).toEqual({ breaches: [], combinations: 4 });
    expect(rules.residency(parse(resident))).toEqual([]);
    expect(rules.residencySingle(parse(resident))).toEqual([]);
  });

  it("is broken by a failover that leaves it", () => {
    const intent = {
      ...resident,
      destinations: { ...resident.destinations, eu2: { ...eu, host: "eu2.example.com", failover: ["us1"] } },
    };
    const [finding, ...more] = rules.residency(parse(intent));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: "blocker", subject: "eu" });
    expect(finding?.message).toBe("requests reach us1, which is in us, while eu2 is down; eu is promised");
  });

  it("is broken by an earlier route that may take its requests", () => {
    const early = { name: "canary", match: [{ headers: { canary: { exact: "on" } } }], to: "us1" };
    const broken = { ...resident, routes: [early, ...(resident.routes ?? [])] };
    expect(rules.residency(parse(broken))[0]?.message).toMatch(/route canary before it may take requests to us1/);
    const other = { ...early, match: [{ headers: { region: { exact: "us" } } }] };
    expect(rules.residency(parse({ ...resident, routes: [other, ...(resident.routes ?? [])] }))).toEqual([]);
  });

  it("is broken by a mirror, and by a destination of no jurisdiction", () => {
    const [route] = resident.routes ?? [];
    const mirrored = { ...resident, routes: [{ ...route, mirror: { to: "us1", percent: 1 } }] };
    expect(rules.residency(parse(mirrored))[0]?.message).toMatch(/a copy goes to us1/);
    const unnamed = {
      ...resident,
      destinations: { ...resident.destinations, eu2: { cloud: "gcp", host: "eu2.example.com" } },
    };
    expect(rules.residency(parse(unnamed))[0]?.message).toMatch(/in no named jurisdiction/);
  });

  it("is broken at a later stage", () => {
    const intent = { ...resident, schedule: { towards: "us1", steps: [0, 20], routes: ["eu"] } };
    expect(rules.residency(parse(intent))[0]?.message).toMatch(/with everything healthy at stage 20-percent/);
  });

  it("is broken by DNS that answers with weight 0 when all else is down", () => {
    const dns = { ...twoClouds.dns, residency: "eu", weights: { aws: 0, gcp: 1 } };
    const messages = rules
      .residency(parse({ ...twoClouds, schedule: undefined, dns }))
      .map((finding) => finding.message);
    expect(messages).toEqual(["DNS answers with aws, which is in us, while gcp is down; eu is promised"]);
    expect(rules.residency(parse({ ...twoClouds, dns: { ...dns, destinations: ["gcp"] } }))).toEqual([]);
  });

  it("is broken by geolocation that falls back to the default", () => {
    const { aws, gcp } = twoClouds.destinations;
    const intent = {
      ...twoClouds,
      schedule: undefined,
      destinations: {
        aws: { ...aws, dns: { ...aws.dns, location: "default" } },
        gcp: { ...gcp, dns: { ...gcp.dns, location: { continent: "EU" } } },
      },
      dns: { ...twoClouds.dns, policy: "geolocation", residency: "eu" },
    };
    expect(rules.residency(parse(intent)).map((finding) => finding.message)).toEqual([
      "DNS answers with aws, which is in us, with everything healthy; eu is promised",
    ]);
  });

  it("is not called proven past the bound", () => {
    const names = Array.from({ length: 13 }, (_, i) => `d${i}`);
    const intent = {
      service: "users",
      destinations: Object.fromEntries(names.map((name) => [name, { ...eu, host: `${name}.example.com` }])),
      default: { to: Object.fromEntries(names.map((name) => [name, 1])), residency: "eu" },
    };
    expect(rules.residency(parse(intent))[0]?.message).toMatch(/more than 12 destinations can be reached/);
  });

  it("agrees with the evaluator over all requests and failures", () => {
    const names = ["d0", "d1", "d2", "d3"];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("eu", "us"), { minLength: 4, maxLength: 4 }),
        fc.array(fc.subarray(names), { minLength: 4, maxLength: 4 }),
        fc
          .array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 })
          .filter((all) => all.some((w) => w > 0)),
        (jurisdictions, failover, weights) => {
          const routing = parse({
            service: "users",
            destinations: Object.fromEntries(
              names.map((name, i) => [
                name,
                {
                  ...eu,
                  host: `${name}.example.com`,
                  jurisdiction: jurisdictions[i],
                  failover: failover[i]!.filter((other) => other !== name),
                },
              ]),
            ),
            default: { to: Object.fromEntries(names.map((name, i) => [name, weights[i]])), residency: "eu" },
          });
          const leaves = Array.from({ length: 16 }, (_, bits) => names.filter((_, i) => (bits & (1 << i)) !== 0)).some(
            (down) =>
              resolve(routing, {}, { down }).shares.some(
                (share) => routing.destination(share.destination).jurisdiction !== "eu",
              ),
          );
          expect(proveResidency(routing).breaches.length > 0).toBe(leaves);
        },
      ),
    );
  });
});

describe("the other rules of a routing", () => {
  it("routing-residency-single", () => {
    const single = {
      ...resident,
      routes: [{ ...resident.routes?.[0], to: "eu1" }],
      destinations: { ...resident.destinations, eu1: eu },
    };
    expect(rules.residencySingle(parse(single))[0]?.message).toBe("only eu1 serves it in eu");
  });

  it("routing-weights-without-failover", () => {
    expect(rules.weightsWithoutFailover(parse(catalogIntent)).map((finding) => finding.message)).toEqual([
      "80 % of its requests fail while local is down",
      "20 % of its requests fail while aws is down",
    ]);
    expect(rules.weightsWithoutFailover(parse(twoClouds))).toEqual([]);
  });

  it("routing-failover-outside-mesh", () => {
    const destinations = {
      ...catalogIntent.destinations,
      aws: { ...catalogIntent.destinations["aws"], failover: ["local", "gcp"] },
    };
    expect(
      rules.failoverOutsideMesh(parse({ ...catalogIntent, destinations })).map((finding) => finding.message),
    ).toEqual(["in the mesh local cannot take over for it"]);
    expect(rules.failoverOutsideMesh(parse(twoClouds))).toEqual([]);
  });

  it("routing-localities-beside-failover", () => {
    const { aws, gcp } = twoClouds.destinations;
    const localities = { failover: [{ from: "us-east-1", to: "us-west-2" }] };
    const beside = { ...twoClouds, destinations: { aws: { ...aws, localities }, gcp } };
    expect(rules.localitiesBesideFailover(parse(beside)).map((finding) => finding.subject)).toEqual(["aws"]);
    const alone = { ...twoClouds, destinations: { aws: { ...aws, localities, failover: [] }, gcp } };
    expect(rules.localitiesBesideFailover(parse(alone))).toEqual([]);
  });

  it("routing-plain-text-to-tls", () => {
    expect(rules.plainTextToTls(parse(catalogIntent)).map((finding) => finding.subject)).toEqual(["aws", "gcp"]);
    expect(rules.plainTextToTls(parse(twoClouds))).toEqual([]);
    const plain = { ...catalogIntent.destinations["aws"], port: 80 };
    expect(
      rules.plainTextToTls(
        parse({ ...catalogIntent, routes: [], destinations: { ...catalogIntent.destinations, aws: plain } }),
      ),
    ).toEqual([]);
  });

  it("routing-dns-mesh-disagree", () => {
    expect(rules.dnsMeshDisagree(parse(twoClouds))).toEqual([]);
    const dns = { ...twoClouds.dns, weights: { aws: 1, gcp: 1 } };
    expect(
      rules.dnsMeshDisagree(parse({ ...twoClouds, dns })).map((finding) => `${finding.subject}: ${finding.message}`),
    ).toEqual(["aws: the mesh sends it 70 %, DNS 50 %", "gcp: the mesh sends it 30 %, DNS 50 %"]);
  });

  it("agree with each other at every stage: one intent, one share", () => {
    for (const stage of parse(twoClouds).stages) {
      const routing = parse(twoClouds).at(stage);
      const plan = compileDns(routing);
      expect(plan).toBeDefined();
      const dns = resolvePlan(plan!).shares.map((share) => [share.destination, share.fraction.toString()]);
      const mesh = resolve(routing, {}).shares.map((share) => [share.destination, share.fraction.toString()]);
      expect(dns).toEqual(mesh);
    }
  });
});
