import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { MigrationError } from "../../core/error";
import {
  ESTATE_FILE,
  formatEstateRecord,
  readEstateRecord,
  type EstateRecord,
} from "../../inventory/estate/estate-record";
import { readIdentities } from "../../plan/estate/read-identities";
import { forgetRecorded, updateEstate, type EstateUpdate } from "../../plan/estate/update-record";
import { estateLockJson, estateLockText, type EstateLockReport } from "../../report/estate-lock";
import type { Arguments } from "../arguments";
import { EXIT_BLOCKED, EXIT_OK } from "../exit-status";
import { fileRemedy } from "../file-remedies";
import { colorOf, widthOf, type Terminal } from "../terminal";
import { deliver } from "../write-output";

/** The folder into which CDKTF writes an app unless `cdktf.json` names another. */
const DEFAULT_SYNTHESIZED = "cdktf.out";

/** Runs `migration-patterns lock`. */
export async function runLock(args: Arguments, terminal: Terminal): Promise<number> {
  const folder = folderOf(args);
  const file = args.value("output") ?? ESTATE_FILE;
  const names = args.all("forget");
  const previous = await recordIn(file);
  const say = (outcome: EstateLockReport["outcome"], { record, changes }: EstateUpdate): void => {
    const report = { file, outcome, servers: record.servers.length, changes };
    const layout = { width: widthOf(terminal), color: colorOf(terminal, args.has("no-color")) };
    terminal.stdout.write(args.value("format") === "json" ? estateLockJson(report) : estateLockText(report, layout));
  };
  if (names.length > 0) {
    if (previous === undefined) throw missing(file, "there is nothing to forget where nothing is recorded");
    const record = forgetRecorded(previous.record, names);
    deliver(terminal, file, formatEstateRecord(record));
    say("written", { record, changes: [] });
    return EXIT_OK;
  }
  const apps = args.all("app");
  const identities = readIdentities(folder, "DIR").filter(({ app }) => apps.length === 0 || apps.includes(app));
  const update = updateEstate(previous?.record, identities);
  if (update.changes.some(({ kind }) => kind === "gone")) {
    say("refused", update);
    return EXIT_BLOCKED;
  }
  const text = formatEstateRecord(update.record);
  if (text === previous?.text) {
    say("unchanged", update);
    return EXIT_OK;
  }
  if (args.has("check")) {
    say("stale", update);
    return EXIT_BLOCKED;
  }
  deliver(terminal, file, text);
  say("written", update);
  return EXIT_OK;
}

function folderOf(args: Arguments): string {
  const [folder, second] = args.operands;
  const refuse = (received: string, allowed: string, fix: string): MigrationError =>
    new MigrationError({ code: "CLI_UNEXPECTED_ARGUMENT", received, allowed, fix });
  if (second !== undefined) throw refuse(second, "one folder", "record one synthesized app at a time");
  if (!args.has("forget")) return folder ?? DEFAULT_SYNTHESIZED;
  if (folder !== undefined) throw refuse(folder, "no folder beside --forget", "leave it out: only the record is read");
  if (args.has("check")) throw refuse("--check", "--forget alone", "check the record after it was written");
  return DEFAULT_SYNTHESIZED;
}

async function recordIn(file: string): Promise<{ readonly record: EstateRecord; readonly text: string } | undefined> {
  if (!existsSync(file)) return undefined;
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw missing(file, fileRemedy(cause), cause);
  }
  return { record: readEstateRecord(text, file), text };
}

function missing(file: string, fix: string, cause?: unknown): MigrationError {
  return new MigrationError({
    code: "CLI_INPUT_FILE",
    path: "--output",
    received: file,
    allowed: "the file of a record that can be read",
    fix,
    ...(cause === undefined ? {} : { cause }),
  });
}
