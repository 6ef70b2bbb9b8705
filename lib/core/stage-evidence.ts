/**
 * ```ts
 * type OurProps = OurSettings & Declared<"expand" | "migrate" | "contract", { contract: VerificationRecord }>;
 * // { stage: "contract" } alone does not compile; { stage: "expand", evidence } does not either.
 * ```
 *
 * Evidence for stages. A stage may demand a record before it can be declared. TypeScript asks for it, `Migration` parses it,
 * and the stage's rules look at what is in it.
 */
import type { z } from "zod";
import { admit } from "./door/admit";
import type { IsoDate } from "./iso-date";
import type { Rule } from "./rule";

/** The evidence that the parts of a migration require. */
export interface RequiredEvidence {
  /** The names of the alarms that must each have been in OK. */
  readonly alarmNames: readonly string[];
  /** The time for which the target must have carried production, in hours. */
  readonly minimumBakeHours: number;
}

/** The subject of the rules about evidence. */
export interface EvidenceReview<Evidence = unknown> {
  /** The stage that is declared. */
  readonly stage: string;
  /** The record; undefined where a JavaScript caller, or a cast, has left it out. */
  readonly evidence: Evidence | undefined;
  /** The evidence that the parts of the migration require together; undefined where no part requires anything. */
  readonly required: RequiredEvidence | undefined;
  /** The assessment's day. */
  readonly asOf: IsoDate;
}

/** The evidence that a stage demands before it may be declared. Made by {@link defineEvidence}. */
export interface StageEvidence {
  /** The demand, as a question. */
  readonly question: string;
  /** The schema of the record. */
  readonly schema: z.ZodType;
  /** The rules about the record's content; their blockers stop the synthesis. */
  readonly rules: readonly Rule<EvidenceReview>[];
}

/** Makes the evidence of a stage out of a schema and rules about what it parses. */
export function defineEvidence<Schema extends z.ZodType>(evidence: {
  readonly question: string;
  readonly schema: Schema;
  readonly rules: readonly Rule<EvidenceReview<z.output<Schema>>>[];
}): StageEvidence {
  admit("defineEvidence", { evidence });
  // What the rules get has been parsed by the schema beside them, in Migration.
  return evidence as unknown as StageEvidence;
}

/**
 * The declaration of a stage in a pattern's props, with the evidence that some stages demand: `Evidence` maps those stages to
 * their records.
 *
 * @example
 * type LiftAndShiftDeclaration = Declared<LiftAndShiftStage, { finalized: FinalizedEvidence }>;
 */
export type Declared<StageName extends string, Evidence extends { readonly [Name in StageName]?: unknown }> =
  | {
      /** @code STAGE_UNKNOWN */
      readonly stage: Exclude<StageName, keyof Evidence>;
      /** @parsedBy Migration */
      readonly evidence?: never;
    }
  | {
      [Name in keyof Evidence & StageName]: {
        /** @code STAGE_UNKNOWN */
        readonly stage: Name;
        /**
         * The record without which the stage may not be declared.
         * @parsedBy Migration
         */
        readonly evidence: Evidence[Name];
      };
    }[keyof Evidence & StageName];
