/**
 * The stages of a pattern. A stage is *declared*: the stack says which one holds now, `cdktf deploy` makes the world agree,
 * and going forward or back is a one-line diff. So a stage knows what entering it takes and how to leave it again, and both
 * are data: the runbook, the anti-pattern rules and the rehearsal read the same steps.
 */
import { admit } from "./door/admit";
import { MigrationError } from "./error";
import { phaseAtLeast, type Phase } from "./phase";
import type { RunbookStep } from "./runbook-step";
import type { StageEvidence } from "./stage-evidence";
import { NOT_REACHED } from "./stage-parameters";
import { checkShare, largestShare, type TrafficShare } from "./traffic-share";

export type { RunbookStep } from "./runbook-step";

/** The reason why a stage cannot be left backwards, and what going back means instead. */
export interface Irreversible {
  readonly irreversible: string;
}

/** A stage of a pattern. */
export interface Stage<Name extends string = string> {
  readonly name: Name;
  /** The phase: what the stage means to whoever does not know the pattern. */
  readonly phase: Phase;
  /** The state of affairs in this stage, in a sentence. */
  readonly summary: string;
  /** The steps for entering the stage from the one before. */
  readonly enter: readonly RunbookStep[];
  /** The steps for returning to the stage before. The first stage's reverse withdraws the migration altogether. */
  readonly reverse: readonly RunbookStep[] | Irreversible;
  /**
   * The share of the production traffic that the target carries in this stage, or the range in which a controller moves it.
   * @default 0
   */
  readonly trafficShare?: TrafficShare;
  /**
   * Whether entering the stage, and leaving it backwards, needs a change window.
   * @default - true for the first stage of the phase `serve`, false for all others
   */
  readonly window?: boolean;
  /**
   * The Terraform types of resources with data that entering this stage may destroy or replace on purpose. The rehearsal
   * blocks on any other.
   * @default - none
   */
  readonly discards?: readonly string[];
  /**
   * The record without which the stage may not be declared. Every later stage must demand one as well, or the stage could be
   * jumped over.
   * @default - the stage demands none
   */
  readonly evidence?: StageEvidence;
}

/** Checks whether the way back from the stage is one of steps. */
export function isReversible(stage: Stage): stage is Stage & { readonly reverse: readonly RunbookStep[] } {
  admit("isReversible", { stage });
  return Array.isArray(stage.reverse);
}

/** Checks whether production depends on the target in the stage. */
export function isServing(pick: Pick<Stage, "phase">): boolean {
  admit("isServing", { pick });
  const { phase } = pick;
  return phaseAtLeast(phase, "serve");
}

/** Checks whether the stage is entered in a change window. `before` is the stage before, undefined for the first. */
export function needsWindow(stage: Stage, before: Stage | undefined): boolean {
  admit("needsWindow", { stage, before });
  return stage.window ?? (stage.phase === "serve" && before?.phase !== "serve");
}

/** The ordered stages of a pattern. */
export class Stages<Name extends string = string> implements Iterable<Stage<Name>> {
  /**
   * Makes the ordered stages of a list.
   *
   * @throws MigrationError `STAGES_EMPTY`, `STAGES_DUPLICATE`, `STAGES_NAME`, `STAGES_PHASE`, `STAGES_SHARE`,
   * `STAGES_EVIDENCE`
   */
  public static of<Name extends string>(stages: readonly Stage<Name>[]): Stages<Name> {
    admit("Stages.of", { stages });
    if (stages.length === 0) {
      throw new MigrationError({ code: "STAGES_EMPTY", path: "stages", fix: "declare at least one stage" });
    }
    const seen = new Set<string>();
    stages.forEach((stage, index) => {
      checkName(stage.name, index, seen);
      seen.add(stage.name);
      checkShare(stage.name, stage.trafficShare);
      checkOrder(stage, stages[index - 1]);
    });
    return new Stages(stages);
  }

  /** The names in order. */
  public readonly names: readonly Name[];

