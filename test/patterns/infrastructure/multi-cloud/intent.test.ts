import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { MigrationError } from "../../../../lib/core/error";
import { defineRouting, type RoutingIntent } from "../../../../lib/patterns/infrastructure/multi-cloud/intent";
import { Routing } from "../../../../lib/patterns/infrastructure/multi-cloud/routing";
import { shiftWeights, stageNames } from "../../../../lib/patterns/infrastructure/multi-cloud/schedule";
import { thrown } from "../../../support/thrown";
import { catalogIntent, twoClouds } from "./intents";

const refused = (intent: unknown): MigrationError => thrown(() => Routing.parse(intent));

describe("an intent that cannot be", () => {
  it.each<[string, string, unknown, string, RegExp]>([
    [
      "no destinations",
      "ROUTING_INTENT",
      { ...catalogIntent, destinations: {} },
      "destinations",
      /at least one destination/,
    ],
    [
      "weights that are all 0",
      "ROUTING_INTENT",
      { ...catalogIntent, default: { to: { aws: 0 } } },
      "default.to",
      /weight above 0/,
    ],
    ["a field that is not known", "ROUTING_INTENT", { ...catalogIntent, retries: 3 }, "intent", /unrecognized key/],
    [
      "an unknown destination",
      "ROUTING_NAME",
      { ...catalogIntent, default: { to: "azure" } },
      "default.to",
      /one of local, aws, gcp/,
    ],
    [
      "an unknown destination among weights",
      "ROUTING_NAME",
      { ...catalogIntent, default: { to: { azure: 1 } } },
      "default.to.azure",
      /one of local, aws, gcp/,
    ],
    [
      "an unknown mirror",
      "ROUTING_NAME",
      { ...catalogIntent, default: { to: "aws", mirror: { to: "azure", percent: 5 } } },
      "default.mirror.to",
      /azure/,
    ],
    ["an unknown failover", "ROUTING_NAME", { ...catalogIntent, failover: ["azure"] }, "failover[0]", /azure/],
    [
      "a destination that takes over for itself",
      "ROUTING_NAME",
      {
        ...twoClouds,
        destinations: { ...twoClouds.destinations, aws: { ...twoClouds.destinations.aws, failover: ["aws"] } },
      },
      "destinations.aws.failover[0]",
      /cannot take over for itself/,
    ],
    [
      "one host twice",
      "ROUTING_NAME",
      {
        ...catalogIntent,
        destinations: { ...catalogIntent.destinations, more: { cloud: "aws", host: "aws-service.company.com" } },
      },
      "destinations.more.host",
      /destination aws is the same/,
    ],
    [
      "one route name twice",
      "ROUTING_NAME",
      {
        ...catalogIntent,
        routes: [{ name: "default", match: [{}], to: "aws" }],
        default: { name: "default", to: "aws" },
      },
      "default.name",
      /rename one of the two/,
    ],
    [
      "steps that go down",
      "ROUTING_SCHEDULE",
      { ...twoClouds, schedule: { towards: "gcp", steps: [10, 5] } },
      "schedule.steps[1]",
      /ascending/,
    ],
    [
      "a schedule for no route",
      "ROUTING_SCHEDULE",
      { ...twoClouds, schedule: { towards: "gcp", steps: [5], routes: ["x"] } },
      "schedule.routes[0]",
      /default/,
    ],
    [
      "a schedule with nobody to take from",
      "ROUTING_SCHEDULE",
      { ...twoClouds, default: { to: "gcp" } },
      "schedule.routes[0]",
      /another destination than gcp/,
    ],
    [
      "a name outside its zone",
      "ROUTING_DNS",
      { ...twoClouds, dns: { ...twoClouds.dns, name: "users.example.org" } },
      "dns.name",
      /correct the zone/,
    ],
    [
      "VPCs for an existing zone",
      "ROUTING_DNS",
      { ...twoClouds, dns: { ...twoClouds.dns, zone: { name: "example.com", id: "Z1", vpcIds: ["vpc-1"] } } },
      "dns.zone.vpcIds",
      /only for a new zone/,
    ],
    [
      "geolocation without places",
      "ROUTING_DNS",
      { ...twoClouds, dns: { ...twoClouds.dns, policy: "geolocation" } },
      "destinations.aws.dns.location",
      /geolocation/,
    ],
    [
      "failover with three",
      "ROUTING_DNS",
      {
        ...twoClouds,
        destinations: { ...twoClouds.destinations, azure: { cloud: "azure", host: "users.azure.example.com" } },
        dns: { ...twoClouds.dns, policy: "failover", destinations: ["aws", "gcp", "azure"] },
      },
      "dns.destinations",
      /exactly two/,
    ],
  ])("is refused: %s", (_title, code, intent, path, message) => {
    const error = refused(intent);
    expect(error).toBeInstanceOf(MigrationError);
    expect(error.code).toBe(code);
    expect(error.path).toBe(path);
    expect(error.message).toMatch(message);
  });

  it("lists everything that is wrong with the shape", () => {
    expect(refused({ service: "", destinations: {} }).message).toMatch(/also destinations: .*also default: /);
  });

  it("has no stage that its schedule does not have", () => {
    const error: MigrationError = thrown(() => Routing.parse(twoClouds).at("11-percent"));
    expect(error.code).toBe("ROUTING_STAGE");
    expect(error.message).toMatch(/one of 0-percent, 10-percent, 50-percent, 100-percent/);
    expect(thrown(() => Routing.parse(catalogIntent).at("0-percent")).message).toMatch(/no schedule/);
  });
});

