import { MigrationError } from "../../core/error";
import { readAccess } from "../../plan/access";
import { readSynthesizedApp } from "../../plan/synthesized-app";
import { accessJson, accessMarkdown } from "../../report/access-report";
import type { Arguments } from "../arguments";
import { EXIT_OK } from "../exit-status";
import type { Terminal } from "../terminal";
import { deliver } from "../write-output";

/** Runs `migration-patterns access`. */
export function runAccess(args: Arguments, terminal: Terminal): number {
  const [folder = "cdktf.out", second] = args.operands;
  if (second !== undefined) {
    throw new MigrationError({
      code: "CLI_UNEXPECTED_ARGUMENT",
      received: second,
      allowed: "one folder",
      fix: "read one synthesized app at a time",
    });
  }
  const access = readAccess(readSynthesizedApp(folder, "DIR"));
  const title = args.value("title");
  const text =
    args.value("format") === "json" ? accessJson(access) : accessMarkdown(access, title === undefined ? {} : { title });
  deliver(terminal, args.value("output"), text);
  return EXIT_OK;
}
