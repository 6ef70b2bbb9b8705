/**
 * The rollback decision table: for every stage the triggers, the role that decides, the deadline, the duration and the loss.
 */
import { addDays } from "../../core/iso-date";
import { isReversible, isServing, type Stage } from "../../core/stage";
import { shortList } from "../../core/text";
import { largestShare } from "../../core/traffic-share";
import type { PlannedMigration, PlannedWave } from "../plan-document";
import type { Decision, RollbackRow } from "./plan-runbook-model";
import { workParts, type WaveWorkByPart } from "./wave-work";

/** Builds one row for each stage of each migration, in the order in which the stages are entered. */
export function rollbackRows(
  migrations: readonly PlannedMigration[],
  wave: PlannedWave,
  work: WaveWorkByPart,
  decisions: readonly Decision[],
): RollbackRow[] {
  const back = workParts.flatMap((part) => work[part].back);
  return migrations.flatMap((migration) =>
    migration.stages.map((stage): RollbackRow => {
      const { path, rollback } = migration;
      const transition = back.find((each) => each.migration === path && each.from === stage.name);
      const decision = decisions.find((each) => each.migration === path && each.stage === stage.name);
      const first = transition?.steps[0]?.id;
      const last = transition?.steps.at(-1)?.id;
      return {
        migration: path,
        stage: stage.name,
        ...(transition?.to === undefined ? {} : { to: transition.to }),
        triggers: rollback.triggers,
        decides: rollback.owner,
        withinHours: rollback.windowHours,
        ...(decision?.decideBy === undefined ? {} : { decideBy: decision.decideBy }),
        ...(first === undefined || last === undefined ? {} : { steps: [first, last] as const }),
        minutes: transition?.minutes ?? 0,
        ...(wave.day === undefined
          ? {}
          : { sourceKeptUntil: addDays(wave.day, Math.floor(rollback.sourceRetentionDays)) }),
        sourceRetentionDays: rollback.sourceRetentionDays,
        lost: lostBy(migration, stage),
        ...(transition?.irreversible === undefined ? {} : { irreversible: transition.irreversible }),
      };
    }),
  );
}

function lostBy({ dataMoved }: PlannedMigration, stage: Stage): string {
  if (!isReversible(stage)) return "data written since the transition, until it has been entered again by hand";
  if (largestShare(stage.trafficShare) === 0 && !isServing(stage))
    return "no production data: the target carries no production traffic";
  if (dataMoved.length === 0) return "requests in flight; the migration moves no data of its own";
  return `data written at the target since the transition, unless the steps carry it back: ${shortList(dataMoved)}`;
}
