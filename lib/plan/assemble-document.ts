/** Assembles the {@link PlanDocument} of a migration plan from the finished construct tree. */
import { TerraformStack } from "cdktf";
import type { Assessment } from "../assessment/assessment";
import { evidenceOf } from "../assessment/checklist/answer";
import { databaseNames } from "../assessment/database-names";
import type { Verdict } from "../core/assessment-record";
import { isBlocking, sortFindings, type Finding } from "../core/finding";
import type { Migration } from "../core/migration";
import { isReversible, type RunbookStep, type Stage } from "../core/stage";
import { isUnresolved } from "../core/tokens";
import { migratingServers } from "../inventory/model";
import type {
  PlanDocument,
  PlannedDependency,
  PlannedEstate,
  PlannedMigration,
  PlannedMove,
  PlannedNetwork,
  PlannedWave,
} from "./plan-document";
import type { MigrationPlanProps, PlanEntry } from "./plan-props";
import { byIdentity, plannedNeeds } from "./needs";
import { dependencyOrder, moveNames, type PlannedWaves } from "./planned-waves";
import { stackCommand } from "./runbook/stack-command";
import { stackRegion } from "../aws/stack-region";
import { workPartsOf } from "./runbook/wave-work";
import type { SuccessMetrics } from "./metrics/success-metrics";
import { DEFAULT_ROUND_TRIP_MILLISECONDS } from "./waves/wave-rules";

/** The name of the wave of the migrations that all others depend on. */
const FOUNDATION = "foundation";

/** The input of {@link assembleDocument}. */
export interface DocumentInput {
  readonly path: string;
  readonly props: MigrationPlanProps;
  readonly entries: readonly PlanEntry[];
  readonly waves: PlannedWaves;
  readonly metrics: SuccessMetrics | undefined;
}

/** Builds the plan's document, with the given findings. */
export function assembleDocument(parts: DocumentInput, findings: readonly Finding[]): PlanDocument {
  const { props, entries, waves, metrics } = parts;
  const { assessment } = props;
  const region = props.metrics?.region;
  const waveOf = wavesByMove(waves);
  const planned = waveList(parts);
  const position = new Map(planned.map(({ name }, index) => [name, index]));
  const migrations = dependencyOrder(entries)
    .map((entry) => plannedMigration(entry, parts, waveOf))
    .sort((a, b) => place(position, a.wave) - place(position, b.wave));
  return {
    path: parts.path,
    ...(metrics === undefined ? {} : { stack: TerraformStack.of(metrics).node.id }),
    title: props.title,
    asOf: assessment.asOf,
    verdict: verdictOf(assessment, findings),
    findings: sortFindings(findings),
    waivers: assessment.waivers,
    estate: estateOf(assessment),
    waves: planned,
    migrations,
    moves: movesOfDocument(parts, waveOf),
    dependencies: dependenciesOfDocument(waves, waveOf),
    excluded: props.waves?.excluded ?? [],
    networks: networksOf(assessment),
    links: entries.flatMap(({ migration }) => migration.links),
    roundTripMilliseconds: props.waves?.roundTripMilliseconds ?? DEFAULT_ROUND_TRIP_MILLISECONDS,
    metrics: metrics?.plannedMetrics ?? [],
    ...(metrics === undefined ? {} : { dashboard: metrics.dashboardName, stopAlarm: metrics.stopAlarmName }),
    ...(metrics === undefined || region === undefined || isUnresolved(region) ? {} : { region }),
    communications: {
      stakeholders: props.stakeholders ?? [],
      alarmsNotify: (metrics?.topicArns.length ?? 0) > 0,
    },
    ...((props.undecided ?? []).length === 0 ? {} : { undecided: props.undecided }),
  };
}

/** Returns the findings of the plan's assessments, each assessment once, and those of each migration. */
export function findingsOf(assessment: Assessment, entries: readonly PlanEntry[]): Finding[] {
  const records = new Set([assessment, ...entries.map(({ migration }) => migration.assessment)]);
  return [
    ...[...records].flatMap(({ findings }) => findings),
    ...entries.flatMap(({ migration }) => migration.evaluate().findings),
  ];
}

