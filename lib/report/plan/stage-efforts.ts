/** The effort of a migration's stages, forward and back, in steps and minutes. */
import type { Phase } from "../../core/phase";
import { workMinutes, type RunbookStep } from "../../core/runbook-step";
import { isReversible } from "../../core/stage";
import type { TrafficShare } from "../../core/traffic-share";
import type { PlannedMigration } from "../../plan/plan-document";
import { stageTransitions } from "../../plan/transition";

/** The effort of a list of steps. */
export interface Effort {
  readonly steps: number;
  /** The minutes of work. */
  readonly minutes: number;
  /** The minutes of waiting, which pass without anybody's work. */
  readonly waiting: number;
}

/** A stage with the effort of entering it and of leaving it backwards. */
export interface StageEffort {
  readonly name: string;
  readonly summary: string;
  /** The phase of the stage, for readers who do not know the pattern. */
  readonly phase: Phase;
  readonly now: boolean;
  readonly forward: Effort;
  /** The effort of going back; undefined where there is no way back by steps. */
  readonly back?: Effort;
  /** The reason why there is no way back by steps, and what going back means instead. */
  readonly irreversible?: string;
  /** The share of the production traffic that the target carries, 0 to 1, or the range in which a controller moves it. */
  readonly trafficShare: TrafficShare;
}

/** Returns the stages of a migration with their efforts, in order. */
export function stageEfforts({ path, title, stages, stage: current }: PlannedMigration): StageEffort[] {
  return stageTransitions({ migration: path, title }, stages).map(({ stage, forward, back }) => ({
    name: stage.name,
    summary: stage.summary,
    phase: stage.phase,
    now: stage.name === current,
    forward: effort(forward.steps),
    ...(back.irreversible === undefined ? { back: effort(back.steps) } : { irreversible: back.irreversible }),
    trafficShare: stage.trafficShare ?? 0,
  }));
}

/** Returns the effort from the declared stage to the last. */
export function effortAhead(migration: PlannedMigration): Effort {
  const at = migration.stages.findIndex(({ name }) => name === migration.stage);
  return effort(migration.stages.slice(at + 1).flatMap(({ enter }) => enter));
}

/** Returns the effort of going back from the declared stage; undefined where it cannot be left by steps. */
export function effortBack(migration: PlannedMigration): Effort | undefined {
  const stage = migration.stages.find(({ name }) => name === migration.stage);
  return stage !== undefined && isReversible(stage) ? effort(stage.reverse) : undefined;
}

function effort(steps: readonly RunbookStep[]): Effort {
  const minutes = workMinutes(steps);
  return { steps: steps.length, minutes, waiting: steps.reduce((sum, step) => sum + step.minutes, -minutes) };
}
