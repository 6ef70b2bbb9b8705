/**
 * Reads custom attributes, which are columns of vInfo between RVTools' own, under the names people gave them in vCenter. Some
 * are fields of the model; the others become tags.
 */
import type { RowCells } from "../cell";
import { tagRecord } from "../server-values";
import { headerKey, type Table } from "../table";
import type { ServerDraft } from "./machine";

/** RVTools' own columns of vInfo, of all versions; those with a unit under both its labels. */
const OWN = `VM|Powerstate|Template|SRM Placeholder|Config status|DNS Name|Connection state|Guest state|Heartbeat|Consolidation
Needed|PowerOn|Suspended To Memory|Suspend time|Suspend Interval|Creation date|Change Version|Config Checksum|CPUs|Overall Cpu
Readiness|Memory|Memory MB|Memory MiB|Active Memory|NICs|Disks|Total disk capacity MiB|Total disk capacity MB|Fixed Passthru
HotPlug|min Required EVC Mode Key|Latency Sensitivity|Op Notification Timeout|EnableUUID|CBT|Primary IP Address|IP Address|
Num Monitors|Video Ram KiB|Video Ram KB|Resource pool|Folder ID|Folder|vApp|DAS protection|FT State|FT Role|FT Latency|FT
Bandwidth|FT Sec. Latency|Vm Failover In Progress|Provisioned MiB|Provisioned MB|In Use MiB|In Use MB|Unshared MiB|Unshared
MB|HA Restart Priority|HA Isolation Response|HA VM Monitoring|Cluster rule(s)|Cluster rule name(s)|Boot Required|Boot
delay|Boot retry delay|Boot retry enabled|Boot BIOS setup|Reboot PowerOff|EFI Secure boot|Firmware|HW version|VM Version|HW
upgrade status|HW upgrade policy|HW target|Path|Log directory|Snapshot directory|Suspend directory|Annotation|Datacenter|
Cluster|Host|OS|OS according to the configuration file|OS according to the VMware Tools|Customization Info|Guest Detailed
Data|VM ID|Object ID|VMRef|SMBIOS UUID|VM UUID|VI SDK Server type|VI SDK API Version|VI SDK Server|VI SDK UUID|Internal Sort
Column|Cores p/s|Sockets|ClusterInvariantVMMId`;

/** The names that people give to the model's own fields. */
const FIELDS = new Map<string, "application" | "environment" | "tier" | "wave">([
  ["application", "application"],
  ["applicationname", "application"],
  ["app", "application"],
  ["appname", "application"],
  ["environment", "environment"],
  ["env", "environment"],
  ["tier", "tier"],
  ["applicationtier", "tier"],
  ["apptier", "tier"],
  ["wave", "wave"],
  ["migrationwave", "wave"],
  ["movegroup", "wave"],
]);

/** Returns the function that reads a row's custom attributes. Their columns are found once for the table. */
export function customAttributes(table: Table): (cells: RowCells) => Partial<ServerDraft> {
  const own = new Set(OWN.replaceAll("\n", " ").split("|").map(headerKey));
  const seen = new Set<string>();
  const columns = table.headers.filter((header) => {
    const key = headerKey(header);
    const custom = key !== "" && !own.has(key) && !/^network#\d$/.test(key) && !seen.has(key);
    seen.add(key);
    return custom;
  });
  return (cells) => {
    const fields: Partial<ServerDraft> = {};
    const tags: [string, string][] = [];
    for (const column of columns) {
      const text = cells.text(column);
      if (text === undefined) continue;
      const field = FIELDS.get(headerKey(column));
      if (field !== undefined && fields[field] === undefined) fields[field] = text;
      else tags.push([column, text]);
    }
    return tags.length === 0 ? fields : { ...fields, tags: tagRecord(cells, tags) };
  };
}
