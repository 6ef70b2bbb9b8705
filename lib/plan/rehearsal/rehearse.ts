/**
 * ```ts
 * const rehearsal = await rehearse(() => createApp());
 * expect(rehearsal.findings.filter(isBlocking)).toEqual([]);
 * ```
 *
 * Rehearses every migration of an app, forward and back through its stages, on Terraform that is synthesized in memory, and
 * reports what each transition would create, change, replace and destroy. The app is created anew for each stage, from the
 * user's own code, with that one migration in that stage; neighbouring stages are compared. So the rehearsed Terraform is what
 * would be deployed, and nothing is deployed, validated or written.
 */
import { App } from "cdktf";
import { withDeclaredStage, type DeclaredStage } from "../../core/declared-stage";
import { admit } from "../../core/door/admit";
import { MigrationError } from "../../core/error";
import { sortFindings, type Finding } from "../../core/finding";
import { today, type IsoDate } from "../../core/iso-date";
import { Migration } from "../../core/migration";
import { runRules } from "../../core/rule";
import type { Stage } from "../../core/stage";
import { applyWaivers, waiverExpired, waiverRules, type Waiver } from "../../core/waiver";
import { stageTransitions, type TransitionIdentity } from "../transition";
import { compareSyntheses, resourcesBelow, type ComparisonOptions } from "./comparison";
import { dataHoldingTypes } from "../losses/data-holding-types";
import { interlockedStages, type TransitionEnds } from "./interlock";
import type { ComparedResources, HeldMigration, Rehearsal, RehearsedTransition } from "./rehearsal";
import { rehearsalRules, type RehearsalReview, type UnstableResource } from "./rehearsal-rules";
import { synthesisOf, synthesize, type StackTerraform, type Synthesis } from "./synthesis";

export type {
  ComparedResources,
  HeldMigration,
  Rehearsal,
  RehearsedTransition,
  ResourceChange,
  Uncertainty,
} from "./rehearsal";
export type { StackTerraform } from "./synthesis";
export type { RehearsalReview, UnstableResource } from "./rehearsal-rules";
export type { RehearsalRenderOptions } from "./transition-lines";

/** Options of {@link rehearse}. */
export interface RehearsalOptions {
  /**
   * The paths of the migrations that are rehearsed.
   * @default - all migrations of the app
   */
  readonly migrations?: readonly string[];
  /**
   * The accepted findings. Waivers of other rules than the rehearsal's are ignored. An expired one is reported, and so is one
   * that covers nothing, where all migrations of the app are rehearsed: otherwise it may be for a migration that is not.
   * @default - none
   */
  readonly waivers?: readonly Waiver[];
  /**
   * The day on which the waivers must hold, `YYYY-MM-DD`.
   * @default - today, in UTC
   */
  readonly asOf?: IsoDate;
  /**
   * Further Terraform types that hold data, each with a phrase for the data. Of other providers than those of AWS, Google Cloud
   * and Azure none is known.
   * @default - `dataHoldingTypes` alone
   * @example { oci_database_db_system: "the records of a database" }
   */
  readonly dataHoldingTypes?: Readonly<Record<string, string>>;
  /**
   * The Terraform of the app as it was deployed last, which `readSynthesizedApp` reads. The app as it is now is compared with
   * it, so that a construct that was renamed, or a stack whose backend has changed, is seen.
   * @default - not compared: a change of the code between two commits is not seen
   * @example readSynthesizedApp("deployed/cdktf.out")
   */
  readonly previous?: readonly StackTerraform[];
}

/**
 * Rehearses the migrations of the app that `createApp` creates.
 *
 * `createApp` is called twice for the app as it is, because the two must be the same, and once for each further stage of each
 * migration: with M migrations of S stages, 2 + M × (S − 1) times. Where migrations hold each other, the stage between two
 * transitions that need different stages of the others is made once for each. Its output is printed as often. It must create a
 * new `App` each time, and everything in it that depends on a stage must take it from the migration (`migration.stage.name`): a
 * constant beside it does not change with the rehearsal.
 *
 * - A migration is walked while those that it needs are at least in the stage that it waits for, and those that need more of it
 *   than its stage are before the stage in which they do (`dependsOn`). They stay there during the transition, which says so.
 * - The parameters that record the stage change with every transition. They are listed separately: they move nothing.
 * - A stage that cannot be synthesized is the finding `rehearsal-failed`; the others are rehearsed.
 * - The app as it is must be created without an error: what `createApp` throws there is thrown.
 * - From a stage that is irreversible no way back is compared.
 * - Only values in the code are compared: values that AWS chooses, and defaults that are now written out, are not known. Where
 *   the code does not tell what a change does (in a module, with a variable, in another state), it is the finding
 *   `rehearsal-uncertain`.
 * - The attributes that replace a resource are known for the AWS types in `replacingAttributes`; a change of any other type is
 *   marked as uncertain.
 * - The first stage and the withdrawal count the resources below the migration's own construct.
 * - Nothing is written but the empty output folder that the constructor of CDKTF's `App` creates.
 *
 * @throws MigrationError `REHEARSAL_APP`, `REHEARSAL_NO_MIGRATION`, `REHEARSAL_MIGRATION_UNKNOWN`
 */
