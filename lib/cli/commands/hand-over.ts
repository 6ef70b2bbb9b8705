import { MigrationError } from "../../core/error";
import { isBlocking } from "../../core/finding";
import { handOver } from "../../plan/hand-over/hand-over";
import { readTerraformState, refuseLargeState } from "../../plan/hand-over/terraform-state";
import { readSynthesizedApp } from "../../plan/synthesized-app";
import { handOverJson, handOverText } from "../../report/hand-over-report";
import { missingArgument, type Arguments } from "../arguments";
import { EXIT_BLOCKED, EXIT_OK } from "../exit-status";
import { handOverPage } from "../pages/hand-over";
import { colorOf, widthOf, type Terminal } from "../terminal";
import { terraformInput } from "../terraform-input";
import { refuseFullFolder, writeFolder } from "../write-folder";

/** Runs `migration-patterns hand-over`. */
export async function runHandOver(args: Arguments, terminal: Terminal): Promise<number> {
  const [migration, second] = args.operands;
  if (migration === undefined) throw missingArgument(handOverPage, "MIGRATION");
  if (second !== undefined) {
    throw new MigrationError({
      code: "CLI_UNEXPECTED_ARGUMENT",
      received: second,
      allowed: "one migration",
      fix: "hand over one migration at a time, and deploy in between",
    });
  }
  const folder = args.value("output");
  // Before a pipe is waited for.
  if (folder !== undefined) refuseFullFolder(folder);
  const app = readSynthesizedApp(args.value("synthesized") ?? "cdktf.out", "--synthesized");
  const file = await terraformInput(args.value("state"), terminal, {
    argument: "--state",
    refuseLarge: refuseLargeState,
  });
  if (file === undefined) throw missingArgument(handOverPage, "--state");
  const state = readTerraformState(file);
  const abandonedIn = args.value("abandon");
  const result = handOver(app, state, migration, abandonedIn === undefined ? {} : { abandonedIn });
  const blocked = result.findings.some(isBlocking);
  const written = folder !== undefined && !blocked;
  if (written) writeFolder(folder, result.files);
  const options = { width: widthOf(terminal), color: colorOf(terminal, args.has("no-color")) };
  const report = { ...result, ...(written ? { folder } : {}) };
  terminal.stdout.write(args.value("format") === "json" ? handOverJson(report) : handOverText(report, options));
  return blocked ? EXIT_BLOCKED : EXIT_OK;
}
