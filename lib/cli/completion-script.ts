/**
 * Completion scripts, made of the manual pages: commands, the options of each, and the values of options that have a list of them. A
 * script asks nothing of this program while somebody types.
 */
import { commonOptions, type CommandPage, type OptionPage } from "./command-page";
import type { shellNames } from "./pages/completion";

/** A shell that is completed. */
export type Shell = (typeof shellNames)[number];

const PROGRAM = "migration-patterns";

/** Returns the script for a shell. */
export function completionScript(shell: Shell, pages: readonly CommandPage[]): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](pages);
}

const optionsOf = (page: CommandPage): readonly OptionPage[] => [...page.options, ...commonOptions];

const words = (option: OptionPage): string[] => [
  `--${option.name}`,
  ...(option.short === undefined ? [] : [`-${option.short}`]),
];

/** The text as one word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Returns the first sentence of a text without its end. */
function firstSentence(text: string): string {
  return /^.*?(?=[.:](?: |$))/.exec(text)?.[0] ?? text;
}

function bashScript(pages: readonly CommandPage[]): string {
  const names = pages.map(({ name }) => name);
  const values = pages.flatMap((page) =>
    optionsOf(page)
      .filter(({ value }) => value !== undefined)
      .map((option) => {
        const pattern = words(option)
          .map((word) => `${page.name}:${word}`)
          .join(" | ");
        return option.choices === undefined
          ? `    ${pattern}) COMPREPLY=($(compgen -f -- "$word")); return ;;`
          : `    ${pattern}) COMPREPLY=($(compgen -W ${quoted(option.choices.join(" "))} -- "$word")); return ;;`;
      }),
  );
  const cases = pages.map((page) => {
    const options = optionsOf(page).flatMap(words).join(" ");
    const operands = (page.operands ?? []).join(" ");
    return `    ${page.name}) options=${quoted(options)}; operands=${quoted(operands)} ;;`;
  });
  return `# bash completion of ${PROGRAM}: eval "$(${PROGRAM} completion bash)"
_migration_patterns() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}" options operands
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${quoted([...names, "help", "--help", "--version"].join(" "))} -- "$word"))
    return
  fi
  if [ "$command" = help ]; then
    COMPREPLY=($(compgen -W ${quoted(names.join(" "))} -- "$word"))
    return
  fi
  case "$command:$before" in
${values.join("\n")}
  esac
  case "$command" in
${cases.join("\n")}
    *) return ;;
  esac
  if [ "\${word#-}" != "$word" ]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [ -n "$operands" ]; then
    COMPREPLY=($(compgen -W "$operands" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _migration_patterns ${PROGRAM}
`;
}

function zshScript(pages: readonly CommandPage[]): string {
  // In the descriptions of _arguments a colon and brackets have a meaning.
  const plain = (text: string): string => text.replace(/[\\:[\]]/g, "\\$&");
  const specs = (page: CommandPage): string[] => [
    ...optionsOf(page).map((option) => {
      const described = `[${plain(firstSentence(option.text))}]`;
      const value =
        option.value === undefined
          ? ""
          : `:${option.value}:${option.choices === undefined ? "_files" : `(${option.choices.join(" ")})`}`;
      const repeated = option.multiple === true ? "*" : "";
      const spelled = option.short === undefined ? "" : `{-${option.short},--${option.name}}`;
      return spelled === ""
        ? quoted(`${repeated}--${option.name}${described}${value}`)
        : `${repeated === "" ? "" : "'*'"}${spelled}${quoted(`${described}${value}`)}`;
    }),
    quoted(page.operands === undefined ? "*:file:_files" : `*:name:(${page.operands.join(" ")})`),
  ];
  return `#compdef ${PROGRAM}
# zsh completion of ${PROGRAM}: eval "$(${PROGRAM} completion zsh)"
_migration_patterns() {
  local -a commands
  commands=(
${pages.map(({ name, summary }) => `    ${quoted(`${name}:${plain(summary)}`)}`).join("\n")}
    'help:print the page of a command'
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
    help) _describe command commands ;;
${pages.map((page) => `    ${page.name}) _arguments -S ${specs(page).join(" ")} ;;`).join("\n")}
  esac
}
compdef _migration_patterns ${PROGRAM}
`;
}

function fishScript(pages: readonly CommandPage[]): string {
  const text = (words: string): string => `'${words.replace(/[\\']/g, "\\$&")}'`;
  const names = pages.map(({ name }) => name).join(" ");
  const lines = pages.flatMap((page) => {
    const seen = `-n '__fish_seen_subcommand_from ${page.name}'`;
    const options = optionsOf(page).map(({ name, short, value, choices, text: described }) =>
      [
        `complete -c ${PROGRAM} ${seen} -l ${name}`,
        ...(short === undefined ? [] : [`-s ${short}`]),
        ...(value === undefined ? [] : choices === undefined ? ["-r -F"] : [`-x -a ${text(choices.join(" "))}`]),
        `-d ${text(firstSentence(described))}`,
      ].join(" "),
    );
    return [
      `complete -c ${PROGRAM} -n __fish_use_subcommand -f -a ${page.name} -d ${text(page.summary)}`,
      ...options,
      ...(page.operands === undefined ? [] : [`complete -c ${PROGRAM} ${seen} -f -a ${text(page.operands.join(" "))}`]),
    ];
  });
  return `# fish completion of ${PROGRAM}: ${PROGRAM} completion fish --output ~/.config/fish/completions/${PROGRAM}.fish
complete -c ${PROGRAM} -n __fish_use_subcommand -f -a help -d 'print the page of a command'
complete -c ${PROGRAM} -n '__fish_seen_subcommand_from help' -f -a ${text(names)}
${lines.join("\n")}
`;
}
