#!/usr/bin/env node
/** The process's first step: an installation that does not fit is said in a sentence, before anything that needs it is loaded. */
import { installationProblem, thisInstallation } from "../core/installation";
import { EXIT_ERROR } from "./exit-status";

const problem = installationProblem(thisInstallation());
if (problem === undefined) {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require("./process") as typeof import("./process")).start();
} else {
  process.stderr.write(`migration-patterns: ${problem.message}\n`);
  process.exitCode = EXIT_ERROR;
}
