/** The deadlines of the decision to go back, for each transition of the cut-over. */
import { windowMinutes, type RunbookStep } from "../../core/runbook-step";
import type { ChangeWindow } from "../plan-document";
import type { Decision, WaveWork } from "./plan-runbook-model";

/**
 * Returns one decision for each transition that is left of the cut-over: the further it has gone, the longer the way back, and
 * the earlier the decision has to be taken. Going back means to the beginning of the window, so steps done before it are not
 * counted. Waiting at the end, forward or back, needs no window.
 */
export function decisionsOf(cutover: WaveWork, window: ChangeWindow | undefined): Decision[] {
  const reverse = new Map(cutover.back.map((transition) => [keyOf(transition.migration, transition.from), transition]));
  // The steps from here to where the window began; undefined once nothing leads back.
  let steps: readonly RunbookStep[] | undefined = [];
  return cutover.forward.map(({ migration, to: stage = "", startsAt, windowMinutes: minutes }) => {
    const back = reverse.get(keyOf(migration, stage));
    steps =
      steps === undefined || back === undefined || back.irreversible !== undefined
        ? undefined
        : [...back.steps, ...steps];
    const backMinutes = steps === undefined ? undefined : windowMinutes(steps);
    return {
      migration,
      stage,
      reachedAt: startsAt + minutes,
      ...(backMinutes === undefined ? {} : { backMinutes }),
      ...(backMinutes === undefined || window === undefined
        ? {}
        : { decideBy: window.minutes - backMinutes, beginBy: window.minutes - backMinutes - minutes }),
    };
  });
}

function keyOf(migration: string, stage: string | undefined): string {
  return JSON.stringify([migration, stage]);
}
