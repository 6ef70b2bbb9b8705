import type { Finding } from "./finding";

/**
 * What must hold before a stage may be declared. A gate is checked in its stage and in every later one, so that a stage
 * cannot be reached by jumping over the one that was gated.
 */
export interface Gate<StageName extends string = string> {
  /** The first stage that needs it. */
  readonly before: StageName;
  /** What is asked, as a question: `Has every server been tested on an isolated subnet?` */
  readonly question: string;
  /** Looks, and says what is missing. Nothing found means the gate is open. Evaluated when the tree is finished. */
  evaluate(): readonly Finding[];
}
