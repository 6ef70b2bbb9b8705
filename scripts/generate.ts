/**
 * The command `npm run generate`, which writes every file that is derived from the folders of patterns and parts and from
 * their manifests.
 * `npm run generate -- --check` writes nothing and fails while one of them is stale.
 */
import { staleFiles, writeGenerated } from "./generate/all";

function main(args: readonly string[]): number {
  if (args.length === 0) {
    const written = writeGenerated();
    process.stdout.write(written.map((file) => `wrote ${file}\n`).join("") || "everything is up to date\n");
    return 0;
  }
  if (args.length !== 1 || args[0] !== "--check") {
    process.stderr.write("usage: npm run generate [-- --check]\n");
    return 2;
  }
  const stale = staleFiles();
  process.stderr.write(stale.map((file) => `${file} is stale: run npm run generate\n`).join(""));
  return stale.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
