/** The message of an expectation that fails. That it holds is an error. */
export function messageOf(expectation: () => unknown): string {
  try {
    expectation();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("the expectation holds");
}