  private constructor(private readonly stages: readonly Stage<Name>[]) {
    this.names = stages.map((stage) => stage.name);
  }

  public [Symbol.iterator](): Iterator<Stage<Name>> {
    return this.stages[Symbol.iterator]();
  }

  /**
   * Returns the stage of that name.
   * @throws MigrationError `STAGE_UNKNOWN`
   */
  public get(name: string): Stage<Name> {
    const stage = this.stages[this.indexOf(name)];
    if (stage === undefined) {
      throw new MigrationError({
        code: "STAGE_UNKNOWN",
        path: "stage",
        received: name,
        allowed: `one of ${this.names.join(", ")}`,
        fix: "declare one of the pattern's stages",
      });
    }
    return stage;
  }

  /** Checks whether there is a stage of that name. */
  public has(name: string): name is Name {
    return this.indexOf(name) >= 0;
  }

  /**
   * Checks whether `current` is `other` or a later stage.
   * @throws MigrationError `STAGE_UNKNOWN`
   */
  public atLeast(current: Name, other: Name): boolean {
    return this.indexOf(this.get(current).name) >= this.indexOf(this.get(other).name);
  }

  /** Returns the stage after `name`, or undefined where it is the last. */
  public after(name: Name): Stage<Name> | undefined {
    return this.stages[this.indexOf(this.get(name).name) + 1];
  }

  /** Returns the stage before `name`, or undefined where it is the first. */
  public before(name: Name): Stage<Name> | undefined {
    return this.stages[this.indexOf(this.get(name).name) - 1];
  }

  /**
   * Returns the names from that stage on.
   * @throws MigrationError `STAGE_UNKNOWN`
   */
  public from(name: string): readonly Name[] {
    return this.names.slice(this.indexOf(this.get(name).name));
  }

  /** Returns the first stage in which production depends on the target; the last stage where none does. */
  public get firstServing(): Stage<Name> {
    const found = this.stages.find(({ phase }) => phase === "serve") ?? this.stages.at(-1);
    if (found === undefined) throw new TypeError("there is at least one stage");
    return found;
  }

  /** Returns the largest share of the traffic in any stage, 0 to 1. */
  public get fullShare(): number {
    return Math.max(...this.stages.map(({ trafficShare }) => largestShare(trafficShare)));
  }

  private indexOf(name: string): number {
    return (this.names as readonly string[]).indexOf(name);
  }
}

/** The pattern of a stage's name, which is the value of a parameter and is written in commands. */
const STAGE_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

function checkName(name: string, index: number, seen: ReadonlySet<string>): void {
  if (seen.has(name)) {
    throw new MigrationError({
      code: "STAGES_DUPLICATE",
      path: `stages[${index}].name`,
      received: name,
      allowed: "each stage name once",
      fix: "rename one of the two stages",
    });
  }
  if (STAGE_NAME.test(name) && name !== NOT_REACHED) return;
  throw new MigrationError({
    code: "STAGES_NAME",
    path: `stages[${index}].name`,
    received: name,
    allowed: `1 to 64 letters, digits, dots, dashes and underscores, beginning with a letter or digit, and not ${NOT_REACHED}`,
    fix: "rename the stage: its name is recorded in a parameter and written in commands",
  });
}

function checkOrder(stage: Stage, before: Stage | undefined): void {
  if (before === undefined) return;
  if (!phaseAtLeast(stage.phase, before.phase)) {
    throw new MigrationError({
      code: "STAGES_PHASE",
      path: `stages.${stage.name}.phase`,
      received: stage.phase,
      allowed: `${before.phase}, the phase of ${before.name} before it, or a later one`,
      fix: "put the stages in the order of their phases: prepare, try, serve, final",
    });
  }
  if (before.evidence !== undefined && stage.evidence === undefined) {
    throw new MigrationError({
      code: "STAGES_EVIDENCE",
      path: `stages.${stage.name}.evidence`,
      allowed: `evidence, because ${before.name} before it demands some`,
      fix: "demand the same evidence of every later stage, so that none is reached by jumping over the one that demands it",
    });
  }
}
