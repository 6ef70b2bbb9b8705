/** A plan with a VPN that all stands on, two waves of servers, and a routing that shifts traffic; for tests of the runbook. */
import { withPartSteps, type PartSteps } from "../../../lib/core/part-steps";
import type { RunbookStep } from "../../../lib/core/runbook-step";
import type { Stage } from "../../../lib/core/stage";
import { hybridCloudStages } from "../../../lib/patterns/infrastructure/hybrid-cloud/stages";
import { liftAndShiftStages } from "../../../lib/patterns/infrastructure/lift-and-shift/stages";
import type { PlanDocument, PlannedMigration, PlannedNeed } from "../../../lib/plan/plan-document";

export const step = (title: string, minutes: number, over: Partial<RunbookStep> = {}): RunbookStep => ({
  title,
  owner: "platform engineer",
  expect: "it is done",
  minutes,
  ...over,
});

const ARN =
  '"$(aws dms describe-replication-configs --filters Name=replication-config-id,Values=booking' +
  " --query 'ReplicationConfigs[0].ReplicationConfigArn' --output text)\"";

/** A database that moves with the servers, as the pattern's own part says it. */
const databaseSteps: Readonly<Record<string, PartSteps>> = {
  replicate: {
    enter: [
      step("Start the replication of booking", 30, {
        owner: "database administrator",
        command: `aws dms start-replication --start-replication-type start-replication --replication-config-arn ${ARN}`,
        expect: "its status is running",
      }),
    ],
    reverse: [
      step("Drop what the move of booking has left at the source", 15, {
        owner: "database administrator",
        expect: "no replication slot is left",
      }),
    ],
  },
  cutover: {
    enter: [
      step("Wait until no change of booking waits", 30, {
        owner: "database administrator",
        command:
          "aws cloudwatch describe-alarms --alarm-name-prefix booking- --query 'MetricAlarms[].[AlarmName,StateValue]'",
        expect: "CDCLatencySource and CDCLatencyTarget are 0 and every alarm is OK",
      }),
      step("Stop the replication of booking", 15, {
        owner: "database administrator",
        command: `aws dms stop-replication --replication-config-arn ${ARN}`,
        expect: "its status is stopped",
      }),
    ],
    reverse: [
      step("Export what was written to the target of booking since the cut-over and apply it to the source", 60, {
        owner: "database administrator",
        expect: "every row of the export is at the source: nothing here replicates backwards",
      }),
    ],
  },
};

const needsVpn: PlannedNeed = { migration: "network/vpn", reached: "live", before: "cutover" };

function servers(path: string, over: Partial<PlannedMigration>): PlannedMigration {
  return {
    path,
    pattern: "lift-and-shift",
    title: "Lift and shift",
    role: "workload",
    risk: "Low",
    stage: "replicate",
    stages: [...liftAndShiftStages],
    rollback: {
      owner: "migration lead",
      windowHours: 8,
      triggers: ["a health check fails for 10 minutes", "orders per minute below half of last week's"],
      sourceRetentionDays: 30,
      rehearsedOn: "2026-11-14",
    },
    verifications: [],
    moves: [],
    dataMoved: [],
    dependsOn: [needsVpn],
    ...over,
  };
}

function weights(...percent: readonly number[]): Stage[] {
  const transition = (to: string): RunbookStep[] => [
    step(`Declare the stage ${to} and deploy`, 10, {
      command: "cdktf deploy",
      deploys: true,
      expect: "the plan changes weights only",
    }),
    step("Wait until resolvers have let go of the old answers", 5, { owner: "network engineer", waits: true }),
    step("Watch the rollback triggers", 20, { owner: "migration lead", expect: "none fires" }),
    step("Let it bake", 480, { owner: "migration lead", expect: "no alarm", waits: true }),
  ];
  return percent.map((share, index) => ({
    name: `aws-${share}`,
    phase: share === 0 ? "prepare" : "serve",
    window: false,
    summary: `aws gets ${share} % of the requests of route shop`,
    trafficShare: share / 100,
    enter: transition(`aws-${share}`),
    reverse:
      index === 0
        ? [step("Remove the construct and deploy", 10, { command: "cdktf deploy", deploys: true })]
        : transition(`aws-${percent[index - 1] ?? 0}`),
  }));
}

