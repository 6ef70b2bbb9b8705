import { readWaivers } from "../../assessment/read-documents";
import { MigrationError } from "../../core/error";
import { isBlocking } from "../../core/finding";
import { guardPlan } from "../../plan/guard/guard";
import { readTerraformPlan } from "../../plan/guard/read-plan";
import { renderGuardReport } from "../../report/guard-report";
import { missingArgument, type Arguments } from "../arguments";
import { documentFile } from "../document-file";
import { EXIT_BLOCKED, EXIT_OK } from "../exit-status";
import { guardPage } from "../pages/guard";
import { planInput } from "../plan-input";
import { asOfDay, outputFile, reportOptions } from "../report-options";
import type { Terminal } from "../terminal";
import { deliver } from "../write-output";

/** Runs `migration-patterns guard`. */
export async function runGuard(args: Arguments, terminal: Terminal): Promise<number> {
  // What is wrong with the call is said before a pipe is waited for.
  const [name, second] = args.operands;
  if (second !== undefined) {
    throw new MigrationError({
      code: "CLI_UNEXPECTED_ARGUMENT",
      received: second,
      allowed: "one plan",
      fix: "have the guard look at one plan at a time",
    });
  }
  const asOf = asOfDay(args);
  const { format, options } = reportOptions(args, terminal);
  const waiverFiles = await Promise.all(args.all("waivers").map((file) => documentFile("--waivers", file)));
  const waivers = waiverFiles.flatMap((file) => readWaivers(file));
  const file = await planInput(name, terminal);
  if (file === undefined) throw missingArgument(guardPage, "PLAN");
  const report = guardPlan(readTerraformPlan(file), { waivers, ...(asOf === undefined ? {} : { asOf }) });
  deliver(terminal, outputFile(args), renderGuardReport(report, format, options));
  return report.findings.some(isBlocking) ? EXIT_BLOCKED : EXIT_OK;
}
