import { existsSync, statSync } from "node:fs";
import * as path from "node:path";
import { MigrationError } from "../../core/error";
import { printable } from "../../core/printable";
import { shellWord } from "../../core/shell";
import { count } from "../../core/text";
import { inRange } from "../../core/version-range";
import { mergeInventories } from "../../inventory/merge-inventories";
import type { Inventory } from "../../inventory/model";
import { patternTerms } from "../../patterns/pattern-terms";
import { inventoryFacts, serversPhrase } from "../../report/inventory-facts";
import { addFiles, refuseExisting } from "../add-files";
import { missingArgument, type Arguments } from "../arguments";
import { EXIT_OK } from "../exit-status";
import {
  appName,
  backendOf,
  oneOf,
  patternNames,
  regionName,
  suggestedApp,
  type Backend,
  type InitAnswers,
} from "../init/answers";
import { copyEstate, ESTATE_FOLDER } from "../init/estate-files";
import { interviewAt, type Interview } from "../init/interview";
import { platformRepo, type OwnEstate, type PlatformRepo } from "../init/platform-repo";
import { toolchainPackages } from "../init/versions";
import { initPage, pipelineNames, toolchainNames } from "../pages/init";
import { readInventories } from "../read-inputs";
import type { Terminal } from "../terminal";
import { version } from "../version";

/** Runs `migration-patterns init`. */
export async function runInit(args: Arguments, terminal: Terminal): Promise<number> {
  const { folder, inventory } = operandsOf(args);
  // Before a question is asked or a workbook is read for ten seconds.
  refuseExisting(folder, namesOf({ ...DEFAULTS, patterns: patternNames(args.all("pattern")) }));
  const interview = args.has("yes") ? undefined : interviewAt(terminal);
  try {
    const wishes = new Wishes(args, terminal, interview);
    const answers: InitAnswers = {
      patterns: await wishes.patterns(),
      app: await wishes.value("app", "Name of the app", suggestedApp(folder), appName),
      region: await wishes.value("region", "AWS region", terminal.env["AWS_REGION"] ?? DEFAULTS.region, regionName),
      toolchain: await wishes.value("toolchain", toolchainQuestion, DEFAULTS.toolchain, (text) =>
        oneOf("--toolchain", toolchainNames, text),
      ),
      backend: await wishes.value("backend", "Terraform's state, local or s3://BUCKET/PREFIX", "local", backendOf),
      pipeline: await wishes.value("ci", pipelineQuestion, "github", (text) => oneOf("--ci", pipelineNames, text)),
      library: libraryOf(args, folder),
    };
    refuseExisting(folder, namesOf(answers));
    const given = await wishes.inventory(inventory);
    const own = given.length === 0 ? undefined : await ownEstate(given);
    const repo = platformRepo(answers, own);
    addFiles(folder, repo.files);
    if (interview !== undefined)
      interview.say(`\nthe same without a question:\n  ${commandOf(folder, answers, given)}\n`);
    terminal.stdout.write(writtenText(folder, answers, repo, own));
    return EXIT_OK;
  } finally {
    await interview?.end();
  }
}

const toolchainQuestion = `Tool chain, ${toolchainNames.join(" or ")}`;
const pipelineQuestion = `Pipeline, one of ${pipelineNames.join(", ")}`;

/** A repo without a pattern: its files are those that every repo has. */
const DEFAULTS: InitAnswers = {
  patterns: [],
  app: "platform",
  region: "eu-central-1",
  toolchain: "cdktf",
  backend: { kind: "local" },
  pipeline: "none",
  library: "",
};

/** Returns the names of a repo's files, but for those of its estate. */
function namesOf(answers: InitAnswers): string[] {
  const names = platformRepo(answers).files.map(({ name }) => name);
  return names.filter((name) => !name.startsWith(`${ESTATE_FOLDER}/`));
}

/** An inventory that was read: its file or folder as the user named it, and what is in it. */
interface Given {
  readonly name: string;
  readonly inventory: Inventory;
}

/** The wishes of the user: said by an option, by an answer, or left to the default. */
class Wishes {
  constructor(
    private readonly args: Arguments,
    private readonly terminal: Terminal,
    private readonly interview: Interview | undefined,
  ) {}

  /** Returns the value of an option, or asks for it. */
  public async value<Value>(
    name: string,
    question: string,
    fallback: string,
    read: (text: string) => Value,
  ): Promise<Value> {
    const said = this.args.value(name);
    if (said !== undefined) return read(said);
    return this.interview === undefined ? read(fallback) : this.interview.ask(question, fallback, read);
  }

  public async patterns(): Promise<readonly string[]> {
    const said = this.args.all("pattern");
    if (said.length > 0) return patternNames(said);
    if (this.interview === undefined) {
      throw missingArgument(initPage, `--pattern NAME, one of ${patternTerms.map(([name]) => name).join(", ")}`);
    }
    this.interview.say("Patterns:");
    for (const [index, [name, text]] of patternTerms.entries()) this.interview.say(`  ${index + 1}  ${name}  ${text}`);
    return this.interview.ask("Names or numbers, separated by spaces", "1", (text) =>
      patternNames(text.split(/[\s,]+/).filter((word) => word !== "")),
    );
  }

