/** The hand-over of a migration, as it is reported and written. */
import type { Finding } from "../../core/finding";

/** A resource that is imported into the new module. */
export interface Import {
  readonly to: string;
  readonly id: string;
}

/** An imported resource with arguments that only Terraform knows: the import's plan lists them as a change. */
export interface UnreadSettings {
  readonly address: string;
  readonly arguments: readonly string[];
}

/** A file of a hand-over. */
export interface HandOverFile {
  /** The path, relative to the folder of the hand-over. */
  readonly name: string;
  readonly text: string;
}

/** The hand-over of a migration, before its files are rendered. */
export interface PlannedHandOver {
  readonly app: string;
  readonly migration: string;
  /** The name of the stack that it leaves. */
  readonly stack: string;
  /** The declared stage; undefined where only Terraform knows it. */
  readonly stage?: string;
  /** The resources that the new module imports, in the order of their addresses. */
  readonly imports: readonly Import[];
  /** The imports by which the stack takes all of it back: those of the new module, and those of what has left Terraform. */
  readonly returns: readonly Import[];
  /** The imported resources whose import lists a change that asks AWS for nothing. */
  readonly settings: readonly UnreadSettings[];
  /** The addresses whose entries are moved from the old state, because importing does not take in all of them. */
  readonly stateMoves: readonly string[];
  /** The addresses that stay in the account and leave Terraform, because their value is a secret. */
  readonly released: readonly string[];
  /** The released addresses that the way back writes again, as another version of the same value, and does not import. */
  readonly rewritten: readonly string[];
  /** The addresses that Terraform destroys as the construct goes. */
  readonly ends: readonly string[];
  /** The addresses among the imports and the state's moves that belong to no migration, and go along because they refer to what leaves. */
  readonly beside: readonly string[];
  /** The names of the variables that the new module asks for, as the stack does. */
  readonly variables: readonly string[];
  /** The findings, most severe first. */
  readonly findings: readonly Finding[];
}

/** The hand-over of a migration. */
export interface HandOver extends PlannedHandOver {
  /** The files, with paths relative to the folder for them; empty while a finding blocks. */
  readonly files: readonly HandOverFile[];
}
