/** The reading of a zone file by the checker of BIND, which prints the records that it found. */
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { MigrationError } from "../../lib/core/error";
import { renderZoneFile } from "../../lib/patterns/infrastructure/multi-cloud/dns/zone-file";
import { Routing } from "../../lib/patterns/infrastructure/multi-cloud/routing";
import { placesOf } from "../taint/poison";
import { routingSample } from "../taint/samples";
import { attempt } from "../vpn/process";
import { expectThat, type Report } from "../vpn/report";

const WORD = "evil";
/** Texts that a zone file takes for more than a name. */
const HOSTILE = [
  `a\n${WORD} IN A 192.0.2.66`,
  `a\r\n${WORD} IN A 192.0.2.66`,
  `192.0.2.1\n${WORD} IN A 192.0.2.66`,
  `a ; ${WORD}`,
  `$INCLUDE ${WORD}`,
  `$ORIGIN ${WORD}.\n@`,
  `@ ${WORD}`,
  `${WORD}"(`,
  `${WORD}\\010`,
  `*${WORD}`,
  `-${WORD}`,
  `${WORD}.`,
  `a.${WORD}.example.net`,
];
/** What a zone has beside the records of a service. */
const APEX = "@ 60 IN SOA ns hostmaster 1 3600 600 86400 60\n@ 60 IN NS ns\nns 60 IN A 192.0.2.53\n";
const APEX_RECORDS = 3;

/** Has the checker read the zone file of every routing with a hostile text in one place. */
export async function readAsZone(report: Report, folder: string): Promise<void> {
  const file = path.join(folder, "zone");
  /** Returns the records as the checker prints them, or what it says where it refuses the file. */
  const recordsOf = (text: string): string[] | string => {
    // The name of a service may be an alias, which a zone's own name may not: it goes one label down.
    writeFileSync(
      file,
      `$ORIGIN zone.example.\n${APEX}${text.replace(/^\$ORIGIN .*$/m, "$ORIGIN service.zone.example.")}`,
    );
    const checked = attempt([
      "named-checkzone",
      "-k",
      "ignore",
      "-n",
      "ignore",
      "-i",
      "none",
      "-D",
      "-o",
      "-",
      "zone.example",
      file,
    ]);
    if (!checked.ok) return checked.out.trim();
    return checked.out.split("\n").filter((line) => /\sIN\s/.test(line));
  };
  const written = (routing: unknown): string | undefined => {
    try {
      return renderZoneFile(Routing.parse(routing).at("10-percent"));
    } catch (error) {
      if (error instanceof MigrationError) return undefined;
      throw error;
    }
  };
  const plain = written(routingSample) ?? "";
  const whole = recordsOf(plain);
  await report.check("named-checkzone", "reads every record of the zone file", () => {
    expectThat(typeof whole !== "string", `it refuses the file: ${String(whole)}`);
    const lines = plain.split("\n").filter((line) => / IN /.test(line) && !line.startsWith(";"));
    expectThat(whole.length === lines.length + APEX_RECORDS, `it has ${whole.length} records of ${lines.length} lines`);
    return `${lines.length} records`;
  });
  await report.check("named-checkzone", "finds no record more and none less, whatever the routing says", () => {
    const faults: string[] = [];
    const seen = new Map<string, string>();
    let refused = 0;
    for (const { path: place, poisoned } of placesOf(routingSample)) {
      for (const text of HOSTILE) {
        const zone = written(poisoned(text));
        if (zone === undefined) refused++;
        else seen.set(zone, `${place}: ${JSON.stringify(text)}`);
      }
    }
    for (const [zone, place] of seen) {
      const lines = zone.split("\n").filter((line) => / IN /.test(line) && !line.startsWith(";"));
      const records = recordsOf(zone);
      if (typeof records === "string") faults.push(`${place}: ${records}`);
      else if (
        records.length !== lines.length + APEX_RECORDS ||
        records.some((record) => record.includes("192.0.2.66"))
      )
        faults.push(`${place}: ${records.join("; ")}`);
    }
    expectThat(faults.length === 0, faults.join("\n"));
    expectThat(refused > 0 && seen.size > 1, `${refused} refused, ${seen.size} files`);
    return `${seen.size} different files, ${refused} routings refused`;
  });
  await report.check("named-checkzone", "would take what is refused for a record of its own", () => {
    const records = recordsOf(plain.replace("users.third.example.com.", `a.\n${WORD} IN A 192.0.2.66`));
    const found = typeof records === "string" ? undefined : records.find((record) => record.includes("192.0.2.66"));
    expectThat(found !== undefined, `the hole was not seen: ${String(records)}`);
    return (found ?? "").replace(/\s+/g, " ");
  });
}
