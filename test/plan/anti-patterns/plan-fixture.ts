/**
 * A plan in which no rule finds anything: twelve servers in four waves of three, over a VPN, and the routing of a service.
 * Tests change one thing of it and look at what is found.
 */
import type { Assessment } from "../../../lib/assessment/assessment";
import type { Finding } from "../../../lib/core/finding";
import type { RollbackPlan } from "../../../lib/core/rollback";
import type { Rule } from "../../../lib/core/rule";
import type { Phase } from "../../../lib/core/phase";
import type { RunbookStep } from "../../../lib/core/runbook-step";
import type { Stage } from "../../../lib/core/stage";
import { largestShare } from "../../../lib/core/traffic-share";
import type { VerificationKind } from "../../../lib/core/verification";
import type { InventoryInput } from "../../../lib/inventory/model";
import {
  DEFAULT_PLAN_THRESHOLDS,
  type PlanReview,
  type PlanThresholds,
} from "../../../lib/plan/anti-patterns/plan-review";
import type { PlanDocument, PlannedMigration, PlannedVerification, PlannedWave } from "../../../lib/plan/plan-document";
import { READY_AS_OF, readyAssessment, readyInventoryInput } from "../../support/ready-assessment";

const NUMBERS = [1, 2, 3, 4] as const;

/** The three servers of `ready-assessment`, four times: `web-01`, `app-01`, `db-01` to `db-04`. */
export const inventory: InventoryInput = {
  ...readyInventoryInput,
  servers: NUMBERS.flatMap((number) =>
    (readyInventoryInput.servers ?? []).map((server) => ({
      ...server,
      name: renamed(server.name, number),
      fqdn: `${renamed(server.name, number)}.example.internal`,
      nics: [],
      application: number === 1 ? "shop" : `shop ${number}`,
      wave: `wave-${number}`,
    })),
  ),
  flows: NUMBERS.flatMap((number) =>
    (readyInventoryInput.flows ?? []).map((flow) => ({
      ...flow,
      source: renamed(flow.source, number),
      destination: renamed(flow.destination, number),
    })),
  ),
};

function renamed(name: string, number: number): string {
  return name.replace("-01", `-0${number}`);
}

export function step(minutes: number, title = "do it"): RunbookStep {
  return { title, owner: "migration lead", expect: "it is done", minutes };
}

/** Of the phase `serve` where it carries traffic, else `prepare`. */
export function stage(name: string, over: Partial<Stage> = {}): Stage {
  const phase: Phase = largestShare(over.trafficShare) > 0 ? "serve" : "prepare";
  return { name, phase, summary: `the stage ${name}`, enter: [step(60)], reverse: [step(45)], ...over };
}

export const IRREVERSIBLE = { irreversible: "the source is gone: restore the backup" };

export function verification(kind: VerificationKind, over: Partial<PlannedVerification> = {}): PlannedVerification {
  return { kind, name: kind, alarm: `${kind}-alarm`, notifies: true, ...over };
}

export const rollback: RollbackPlan = {
  owner: "migration lead",
  windowHours: 4,
  triggers: ["error rate above 1 % for 5 minutes"],
  sourceRetentionDays: 14,
  rehearsedOn: "2026-01-10",
};

/** Moves the three servers of the wave, in stages like those of every move of servers. */
export function servers(number: number, over: Partial<PlannedMigration> = {}): PlannedMigration {
  const moves = ["app", "db", "web"].map((name) => `${name}-0${number}`);
  return {
    path: `wave-${number}/servers`,
    pattern: "any-servers",
    title: "Any servers",
    role: "workload",
    wave: `wave-${number}`,
    stage: "copied",
    stages: [
      stage("copied"),
      stage("tested", { phase: "try" }),
      stage("live", { trafficShare: 1 }),
      stage("closed", { phase: "final", trafficShare: 1, reverse: IRREVERSIBLE }),
    ],
    rollback,
    verifications: [
      verification("health-check"),
      verification("end-to-end-test"),
      verification("performance-comparison"),
      verification("data-comparison"),
    ],
    moves,
    dataMoved: [`db-0${number}`],
    dependsOn: [{ migration: "landing-zone/office", reached: "used", before: "live" }],
    ...over,
  };
}

