import { describe, expect, it } from "@jest/globals";
import { thrownBy } from "./thrown-by";
import { csvFolder, info, read, said, serverOf, uuid, workbook } from "./support";
import { chooseOperatingSystem } from "../../../lib/inventory/rvtools/machines";

describe("vInfo", () => {
  it("reads all that the model has a field for", async () => {
    const inventory = await read(
      workbook({
        vInfo: [
          info("web-01", {
            "DNS Name": "web-01.corp.example",
            Memory: "19,456",
            "Primary IP Address": "10.0.0.5",
            "Network #1": "app-net",
            Folder: "/dc/prod",
            Cluster: "c1",
            Datacenter: "dc1",
            "EFI Secure boot": "True",
            "HW version": "vmx-13",
            "FT State": "running",
            Annotation: "keep",
            "SMBIOS UUID": "420B85C1EF0D37FB689761C47157F858",
            "VM UUID": uuid(1).toUpperCase(),
            Application: "shop",
            Wave: 2,
            Owner: "team-a",
          }),
        ],
      }),
    );
    expect(inventory).toMatchObject({ format: "rvtools", source: "estate.xlsx" });
    expect(inventory.servers).toEqual([
      {
        name: "web-01",
        fqdn: "web-01.corp.example",
        uuid: "420b85c1-ef0d-37fb-6897-61c47157f858",
        powerState: "on",
        template: false,
        placeholder: false,
        os: { family: "linux", name: "Ubuntu 22.04.3 LTS", version: "22.04.3" },
        cpus: 2,
        memoryMiB: 19456,
        disks: [],
        nics: [{ network: "app-net", addresses: ["10.0.0.5"] }],
        host: "esx-01",
        cluster: "c1",
        datacenter: "dc1",
        folder: "/dc/prod",
        application: "shop",
        wave: "2",
        firmware: "efi",
        secureBoot: true,
        hardwareVersion: 13,
        faultTolerant: true,
        snapshots: [],
        removableMedia: [],
        annotation: "keep",
        tags: { Owner: "team-a" },
        location: { file: "estate.xlsx", sheet: "vInfo", row: 2 },
      },
    ]);
    expect(inventory.networks.map(({ name }) => name)).toEqual(["app-net"]);
  });

  it("tells templates, placeholders, powered-off and suspended machines apart", async () => {
    const { servers } = await read(
      workbook({
        vInfo: [
          info("on"),
          info("off", { Powerstate: "poweredOff" }),
          info("asleep", { Powerstate: "suspended" }),
          info("template", { Template: true, Powerstate: "poweredOff" }),
          info("placeholder", { "SRM Placeholder": "True" }),
          info("odd", { Powerstate: null }),
        ],
      }),
    );
    expect(
      servers.map(({ name, powerState, template, placeholder }) => [name, powerState, template, placeholder]),
    ).toEqual([
      ["on", "on", false, false],
      ["off", "off", false, false],
      ["asleep", "suspended", false, false],
      ["template", "off", true, false],
      ["placeholder", "on", false, true],
      ["odd", "unknown", false, false],
    ]);
  });

  it("names every row with content that it leaves out, and passes over blank ones", async () => {
    const inventory = await read(
      workbook({
        vInfo: [
          info("web-01"),
          {},
          info("", { CPUs: 8 }),
          { VM: "VM", Powerstate: "Powerstate" },
          info("vCLS-4c4c4544-0051-4b10-8052-b7c04f4d5031"),
        ],
        vDisk: [
          { VM: "web-01", Disk: "Hard disk 1", "Capacity MiB": 10 },
          { VM: "vCLS-4c4c4544-0051-4b10-8052-b7c04f4d5031", Disk: "Hard disk 1", "Capacity MiB": 10 },
        ],
      }),
    );
    expect(inventory.servers.map(({ name }) => name)).toEqual(["web-01"]);
    expect(said(inventory)).toEqual([
      ["inventory-row-skipped", "vInfo row 4", "the row has no name in column VM", 4],
      ["inventory-row-skipped", "VM", "the row repeats the header", 5],
      [
        "inventory-row-skipped",
        "vCLS-4c4c4544-0051-4b10-8052-b7c04f4d5031",
        "the row is an agent of vSphere Cluster Services, which vSphere creates by itself and which is not migrated",
        6,
      ],
    ]);
    expect(inventory.findings.find(({ rule }) => rule === "inventory-row-skipped")?.location).toEqual({
      file: "estate.xlsx",
      sheet: "vInfo",
      row: 4,
      column: "VM",
    });
  });

  it("leaves a value out that makes no sense, and reads the rest of the row", async () => {
    const inventory = await read(
      workbook({
        vInfo: [
          info("web-01", {
            CPUs: -4,
            Memory: "much",
            Firmware: "openfirmware",
            "HW version": "new",
            "VM UUID": "none of your business",
            "Primary IP Address": "10.0.0.500",
            Powerstate: "perhaps",
          }),
        ],
      }),
    );
    const server = serverOf(inventory, "web-01");
    expect(server).toMatchObject({ powerState: "unknown", host: "esx-01", nics: [] });
    expect([server.cpus, server.memoryMiB, server.firmware, server.hardwareVersion, server.uuid]).toEqual(
      Array(5).fill(undefined),
    );
    expect(said(inventory).map(([rule]) => rule)).toEqual(Array(7).fill("inventory-value-invalid"));
  });

  it("says which columns and tabs are missing", async () => {
    const { findings } = await read(workbook({ vInfo: [{ VM: "web-01", Powerstate: "poweredOn", CPUs: 1 }] }));
    expect(findings.filter(({ rule }) => rule === "inventory-column-missing").map(({ subject }) => subject)).toEqual([
      "Template",
      "Memory",
      "VM UUID",
      "Host",
      "Firmware",
      "HW version",
      "OS according to the configuration file",
    ]);
    expect(findings.filter(({ rule }) => rule === "inventory-sheet-missing").map(({ subject }) => subject)).toEqual([
      "vDisk",
      "vPartition",
      "vNetwork",
      "vCD",
      "vUSB",
      "vSnapshot",
      "vTools",
    ]);
  });

  it("blocks where it lists no machine at all", async () => {
    const { findings } = await read(
      ...csvFolder({ vInfo: [] }).map((file) => ({ ...file, bytes: Buffer.from("VM,Powerstate\n") })),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: "inventory-sheet-unreadable",
        severity: "blocker",
        message: "its tab vInfo lists no virtual machine",
      }),
    );
  });

  it("refuses a header whose names it does not know", async () => {
    const error = await thrownBy(read(workbook({ vInfo: [{ vInfoVMName: "web-01", vInfoPowerstate: "poweredOn" }] })));
    expect(error.code).toBe("INVENTORY_RVTOOLS_COLUMNS");
    expect(error.message).toContain("estate.xlsx, sheet vInfo");
  });
});

