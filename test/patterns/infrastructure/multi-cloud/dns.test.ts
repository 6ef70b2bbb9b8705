import { describe, expect, it } from "@jest/globals";
import { Lazy } from "cdktf";
import {
  compileDns,
  isPrivateAddress,
  type DnsPlan,
  type DnsRecord,
} from "../../../../lib/patterns/infrastructure/multi-cloud/dns/plan";
import { resolveDns, type DnsRequest } from "../../../../lib/patterns/infrastructure/multi-cloud/dns/resolve-dns";
import * as rules from "../../../../lib/patterns/infrastructure/multi-cloud/dns/rules";
import { renderZoneFile } from "../../../../lib/patterns/infrastructure/multi-cloud/dns/zone-file";
import type {
  DnsOptions,
  DnsTarget,
  HealthCheck,
} from "../../../../lib/patterns/infrastructure/multi-cloud/dns-intent";
import { Routing } from "../../../../lib/patterns/infrastructure/multi-cloud/routing";
import { twoClouds } from "./intents";

const check: HealthCheck = { type: "HTTPS" };

function routing(
  dns: Partial<DnsOptions>,
  targets: Record<string, DnsTarget>,
  weights?: Record<string, number>,
): Routing {
  const names = Object.keys(targets);
  return Routing.parse({
    service: "users",
    destinations: Object.fromEntries(
      names.map((name) => [name, { cloud: name, host: `${name}.example.net`, dns: targets[name] }]),
    ),
    default: { to: weights ?? Object.fromEntries(names.map((name) => [name, 1])) },
    dns: { name: "users.example.com", zone: { name: "example.com" }, policy: "weighted", ...dns },
  });
}

function plan(dns: Partial<DnsOptions>, targets: Record<string, DnsTarget>, weights?: Record<string, number>): DnsPlan {
  const compiled = compileDns(routing(dns, targets, weights));
  if (compiled === undefined) throw new Error("no plan");
  return compiled;
}

function answers(of: Routing, down: string[] = [], request: DnsRequest = {}): Record<string, string> {
  const resolution = resolveDns(of, request, { down });
  if (resolution === undefined) throw new Error("no DNS");
  const { shares, unserved } = resolution;
  return Object.fromEntries([
    ...shares.map(({ destination, fraction }): [string, string] => [destination, fraction.toString()]),
    ...(unserved.isZero() ? [] : [["fails", unserved.toString()] as [string, string]]),
  ]);
}

const v4 = (last: number): string[] => [`192.0.2.${last}`];

describe("records", () => {
  it("are one group with the weights of the default route", () => {
    expect(compileDns(Routing.parse(twoClouds).at("10-percent"))?.records).toEqual([
      {
        name: "users.example.com",
        policy: "weighted",
        destination: "aws",
        checked: true,
        weight: 90,
        setIdentifier: "aws",
        type: "A",
        ttlSeconds: 60,
        values: ["203.0.113.20"],
      },
      {
        name: "users.example.com",
        policy: "weighted",
        destination: "gcp",
        checked: true,
        weight: 10,
        setIdentifier: "gcp",
        type: "A",
        ttlSeconds: 60,
        values: ["198.51.100.10"],
      },
    ]);
  });

  it("are a CNAME to the host, an alias, or addresses of both families", () => {
    const { records } = plan(
      {},
      { a: {}, b: { alias: { name: "lb.example.net", zoneId: "Z1" } }, c: { addresses: ["192.0.2.1", "2001:db8::1"] } },
    );
    expect(records.map(({ type, values, alias }) => [type, values ?? alias])).toEqual([
      ["CNAME", ["a.example.net"]],
      ["A", { name: "lb.example.net", zoneId: "Z1", evaluateTargetHealth: true }],
      ["A", ["192.0.2.1"]],
      ["AAAA", ["2001:db8::1"]],
    ]);
  });

  it("reduce weights that Route 53 cannot hold", () => {
    expect(plan({}, { a: {}, b: {} }, { a: 300, b: 700 }).records.map((record) => record.weight)).toEqual([3, 7]);
  });

  it("hold one address each for multivalue", () => {
    const { records } = plan({ policy: "multivalue" }, { a: { addresses: ["192.0.2.1", "192.0.2.2"] } });
    expect(records.map((record) => [record.setIdentifier, record.values])).toEqual([
      ["a-0", ["192.0.2.1"]],
      ["a-1", ["192.0.2.2"]],
    ]);
  });

  it("leave out services of the mesh, which the outside cannot look up", () => {
    const intent = {
      ...twoClouds,
      destinations: { ...twoClouds.destinations, local: { cloud: "x", host: "users" } },
      default: { to: { aws: 1, local: 1 } },
    };
    expect(compileDns(Routing.parse(intent))?.records.map((record) => record.destination)).toEqual(["aws", "gcp"]);
  });

  it("are none without DNS", () => {
    const without = Routing.parse({ ...twoClouds, dns: undefined });
    expect(compileDns(without)).toBeUndefined();
    expect(resolveDns(without)).toBeUndefined();
    expect(renderZoneFile(without)).toBeUndefined();
  });
});

