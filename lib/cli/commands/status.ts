import { append } from "../../core/collections";
import { MigrationError } from "../../core/error";
import type { StageRecord } from "../../core/stage-record";
import { declaredMigrations, type DeclaredMigration } from "../../plan/status/declared-migrations";
import { migrationStatuses, type RecordedRegion } from "../../plan/status/migration-status";
import { readSynthesizedApp } from "../../plan/synthesized-app";
import { migrationStatusJson, migrationStatusText } from "../../report/migration-status";
import type { ReadStageRecordsOptions } from "../../runtime/stage-record";
import type { Arguments } from "../arguments";
import { deliver } from "../write-output";
import { EXIT_OK } from "../exit-status";
import { layoutOptions, outputFile } from "../report-options";
import type { Terminal } from "../terminal";

/** The folder into which CDKTF writes an app unless `cdktf.json` names another. */
const DEFAULT_SYNTHESIZED = "cdktf.out";

/** A function that reads the stage records of an app in an account. */
export type ReadRecords = (options: ReadStageRecordsOptions) => Promise<readonly StageRecord[]>;

/** Runs `migration-patterns status`. */
export async function runStatus(
  args: Arguments,
  terminal: Terminal,
  read: ReadRecords = readFromAccount,
): Promise<number> {
  if (args.operands.length > 0) {
    throw new MigrationError({
      code: "CLI_UNEXPECTED_ARGUMENT",
      received: args.operands[0],
      allowed: "options only",
      fix: "name the folder with --synthesized, or the app with --app",
    });
  }
  const coded = codedBy(args, terminal);
  const statuses = migrationStatuses(coded, await recordedFor(coded, args, terminal, read));
  const text =
    args.value("format") === "json"
      ? migrationStatusJson(statuses)
      : statuses.length === 0
        ? nothing(args)
        : migrationStatusText(statuses, layoutOptions(args, terminal));
  deliver(terminal, outputFile(args), text);
  return EXIT_OK;
}

/** The SDK takes a fifth of a second to load, and no other command needs it. */
const readFromAccount: ReadRecords = (options) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { readStageRecords } = require("../../runtime/stage-record") as typeof import("../../runtime/stage-record");
  return readStageRecords(options);
};

/** Returns the migrations that the code declares, each with the region in which its record is looked for. */
function codedBy(args: Arguments, terminal: Terminal): DeclaredMigration[] {
  const apps = args.all("app");
  const folder = args.value("synthesized") ?? (apps.length === 0 ? DEFAULT_SYNTHESIZED : undefined);
  if (folder === undefined) return [];
  return readSynthesizedApp(folder, "--synthesized")
    .flatMap(({ name, terraform }) => declaredMigrations(name, terraform))
    .filter(({ app }) => apps.length === 0 || apps.includes(app))
    .map(({ region: own, ...migration }) => {
      const region = args.value("region") ?? own ?? environmentRegion(terminal);
      return { ...migration, ...(region === undefined ? {} : { region }) };
    });
}

/** One request for each app and region, one after the other: a plan has few of them, and Parameter Store throttles early. */
async function recordedFor(
  coded: readonly DeclaredMigration[],
  args: Arguments,
  terminal: Terminal,
  read: ReadRecords,
): Promise<RecordedRegion[]> {
  const fallback = args.value("region") ?? environmentRegion(terminal);
  const wanted = new Map<string | undefined, Set<string>>();
  const want = (region: string | undefined, app: string): void => {
    wanted.set(region, (wanted.get(region) ?? new Set()).add(app));
  };
  for (const { region, app } of coded) want(region, app);
  for (const app of args.all("app")) if (!coded.some((each) => each.app === app)) want(fallback, app);
  const recorded: RecordedRegion[] = [];
  for (const [region, apps] of wanted) {
    const records: StageRecord[] = [];
    for (const app of apps) append(records, await read({ app, ...(region === undefined ? {} : { region }) }));
    recorded.push({ ...(region === undefined ? {} : { region }), records });
  }
  return recorded;
}

/** The SDK's own order but for the profile, which only the SDK reads. */
function environmentRegion({ env }: Terminal): string | undefined {
  return env.AWS_REGION === "" ? undefined : env.AWS_REGION;
}

function nothing(args: Arguments): string {
  const apps = args.all("app");
  return apps.length > 0
    ? `no migration of ${apps.join(", ")} is recorded there\n`
    : `no migration of ${args.value("synthesized") ?? DEFAULT_SYNTHESIZED} records its stages\n`;
}
