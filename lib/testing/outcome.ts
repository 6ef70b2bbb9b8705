/** The outcome of a check, of which matchers and assertions are made. */

/** The outcome of a check: whether it holds, and the message for whoever expected the contrary. */
export interface Outcome {
  readonly pass: boolean;
  /** The message: why the check does not hold, or, where it does, what speaks against the contrary. */
  readonly message: () => string;
}

/** Returns the outcome with one of two messages, which are rendered only when a test fails. */
export function outcome(
  pass: boolean,
  messages: { readonly holds: () => string; readonly fails: () => string },
): Outcome {
  return { pass, message: pass ? messages.holds : messages.fails };
}
