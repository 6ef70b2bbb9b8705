/** The report of `migration-patterns lock` on the record of identities that it writes or checks. */
import { printable } from "../core/printable";
import { shellWord } from "../core/shell";
import { count } from "../core/text";
import { ESTATE_FILE } from "../inventory/estate/estate-record";
import type { EstateChange } from "../plan/estate/update-record";
import { DEFAULT_WIDTH, painter, wrap, type LayoutOptions } from "./text-layout";

/** A report on what was done with a record. */
export interface EstateLockReport {
  /** The record's file. */
  readonly file: string;
  /**
   * The outcome.
   *
   * - `written`: the file has been written.
   * - `unchanged`: it is what the app makes.
   * - `stale`: it is not, and was only to be checked.
   * - `refused`: the record has what the app does not have any more, and nothing was written.
   */
  readonly outcome: "written" | "unchanged" | "stale" | "refused";
  readonly servers: number;
  readonly changes: readonly EstateChange[];
}

const OUTCOMES: Readonly<Record<EstateLockReport["outcome"], readonly ["green" | "red", string]>> = {
  written: ["green", "WRITTEN"],
  unchanged: ["green", "UP TO DATE"],
  stale: ["red", "STALE"],
  refused: ["red", "NOT WRITTEN"],
};

/** Renders the report as text. */
export function estateLockText(
  report: EstateLockReport,
  { width = DEFAULT_WIDTH, color = false }: LayoutOptions = {},
): string {
  const paint = painter(color);
  const { file, outcome, servers, changes } = report;
  const [hue, word] = OUTCOMES[outcome];
  const gone = changes.filter(({ kind }) => kind === "gone");
  return [
    ...wrap(`${printable(file)}: ${paint("bold", paint(hue, word))}, ${count(servers, "server")}`, width, "", "  "),
    ...changes.flatMap(({ kind, subject, detail }) =>
      wrap(printable(`${kind.padEnd(8)} ${subject}: ${detail}`), width, "  ", "    "),
    ),
    ...remedy(outcome, gone).flatMap((line) => wrap(line, width, "  ", "    ")),
    // A command on one line, whatever the width: it is to be pasted.
    ...(gone.length === 0 ? [] : [`  ${printable(forgetting(file, gone))}`]),
    "",
  ].join("\n");
}

/** Renders the report for programs, keys in a fixed order. */
export function estateLockJson({ file, outcome, servers, changes }: EstateLockReport): string {
  const document = {
    file,
    outcome,
    servers,
    changes: changes.map(({ kind, subject, detail }) => ({ kind, subject, detail })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function remedy(outcome: EstateLockReport["outcome"], gone: readonly EstateChange[]): string[] {
  if (gone.length > 0) {
    return [
      "What is gone is recorded and the app does not have it: the next deployment destroys it, unless Terraform has forgotten it. " +
        "Put it back; or, once nothing of it is to be kept by this record:",
    ];
  }
  return outcome === "stale"
    ? ["Write it with migration-patterns lock, and commit it with what has been deployed."]
    : [];
}

function forgetting(file: string, gone: readonly EstateChange[]): string {
  const output = file === ESTATE_FILE ? "" : ` --output ${shellWord(file)}`;
  return `migration-patterns lock${output} ${gone.map(({ subject }) => `--forget ${shellWord(subject)}`).join(" ")}`;
}
