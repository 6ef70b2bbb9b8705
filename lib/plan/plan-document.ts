/**
 * The data model of a migration plan: the subject of its rules, and the source of its runbook and its report. It holds no token
 * and no secret, and the same plan gives the same document. `MigrationPlan.document` returns one.
 */
import type { Verdict } from "../core/assessment-record";
import type { Finding } from "../core/finding";
import type { IsoDate } from "../core/iso-date";
import type { Link } from "../core/link";
import type { MigrationRole } from "../core/role";
import type { RollbackPlan } from "../core/rollback";
import type { Stage } from "../core/stage";
import type { VerificationKind } from "../core/verification";
import type { Waiver } from "../core/waiver";
import type { Communications } from "./communications";
import type { PlannedMetric } from "./metrics/planned-metric";
import type { MoveRisk } from "./waves/move";

/** The size of the estate that is migrated. */
export interface PlannedEstate {
  /** The number of servers of the inventory that migrate. */
  readonly servers: number;
  readonly applications: number;
  /** The number of databases that the inventory lists or the checklist declares. */
  readonly databases: number;
  readonly flows: number;
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly storageMiB: number;
}

/** The change window in which a wave is cut over. */
export interface ChangeWindow {
  /** The length of the window, in minutes. */
  readonly minutes: number;
  /**
   * The start of the window, in words: `22:00 Europe/Berlin`.
   * @default - not set
   */
  readonly starts?: string;
}

/** A wave of the plan. */
export interface PlannedWave {
  /** The name: `wave-1`, or `foundation` for the connections that the waves rely on, which come first, without a number. */
  readonly name: string;
  readonly number?: number;
  readonly day?: IsoDate;
  readonly window?: ChangeWindow;
  /** The paths of the wave's migrations, in the order in which they are done. */
  readonly migrations: readonly string[];
  /** The names of the servers, and of the migrations without servers, that move in the wave; sorted. */
  readonly moves: readonly string[];
  /** The groups of moves that have to move together. */
  readonly groups: readonly (readonly string[])[];
  /** The share of the estate's servers that moves in the wave, 0 to 1. */
  readonly estateShare: number;
}

/** A verification of a migration, without tokens. */
export interface PlannedVerification {
  readonly kind: VerificationKind;
  readonly name: string;
  /** The alarm's name; absent where the verification is checked by hand, or where only Terraform knows the name. */
  readonly alarm?: string;
  /**
   * Whether it has an alarm of which only Terraform knows the name.
   * @default false
   */
  readonly unnamedAlarm?: boolean;
  /** The alarm's region. @default - the region of the migration */
  readonly region?: string;
  /** Whether the alarm notifies anybody. */
  readonly notifies: boolean;
}

/** Checks whether an alarm tells when the check fails, whether its name is known or not. */
export function hasAlarm({ alarm, unnamedAlarm = false }: PlannedVerification): boolean {
  return alarm !== undefined || unnamedAlarm;
}

/** A dependency of a migration of the plan on a stage of another migration. */
export interface PlannedNeed {
  /** The path of the other migration; the path of its parameters (`/migration/network/office`) where it is not in this plan. */
  readonly migration: string;
  /** The earliest stage that the other migration must have reached. */
  readonly reached: string;
  /** The first of the migration's own stages that depends on it, as do all later ones. */
  readonly before: string;
}

/** A migration of the plan. */
export interface PlannedMigration {
  /** The path of the migration in the construct tree, which identifies it in the plan. */
  readonly path: string;
  /** The name of the migration's stack. @default - not known; the first segment of the path is taken for it */
  readonly stack?: string;
  /** The file in which its construct is made, from the folder of the app. @default - not known */
  readonly sourceFile?: string;
  /** The region of its stack's default AWS provider. @default - not known before Terraform runs */
  readonly region?: string;
  /** The name of the migration's pattern: `lift-and-shift`. */
  readonly pattern: string;
  readonly title: string;
  /** The role of the migration, as its pattern declares it. */
  readonly role: MigrationRole;
  readonly risk?: string;
  readonly wave?: string;
  /** The declared stage. */
  readonly stage: string;
  /** The stages in order, with all their steps. */
  readonly stages: readonly Stage[];
  readonly rollback: RollbackPlan;
  readonly verifications: readonly PlannedVerification[];
  /** The names of the servers that the migration moves. */
  readonly moves: readonly string[];
  /** The names of the data that the migration moves. */
  readonly dataMoved: readonly string[];
  /** The stages of other migrations that this one depends on; they must not be left backwards while it needs them. */
  readonly dependsOn: readonly PlannedNeed[];
}

/** A server or a migration without servers, as a node of the dependency graph. */
export interface PlannedMove {
  readonly name: string;
  readonly risk: MoveRisk;
  /** The name of its wave. @default - it does not move in any wave */
  readonly wave?: string;
  readonly application?: string;
  /** The path of the migration that moves it. @default - no migration of the plan does */
  readonly migration?: string;
}

/** A dependency of the move `from` on the move `to`. */
export interface PlannedDependency {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly synchronous: boolean;
  /** Whether the two moves are in different waves. */
  readonly crosses: boolean;
}

/** A network of the network diagram. */
export interface PlannedNetwork {
  readonly name: string;
  readonly cidr: string;
  readonly side: "source" | "target";
}

/** A server that is deliberately left out of the plan. */
export interface Exclusion {
  /** The server's name. */
  readonly name: string;
  readonly reason: string;
}

/** A migration plan as data. */
export interface PlanDocument {
  /** The path of the plan's construct. */
  readonly path: string;
  /** The name of the stack of the plan's metrics, which is deployed with each stage. @default - the plan has none */
  readonly stack?: string;
  readonly title: string;
  /** The day on which the plan was evaluated. */
  readonly asOf: IsoDate;
  /** The verdict: `blocked` where the assessment, a migration or the plan itself has a blocker. */
  readonly verdict: Verdict;
  /** The findings of the assessments, the migrations and the plan, most severe first. */
  readonly findings: readonly Finding[];
  readonly waivers: readonly Waiver[];
  readonly estate: PlannedEstate;
  /** The waves, in the order in which they are done. */
  readonly waves: readonly PlannedWave[];
  /** The migrations, in the order of their waves. */
  readonly migrations: readonly PlannedMigration[];
  readonly moves: readonly PlannedMove[];
  readonly dependencies: readonly PlannedDependency[];
  readonly excluded: readonly Exclusion[];
  readonly networks: readonly PlannedNetwork[];
  /** The links between the networks and servers that the migrations connect. */
  readonly links: readonly Link[];
  /** The round-trip time between the old site and the new one, in milliseconds. */
  readonly roundTripMilliseconds: number;
  readonly metrics: readonly PlannedMetric[];
  /** The dashboard's name; absent where the plan has none. */
  readonly dashboard?: string;
  /** The name of the alarm that stops the migration; absent where the plan has none. */
  readonly stopAlarm?: string;
  /** The region of the dashboard and the stop alarm; absent where it is not known before Terraform runs. */
  readonly region?: string;
  readonly communications: Communications;
  /** The values of the code that were made up when it was begun, and that nobody has decided. @default - there are none */
  readonly undecided?: readonly string[];
}
