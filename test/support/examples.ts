import { readdirSync, existsSync } from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "../../examples");

/** The names of all examples: the folders of `examples/` that have a `main.ts`. */
export function exampleNames(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, entry.name, "main.ts")))
    .map((entry) => entry.name)
    .sort();
}

/** The file that a user would run. */
export function exampleMain(name: string): string {
  return path.join(root, name, "main.ts");
}
