/**
 * The manual page of a command as data, and the options and sections that several pages share. `manual.ts` prints the page and
 * `arguments.ts` parses the arguments by it, so the two cannot disagree. The pages themselves are in `pages/`; they are light,
 * because `--help` loads them and nothing of what the commands run on.
 */

/** An option of a command. */
export interface OptionPage {
  /** The long name without its dashes: `output`. */
  readonly name: string;
  /**
   * The short name, one letter: `o` for `-o`.
   * @default - the long name only
   */
  readonly short?: string;
  /**
   * The name of the value: `FILE`.
   * @default - the option takes no value
   */
  readonly value?: string;
  /**
   * The values that are accepted.
   * @default - any
   */
  readonly choices?: readonly string[];
  /**
   * Whether the option may be given more than once.
   * @default false
   */
  readonly multiple?: boolean;
  /** The description, in sentences. */
  readonly text: string;
  /**
   * The behaviour without the option, as a phrase that the manual prints: `standard output`.
   * @default - the text says it, or nothing happens without the option
   */
  readonly default?: string;
}

/** A titled part of a manual page: paragraphs, or terms with their explanation. */
export interface PageSection {
  readonly title: string;
  readonly paragraphs?: readonly string[];
  readonly terms?: readonly (readonly [term: string, text: string])[];
}

/** A command's manual page. */
export interface CommandPage {
  readonly name: string;
  /** The summary, a phrase for the list of commands. */
  readonly summary: string;
  /** The ways to call the command, without the program's name. */
  readonly synopsis: readonly string[];
  readonly description: readonly string[];
  /**
   * The operands that are accepted, where they are a list, for the completion in a shell.
   * @default - files, or names that only the command knows
   */
  readonly operands?: readonly string[];
  readonly options: readonly OptionPage[];
  readonly sections: readonly PageSection[];
  readonly examples: readonly (readonly [text: string, command: string])[];
}

/** The options that every command has. */
export const commonOptions: readonly OptionPage[] = [
  {
    name: "no-color",
    text: "Write no colours. Without it, colours are written on a terminal only.",
  },
  { name: "help", short: "h", text: "Print this page and exit." },
  { name: "version", short: "V", text: "Print the version and exit." },
];

/** The option `--output FILE`, for commands whose result may go to a file. */
export const outputOption: OptionPage = {
  name: "output",
  short: "o",
  value: "FILE",
  text:
    "Write the result to FILE instead of standard output. The file is complete or it is not there: it is written under " +
    "another name first and then renamed.",
  default: "standard output",
};

/** The option `--limit N`, for reports that may be long. */
export const limitOption: OptionPage = {
  name: "limit",
  value: "N",
  text: "List at most N findings of each rule in the text and markdown formats, and count the others.",
  default: "all",
};

/** The option `--waivers FILE`, for commands whose findings can be waived. It may be repeated, and all files count. */
export const waiversOption: OptionPage = {
  name: "waivers",
  short: "w",
  value: "FILE",
  multiple: true,
  text: "Waivers, YAML or JSON. Their JSON Schema is printed by: migration-patterns schema waivers. May be repeated.",
  default: "nothing is waived",
};

/** The option `--as-of DAY`, for commands whose findings depend on the day: a waiver holds until its last day. */
export const asOfOption: OptionPage = {
  name: "as-of",
  value: "DAY",
  text: "The day for which is asked, YYYY-MM-DD: the last days of waivers are judged by it.",
  default: "today, in UTC",
};

/** Returns the option `--format FORMAT`, for a command that writes its result in one of `choices`. Without it: `text`. */
export function formatOption(choices: readonly string[]): OptionPage {
  return { name: "format", short: "f", value: "FORMAT", choices, text: "How the result is written.", default: "text" };
}

/** The explanation of the formats of a report, for the commands that have them all. */
export const formatTerms: readonly (readonly [string, string])[] = [
  ["text", "For people. Coloured on a terminal, and as wide as the terminal, up to 120 columns."],
  ["json", "For programs. Keys and findings are in a fixed order, so that two runs can be compared."],
  ["markdown", "For a pull request. Everything but the blockers is folded."],
  ["sarif", "SARIF 2.1.0, for code-scanning services. Waived findings carry a suppression."],
  ["junit", "JUnit XML, for pipelines. A blocker is a failed case, a waived finding a skipped one."],
];

/** The environment variables that all commands read. */
export const environmentSection: PageSection = {
  title: "ENVIRONMENT",
  terms: [
    ["NO_COLOR", "Where it is set and not empty, no colours are written."],
    ["FORCE_COLOR", "Where it is set, colours are written even into a pipe; 0 or false: none. Wins over NO_COLOR."],
    ["COLUMNS", "The width of text that does not go to a terminal. Default: 100."],
    ["MIGRATION_PATTERNS_DEBUG", "Where it is 1, an error is printed with its stack trace."],
  ],
};