  /** Reads the inventories that the options name, or asks for them one by one. */
  public async inventory(named: readonly string[]): Promise<readonly Given[]> {
    const given: Given[] = [];
    for (const name of named) given.push({ name, inventory: await readInventories([name], this.args, this.terminal) });
    if (named.length > 0 || this.interview === undefined) return given;
    for (;;) {
      const question =
        given.length === 0 ? "Inventory file or folder, or nothing for a small sample" : "Another one, or nothing";
      const next = await this.interview.ask(question, "", async (text): Promise<Given | undefined> => {
        // As a terminal quotes a file that is dropped into it.
        const name = text.replace(/^(['"])(.*)\1$/, "$2");
        return name === "" ? undefined : { name, inventory: await readInventories([name], this.args, this.terminal) };
      });
      if (next === undefined) return given;
      this.interview.say(`  ${serversPhrase(inventoryFacts(next.inventory))}, ${next.inventory.format ?? ""}`);
      given.push(next);
    }
  }
}

function operandsOf(args: Arguments): { readonly folder: string; readonly inventory: readonly string[] } {
  const [folder, ...more] = args.operands;
  if (folder === undefined) throw missingArgument(initPage, "DIR");
  const inventory = args.all("inventory");
  const refuse = (received: string, allowed: string, fix: string): MigrationError =>
    new MigrationError({ code: "CLI_UNEXPECTED_ARGUMENT", received, allowed, fix });
  const [second] = more;
  if (inventory.length === 0 && second !== undefined) {
    throw refuse(second, "one folder", "name inventory files with --inventory");
  }
  if (statSync(folder, { throwIfNoEntry: false })?.isFile() === true) {
    throw refuse(
      folder,
      "a folder, before the inventory files",
      "write: migration-patterns init DIR --inventory FILE...",
    );
  }
  return { folder, inventory: [...inventory, ...more] };
}

/** Returns what npm is asked for to install the library: a file is named from the repo's own folder. */
function libraryOf(args: Arguments, folder: string): string {
  const said = args.value("package");
  if (said === undefined) return version();
  return existsSync(said) ? `file:${path.relative(folder, said).split(path.sep).join("/")}` : said;
}

async function ownEstate(given: readonly Given[]): Promise<OwnEstate> {
  const { paths, files } = await copyEstate(given.map(({ name }) => name));
  return { paths, files, inventory: mergeInventories(...given.map(({ inventory }) => inventory)) };
}

function backendText(backend: Backend): string {
  if (backend.kind === "local") return "local";
  return `s3://${backend.bucket}${backend.prefix === "" ? "" : `/${backend.prefix}`}`;
}

/** Returns the command that writes the same repo. */
function commandOf(folder: string, answers: InitAnswers, given: readonly Given[]): string {
  const { app, patterns, region, toolchain, backend, pipeline, library } = answers;
  const words = [
    ...["migration-patterns", "init", folder],
    ...patterns.flatMap((name) => ["--pattern", name]),
    ...given.flatMap(({ name }) => ["--inventory", name]),
    ...["--app", app, "--region", region, "--toolchain", toolchain],
    ...["--backend", backendText(backend), "--ci", pipeline],
    ...(library === version() ? [] : ["--package", library]),
    "--yes",
  ];
  return printable(words.map(shellWord).join(" "));
}

function writtenText(
  folder: string,
  answers: InitAnswers,
  { files, open }: PlatformRepo,
  own: OwnEstate | undefined,
): string {
  const place = shellWord(folder);
  const { command, node } = toolchainPackages(answers.toolchain);
  const estate =
    own === undefined
      ? "a small sample"
      : `${serversPhrase(inventoryFacts(own.inventory))}, from ${own.paths.join(", ")}`;
  const checklist =
    open === undefined
      ? "answered, as the sample has it"
      : `${10 - open.length} of 10 items answered by the inventory, ${open.length} open`;
  const rows: readonly (readonly [string, string])[] = [
    ["estate", estate],
    ["checklist", checklist],
    ["stacks", answers.patterns.join(", ")],
    ["state", backendText(answers.backend)],
  ];
  return [
    `wrote ${count(files.length, "file")} to ${printable(folder)}`,
    ...rows.map(([what, text]) => `  ${what.padEnd(10)} ${printable(text)}`),
    "",
    "next:",
    `  cd ${printable(place)}`,
    ...(inRange(process.versions.node, node)
      ? ["  npm install"]
      : [`  npm install   # needs Node.js ${node}, and this is ${process.versions.node}`]),
    "  npm test",
    `  npx ${command} synth   # ${open === undefined ? "writes cdktf.out/stacks, with the plan's report.html" : "says what is missing, first what holds most"}`,
    ...(own?.inventory.flows.length === 0
      ? [
          "  settings.ts   # no connections are known, and security groups are made of them: name a CSV beside the export",
        ]
      : []),
    "",
  ].join("\n");
}
