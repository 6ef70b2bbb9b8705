/** The rules about the outcome of `planWaves()`: dependencies across waves, oversized groups and broken pins. */
import { defineRule, type Rule } from "../../core/rule";
import { firstOf } from "../../core/text";
import type { OversizedGroup, Wave, WavePlan } from "./plan-waves";

/**
 * The round-trip time in milliseconds that is assumed where none is given: this library's own estimate for the width of a
 * continent.
 */
export const DEFAULT_ROUND_TRIP_MILLISECONDS = 20;

/** The subject of the rules about waves. */
export interface WaveSubject {
  readonly plan: WavePlan;
  /** The round-trip time between the old site and the new one, in milliseconds, as measured over the VPN. */
  readonly roundTripMilliseconds: number;
}

function when(wave: Wave): string {
  return wave.day === undefined ? wave.name : `${wave.name} (${wave.day})`;
}

/** The rule about callers that are at another site than the service they wait for, between two waves. */
export const waveSynchronousCrossing: Rule<WaveSubject> = defineRule<WaveSubject>({
  id: "wave-synchronous-crossing",
  title: "A synchronous dependency spans two waves",
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

/** The rule about groups that have to move together and exceed the moves of a wave, or its change window. */
export const waveOversized: Rule<WaveSubject> = defineRule<WaveSubject>({
  id: "wave-oversized",
  title: "A group that must move together exceeds the limits of a wave",
  severity: "blocker",
  why: "the group does not fit into the change window, and it cannot be split between two waves",
  remedy:
    "break the dependency cycle or split the group; or raise the limit of moves (waves.limits.moves, --max-moves) or lengthen the change window (waves.window, --window)",
  *check({ plan }) {
    for (const each of plan.oversized) yield { subject: each.wave.name, message: oversizedMessage(each) };
  },
});

function oversizedMessage({ wave, group: { moves }, exceeds, limit, minutes }: OversizedGroup): string {
  const names = firstOf(moves, 5);
  if (exceeds === "moves") return `${moves.length} moves go together, and a wave holds at most ${limit}: ${names}`;
  return `the cut-over takes ${minutes} minutes, and the change window of ${when(wave)} has ${limit}: ${names}`;
}

/** The rule about moves that dependencies, another pin or the limits put in a later wave than the one they are pinned to. */
export const wavePinBroken: Rule<WaveSubject> = defineRule<WaveSubject>({
  id: "wave-pin-broken",
  title: "A move is not in the wave it is pinned to",
  severity: "blocker",
  why: "the pinned wave was promised to somebody, and a dependency of the move is not there yet, or the wave is full",
  remedy:
    "pin its dependencies to the same wave or an earlier one, raise the limit of moves (waves.limits.moves, --max-moves), lengthen the change window (waves.window, --window), or remove the pin",
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
