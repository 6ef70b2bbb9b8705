/**
 * The command `npm run generate`, which writes every file that is derived from the folders of patterns and parts and from
 * their manifests.
 * `npm run generate -- --check` writes nothing and fails while one of them is stale.
 * `npm run generate -- replacing-attributes [TYPE…]` asks the real AWS provider, which needs Terraform, and compares its answers
 * with the table that is made of them; `npm run generate -- ordered-attributes` writes the table of lists whose order counts.
 */
import { staleFiles, writeGenerated } from "./generate/all";
import { writeOrderedAttributes } from "./generate/ordered-attributes";
import { askReplacingAttributes } from "./generate/replacing-attributes/main";

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === "replacing-attributes") {
    return askReplacingAttributes(args.slice(1));
  }
  if (args.length === 1 && args[0] === "ordered-attributes") return writeOrderedAttributes();
  if (args.length === 0) {
    const written = writeGenerated();
    process.stdout.write(written.map((file) => `wrote ${file}\n`).join("") || "everything is up to date\n");
    return 0;
  }
  if (args.length !== 1 || args[0] !== "--check") {
    process.stderr.write(
      "usage: npm run generate [-- --check | -- replacing-attributes [TYPE…] | -- ordered-attributes]\n",
    );
    return 2;
  }
  const stale = staleFiles();
  process.stderr.write(stale.map((file) => `${file} is stale: run npm run generate\n`).join(""));
  return stale.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
