/**
 * ```ts
 * planRunbookMarkdown(planRunbook(plan.document));
 * ```
 *
 * Derives the runbook of a whole plan. Nothing in it is written twice: the steps are those that the migrations' own stages
 * declare, the ways back are the stages' reverses, and the times follow from the budgets.
 */
import { unique } from "../../core/collections";
import { admit } from "../../core/door/admit";
import { isBlocking } from "../../core/finding";
import { MigrationError } from "../../core/error";
import { workMinutes, type RunbookStep } from "../../core/runbook-step";
import type { PlanDocument, PlannedMigration, PlannedWave } from "../plan-document";
import { checklistOf } from "./checklist";
import { decisionsOf } from "./decisions";
import { decidingRoles, gatesOf } from "./gates";
import { messagesOf, type WaveEffects } from "./messages";
import type { PlanRunbook, RoleDemand, RunbookWave, WaveTransition, WaveWork } from "./plan-runbook-model";
import { rollbackRows } from "./rollback-rows";
import { waveWork, type WaveWorkByPart } from "./wave-work";

/** The name of the last wave, for migrations of the plan that are in none. */
export const WITHOUT_WAVE = "without a wave";

/**
 * Derives the runbook of a plan.
 *
 * @throws MigrationError `RUNBOOK_MIGRATION` where a wave names a migration that the plan does not have, or two waves name one
 */
export function planRunbook(document: PlanDocument): PlanRunbook {
  admit("planRunbook", { document });
  const byPath = new Map(document.migrations.map((migration) => [migration.path, migration]));
  const blockers = document.findings
    .filter(isBlocking)
    .map(({ rule, subject, message }) => `${rule} on ${subject}: ${message}`);
  return {
    plan: document.path,
    title: document.title,
    asOf: document.asOf,
    verdict: document.verdict,
    blockers,
    ...(document.stopAlarm === undefined ? {} : { stopAlarm: document.stopAlarm }),
    ...(document.dashboard === undefined ? {} : { dashboard: document.dashboard }),
    ...(document.region === undefined ? {} : { region: document.region }),
    waves: allWaves(document).map((wave) => runbookWave(wave, migrationsOf(wave, byPath), document, blockers)),
  };
}

/** Returns the plan's waves, and one more for migrations that are in none: whatever has steps must be in the runbook. */
function allWaves({ waves, migrations }: PlanDocument): PlannedWave[] {
  const seen = new Set<string>();
  for (const { name, migrations: paths } of waves) {
    for (const path of paths) {
      if (seen.has(path)) throw unexpected(path, `each migration in one wave; ${name} is its second`);
      seen.add(path);
    }
  }
  const left = migrations.map(({ path }) => path).filter((path) => !seen.has(path));
  if (left.length === 0) return [...waves];
  const rest: PlannedWave = { name: WITHOUT_WAVE, migrations: left, moves: [], groups: [], estateShare: 0 };
  return [...waves, rest];
}

function migrationsOf(wave: PlannedWave, byPath: ReadonlyMap<string, PlannedMigration>): PlannedMigration[] {
  return wave.migrations.map((path) => {
    const migration = byPath.get(path);
    if (migration === undefined) throw unexpected(path, `the migrations of the plan, in ${wave.name}`);
    return migration;
  });
}

function unexpected(path: string, allowed: string): MigrationError {
  return new MigrationError({
    code: "RUNBOOK_MIGRATION",
    path: "waves",
    received: path,
    allowed,
    fix: "take the document from MigrationPlan.document, which keeps the two lists consistent",
  });
}

function runbookWave(
  wave: PlannedWave,
  migrations: readonly PlannedMigration[],
  document: PlanDocument,
  blockers: readonly string[],
): RunbookWave {
  const work = waveWork(migrations, document.stack);
  const decisions = decisionsOf(work.cutover, wave.window);
  const backMinutes = decisions.at(-1)?.backMinutes;
  const messages = messagesOf({
    communications: document.communications,
    wave,
    called: wave.name === WITHOUT_WAVE ? "the rest of the plan" : wave.name,
    ...effectsOf(wave, migrations),
    sender: decidingRoles(migrations.slice(0, 1)) || "migration lead",
    asOf: document.asOf,
    byDaylight: work.cutover.forward.length + work.cutover.done.length === 0 && work.rollout.back.length > 0,
    ...(backMinutes === undefined ? {} : { backMinutes }),
  });
  const gates = gatesOf({ document, wave, migrations, work, decisions, messages, blockers });
  const moved = new Set(migrations.flatMap(({ path, moves }) => [path, ...moves]));
  return {
    name: wave.name,
    ...(wave.day === undefined ? {} : { day: wave.day }),
    ...(wave.window === undefined ? {} : { window: wave.window }),
    migrations: migrations.map(({ path, title, stage }) => ({ path, title, stage })),
    moves: wave.moves,
    unmoved: wave.moves.filter((name) => !moved.has(name)),
    ...work,
    decisions,
    gates,
    checklist: checklistOf({ cutover: work.cutover, decisions, gates, messages }),
    messages,
    rollback: rollbackRows(migrations, wave, work, decisions),
    roles: rolesOf(work),
  };
}

/** Returns the moved servers by their names, and migrations without servers by their titles, also where others move servers. */
function effectsOf({ moves }: PlannedWave, migrations: readonly PlannedMigration[]): WaveEffects {
  const paths = new Set(migrations.map(({ path }) => path));
  return {
    moved: unique([...moves, ...migrations.flatMap((migration) => migration.moves)]).filter((name) => !paths.has(name)),
    changed: migrations
      .filter((migration) => migration.moves.length === 0)
      .map(({ path, title }) => `${title} (${path})`),
  };
}

function rolesOf({ preparation, cutover, rollout, afterwards }: WaveWorkByPart): RoleDemand[] {
  const forward = (part: WaveWork): readonly RunbookStep[] => stepsOf(part.forward);
  const back = [rollout, cutover].flatMap((part) =>
    stepsOf(
      part.back.filter(({ migration, from }) =>
        part.forward.some((each) => each.migration === migration && each.to === from),
      ),
    ),
  );
  const all = [...[preparation, cutover, rollout, afterwards].flatMap(forward), ...back];
  const of = (steps: readonly RunbookStep[], role: string): number =>
    workMinutes(steps.filter(({ owner }) => owner === role));
  return unique(all.map(({ owner }) => owner)).map((role) => ({
    role,
    preparation: of(forward(preparation), role),
    cutover: of(forward(cutover), role),
    rollout: of(forward(rollout), role),
    afterwards: of(forward(afterwards), role),
    back: of(back, role),
  }));
}

function stepsOf(transitions: readonly WaveTransition[]): RunbookStep[] {
  return transitions.flatMap(({ steps }) => steps);
}
