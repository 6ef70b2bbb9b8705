/**
 * The reader of RVTools exports. RVTools lists the virtual machines of a vCenter, one tab for each kind of thing, as a
 * workbook or as a folder of CSV files. vInfo says which machines there are; every other tab only adds to those. All versions
 * are read alike: columns are found by name, old labels count as the new ones, and a tab that a version lacks is reported and
 * done without.
 */
import { append } from "../../core/collections";
import { MigrationError } from "../../core/error";
import { dataWithoutSecrets } from "../../core/secret/redact";
import type { Inventory, Network } from "../model";
import { ReaderFindings, type InputFile, type InventoryReader, type ReadOptions, type ReadProgress } from "../reader";
import { sheetMissing, sheetUnreadable } from "../reader-rules";
import { Workbook } from "../workbook";
import { DETAIL_TABS, readDetails } from "./detail-tabs";
import { readDisks, readPartitions, sumUpDisks, type DiskKeys } from "./disks";
import { MachineRegistry } from "./machine-registry";
import type { Machine } from "./machine";
import { readMachines } from "./machines";
import { addUsedNetworks, readNetworks } from "./networks";
import { completeNics, readNics } from "./nics";
import { nameKey, MachineLookup } from "./machine-lookup";
import { csvTab, findExports, isWorkbook, type RvtoolsExport } from "./rvtools-exports";
import { UNKNOWN_WITHOUT_TAB, TABS, tabOfSheet, type Tab } from "./tabs";

/** The reader of RVTools exports of all versions: `.xlsx` workbooks and folders of CSV tabs, one or several. */
export const rvtoolsReader: InventoryReader = {
  format: "rvtools",
  title: "RVTools export, an .xlsx workbook or a folder of CSV tabs",
  recognizes,
  whyNot,
  read,
};

/**
 * Checks whether a file is a workbook with the sheet vInfo, or a CSV file of the tab. A workbook that cannot be opened is
 * ours as well, so that `read` can say what is wrong with it: no other format is a workbook.
 */
async function recognizes(files: readonly InputFile[]): Promise<boolean> {
  for (const file of files) {
    if (!isWorkbook(file)) {
      if (csvTab(file) === "vInfo") return true;
      continue;
    }
    try {
      const workbook = await Workbook.open(file);
      if (workbook.sheetNames.some((name) => tabOfSheet(name) === "vInfo")) return true;
    } catch {
      return true;
    }
  }
  return false;
}

/** Returns the reason of a refusal. A workbook that cannot be opened is not refused, see {@link recognizes}. */
function whyNot(file: InputFile): string {
  return isWorkbook(file)
    ? "it is a workbook without a sheet vInfo"
    : "it is neither a workbook nor the CSV file of the tab vInfo";
}

async function read(files: readonly InputFile[], options: ReadOptions = {}): Promise<Inventory> {
  const findings = new ReaderFindings();
  const networks = new Map<string, Network>();
  const registry = new MachineRegistry(findings);
  const machines: Machine[] = [];
  const exports = await findExports(files);
  assertInfoTab(exports, files);
  for (const each of exports) {
    append(machines, await readExport(each, registry, networks, findings, options.progress));
  }
  addUsedNetworks(machines, networks);
  // Not parsed with the schema: each value was read with the model's limits, and what is compared with them once more is
  // what the next function of the library is given. A secret may still be in a name of a tag, or be known by it.
  return dataWithoutSecrets<Inventory>({
    format: "rvtools",
    source: exports.map(({ name }) => name).join(", "),
    servers: machines.map(({ server }) => server),
    networks: [...networks.values()],
    databases: [],
    fileShares: [],
    flows: [],
    findings: findings.all,
  });
}

/** Reads the machines of one export that no earlier one has. */
async function readExport(
  source: RvtoolsExport,
  registry: MachineRegistry,
  networks: Map<string, Network>,
  findings: ReaderFindings,
  progress: ReadProgress | undefined,
): Promise<Machine[]> {
  const tables = (tab: Tab) => source.tables(tab, findings, progress);
  const leftOut = new Set<string>();
  const listed: Machine[] = [];
  for (const table of await tables("vInfo")) {
    append(
      listed,
      readMachines(table, findings, (name) => leftOut.add(nameKey(name))),
    );
  }
  if (listed.length === 0) {
    findings.add(sheetUnreadable, source.name, "its tab vInfo lists no virtual machine", {
      file: source.name,
      sheet: "vInfo",
    });
  }
  const machines = listed.filter((machine) => registry.add(machine));
  if (machines.length < listed.length) {
    const names = new Set(machines.map(({ server }) => nameKey(server.name)));
    for (const { server } of listed) {
      // Of a machine that an earlier export lists, nothing is read again, and nothing of it is missing either.
      if (!names.has(nameKey(server.name))) leftOut.add(nameKey(server.name));
    }
  }
  const owners = new MachineLookup(machines, leftOut, findings);

  for (const tab of TABS) {
    const what = UNKNOWN_WITHOUT_TAB[tab];
    if (what === undefined || source.has(tab)) continue;
    findings.add(sheetMissing, tab, `the export has no tab ${tab}, so nothing is known of ${what}`, {
      file: source.name,
    });
  }
  for (const [tab, detail] of DETAIL_TABS) {
    for (const table of await tables(tab)) readDetails(table, detail, owners, findings);
  }
  const keys: DiskKeys = new Map();
  for (const table of await tables("vDisk")) readDisks(table, owners, findings, keys);
  if (!source.has("vDisk")) sumUpDisks(machines, findings);
  readPartitions(await tables("vPartition"), owners, findings, keys);
  for (const table of await tables("vNetwork")) readNics(table, owners, findings);
  completeNics(machines, source.has("vNetwork"));
  for (const tab of ["vPort", "dvPort", "vSwitch", "dvSwitch"] as const) {
    for (const table of await tables(tab)) readNetworks(table, networks, findings);
  }
  return machines;
}

function assertInfoTab(exports: readonly RvtoolsExport[], files: readonly InputFile[]): void {
  if (exports.some((each) => each.has("vInfo"))) return;
  const contents = exports.flatMap((each) => each.contents);
  throw new MigrationError({
    code: "INVENTORY_RVTOOLS_SHEETS",
    path: files.map(({ name }) => name).join(", "),
    received: contents.length === 0 ? "no tab of RVTools" : `the tabs ${contents.join(", ")}`,
    allowed: "an RVTools export with the tab vInfo",
    fix: "export all tabs from RVTools (File, Export all to xlsx), and keep the names of its sheets and files",
  });
}
