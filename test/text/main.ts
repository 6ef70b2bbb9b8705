/**
 * `npm run test:text [-- --if-available]`: has those who read our files say what a hostile text in them is: strongSwan, FRR, the
 * checker of BIND's zone files, and a spreadsheet. What comes out is the text, and a hole that is made on purpose is seen. And has
 * the libraries of Istio and Kubernetes say what our regular expressions match, and what our YAML is.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { makeTemporaryFolder } from "../support/temporary-folder";
import { stopAll } from "../vpn/process";
import { Report } from "../vpn/report";
import { readByFrr } from "./frr";
import { compareExpressions } from "./regexp";
import { readBySpreadsheet } from "./spreadsheet";
import { readByStrongSwan } from "./strongswan";
import { readAsYaml } from "./yaml";
import { readAsZone } from "./zone";

const HELP = `usage: npm run test:text -- [--if-available]

Writes hostile texts into a VPN device's files, a DNS zone file and CSV tables, and has strongSwan, FRR, named-checkzone and
Gnumeric read them. Compares what regular expressions match with Go's regexp, and what is read
in YAML with Kubernetes' library and PyYAML.

  --if-available   a machine without these programs is skipped instead of failed
  --help           this text`;

/** What reads the files, and the Debian package that has it. */
const NEEDED: readonly (readonly [file: string, debianPackage: string])[] = [
  ["/usr/sbin/swanctl", "strongswan-swanctl"],
  ["/usr/sbin/charon-systemd", "charon-systemd"],
  ["/usr/bin/vtysh", "frr"],
  ["/usr/bin/named-checkzone", "bind9-utils"],
  ["/usr/bin/ssconvert", "gnumeric"],
  ["/usr/lib/python3/dist-packages/yaml/__init__.py", "python3-yaml"],
];

function hasGo(): boolean {
  return spawnSync("go", ["version"]).status === 0;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { "if-available": { type: "boolean" }, help: { type: "boolean" } } });
  if (values.help === true) {
    console.log(HELP);
    return;
  }
  const missing = NEEDED.filter(([file]) => !existsSync(file)).map(([, name]) => `the Debian package ${name}`);
  if (!hasGo()) missing.push("Go 1.21 or later on the PATH");
  if (process.getuid?.() !== 0) missing.push("root, for strongSwan's daemon");
  if (missing.length > 0) {
    const optional = values["if-available"] === true;
    console.log(`${optional ? "skipped" : "the texts cannot be read"}: it needs ${[...new Set(missing)].join(", ")}`);
    process.exitCode = optional ? 0 : 1;
    return;
  }
  // A short name: the path of a Unix socket holds 107 bytes.
  const folder = makeTemporaryFolder("text");
  const report = new Report();
  try {
    await readByStrongSwan(report, folder);
    await readByFrr(report, folder);
    await readAsZone(report, folder);
    await readBySpreadsheet(report, folder);
    await readAsYaml(report, folder);
    await compareExpressions(report, folder);
  } finally {
    await stopAll();
  }
  process.exitCode = report.print() ? 0 : 1;
}

void main();
