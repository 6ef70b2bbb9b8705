import { MigrationError } from "../core/error";
import { isoDate } from "../core/iso-date";
import type { LayoutOptions } from "../report/text-layout";
import type { RenderOptions } from "../report/render";
import { reportFormats, type ReportFormat } from "../report/reported-assessment";
import type { Arguments } from "./arguments";
import { colorOf, widthOf, type Terminal } from "./terminal";
import { version } from "./version";

/** Returns the layout of text that the options and the terminal ask for. A file is never coloured. */
export function layoutOptions(args: Arguments, terminal: Terminal): LayoutOptions {
  return {
    width: widthOf(terminal),
    color: outputFile(args) === undefined && colorOf(terminal, args.has("no-color")),
  };
}

/** Returns the rendering options that `--format`, `--limit`, `--output` and the terminal ask for. */
export function reportOptions(args: Arguments, terminal: Terminal): { format: ReportFormat; options: RenderOptions } {
  const limit = args.positiveInteger("limit");
  return {
    format: reportFormats.find((each) => each === args.value("format")) ?? "text",
    options: {
      ...layoutOptions(args, terminal),
      toolVersion: version(),
      ...(limit === undefined ? {} : { limit }),
    },
  };
}

/** Returns the file that `--output` names, or undefined for standard output, which may also be written as a dash. */
export function outputFile(args: Arguments): string | undefined {
  const output = args.value("output");
  return output === "-" ? undefined : output;
}

/**
 * Returns the day of `--as-of`, or undefined where it is not given.
 * @throws MigrationError `CLI_OPTION_VALUE`
 */
export function asOfDay(args: Arguments): string | undefined {
  const day = args.value("as-of");
  if (day === undefined || isoDate.safeParse(day).success) return day;
  throw new MigrationError({
    code: "CLI_OPTION_VALUE",
    path: "--as-of",
    received: day,
    allowed: "a calendar day, YYYY-MM-DD",
    fix: "write a day that exists, like 2026-07-01",
  });
}