export async function rehearse(
  createApp: () => App | Promise<App>,
  options: RehearsalOptions = {},
): Promise<Rehearsal> {
  admit("rehearse", { createApp, options });
  const holds = { ...dataHoldingTypes, ...options.dataHoldingTypes };
  let builds = 0;
  const build = async (): Promise<App> => {
    builds += 1;
    const app: unknown = await createApp();
    if (App.isApp(app)) return app;
    throw new MigrationError({
      code: "REHEARSAL_APP",
      path: "createApp",
      received: typeof app,
      allowed: "a function that gives back an App of cdktf, or a promise of one",
      fix: "return the app that the function makes, before it is synthesized",
    });
  };
  const app = await build();
  const all = migrationsOf(app);
  const migrations = selected(all, options.migrations);
  const comparing = { holds, records: all.map(({ record }) => record.node.path) };
  const declared = synthesize(app);
  const unstable = unstableResources(declared, synthesize(await build()));
  const transitions: RehearsedTransition[] = [];
  for (const migration of migrations) {
    const walk = new Walk(migration, all, declared, build);
    transitions.push(...(await rehearseMigration(migration, walk, comparing)));
  }
  const sincePrevious = sinceDeployed(declared, all, { ...comparing, previous: options.previous });
  const review = { transitions, unstable, ...sincePrevious };
  const complete = migrations.length === all.length;
  return { transitions, ...sincePrevious, findings: judged(review, { ...options, complete }), builds };
}

/** Compares the app as it is with the one that was deployed last, where that is given. */
function sinceDeployed(
  declared: Synthesis,
  migrations: readonly Migration[],
  { previous, ...comparing }: Comparing & { readonly previous: readonly StackTerraform[] | undefined },
): Pick<Rehearsal, "sincePrevious"> {
  if (previous === undefined) return {};
  const discards = migrations.flatMap(({ stage }) => stage.discards ?? []);
  return { sincePrevious: compareSyntheses(synthesisOf(previous), declared, { ...comparing, discards }) };
}

function migrationsOf(app: App): Migration[] {
  return app.node.findAll().filter((each): each is Migration => each instanceof Migration);
}

function selected(all: readonly Migration[], paths: readonly string[] | undefined): Migration[] {
  if (all.length === 0) {
    throw new MigrationError({
      code: "REHEARSAL_NO_MIGRATION",
      path: "createApp",
      allowed: "an app with at least one migration in its tree",
      fix: "add a migration, or rehearse the app that has them",
    });
  }
  const known = all.map(({ node }) => node.path);
  for (const path of paths ?? []) {
    if (known.includes(path)) continue;
    throw new MigrationError({
      code: "REHEARSAL_MIGRATION_UNKNOWN",
      path: "migrations",
      received: path,
      allowed: `paths of migrations: ${known.join(", ")}`,
      fix: "correct the path, or leave migrations out to rehearse all",
    });
  }
  return all.filter(({ node }) => paths?.includes(node.path) ?? true);
}

/** A stage with its Terraform, or with the reason why it cannot be synthesized. */
interface MadeStage {
  readonly stage: Stage;
  readonly synthesis?: Synthesis;
  readonly failed?: string;
}

/** Synthesizes the stages of one migration, each with the others in the stages they need. Only the last synthesis is kept. */
class Walk {
  private last: { readonly key: string; readonly made: MadeStage } | undefined;

  constructor(
    private readonly migration: Migration,
    private readonly all: readonly Migration[],
    private readonly declared: Synthesis,
    private readonly build: () => Promise<App>,
  ) {}

  /** Returns the migrations that are declared in another stage than in their code during the transition. */
  public beside(ends: TransitionEnds): readonly HeldMigration[] {
    return [...interlockedStages(this.migration, ends, this.all)].map(([{ node }, stage]) => ({
      migration: node.path,
      stage,
    }));
  }

  public async make(stage: Stage, beside: readonly HeldMigration[]): Promise<MadeStage> {
    if (stage.name === this.migration.stage.name && beside.length === 0) return { stage, synthesis: this.declared };
    const key = JSON.stringify([stage.name, beside]);
    if (this.last?.key !== key) {
      this.last = { key, made: await makeStage(this.build, { path: this.migration.node.path, stage, beside }) };
    }
    return this.last.made;
  }
}

