import { accessSync, constants } from "node:fs";
import * as path from "node:path";

/** The names under which distributions install it. */
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The browser: what `CHROMIUM_PATH` names, or the first on the PATH. Undefined where there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM_PATH !== undefined && env.CHROMIUM_PATH !== "") {
    return isExecutable(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
  }
  const folders = (env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
