/** The rollback decision table: for every stage, what makes whom go back, how long it takes, until when, and what it costs. */
import { addDays } from "../../core/iso-date";
import { isReversible, isServing, type Stage } from "../../core/stage";
import { largestShare } from "../../core/traffic-share";
import type { PlannedMigration, PlannedWave } from "../plan-document";
import type { Decision, RollbackRow } from "./plan-runbook-model";
import { workParts, type WorkOfWave } from "./work-parts";
import { shortList } from "./words";

/** One row for each stage of each migration, in the order in which the stages are entered. */
export function rollbackRows(
  migrations: readonly PlannedMigration[],
  wave: PlannedWave,
  work: WorkOfWave,
  decisions: readonly Decision[],
): RollbackRow[] {
  const back = workParts.flatMap((part) => work[part].back);
  return migrations.flatMap((migration) =>
    migration.stages.map((stage, index): RollbackRow => {
      const { path, rollback } = migration;
      const before = migration.stages[index - 1];
      const transition = back.find((each) => each.migration === path && each.from === stage.name);
      const decision = decisions.find((each) => each.migration === path && each.stage === stage.name);
      const first = transition?.steps[0]?.id;
      const last = transition?.steps.at(-1)?.id;
      return {
        migration: path,
        stage: stage.name,
        ...(before === undefined ? {} : { to: before.name }),
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
  if (!isReversible(stage)) return "what was written since, until somebody has entered it by hand";
  if (largestShare(stage.trafficShare) === 0 && !isServing(stage))
    return "nothing of production: the target carries none of it";
  if (dataMoved.length === 0) return "requests in flight; the migration moves no data of its own";
  return `what was written at the target since the transition, unless the steps have carried it back: ${shortList(dataMoved)}`;
}
