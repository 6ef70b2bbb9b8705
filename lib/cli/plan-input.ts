/** The bytes of a plan from a file, a named pipe or standard input, never more than the limit. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { MigrationError } from "../core/error";
import { PLAN_LIMIT, refuseLarge, type PlanFile } from "../plan/guard/read-plan";
import { recognizeBytes } from "../plan/guard/recognize-input";
import { fileRemedy } from "./file-remedies";
import type { Terminal } from "./terminal";

/** The name of standard input in reports and errors. */
const STANDARD_INPUT = "standard input";

/**
 * Reads the plan of that name; a dash or no name is standard input. Returns undefined where that is a terminal.
 *
 * @throws MigrationError `CLI_INPUT_FILE`, `PLAN_GUARD_TOO_LARGE`
 */
export async function planInput(name: string | undefined, terminal: Terminal): Promise<PlanFile | undefined> {
  if (name === undefined || name === "-") {
    const { stdin } = terminal;
    if (stdin === undefined || (name === undefined && stdin.isTTY === true)) return undefined;
    return { name: STANDARD_INPUT, bytes: await bounded(STANDARD_INPUT, stdin) };
  }
  try {
    const found = await stat(name);
    if (!found.isFile() && !found.isFIFO())
      throw refused(name, "name a file or a pipe, and neither a folder nor a device");
    // Before a byte is read.
    if (found.isFile()) refuseLarge(name, found.size);
    return { name, bytes: await bounded(name, createReadStream(name)) };
  } catch (cause) {
    if (cause instanceof MigrationError) throw cause;
    throw refused(name, fileRemedy(cause), cause);
  }
}

async function bounded(name: string, stream: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    chunks.push(bytes);
    size += bytes.length;
    // What is no text need not be read to its end.
    if (chunks.length === 1 && recognizeBytes(bytes) !== undefined) break;
    refuseLarge(name, size, PLAN_LIMIT);
  }
  return Buffer.concat(chunks);
}

function refused(name: string, fix: string, cause?: unknown): MigrationError {
  return new MigrationError({
    code: "CLI_INPUT_FILE",
    path: "PLAN",
    received: name,
    allowed: "a file that can be read, or a dash for standard input",
    fix,
    ...(cause === undefined ? {} : { cause }),
  });
}