function verdictOf({ verdict }: Assessment, findings: readonly Finding[]): Verdict {
  if (verdict !== "ready") return verdict;
  return findings.some(isBlocking) ? "blocked" : "ready";
}

function place(position: ReadonlyMap<string, number>, wave: string | undefined): number {
  return position.get(wave ?? "") ?? position.size;
}

function wavesByMove({ plan }: PlannedWaves): ReadonlyMap<string, string> {
  return new Map(plan.waves.flatMap(({ name, moves }) => moves.map((move) => [move, name] as const)));
}

/** Returns the waves in the order in which they are done, the foundation first. */
export function waveList({ props, entries, waves }: Omit<DocumentInput, "metrics">): PlannedWave[] {
  const waveOf = wavesByMove(waves);
  const { window, windows = {} } = props.waves ?? {};
  const servers = new Set(migratingServers(props.assessment.inventory).map(({ name }) => name));
  const total = Math.max(1, servers.size);
  const migrationsOf = new Map<string, Migration[]>();
  for (const { migration } of dependencyOrder(entries)) {
    for (const wave of new Set(moveNames(migration).map((move) => waveOf.get(move)))) {
      if (wave === undefined) continue;
      const same = migrationsOf.get(wave);
      if (same === undefined) migrationsOf.set(wave, [migration]);
      else same.push(migration);
    }
  }
  const { [FOUNDATION]: foundationWindow } = windows;
  const foundation: PlannedWave[] =
    waves.foundation.length === 0
      ? []
      : [
          {
            name: FOUNDATION,
            ...(foundationWindow === undefined ? {} : { window: foundationWindow }),
            migrations: waves.foundation.map((migration) => migration.node.path),
            moves: [],
            groups: [],
            estateShare: 0,
          },
        ];
  return [
    ...foundation,
    ...waves.plan.waves.map(({ name, number, day, moves, groups }): PlannedWave => {
      const migrations = migrationsOf.get(name) ?? [];
      const chosen = windows[name] ?? (isByDaylight(migrations, moves) ? undefined : window);
      return {
        name,
        number,
        ...(day === undefined ? {} : { day }),
        ...(chosen === undefined ? {} : { window: chosen }),
        migrations: migrations.map(({ node }) => node.path),
        moves,
        groups: groups.map((group) => group.moves),
        estateShare: moves.filter((move) => servers.has(move)).length / total,
      };
    }),
  ];
}

/** Checks whether everything that the wave moves belongs to migrations none of whose stages is entered in a change window. */
function isByDaylight(migrations: readonly Migration[], moves: readonly string[]): boolean {
  const moved = new Set(migrations.flatMap(moveNames));
  return (
    moves.every((move) => moved.has(move)) &&
    migrations.every(({ procedure }) => !workPartsOf(procedure).includes("cutover"))
  );
}

function plannedMigration(
  { migration }: PlanEntry,
  { entries, waves, metrics }: DocumentInput,
  waveOf: ReadonlyMap<string, string>,
): PlannedMigration {
  const { node, profile, role, stage, procedure, rollback, moves, dataMoved } = migration;
  const [first] = moveNames(migration);
  const wave = waves.foundation.includes(migration) ? FOUNDATION : waveOf.get(first ?? "");
  const stack = TerraformStack.of(migration).node.id;
  const region = stackRegion(migration);
  const planStack = metrics === undefined ? stack : TerraformStack.of(metrics).node.id;
  const watched = migration.verifications.some(({ alarm }) => alarm !== undefined);
  const leavesPlan = watched && planStack !== stack ? { path: node.path, planStack } : undefined;
  return {
    path: node.path,
    stack,
    ...(migration.sourceFile === undefined ? {} : { sourceFile: migration.sourceFile }),
    ...(region === undefined ? {} : { region }),
    pattern: profile.name,
    title: profile.title,
    role,
    ...(profile.risk === undefined ? {} : { risk: profile.risk }),
    ...(wave === undefined ? {} : { wave }),
    stage: stage.name,
    stages: leavesPlan === undefined ? procedure : withdrawnFrom(procedure, leavesPlan),
    rollback,
    verifications: migration.verifications.map(({ kind, name, alarm }) => ({
      kind,
      name,
      // A name that only Terraform knows is no name to type: then somebody has to look for the alarm.
      ...(alarm === undefined ? {} : isUnresolved(alarm.name) ? { unnamedAlarm: true } : { alarm: alarm.name }),
      ...(alarm?.region === undefined || isUnresolved(alarm.region) ? {} : { region: alarm.region }),
      notifies: alarm?.notifies ?? false,
    })),
    moves,
    dataMoved,
    dependsOn: plannedNeeds(migration, byIdentity(entries.map((each) => each.migration))),
  };
}

