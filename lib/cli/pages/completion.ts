import { environmentSection, outputOption, type CommandPage } from "../command-page";

/** The shells that are completed. */
export const shellNames = ["bash", "zsh", "fish"] as const;

/** The help of `migration-patterns completion`. */
export const completionPage: CommandPage = {
  name: "completion",
  summary: "print the script by which a shell completes commands, options and their values",
  synopsis: ["completion [OPTION]... SHELL"],
  description: [
    `Prints the completion script for SHELL, one of ${shellNames.join(", ")}. It completes commands, the options of each, the values ` +
      "of options that have a list of them, and files everywhere else. It is made of the manual pages, so print it anew after an upgrade.",
  ],
  operands: shellNames,
  options: [outputOption],
  sections: [
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "Printed."],
        ["2", "The command was called wrongly, or there is no script for that shell."],
      ],
    },
    environmentSection,
  ],
  examples: [
    ["In ~/.bashrc:", 'eval "$(migration-patterns completion bash)"'],
    ["In ~/.zshrc, after compinit:", 'eval "$(migration-patterns completion zsh)"'],
    [
      "For fish, once:",
      "migration-patterns completion fish --output ~/.config/fish/completions/migration-patterns.fish",
    ],
  ],
};
