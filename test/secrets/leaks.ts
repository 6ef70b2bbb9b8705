/** The search for a secret in whatever was made, printed or thrown. */
import { partsOf, secretSamples, type SecretSample } from "../support/secret-samples";

/** The whole cross product, which takes minutes and is run by hand: `SECRETS_LONG=1 npx jest test/secrets`. */
export const isLong = process.env["SECRETS_LONG"] === "1";

/** Returns the samples for the place of that number: all in the long form, else so many, other ones for each place. */
export function samplesFor(place: number, many: number): readonly SecretSample[] {
  if (isLong) return secretSamples;
  return Array.from({ length: many }, (_, index) => secretSamples[(place * many + index) % secretSamples.length]!);
}

/** Checks whether the text has the secret or a part of it, also as JSON writes it. */
export function shows(text: string, sample: SecretSample): boolean {
  return [sample.secret, ...partsOf(sample)].some(
    (part) => text.includes(part) || text.includes(JSON.stringify(part).slice(1, -1)),
  );
}

/** Returns everything that an error says. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : wordsOf(error.cause);
  return [error.message, error.stack, JSON.stringify(error), cause].join("\n");
}
