import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Fraction } from "../../../../lib/patterns/infrastructure/multi-cloud/fraction";
import type { RequestMatch, RoutingIntent } from "../../../../lib/patterns/infrastructure/multi-cloud/intent";
import { disjoint, matches, type RoutingRequest } from "../../../../lib/patterns/infrastructure/multi-cloud/matching";
import { resolve } from "../../../../lib/patterns/infrastructure/multi-cloud/resolve";
import { Routing } from "../../../../lib/patterns/infrastructure/multi-cloud/routing";
import { catalogIntent, twoClouds } from "./intents";

const shown = (routing: Routing, down: string[] = []): Record<string, string> => {
  const { shares, unserved } = resolve(routing, {}, { down });
  return Object.fromEntries([
    ...shares.map(({ destination, fraction }) => [destination, fraction.toString()]),
    ...(unserved.isZero() ? [] : [["fails", unserved.toString()]]),
  ]) as Record<string, string>;
};

describe("health in the mesh", () => {
  it("fails the share of a destination that nobody takes over for", () => {
    expect(shown(Routing.parse(catalogIntent), ["aws"])).toEqual({ local: "4/5", fails: "1/5" });
  });

  it("gives the share to the first healthy substitute", () => {
    const routing = Routing.parse(twoClouds);
    expect(shown(routing, ["aws"])).toEqual({ gcp: "1" });
    expect(resolve(routing, {}, { down: ["aws"] }).shares[0]?.insteadOf).toEqual(["aws"]);
    expect(shown(routing, ["aws", "gcp"])).toEqual({ fails: "1" });
  });

  it("does not fail over from or to a service of the mesh, because Istio cannot", () => {
    const routing = Routing.parse({ ...catalogIntent, failover: ["local", "aws", "gcp"] });
    expect(shown(routing, ["local"])).toEqual({ aws: "1/5", fails: "4/5" });
    expect(shown(routing, ["aws", "gcp"])).toEqual({ local: "4/5", fails: "1/5" });
    expect(shown(routing, ["aws"])).toEqual({ local: "4/5", gcp: "1/5" });
  });

  it("does not fail over between different resolutions", () => {
    const { aws, gcp } = twoClouds.destinations;
    const fixed = { ...gcp, resolution: "STATIC", endpoints: [{ address: "198.51.100.10" }] };
    expect(shown(Routing.parse({ ...twoClouds, destinations: { aws, gcp: fixed } }), ["aws"])).toEqual({
      gcp: "3/10",
      fails: "7/10",
    });
  });
});

