/**
 * `printable("web01\u001b[2J")` is `web01\x1b[2J`, in visible characters.
 *
 * What is printed comes from files that somebody else wrote: a server's name may hold an escape sequence that clears the
 * screen, or a bidirectional override that makes one word read as another. Everything a person is to read goes through
 * here: findings, errors, annotations, reports. What programs are to read (JSON, SARIF, JUnit) has escapes of its own.
 *
 * A CI service obeys lines of a log: GitHub's runner those that begin with `::` after white space, it and Azure Pipelines
 * whatever follows `##[` or `##vso[` anywhere in a line (actions/runner, ActionCommand.cs; Azure Pipelines, logging commands;
 * TeamCity has `##teamcity[`). Such a beginning is written as an escape too.
 */

// C0 and C1 controls, DEL, line and paragraph separators, and the bidirectional controls of Unicode Standard Annex 9.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

// An IPv6 address may begin with :: as well, and is none of a runner's commands.
const LINE_COMMAND = /(^|\s)::(?=[A-Za-z])(?![\dA-Fa-f:.]+(?:\/\d+)?(?:[\s,;)\]]|$))/g;
const INLINE_COMMAND = /##(?=[a-z]*\[)/g;

/**
 * The text on one line with every control character as a visible escape: `\n`, `\x1b`, `\u202e`; and so the first character of
 * what a CI service would take for a command: `\x3a:error::`, `\x23#[error]`.
 */
export function printable(text: string): string {
  return visible(text).replace(LINE_COMMAND, "$1\\x3a:").replace(INLINE_COMMAND, "\\x23#");
}

function visible(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\r") return "\\r";
    if (character === "\t") return "\\t";
    const code = character.charCodeAt(0);
    return code <= 0xff ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
