/**
 * The stages of the migrations in a plan, before and after it, from the parameters in which they are recorded. A parameter is
 * known by its name alone, so that a migration is found whatever its pattern; the pattern's tag tells which of its stages serve.
 */
import { groupBy } from "../../core/collections";
import { admit } from "../../core/door/admit";
import { compareText } from "../../core/text";
import type { Pattern } from "../../core/pattern";
import { phaseAtLeast, type Phase } from "../../core/phase";
import { NOT_REACHED } from "../../core/stage-parameters";
import { parseParameterName } from "../../core/stage-record";
import type { JsonObject, PlannedChange } from "./terraform-plan";

/** A migration in a plan, with the stage that is declared before and after it. */
export interface PlannedStage {
  readonly app: string;
  readonly migration: string;
  /** The stage before; undefined where the plan records the migration for the first time. */
  readonly from?: string;
  /** The stage after; undefined where the plan destroys the record, or where the stage is known only later. */
  readonly to?: string;
  /** The stage that was reached before the plan; undefined where none was. */
  readonly reached?: string;
  /** The address of the parameter with the declared stage. */
  readonly address: string;
  /** Whether the plan destroys the record. */
  readonly withdrawn: boolean;
  /** The phase of the stage before; undefined where it is not known. */
  readonly fromPhase?: Phase;
  /** The phase of the stage after; undefined where it is not known. */
  readonly toPhase?: Phase;
}

/** The pattern of a stage's name, as `core/stage.ts` has it: nothing else of a parameter is printed. */
const STAGE_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** Returns the migrations of a plan, in the order of app and name. */
export function plannedStages(changes: readonly PlannedChange[], patterns: readonly Pattern[]): PlannedStage[] {
  const parameters = changes.flatMap((change) => {
    if (change.mode !== "managed" || change.type !== "aws_ssm_parameter" || change.deposed !== undefined) return [];
    const name = textOf(change.after, "name") ?? textOf(change.before, "name") ?? "";
    const parsed = parseParameterName(name);
    return parsed === undefined || parsed.kind === "dependent" ? [] : [{ ...parsed, change }];
  });
  // A record that is kept in another region too has the same stages.
  const migrations = groupBy(parameters, ({ app, name }) => `${app}/${name}`);
  return [...migrations.values()]
    .flatMap((own) => {
      const declared = own.find(({ kind }) => kind === "declared");
      if (declared === undefined) return [];
      const { app, name, change } = declared;
      const before = stageOf(change.before);
      // What Terraform forgets stays as it is.
      const after = stageOf(change.actions.includes("forget") ? change.before : change.after);
      const reached = own
        .map((each) => (each.kind === "reached" ? stageOf(each.change.before) : undefined))
        .find(Boolean);
      const pattern = patternOf(change, patterns);
      return [
        {
          app,
          migration: name,
          ...(before === undefined ? {} : { from: before, ...phaseOf("fromPhase", pattern, before) }),
          ...(after === undefined ? {} : { to: after, ...phaseOf("toPhase", pattern, after) }),
          ...(reached === undefined || reached === NOT_REACHED ? {} : { reached }),
          address: change.address,
          withdrawn: change.actions.join() === "delete",
        },
      ];
    })
    .sort((a, b) => compareText(a.app, b.app) || compareText(a.migration, b.migration));
}

/**
 * Checks whether production may depend on what is planned: unless there are migrations and all of them are, before and after, in
 * a stage that is known not to serve.
 */
export function mayServe(stages: readonly PlannedStage[]): boolean {
  if (stages.length === 0) return true;
  return stages.some(({ from, fromPhase, to, toPhase, reached, withdrawn }) => {
    const serves = (phase: Phase | undefined): boolean => phase === undefined || phaseAtLeast(phase, "serve");
    // A stage that was reached and is neither of the two is one that a runner has not gone back from yet.
    const elsewhere = reached !== undefined && reached !== from && reached !== to;
    return (from !== undefined && serves(fromPhase)) || (!withdrawn && serves(toPhase)) || elsewhere;
  });
}

/** Checks whether the plan changes the declared stage of a migration. */
export function changesStage(stages: readonly PlannedStage[]): boolean {
  return stages.some(({ from, to }) => from !== undefined && to !== undefined && from !== to);
}

/** Describes a migration's stages: `migration shop/orders: replicate → cutover`. */
export function plannedStagePhrase(plannedStage: PlannedStage): string {
  admit("plannedStagePhrase", { plannedStage });
  const { app, migration, from, to, withdrawn } = plannedStage;
  const after = withdrawn ? "withdrawn" : (to ?? "not known before it is applied");
  const steps = from === after ? `stays in ${after}` : `${from ?? "not recorded"} → ${after}`;
  return `migration ${app}/${migration}: ${steps}`;
}

/** Only `insecure_value`, which holds no secret: `value` is marked as sensitive. */
function stageOf(values: JsonObject): string | undefined {
  const stage = textOf(values, "insecure_value");
  return stage !== undefined && values["type"] !== "SecureString" && STAGE_NAME.test(stage) ? stage : undefined;
}

function textOf(values: JsonObject, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

function patternOf({ before, after }: PlannedChange, patterns: readonly Pattern[]): Pattern | undefined {
  const tagged = [after, before].flatMap((values) => ["tags", "tags_all"].map((name) => values[name]));
  for (const tags of tagged) {
    const name = (tags as JsonObject | null | undefined)?.["migration:pattern"];
    const pattern = patterns.find(({ profile }) => profile.name === name);
    if (pattern !== undefined) return pattern;
  }
  return undefined;
}

function phaseOf<Key extends string>(
  key: Key,
  pattern: Pattern | undefined,
  stage: string,
): Partial<Record<Key, Phase>> {
  const stages = pattern?.stages;
  const phase = stages?.has(stage) === true ? stages.get(stage).phase : undefined;
  return (phase === undefined ? {} : { [key]: phase }) as Partial<Record<Key, Phase>>;
}
