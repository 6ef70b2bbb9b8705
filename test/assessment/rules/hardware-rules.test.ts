import { describe, expect, it } from "@jest/globals";
import * as rules from "../../../lib/assessment/rules/hardware-rules";
import { aServer, seen, serverWith, subjectWith } from "../fixture";

const TEBIBYTE = 1024 * 1024;

describe.each([
  [
    "snapshots-present",
    rules.snapshotsPresent,
    { snapshots: [{ createdAt: "2025-03-02T10:00:00Z" }, { createdAt: "2024-12-24T10:00:00Z" }] },
    "warning web-01: it has 2 snapshots, the oldest of 2024-12-24",
  ],
  [
    "removable-media-connected",
    rules.removableMediaConnected,
    {
      removableMedia: [
        { kind: "cd", connected: true, detail: "[iso] setup.iso" },
        { kind: "floppy", connected: false },
      ],
    },
    "warning web-01: a CD or DVD drive is connected: [iso] setup.iso",
  ],
  [
    "removable-media-connected for USB",
    rules.removableMediaConnected,
    { removableMedia: [{ kind: "usb", connected: true }] },
    "warning web-01: a USB device is connected",
  ],
  ["server-suspended", rules.serverSuspended, { powerState: "suspended" }, "blocker web-01: it is suspended"],
  [
    "server-fault-tolerant",
    rules.serverFaultTolerant,
    { faultTolerant: true },
    "blocker web-01: fault tolerance is on",
  ],
  [
    "powered-off-undecided",
    rules.poweredOffUndecided,
    { powerState: "off", strategy: undefined },
    "warning web-01: it is powered off, and no strategy is decided",
  ],
  [
    "firmware-unsupported for Secure Boot",
    rules.firmwareUnsupported,
    { secureBoot: true },
    "blocker web-01: Secure Boot is on",
  ],
  [
    "firmware-unsupported for a BIOS",
    rules.firmwareUnsupported,
    { firmware: "bios", disks: [{ name: "Hard disk 1", capacityMiB: 2 * TEBIBYTE + 1 }] },
    "blocker web-01: it boots with a BIOS from Hard disk 1, which has 2049 GiB and so is larger than 2 TiB",
  ],
  [
    "hardware-version-old",
    rules.hardwareVersionOld,
    { hardwareVersion: 4 },
    "warning web-01: its virtual hardware is version 4",
  ],
  [
    "server-specification-missing",
    rules.serverSpecificationMissing,
    { cpus: undefined, memoryMiB: undefined, disks: [] },
    "warning web-01: not known: CPUs, memory, disks",
  ],
  [
    "utilisation-missing",
    rules.utilisationMissing,
    { utilisation: undefined },
    "info web-01: neither its CPU nor its memory use is known",
  ],
] as const)("%s", (_, rule, changes, message) => {
  it("finds nothing in a server that is all right", () => {
    expect(seen(rule, serverWith({}))).toEqual([]);
  });

  it("finds one that is not", () => {
    expect(seen(rule, serverWith(changes as never))).toEqual([message]);
  });
});

describe("what is no fault", () => {
  it("is a powered-off server whose strategy is decided", () => {
    expect(seen(rules.poweredOffUndecided, serverWith({ powerState: "off", strategy: "rehost" }))).toEqual([]);
  });

  it("is a large data disk behind a BIOS, or a large boot disk with UEFI", () => {
    const disks = [
      { name: "Hard disk 1", capacityMiB: 1024 },
      { name: "Hard disk 2", capacityMiB: 3 * TEBIBYTE },
    ];
    expect(seen(rules.firmwareUnsupported, serverWith({ firmware: "bios", disks }))).toEqual([]);
    const root = disks.map((disk, index) => ({ ...disk, root: index === 1 }));
    expect(seen(rules.firmwareUnsupported, serverWith({ firmware: "efi", disks: root }))).toEqual([]);
    expect(seen(rules.firmwareUnsupported, serverWith({ firmware: "bios", disks: root }))).toHaveLength(1);
  });

  it("are unknown CPUs and use where the instance type is decided", () => {
    const target = { instanceType: "m7i.large" };
    expect(seen(rules.serverSpecificationMissing, serverWith({ cpus: undefined, target }))).toEqual([]);
    expect(seen(rules.utilisationMissing, serverWith({ utilisation: undefined, target }))).toEqual([]);
  });
});

describe("utilisation-missing", () => {
  it("is one finding where the source tells no use at all", () => {
    const servers = ["a", "b"].map((name) => aServer({ name, utilisation: undefined }));
    expect(seen(rules.utilisationMissing, subjectWith({ inventory: { servers } }))).toEqual([
      "info all servers: the CPU and memory use of all 2 servers is unknown",
    ]);
  });
});
