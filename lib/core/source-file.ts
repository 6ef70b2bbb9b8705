/** The file of the user's code that is calling. */
import * as path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the library's own modules. */
const OWN = path.dirname(__dirname) + path.sep;
/** Enough for a construct that a user's own helpers make. */
const FRAMES = 50;

/**
 * Returns the file from which the library was called, as people write it from the folder of their app: the first on the stack
 * that is neither the library's nor a dependency's. Undefined where there is none within that folder.
 */
export function callingFile(): string | undefined {
  const before = Object.getOwnPropertyDescriptors(Error);
  let files: readonly string[] = [];
  try {
    Error.stackTraceLimit = FRAMES;
    // Not through source maps: the module's own name is asked for, and not a line in it.
    Error.prepareStackTrace = (_error, frames) => frames.flatMap((frame) => frame.getFileName() ?? []);
    const { stack } = new Error() as { readonly stack?: unknown };
    files = Array.isArray(stack) ? (stack as readonly string[]) : [];
  } finally {
    Object.defineProperty(Error, "stackTraceLimit", before.stackTraceLimit);
    if ("prepareStackTrace" in before) Object.defineProperty(Error, "prepareStackTrace", before.prepareStackTrace);
    else delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
  }
  const paths = files.map((file) => (file.startsWith("file://") ? fileURLToPath(file) : file));
  const calling = paths.find((file) => path.isAbsolute(file) && !file.startsWith(OWN) && !isDependency(file));
  if (calling === undefined) return undefined;
  const relative = path.relative(process.cwd(), calling);
  return relative.startsWith("..") || path.isAbsolute(relative) ? undefined : relative.split(path.sep).join("/");
}

function isDependency(file: string): boolean {
  return file.split(path.sep).includes("node_modules");
}
