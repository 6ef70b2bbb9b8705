/**
 * A stage is *declared*: the stack says which one holds now, `cdktf deploy` makes the world agree, and going forward or
 * back is a one-line diff. So a stage knows what entering it takes and how to leave it again, and both are data: the
 * runbook, the anti-pattern rules and the rehearsal read the same steps.
 */
import { MigrationError } from "./error";

/** One thing that somebody does, or checks, during a transition. */
export interface RunbookStep {
  /** What is done, as an imperative sentence without a final period. */
  readonly title: string;
  /** The role that does it: `migration lead`, `network engineer`. */
  readonly owner: string;
  /**
   * The command or API call.
   * @default - nothing to run: the step is a decision or an observation
   */
  readonly command?: string;
  /** What is seen when it has worked. */
  readonly expect: string;
  /** How long it may take, in minutes, before somebody is called. */
  readonly minutes: number;
  /**
   * Whether this is the step that deploys the declared stage. A transition has at most one: what a part of the migration does
   * before and after its own is put before and after the migration's.
   * @default false
   */
  readonly deploys?: boolean;
}

/** Why a stage cannot be left backwards, and what going back means instead. */
export interface Irreversible {
  readonly irreversible: string;
}

/** One stage of a pattern. */
export interface Stage<Name extends string = string> {
  readonly name: Name;
  /** What holds in this stage, in a sentence. */
  readonly summary: string;
  /** What entering the stage from the one before takes. */
  readonly enter: readonly RunbookStep[];
  /** How to return to the stage before. The first stage's reverse is how to withdraw altogether. */
  readonly reverse: readonly RunbookStep[] | Irreversible;
  /**
   * The share of the production traffic that the target carries in this stage, 0 to 1.
   * @default 0
   */
  readonly trafficShare?: number;
  /**
   * The Terraform types of resources with data that entering this stage may destroy or replace on purpose. The rehearsal
   * blocks on any other.
   * @default - none
   */
  readonly discards?: readonly string[];
}

/** Whether the way back from the stage is one of steps. */
export function isReversible(stage: Stage): stage is Stage & { readonly reverse: readonly RunbookStep[] } {
  return Array.isArray(stage.reverse);
}

/** The ordered stages of a pattern. */
export class Stages<Name extends string = string> implements Iterable<Stage<Name>> {
  /**
   * @throws MigrationError `STAGES_EMPTY`, `STAGES_DUPLICATE`
   */
  public static of<Name extends string>(stages: readonly Stage<Name>[]): Stages<Name> {
    if (stages.length === 0) {
      throw new MigrationError({ code: "STAGES_EMPTY", path: "stages", fix: "declare at least one stage" });
    }
    const seen = new Set<string>();
    for (const { name } of stages) {
      if (seen.has(name)) {
        throw new MigrationError({
          code: "STAGES_DUPLICATE",
          path: "stages",
          received: name,
          allowed: "each stage name once",
          fix: "rename one of the two stages",
        });
      }
      seen.add(name);
    }
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
   * The stage of that name.
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

  /**
   * Whether `current` is `other` or a later stage.
   * @throws MigrationError `STAGE_UNKNOWN`
   */
  public atLeast(current: Name, other: Name): boolean {
    return this.indexOf(this.get(current).name) >= this.indexOf(this.get(other).name);
  }

  /** The stage after `name`, or undefined where it is the last. */
  public after(name: Name): Stage<Name> | undefined {
    return this.stages[this.indexOf(this.get(name).name) + 1];
  }

  /** The stage before `name`, or undefined where it is the first. */
  public before(name: Name): Stage<Name> | undefined {
    return this.stages[this.indexOf(this.get(name).name) - 1];
  }

  private indexOf(name: string): number {
    return (this.names as readonly string[]).indexOf(name);
  }
}
