import { describe, expect, it } from "@jest/globals";
import { cloudMigrationFactoryReader } from "../../../../../lib/inventory/cloud-migration-factory";
import {
  MIGRATION_FACTORY_COLUMNS,
  writeMigrationFactoryIntake,
} from "../../../../../lib/patterns/infrastructure/lift-and-shift/replication";
import { thrown } from "../../../../support/thrown";
import { inventoryOf, serverInput } from "../fixtures";
import { DESTINATION, estate, serversOf } from "./fixtures";

describe("the intake form of Cloud Migration Factory", () => {
  const text = writeMigrationFactoryIntake(serversOf(), { ...DESTINATION, tags: { team: "shop" } });

  it("has the columns of the sample form, and a row for each server", () => {
    const lines = text.split("\r\n");
    expect(lines[0]).toBe(
      "wave_name,app_name,aws_region,aws_accountid,server_name,server_os_family,server_os_version,server_fqdn,server_tier,server_environment,r_type,subnet_IDs,securitygroup_IDs,subnet_IDs_test,securitygroup_IDs_test,instanceType,tenancy,tags",
    );
    expect(MIGRATION_FACTORY_COLUMNS.join(",")).toBe(lines[0]);
    expect(lines[1]).toBe(
      "wave-1,shop,eu-central-1,012345678901,db-01,windows,Windows Server 2022,10.10.3.19,db,prod,Rehost,subnet-0000001a,sg-0000000a;sg-0000000b,subnet-0000001a,sg-0000000a;sg-0000000b,r7i.large,Dedicated host,Name=db-01;team=shop",
    );
    expect(lines).toHaveLength(5);
  });

  it("comes back through the library's own reader", async () => {
    const file = { name: "intake.csv", bytes: Buffer.from(text) };
    expect(await cloudMigrationFactoryReader.recognizes([file])).toBe(true);
    const inventory = await cloudMigrationFactoryReader.read([file]);
    expect(inventory.findings).toEqual([]);
    for (const read of inventory.servers) {
      const server = estate.servers.find((each) => each.name === read.name);
      expect(read).toMatchObject({
        application: "shop",
        wave: "wave-1",
        tier: server?.tier,
        environment: "prod",
        strategy: "rehost",
        os: { family: server?.os.family },
        tags: { ...server?.tags, Name: read.name, team: "shop" },
        target: { region: "eu-central-1", accountId: "012345678901" },
      });
    }
  });

  it("launches tests where it is told to", () => {
    const servers = serversOf(estate, () => ({
      testSubnetIds: ["subnet-0000000f"],
      testSecurityGroupIds: ["sg-0000000f"],
    }));
    expect(writeMigrationFactoryIntake(servers, DESTINATION)).toContain(
      "subnet-0000001a,,subnet-0000000f,sg-0000000f,",
    );
  });

  it("refuses a tag that the form would take for two", () => {
    const servers = serversOf(inventoryOf([serverInput("a", { tags: { note: "x;y=z" } })]));
    const error = thrown(() => writeMigrationFactoryIntake(servers, DESTINATION));
    expect(error.code).toBe("MIGRATION_FACTORY_TAG");
    expect(error.message).not.toContain("x;y");
  });
});
