import { describe, expect, it } from "@jest/globals";
import { info, read, said, serverOf, uuid, workbook, type Row } from "./support";

const disk = (vm: string, values: Row = {}): Row => ({
  VM: vm,
  Disk: "Hard disk 1",
  "Disk Key": "2000",
  "Capacity MiB": 102_400,
  ...values,
});

describe("vDisk", () => {
  it("reads kind, mode, sharing, controller and path", async () => {
    const inventory = await read(
      workbook({
        vInfo: [info("db-01")],
        vDisk: [
          disk("db-01", {
            Raw: "False",
            Thin: "True",
            "Disk Mode": "persistent",
            "Sharing mode": "sharingNone",
            "Shared Bus": "noSharing",
            Controller: "VMware paravirtual SCSI",
            Label: "SCSI controller 0",
            "SCSI Unit #": 7,
            "Unit #": 0,
            "Disk Path": "[ds] db-01/db-01.vmdk",
          }),
          disk("db-01", {
            Disk: "Hard disk 2",
            "Disk Key": "2001",
            "Disk UUID": "6000C29F-0000-4000-8000-0000000000AB",
            Thin: "False",
            "Disk Mode": "independent_persistent",
          }),
          disk("db-01", {
            Disk: "Hard disk 3",
            "Disk Key": "2002",
            Raw: true,
            Thin: "False",
            "Shared Bus": "physicalSharing",
          }),
          disk("db-01", { Disk: "Hard disk 4", "Disk Key": "2003", "Sharing mode": "sharingMultiWriter" }),
        ],
      }),
    );
    expect(serverOf(inventory, "db-01").disks).toEqual([
      {
        name: "Hard disk 1",
        key: "2000",
        capacityMiB: 102_400,
        kind: "thin",
        independent: false,
        shared: false,
        controller: "SCSI controller 0",
        unit: 0,
        path: "[ds] db-01/db-01.vmdk",
      },
      {
        name: "Hard disk 2",
        // A UUID outlives a change of the disk's controller, of which the key is made.
        key: "6000c29f-0000-4000-8000-0000000000ab",
        capacityMiB: 102_400,
        kind: "thick",
        independent: true,
      },
      { name: "Hard disk 3", key: "2002", capacityMiB: 102_400, kind: "raw-device-mapping", shared: true },
      { name: "Hard disk 4", key: "2003", capacityMiB: 102_400, kind: "unknown", shared: true },
    ]);
  });

  it("leaves out, and names, a disk whose size makes no sense", async () => {
    const inventory = await read(
      workbook({
        vInfo: [info("db-01")],
        vDisk: [disk("db-01", { "Capacity MiB": -5 }), disk("db-01", { "Capacity MiB": null })],
      }),
    );
    expect(serverOf(inventory, "db-01").disks).toEqual([]);
    expect(said(inventory).map(([rule, , message, row]) => [rule, message, row])).toEqual([
      ["inventory-value-invalid", '"-5" is not a whole number from 0 to 1099511627776', 2],
      ["inventory-row-skipped", "the row has no capacity that can be read", 2],
      ["inventory-row-skipped", "the row has no capacity that can be read", 3],
    ]);
  });
});

