import { MigrationError } from "../../core/error";
import { isBlocking } from "../../core/finding";
import { runRules } from "../../core/rule";
import { inventoryMoves, type InventoryMoves } from "../../plan/waves/inventory-moves";
import type { WaveCalendar } from "../../plan/waves/move";
import { planWaves } from "../../plan/waves/plan-waves";
import { waveRules } from "../../plan/waves/wave-rules";
import { wavePlanJson, wavePlanMarkdown, wavePlanText, type ReportedWavePlan } from "../../report/wave-plan";
import { missingArgument, type Arguments } from "../arguments";
import { deliver } from "../deliver";
import { EXIT_BLOCKED, EXIT_OK } from "../exit-status";
import { readInventories } from "../inputs";
import { wavesPage } from "../pages/waves";
import { layoutOptions, outputFile } from "../report-options";
import type { Terminal } from "../terminal";

const DEFAULT_ROUND_TRIP_MILLISECONDS = 20;
const DEFAULT_DAYS_BETWEEN_WAVES = 7;

/** `migration-patterns waves`. */
export async function runWaves(args: Arguments, terminal: Terminal): Promise<number> {
  if (args.operands.length === 0) throw missingArgument(wavesPage, "FILE");
  // What is wrong with the call is said before a workbook is read for ten seconds.
  const moves = args.positiveInteger("max-moves");
  const roundTripMilliseconds = args.positiveInteger("round-trip") ?? DEFAULT_ROUND_TRIP_MILLISECONDS;
  const calendar = calendarOf(args);

  const found = without(args.all("exclude"), inventoryMoves(await readInventories(args.operands, args, terminal)));
  const plan = planWaves({
    ...found,
    moves: args.has("ignore-pins") ? found.moves.map(({ pinnedTo: _pin, ...move }) => move) : found.moves,
    ...(moves === undefined ? {} : { limits: { moves } }),
    ...(calendar === undefined ? {} : { calendar }),
  });
  const findings = runRules(waveRules, { plan, roundTripMilliseconds });
  deliver(terminal, outputFile(args), render({ plan, findings }, args, terminal));
  return findings.some(isBlocking) ? EXIT_BLOCKED : EXIT_OK;
}

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
