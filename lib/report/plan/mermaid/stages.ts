import { formatCount } from "../../../core/text";
import type { PlanDocument, PlannedMigration } from "../../../plan/plan-document";
import { stageEfforts, type StageEffort } from "../stage-efforts";
import { effortWords } from "../plan-phrases";
import { diagram, mermaidText } from "./text";

/** Migrations with the same stages, which take the same: fifty lifts of one kind are one picture. */
interface Alike {
  readonly migrations: readonly PlannedMigration[];
  readonly stages: readonly StageEffort[];
}

/** The largest number of migrations that are named in a diagram's title. */
const NAMED = 3;

/** Builds the state diagram of the stages, with the effort forward and back. Migrations with the same procedure share one. */
export function stagesDiagram({ migrations }: PlanDocument): string {
  const alike = group(migrations);
  return diagram(
    "stateDiagram-v2",
    "The stages, forward and back",
    `${formatCount(migrations.length, "migration")} with ${formatCount(alike.length, "procedure")}.`,
    alike.length === 0 ? ['state "no migration" as m0'] : alike.flatMap(picture),
  );
}

function group(migrations: readonly PlannedMigration[]): Alike[] {
  const byProcedure = new Map<string, { migrations: PlannedMigration[]; stages: readonly StageEffort[] }>();
  for (const migration of migrations) {
    const stages = stageEfforts(migration);
    const key = JSON.stringify([migration.pattern, stages.map((stage) => ({ ...stage, now: false }))]);
    const same = byProcedure.get(key);
    if (same === undefined) byProcedure.set(key, { migrations: [migration], stages });
    else same.migrations.push(migration);
  }
  return [...byProcedure.values()];
}

function picture({ migrations, stages }: Alike, picture: number): string[] {
  const id = (stage: number): string => `m${picture}s${stage}`;
  const shown = migrations.slice(0, NAMED).map(({ path }) => path);
  const others = migrations.length - shown.length;
  const title = `${migrations[0]?.title ?? ""}, ${shown.join(", ")}${others > 0 ? ` and ${formatCount(others, "other")}` : ""}`;
  const lines = stages.flatMap(({ name, forward, back, irreversible }, stage) => {
    const holding = migrations.filter((migration) => migration.stage === name).length;
    const holds = holding === 0 ? "" : migrations.length === 1 ? " (holds now)" : ` (holds now for ${holding})`;
    const before = stage === 0 ? "[*]" : id(stage - 1);
    return [
      `state "${mermaidText(name)}${holds}" as ${id(stage)}`,
      `${before} --> ${id(stage)} : forward, ${effortWords(forward)}`,
      ...(back === undefined
        ? [`note right of ${id(stage)} : no way back by steps, ${mermaidText(irreversible ?? "", 120)}`]
        : [`${id(stage)} --> ${before} : back, ${effortWords(back)}`]),
    ];
  });
  return [
    `state "${mermaidText(title, 120)}" as m${picture} {`,
    "  direction LR",
    ...lines.map((line) => `  ${line}`),
    "}",
  ];
}
