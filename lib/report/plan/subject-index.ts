/** The findings the other way round: what is wrong with each server, and with whatever else they are about. */
import type { Finding } from "../../core/finding";
import type { PlanDocument } from "../../plan/plan-document";
import { tally, type Tally } from "../tally";

/** Something with findings. */
export interface IndexedSubject {
  readonly name: string;
  /** The wave it moves in, where it is one of the plan's moves. */
  readonly wave?: string;
  /** Whether it is one of the plan's moves. */
  readonly move: boolean;
  readonly counts: Tally;
  readonly findings: readonly Finding[];
}

/** The subjects with the most blockers first, then the most warnings, then by name; what moves before what does not. */
export function subjectIndex({ findings, moves }: PlanDocument): IndexedSubject[] {
  const moveOf = new Map(moves.map((move) => [move.name, move]));
  const bySubject = new Map<string, Finding[]>();
  for (const finding of findings) {
    const same = bySubject.get(finding.subject);
    if (same === undefined) bySubject.set(finding.subject, [finding]);
    else same.push(finding);
  }
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
        (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
    );
}