describe("duplicates", () => {
  it("leaves out a machine that is listed again, and what is listed of it again", async () => {
    const rows = [info("web-01", { "VM UUID": uuid(1) }), info("Web-01", { "VM UUID": uuid(1) })];
    const disk = { VM: "web-01", Disk: "Hard disk 1", "Disk Key": "2000", "Capacity MiB": 10, "VM UUID": uuid(1) };
    const nic = {
      VM: "web-01",
      "NIC label": "Network adapter 1",
      "Mac Address": "00:50:56:00:00:01",
      "VM UUID": uuid(1),
    };
    const inventory = await read(workbook({ vInfo: rows, vDisk: [disk, disk], vNetwork: [nic, nic] }));
    expect(inventory.servers).toHaveLength(1);
    expect(inventory.servers[0]?.disks).toHaveLength(1);
    expect(inventory.servers[0]?.nics).toHaveLength(1);
    expect(said(inventory)).toEqual([
      [
        "inventory-duplicate-row",
        "Web-01",
        "the row lists Web-01 again, first at estate.xlsx, sheet vInfo, row 2, and is left out",
        3,
      ],
      ["inventory-duplicate-row", "web-01", "the row lists Hard disk 1 again, and is left out", 3],
      ["inventory-duplicate-row", "web-01", "the row lists Network adapter 1 again, and is left out", 3],
    ]);
  });

  it("keeps and reports one UUID under two names, and one name with two UUIDs", async () => {
    const inventory = await read(
      workbook({
        vInfo: [
          info("web-01", { "VM UUID": uuid(1), Datacenter: "dc1" }),
          info("clone", { "VM UUID": uuid(1), Datacenter: "dc1" }),
          info("web-01", { "VM UUID": uuid(2), Datacenter: "dc2" }),
        ],
      }),
    );
    expect(inventory.servers).toHaveLength(3);
    expect(said(inventory)).toEqual([
      [
        "inventory-duplicate-row",
        "clone",
        `clone has the UUID ${uuid(1)} of web-01 at estate.xlsx, sheet vInfo, row 2`,
        3,
      ],
      [
        "inventory-duplicate-row",
        "web-01",
        "another virtual machine of this name is at estate.xlsx, sheet vInfo, row 2, in another datacenter",
        4,
      ],
    ]);
  });

  it("sees them over several exports, each of which keeps its own disks", async () => {
    const one = workbook({
      vInfo: [info("web-01", { "VM UUID": uuid(1) }), info("same", { "VM UUID": uuid(9) })],
      vDisk: [
        { VM: "web-01", Disk: "Hard disk 1", "Capacity MiB": 10 },
        { VM: "same", Disk: "Hard disk 1", "Capacity MiB": 11 },
      ],
    });
    const two = workbook({
      vInfo: [info("web-01", { "VM UUID": uuid(2), "VI SDK Server": "vc2" }), info("same", { "VM UUID": uuid(9) })],
      vDisk: [
        { VM: "web-01", Disk: "Hard disk 1", "Capacity MiB": 20 },
        { VM: "same", Disk: "Hard disk 1", "Capacity MiB": 11 },
      ],
    });
    const inventory = await read(one, { ...two, name: "other.xlsx" });
    expect(inventory.servers.map(({ name, disks }) => [name, disks.map((disk) => disk.capacityMiB)])).toEqual([
      ["web-01", [10]],
      ["same", [11]],
      ["web-01", [20]],
    ]);
    expect(said(inventory).map(([, subject, message]) => [subject, message])).toEqual([
      ["web-01", "another virtual machine of this name is at estate.xlsx, sheet vInfo, row 2, in another vCenter"],
      ["same", "the row lists same again, first at estate.xlsx, sheet vInfo, row 3, and is left out"],
    ]);
  });
});

describe("chooseOperatingSystem", () => {
  it("believes VMware Tools before the configuration", () => {
    expect(chooseOperatingSystem("Debian GNU/Linux 9 (64-bit)", "Debian GNU/Linux 7 (64-bit)")).toMatchObject({
      version: "9",
    });
    expect(chooseOperatingSystem(undefined, "CentOS 7 (64-bit)")).toMatchObject({ version: "7" });
    expect(chooseOperatingSystem("Other (64-bit)", "CentOS 7 (64-bit)")).toMatchObject({ version: "7" });
    expect(chooseOperatingSystem("a toaster", undefined)).toEqual({ family: "unknown", name: "a toaster" });
    expect(chooseOperatingSystem(undefined, undefined)).toEqual({ family: "unknown" });
  });

  it("takes the configuration's version where Tools print the same product without one", () => {
    expect(chooseOperatingSystem("Oracle Linux (64-bit)", "Oracle Linux 8 (64-bit)")).toMatchObject({ version: "8" });
    expect(chooseOperatingSystem("Rocky Linux (64-bit)", "CentOS 8 (64-bit)")).toMatchObject({
      name: "Rocky Linux (64-bit)",
    });
  });
});
