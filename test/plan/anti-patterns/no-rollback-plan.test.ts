import { describe, expect, it } from "@jest/globals";
import {
  rollbackNoAlarm,
  rollbackNoReverse,
  rollbackNotRehearsed,
  rollbackRetentionTooShort,
} from "../../../lib/plan/anti-patterns/no-rollback-plan";
import {
  connection,
  goodPlan,
  inMigrations,
  IRREVERSIBLE,
  review,
  rollback,
  servers,
  stage,
  told,
  verification,
} from "./plan-fixture";

describe("No Rollback Plan", () => {
  describe("a stage without a reverse", () => {
    it("passes stages that have steps back, and an irreversible last one", () => {
      expect(rollbackNoReverse(review())).toEqual([]);
    });

    it("blocks a stage without a step back", () => {
      const stages = [stage("one"), stage("two", { reverse: [] })];
      expect(told(inMigrations(rollbackNoReverse, [servers(1, { stages })]))).toEqual([
        "blocker wave-1/servers: stage two has no rollback steps",
      ]);
    });

    it("blocks an irreversible stage that others follow", () => {
      const stages = [stage("one"), stage("two", { reverse: IRREVERSIBLE }), stage("three"), stage("four")];
      expect(told(inMigrations(rollbackNoReverse, [servers(1, { stages })]))).toEqual([
        "blocker wave-1/servers: stage two is irreversible, and is followed by 2 stages",
      ]);
    });

    it("blocks an irreversible stage that is the only one", () => {
      const stages = [stage("all", { reverse: IRREVERSIBLE })];
      expect(told(inMigrations(rollbackNoReverse, [servers(1, { stages })]))).toEqual([
        "blocker wave-1/servers: all, its only stage, is irreversible",
      ]);
    });
  });

  describe("retention shorter than the rollback window", () => {
    it("passes a source that is kept as long as the window", () => {
      expect(rollbackRetentionTooShort(review())).toEqual([]);
      const exactly = servers(1, { rollback: { ...rollback, windowHours: 48, sourceRetentionDays: 2 } });
      expect(inMigrations(rollbackRetentionTooShort, [exactly])).toEqual([]);
    });

    it("blocks a source that is gone before the window ends", () => {
      const short = servers(1, { rollback: { ...rollback, windowHours: 72, sourceRetentionDays: 1 } });
      expect(told(inMigrations(rollbackRetentionTooShort, [short]))).toEqual([
        "blocker wave-1/servers: the source is kept for 1 day (24 hours), and the rollback window is 72 hours",
      ]);
    });
  });

  describe("no alarm that would trigger it", () => {
    const silent = { verifications: [verification("health-check", { notifies: false })] };

    it("passes a verification whose alarm tells somebody", () => {
      expect(rollbackNoAlarm(review())).toEqual([]);
      // It stands beside findings of every severity, so it names none.
      expect(rollbackNoAlarm.why).not.toContain("warning");
    });

    it.each([
      "exit-stop",
      "the alarm exit-stop goes off",
      'alarm "exit-performance-impact".',
      "the other end: connectivity-alarm",
    ])("passes a trigger that names an alarm: %s", (trigger) => {
      const named = servers(1, { ...silent, rollback: { ...rollback, triggers: ["a feeling", trigger] } });
      expect(inMigrations(rollbackNoAlarm, [connection(), named])).toEqual([]);
    });

    it("does not take the plan's alarms for one when they are sent to nobody", () => {
      const named = servers(1, { ...silent, rollback: { ...rollback, triggers: ["exit-stop"] } });
      const communications = { ...goodPlan().communications, alarmsNotify: false };
      expect(inMigrations(rollbackNoAlarm, [named], { document: { communications } })).toHaveLength(1);
    });

    it("does not take a part of a name for the name", () => {
      const named = servers(1, { ...silent, rollback: { ...rollback, triggers: ["exit-stopped"] } });
      expect(inMigrations(rollbackNoAlarm, [named])).toHaveLength(1);
    });

    it("blocks alarms that tell nobody from the stage that carries traffic, and only mentions them before", () => {
      const found = (declared: string) =>
        told(inMigrations(rollbackNoAlarm, [servers(1, { ...silent, stage: declared })]));
      const rest =
        "its one alarm has no notification target, and no rollback trigger names an alarm with a notification target";
      expect(found("copied")).toEqual([`info wave-1/servers: in stage copied ${rest}`]);
      expect(found("tested")).toEqual([`info wave-1/servers: in stage tested ${rest}`]);
      expect(found("live")).toEqual([`blocker wave-1/servers: in stage live ${rest}`]);
      expect(found("closed")).toEqual([`blocker wave-1/servers: in stage closed ${rest}`]);
    });

    it("blocks a migration without an alarm from the stage that carries traffic, and warns before", () => {
      const verifications = [verification("health-check", { alarm: undefined, notifies: false })];
      const found = (declared: string) =>
        told(inMigrations(rollbackNoAlarm, [servers(1, { verifications, stage: declared })]));
      const message =
        "wave-1/servers: none of its verifications has an alarm, and no rollback trigger names an alarm with a notification target";
      expect(found("tested")).toEqual([`warning ${message}`]);
      expect(found("live")).toEqual([`blocker ${message}`]);
    });

    it("takes an alarm for one whose name only Terraform knows", () => {
      const unnamed = { alarm: undefined, unnamedAlarm: true };
      const found = (notifies: boolean) => {
        const verifications = [verification("health-check", { ...unnamed, notifies })];
        return told(inMigrations(rollbackNoAlarm, [servers(1, { verifications, stage: "live" })]));
      };
      expect(found(true)).toEqual([]);
      expect(found(false)).toEqual([expect.stringContaining("its one alarm has no notification target")]);
    });

    it("blocks a migration that never carries traffic once its phase says that production depends on it", () => {
      const stages = [stage("expand"), stage("compare", { phase: "try" }), stage("contract", { phase: "final" })];
      const found = (declared: string) =>
        inMigrations(rollbackNoAlarm, [servers(1, { ...silent, stages, stage: declared })])[0]?.severity;
      expect(found("expand")).toBe("info");
      expect(found("compare")).toBe("info");
      expect(found("contract")).toBe("blocker");
    });

    it("counts the alarms", () => {
      const two = ["health-check", "connectivity"] as const;
      const verifications = two.map((kind) => verification(kind, { notifies: false }));
      expect(inMigrations(rollbackNoAlarm, [servers(2, { verifications })])[0]?.message).toBe(
        "in stage copied its 2 alarms have no notification target, and no rollback trigger names an alarm with a notification target",
      );
    });
  });

  describe("rollback never rehearsed", () => {
    const rehearsed = (rehearsedOn: string | undefined, declared = "copied") =>
      servers(1, { stage: declared, rollback: { ...rollback, rehearsedOn } });

    it("passes a rehearsal of the last days, of today, and of the last day that is allowed", () => {
      const migrations = ["2026-01-10", "2026-01-15", "2025-10-17"].map((day) => rehearsed(day, "live"));
      expect(inMigrations(rollbackNotRehearsed, migrations)).toEqual([]);
    });

    it("warns while nobody depends on the migration, and blocks from the stage that carries traffic", () => {
      expect(told(inMigrations(rollbackNotRehearsed, [rehearsed(undefined), rehearsed(undefined, "live")]))).toEqual([
        "warning wave-1/servers: its rollback has never been rehearsed",
        "blocker wave-1/servers: its rollback has never been rehearsed",
      ]);
    });

    it("does not take a rehearsal that is still to come for one", () => {
      expect(told(inMigrations(rollbackNotRehearsed, [rehearsed("2026-01-16", "live")]))).toEqual([
        "blocker wave-1/servers: its rollback rehearsal is dated 2026-01-16, which is in the future: the plan is as of 2026-01-15",
      ]);
    });

    it("warns, and never blocks, where the rehearsal is too long ago", () => {
      expect(told(inMigrations(rollbackNotRehearsed, [rehearsed("2025-10-16", "live")]))).toEqual([
        "warning wave-1/servers: its rollback was last rehearsed on 2025-10-16, 91 days before 2026-01-15; at most 90 days are allowed",
      ]);
    });

    it("takes another number of days", () => {
      expect(inMigrations(rollbackNotRehearsed, [servers(1)], { thresholds: { rehearsalDays: 5 } })).toEqual([]);
      expect(inMigrations(rollbackNotRehearsed, [servers(1)], { thresholds: { rehearsalDays: 4 } })).toHaveLength(1);
    });

    it("does not ask where there is no way back left", () => {
      expect(inMigrations(rollbackNotRehearsed, [rehearsed(undefined, "closed")])).toEqual([]);
    });
  });
});
