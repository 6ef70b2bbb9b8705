/**
 * The tabs of an RVTools export, found by name (`vInfo`, `tabvInfo`, `RVTools_tabvInfo.csv`), or by their headers where a CSV
 * file has been renamed. Only those are read that say something a migration needs.
 */

/** The tabs that are read. */
export const TABS = [
  "vInfo",
  "vCPU",
  "vMemory",
  "vDisk",
  "vPartition",
  "vNetwork",
  "vFloppy",
  "vCD",
  "vUSB",
  "vSnapshot",
  "vTools",
  "vSwitch",
  "vPort",
  "dvSwitch",
  "dvPort",
] as const;

/** A tab that is read. */
export type Tab = (typeof TABS)[number];

/**
 * The other tabs of RVTools, which hold nothing about a single machine. They are listed so that they are not reported as
 * unknown.
 */
const UNREAD = new Set(
  ["vSource", "vRP", "vCluster", "vHost", "vHBA", "vNIC", "vSC_VMK", "vSC+VMK", "vDatastore", "vMultiPath", "vLicense"]
    .concat(["vFileInfo", "vHealth", "vMetaData", "vResourcePool"])
    .map((tab) => tab.toLowerCase()),
);

/** The information that is missing without the tab. Tabs that are not listed here are optional. */
export const UNKNOWN_WITHOUT_TAB: Readonly<Partial<Record<Tab, string>>> = {
  vDisk: "the size and the kind of each disk",
  vPartition: "how full the disks are",
  vNetwork: "adapters, MAC addresses and all addresses but the primary one",
  vCD: "connected ISO images",
  vUSB: "connected USB devices",
  vSnapshot: "snapshots",
  vTools: "the state of VMware Tools",
};

/** Returns the headers of which the tab's header row has at least one. */
export function expectedHeaders(tab: Tab): readonly string[] {
  switch (tab) {
    case "vSwitch":
    case "dvSwitch":
      return ["Switch", "Host"];
    case "vPort":
    case "dvPort":
      return ["Port Group", "Port", "Switch"];
    default:
      return ["VM"];
  }
}

/** The headers that together only one tab has, in every version of RVTools. */
const SIGNATURES: readonly (readonly [Tab, readonly string[]])[] = [
  ["vInfo", ["VM", "Powerstate", "CPUs", "Memory", "NICs"]],
  ["vDisk", ["VM", "Disk Mode"]],
  ["vNetwork", ["VM", "Mac Address", "Starts Connected"]],
  ["vPartition", ["VM", "Disk", "Free %"]],
];

const BY_KEY = new Map<string, Tab>(TABS.map((tab) => [tab.toLowerCase(), tab]));

/** Returns the tab that a sheet of that name is, or undefined. */
export function tabOfSheet(name: string): Tab | undefined {
  return BY_KEY.get(sheetKey(name));
}

/**
 * Returns the tab that a CSV file of that name is, or undefined: `export/RVTools_tabvInfo.csv`, `prod-tabvInfo.csv`,
 * `vInfo.csv`.
 */
export function tabOfFile(name: string): Tab | undefined {
  const base = baseName(name);
  return (
    tabOfSheet(base) ??
    tabOfSheet(/tab(d?v[a-z]+)$/i.exec(base)?.[1] ?? "") ??
    tabOfSheet(/[^_\s-]*$/.exec(base)?.[0] ?? "")
  );
}

/** Checks whether a CSV file of that name is one of RVTools' tabs that are not read: `RVTools_tabvHost.csv`. */
export function isUnreadTab(name: string): boolean {
  const base = baseName(name);
  return UNREAD.has(sheetKey(base)) || UNREAD.has((/tab(v[a-z_+]+)$/i.exec(base)?.[1] ?? "").toLowerCase());
}

function sheetKey(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^rvtools[_ -]*/, "")
    .replace(/^tab/, "");
}

function baseName(name: string): string {
  return (/[^/\\]*$/.exec(name)?.[0] ?? "").replace(/\.(?:csv|txt)$/i, "");
}

/** Returns the tab with these headers, or undefined. `keys` are header keys as of `headerKey`. */
export function tabOfHeaders(keys: ReadonlySet<string>, keyOf: (header: string) => string): Tab | undefined {
  return SIGNATURES.find(([, headers]) => headers.every((header) => keys.has(keyOf(header))))?.[0];
}
