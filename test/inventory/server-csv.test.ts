import { beforeAll, describe, expect, it } from "@jest/globals";
import type { Finding } from "../../lib/core/finding";
import { applicationMigrationServiceReader } from "../../lib/inventory/application-migration-service";
import { azureMigrateReader } from "../../lib/inventory/azure-migrate";
import { cloudMigrationFactoryReader } from "../../lib/inventory/cloud-migration-factory";
import { migrationHubReader } from "../../lib/inventory/migration-hub";
import { inventorySchema, type Inventory } from "../../lib/inventory/model";
import type { InventoryReader } from "../../lib/inventory/reader";
import { errorOf, fixtureFile, textFile } from "./input";

/** What a finding says and where. */
function told(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, subject, location }) =>
    [rule.replace("inventory-", ""), subject, location?.row ?? "", location?.column ?? ""].join(" | "),
  );
}

function server(inventory: Inventory, name: string) {
  return inventory.servers.find((each) => each.name === name);
}

function reading(reader: InventoryReader, name: string): { inventory: Inventory } {
  const result = {} as { inventory: Inventory };
  beforeAll(async () => {
    result.inventory = await reader.read([fixtureFile(name)]);
  });
  it("is recognized, and no other format is", async () => {
    const names = ["migration-hub.csv", "mgn.csv", "cloud-migration-factory.csv", "azure-migrate.csv", "flows.csv"];
    const recognized = [];
    for (const each of names) if (await reader.recognizes([fixtureFile(each)])) recognized.push(each);
    expect(recognized).toEqual([name]);
  });
  it("gives an inventory that the model accepts", () => {
    expect(inventorySchema.parse(result.inventory)).toEqual(result.inventory);
    expect(result.inventory).toMatchObject({ format: reader.format, source: name });
  });
  return result;
}

describe("the import template of AWS Migration Hub", () => {
  const read = reading(migrationHubReader, "migration-hub.csv");

  it("says what a server is", () => {
    expect(server(read.inventory, "shop-web01")).toMatchObject({
      fqdn: "shop-web01.corp.example",
      uuid: "4207c9ff-1f0c-4c5e-9d0a-8d6f1b2c3d4e",
      os: { family: "linux", name: "Red Hat Enterprise Linux", version: "9.2" },
      cpus: 8,
      coresPerSocket: 2,
      memoryMiB: 16384,
      nics: [
        { mac: "00:50:56:ab:00:11", addresses: ["10.20.1.11"] },
        { mac: "00:50:56:ab:00:12", addresses: ["10.20.2.11"] },
      ],
      application: "Shop",
      wave: "Wave 1",
      tags: { zone: "1", critical: "yes" },
      location: { file: "migration-hub.csv", row: 2 },
    });
  });

  it("says how it is used, in the model's units", () => {
    expect(server(read.inventory, "shop-web01")?.utilisation).toEqual({
      cpuAveragePercent: 23.9,
      cpuPeakPercent: 71.5,
      memoryAveragePercent: 50,
      memoryPeakPercent: 75,
      diskIops: 500,
      diskMiBps: 3,
      // 1,280 KiB a second.
      networkMbps: 10.486,
    });
    expect(server(read.inventory, "shop-db01")).not.toHaveProperty("utilisation");
  });

  it("gives the UUID out of VMware's serial number, and the product's version rather than the kernel's", () => {
    expect(server(read.inventory, "shop-db01")).toMatchObject({
      uuid: "4207c9ff-1f0c-4c5e-9d0a-8d6f1b2c3d4f",
      os: { family: "windows", version: "2019" },
    });
  });

  it("names a server by its address where nothing else does, and leaves out what has no identity", () => {
    expect(read.inventory.servers.map((each) => each.name)).toEqual([
      "shop-web01",
      "shop-db01",
      "10.20.1.31",
      "legacy01",
    ]);
  });

  it("leaves out what makes no sense", () => {
    expect(server(read.inventory, "legacy01")).toMatchObject({ cpus: 1, nics: [], tags: {} });
    expect(server(read.inventory, "legacy01")).not.toHaveProperty("memoryMiB");
    expect(server(read.inventory, "legacy01")).not.toHaveProperty("utilisation");
    expect(told(read.inventory.findings).sort()).toEqual([
      "row-skipped | migration-hub.csv row 6 | 6 | ",
      "value-invalid | legacy01 | 5 | CPU.NumberOfCores",
      "value-invalid | legacy01 | 5 | CPU.NumberOfLogicalCores",
      "value-invalid | legacy01 | 5 | CPU.UsagePct.Avg",
      "value-invalid | legacy01 | 5 | CPU.UsagePct.Max",
      "value-invalid | legacy01 | 5 | IPAddress",
      "value-invalid | legacy01 | 5 | RAM.TotalSizeInMB",
      "value-invalid | legacy01 | 5 | SMBiosId",
      "value-invalid | legacy01 | 5 | Tags",
      "value-invalid | shop-db01 | 3 | Applications",
    ]);
  });

  it("does not quote a tag that is broken", async () => {
    const { findings } = await migrationHubReader.read([
      textFile("hub.csv", "ExternalId,HostName,Tags\n1,a,hunter2\n2,b,'zone:1'\n"),
    ]);
    expect(findings.find((finding) => finding.location?.column === "Tags")?.message).toBe(
      "1 of the 1 tags is not written key:value",
    );
    expect(JSON.stringify(findings)).not.toContain("hunter2");
  });

  it("refuses more memory in use than there is", async () => {
    const inventory = await migrationHubReader.read([
      textFile("hub.csv", "HostName,OS.Name,RAM.TotalSizeInMB,RAM.UsedSizeInMB.Max\na,Linux,1024,2048\n"),
    ]);
    expect(inventory.servers[0]).not.toHaveProperty("utilisation");
    expect(told(inventory.findings)).toContain("value-invalid | a | 2 | RAM.UsedSizeInMB.Max");
  });
});

