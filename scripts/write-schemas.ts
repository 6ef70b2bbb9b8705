/**
 * The last step of `npm run build`: the JSON Schema of each document that people write, as a file of the package,
 * `schemas/NAME.schema.json`, for editors and checks that run no command. The built command prints them, so that there is one of each.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { schemaNames } from "../lib/cli/pages/schema";
import { root } from "./generate/folders";

const folder = path.join(root, "schemas");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const name of schemaNames) {
  const output = path.join(folder, `${name}.schema.json`);
  execFileSync(process.execPath, [path.join(root, "dist/cli/main.js"), "schema", name, "--output", output]);
}
