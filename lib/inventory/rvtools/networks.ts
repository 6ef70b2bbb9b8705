/**
 * Reads the networks, which are port groups: from vPort, dvPort and the switches' tabs, and those that only an adapter names.
 */
import { RowCells } from "../cell";
import type { Network } from "../model";
import type { ReaderFindings } from "../reader";
import { valueInvalid } from "../reader-rules";
import type { Table } from "../table";
import { omitUndefined } from "../server-values";
import { type Machine } from "./machine";

const NAMES = ["Port Group", "Port", "Network", "Name"];
/** The VLAN of a standard switch that is a trunk of all VLANs (vSphere Networking, VLAN Configuration). */
const TRUNK = 4095;

/** Reads the tables into `networks`, by name: hosts repeat the same port group. */
export function readNetworks(table: Table, networks: Map<string, Network>, findings: ReaderFindings): void {
  if (table.position(...NAMES.slice(0, 3)) === undefined) return;
  for (const row of table.rows) {
    const cells = new RowCells(table, row, findings);
    const name = cells.text(...NAMES);
    if (name === undefined) continue;
    cells.subject = name;
    const vlan = readVlan(cells);
    const known = networks.get(name);
    if (known === undefined) {
      const virtualSwitch = cells.text("Switch");
      networks.set(name, { name, ...omitUndefined({ vlan, virtualSwitch }), location: cells.locate() });
    } else if (known.vlan === undefined && vlan !== undefined) {
      networks.set(name, { ...known, vlan });
    } else if (vlan !== undefined && vlan !== known.vlan) {
      const message = `the network has VLAN ${vlan} here and VLAN ${known.vlan ?? ""} elsewhere, which is kept`;
      findings.add(valueInvalid, name, message, cells.locate("VLAN"));
    }
  }
}

/** Reads a VLAN's number; a trunk, a range or a list is none. */
function readVlan(cells: RowCells): number | undefined {
  const text = cells.text("VLAN", "VLAN ID");
  if (text === undefined || /[-,;]|trunk|pvlan|none/i.test(text)) return undefined;
  const vlan = cells.integer(["VLAN", "VLAN ID"], { minimum: 0, maximum: TRUNK });
  return vlan === TRUNK ? undefined : vlan;
}

/** Adds the networks that machines are connected to and no tab lists. */
export function addUsedNetworks(machines: readonly Machine[], networks: Map<string, Network>): void {
  for (const { server } of machines) {
    for (const { network } of server.nics) {
      if (network === undefined || networks.has(network)) continue;
      networks.set(network, { name: network, ...omitUndefined({ location: server.location }) });
    }
  }
}
