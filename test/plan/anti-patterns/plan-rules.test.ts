import { describe, expect, it } from "@jest/globals";
import { runRules } from "../../../lib/core/rule";
import { applyWaivers, type Waiver } from "../../../lib/core/waiver";
import * as antiPatterns from "../../../lib/plan/anti-patterns";
import type { PlanReview } from "../../../lib/plan/anti-patterns/plan-review";
import { planRules } from "../../../lib/plan/anti-patterns/plan-rules";
import { hybridCloudStages } from "../../../lib/patterns/infrastructure/hybrid-cloud/stages";
import { liftAndShiftStages } from "../../../lib/patterns/infrastructure/lift-and-shift/stages";
import { READY_AS_OF, readyAssessment, readyChecklist } from "../../support/ready-assessment";
import {
  connection,
  goodPlan,
  inMigrations,
  inventory,
  review,
  rollback,
  servers,
  stage,
  told,
  wave,
} from "./plan-fixture";

/** A plan in which every rule finds something. */
function worstPlan(): PlanReview {
  const untested = { verifications: [], rollback: { ...rollback, windowHours: 1000, rehearsedOn: undefined } };
  const allAtOnce = servers(1, {
    ...untested,
    stage: "all",
    stages: [stage("all", { trafficShare: 1, reverse: [] })],
  });
  const oneStep = servers(2, {
    ...untested,
    stages: [0, 0.1, 1].map((share) => stage(`s-${share}`, { trafficShare: share })),
  });
  const { database_connections } = readyChecklist.identify_dependencies;
  return review({
    document: {
      waves: [wave(1, { estateShare: 1, window: { minutes: 10 } })],
      migrations: [allAtOnce, oneStep],
      moves: goodPlan().moves.filter(({ name }) => name !== "db-02"),
      metrics: [],
      dashboard: undefined,
      stopAlarm: undefined,
      communications: { stakeholders: [], alarmsNotify: false },
    },
    assessment: readyAssessment({
      inventory: { ...inventory, flows: inventory.flows?.filter(({ destination }) => destination !== "db-03") },
      checklist: {
        ...readyChecklist,
        identify_dependencies: {
          ...readyChecklist.identify_dependencies,
          database_connections: [...database_connections, { database: "ledger", engine: "oracle", clients: ["erp"] }],
        },
      },
    }),
  });
}

describe("planRules", () => {
  it("find nothing in a good plan", () => {
    expect(runRules(planRules, review())).toEqual([]);
  });

  it("all find something in the worst plan, the same each time", () => {
    const found = runRules(planRules, worstPlan());
    expect([...new Set(found.map(({ rule }) => rule))]).toEqual(planRules.map(({ id }) => id));
    expect(runRules(planRules, worstPlan())).toEqual(found);
  });

  it.each(planRules.map((rule) => [rule.id, rule] as const))("a finding of %s can be waived", (id, rule) => {
    const findings = rule(worstPlan());
    const [first] = findings;
    const waiver: Waiver = {
      rule: id,
      subject: first?.subject,
      reason: "the board has accepted this for the pilot",
      approvedBy: "head of operations",
      expires: READY_AS_OF,
    };
    const outcome = applyWaivers(findings, [waiver], READY_AS_OF);
    expect(outcome.used.has(waiver)).toBe(true);
    expect(outcome.findings[0]?.waived).toMatchObject({ approvedBy: "head of operations" });
  });

  it("are about a wave, a migration, the plan itself, or data", () => {
    const { document } = worstPlan();
    const known = new Set([
      document.path,
      ...document.waves.map(({ name }) => name),
      ...document.migrations.map(({ path }) => path),
      ...["db-02", "db-03", "ledger"],
    ]);
    for (const { subject } of runRules(planRules, worstPlan())) expect(known).toContain(subject);
  });

  it("have ids of their own in kebab case, and cite the catalog", () => {
    const ids = planRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, why } of planRules) {
      expect(id).toMatch(/^(big-bang|rollback|testing|pitfall)(-[a-z]+)+$/);
      expect(why).toMatch(
        /^(Big Bang Migration|No Rollback Plan|Insufficient Testing|Underestimating data dependencies|Insufficient monitoring|Poor communication|Rushed timelines|Ignoring performance impact): /,
      );
    }
  });

  it("are all exported by the room, each by itself and in a list", () => {
    const exported = Object.values(antiPatterns);
    for (const rule of planRules) expect(exported).toContain(rule);
    const { bigBangRules, noRollbackPlanRules, insufficientTestingRules, pitfallRules } = antiPatterns;
    expect([...bigBangRules, ...noRollbackPlanRules, ...insufficientTestingRules, ...pitfallRules]).toEqual(planRules);
  });

  it("do not look at what the assessment and the migrations have found", () => {
    const finding = {
      rule: "os-unknown",
      severity: "blocker",
      subject: "web-01",
      message: "",
      why: "",
      remedy: "",
    } as const;
    expect(runRules(planRules, review({ document: { findings: [finding], verdict: "blocked" } }))).toEqual([]);
  });

  it("do not change what they look at", () => {
    const subject = worstPlan();
    const before = JSON.stringify(subject.document);
    runRules(planRules, subject);
    expect(JSON.stringify(subject.document)).toBe(before);
  });

  it("find nothing wrong with the stages of the patterns themselves", () => {
    const lifted = servers(1, { stages: [...liftAndShiftStages], stage: "cutover" });
    const connected = connection({ stages: [...hybridCloudStages], stage: "live" });
    for (const rule of planRules) expect(told(inMigrations(rule, [connected, lifted]))).toEqual([]);
  });
});