/**
 * Adds to the withdrawal of a migration the step that takes it out of the plan. CloudWatch deletes no alarm that a composite
 * alarm names, and the plan's stop alarm names those of its migrations, so a migration in another stack leaves the plan first.
 */
function withdrawnFrom(
  stages: readonly Stage[],
  { path, planStack }: { readonly path: string; readonly planStack: string },
): readonly Stage[] {
  const [first, ...others] = stages;
  if (first === undefined || !isReversible(first)) return stages;
  const leave: RunbookStep = {
    title: `Take ${path} out of the plan's migrations and deploy the plan`,
    owner: "platform engineer",
    command: stackCommand("cdktf deploy", { stack: planStack }),
    expect:
      "the stop alarm is replaced by one without its alarms: CloudWatch deletes no alarm that a composite alarm names",
    minutes: 15,
  };
  return [{ ...first, reverse: [leave, ...first.reverse] }, ...others];
}

function movesOfDocument({ props, entries, waves }: DocumentInput, waveOf: ReadonlyMap<string, string>): PlannedMove[] {
  const applications = new Map(
    props.assessment.inventory.servers.flatMap(({ name, application }) =>
      application === undefined ? [] : [[name, application] as const],
    ),
  );
  const moved = new Map(
    entries.flatMap(({ migration }) => moveNames(migration).map((name) => [name, migration] as const)),
  );
  return waves.moves.map(({ name, risk }) => {
    const [wave, application, migration] = [waveOf.get(name), applications.get(name), moved.get(name)];
    return {
      name,
      risk,
      ...(wave === undefined ? {} : { wave }),
      ...(application === undefined ? {} : { application }),
      ...(migration === undefined ? {} : { migration: migration.node.path }),
    };
  });
}

/** Returns each dependency once, however often it was observed. */
function dependenciesOfDocument(
  { dependencies }: PlannedWaves,
  waveOf: ReadonlyMap<string, string>,
): PlannedDependency[] {
  const seen = new Map<string, PlannedDependency>();
  for (const { from, to, label, synchronous } of dependencies) {
    const key = JSON.stringify([from, to, label]);
    if (!seen.has(key)) seen.set(key, { from, to, label, synchronous, crosses: waveOf.get(from) !== waveOf.get(to) });
  }
  return [...seen.values()];
}

function estateOf(assessment: Assessment): PlannedEstate {
  const { inventory } = assessment;
  const servers = migratingServers(inventory);
  const sum = (of: (server: (typeof servers)[number]) => number): number =>
    servers.reduce((total, server) => total + of(server), 0);
  return {
    servers: servers.length,
    applications: new Set(servers.flatMap(({ application }) => application ?? [])).size,
    databases: databaseNames(inventory, assessment.checklist).length,
    flows: inventory.flows.length,
    cpus: sum(({ cpus = 0 }) => cpus),
    memoryMiB: sum(({ memoryMiB = 0 }) => memoryMiB),
    storageMiB: sum(({ disks }) => disks.reduce((total, { capacityMiB }) => total + capacityMiB, 0)),
  };
}

function networksOf({ checklist }: Assessment): PlannedNetwork[] {
  const networks = evidenceOf(checklist.inventory_current_infrastructure.network_configuration);
  if (networks === undefined) return [];
  return [
    ...networks.sources.map(({ name, cidr }) => ({ name, cidr, side: "source" as const })),
    ...networks.targets.map(({ name, cidr }) => ({ name, cidr, side: "target" as const })),
  ];
}
