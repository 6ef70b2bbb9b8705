import { describe, expect, it } from "@jest/globals";
import {
  testingNoDataComparison,
  testingNoEndToEnd,
  testingNoPerformanceBaseline,
  testingPromotionUnverified,
} from "../../../lib/plan/anti-patterns/insufficient-testing";
import { connection, inMigrations, review, routing, servers, stage, told, verification } from "./plan-fixture";

const onlyHealth = { verifications: [verification("health-check")] };

describe("Insufficient Testing", () => {
  describe("a stage that promotes without a verification", () => {
    it("passes migrations with any verification, and those that raise no traffic", () => {
      expect(testingPromotionUnverified(review())).toEqual([]);
      const still = servers(1, { stages: [stage("one"), stage("two")], verifications: [] });
      expect(inMigrations(testingPromotionUnverified, [routing(onlyHealth), still])).toEqual([]);
    });

    it("warns while nobody depends on the migration, and blocks from the stage that carries traffic", () => {
      const found = (declared: string) =>
        told(inMigrations(testingPromotionUnverified, [servers(1, { stage: declared, verifications: [] })]));
      expect(found("tested")).toEqual([
        "warning wave-1/servers: live raises its share of the traffic, and no verification is configured",
      ]);
      expect(found("live")).toEqual([
        "blocker wave-1/servers: live raises its share of the traffic, and no verification is configured",
      ]);
    });

    it("names the stages, the first of them where there are many", () => {
      const found = (...values: readonly number[]) =>
        inMigrations(testingPromotionUnverified, [
          routing({
            verifications: [],
            stages: values.map((share) => stage(`${share}`, { trafficShare: share / 100 })),
          }),
        ])[0]?.message;
      expect(found(0, 10, 50, 100)).toBe(
        "10, 50 and 100 raise its share of the traffic, and no verification is configured",
      );
      expect(found(0, 10, 20, 50, 60, 100)).toBe(
        "10, 20, 50 and 2 more raise its share of the traffic, and no verification is configured",
      );
    });

    it("asks it of a connection as well, and of a schema, which carry no share", () => {
      const schema = servers(1, {
        role: "schema",
        moves: [],
        verifications: [],
        stages: [stage("expand"), stage("migrate", { phase: "serve" }), stage("contract", { phase: "final" })],
      });
      expect(
        told(inMigrations(testingPromotionUnverified, [connection({ verifications: [], stage: "used" }), schema])),
      ).toEqual([
        "blocker landing-zone/office: production depends on it from used on, and no verification is configured",
        "warning wave-1/servers: production depends on it from migrate on, and no verification is configured",
      ]);
    });

    it("asks it of a share that a controller moves", () => {
      const trafficShare = { from: 0, to: 1, controlledBy: "edge/rollout" };
      const rolling = routing({ verifications: [], stages: [stage("dark"), stage("rolling", { trafficShare })] });
      expect(told(inMigrations(testingPromotionUnverified, [rolling]))).toEqual([
        "warning edge/checkout: rolling raises its share of the traffic, and no verification is configured",
      ]);
    });
  });

  describe("no performance baseline", () => {
    it("passes migrations with a performance comparison", () => {
      expect(testingNoPerformanceBaseline(review())).toEqual([]);
    });

    it("warns of servers and of services without one", () => {
      expect(told(inMigrations(testingNoPerformanceBaseline, [servers(1, onlyHealth), routing(onlyHealth)]))).toEqual([
        "warning wave-1/servers: it moves 3 servers, and no performance comparison with the source is configured",
        "warning edge/checkout: it carries the traffic of a service, and no performance comparison with the source is configured",
      ]);
    });

    it("does not ask it of a connection, nor of what serves nobody", () => {
      const schema = routing({ ...onlyHealth, stages: [stage("expand"), stage("contract")] });
      const breaker = routing({ ...onlyHealth, role: "guard" });
      const shared = connection({ stages: [stage("up"), stage("used", { trafficShare: 1 })] });
      expect(inMigrations(testingNoPerformanceBaseline, [connection(), shared, schema, breaker])).toEqual([]);
    });
  });

  describe("no end-to-end check", () => {
    it("passes migrations with an end-to-end test", () => {
      expect(testingNoEndToEnd(review())).toEqual([]);
    });

    it("warns of servers and of services without one", () => {
      expect(
        told(inMigrations(testingNoEndToEnd, [servers(1, { ...onlyHealth, moves: ["a"] }), routing(onlyHealth)])),
      ).toEqual([
        "warning wave-1/servers: it moves 1 server, and no end-to-end test is configured",
        "warning edge/checkout: it carries the traffic of a service, and no end-to-end test is configured",
      ]);
    });

    it("does not ask it of a connection", () => {
      expect(inMigrations(testingNoEndToEnd, [connection()])).toEqual([]);
    });
  });

  describe("no data comparison", () => {
    it("passes migrations that compare, and those that move no data", () => {
      expect(testingNoDataComparison(review())).toEqual([]);
      expect(inMigrations(testingNoDataComparison, [servers(1, { ...onlyHealth, dataMoved: [] })])).toEqual([]);
    });

    it("warns of data that nobody compares", () => {
      expect(
        told(inMigrations(testingNoDataComparison, [servers(1, { ...onlyHealth, dataMoved: ["db-01", "orders"] })])),
      ).toEqual([
        "warning wave-1/servers: it moves the data of db-01 and orders, and no data comparison is configured",
      ]);
    });
  });
});
