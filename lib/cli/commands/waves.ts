import { checklistSchema } from "../../assessment/checklist/checklist";
import { applyDecisions } from "../../assessment/decisions";
import { readChecklist } from "../../assessment/read-documents";
import { MigrationError } from "../../core/error";
import { isBlocking } from "../../core/finding";
import { runRules } from "../../core/rule";
import { inventoryMoves, type InventoryMoves } from "../../plan/waves/inventory-moves";
import type { Move, WaveCalendar, WaveLimits } from "../../plan/waves/move";
import { planWaves } from "../../plan/waves/plan-waves";
import { DEFAULT_ROUND_TRIP_MILLISECONDS, waveRules } from "../../plan/waves/wave-rules";
import { wavePlanJson, wavePlanMarkdown, wavePlanText, type ReportedWavePlan } from "../../report/wave-plan";
import { missingArgument, type Arguments } from "../arguments";
import { documentFile } from "../document-file";
import { deliver } from "../write-output";
import { EXIT_BLOCKED, EXIT_OK } from "../exit-status";
import { readInventories } from "../read-inputs";
import { wavesPage } from "../pages/waves";
import { layoutOptions, outputFile } from "../report-options";
import type { Terminal } from "../terminal";

const DEFAULT_DAYS_BETWEEN_WAVES = 7;

/** Runs `migration-patterns waves`. */
export async function runWaves(args: Arguments, terminal: Terminal): Promise<number> {
  if (args.operands.length === 0) throw missingArgument(wavesPage, "FILE");
  // What is wrong with the call is said before a workbook is read for ten seconds.
  const limits = limitsOf(args);
  const minutes = args.positiveInteger("minutes-per-move");
  const roundTripMilliseconds = args.positiveInteger("round-trip") ?? DEFAULT_ROUND_TRIP_MILLISECONDS;
  const calendar = calendarOf(args);

  const checklistFile = args.value("checklist");
  const checklist =
    checklistFile === undefined ? undefined : readChecklist(await documentFile("--checklist", checklistFile));
  const read = await readInventories(args.operands, args, terminal);
  const inventory = checklist === undefined ? read : applyDecisions(read, checklistSchema.parse(checklist));
  const found = without(args.all("exclude"), inventoryMoves(inventory));
  // Said to people alone: what reads JSON or writes a file asks nobody.
  const forPeople = (args.value("format") ?? "text") === "text" && checklist === undefined;
  const notDecided = forPeople && inventory.servers.every(({ strategy }) => strategy === undefined);
  const plan = planWaves({
    ...found,
    moves: found.moves.map(({ pinnedTo, ...move }): Move => ({
      ...move,
      ...(pinnedTo === undefined || args.has("ignore-pins") ? {} : { pinnedTo }),
      ...(minutes === undefined ? {} : { minutes }),
    })),
    limits,
    ...(calendar === undefined ? {} : { calendar }),
  });
  const findings = runRules(waveRules, { plan, roundTripMilliseconds });
  deliver(terminal, outputFile(args), render({ plan, findings }, args, terminal));
  if (notDecided) terminal.stderr.write(`${NOT_DECIDED}\n`);
  return findings.some(isBlocking) ? EXIT_BLOCKED : EXIT_OK;
}

const NOT_DECIDED =
  "migration-patterns: note: no server of the inventory has a strategy, so all of them are in the waves; the checklist's decisions, retired servers among them, are read with --checklist FILE";

function render(reported: ReportedWavePlan, args: Arguments, terminal: Terminal): string {
  const format = args.value("format");
  if (format === "json") return wavePlanJson(reported);
  if (format === "markdown") return wavePlanMarkdown(reported);
  return wavePlanText(reported, layoutOptions(args, terminal));
}

/** The planner ignores dependencies on what does not move, but not names in a group. */
function without(excluded: readonly string[], { moves, dependencies, together }: InventoryMoves): InventoryMoves {
  const known = new Set(moves.map(({ name }) => name));
  const unknown = excluded.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new MigrationError({
      code: "CLI_OPTION_VALUE",
      path: "--exclude",
      received: unknown,
      allowed: "the name of a server that migrates, as the inventory spells it",
      fix: "correct the name, or leave it out: a server that retires or stays is in no wave anyway",
    });
  }
  const left = new Set(excluded);
  return {
    moves: moves.filter(({ name }) => !left.has(name)),
    dependencies,
    together: together.map((names) => names.filter((name) => !left.has(name))),
  };
}

/** A window says nothing without what a move takes of it, nor the other way round. */
function limitsOf(args: Arguments): WaveLimits {
  const moves = args.positiveInteger("max-moves");
  const windowMinutes = args.positiveInteger("window");
  const pair = ["window", "minutes-per-move"] as const;
  const [missing] = pair.filter((name) => !args.has(name));
  const [alone] = pair.filter((name) => args.has(name));
  if (missing !== undefined && alone !== undefined) {
    throw new MigrationError({
      code: "CLI_OPTION_VALUE",
      path: `--${alone}`,
      allowed: `together with --${missing}`,
      fix:
        missing === "window"
          ? "say how long the change window is, with --window"
          : "say how long the cut-over of a server takes, with --minutes-per-move",
    });
  }
  return { ...(moves === undefined ? {} : { moves }), ...(windowMinutes === undefined ? {} : { windowMinutes }) };
}

function calendarOf(args: Arguments): WaveCalendar | undefined {
  const firstDay = args.value("first-day");
  if (firstDay === undefined) {
    const alone = ["every", "blackout"].find((name) => args.has(name));
    if (alone === undefined) return undefined;
    throw new MigrationError({
      code: "CLI_OPTION_VALUE",
      path: `--${alone}`,
      allowed: "together with --first-day",
      fix: "say on which day the first wave is, with --first-day",
    });
  }
  const blackouts = args.all("blackout").map((text) => {
    const [from = "", to = from] = text.split("..");
    return { from, to, reason: "blackout" };
  });
  return { firstDay, everyDays: args.positiveInteger("every") ?? DEFAULT_DAYS_BETWEEN_WAVES, blackouts };
}
