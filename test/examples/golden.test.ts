/**
 * The Terraform of every example is kept in `test/golden/`: of one stack for each pattern the whole, of the others the
 * addresses. A changed address destroys and creates what it names, so a difference here is a breaking change until somebody
 * has looked: `npm run golden` writes the files anew, and the diff is reviewed like any other. So are the pages in
 * `docs/access/`, which tell of each example who may assume, reach and decrypt what.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { readAccess, type Access } from "../../lib/plan/access";
import { accessMarkdown } from "../../lib/report/access-report";
import { exampleNames } from "../support/examples";
import { addressesOf, changedAddresses, goldenFiles } from "../support/golden";
import { synthesizeExample, type SynthesizedStack, type TerraformJson } from "../support/synthesize-example";

const root = path.join(__dirname, "../golden");
const accessPages = path.join(__dirname, "../../docs/access");

function write(folder: string, files: Readonly<Record<string, string>>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
}

/** The addresses in a golden file of either kind. */
function addressesIn(file: string, text: string): string[] {
  return file.endsWith(".json")
    ? addressesOf(JSON.parse(text) as TerraformJson)
    : text.split("\n").filter((line) => line !== "");
}

describe.each(exampleNames())("the Terraform of examples/%s", (example) => {
  const folder = path.join(root, example);
  let stacks: SynthesizedStack[] = [];
  let files: Record<string, string> = {};
  let access: Access;
  const accessPage = path.join(accessPages, `${example}.md`);
  const writtenPage = (): string => accessMarkdown(access, { title: `Access in examples/${example}` });

  beforeAll(async () => {
    stacks = await synthesizeExample(example);
    access = readAccess(stacks.map(({ name, written }) => ({ path: name, terraform: written })));
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(accessPage, writtenPage());
    files = Object.assign({}, ...stacks.map((stack) => goldenFiles(example, stack))) as Record<string, string>;
    if (process.env["UPDATE_GOLDEN"] === "1") write(folder, files);
  }, 120_000);

  it("is kept, and nothing else: otherwise run npm run golden and review it", () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(files).sort());
  });

  it("has the addresses that were reviewed", () => {
    const changes = Object.entries(files).map(([file, text]) => {
      const kept = readFileSync(path.join(folder, file), "utf8");
      return changedAddresses(`examples/${example}, ${file}`, addressesIn(file, kept), addressesIn(file, text));
    });
    const told = changes.filter((change) => change !== undefined);
    if (told.length > 0) throw new Error(told.join("\n\n"));
  });

  it("is the one that was reviewed, where the whole is kept", () => {
    for (const [file, text] of Object.entries(files)) {
      if (!file.endsWith(".json")) continue;
      expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(path.join(folder, file), "utf8")));
    }
  });

  it("gives the access that was reviewed, all of which could be read", () => {
    expect(writtenPage()).toBe(readFileSync(accessPage, "utf8"));
    expect(access.unread).toEqual([]);
  });
});

describe("docs/access", () => {
  it("has a page for each example, and an index", () => {
    expect(readdirSync(accessPages).sort()).toEqual(
      [...exampleNames().map((name) => `${name}.md`), "README.md"].sort(),
    );
  });
});

describe("a changed address", () => {
  const terraform = (name: string): TerraformJson => ({
    data: { aws_ami: { linux: {} } },
    resource: { aws_vpc: { [name]: {} }, aws_eip: { nat: {} } },
  });

  it("is shown, and said to be a breaking change", () => {
    const before = addressesOf(terraform("old"));
    expect(before).toEqual(["aws_eip.nat", "aws_vpc.old", "data.aws_ami.linux"]);
    const change = changedAddresses("examples/a, b.addresses.txt", before, addressesOf(terraform("new")));
    expect(change).toContain("breaking change");
    expect(change?.match(/^ {2}[-+] .*$/gm)).toEqual(["  - aws_vpc.old", "  + aws_vpc.new"]);
    expect(changedAddresses("a", before, before)).toBeUndefined();
  });
});
