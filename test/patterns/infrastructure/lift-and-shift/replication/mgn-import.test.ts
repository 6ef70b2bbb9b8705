import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { applicationMigrationServiceReader } from "../../../../../lib/inventory/application-migration-service";
import {
  mgnLaunchSettings,
  writeMgnImport,
  writeMgnLaunchSettings,
} from "../../../../../lib/patterns/infrastructure/lift-and-shift/replication";
import { thrown } from "../../../../support/thrown";
import { inventoryOf, serverInput } from "../fixtures";
import { DESTINATION, estate, serversOf } from "./fixtures";
import { readMgnImport } from "./strict-mgn-reader";

describe("the import file of Application Migration Service", () => {
  const text = writeMgnImport(serversOf(), { ...DESTINATION, instanceProfileName: "servers", tags: { team: "shop" } });
  const rows = readMgnImport(text);

  it("is accepted by a strict reader of the published columns", () => {
    expect(rows.map((row) => row["mgn:server:user-provided-id"])).toEqual(["db-01", "web-01", "web-02"]);
    expect(rows[0]).toEqual({
      "mgn:account-id": "012345678901",
      "mgn:region": "eu-central-1",
      "mgn:wave:name": "wave-1",
      "mgn:app:name": "shop",
      "mgn:server:user-provided-id": "db-01",
      "mgn:server:platform": "Windows",
      "mgn:server:fqdn-for-action-framework": "10.10.3.19",
      "mgn:launch:instance-type": "r7i.large",
      "mgn:launch:iam-instance-profile:name": "servers",
      "mgn:launch:placement:tenancy": "host",
      "mgn:launch:nic:0:subnet-id": "subnet-0000001a",
      "mgn:launch:nic:0:private-ip:0": "10.10.3.19",
      "mgn:launch:nic:0:security-group-id:0": "sg-0000000a",
      "mgn:launch:nic:0:security-group-id:1": "sg-0000000b",
      "mgn:launch:tag:instance:Name": "db-01",
      "mgn:launch:tag:instance:team": "shop",
    });
    expect(rows[2]).toMatchObject({ "mgn:server:tag:Owner": 'Smith, "Jo"', "mgn:server:tag:cost": "42" });
  });

  it("is the same for the same servers, in whatever order they come", () => {
    const again = writeMgnImport([...serversOf()].reverse(), {
      ...DESTINATION,
      instanceProfileName: "servers",
      tags: { team: "shop" },
    });
    expect(again).toBe(text);
  });

  it("comes back through the library's own reader", async () => {
    const file = { name: "mgn.csv", bytes: Buffer.from(text) };
    expect(await applicationMigrationServiceReader.recognizes([file])).toBe(true);
    const inventory = await applicationMigrationServiceReader.read([file]);
    expect(inventory.findings).toEqual([]);
    expect(
      inventory.servers.map(({ name, application, wave, os, tags }) => ({
        name,
        application,
        wave,
        family: os.family,
        tags,
      })),
    ).toEqual(
      [...estate.servers]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, application, wave, os, tags }) => ({ name, application, wave, family: os.family, tags })),
    );
    expect(inventory.servers[0]?.target).toMatchObject({
      accountId: "012345678901",
      instanceType: "r7i.large",
      tenancy: "dedicated-host",
      securityGroupIds: ["sg-0000000a", "sg-0000000b"],
    });
  });

  it("has a host, a licence and types of volumes where they are given", () => {
    const groups = Array.from({ length: 11 }, (_, index) => `sg-0000000${index.toString(16)}`);
    const [row] = readMgnImport(
      writeMgnImport(
        serversOf(estate, () => ({
          hostId: "h-0123456789abcdef0",
          operatingSystemLicensing: "BYOL",
          volumeTypes: { "c:0": "gp3" },
          securityGroupIds: groups,
        })),
        DESTINATION,
      ),
    );
    expect(row).toMatchObject({
      "mgn:launch:placement:host-id": "h-0123456789abcdef0",
      "mgn:launch:placement:operating-system-licensing": "BYOL",
      "mgn:launch:volume:c:0:type": "gp3",
    });
    const columns = Object.keys(row!).filter((column) => column.includes("security-group-id"));
    expect(columns.at(-1)).toBe("mgn:launch:nic:0:security-group-id:10");
  });

  it("leaves out what is not known", () => {
    const [row] = readMgnImport(
      writeMgnImport(
        serversOf(inventoryOf([{ name: "a", fqdn: "a.example", os: { family: "linux" } }]), () => ({})),
        DESTINATION,
      ),
    );
    expect(row).not.toHaveProperty("mgn:launch:instance-type");
    expect(row).not.toHaveProperty("mgn:wave:name");
  });

  it("is accepted whatever servers are called", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ,"';._-]{0,40}[A-Za-z0-9]$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { selector: (text) => text.toLowerCase(), maxLength: 8 }), (names) => {
        const servers = serversOf(inventoryOf(names.map((each) => serverInput(each, { fqdn: "a.example" }))));
        const read = readMgnImport(writeMgnImport(servers, DESTINATION));
        expect(read.map((row) => row["mgn:server:user-provided-id"])).toEqual([...names].sort());
      }),
    );
  });

  it("refuses servers that it could not tell apart", () => {
    const twins = serversOf(inventoryOf([serverInput("WEB-01"), serverInput("web-01")]));
    expect(thrown(() => writeMgnImport(twins, DESTINATION)).code).toBe("REPLICATION_SERVER_NAME");
  });
});

describe("the launch settings of Application Migration Service", () => {
  it("keep the type of the import file, and the firmware of the source", () => {
    expect(
      mgnLaunchSettings(serversOf()).map((each) => [each.userProvidedID, each.launchConfiguration.bootMode]),
    ).toEqual([
      ["db-01", "USE_SOURCE"],
      ["web-01", "LEGACY_BIOS"],
      ["web-02", "UEFI"],
    ]);
    for (const { launchConfiguration } of mgnLaunchSettings(serversOf())) {
      expect(launchConfiguration.targetInstanceTypeRightSizingMethod).toBe("NONE");
    }
  });

  it("leave the type to the service where nobody knows one", () => {
    const servers = serversOf(inventoryOf([{ name: "a", os: { family: "linux" } }]), () => ({
      operatingSystemLicensing: "BYOL",
    }));
    expect(JSON.parse(writeMgnLaunchSettings(servers))).toEqual([
      {
        userProvidedID: "a",
        launchConfiguration: {
          bootMode: "USE_SOURCE",
          copyPrivateIp: false,
          copyTags: true,
          launchDisposition: "STARTED",
          licensing: { osByol: true },
          targetInstanceTypeRightSizingMethod: "BASIC",
        },
      },
    ]);
  });
});