describe("names in an intent", () => {
  it("are checked by TypeScript", () => {
    const aws = { cloud: "aws", host: "a.example.com" };
    const destinations = { aws };
    // @ts-expect-error: there is no destination gcp
    const unknown = (): unknown => defineRouting({ service: "s", destinations, default: { to: "gcp" } });
    expect(() => Routing.parse(unknown())).toThrow();
    // @ts-expect-error: an intent has a default route
    const without: RoutingIntent = { service: "s", destinations: { aws } };
    expect(() => Routing.parse(without)).toThrow();
  });
});

describe("the weights of a stage", () => {
  const weights = (stage: string): Record<string, number> =>
    Object.fromEntries(
      Routing.parse(twoClouds)
        .at(stage)
        .defaultRoute.shares.map((share) => [share.destination, share.weight]),
    );

  it("are the step, and the rest for the others", () => {
    expect(weights("0-percent")).toEqual({ aws: 100, gcp: 0 });
    expect(weights("10-percent")).toEqual({ aws: 90, gcp: 10 });
    expect(weights("100-percent")).toEqual({ aws: 0, gcp: 100 });
  });

  it("are as written where no stage is chosen", () => {
    expect(Routing.parse(twoClouds).defaultRoute.shares.map((share) => share.weight)).toEqual([70, 30]);
  });

  it("add a destination that had nothing, so that no stage lacks it", () => {
    const routing = Routing.parse({ ...twoClouds, default: { to: "aws" } });
    expect(routing.at("0-percent").defaultRoute.shares).toEqual([
      { destination: "aws", weight: 100 },
      { destination: "gcp", weight: 0 },
    ]);
  });

  it("have the sum 100, and keep the proportions of the others within one", () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 6 })
          .filter((all) => all.some((w) => w > 0)),
        fc.integer({ min: 0, max: 100 }),
        (others, step) => {
          const shares = [
            ...others.map((weight, i) => ({ destination: `d${i}`, weight })),
            { destination: "to", weight: 3 },
          ];
          const shifted = shiftWeights(shares, "to", step);
          const total = others.reduce((sum, weight) => sum + weight, 0);
          expect(shifted.reduce((sum, share) => sum + share.weight, 0)).toBe(100);
          expect(shifted.at(-1)).toEqual({ destination: "to", weight: step });
          others.forEach((weight, i) => {
            const { weight: now } = shifted[i]!;
            expect(Number.isInteger(now)).toBe(true);
            expect(Math.abs(now - (weight * (100 - step)) / total)).toBeLessThan(1);
          });
        },
      ),
    );
  });

  it("give each stage a name that a tag may have", () => {
    for (const name of stageNames([0, 10, 100])) expect(name).toMatch(/^[\p{L}\p{N} +\-=._:/@]+$/u);
  });
});
