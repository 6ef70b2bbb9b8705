import { describe, expect, it } from "@jest/globals";
import {
  bigBangNoIntermediateStage,
  bigBangRules,
  bigBangTrafficStep,
  bigBangWave,
} from "../../../lib/plan/anti-patterns/big-bang";
import type { Stage } from "../../../lib/core/stage";
import type { TrafficShare } from "../../../lib/core/traffic-share";
import type { PlannedMigration } from "../../../lib/plan/plan-document";
import { connection, goodPlan, inMigrations, review, routing, servers, stage, told, wave } from "./plan-fixture";

const shares = (...values: readonly number[]): Pick<PlannedMigration, "stages"> => ({
  stages: values.map((trafficShare, index) => stage(`stage-${index + 1}`, { trafficShare })),
});

/** One that prepares, one that tries, and those that serve. */
const tried = (...values: readonly TrafficShare[]): Stage[] => [
  stage("prepared"),
  stage("tried", { phase: "try" }),
  ...values.map((trafficShare, index) => stage(`serving-${index + 1}`, { trafficShare })),
];

describe("Big Bang Migration", () => {
  describe("too large a share of the estate in one wave", () => {
    it("passes waves that move a part of it", () => {
      expect(bigBangWave(review())).toEqual([]);
      expect(bigBangWave(review({ document: { waves: [wave(1, { estateShare: 0.5 })] } }))).toEqual([]);
    });

    it("blocks a plan whose only wave moves everything", () => {
      expect(told(bigBangWave(review({ document: { waves: [wave(1, { estateShare: 1 })] } })))).toEqual([
        "blocker wave-1: it moves all 12 servers of the estate at once, and a wave may move at most 50 %",
      ]);
    });

    it("blocks a wave that moves most of it", () => {
      expect(told(bigBangWave(review({ document: { waves: [wave(1), wave(2, { estateShare: 0.75 })] } })))).toEqual([
        "blocker wave-2: it moves 9 of the estate's 12 servers, 75 %, at once, and a wave may move at most 50 %",
      ]);
    });

    it("lets a small estate move at once", () => {
      const document = { waves: [wave(1, { estateShare: 1 })], estate: { ...goodPlan().estate, servers: 9 } };
      expect(bigBangWave(review({ document }))).toEqual([]);
      expect(bigBangWave(review({ document, thresholds: { smallestEstateServers: 9 } }))).toHaveLength(1);
    });

    it("takes another limit", () => {
      expect(bigBangWave(review({ thresholds: { largestWaveShare: 0.2 } })).map(({ subject }) => subject)).toEqual([
        "wave-1",
        "wave-2",
        "wave-3",
        "wave-4",
      ]);
    });
  });

  describe("too large a share of the traffic in one step", () => {
    it("passes a routing in steps of at most a half, and going back at once", () => {
      expect(inMigrations(bigBangTrafficStep, [routing(), routing(shares(0, 0.2, 0.7, 1, 0))])).toEqual([]);
    });

    it("blocks the step that is too large", () => {
      expect(told(inMigrations(bigBangTrafficStep, [routing(shares(0, 0.1, 1))]))).toEqual([
        "blocker edge/checkout: going from stage-2 to stage-3 moves 90 % of the traffic at once, and a step may move at most 50 %",
      ]);
    });

    it("blocks a first stage with most of the traffic", () => {
      expect(told(inMigrations(bigBangTrafficStep, [routing(shares(0.6, 1))]))).toEqual([
        "blocker edge/checkout: entering stage-1 moves 60 % of the traffic at once, and a step may move at most 50 %",
      ]);
    });

    it("weighs servers that are switched at once with their share of the estate", () => {
      const most = servers(1, { wave: undefined, moves: Array.from({ length: 9 }, (_, index) => `app-${index}`) });
      expect(inMigrations(bigBangTrafficStep, [servers(1)])).toEqual([]);
      expect(told(inMigrations(bigBangTrafficStep, [most]))).toEqual([
        "blocker wave-1/servers: going from tested to live moves the traffic of 9 of the estate's 12 servers at once, 75 %, and a step may move at most 50 %",
      ]);
    });

    it("does not ask small estates how their servers are switched", () => {
      const all = servers(1, { wave: undefined });
      const estate = { ...goodPlan().estate, servers: 3 };
      expect(inMigrations(bigBangTrafficStep, [all], { document: { estate } })).toEqual([]);
    });

    it("judges servers whose traffic can be split by the step itself", () => {
      expect(inMigrations(bigBangTrafficStep, [servers(1, shares(0, 0.1, 1))])).toHaveLength(1);
    });

    it("says nothing that another rule says of the same step", () => {
      const most = servers(1, { moves: Array.from({ length: 9 }, (_, index) => `app-${index}`) });
      expect(
        inMigrations(bigBangTrafficStep, [most], { document: { waves: [wave(1, { estateShare: 0.75 })] } }),
      ).toEqual([]);
      expect(inMigrations(bigBangTrafficStep, [routing(shares(0, 1))])).toEqual([]);
    });

    it("does not judge a connection, whatever verifies it", () => {
      const shared = connection({ stages: [stage("up"), stage("used", { trafficShare: 1 })], verifications: [] });
      expect(inMigrations(bigBangTrafficStep, [connection(), shared])).toEqual([]);
    });

    it("does not judge what cannot split its traffic and moves no servers", () => {
      expect(inMigrations(bigBangTrafficStep, [routing({ stages: tried(1) })])).toEqual([]);
      expect(inMigrations(bigBangTrafficStep, [routing({ stages: tried(0.1, 1) })])).toHaveLength(1);
    });

    describe("of which a controller moves the share", () => {
      const range = (from: number, to: number) => ({ from, to, controlledBy: "edge/rollout" });

      it("passes a range from nothing to all, and what begins where it ends", () => {
        expect(inMigrations(bigBangTrafficStep, [routing({ stages: tried(range(0, 1), 1) })])).toEqual([]);
        expect(inMigrations(bigBangTrafficStep, [routing({ stages: tried(range(0.1, 0.5), 1) })])).toEqual([]);
      });

      it("blocks a range that is entered too high, or left too low", () => {
        expect(told(inMigrations(bigBangTrafficStep, [routing({ stages: tried(range(0.6, 1)) })]))).toEqual([
          "blocker edge/checkout: going from tried to serving-1 moves 60 % of the traffic at once, and a step may move at most 50 %",
        ]);
        expect(told(inMigrations(bigBangTrafficStep, [routing({ stages: tried(range(0, 0.2), 1) })]))).toEqual([
          "blocker edge/checkout: going from serving-1 to serving-2 moves 80 % of the traffic at once, and a step may move at most 50 %",
        ]);
      });
    });
  });

  describe("no intermediate stage", () => {
    it("passes migrations that are tried out before they carry everything", () => {
      expect(bigBangNoIntermediateStage(review())).toEqual([]);
    });

    it("blocks a first stage that carries everything", () => {
      expect(told(inMigrations(bigBangNoIntermediateStage, [routing(shares(1))]))).toEqual([
        "blocker edge/checkout: its first stage, stage-1, already carries 100 % of the traffic: there is no stage in which the target runs without production traffic",
      ]);
    });

    it("blocks what goes from being prepared to serving everything, however many stages prepare it", () => {
      expect(told(inMigrations(bigBangNoIntermediateStage, [servers(1, shares(0, 0, 1, 1))]))).toEqual([
        "blocker wave-1/servers: stage-3 carries 100 % of the traffic, and no earlier stage tests the target or carries a part of the traffic",
      ]);
    });

    it("passes a try before all of the traffic, as of blue and green, of events and of a synchronization", () => {
      const blueGreen = [
        stage("preview", { phase: "try" }),
        stage("promoted", { trafficShare: 1 }),
        stage("settled", { phase: "final", trafficShare: 1 }),
      ];
      const events = [
        stage("capture"),
        stage("apply"),
        stage("verify", { phase: "try" }),
        stage("cutover", { trafficShare: 1 }),
        stage("complete", { phase: "final", trafficShare: 1 }),
      ];
      const found = [blueGreen, events].flatMap((stages) =>
        bigBangRules.flatMap((rule) => inMigrations(rule, [routing({ role: "data", stages })])),
      );
      expect(found).toEqual([]);
    });

    it("passes a range that a controller moves, and a schema that carries no share", () => {
      const trafficShare = { from: 0, to: 1, controlledBy: "edge/rollout" };
      const rollout = [stage("dark"), stage("rolling", { trafficShare }), stage("full", { trafficShare: 1 })];
      const schema = [stage("expand"), stage("migrate", { phase: "serve" }), stage("contract", { phase: "final" })];
      const found = [rollout, schema].flatMap((stages) =>
        bigBangRules.flatMap((rule) => inMigrations(rule, [routing({ stages })])),
      );
      expect(found).toEqual([]);
    });

    it("says of a first stage that a controller moves how far it may go", () => {
      const trafficShare = { from: 0, to: 1, controlledBy: "edge/rollout" };
      expect(
        told(inMigrations(bigBangNoIntermediateStage, [routing({ stages: [stage("rolling", { trafficShare })] })])),
      ).toEqual([
        "warning edge/checkout: its first stage, rolling, already carries 0 % to 100 % of the traffic: there is no stage in which the target runs without production traffic",
      ]);
    });

    it("does not ask a connection", () => {
      const shared = connection({ stages: [stage("up"), stage("used", { trafficShare: 1 })] });
      expect(inMigrations(bigBangNoIntermediateStage, [shared])).toEqual([]);
    });

    it("warns of a first stage that carries a part", () => {
      expect(told(inMigrations(bigBangNoIntermediateStage, [routing(shares(0.1, 0.5, 1))]))).toEqual([
        "warning edge/checkout: its first stage, stage-1, already carries 10 % of the traffic: there is no stage in which the target runs without production traffic",
      ]);
    });

    it("passes a migration that carries no traffic, or never more than one step may move", () => {
      expect(inMigrations(bigBangNoIntermediateStage, [routing(shares(0, 0)), routing(shares(0, 0.2))])).toEqual([]);
    });
  });
});
