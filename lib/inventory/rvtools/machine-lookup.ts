/**
 * Finds the virtual machine that a row of vDisk, vNetwork … is about. Names are not identities: two machines of one vCenter
 * may have the same one in different folders, so the row's UUID decides where it has one, then its VM ID, and only then its
 * name.
 */
import type { RowCells } from "../cell";
import type { ReaderFindings } from "../reader";
import { referenceConflict, rowSkipped, unknownReference } from "../reader-rules";
import { toUuid } from "../server-values";
import { identityOf, type Machine } from "./machine";

/** A lookup of the machines of one export by the identity columns of a row. */
export class MachineLookup {
  // Made with the first row that is looked up: an export of vInfo alone needs none.
  private machinesBy: MachineIndex | undefined;

  constructor(
    private readonly machines: readonly Machine[],
    /** The keys of rows that vInfo has too but that were left out with a finding of their own. */
    private readonly leftOut: ReadonlySet<string>,
    private readonly findings: ReaderFindings,
  ) {}

  /** Returns the machine that the row is about; undefined where there is none, or more than one: then a finding says so. */
  public find(cells: RowCells): Machine | undefined {
    const { name, id, vcenter } = identityOf(cells);
    const uuid = toUuid(cells.text("VM UUID")) ?? toUuid(cells.text("SMBIOS UUID"));
    if (name === undefined && id === undefined && uuid === undefined) {
      this.findings.add(rowSkipped, cells.subject, "the row names no virtual machine", cells.locate("VM"));
      return undefined;
    }
    cells.subject = name ?? id ?? uuid ?? cells.subject;
    if (name !== undefined && this.leftOut.has(nameKey(name))) return undefined;

    this.machinesBy ??= indexOf(this.machines);
    const byIdentity = [
      ...(uuid === undefined ? [] : (this.machinesBy.uuid.get(uuid) ?? [])),
      ...(id === undefined ? [] : (this.machinesBy.id.get(id) ?? [])),
    ].filter((machine) => sameOrUnknown(machine.vcenter, vcenter));
    const byName = name === undefined ? [] : (this.machinesBy.name.get(nameKey(name)) ?? []);
    const [identified] = byIdentity;
    if (identified !== undefined) {
      const both = byIdentity.find((machine) => byName.includes(machine));
      if (both === undefined && name !== undefined) {
        const identity = uuid !== undefined && identified.uuids.includes(uuid) ? "UUID" : `VM ID ${id ?? ""}`;
        const message = `the row names ${name}, but its ${identity} is that of ${identified.server.name}, to which the row is assigned`;
        this.findings.add(referenceConflict, name, message, cells.locate("VM"));
      }
      return both ?? identified;
    }
    // A machine whose own identity is known, and is another one, is not meant, whatever its name.
    const candidates = byName.filter(
      (machine) =>
        (uuid === undefined || machine.uuids.length === 0) &&
        (id === undefined || machine.id === undefined || uuid !== undefined),
    );
    return this.narrow(cells, candidates, vcenter);
  }

  private narrow(cells: RowCells, candidates: readonly Machine[], vcenter: string | undefined): Machine | undefined {
    let left = candidates;
    const keep = (value: string | undefined, of: (machine: Machine) => string | undefined): void => {
      if (left.length < 2 || value === undefined) return;
      const narrowed = left.filter((machine) => of(machine) === value);
      if (narrowed.length > 0) left = narrowed;
    };
    keep(vcenter, (machine) => machine.vcenter);
    keep(cells.text("Datacenter"), ({ server }) => server.datacenter);
    keep(cells.text("Cluster"), ({ server }) => server.cluster);
    keep(cells.text("Folder"), ({ server }) => server.folder);
    keep(cells.text("Host"), ({ server }) => server.host);
    const [only] = left;
    if (only !== undefined && left.length === 1) return only;
    const message =
      only === undefined
        ? `vInfo has no virtual machine ${cells.subject}`
        : `${left.length} virtual machines are called ${cells.subject}, and the row does not say which it is about`;
    this.findings.add(unknownReference, cells.subject, message, cells.locate("VM"));
    return undefined;
  }
}

/** Machines by each of their identities. */
interface MachineIndex {
  readonly uuid: ReadonlyMap<string, readonly Machine[]>;
  readonly id: ReadonlyMap<string, readonly Machine[]>;
  readonly name: ReadonlyMap<string, readonly Machine[]>;
}

function indexOf(machines: readonly Machine[]): MachineIndex {
  const uuid = new Map<string, Machine[]>();
  const id = new Map<string, Machine[]>();
  const name = new Map<string, Machine[]>();
  for (const machine of machines) {
    for (const each of machine.uuids) push(uuid, each, machine);
    if (machine.id !== undefined) push(id, machine.id, machine);
    push(name, nameKey(machine.server.name), machine);
  }
  return { uuid, id, name };
}

/** Returns the key by which a machine's name is looked up. vCenter's names do not differ by case alone. */
export function nameKey(name: string): string {
  return name.trim().toLowerCase();
}

function sameOrUnknown(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function push(map: Map<string, Machine[]>, key: string, machine: Machine): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [machine]);
  else if (!known.includes(machine)) known.push(machine);
}
