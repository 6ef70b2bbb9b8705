/** What is wrong with a wave plan: the rules that look at the outcome of `planWaves()`. */
import { defineRule, type Rule } from "../../core/rule";
import type { Wave, WavePlan } from "./plan-waves";

/** What the rules look at. */
export interface WaveSubject {
  readonly plan: WavePlan;
  /** The round-trip time between the old site and the new one, in milliseconds, as measured over the VPN. */
  readonly roundTripMilliseconds: number;
}

function when(wave: Wave): string {
  return wave.day === undefined ? wave.name : `${wave.name} (${wave.day})`;
}

/** A caller and what it waits for are at different sites between two waves. */
export const waveSynchronousCrossing: Rule<WaveSubject> = defineRule<WaveSubject>({
  id: "wave-synchronous-crossing",
  title: "A synchronous dependency crosses a wave",
  severity: "warning",
  why: "between the two waves every call crosses the VPN, and a page that makes a hundred calls waits a hundred times",
  remedy: "move both in one wave, or measure the caller with that round trip before the first of the two",
  *check({ plan, roundTripMilliseconds }) {
    for (const { dependency, fromWave, toWave } of plan.crossings) {
      if (!dependency.synchronous) continue;
      const [first, last] = fromWave.number < toWave.number ? [fromWave, toWave] : [toWave, fromWave];
      yield {
        subject: `${dependency.from} → ${dependency.to} ${dependency.label}`,
        message: `from ${when(first)} to ${when(last)} each call takes at least ${roundTripMilliseconds} ms over the VPN`,
      };
    }
  },
});

/** A group that has to move together is larger than a wave may be. */
export const waveOversized: Rule<WaveSubject> = defineRule<WaveSubject>({
  id: "wave-oversized",
  title: "A group that must move together exceeds the limits of a wave",
  severity: "blocker",
  why: "it cannot be done in the change window, and half of it cannot be done at all",
  remedy: "cut the circle of dependencies, split the application, or widen the window for this wave",
  *check({ plan }) {
    for (const { wave, group } of plan.oversized) {
      const shown = group.moves.slice(0, 5).join(", ");
      const more = group.moves.length > 5 ? ` and ${group.moves.length - 5} more` : "";
      yield {
        subject: wave.name,
        message: `${group.moves.length} ${group.moves.length === 1 ? "move" : "moves"} that go together do not fit into one wave: ${shown}${more}`,
      };
    }
  },
});

/** A pin that dependencies or another pin did not allow. */
export const wavePinBroken: Rule<WaveSubject> = defineRule<WaveSubject>({
  id: "wave-pin-broken",
  title: "A move is not in the wave it is pinned to",
  severity: "blocker",
  why: "somebody has promised that wave, and what the move depends on is not there yet",
  remedy: "pin what it depends on to the same wave or an earlier one, or take the pin away",
  *check({ plan }) {
    for (const { move, pinnedTo, wave } of plan.brokenPins) {
      yield {
        subject: move,
        message: `it is pinned to wave-${pinnedTo}, and can move in ${wave.name} at the earliest`,
      };
    }
  },
});

/** The rules about waves. */
export const waveRules: readonly Rule<WaveSubject>[] = [waveSynchronousCrossing, waveOversized, wavePinBroken];