async function makeStage(
  build: () => Promise<App>,
  { path, stage, beside }: { readonly path: string; readonly stage: Stage; readonly beside: readonly HeldMigration[] },
): Promise<MadeStage> {
  const declared: readonly DeclaredStage[] = [{ migration: path, stage: stage.name }, ...beside];
  try {
    const synthesis = await withDeclaredStage(declared, async () => {
      const app = await build();
      const made = app.node.findAll().some((each) => each instanceof Migration && each.node.path === path);
      return made ? synthesize(app) : undefined;
    });
    return synthesis === undefined
      ? { stage, failed: `${path} is not in the app that createApp creates in the stage ${stage.name}` }
      : { stage, synthesis };
  } catch (error) {
    const held = beside.map((other) => `, with ${other.migration} in ${other.stage}`).join("");
    return { stage, failed: `the stage ${stage.name} of ${path}${held} cannot be synthesized: ${messageOf(error)}` };
  }
}

/** Returns the error's message; a MigrationError's begins with its code. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const NOTHING = { created: [], changed: [], replaced: [], destroyed: [], retagged: [], recorded: [], uncertain: [] };

type Comparing = Pick<ComparisonOptions, "holds" | "records">;

/** Returns all transitions forward, then all back. Only the stages of one transition are held in memory at a time. */
async function rehearseMigration(
  migration: Migration,
  walk: Walk,
  comparing: Comparing,
): Promise<RehearsedTransition[]> {
  const { name: pattern, title } = migration.profile;
  const forward: RehearsedTransition[] = [];
  const back: RehearsedTransition[] = [];
  for (const walked of stageTransitions({ migration: migration.node.path, title }, migration.stages)) {
    const { stage, before } = walked;
    const into = rehearsed(walked.forward, pattern);
    const out = rehearsed(walked.back, pattern);
    if (before === undefined) {
      // As for the step that follows, so that the first stage is made once.
      const upper = migration.stages.after(stage.name) ?? stage;
      const beside = walk.beside({ lower: stage.name, upper: upper.name });
      const { synthesis, failed: reason } = await walk.make(stage, beside);
      const own = synthesis === undefined ? [] : resourcesBelow(synthesis, migration.paths, comparing.holds);
      const failed = { ...besideOf(beside), ...(reason === undefined ? {} : { failed: reason }) };
      forward.push({ ...into, ...NOTHING, created: own, ...failed });
      back.push({ ...out, ...NOTHING, destroyed: own, ...failed });
    } else {
      const beside = walk.beside({ lower: before.name, upper: stage.name });
      const held = besideOf(beside);
      const left = await walk.make(before, beside);
      const made = await walk.make(stage, beside);
      forward.push({ ...into, ...held, ...step(left, made, comparing) });
      const { irreversible } = walked.back;
      const compared = irreversible === undefined ? step(made, left, comparing) : { ...NOTHING, irreversible };
      back.unshift({ ...out, ...held, ...compared });
    }
  }
  return [...forward, ...back];
}

function besideOf(beside: readonly HeldMigration[]): Pick<RehearsedTransition, "beside"> {
  return beside.length === 0 ? {} : { beside };
}

/** Returns what a rehearsal keeps of a transition: its identity, without its steps. */
function rehearsed(
  { migration, direction, from, to }: TransitionIdentity,
  pattern: string,
): TransitionIdentity & Pick<RehearsedTransition, "pattern"> {
  return {
    migration,
    pattern,
    direction,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function step(
  before: MadeStage,
  after: MadeStage,
  comparing: Comparing,
): ComparedResources & Pick<RehearsedTransition, "failed"> {
  if (before.synthesis === undefined || after.synthesis === undefined) {
    return { ...NOTHING, failed: before.failed ?? after.failed ?? "" };
  }
  return compareSyntheses(before.synthesis, after.synthesis, { ...comparing, discards: after.stage.discards ?? [] });
}

/** Returns the resources that differ between two builds of the same code. */
function unstableResources(first: Synthesis, second: Synthesis): UnstableResource[] {
  const { created, changed, replaced, destroyed, retagged } = compareSyntheses(first, second, {
    discards: [],
    holds: {},
  });
  return [
    ...[...created, ...destroyed].map(({ address }) => ({ address, attributes: [] })),
    ...[...changed, ...replaced, ...retagged].map(({ address, attributes }) => ({ address, attributes })),
  ];
}

function judged(review: RehearsalReview, options: RehearsalOptions & { readonly complete: boolean }): Finding[] {
  const asOf = options.asOf ?? today();
  const ids = new Set(rehearsalRules.map(({ id }) => id));
  const waivers = (options.waivers ?? []).filter(({ rule }) => ids.has(rule));
  const { findings, used } = applyWaivers(runRules(rehearsalRules, review), waivers, asOf);
  // A waiver for a migration that was not rehearsed covers nothing, and is no leftover; one that has expired is one anyway.
  const reviewed = runRules(options.complete ? waiverRules : [waiverExpired], { waivers, used, asOf });
  return sortFindings([...findings, ...reviewed]);
}
