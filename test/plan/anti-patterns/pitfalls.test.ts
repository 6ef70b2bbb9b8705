import { describe, expect, it } from "@jest/globals";
import {
  pitfallNoBenchmark,
  pitfallNobodyTold,
  pitfallNoMonitoring,
  pitfallNoNotificationTarget,
  pitfallNoTimeToValidate,
} from "../../../lib/plan/anti-patterns/pitfalls";
import type { Stakeholder } from "../../../lib/plan/communications";
import type { PlannedWave } from "../../../lib/plan/plan-document";
import { planRunbook } from "../../../lib/plan/runbook/plan-runbook";
import {
  connection,
  goodPlan,
  inMigrations,
  IRREVERSIBLE,
  review,
  routing,
  servers,
  stage,
  step,
  told,
  verification,
  wave,
} from "./plan-fixture";

describe("Insufficient monitoring", () => {
  const silent = servers(1, { verifications: [verification("health-check", { notifies: false })] });

  it("passes a plan with a dashboard, and migrations whose alarms tell somebody", () => {
    expect(inMigrations(pitfallNoMonitoring, [silent])).toEqual([]);
    expect(pitfallNoMonitoring(review({ document: { dashboard: undefined } }))).toEqual([]);
  });

  it("warns of a migration that nobody sees and nobody is told of", () => {
    expect(
      told(inMigrations(pitfallNoMonitoring, [connection(), silent], { document: { dashboard: undefined } })),
    ).toEqual([
      "warning wave-1/servers: the plan has no dashboard, and in stage copied none of its alarms has a notification target",
    ]);
  });
});

describe("Poor communication", () => {
  const communications = (...stakeholders: readonly Partial<Stakeholder>[]) => ({
    document: {
      communications: {
        stakeholders: stakeholders.map((each) => ({ name: "desk", role: "first line", channel: "phone", ...each })),
        alarmsNotify: true,
      },
    },
  });

  describe("no notification target", () => {
    it("passes a plan whose alarms are sent to somebody", () => {
      expect(pitfallNoNotificationTarget(review())).toEqual([]);
    });

    it("warns of a plan whose alarms are sent to nobody", () => {
      const silent = { ...goodPlan().communications, alarmsNotify: false };
      expect(told(pitfallNoNotificationTarget(review({ document: { communications: silent } })))).toEqual([
        "warning plan/exit: the plan's alarms have no notification target",
      ]);
    });
  });

  describe("nobody told", () => {
    it("passes a plan with somebody for every wave", () => {
      expect(pitfallNobodyTold(review())).toEqual([]);
      expect(
        pitfallNobodyTold(
          review(
            communications(
              { events: ["start"] },
              { events: ["rollback"], waves: ["wave-1", "wave-2"] },
              { waves: ["foundation", "wave-3", "wave-4"], events: ["announcement", "rollback"] },
            ),
          ),
        ),
      ).toEqual([]);
    });

    it("warns of each wave that nobody is told of, and says of what", () => {
      const found = pitfallNobodyTold(
        review(
          communications(
            { waves: ["foundation", "wave-1", "wave-2"] },
            { waves: ["wave-2", "wave-3"], events: ["start"] },
          ),
        ),
      );
      expect(told(found)).toEqual([
        "warning wave-3: no stakeholder is notified of its rollback",
        "warning wave-4: no stakeholder is notified of its start or of its rollback",
      ]);
    });

    it("says it once where the plan names nobody", () => {
      expect(told(pitfallNobodyTold(review(communications())))).toEqual([
        "warning plan/exit: no stakeholders are configured, so nobody is notified of any wave",
      ]);
    });
  });
});