describe("the inventory of AWS Application Migration Service", () => {
  const read = reading(applicationMigrationServiceReader, "mgn.csv");

  it("says what a server is and where it goes", () => {
    const found = server(read.inventory, "srv-web01");
    expect(found).toMatchObject({
      fqdn: "web01.corp.example",
      os: { family: "linux" },
      application: "Shop",
      wave: "Wave 1",
      tags: { Name: "web01", CostCenter: "4711" },
      target: {
        region: "eu-west-1",
        instanceType: "m6i.large",
        tenancy: "shared",
        subnetIds: ["subnet-0aa", "subnet-0bb"],
        securityGroupIds: ["sg-0aa", "sg-0bb"],
      },
    });
    // The launch template's address is the target's.
    expect(found?.nics).toEqual([]);
  });

  it("puts back the zero that a spreadsheet has dropped from an account", () => {
    expect(server(read.inventory, "srv-web01")?.target?.accountId).toBe("012345678901");
  });

  it("names a server by its Name tag where it has no ID of its own", () => {
    expect(server(read.inventory, "db01")?.target?.tenancy).toBe("dedicated-host");
  });

  it("tells rows about an application from rows that are broken", () => {
    expect(read.inventory.findings.filter(({ rule }) => rule === "inventory-row-skipped")).toMatchObject([
      {
        severity: "info",
        location: { row: 4 },
        message: "the row is not read, because it is about mgn:app:name alone",
      },
      { severity: "warning", location: { row: 6 } },
    ]);
    expect(told(read.inventory.findings)).toEqual(
      expect.arrayContaining([
        "value-invalid | srv-app01 | 5 | mgn:account-id",
        "value-invalid | srv-app01 | 5 | mgn:launch:placement:tenancy",
        "value-invalid | srv-app01 | 5 | mgn:server:platform",
      ]),
    );
  });
});

