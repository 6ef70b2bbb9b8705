/**
 * A whole plan of as many servers as are asked for, of which everything is the same every time: what the report is tried on.
 * Every sixteenth server is a database that the others of its application wait for.
 */
import { sortFindings, type Finding } from "../../lib/core/finding";
import type { Stage } from "../../lib/core/stage";
import type { PlannedMetric } from "../../lib/plan/metrics/planned-metric";
import type {
  PlanDocument,
  PlannedDependency,
  PlannedMigration,
  PlannedMove,
  PlannedWave,
} from "../../lib/plan/plan-document";

/** How large the plan is. */
export interface PlanDocumentOptions {
  readonly servers: number;
  /**
   * How many servers move in a wave.
   * @default 8, or 20 from 200 servers
   */
  readonly perWave?: number;
  /** Changes what is made. */
  readonly over?: Partial<PlanDocument>;
}

const APPLICATIONS = ["booking", "billing", "crm", "intranet", "warehouse", "payroll", "search", "archive"];
const ROLES = ["web", "app", "cache", "queue"];

interface Server {
  readonly name: string;
  readonly application: string;
  readonly wave: string;
  readonly database: boolean;
}

function serversOf(count: number, perWave: number): Server[] {
  return Array.from({ length: count }, (_, index) => {
    const cluster = Math.floor(index / perWave);
    const application = `${APPLICATIONS[cluster % APPLICATIONS.length]!}${
      cluster < APPLICATIONS.length ? "" : `-${Math.floor(cluster / APPLICATIONS.length) + 1}`
    }`;
    const database = index % perWave === 0;
    const role = database ? "db" : ROLES[index % ROLES.length]!;
    return {
      name: `${application}-${role}${String((index % perWave) + 1).padStart(2, "0")}`,
      application,
      wave: `wave-${cluster + 1}`,
      database,
    };
  });
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

const step = (title: string, minutes: number, owner = "platform engineer") => ({
  title,
  owner,
  expect: "it has worked",
  minutes,
});

/** Four stages, the last of which has no way back by steps. */
export const liftStages: readonly Stage[] = [
  {
    name: "replicate",
    phase: "prepare",
    summary: "the target infrastructure stands, closed to everybody outside the fleet; production runs at the source",
    enter: [
      step("Approve the plan", 60),
      step("Deploy the target", 60),
      step("Check that every server is managed", 15),
    ],
    reverse: [step("Check that production runs at the source", 15), step("Withdraw the target", 60)],
  },
  {
    name: "test",
    phase: "try",
    summary: "test clients reach the servers; they reach nothing outside the fleet",
    enter: [step("Declare the stage test and deploy", 15), step("Run the acceptance tests", 240, "application owner")],
    reverse: [step("Declare the stage replicate and deploy", 15)],
  },
  {
    name: "cutover",
    phase: "serve",
    summary: "outside hosts reach the servers as they reached the source, which is kept and stopped",
    trafficShare: 1,
    enter: [step("Decide to go", 15), step("Stop the application", 30), step("Deploy", 15), step("Check", 30)],
    reverse: [step("Decide to go back", 15), step("Deploy", 15), step("Start the source", 60)],
  },
  {
    name: "finalized",
    phase: "final",
    summary: "what replicates is gone and the source may be reused",
    enter: [step("Remove the replication", 30)],
    reverse: { irreversible: "the source is gone; going back means restoring its last backup" },
  },
];

const vpnStages: readonly Stage[] = [
  {
    name: "connect",
    phase: "prepare",
    summary: "the gateways and both tunnels of every device are up, and no VPC route leads to them",
    enter: [step("Declare the stage and deploy", 20), step("Install the files on each device", 60, "network engineer")],
    reverse: [step("Stop the tunnels", 30, "network engineer"), step("Remove the construct and deploy", 30)],
  },
  {
    name: "live",
    phase: "serve",
    summary: "all route tables lead through the tunnels, and silence is an alarm",
    enter: [step("Declare the stage and deploy", 20), step("Look at every path", 30, "network engineer")],
    reverse: [step("Declare the stage connect and deploy", 20)],
  },
];

const rollback = {
  owner: "migration lead",
  windowHours: 4,
  triggers: ["error rate above 1 % for 5 minutes", "login fails from two sites"],
  sourceRetentionDays: 14,
};

function migrationsOf(waves: readonly PlannedWave[], databases: ReadonlySet<string>): PlannedMigration[] {
  return [
    {
      path: "platform/office-vpn",
      pattern: "hybrid-cloud",
      title: "Hybrid Cloud",
      role: "connection",
      risk: "medium",
      wave: "foundation",
      stage: "live",
      stages: vpnStages,
      rollback: { ...rollback, owner: "network engineer", rehearsedOn: "2026-11-10" },
      verifications: [
        { kind: "connectivity", name: "tunnel 1 of berlin", alarm: "office-vpn-tunnel-1", notifies: true },
        { kind: "connectivity", name: "tunnel 2 of berlin", alarm: "office-vpn-tunnel-2", notifies: true },
      ],
      moves: [],
      dataMoved: [],
      dependsOn: [],
    },
    ...waves
      .filter(({ number }) => number !== undefined)
      .map((wave, index): PlannedMigration => ({
        path: `platform/${wave.name}/servers`,
        pattern: "lift-and-shift",
        title: "Lift and Shift",
        role: "workload",
        risk: index % 3 === 2 ? "high" : "low",
        wave: wave.name,
        stage: index === 0 ? "test" : "replicate",
        stages: liftStages,
        rollback: index % 2 === 0 ? { ...rollback, rehearsedOn: "2026-11-16" } : rollback,
        verifications: [
          { kind: "health-check", name: "login", alarm: `${wave.name}-login`, notifies: true },
          { kind: "data-comparison", name: "row counts", notifies: false },
        ],
        moves: wave.moves,
        dataMoved: wave.moves.filter((move) => databases.has(move)),
        dependsOn: index === 0 ? [{ migration: "platform/office-vpn", reached: "live", before: "cutover" }] : [],
      })),
  ];
}

function dependenciesOf(servers: readonly Server[], perWave: number): PlannedDependency[] {
  return servers.flatMap((server, index): PlannedDependency[] => {
    const first = servers[index - (index % perWave)]!;
    const own: PlannedDependency[] = server.database
      ? []
      : [{ from: server.name, to: first.name, label: "tcp/5432", synchronous: true, crosses: false }];
    const earlier =
      index >= perWave && index % 4 === 1 ? servers[Math.floor(index / (2 * perWave)) * perWave] : undefined;
    if (earlier === undefined || earlier === first) return own;
    return [
      ...own,
      {
        from: server.name,
        to: earlier.name,
        label: index % 8 === 1 ? "tcp/443" : "tcp/5672",
        synchronous: index % 8 === 1,
        crosses: true,
      },
    ];
  });
}

function findingsOf(servers: readonly Server[], dependencies: readonly PlannedDependency[]): Finding[] {
  const place = (row: number) => ({ file: "estate/RVTools_tabvInfo.csv", sheet: "vInfo", row: row + 2 });
  const every = (nth: number, rest: number) =>
    servers.map((server, index) => ({ server, index })).filter(({ index }) => index % nth === rest);
  return sortFindings([
    ...every(20, 3).map(({ server, index }) => ({
      rule: "os-past-end-of-support",
      severity: "blocker" as const,
      subject: server.name,
      location: { ...place(index), column: "OS according to the VMware Tools" },
      message: "Windows Server 2012 R2 is past the end of its extended support since 2023-10-10",
      why: "nobody mends its holes any more, and AWS offers no image to start from",
      remedy: "upgrade it in place before the cut-over, or rebuild it on a supported release",
      ...(index % 60 === 23
        ? {
            waived: {
              reason: "it is retired with the application in January",
              approvedBy: "Ada Lovelace",
              expires: "2027-01-31",
            },
          }
        : {}),
    })),
    ...every(10, 4).map(({ server, index }) => ({
      rule: "snapshot-old",
      severity: "warning" as const,
      subject: server.name,
      location: place(index),
      message: `a snapshot of 2026-0${(index % 9) + 1}-03 is still there, with ${20 + (index % 70)} GiB`,
      why: "a snapshot is replicated with the disk, and slows both down",
      remedy: "consolidate the snapshots before the replication starts",
    })),
    ...every(4, 2).map(({ server, index }) => ({
      rule: "memory-oversized",
      severity: "info" as const,
      subject: server.name,
      location: place(index),
      message: `of ${8 + (index % 5) * 8} GiB it uses ${2 + (index % 4)} GiB at most`,
      why: "an instance is paid for by the size it has, not by the size it needs",
      remedy: "choose an instance type by what was measured",
    })),
    ...dependencies
      .filter(({ crosses, synchronous }) => crosses && synchronous)
      .map(({ from, to, label }) => ({
        rule: "wave-synchronous-crossing",
        severity: "warning" as const,
        subject: `${from} → ${to}`,
        message: `${from} waits for ${to} over ${label} and the two move in different waves, so that each call takes 20 ms longer in between`,
        why: "a page that asks its database a hundred times takes two seconds longer for as long as one of the two is left behind",
        remedy: "move both in one wave, or measure that the application bears the latency",
      })),
    {
      rule: "rollback-not-rehearsed",
      severity: "blocker",
      subject: "platform/wave-2/servers",
      message: "the way back has never been walked",
      why: "a way back that nobody has walked is a hope",
      remedy: "walk it in the test stage, and write the day into rollback.rehearsedOn",
    },
  ]);
}

/** Two of each of the catalog's categories. */
const METRICS: readonly PlannedMetric[] = [
  {
    id: "system-availability",
    title: "System availability during migration",
    category: "technical",
    source: "the health checks of the waves",
    unit: "%",
    target: 99.9,
    direction: "at-least",
    alarm: "platform-availability",
  },
  {
    id: "rollback-execution-time",
    title: "Rollback execution time",
    category: "technical",
    source: "the migration lead's protocol",
    unit: "minutes",
    target: 120,
    direction: "at-most",
  },
  {
    id: "customer-impact-score",
    title: "Customer impact score",
    category: "business",
    source: "tickets of the service desk",
    unit: "points of 5",
    target: 1.5,
    direction: "at-most",
    alarm: "platform-customer-impact",
  },
  {
    id: "documentation-completeness",
    title: "Documentation completeness",
    category: "operational",
    source: "the checklist of the handover",
    unit: "%",
    target: 100,
    direction: "at-least",
  },
];

/** The plan. The same options give the same plan. */
export function planDocument({
  servers: count,
  perWave = count < 200 ? 8 : 20,
  over,
}: PlanDocumentOptions): PlanDocument {
  const servers = serversOf(count, perWave);
  const names = [...new Set(servers.map(({ wave }) => wave))];
  const waves: PlannedWave[] = [
    { name: "foundation", migrations: ["platform/office-vpn"], moves: [], groups: [], estateShare: 0 },
    ...names.map((name, index): PlannedWave => {
      const moves = servers.filter(({ wave }) => wave === name).map((server) => server.name);
      return {
        name,
        number: index + 1,
        day: addDays("2026-12-05", index * 7 + (index >= 3 ? 14 : 0)),
        window: { minutes: 360, starts: "22:00 Europe/Berlin" },
        migrations: [`platform/${name}/servers`],
        moves: [...moves].sort(),
        groups: [moves.slice(0, 2), ...moves.slice(2).map((move) => [move])],
        estateShare: moves.length / Math.max(1, count),
      };
    }),
  ];
  const databases = new Set(servers.filter(({ database }) => database).map(({ name }) => name));
  const dependencies = dependenciesOf(servers, perWave);
  const moves = servers.map(({ name, application, wave, database }): PlannedMove => ({
    name,
    application,
    wave,
    risk: database ? "high" : "low",
    migration: `platform/${wave}/servers`,
  }));
  return {
    path: "platform/plan",
    title: "Berlin data centre to AWS",
    asOf: "2026-11-22",
    verdict: "blocked",
    findings: findingsOf(servers, dependencies),
    waivers: [
      {
        rule: "os-past-end-of-support",
        reason: "it is retired with the application in January",
        approvedBy: "Ada Lovelace",
        expires: "2027-01-31",
      },
      {
        rule: "network-overlap",
        subject: "10.20.0.0/16",
        reason: "the overlapping site was closed last week",
        approvedBy: "Grace Hopper",
        expires: "2026-11-01",
      },
    ],
    estate: {
      servers: count,
      applications: new Set(servers.map(({ application }) => application)).size,
      databases: databases.size,
      flows: dependencies.length,
      cpus: count * 4,
      memoryMiB: count * 16_384,
      storageMiB: count * 204_800,
    },
    waves,
    migrations: migrationsOf(waves, databases),
    moves,
    dependencies,
    excluded: [{ name: "fax01", reason: "the line is cancelled at the end of the year" }],
    networks: [
      { name: "berlin", cidr: "10.10.0.0/16", side: "source" },
      { name: "berlin-dmz", cidr: "10.11.0.0/24", side: "source" },
      { name: "munich", cidr: "10.20.0.0/16", side: "source" },
      { name: "platform-vpc", cidr: "10.64.0.0/16", side: "target" },
    ],
    links: [
      { from: "berlin", to: "platform-vpc", label: "VPN, 2 tunnels" },
      { from: "munich", to: "platform-vpc", label: "VPN, 4 tunnels" },
      { from: "shop", to: "aws", label: "20 % of the requests" },
      { from: "shop", to: "data centre", label: "80 % of the requests" },
    ],
    roundTripMilliseconds: 20,
    metrics: METRICS,
    dashboard: "platform-migration",
    stopAlarm: "platform-stop-the-migration",
    communications: {
      stakeholders: [
        {
          name: "Booking team",
          role: "application owner",
          channel: "mail booking-team@example.com",
          waves: ["wave-1"],
        },
        { name: "Service desk", role: "service desk", channel: "phone bridge" },
        {
          name: "Customers",
          role: "customers",
          channel: "status page",
          events: ["announcement", "start", "completion", "rollback"],
        },
      ],
      alarmsNotify: true,
    },
    ...over,
  };
}
