/**
 * The command `npm run generate`, which writes every file that is derived from the folders of patterns and parts and from
 * their manifests.
 * `npm run generate -- --check` writes nothing and fails while one of them is stale.
 * `npm run generate -- replacing-attributes [TYPE…]` asks the real AWS provider, which needs Terraform, and compares its answers
 * with the table that is made of them; `npm run generate -- ordered-attributes` writes the table of lists whose order counts.
 */
import { staleFiles, writeGenerated } from "./generate/all";

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === "replacing-attributes") {
    return providerQuestions().askReplacingAttributes(args.slice(1));
  }
  if (args.length === 1 && args[0] === "ordered-attributes") {
    return providerQuestions().writeOrderedAttributes();
  }
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

/** Loaded when asked for: they start Terraform with what the tests have for that, and a checkout without tests has none. */
function providerQuestions(): typeof import("./generate/provider-questions") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("./generate/provider-questions") as typeof import("./generate/provider-questions");
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
