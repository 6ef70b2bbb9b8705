/**
 * The stages of a schedule and their weights. A step is the destination's share in percent; the others share the rest as
 * they did before.
 */

/** The name of a step's stage: `10-percent`. It is written out because tag values do not allow `%`. */
export type RoutingStage<Step extends number = number> = `${Step}-percent`;

/** Returns the names of the stages of a schedule, in order. */
export function stageNames<Step extends number>(steps: readonly Step[]): RoutingStage<Step>[] {
  return steps.map((step): RoutingStage<Step> => `${step}-percent`);
}

interface Weighted {
  readonly destination: string;
  readonly weight: number;
}

/**
 * Returns the shares with the weight of `towards` set to its step of 100, and the rest given to the others in the proportion of their weights. Whole numbers by the
 * largest remainder, the earlier destination first where remainders are equal, so the sum is 100 exactly.
 */
export function shiftWeights<T extends Weighted>(shares: readonly T[], towards: string, step: number): T[] {
  const others = shares.filter((share) => share.destination !== towards);
  const total = others.reduce((sum, share) => sum + share.weight, 0);
  const rest = 100 - step;
  const exact = new Map(others.map((share) => [share.destination, (share.weight * rest) / total]));
  const whole = new Map([...exact].map(([name, weight]) => [name, Math.floor(weight)]));
  let left = rest - [...whole.values()].reduce((sum, weight) => sum + weight, 0);
  const byRemainder = [...exact].sort((a, b) => (b[1] % 1) - (a[1] % 1));
  for (const [name] of byRemainder) {
    if (left <= 0) break;
    whole.set(name, (whole.get(name) ?? 0) + 1);
    left -= 1;
  }
  return shares.map((share) => ({
    ...share,
    weight: share.destination === towards ? step : (whole.get(share.destination) ?? 0),
  }));
}
