/**
 * Every example's Terraform is kept in `test/golden/`. A changed resource address destroys and creates what it names, so a
 * difference here is a breaking change until somebody has looked: `npm run golden` writes the files anew, and the diff is
 * reviewed like any other.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { exampleNames } from "../support/examples";
import { synthesizeExample } from "../support/synthesize-example";

const update = process.env["UPDATE_GOLDEN"] === "1";

describe.each(exampleNames())("the Terraform of examples/%s", (name) => {
  it("is the one that was reviewed", async () => {
    for (const { name: stack, terraform } of await synthesizeExample(name)) {
      const file = path.join(__dirname, "../golden", name, `${stack}.json`);
      const text = `${JSON.stringify(terraform, null, 2)}\n`;
      if (update) {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      if (!existsSync(file)) throw new Error(`no golden file for ${name}/${stack}: run npm run golden and review it`);
      expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(file, "utf8")));
    }
  }, 120_000);
});
