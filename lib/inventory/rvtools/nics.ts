/** Reads the adapters in vNetwork; where the export has no vNetwork, the networks and the primary address of vInfo. */
import { isIP } from "node:net";
import { RowCells } from "../cell";
import type { Nic } from "../model";
import type { ReaderFindings } from "../reader";
import { duplicateRow } from "../reader-rules";
import type { Table } from "../table";
import { omitUndefined } from "../server-values";
import { type Machine } from "./machine";
import type { MachineLookup } from "./machine-lookup";

const ADDRESS_COLUMNS = ["IPv4 Address", "IPv6 Address", "IP Address"];

/** Adds the adapters of a vNetwork tab to their machines. */
export function readNics(table: Table, owners: MachineLookup, findings: ReaderFindings): void {
  const seen = new Map<Machine, Set<string>>();
  for (const row of table.rows) {
    const cells = new RowCells(table, row, findings);
    const machine = owners.find(cells);
    if (machine === undefined) continue;
    const label = cells.text("NIC label");
    const mac = readMac(cells);
    const network = cells.text("Network");
    // A row without label and MAC address says nothing by which it could be told from another.
    const identity = label === undefined && mac === undefined ? undefined : `${label ?? ""}/${mac ?? ""}`;
    const known = seen.get(machine) ?? new Set();
    if (identity !== undefined && known.has(identity)) {
      const message = `the row lists ${label ?? `the adapter ${mac ?? ""}`} again, and is left out`;
      findings.add(
        duplicateRow,
        cells.subject,
        message,
        cells.locate(label === undefined ? "Mac Address" : "NIC label"),
      );
      continue;
    }
    if (identity !== undefined) seen.set(machine, known.add(identity));
    machine.server.nics.push({
      addresses: readAddresses(cells),
      ...omitUndefined({ name: label, network, mac, connected: cells.boolean("Connected") }),
    });
  }
}

/**
 * Adds the values that only vInfo has: the networks where there is no vNetwork, and the primary address where no adapter has
 * it.
 */
export function completeNics(machines: readonly Machine[], hasNetworkTab: boolean): void {
  for (const { server, networks, primaryAddress } of machines) {
    if (!hasNetworkTab) server.nics.push(...networks.map((network): Nic => ({ network, addresses: [] })));
    if (primaryAddress === undefined || server.nics.some((nic) => nic.addresses.includes(primaryAddress))) continue;
    const [first] = server.nics;
    // Which adapter has it is not said. The first is the likeliest, and an address counted to the wrong adapter still names
    // its server in a flow, where one that is lost does not.
    if (first === undefined) server.nics.push({ addresses: [primaryAddress] });
    else server.nics[0] = { ...first, addresses: [primaryAddress, ...first.addresses] };
  }
}

function readMac(cells: RowCells): string | undefined {
  const text = cells.text("Mac Address", "MAC");
  if (text === undefined) return undefined;
  const digits = text.replace(/[-:.\s]/g, "").toLowerCase();
  if (/^[0-9a-f]{12}$/.test(digits)) return (digits.match(/../g) ?? []).join(":");
  cells.invalid(["Mac Address", "MAC"], "a MAC address");
  return undefined;
}

function readAddresses(cells: RowCells): string[] {
  const addresses = new Set<string>();
  for (const column of ADDRESS_COLUMNS) {
    for (const part of cells.list(column)) {
      // Some versions print the prefix length and the zone: fe80::1%4, 10.0.0.5/24.
      const address = part.replace(/[%/].*$/, "").toLowerCase();
      if (isIP(address) === 0) cells.invalid(column, "a list of IPv4 and IPv6 addresses");
      // Link-local IPv6 addresses exist on every adapter, mean nothing outside their link, and are made anew.
      else if (!/^fe[89ab][0-9a-f]:/.test(address)) addresses.add(address);
    }
  }
  return [...addresses];
}