describe("the machine a row is about", () => {
  const twins = [
    info("db-01", { "VM UUID": uuid(1), "VM ID": "vm-1", Datacenter: "dc1" }),
    info("db-01", { "VM UUID": uuid(2), "VM ID": "vm-2", Datacenter: "dc2" }),
  ];
  const sizes = async (rows: readonly Row[], infos: readonly Row[] = twins) => {
    const inventory = await read(workbook({ vInfo: infos, vDisk: rows }));
    return {
      sizes: inventory.servers.map(({ disks }) => disks.map((each) => each.capacityMiB)),
      said: said(inventory).filter(([rule]) => rule !== "inventory-duplicate-row"),
    };
  };

  it("is found by UUID, by VM ID, and by name within a datacenter", async () => {
    expect((await sizes([disk("db-01", { "Capacity MiB": 2, "VM UUID": uuid(2) })])).sizes).toEqual([[], [2]]);
    expect((await sizes([disk("db-01", { "Capacity MiB": 2, "VM ID": "vm-2" })])).sizes).toEqual([[], [2]]);
    expect((await sizes([disk("DB-01", { "Capacity MiB": 2, Datacenter: "dc2" })])).sizes).toEqual([[], [2]]);
  });

  it("is nobody where the name alone is ambiguous", async () => {
    expect(await sizes([disk("db-01")])).toEqual({
      sizes: [[], []],
      said: [
        [
          "inventory-unknown-reference",
          "db-01",
          "2 virtual machines are called db-01, and the row does not say which it is about",
          2,
        ],
      ],
    });
  });

  it("is nobody where vInfo does not list it, or only one of its name with another identity", async () => {
    const unknown = (subject: string, row: number) => [
      "inventory-unknown-reference",
      subject,
      `vInfo has no virtual machine ${subject}`,
      row,
    ];
    const one = [info("db-01", { "VM UUID": uuid(1) })];
    const { sizes: found, said: findings } = await sizes(
      [disk("ghost"), disk("db-01", { "VM UUID": uuid(7) }), { Disk: "Hard disk 9" }],
      one,
    );
    expect(found).toEqual([[]]);
    expect(findings).toEqual([
      unknown("ghost", 2),
      unknown("db-01", 3),
      ["inventory-row-skipped", "vDisk row 4", "the row names no virtual machine", 4],
    ]);
  });

  it("is that of the identity where name and identity disagree, which is reported", async () => {
    const infos = [info("a", { "VM ID": "vm-1" }), info("b", { "VM ID": "vm-2" })];
    expect(await sizes([disk("a", { "Capacity MiB": 5, "VM ID": "vm-2" })], infos)).toEqual({
      sizes: [[], [5]],
      said: [
        [
          "inventory-reference-conflict",
          "a",
          "the row names a, but its VM ID vm-2 is that of b, to which the row is assigned",
          2,
        ],
      ],
    });
  });
});

describe("vPartition", () => {
  const read2 = (partitions: readonly Row[]) =>
    read(
      workbook({
        vInfo: [info("db-01")],
        vDisk: [disk("db-01"), disk("db-01", { Disk: "Hard disk 2", "Disk Key": "2001", "Capacity MiB": 1000 })],
        vPartition: partitions,
      }),
    );
  const partition = (key: string | null, consumed: number, values: Row = {}): Row => ({
    VM: "db-01",
    "Disk Key": key,
    Disk: "/",
    "Capacity MiB": 900,
    "Consumed MiB": consumed,
    ...values,
  });

  it("adds up what is used of each disk, a file system that is mounted twice once", async () => {
    const inventory = await read2([
      partition("2000", 100),
      partition("2000", 100, { Disk: "/var/lib/containers" }),
      partition("2000", 50, { Disk: "/home" }),
      partition("2001", 7),
    ]);
    expect(serverOf(inventory, "db-01").disks.map(({ usedMiB }) => usedMiB)).toEqual([150, 7]);
  });

  it("says nothing of a disk that would be more than full, nor without a key where there are two disks", async () => {
    const inventory = await read2([partition("2001", 5000), partition(null, 3)]);
    expect(serverOf(inventory, "db-01").disks.map(({ usedMiB }) => usedMiB)).toEqual([undefined, undefined]);
    expect(said(inventory)).toHaveLength(1);
  });

  it("counts without a key to the only disk", async () => {
    const inventory = await read(
      workbook({ vInfo: [info("db-01")], vDisk: [disk("db-01")], vPartition: [partition(null, 3)] }),
    );
    expect(serverOf(inventory, "db-01").disks[0]?.usedMiB).toBe(3);
  });
});

describe("vNetwork", () => {
  it("reads labels, networks, MAC addresses of any form and all addresses of a cell", async () => {
    const inventory = await read(
      workbook({
        vInfo: [info("web-01", { "Primary IP Address": "10.0.0.5" })],
        vNetwork: [
          {
            VM: "web-01",
            "NIC label": "Network adapter 1",
            Adapter: "Vmxnet3",
            Network: "app-net",
            Connected: true,
            "Mac Address": "00-50-56-AA-00-01",
            "IPv4 Address": "10.0.0.5, 10.0.0.6",
            "IPv6 Address": "fe80::1, 2001:DB8::5",
          },
          {
            VM: "web-01",
            "NIC label": "Network adapter 2",
            Connected: "False",
            "Mac Address": "0050.56aa.0002",
            "IPv4 Address": null,
          },
        ],
      }),
    );
    expect(serverOf(inventory, "web-01").nics).toEqual([
      {
        name: "Network adapter 1",
        network: "app-net",
        mac: "00:50:56:aa:00:01",
        addresses: ["10.0.0.5", "10.0.0.6", "2001:db8::5"],
        connected: true,
      },
      { name: "Network adapter 2", mac: "00:50:56:aa:00:02", addresses: [], connected: false },
    ]);
    expect(said(inventory)).toEqual([]);
  });

  it("reports addresses that are none", async () => {
    const inventory = await read(
      workbook({
        vInfo: [info("web-01")],
        vNetwork: [{ VM: "web-01", "NIC label": "n", "Mac Address": "gg:00", "IPv4 Address": "10.0.0.300" }],
      }),
    );
    expect(said(inventory).map(([, , message]) => message)).toEqual([
      '"gg:00" is not a MAC address',
      '"10.0.0.300" is not a list of IPv4 and IPv6 addresses',
    ]);
  });

  it("counts the primary address to the first adapter where none has it", async () => {
    const inventory = await read(
      workbook({
        vInfo: [
          info("web-01", { "Primary IP Address": "10.0.0.5" }),
          info("web-02", { "Primary IP Address": "10.0.0.6" }),
        ],
        vNetwork: [{ VM: "web-01", "NIC label": "Network adapter 1", "IPv4 Address": null }],
      }),
    );
    expect(serverOf(inventory, "web-01").nics).toEqual([{ name: "Network adapter 1", addresses: ["10.0.0.5"] }]);
    expect(serverOf(inventory, "web-02").nics).toEqual([{ addresses: ["10.0.0.6"] }]);
  });
});

