/** The findings by subject: those of each server, and of whatever else they are about. */
import { groupBy } from "../../core/collections";
import type { Finding } from "../../core/finding";
import { compareText } from "../../core/text";
import type { PlanDocument } from "../../plan/plan-document";
import { tally, type Tally } from "../tally";

/** A subject of findings. */
export interface IndexedSubject {
  readonly name: string;
  /** The wave it moves in, where it is one of the plan's moves. */
  readonly wave?: string;
  /** Whether it is one of the plan's moves. */
  readonly move: boolean;
  readonly counts: Tally;
  readonly findings: readonly Finding[];
}

/**
 * Groups the findings by subject: those with the most blockers first, then the most warnings, then by name; what moves
 * before what does not.
 */
export function subjectIndex({ findings, moves }: PlanDocument): IndexedSubject[] {
  const moveOf = new Map(moves.map((move) => [move.name, move]));
  const bySubject = groupBy(findings, ({ subject }) => subject);
  return [...bySubject]
    .map(([name, own]): IndexedSubject => {
      const wave = moveOf.get(name)?.wave;
      return {
        name,
        ...(wave === undefined ? {} : { wave }),
        move: moveOf.has(name),
        counts: tally(own),
        findings: own,
      };
    })
    .sort(
      (a, b) =>
        Number(b.move) - Number(a.move) ||
        b.counts.blocker - a.counts.blocker ||
        b.counts.warning - a.counts.warning ||
        compareText(a.name, b.name),
    );
}
