/** Manual pages as text: the list of commands, and one page for each command. */
import { painter, wrap, type Paint } from "../report/text-layout";
import { commonOptions, type CommandPage, type OptionPage, type PageSection } from "./command-page";

const PROGRAM = "migration-patterns";
const MARGIN = "    ";

/** Options for the layout of a manual page. */
export interface ManualOptions {
  readonly width: number;
  readonly color: boolean;
}

/** Returns the text of `migration-patterns --help`. */
export function overview(pages: readonly CommandPage[], { width, color }: ManualOptions): string {
  const paint = painter(color);
  const longest = Math.max(...pages.map(({ name }) => name.length));
  return [
    ...heading("NAME", paint),
    ...wrap(`${PROGRAM} - read what is to be migrated, and say whether the migration may start`, width, MARGIN),
    "",
    ...heading("SYNOPSIS", paint),
    `${MARGIN}${PROGRAM} COMMAND [OPTION]... [FILE]...`,
    `${MARGIN}${PROGRAM} help COMMAND`,
    "",
    ...heading("COMMANDS", paint),
    ...pages.flatMap(({ name, summary }) =>
      wrap(
        summary,
        width,
        `${MARGIN}${paint("bold", name)}${" ".repeat(longest - name.length + 3)}`,
        " ".repeat(longest + 7),
      ),
    ),
    "",
    ...heading("OPTIONS", paint),
    ...optionsLines(commonOptions, width, paint),
    ...sectionLines(
      {
        title: "EXIT STATUS",
        terms: [
          ["0", "Done, and nothing stands in the way."],
          ["1", "The answer is no: the migration is blocked, the waves cannot be had, or no pattern is recommended."],
          ["2", "The command was called wrongly, or an input could not be read."],
        ],
      },
      width,
      paint,
    ),
    ...sectionLines({ title: "SEE ALSO", paragraphs: [`${PROGRAM} help init, to begin with`] }, width, paint),
  ].join("\n");
}

/** Returns the text of `migration-patterns help COMMAND`. */
export function manual(page: CommandPage, { width, color }: ManualOptions): string {
  const paint = painter(color);
  return [
    ...heading("NAME", paint),
    ...wrap(`${PROGRAM} ${page.name} - ${page.summary}`, width, MARGIN),
    "",
    ...heading("SYNOPSIS", paint),
    ...page.synopsis.flatMap((line) => wrap(`${PROGRAM} ${line}`, width, MARGIN, `${MARGIN}${MARGIN}`)),
    ...sectionLines({ title: "DESCRIPTION", paragraphs: page.description }, width, paint),
    "",
    ...heading("OPTIONS", paint),
    ...optionsLines([...page.options, ...commonOptions], width, paint),
    ...page.sections.flatMap((section) => sectionLines(section, width, paint)),
    "",
    ...heading("EXAMPLES", paint),
    ...page.examples.flatMap(([text, command]) => [...wrap(text, width, MARGIN), `${MARGIN}${MARGIN}${command}`, ""]),
  ].join("\n");
}

function heading(title: string, paint: Paint): string[] {
  return [paint("bold", title)];
}

function optionsLines(options: readonly OptionPage[], width: number, paint: Paint): string[] {
  return options.flatMap((option, index) => [...(index === 0 ? [] : [""]), ...optionLines(option, width, paint)]);
}

function optionLines(
  { name, short, value, choices, text, default: fallback }: OptionPage,
  width: number,
  paint: Paint,
): string[] {
  const spelled = [...(short === undefined ? [] : [`-${short}`]), `--${name}`]
    .map((each) => paint("bold", each))
    .join(", ");
  const sentences = [
    text,
    ...(choices === undefined ? [] : [`One of ${choices.join(", ")}.`]),
    ...(fallback === undefined ? [] : [`Default: ${fallback}.`]),
  ].join(" ");
  return [`${MARGIN}${spelled}${value === undefined ? "" : ` ${value}`}`, ...wrap(sentences, width, MARGIN + MARGIN)];
}

function sectionLines({ title, paragraphs = [], terms = [] }: PageSection, width: number, paint: Paint): string[] {
  const longest = Math.max(0, ...terms.map(([term]) => term.length));
  const hanging = longest <= 12;
  return [
    "",
    ...heading(title, paint),
    ...paragraphs.flatMap((paragraph, index) => [...(index === 0 ? [] : [""]), ...wrap(paragraph, width, MARGIN)]),
    ...terms.flatMap(([term, text]) => {
      const bold = paint("bold", term);
      if (!hanging) return [`${MARGIN}${bold}`, ...wrap(text, width, MARGIN + MARGIN)];
      return wrap(text, width, `${MARGIN}${bold}${" ".repeat(longest - term.length + 3)}`, " ".repeat(longest + 7));
    }),
  ];
}