describe("the intake form of AWS Cloud Migration Factory", () => {
  const read = reading(cloudMigrationFactoryReader, "cloud-migration-factory.csv");

  it("says what a server is and where it goes", () => {
    expect(server(read.inventory, "pay-web01")).toMatchObject({
      fqdn: "pay-web01.example.local",
      os: { family: "linux", name: "Red Hat Enterprise Linux 8", version: "8" },
      application: "payroll",
      tier: "web",
      wave: "Wave 1",
      environment: "prod",
      strategy: "rehost",
      tags: { CostCenter: "123", BU: "HR" },
      target: {
        region: "us-east-1",
        accountId: "111122223333",
        instanceType: "m6i.large",
        tenancy: "shared",
        subnetIds: ["subnet-1111"],
        securityGroupIds: ["sg-1111", "sg-2222"],
      },
    });
  });

  it("knows the factory's own spelling of a strategy, and that TBC is none", () => {
    expect(server(read.inventory, "pay-db01")?.strategy).toBe("refactor");
    expect(server(read.inventory, "old01")).not.toHaveProperty("strategy");
  });

  it("reads a repeated row once, and both of two servers that share a name", () => {
    expect(read.inventory.servers.map((each) => each.name)).toEqual([
      "pay-web01",
      "pay-db01",
      "old01",
      "old02",
      "OLD01",
    ]);
    const duplicates = read.inventory.findings.filter(({ rule }) => rule === "inventory-duplicate-row");
    expect(duplicates.map(({ subject, message }) => [subject, message])).toEqual([
      ["OLD01", "row 4 has a server of the same name with other values; both are read"],
      ["pay-web01", "the row repeats row 2 and is not read again"],
    ]);
  });

  it("says what it leaves out", () => {
    expect(told(read.inventory.findings)).toEqual(
      expect.arrayContaining([
        "value-invalid | pay-db01 | 3 | tags",
        "row-skipped | cloud-migration-factory.csv row 5 | 5 | ",
        "value-invalid | old02 | 6 | server_os_family",
        "value-invalid | old02 | 6 | r_type",
      ]),
    );
  });
});