describe("health checks", () => {
  const of = (destination: object): unknown =>
    compileDns(
      Routing.parse({
        service: "s",
        destinations: { a: { cloud: "x", ...destination } },
        default: { to: "a" },
        dns: { name: "s.example.com", zone: { name: "example.com" }, policy: "weighted" },
      }),
    )?.healthChecks[0];

  it("ask the host of a destination outside the mesh", () => {
    expect(of({ host: "a.example.net", dns: { healthCheck: check } })).toMatchObject({
      fqdn: "a.example.net",
      port: 443,
    });
    expect(of({ host: "a.example.net", dns: { cname: "b.example.net", healthCheck: { type: "HTTP" } } })).toMatchObject(
      { fqdn: "b.example.net", port: 80 },
    );
  });

  it("ask the address of a service of the mesh, whose name the outside does not know", () => {
    const found = of({ host: "users", dns: { addresses: v4(1), healthCheck: check } });
    expect(found).toMatchObject({ ipAddress: "192.0.2.1" });
    expect(found).not.toHaveProperty("fqdn");
  });
});

describe("what Route 53 answers", () => {
  const checked = (last: number, more: DnsTarget = {}): DnsTarget => ({
    addresses: v4(last),
    healthCheck: check,
    ...more,
  });

  it("weighted: by weight among the healthy", () => {
    const three = routing({}, { a: checked(1), b: checked(2), c: checked(3) }, { a: 50, b: 25, c: 25 });
    expect(answers(three)).toEqual({ a: "1/2", b: "1/4", c: "1/4" });
    expect(answers(three, ["a"])).toEqual({ b: "1/2", c: "1/2" });
  });

  it("weighted: those of weight 0 only when all others are unhealthy", () => {
    const three = routing({}, { a: checked(1), b: checked(2), c: checked(3) }, { a: 1, b: 0, c: 0 });
    expect(answers(three)).toEqual({ a: "1" });
    expect(answers(three, ["a"])).toEqual({ b: "1/2", c: "1/2" });
  });

  it("weighted: all, when none is healthy, and so to no use", () => {
    expect(answers(routing({}, { a: checked(1), b: checked(2) }), ["a", "b"])).toEqual({ fails: "1" });
  });

  it("weighted: a dead record without a health check goes on being answered", () => {
    expect(answers(routing({}, { a: checked(1), b: { addresses: v4(2) } }), ["b"])).toEqual({ a: "1/2", fails: "1/2" });
  });

  it("failover: the primary while it is healthy, then the secondary, then the primary again", () => {
    const two = routing({ policy: "failover" }, { a: checked(1), b: checked(2) });
    expect(answers(two)).toEqual({ a: "1" });
    expect(answers(two, ["a"])).toEqual({ b: "1" });
    expect(answers(two, ["b"])).toEqual({ a: "1" });
    expect(answers(two, ["a", "b"])).toEqual({ fails: "1" });
  });

  it("latency and geoproximity: the nearest that is healthy", () => {
    for (const policy of ["latency", "geoproximity"] as const) {
      const two = routing(
        { policy },
        { a: checked(1, { awsRegion: "us-east-1" }), b: checked(2, { awsRegion: "eu-west-1" }) },
      );
      expect(answers(two, [], { nearest: ["b", "a"] })).toEqual({ b: "1" });
      expect(answers(two, ["b"], { nearest: ["b", "a"] })).toEqual({ a: "1" });
    }
  });

  it("geolocation: the most exact place, then larger ones, then the default", () => {
    const places = routing(
      { policy: "geolocation" },
      {
        texas: checked(1, { location: { country: "US", subdivision: "TX" } }),
        us: checked(2, { location: { country: "US" } }),
        eu: checked(3, { location: { continent: "EU" } }),
        rest: checked(4, { location: "default" }),
      },
    );
    const texas = { location: { continent: "NA", country: "US", subdivision: "TX" } };
    expect(answers(places, [], texas)).toEqual({ texas: "1" });
    expect(answers(places, ["texas"], texas)).toEqual({ us: "1" });
    expect(answers(places, ["texas", "us"], texas)).toEqual({ rest: "1" });
    expect(answers(places, ["texas", "us", "rest"], texas)).toEqual({ fails: "1" });
    expect(answers(places, [], { location: { continent: "EU", country: "DE" } })).toEqual({ eu: "1" });
    expect(answers(places, [], { location: { continent: "AS" } })).toEqual({ rest: "1" });
  });

  it("geolocation: nothing, where no place applies and there is no default", () => {
    const one = routing({ policy: "geolocation" }, { eu: checked(1, { location: { continent: "EU" } }) });
    expect(resolveDns(one)).toMatchObject({ shares: [], because: "no record for this place, and no default" });
    expect(answers(one)).toEqual({ fails: "1" });
  });

  it("multivalue: any healthy one", () => {
    const three = routing(
      { policy: "multivalue" },
      { a: { addresses: ["192.0.2.1", "192.0.2.2"], healthCheck: check }, b: checked(3) },
    );
    expect(answers(three)).toEqual({ a: "2/3", b: "1/3" });
    expect(answers(three, ["a"])).toEqual({ b: "1" });
  });
});

