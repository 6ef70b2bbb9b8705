/** `npm run docs`: writes the table of all rules, `docs/rules.md`. A test fails while the file is not what this would write. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { ruleFamilies } from "../lib/report/all-rules";
import { rulesMarkdown } from "../lib/report/rules-table";

const file = path.join(__dirname, "..", "docs", "rules.md");
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, rulesMarkdown(ruleFamilies));
process.stdout.write(`wrote ${path.relative(process.cwd(), file)}\n`);
