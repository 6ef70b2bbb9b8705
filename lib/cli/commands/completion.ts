import { MigrationError } from "../../core/error";
import { missingArgument, type Arguments } from "../arguments";
import { completionScript } from "../completion-script";
import { EXIT_OK } from "../exit-status";
import { pages } from "../pages/all";
import { completionPage, shellNames } from "../pages/completion";
import { outputFile } from "../report-options";
import { nearest } from "../../core/suggest";
import type { Terminal } from "../terminal";
import { deliver } from "../write-output";

/** Runs `migration-patterns completion`. */
export function runCompletion(args: Arguments, terminal: Terminal): number {
  const [name, another] = args.operands;
  if (name === undefined) throw missingArgument(completionPage, `SHELL, one of ${shellNames.join(", ")}`);
  if (another !== undefined) {
    throw new MigrationError({
      code: "CLI_UNEXPECTED_ARGUMENT",
      received: another,
      allowed: "one shell",
      fix: "print one script at a time",
    });
  }
  const shell = shellNames.find((each) => each === name);
  if (shell === undefined) {
    const meant = nearest(name, shellNames);
    throw new MigrationError({
      code: "CLI_UNKNOWN_SHELL",
      received: name,
      allowed: `one of ${shellNames.join(", ")}`,
      fix: meant === undefined ? "choose one of them" : `did you mean ${meant}?`,
    });
  }
  deliver(terminal, outputFile(args), completionScript(shell, pages));
  return EXIT_OK;
}
