import { readWaivers } from "../../assessment/read-documents";
import { MigrationError } from "../../core/error";
import { isBlocking } from "../../core/finding";
import { guardPlan } from "../../plan/guard/guard";
import { readTerraformPlan, refuseLarge } from "../../plan/guard/read-plan";
import { recognizeBytes } from "../../plan/guard/recognize-input";
import { renderGuardReport } from "../../report/guard-report";
import { missingArgument, type Arguments } from "../arguments";
import { documentFile } from "../document-file";
import { EXIT_BLOCKED, EXIT_OK } from "../exit-status";
import { guardPage } from "../pages/guard";
import { asOfDay, outputFile, reportOptions } from "../report-options";
import type { Terminal } from "../terminal";
import { terraformInput } from "../terraform-input";
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
  const file = await terraformInput(name, terminal, {
    argument: "PLAN",
    refuseLarge,
    // A saved plan is binary.
    isHopeless: (bytes) => recognizeBytes(bytes) !== undefined,
  });
  if (file === undefined) throw missingArgument(guardPage, "PLAN");
  const report = guardPlan(readTerraformPlan(file), { waivers, ...(asOf === undefined ? {} : { asOf }) });
  deliver(
    terminal,
    outputFile(args),
    renderGuardReport(report, format, { ...options, defaultFile: name === "-" ? undefined : name }),
  );
  return report.findings.some(isBlocking) ? EXIT_BLOCKED : EXIT_OK;
}