/** Connects networks. */
export function connection(over: Partial<PlannedMigration> = {}): PlannedMigration {
  return {
    ...servers(1),
    path: "landing-zone/office",
    pattern: "any-connection",
    role: "connection",
    wave: "foundation",
    stage: "up",
    stages: [stage("up"), stage("tried", { phase: "try" }), stage("used", { phase: "serve" })],
    verifications: [verification("connectivity")],
    moves: [],
    dataMoved: [],
    dependsOn: [],
    ...over,
  };
}

/** Shifts the traffic of a service in steps, by daylight. */
export function routing(over: Partial<PlannedMigration> = {}): PlannedMigration {
  return {
    ...servers(4),
    path: "edge/checkout",
    pattern: "any-routing",
    role: "routing",
    stage: "0-percent",
    stages: [0, 10, 50, 100].map((share) => stage(`${share}-percent`, { trafficShare: share / 100, window: false })),
    moves: [],
    dataMoved: [],
    ...over,
  };
}

export function wave(number: number, over: Partial<PlannedWave> = {}): PlannedWave {
  const { path, moves } = servers(number);
  return {
    name: `wave-${number}`,
    number,
    window: { minutes: 480 },
    migrations: [path],
    moves,
    groups: [moves],
    estateShare: 0.25,
    ...over,
  };
}

export function goodPlan(over: Partial<PlanDocument> = {}): PlanDocument {
  return {
    path: "plan/exit",
    title: "Shop exit",
    asOf: READY_AS_OF,
    verdict: "ready",
    findings: [],
    waivers: [],
    estate: { servers: 12, applications: 4, databases: 1, flows: 8, cpus: 56, memoryMiB: 0, storageMiB: 0 },
    waves: [
      { name: "foundation", migrations: [connection().path], moves: [], groups: [], estateShare: 0 },
      wave(1),
      wave(2),
      wave(3),
      wave(4, { migrations: [servers(4).path, routing().path] }),
    ],
    migrations: [connection(), ...NUMBERS.map((number) => servers(number)), routing()],
    moves: NUMBERS.flatMap((number) =>
      servers(number).moves.map((name) => ({ name, risk: "medium" as const, wave: `wave-${number}` })),
    ),
    dependencies: [],
    excluded: [],
    networks: [],
    links: [],
    roundTripMilliseconds: 20,
    metrics: [
      {
        id: "performance-impact",
        title: "Performance impact (response time, throughput)",
        category: "technical",
        source: "the load balancer's response time",
        measured: true,
        unit: "%",
        target: 10,
        direction: "at-most",
        alarm: "exit-performance-impact",
      },
    ],
    dashboard: "exit",
    stopAlarm: "exit-stop",
    communications: {
      stakeholders: [{ name: "service desk", role: "first line", channel: "phone bridge" }],
      alarmsNotify: true,
    },
    ...over,
  };
}

export interface ReviewChanges {
  readonly document?: Partial<PlanDocument>;
  readonly assessment?: Assessment;
  readonly thresholds?: Partial<PlanThresholds>;
}

export function review(changes: ReviewChanges = {}): PlanReview {
  return {
    document: goodPlan(changes.document),
    assessment: changes.assessment ?? readyAssessment({ inventory }),
    thresholds: { ...DEFAULT_PLAN_THRESHOLDS, ...changes.thresholds },
  };
}

/** What the rule finds in a plan that has nothing but these migrations. */
export function inMigrations(
  rule: Rule<PlanReview>,
  migrations: readonly PlannedMigration[],
  changes: ReviewChanges = {},
): Finding[] {
  return rule(review({ ...changes, document: { migrations, ...changes.document } }));
}

/** The findings as people read them, for assertions. */
export function told(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`);
}
