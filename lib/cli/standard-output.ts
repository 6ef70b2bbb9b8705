import { fstatSync, writeSync } from "node:fs";
import { MigrationError } from "../core/error";
import { writeRemedy } from "../core/whole-file";
import type { TextStream } from "./terminal";

const STANDARD_OUTPUT = 1;

/**
 * Returns standard output as the commands write to it. Node.js takes a file's short write for a whole one, which is what a
 * disk that fills up answers first; so a file or a device is written to here until all has arrived. A pipe, a socket and a
 * terminal stay with Node.js, which tells of their errors later.
 *
 * @throws MigrationError `CLI_OUTPUT` from `write`, where the file or device takes no more
 */
export function standardOutput(stream: NodeJS.WriteStream): TextStream {
  if (stream.isTTY || !isFileOrDevice()) return stream;
  return {
    write: (text) => {
      try {
        writeAll(Buffer.from(text));
      } catch (cause) {
        throw outputError(cause);
      }
    },
  };
}

/** Returns the error for output that cannot be written. */
export function outputError(cause: unknown): MigrationError {
  return new MigrationError({
    code: "CLI_OUTPUT",
    path: "standard output",
    fix: `the output is not whole, because ${writeRemedy(cause)}`,
    cause,
  });
}

function isFileOrDevice(): boolean {
  const found = fstatSync(STANDARD_OUTPUT);
  return found.isFile() || found.isCharacterDevice();
}

function writeAll(bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(STANDARD_OUTPUT, bytes, at);
}