describe("the import template of Azure Migrate", () => {
  const read = reading(azureMigrateReader, "azure-migrate.csv");

  it("says what a server is", () => {
    expect(server(read.inventory, "fin-app01.corp.example")).toMatchObject({
      fqdn: "fin-app01.corp.example",
      os: { family: "windows", version: "2019", architecture: "x86_64" },
      cpus: 4,
      memoryMiB: 16384,
      firmware: "efi",
      disks: [
        { name: "Disk 1", capacityMiB: 80 * 1024 },
        { name: "Disk 2", capacityMiB: 500.5 * 1024 },
      ],
      nics: [{ addresses: ["10.9.0.10", "10.9.1.10"] }],
      utilisation: {
        cpuP95Percent: 35,
        memoryP95Percent: 62.5,
        diskIops: 750,
        diskMiBps: 45,
        // 3 MiB a second.
        networkMbps: 25.166,
      },
    });
  });

  it("says that more disks are counted than described", () => {
    expect(server(read.inventory, "fin-db01")?.disks).toHaveLength(1);
    expect(told(read.inventory.findings)).toContain("value-invalid | fin-db01 | 3 | Number of disks");
  });

  it("leaves out what makes no sense", () => {
    const found = server(read.inventory, "fin-old01");
    expect(found).toMatchObject({ disks: [], os: { family: "windows", version: "2008 R2" } });
    for (const key of ["cpus", "memoryMiB", "firmware", "utilisation"]) expect(found).not.toHaveProperty(key);
    expect(told(read.inventory.findings)).toEqual(
      expect.arrayContaining([
        "value-invalid | fin-old01 | 4 | *Cores",
        "value-invalid | fin-old01 | 4 | *Memory (In MB)",
        "value-invalid | fin-old01 | 4 | Disk 1 size (In GB)",
        "row-skipped | azure-migrate.csv row 5 | 5 | ",
      ]),
    );
  });

  it("reads the machines and the disks of an assessment too", async () => {
    const machines = textFile(
      "All_Assessed_Machines.csv",
      [
        "Machine,VM host,Azure VM readiness,Operating system,Boot type,Cores,Memory(MB),CPU usage(%),Memory usage(%),Storage(GB)," +
          "Disk read(ops/sec),Disk write(ops/sec),Disk read(MBPS),Disk write(MBPS),IP address,MAC address,Network in(MBPS),Network out(MBPS)",
        "web01,esx1,Ready,Ubuntu 22.04,BIOS,2,4096,12.5,50,60,10,5,2,1,10.0.0.1,00:50:56:ab:00:11,1,1",
      ].join("\n"),
    );
    const disks = textFile(
      "All_Assessed_Disks.csv",
      "Machine,Disk name,Source disk size(GB)\nWEB01,scsi0:0,40\nweb01,,20\nother,scsi0:0,1\n,scsi0:0,1\nweb01,scsi0:2,-1\n",
    );
    expect(await azureMigrateReader.recognizes([machines])).toBe(true);
    expect(await azureMigrateReader.recognizes([disks])).toBe(true);
    const inventory = await azureMigrateReader.read([disks, machines]);
    expect(inventorySchema.parse(inventory)).toEqual(inventory);
    expect(inventory.servers).toMatchObject([
      {
        name: "web01",
        host: "esx1",
        os: { version: "22.04" },
        cpus: 2,
        memoryMiB: 4096,
        firmware: "bios",
        disks: [
          { name: "scsi0:0", capacityMiB: 40 * 1024 },
          { name: "Disk 2", capacityMiB: 20 * 1024 },
        ],
        nics: [{ mac: "00:50:56:ab:00:11", addresses: ["10.0.0.1"] }],
        utilisation: { cpuP95Percent: 12.5, memoryP95Percent: 50, diskIops: 15, diskMiBps: 3, networkMbps: 16.777 },
      },
    ]);
    expect(told(inventory.findings)).toEqual([
      "unknown-reference | other | 4 | Machine",
      "row-skipped | All_Assessed_Disks.csv row 5 | 5 | Machine",
      "value-invalid | web01 | 6 | Source disk size(GB)",
      "row-skipped | web01 | 6 | Source disk size(GB)",
    ]);
  });
});

describe("a CSV file of servers", () => {
  it("may have semicolons, a mark, Windows line ends and a title", async () => {
    const text = "\uFEFFServers of the site;;\r\nserver_name;r_type;app_name\r\nweb01;Rehost;shop\r\n";
    const file = textFile("intake.csv", text);
    expect(cloudMigrationFactoryReader.recognizes([file])).toBe(true);
    const { servers } = await cloudMigrationFactoryReader.read([file]);
    expect(servers).toMatchObject([{ name: "web01", strategy: "rehost", application: "shop", location: { row: 3 } }]);
  });

  it("says which columns the assessment will miss", async () => {
    const { findings } = await azureMigrateReader.read([textFile("a.csv", "Server name,Cores\na,2\n")]);
    expect(told(findings)).toEqual([
      "column-missing | Memory (In MB) |  | ",
      "column-missing | OS name |  | ",
      "column-missing | IP addresses |  | ",
    ]);
  });

  it("is refused with the headers that are wanted where it is another format's", async () => {
    const error = await errorOf(() => azureMigrateReader.read([fixtureFile("mgn.csv")]));
    expect(error.code).toBe("INVENTORY_HEADERS");
    expect(error.message).toContain("Server name and Cores");
  });

  it("reports how far a long read has come", async () => {
    const rows = Array.from({ length: 2500 }, (_, index) => `s${index},2`).join("\n");
    const steps: (number | undefined)[][] = [];
    await azureMigrateReader.read([textFile("a.csv", `Server name,Cores\n${rows}\n`)], {
      progress: ({ done, total }) => steps.push([done, total]),
    });
    expect(steps).toEqual([
      [1000, 2500],
      [2000, 2500],
    ]);
  });
});
