/**
 * `npx tsx test/consumer/pages.ts [PAGE…] [--package FILE] [--write]`: runs the commands of every page, in the order in which a reader
 * finds them, and compares what they print, or writes it to the page. Without a package this checkout is the package, and must be built.
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { stepsOf } from "../support/page-commands";
import { PageReader, staleSources } from "../support/page-reader";
import { pagesOf } from "../support/pages";
import type { Row } from "./project";

const root = path.join(__dirname, "../..");

/** Options of {@link readPages}. */
export interface ReadPagesOptions {
  /** @default - all */
  readonly pages?: readonly string[];
  /** The file of the packed library, whose pages and files the reader has. @default - this checkout */
  readonly tarball?: string;
  /** Called with each row as soon as there is one. */
  readonly report: (row: Row) => void;
}

/** Does what the pages say. */
export async function readPages({ pages, tarball, report }: ReadPagesOptions): Promise<void> {
  const reader = PageReader.make(tarball);
  for (const page of pages ?? pagesOf(reader.package)) {
    const text = readFileSync(path.join(reader.package, page), "utf8");
    const commands = stepsOf(text).filter(({ kind }) => kind === "command").length;
    if (commands === 0) continue;
    const started = Date.now();
    const problems = await reader.problemsOf(text);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    report({
      what: `${page}, its commands`,
      ok: problems.length === 0,
      detail: problems.length === 0 ? `${commands}, ${seconds} s` : problems.join("\n"),
    });
  }
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { package: { type: "string" }, write: { type: "boolean" } },
  });
  if (values.package === undefined && staleSources().length > 0) {
    console.error("what is built is not of these sources: npm run build");
    return 2;
  }
  if (values.write === true) {
    const reader = PageReader.make();
    for (const page of positionals) writeFileSync(page, await reader.rewritten(readFileSync(page, "utf8")));
    return 0;
  }
  const rows: Row[] = [];
  await readPages({
    ...(positionals.length === 0 ? {} : { pages: positionals.map((page) => path.relative(root, path.resolve(page))) }),
    ...(values.package === undefined ? {} : { tarball: path.resolve(values.package) }),
    report: (row) => {
      rows.push(row);
      console.log(`${row.ok ? "ok  " : "FAIL"} ${row.what}: ${row.detail}`);
    },
  });
  return rows.length > 0 && rows.every(({ ok }) => ok) ? 0 : 1;
}

if (require.main === module) {
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