/** The plan. */
export function planDocument(over: Partial<PlanDocument> = {}): PlanDocument {
  const migrations: PlannedMigration[] = [
    {
      path: "network/vpn",
      pattern: "hybrid-cloud",
      title: "Hybrid cloud",
      role: "connection",
      wave: "foundation",
      stage: "verify",
      stages: [...hybridCloudStages],
      rollback: {
        owner: "network lead",
        windowHours: 24,
        triggers: ["both tunnels of the office are down"],
        sourceRetentionDays: 14,
      },
      verifications: [
        { kind: "connectivity", name: "tunnel 1 of office", alarm: "vpn-office-tunnel-1", notifies: true },
        { kind: "connectivity", name: "tunnel 2 of office", alarm: "vpn-office-tunnel-2", notifies: true },
      ],
      moves: [],
      dataMoved: [],
      dependsOn: [],
    },
    servers("wave-1/servers", {
      wave: "wave-1",
      moves: ["intranet-web01", "wiki01"],
      verifications: [{ kind: "health-check", name: "wiki answers", alarm: "wave-1-wiki-answers", notifies: true }],
    }),
    servers("wave-2/servers", {
      wave: "wave-2",
      moves: ["booking-app01", "booking-app02", "booking-db01"],
      dataMoved: ["booking"],
      dependsOn: [needsVpn, { migration: "wave-1/servers", reached: "cutover", before: "cutover" }],
      stages: [...liftAndShiftStages].map((stage) => withPartSteps<string>(stage, [databaseSteps[stage.name] ?? {}])),
      verifications: [
        { kind: "health-check", name: "booking answers", alarm: "wave-2-booking-answers", notifies: true },
        { kind: "end-to-end-test", name: "a booking is made", alarm: "wave-2-booking-journey", notifies: true },
        { kind: "data-comparison", name: "rows of booking", notifies: false },
      ],
    }),
    {
      path: "routing/shop",
      pattern: "multi-cloud",
      title: "Multi-cloud routing",
      role: "routing",
      wave: "wave-2",
      stage: "aws-0",
      stages: weights(0, 10, 100),
      rollback: {
        owner: "migration lead",
        windowHours: 8,
        triggers: ["5xx above 1 % for 5 minutes"],
        sourceRetentionDays: 30,
        rehearsedOn: "2026-11-15",
      },
      verifications: [
        { kind: "performance-comparison", name: "latency of the shop", alarm: "shop-p95", notifies: true },
      ],
      moves: [],
      dataMoved: [],
      dependsOn: [{ migration: "wave-2/servers", reached: "cutover", before: "aws-10" }],
    },
  ];
  return {
    path: "plan",
    title: "Larkspur leaves its data centre",
    asOf: "2026-11-22",
    verdict: "ready",
    findings: [],
    waivers: [],
    estate: { servers: 5, applications: 3, databases: 1, flows: 12, cpus: 20, memoryMiB: 65_536, storageMiB: 512_000 },
    waves: [
      {
        name: "foundation",
        migrations: ["network/vpn"],
        moves: [],
        groups: [],
        estateShare: 0,
      },
      {
        name: "wave-1",
        number: 1,
        day: "2026-11-28",
        window: { minutes: 360, starts: "20:00 Europe/Berlin" },
        migrations: ["wave-1/servers"],
        moves: ["intranet-web01", "wiki01"],
        groups: [["intranet-web01"], ["wiki01"]],
        estateShare: 0.4,
      },
      {
        name: "wave-2",
        number: 2,
        day: "2026-12-05",
        window: { minutes: 360, starts: "20:00 Europe/Berlin" },
        migrations: ["wave-2/servers", "routing/shop"],
        moves: ["booking-app01", "booking-app02", "booking-db01", "routing/shop"],
        groups: [["booking-app01", "booking-app02", "booking-db01"]],
        estateShare: 0.6,
      },
    ],
    migrations,
    moves: [],
    dependencies: [],
    excluded: [],
    networks: [],
    links: [],
    roundTripMilliseconds: 12,
    metrics: [],
    dashboard: "larkspur-migration",
    stopAlarm: "larkspur-stop-the-migration",
    communications: {
      stakeholders: [
        {
          name: "booking team",
          role: "application owner",
          channel: "mail booking-team@example.com",
          waves: ["wave-2"],
        },
        { name: "service desk", role: "first line", channel: "phone bridge" },
        {
          name: "customers",
          role: "customers",
          channel: "status page",
          waves: ["wave-2"],
          events: ["announcement", "start", "completion", "rollback"],
        },
      ],
      alarmsNotify: true,
    },
    ...over,
  };
}
