/** What is wrong with a wave plan: the rules that look at the outcome of `planWaves()`. */
import { defineRule, type Rule } from "../../core/rule";
import type { OversizedGroup, Wave, WavePlan } from "./plan-waves";

/** Where nobody has measured: the round trip across a continent's width, ours. */
export const DEFAULT_ROUND_TRIP_MILLISECONDS = 20;

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

/** A group that has to move together is larger than a wave may be, or takes longer than the change window. */
export const waveOversized: Rule<WaveSubject> = defineRule<WaveSubject>({
  id: "wave-oversized",
  title: "A group that must move together exceeds the limits of a wave",
  severity: "blocker",
  why: "it cannot be done in the change window, and half of it cannot be done at all",
  remedy:
    "cut the circle of dependencies or split what moves together; or let a wave hold more moves (waves.limits.moves, --max-moves) or last longer (waves.window, --window)",
  *check({ plan }) {
    for (const each of plan.oversized) yield { subject: each.wave.name, message: oversizedMessage(each) };
  },
});

function oversizedMessage({ wave, group: { moves }, exceeds, limit, minutes }: OversizedGroup): string {
  const shown = moves.slice(0, 5).join(", ");
  const names = moves.length > 5 ? `${shown} and ${moves.length - 5} more` : shown;
  if (exceeds === "moves") return `${moves.length} moves go together, and a wave holds at most ${limit}: ${names}`;
  return `the cut-over takes ${minutes} minutes, and the change window of ${when(wave)} has ${limit}: ${names}`;
}

/** A pin that dependencies, another pin or the limits did not allow. */
export const wavePinBroken: Rule<WaveSubject> = defineRule<WaveSubject>({
  id: "wave-pin-broken",
  title: "A move is not in the wave it is pinned to",
  severity: "blocker",
  why: "somebody has promised that wave, and what the move depends on is not there yet, or the wave is full",
  remedy:
    "pin what it depends on to the same wave or an earlier one, let a wave hold more moves (waves.limits.moves, --max-moves) or last longer (waves.window, --window), or take the pin away",
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
