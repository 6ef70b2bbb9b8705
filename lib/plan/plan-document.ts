/**
 * The plan as data: what its rules look at, what its runbook and its report are rendered from. Nothing in it is a token or a
 * secret, and the same plan gives the same document. `MigrationPlan.document` makes one.
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

/** How large the estate is. */
export interface PlannedEstate {
  /** All servers of the inventory that migrate. */
  readonly servers: number;
  readonly applications: number;
  readonly databases: number;
  readonly flows: number;
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly storageMiB: number;
}

/** When a wave is cut over. */
export interface ChangeWindow {
  /** How long it is, in minutes. */
  readonly minutes: number;
  /**
   * When it begins, as people say it: `22:00 Europe/Berlin`.
   * @default - not said
   */
  readonly starts?: string;
}

/** One wave of the plan. */
export interface PlannedWave {
  /** `wave-1`, or `foundation` for what the waves stand on, which comes first and has no number. */
  readonly name: string;
  readonly number?: number;
  readonly day?: IsoDate;
  readonly window?: ChangeWindow;
  /** The paths of its migrations, in the order in which they are done. */
  readonly migrations: readonly string[];
  /** The names of the servers, and of other things, that move in it; sorted. */
  readonly moves: readonly string[];
  /** Those that move together. */
  readonly groups: readonly (readonly string[])[];
  /** The share of the estate's servers that moves in it, 0 to 1. */
  readonly estateShare: number;
}

/** What says that a migration works, without its tokens. */
export interface PlannedVerification {
  readonly kind: VerificationKind;
  readonly name: string;
  /** The alarm's name; absent where somebody looks. */
  readonly alarm?: string;
  /** The alarm's region. @default - the migration's own */
  readonly region?: string;
  /** Whether the alarm tells anybody. */
  readonly notifies: boolean;
}

/** What a migration of the plan waits for. */
export interface PlannedNeed {
  /** The path of the other; the path of its parameters (`/migration/network/office`) where it is not of this plan. */
  readonly migration: string;
  /** The stage that the other must have reached, or a later one. */
  readonly reached: string;
  /** The first own stage that needs it, and with it every later one. */
  readonly before: string;
}

/** One migration of the plan. */
export interface PlannedMigration {
  /** Its path in the tree, which is its name. */
  readonly path: string;
  /** The name of the stack that it is in. @default - not known; the first part of the path is taken for it */
  readonly stack?: string;
  /** The name of its pattern: `lift-and-shift`. */
  readonly pattern: string;
  readonly title: string;
  /** What it is, as its pattern declares it. */
  readonly role: MigrationRole;
  readonly risk?: string;
  readonly wave?: string;
  /** The stage that holds now. */
  readonly stage: string;
  /** The stages in order, with all their steps. */
  readonly stages: readonly Stage[];
  readonly rollback: RollbackPlan;
  readonly verifications: readonly PlannedVerification[];
  /** The names of the servers it moves. */
  readonly moves: readonly string[];
  /** The names of what it moves that holds data. */
  readonly dataMoved: readonly string[];
  /** What it waits for, and what must not go back while it is in the stages that need it. */
  readonly dependsOn: readonly PlannedNeed[];
}

/** Something that moves, in the dependency graph. */
export interface PlannedMove {
  readonly name: string;
  readonly risk: MoveRisk;
  /** @default - it does not move in any wave */
  readonly wave?: string;
  readonly application?: string;
  /** The path of the migration that moves it. @default - no migration of the plan does */
  readonly migration?: string;
}

/** `from` needs `to`. */
export interface PlannedDependency {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly synchronous: boolean;
  /** Whether the two are in different waves. */
  readonly crosses: boolean;
}

/** A network, in the network diagram. */
export interface PlannedNetwork {
  readonly name: string;
  readonly cidr: string;
  readonly side: "source" | "target";
}

/** Something that the plan leaves out on purpose. */
export interface Exclusion {
  /** The server's name. */
  readonly name: string;
  readonly reason: string;
}

/** The whole plan. */
export interface PlanDocument {
  /** The path of the plan's construct. */
  readonly path: string;
  /** The name of the stack of the plan's metrics, which is deployed with each stage. @default - the plan has none */
  readonly stack?: string;
  readonly title: string;
  /** The day for which it holds. */
  readonly asOf: IsoDate;
  /** `blocked` where anything blocks: of the assessment, of a migration or of the plan itself. */
  readonly verdict: Verdict;
  /** All findings of the assessments, the migrations and the plan, heaviest first. */
  readonly findings: readonly Finding[];
  readonly waivers: readonly Waiver[];
  readonly estate: PlannedEstate;
  /** In the order in which they are done. */
  readonly waves: readonly PlannedWave[];
  /** In the order of their waves. */
  readonly migrations: readonly PlannedMigration[];
  readonly moves: readonly PlannedMove[];
  readonly dependencies: readonly PlannedDependency[];
  readonly excluded: readonly Exclusion[];
  readonly networks: readonly PlannedNetwork[];
  /** What the migrations connect. */
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
}
