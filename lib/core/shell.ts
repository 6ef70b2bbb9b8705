/** The text of commands that a person pastes into a POSIX shell. */

/** Returns the text as one word of a shell, quoted only where the shell would take it for anything else. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_.:/@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
