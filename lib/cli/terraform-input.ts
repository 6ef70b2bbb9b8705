/** The bytes of what Terraform prints, from a file, a named pipe or standard input, never more than the limit. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { MigrationError } from "../core/error";
import { fileRemedy } from "./file-remedies";
import type { Terminal } from "./terminal";

/** The name of standard input in reports and errors. */
const STANDARD_INPUT = "standard input";

/** The limits of an input, and its name in errors. */
export interface TerraformInput {
  /** The argument or option that names it, for errors. */
  readonly argument: string;
  /**
   * Refuses an input of so many bytes, before it is in memory.
   *
   * @throws MigrationError
   */
  readonly refuseLarge: (name: string, size: number) => void;
  /**
   * Checks whether the first bytes tell that the others need not be read.
   * @default - all are read
   */
  readonly isHopeless?: (bytes: Uint8Array) => boolean;
}

/**
 * Reads the input of that name; a dash or no name is standard input. Returns undefined where that is a terminal.
 *
 * @throws MigrationError `CLI_INPUT_FILE`, and those of `refuseLarge`
 */
export async function terraformInput(
  name: string | undefined,
  terminal: Terminal,
  input: TerraformInput,
): Promise<{ readonly name: string; readonly bytes: Uint8Array } | undefined> {
  if (name === undefined || name === "-") {
    const { stdin } = terminal;
    if (stdin === undefined || (name === undefined && stdin.isTTY === true)) return undefined;
    return { name: STANDARD_INPUT, bytes: await bounded(STANDARD_INPUT, stdin, input) };
  }
  try {
    const found = await stat(name);
    if (!found.isFile() && !found.isFIFO())
      throw refused(input, name, "name a file or a pipe, and neither a folder nor a device");
    // Before a byte is read.
    if (found.isFile()) input.refuseLarge(name, found.size);
    return { name, bytes: await bounded(name, createReadStream(name), input) };
  } catch (cause) {
    if (cause instanceof MigrationError) throw cause;
    throw refused(input, name, fileRemedy(cause), cause);
  }
}

async function bounded(
  name: string,
  stream: AsyncIterable<Uint8Array | string>,
  { refuseLarge, isHopeless }: TerraformInput,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    chunks.push(bytes);
    size += bytes.length;
    if (chunks.length === 1 && isHopeless?.(bytes) === true) break;
    refuseLarge(name, size);
  }
  return Buffer.concat(chunks);
}

function refused({ argument }: TerraformInput, name: string, fix: string, cause?: unknown): MigrationError {
  return new MigrationError({
    code: "CLI_INPUT_FILE",
    path: argument,
    received: name,
    allowed: "a file that can be read, or a dash for standard input",
    fix,
    ...(cause === undefined ? {} : { cause }),
  });
}