describe("Rushed timelines", () => {
  const found = (waves: readonly PlannedWave[], validationMinutes = 30) =>
    told(pitfallNoTimeToValidate(review({ document: { waves }, thresholds: { validationMinutes } })));

  it("passes a window that has room for the cut-over, the validation and the way back, to the minute", () => {
    expect(pitfallNoTimeToValidate(review())).toEqual([]);
    expect(found([wave(1, { window: { minutes: 135 } })])).toEqual([]);
  });

  it("warns of a window that has not, with the arithmetic", () => {
    expect(found([wave(1, { window: { minutes: 134 } })])).toEqual([
      "warning wave-1: its window has 134 minutes and 135 are needed: 60 to cut over, 30 to validate and 45 to roll back",
    ]);
  });

  it("adds up all transitions of all migrations of a wave, and what they have in common once", () => {
    const waves = [wave(4, { migrations: [servers(4).path, routing().path], window: { minutes: 200 } })];
    const stages = routing().stages.map((each) => ({ ...each, window: each.phase === "serve" }));
    const document = { waves, migrations: [servers(4), routing({ stages })] };
    expect(told(pitfallNoTimeToValidate(review({ document })))).toEqual([
      "warning wave-4: its window has 200 minutes and 450 are needed: 240 to cut over, 30 to validate and 180 to roll back, 2 migrations one after the other",
    ]);
  });

  it("asks nothing of a rollout by daylight, alone in its wave or beside a cut-over", () => {
    const alone = wave(4, { migrations: [routing().path] });
    expect(found([{ ...alone, window: { minutes: 5 } }])).toEqual([]);
    expect(found([wave(1), { ...alone, window: undefined }])).toEqual([]);
    expect(found([wave(4, { migrations: [servers(4).path, routing().path], window: { minutes: 135 } })])).toEqual([]);
  });

  it("does not count what is only waited for at the end", () => {
    const bake = { ...step(480), waits: true };
    const stages = servers(1).stages.map((each) =>
      each.name === "live" ? { ...each, enter: [step(60), bake], reverse: [step(45), bake] } : each,
    );
    const document = { waves: [wave(1, { window: { minutes: 135 } })], migrations: [servers(1, { stages })] };
    expect(told(pitfallNoTimeToValidate(review({ document })))).toEqual([]);
  });

  it("counts what the runbook does in the window, and the way back as far as there is one", () => {
    const stages = [
      stage("none", { enter: [step(900)] }),
      stage("half", { trafficShare: 0.5, enter: [step(10)], reverse: [step(10)] }),
      stage("most", { trafficShare: 0.8, window: true, enter: [step(40), step(60)], reverse: [step(20)] }),
      stage("all", { trafficShare: 1, window: true, enter: [step(110)], reverse: IRREVERSIBLE }),
    ];
    const waves = [wave(1, { window: { minutes: 60 } })];
    const document = { waves, migrations: [servers(1, { stage: "none", stages })] };
    expect(told(pitfallNoTimeToValidate(review({ document })))).toEqual([
      "warning wave-1: its window has 60 minutes and 280 are needed: 220 to cut over, 30 to validate and 30 to roll back",
    ]);
    const [inRunbook] = planRunbook(goodPlan(document)).waves;
    expect(inRunbook?.cutover.minutes).toBe(220);
    expect(inRunbook?.decisions.map(({ backMinutes }) => backMinutes)).toEqual([10, 30, undefined]);
  });

  it("does not count what is done already", () => {
    const stages = [10, 50, 100].map((share) => stage(`to-${share}`, { trafficShare: share / 100, window: true }));
    const inStage = (name: string) =>
      told(
        pitfallNoTimeToValidate(
          review({
            document: {
              waves: [wave(1, { window: { minutes: 240 } })],
              migrations: [servers(1, { stage: name, stages })],
            },
          }),
        ),
      );
    expect(inStage("to-10")).toHaveLength(1);
    expect(inStage("to-50")).toEqual([]);
  });

  it("takes another time to validate", () => {
    expect(found([wave(1, { window: { minutes: 134 } })], 29)).toEqual([]);
    expect(found([wave(1, { window: { minutes: 134 } })], 60)).toHaveLength(1);
  });

  it("warns of a wave without a window where another has one", () => {
    expect(found([wave(1, { window: undefined }), wave(2)])).toEqual([
      "warning wave-1: it has no change window, and wave-2 has one: its cut-over, validation and rollback take 135 minutes",
    ]);
  });

  it("does not ask for windows where no wave has one, nor of the foundation or a wave without a cut-over", () => {
    expect(found([wave(1, { window: undefined }), wave(2, { window: undefined })])).toEqual([]);
    expect(found([wave(1), wave(2, { window: undefined, migrations: [] })])).toEqual([]);
    const foundation = { name: "foundation", migrations: [connection().path], moves: [], groups: [], estateShare: 0 };
    expect(found([foundation, wave(1)])).toEqual([]);
  });
});

describe("Ignoring performance impact", () => {
  it("passes a plan whose performance metric is measured", () => {
    expect(pitfallNoBenchmark(review())).toEqual([]);
  });

  it("warns once of a plan without one", () => {
    expect(told(pitfallNoBenchmark(review({ document: { metrics: [] } })))).toEqual([
      "warning plan/exit: no metric of the plan compares performance before and after wave-1/servers, wave-2/servers, wave-3/servers and 2 more",
    ]);
  });

  it("warns of a performance metric that waits for somebody to publish it, as every plan has one", () => {
    const metrics = goodPlan().metrics.map((metric) => ({ ...metric, measured: false }));
    expect(told(pitfallNoBenchmark(review({ document: { metrics } })))).toEqual([
      "warning plan/exit: CloudWatch does not measure performance-impact before and after wave-1/servers, wave-2/servers, wave-3/servers and 2 more: its value has to be published by hand or by a pipeline",
    ]);
  });

  it("does not ask it of a plan that only connects networks", () => {
    expect(inMigrations(pitfallNoBenchmark, [connection()], { document: { metrics: [] } })).toEqual([]);
  });
});
