/** The process around the command line: standard streams, the environment, and the exit status. Everything else is in `run`. */
import { EXIT_ERROR } from "./exit-status";
import { run } from "./run";
import { outputError, standardOutput } from "./standard-output";

/** Runs the command line on this process, and sets its exit status. */
export function start(): void {
  let broken = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) closes the pipe: that is no error, and the exit status stays what it would be.
    if (error.code === "EPIPE" || broken) return;
    broken = true;
    process.stderr.write(`migration-patterns: ${outputError(error).message}\n`);
    process.exitCode = EXIT_ERROR;
  });
  process.stderr.on("error", () => {
    // Nobody is left to be told.
  });

  const terminal = {
    // Read when a command asks for it: to look at it keeps a process alive whose pipe nobody closes.
    get stdin() {
      return process.stdin;
    },
    stdout: standardOutput(process.stdout),
    stderr: process.stderr,
    env: process.env,
  };
  // The exit status is set rather than forced, so that what has been written to a pipe arrives before the process ends.
  void run(process.argv.slice(2), terminal).then((status) => {
    if (!broken) process.exitCode = status;
  });
}
