import { assess } from "../../assessment/assessment";
import { readChecklist, readWaivers } from "../../assessment/read-documents";
import { renderAssessment } from "../../report/render";
import { summarize } from "../../report/summarize";
import { missingArgument, type Arguments } from "../arguments";
import { deliver } from "../write-output";
import { documentFile } from "../document-file";
import { EXIT_BLOCKED, EXIT_OK } from "../exit-status";
import { readInventories } from "../read-inputs";
import { assessPage } from "../pages/assess";
import { asOfDay, outputFile, reportOptions } from "../report-options";
import type { Terminal } from "../terminal";

/** Runs `migration-patterns assess`. */
export async function runAssess(args: Arguments, terminal: Terminal): Promise<number> {
  // What is wrong with the call is said before a workbook is read for ten seconds.
  const files = [...args.all("inventory"), ...args.operands];
  if (files.length === 0) throw missingArgument(assessPage, "--inventory");
  const checklistFile = args.required("checklist");
  const asOf = asOfDay(args);
  const { format, options } = reportOptions(args, terminal);

  const checklist = readChecklist(await documentFile("--checklist", checklistFile));
  const waiverFiles = await Promise.all(args.all("waivers").map((file) => documentFile("--waivers", file)));
  const waivers = waiverFiles.flatMap((file) => readWaivers(file));
  const inventory = await readInventories(files, args, terminal);
  const assessment = assess(inventory, checklist, waivers, asOf === undefined ? {} : { asOf });

  const output = outputFile(args);
  deliver(terminal, output, renderAssessment(assessment, format, { ...options, defaultFile: checklistFile }));
  if (output !== undefined) {
    terminal.stderr.write(`${summarize(assessment, { report: output })}\n`);
  }
  return assessment.verdict === "ready" ? EXIT_OK : EXIT_BLOCKED;
}
