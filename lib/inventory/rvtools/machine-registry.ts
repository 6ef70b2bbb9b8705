/** Finds machines that are listed twice, within one export or over several. */
import { formatLocation } from "../../core/location";
import type { ReaderFindings } from "../reader";
import { duplicateRow } from "../reader-rules";
import type { Machine } from "./machine";
import { nameKey } from "./machine-lookup";

/**
 * The machines seen so far. A row that has the identity and the name of an earlier one is the same machine, exported twice:
 * it is left out. Every other pair is kept and reported, because only a person knows which is right: one identity under two
 * names is a clone, and one name with two identities may be two machines of two vCenters.
 */
export class MachineRegistry {
  private readonly byUuid = new Map<string, Machine>();
  private readonly byName = new Map<string, Machine>();

  constructor(private readonly findings: ReaderFindings) {}

  /** Adds the machine; returns false where it is one that is there already. */
  public add(machine: Machine): boolean {
    const { server, uuids } = machine;
    const [uuid] = uuids;
    const twin = uuid === undefined ? undefined : this.byUuid.get(uuid);
    const key = nameKey(server.name);
    const namesake = this.byName.get(key);
    if (twin !== undefined && uuid !== undefined) {
      const same = nameKey(twin.server.name) === key;
      const message = same
        ? `the row lists ${server.name} again, first at ${place(twin)}, and is left out`
        : `${server.name} has the UUID ${uuid} of ${twin.server.name} at ${place(twin)}`;
      this.findings.add(duplicateRow, server.name, message, server.location);
      if (same) return false;
    } else if (namesake !== undefined) {
      const message = `another virtual machine of this name is at ${place(namesake)}${elsewhere(machine, namesake)}`;
      this.findings.add(duplicateRow, server.name, message, server.location);
    }
    if (uuid !== undefined && twin === undefined) this.byUuid.set(uuid, machine);
    if (namesake === undefined) this.byName.set(key, machine);
    return true;
  }
}

function place({ server }: Machine): string {
  return formatLocation(server.location ?? {});
}

function elsewhere(machine: Machine, other: Machine): string {
  if (machine.vcenter !== other.vcenter) return ", in another vCenter";
  if (machine.server.datacenter !== other.server.datacenter) return ", in another datacenter";
  return "";
}