describe("matching", () => {
  it.each<[string, RequestMatch, RoutingRequest, boolean]>([
    ["a header's case of name", { headers: { "X-Flag": { exact: "a" } } }, { headers: { "x-flag": "a" } }, true],
    ["a header's case of value", { headers: { a: { exact: "A" } } }, { headers: { a: "a" } }, false],
    ["a header that is there", { headers: { a: { present: true } } }, { headers: { a: "" } }, true],
    ["a header that is not", { headers: { a: { present: true } } }, {}, false],
    ["a header that must be absent", { withoutHeaders: { a: { present: true } } }, {}, true],
    ["a header that must not match", { withoutHeaders: { a: { prefix: "v" } } }, { headers: { a: "v1" } }, false],
    ["the whole text for a regex", { headers: { a: { regex: "v[0-9]" } } }, { headers: { a: "v12" } }, false],
    ["a path without its query", { uri: { exact: "/a" } }, { path: "/a?b=c" }, true],
    ["a path without regard to case", { uri: { prefix: "/API" }, ignoreUriCase: true }, { path: "/api/1" }, true],
    ["a query parameter", { queryParams: { b: { exact: "c" } } }, { path: "/a?b=c" }, true],
    ["the method", { method: { exact: "POST" } }, {}, false],
    ["the authority", { authority: { exact: "users" } }, { authority: "users" }, true],
    ["the scheme", { scheme: { exact: "https" } }, { scheme: "https" }, true],
    ["labels of the caller", { sourceLabels: { app: "web" } }, { sourceLabels: { app: "web", v: "1" } }, true],
    ["the caller's namespace", { sourceNamespace: "shop" }, { sourceNamespace: "web" }, false],
    ["the gateway", { gateways: ["edge"] }, {}, false],
    ["the sidecars", { gateways: ["mesh"] }, {}, true],
    ["the port", { port: 80 }, { port: 81 }, false],
  ])("looks at %s", (_what, match, request, expected) => {
    expect(matches(match, request)).toBe(expected);
  });

  it("takes the first route that matches", () => {
    const intent: RoutingIntent = {
      ...catalogIntent,
      routes: [
        { match: [{ uri: { prefix: "/a" } }], to: "aws" },
        { match: [{ uri: { prefix: "/a/b" } }], to: "gcp" },
      ],
    };
    expect(resolve(Routing.parse(intent), { path: "/a/b" }).shares.map((share) => share.destination)).toEqual(["aws"]);
  });

  it("calls two matches disjoint only where no request satisfies both", () => {
    const text = fc.oneof(
      fc.constantFrom("a", "ab", "b").map((exact) => ({ exact })),
      fc.constantFrom("a", "ab", "b").map((prefix) => ({ prefix })),
      fc.constantFrom("a.*", "b").map((regex) => ({ regex })),
    );
    const value = fc.oneof(text, fc.constant({ present: true as const }));
    const some = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
      fc.dictionary(fc.constantFrom("h", "H", "g"), of);
    const match: fc.Arbitrary<RequestMatch> = fc.record(
      {
        headers: some(value),
        withoutHeaders: some(value),
        uri: text,
        ignoreUriCase: fc.boolean(),
        method: text,
        port: fc.constantFrom(1, 2),
      },
      { requiredKeys: [] },
    );
    const word = fc.constantFrom("a", "ab", "abc", "b", "A", "");
    const request: fc.Arbitrary<RoutingRequest> = fc.record(
      {
        headers: fc.dictionary(fc.constantFrom("h", "g"), word),
        path: word,
        method: word,
        port: fc.constantFrom(1, 2),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(match, match, request, (a, b, asked) => {
        if (disjoint(a, b)) expect(matches(a, asked) && matches(b, asked)).toBe(false);
        expect(disjoint(a, b)).toBe(disjoint(b, a));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Mulberry32: small, seeded, and good enough to throw dice with. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe("the evaluator against a simulation", () => {
  /** Envoy's way, one request after the other: pick by weight, then walk the ranks. */
  function simulate(
    weights: number[],
    order: number[][],
    down: Set<number>,
    requests: number,
    random: () => number,
  ): Map<number, number> {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const served = new Map<number, number>();
    for (let request = 0; request < requests; request += 1) {
      let at = random() * total;
      let picked = 0;
      while (at >= weights[picked]!) at -= weights[picked++]!;
      const server = [picked, ...order[picked]!].find((name) => !down.has(name)) ?? -1;
      served.set(server, (served.get(server) ?? 0) + 1);
    }
    return served;
  }

  it("agrees within six standard deviations, for any weights, failover and failures", () => {
    const requests = 4000;
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 5 })
          .filter((all) => all.some((w) => w > 0)),
        fc.array(fc.shuffledSubarray([0, 1, 2, 3, 4]), { minLength: 5, maxLength: 5 }),
        fc.subarray([0, 1, 2, 3, 4]),
        fc.integer(),
        (weights, orders, failing, seed) => {
          const order = weights.map((_, i) => orders[i]!.filter((other) => other !== i && other < weights.length));
          const down = failing.filter((i) => i < weights.length);
          const routing = Routing.parse({
            service: "users",
            destinations: Object.fromEntries(
              weights.map((_, i) => [
                `d${i}`,
                { cloud: "x", host: `d${i}.example.com`, failover: order[i]!.map((other) => `d${other}`) },
              ]),
            ),
            default: { to: Object.fromEntries(weights.map((weight, i) => [`d${i}`, weight])) },
          });
          const { shares, unserved } = resolve(routing, {}, { down: down.map((i) => `d${i}`) });
          expect(Fraction.sum([...shares.map((share) => share.fraction), unserved]).equals(Fraction.one)).toBe(true);
          const served = simulate(weights, order, new Set(down), requests, dice(seed));
          const expected = new Map([
            ...shares.map((share): [number, number] => [Number(share.destination.slice(1)), share.fraction.toNumber()]),
            [-1, unserved.toNumber()],
          ]);
          for (const name of new Set([...served.keys(), ...expected.keys()])) {
            const p = expected.get(name) ?? 0;
            const deviation = Math.sqrt(requests * p * (1 - p));
            expect(Math.abs((served.get(name) ?? 0) - requests * p)).toBeLessThanOrEqual(6 * deviation + 1e-9);
          }
        },
      ),
      // Seeded, so that the one run in millions that would miss is not met by chance.
      { numRuns: 60, seed: 20_260_115 },
    );
  });
});

describe("a fraction", () => {
  it("is exact", () => {
    expect(Fraction.sum(Array.from({ length: 3 }, () => Fraction.of(1, 3))).equals(Fraction.one)).toBe(true);
    expect(Fraction.of(80, 100).toString()).toBe("4/5");
    expect(Fraction.of(1, 3).formatPercentage()).toBe("33.33 %");
    expect(Fraction.zero.formatPercentage()).toBe("0 %");
  });
});
