/** Until when it may be decided to go back, for each point of the cut-over. */
import type { ChangeWindow } from "../plan-document";
import type { Decision, WavePhase } from "./plan-runbook-model";

/**
 * One decision for each transition that is left of the cut-over: the further it has gone, the longer the way back, and the
 * earlier it has to be taken. Going back means to where the window began, so what was done before it is not counted.
 */
export function decisionsOf(cutover: WavePhase, window: ChangeWindow | undefined): Decision[] {
  const reverse = new Map(cutover.back.map((transition) => [keyOf(transition.migration, transition.from), transition]));
  let backMinutes: number | undefined = 0;
  return cutover.forward.map(({ migration, to: stage = "", startsAt, minutes }) => {
    const back = reverse.get(keyOf(migration, stage));
    backMinutes =
      backMinutes === undefined || back === undefined || back.irreversible !== undefined
        ? undefined
        : backMinutes + back.minutes;
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
