/**
 * The one way to a temporary folder. The run, be it jest's or a script's, has one folder in the system's temporary directory;
 * everything that it, its workers, CDKTF or another program that it starts puts into "the temporary directory" lies in there,
 * and goes with it, also when a test fails or somebody interrupts it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import * as path from "node:path";

/** Names the run's folder to the processes that the run starts: they use it, and leave its removal to the run. */
const VARIABLE = "MIGRATION_PATTERNS_RUN_FOLDER";

/** Makes the run's folder the temporary directory of this process and of all that it starts. Does nothing within a run. */
export function enterRunFolder(): void {
  if (process.env[VARIABLE] !== undefined) return;
  const folder = mkdtempSync(path.join(tmpdir(), "patterns-"));
  process.env[VARIABLE] = folder;
  process.env["TMPDIR"] = folder;
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}

/** Makes a folder that is removed when the run ends. */
export function makeTemporaryFolder(name = "test"): string {
  enterRunFolder();
  return mkdtempSync(path.join(tmpdir(), `${name}-`));
}

/** Makes a folder that stays, for somebody who asked to look at it afterwards. */
export function makeLastingFolder(name: string): string {
  const run = process.env[VARIABLE];
  return mkdtempSync(path.join(run === undefined ? tmpdir() : path.dirname(run), `${name}-`));
}