describe("Route 53's rules", () => {
  const good = plan({}, { a: { addresses: v4(1), healthCheck: check }, b: { addresses: v4(2), healthCheck: check } });
  const changed = (change: Partial<DnsRecord>): DnsPlan => ({
    ...good,
    records: good.records.map((record, i) => (i === 1 ? { ...record, ...change } : record)),
  });

  it("find nothing in a plan that is right", () => {
    expect(rules.dnsRules.flatMap((rule) => rule(good))).toEqual([]);
  });

  it("route53-set-identifier", () => {
    expect(rules.setIdentifier(changed({ setIdentifier: "a" }))[0]?.message).toBe("the identifier a is a duplicate");
    expect(rules.setIdentifier(changed({ setIdentifier: "x".repeat(129) }))[0]?.message).toMatch(/129 characters/);
  });

  it("route53-policy-mixed", () => {
    expect(rules.policyMixed(changed({ policy: "latency" }))[0]?.message).toBe(
      "latency, and a of the same name is weighted",
    );
  });

  it("route53-weight", () => {
    expect(rules.weightRange(changed({ weight: 256 }))[0]?.message).toMatch(/256/);
    expect(rules.weightRange(changed({ weight: 255 }))).toEqual([]);
    expect(rules.weightRange(plan({}, { a: {}, b: {} }, { a: 256, b: 1 }))).toHaveLength(1);
  });

  it("route53-apex-cname", () => {
    expect(rules.apexCname(plan({ name: "example.com" }, { a: {} }))).toHaveLength(1);
    expect(rules.apexCname(plan({ name: "example.com" }, { a: { addresses: v4(1) } }))).toEqual([]);
  });

  it("route53-type-mixed", () => {
    expect(rules.typeMixed(plan({}, { a: {}, b: { addresses: v4(1) } }))[0]?.message).toBe(
      "CNAME for a, and addresses for b",
    );
  });

  it("route53-unchecked", () => {
    const failover = plan({ policy: "failover" }, { a: { addresses: v4(1) }, b: { addresses: v4(2) } });
    expect(rules.unchecked(failover)).toEqual([
      expect.objectContaining({ severity: "blocker", subject: "users.example.com A a" }),
    ]);
    const alias = { name: "lb.example.net", zoneId: "Z1" };
    expect(rules.unchecked(plan({}, { a: { alias } }))).toEqual([]);
    expect(rules.unchecked(plan({}, { a: { alias: { ...alias, evaluateTargetHealth: false } } }))[0]?.message).toMatch(
      /an alias that does not evaluate/,
    );
    expect(rules.unchecked(plan({}, { a: {} }))[0]).toMatchObject({ severity: "warning" });
  });

  it("route53-ttl", () => {
    expect(rules.ttlLong(plan({ ttlSeconds: 61 }, { a: { healthCheck: check } }))).toHaveLength(1);
    expect(rules.ttlLong(plan({ ttlSeconds: 3600 }, { a: {} }))).toEqual([]);
  });

  it("route53-private-check", () => {
    expect(
      rules.privateCheck(
        plan({}, { a: { addresses: ["10.0.0.1"], healthCheck: { type: "TCP", ipAddress: "10.0.0.1" } } }),
      ),
    ).toHaveLength(1);
    expect(rules.privateCheck(plan({}, { a: { addresses: ["10.0.0.1"], healthCheck: check } }))).toHaveLength(1);
    expect(
      rules.privateCheck(
        plan(
          {},
          {
            a: {
              addresses: ["10.0.0.1"],
              healthCheck: { type: "CLOUDWATCH_METRIC", alarmName: "a", alarmRegion: "us-east-1" },
            },
          },
        ),
      ),
    ).toEqual([]);
  });

  it("route53-private-check, for nothing to ask", () => {
    const alias = { name: "lb.example.net", zoneId: "Z1" };
    const intent = {
      service: "s",
      destinations: { a: { cloud: "x", host: "users", dns: { alias, healthCheck: check } } },
      default: { to: "a" },
      dns: { name: "s.example.com", zone: { name: "example.com" }, policy: "weighted" },
    };
    expect(rules.privateCheck(compileDns(Routing.parse(intent))!)[0]?.message).toMatch(/neither a name nor an address/);
  });

  it("route53-calculated-check", () => {
    const calculated = (of: string[], atLeast: number): DnsPlan =>
      plan({}, { a: { healthCheck: check }, b: {}, all: { healthCheck: { type: "CALCULATED", of, atLeast } } });
    expect(rules.calculatedCheck(calculated(["a"], 1))).toEqual([]);
    expect(rules.calculatedCheck(calculated(["b"], 1))[0]?.message).toMatch(/b, which has no health check/);
    expect(rules.calculatedCheck(calculated(["all"], 1))[0]?.message).toMatch(/calculated itself/);
    expect(rules.calculatedCheck(calculated(["a"], 2))[0]?.message).toBe("at least 2 of 1 are wanted");
  });

  it("route53-geolocation-default", () => {
    expect(
      rules.geolocationDefault(plan({ policy: "geolocation" }, { a: { location: { continent: "EU" } } })),
    ).toHaveLength(1);
    expect(rules.geolocationDefault(plan({ policy: "geolocation" }, { a: { location: "default" } }))).toEqual([]);
  });

  it("route53-selector-duplicate", () => {
    const same = plan({ policy: "latency" }, { a: { awsRegion: "us-east-1" }, b: { awsRegion: "us-east-1" } });
    expect(rules.selectorDuplicate(same)[0]?.message).toBe("us-east-1 is already that of a");
    expect(
      rules.selectorDuplicate(
        plan({ policy: "latency" }, { a: { awsRegion: "us-east-1" }, b: { awsRegion: "us-west-2" } }),
      ),
    ).toEqual([]);
  });

  it("route53-multivalue-type", () => {
    expect(rules.multivalueType(plan({ policy: "multivalue" }, { a: {} }))[0]?.message).toBe("the record is a CNAME");
    expect(rules.multivalueType(plan({ policy: "multivalue" }, { a: { addresses: v4(1) } }))).toEqual([]);
  });

  it("route53-several-values", () => {
    expect(rules.severalValues(plan({}, { a: { addresses: [...v4(1), ...v4(2)] } }))).toHaveLength(1);
    expect(rules.severalValues(good)).toEqual([]);
  });

  it("know private addresses", () => {
    for (const address of [
      "10.1.2.3",
      "172.16.0.1",
      "192.168.1.1",
      "100.64.0.1",
      "169.254.1.1",
      "127.0.0.1",
      "fd00::1",
      "fe80::1",
    ]) {
      expect(isPrivateAddress(address)).toBe(true);
    }
    for (const address of ["172.32.0.1", "8.8.8.8", "2001:db8::1", "users.example.com"])
      expect(isPrivateAddress(address)).toBe(false);
  });
});

describe("the zone file", () => {
  it("says shares as SRV records", () => {
    expect(renderZoneFile(Routing.parse(twoClouds).at("10-percent"))?.split("\n")).toEqual([
      "; users.example.com at stage 10-percent: declare the stage and replace this file, never edit it",
      "$ORIGIN users.example.com.",
      "$TTL 60",
      "_https._tcp IN SRV 10 90 443 aws",
      "aws IN A 203.0.113.20",
      "_https._tcp IN SRV 10 10 443 gcp",
      "gcp IN A 198.51.100.10",
      "@ IN A 203.0.113.20",
      "",
    ]);
  });

  it("points at names, and says what it cannot say", () => {
    const text = renderZoneFile(
      routing(
        { policy: "latency" },
        {
          a: { awsRegion: "us-east-1" },
          b: { addresses: [Lazy.stringValue({ produce: () => "${aws_eip.a.public_ip}" })], awsRegion: "eu-west-1" },
        },
      ),
    );
    expect(text).toContain("; the policy latency cannot be said in a master file");
    expect(text).toContain("_https._tcp IN SRV 10 0 443 a.example.net.");
    expect(text).toContain("; b IN A: an address that Terraform knows after the deployment");
    expect(text).not.toContain("${");
  });
});