describe("networks", () => {
  it("come from port groups, once each, with VLAN and switch", async () => {
    const inventory = await read(
      workbook({
        vInfo: [info("web-01", { "Network #1": "old-net" })],
        vPort: [
          { Host: "esx-01", "Port Group": "app-net", Switch: "vSwitch0", VLAN: 101 },
          { Host: "esx-02", "Port Group": "app-net", Switch: "vSwitch0", VLAN: 101 },
          { Host: "esx-03", "Port Group": "app-net", Switch: "vSwitch0", VLAN: 102 },
          { Host: "esx-01", "Port Group": "trunk", Switch: "vSwitch0", VLAN: 4095 },
        ],
        dvPort: [{ Port: "dv-net", Switch: "dvs", VLAN: "0-4094" }],
        vSwitch: [{ Host: "esx-01", Switch: "vSwitch0", "# Ports": 128 }],
      }),
    );
    expect(inventory.networks.map(({ name, vlan, virtualSwitch }) => [name, vlan, virtualSwitch])).toEqual([
      ["app-net", 101, "vSwitch0"],
      ["trunk", undefined, "vSwitch0"],
      ["dv-net", undefined, "dvs"],
      ["old-net", undefined, undefined],
    ]);
    expect(said(inventory)).toEqual([
      ["inventory-value-invalid", "app-net", "the network has VLAN 102 here and VLAN 101 elsewhere, which is kept", 4],
    ]);
  });
});

describe("the other tabs", () => {
  it("add snapshots, removable media, tools, and what vInfo lacks of CPUs and memory", async () => {
    const inventory = await read(
      workbook({
        vInfo: [info("web-01", { CPUs: null, Memory: null })],
        vCPU: [{ VM: "web-01", CPUs: 8, Sockets: 2, "Cores p/s": 4, Overall: 900 }],
        vMemory: [{ VM: "web-01", "Size MiB": 16_384, Active: 100 }],
        vSnapshot: [{ VM: "web-01", Name: "before", "Date / time": { date: 45714.5 }, "Size MiB (total)": 512.25 }],
        vCD: [
          { VM: "web-01", "Device Node": "CD/DVD drive 1", Connected: "True", "Device Type": "[ds] iso/setup.iso" },
        ],
        vFloppy: [{ VM: "web-01", "Device Node": "Floppy drive 1", Connected: "False" }],
        vUSB: [
          { VM: "web-01", "Device Node": "USB controller", "Device Type": "controller", Connected: false },
          { VM: "web-01", "Device Node": "USB 1", "Device Type": "dongle", Connected: true },
        ],
        vTools: [{ VM: "web-01", Tools: "toolsOld" }],
      }),
    );
    expect(serverOf(inventory, "web-01")).toMatchObject({
      cpus: 8,
      coresPerSocket: 4,
      memoryMiB: 16_384,
      snapshots: [{ name: "before", createdAt: "2025-02-26T12:00:00", sizeMiB: 512.25 }],
      removableMedia: [
        { kind: "cd", connected: true, detail: "CD/DVD drive 1: [ds] iso/setup.iso" },
        { kind: "floppy", connected: false, detail: "Floppy drive 1" },
        { kind: "usb", connected: true, detail: "USB 1: dongle" },
      ],
      toolsStatus: "toolsOld",
    });
    expect(serverOf(inventory, "web-01").utilisation).toBeUndefined();
    expect(said(inventory)).toEqual([]);
  });
});
