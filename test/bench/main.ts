/** `npm run bench`: every benchmark in turn, never two at once; ends with one line that counts their limits. */
import * as path from "node:path";
import { spawnSync } from "node:child_process";
import { enterRunFolder } from "../support/temporary-folder";

const benchmarks = ["imports.ts", "fleet.ts", "waves.ts"];

enterRunFolder();
let passed = 0;
let failed = 0;
for (const name of benchmarks) {
  console.log(`\n${name}`);
  const child = spawnSync(process.execPath, [require.resolve("tsx/cli"), path.join(__dirname, name)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.stdout.write(child.stdout);
  const counts = /(\d+) passed, (\d+) failed\s*$/.exec(child.stdout);
  passed += Number(counts?.[1] ?? 0);
  failed += Number(counts?.[2] ?? (child.status === 0 ? 0 : 1));
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
