/** What a migration's stages take, forward and back: numbers of steps and minutes, out of the steps themselves. */
import type { Phase } from "../../core/phase";
import { workMinutes, type RunbookStep } from "../../core/runbook-step";
import { isReversible, type Irreversible } from "../../core/stage";
import type { TrafficShare } from "../../core/traffic-share";
import type { PlannedMigration } from "../../plan/plan-document";

/** How much there is to do. */
export interface Effort {
  readonly steps: number;
  /** Minutes of work. */
  readonly minutes: number;
  /** Minutes that pass without anybody's work. */
  readonly waiting: number;
}

/** One stage with what it takes to enter it and to leave it backwards. */
export interface StageEffort {
  readonly name: string;
  readonly summary: string;
  /** What the stage means to whoever does not know the pattern. */
  readonly phase: Phase;
  readonly now: boolean;
  readonly forward: Effort;
  /** Undefined where there is no way back by steps. */
  readonly back?: Effort;
  /** Why there is none, and what going back means instead. */
  readonly irreversible?: string;
  /** The share of the production traffic that the target carries, 0 to 1, or the range in which a controller moves it. */
  readonly trafficShare: TrafficShare;
}

/** The stages of a migration, in order. */
export function stageEfforts({ stages, stage: current }: PlannedMigration): StageEffort[] {
  return stages.map((stage) => ({
    name: stage.name,
    summary: stage.summary,
    phase: stage.phase,
    now: stage.name === current,
    forward: effort(stage.enter),
    ...(isReversible(stage)
      ? { back: effort(stage.reverse) }
      : { irreversible: (stage.reverse as Irreversible).irreversible }),
    trafficShare: stage.trafficShare ?? 0,
  }));
}

/** What is left to do from the stage that holds to the last. */
export function effortAhead(migration: PlannedMigration): Effort {
  const at = migration.stages.findIndex(({ name }) => name === migration.stage);
  return effort(migration.stages.slice(at + 1).flatMap(({ enter }) => enter));
}

/** What leaving the stage that holds takes; undefined where it cannot be left by steps. */
export function effortBack(migration: PlannedMigration): Effort | undefined {
  const stage = migration.stages.find(({ name }) => name === migration.stage);
  return stage !== undefined && isReversible(stage) ? effort(stage.reverse) : undefined;
}

function effort(steps: readonly RunbookStep[]): Effort {
  const minutes = workMinutes(steps);
  return { steps: steps.length, minutes, waiting: steps.reduce((sum, step) => sum + step.minutes, -minutes) };
}
