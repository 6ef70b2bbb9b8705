import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { readEstateRecord, type EstateRecord } from "../../lib/patterns/infrastructure/lift-and-shift";
import type { ServerInput } from "../patterns/infrastructure/lift-and-shift/fixtures";
import { flows, migrate, servers } from "../patterns/infrastructure/lift-and-shift/estate/fixtures";
import { cli, temporaryFolder } from "./captured";

const { folder, file } = temporaryFolder();

/** The folder of an app whose only stack has these servers. */
function synthesized(
  name: string,
  given: readonly ServerInput[] = servers,
  estate?: EstateRecord,
  app = "shop",
): string {
  // The connections follow a server that has another name.
  const renamed = new Map(
    given.flatMap(({ name: now, renamedFrom }) => (renamedFrom === undefined ? [] : [[renamedFrom, now]])),
  );
  const followed = (flows ?? []).map((flow) => ({
    ...flow,
    source: renamed.get(flow.source) ?? flow.source,
    destination: renamed.get(flow.destination) ?? flow.destination,
  }));
  const outdir = path.join(folder, name);
  const root = new App({ outdir });
  const stack = new TerraformStack(root, "wave-1");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  migrate(given, { stack, app, inventory: { flows: followed }, ...(estate === undefined ? {} : { estate }) });
  root.synth();
  return outdir;
}

const change = (name: string, over: Partial<ServerInput>): ServerInput[] =>
  servers.map((server) => (server.name === name ? { ...server, ...over } : server));

const read = (name: string): EstateRecord => readEstateRecord(readFileSync(name, "utf8"), name);

describe("lock", () => {
  const app = synthesized("app");

  it("writes the record of an app, and then has nothing to write", async () => {
    const record = file("new.json");
    const written = await cli(["lock", app, "-o", record]);
    expect(written).toMatchObject({ status: 0, stderr: "" });
    expect(written.stdout).toContain("new.json: WRITTEN, 3 servers");
    expect(written.stdout).toContain("added    db-01: aws_instance.shop_fleet_servers_db-01_");
    const before = readFileSync(record, "utf8");
    expect(read(record).servers.map(({ name, stack, migration }) => [name, stack, migration])).toEqual([
      ["db-01", "wave-1", "wave-1-shop"],
      ["files", "wave-1", "wave-1-shop"],
      ["web-01", "wave-1", "wave-1-shop"],
    ]);
    expect(before).not.toContain("renamedFrom");
    const again = await cli(["lock", app, "--output", record]);
    expect(again).toMatchObject({ status: 0 });
    expect(again.stdout).toContain("UP TO DATE, 3 servers");
    expect(readFileSync(record, "utf8")).toBe(before);
  });

  it("checks without writing", async () => {
    const record = file("checked.json");
    expect(await cli(["lock", app, "-o", record, "--check"])).toMatchObject({ status: 1 });
    expect(existsSync(record)).toBe(false);
    await cli(["lock", app, "-o", record]);
    expect(await cli(["lock", app, "-o", record, "--check"])).toMatchObject({ status: 0 });
    writeFileSync(record, readFileSync(record, "utf8").replace('"sizeGiB": 100', '"sizeGiB": 90'));
    const stale = await cli(["lock", app, "-o", record, "--check"]);
    expect(stale.status).toBe(1);
    expect(stale.stdout).toContain("STALE");
    expect(stale.stdout).toContain("resized  db-01:Hard disk 2: 90 GiB before, 100 GiB now");
    expect(read(record).servers[0]?.disks[1]?.sizeGiB).toBe(90);
  });

  it("takes nothing of an earlier synthesis for the code that was blocked since", async () => {
    const record = file("blocked.json");
    const again = (blocked: boolean): string => {
      const outdir = path.join(folder, "blocked");
      const root = new App({ outdir });
      new TerraformStack(root, "first").node.addValidation({ validate: () => (blocked ? ["no"] : []) });
      const stack = new TerraformStack(root, "wave-1");
      new AwsProvider(stack, "aws", { region: "eu-central-1" });
      migrate(servers, { stack, app: "shop" });
      const synth = (): void => {
        root.synth();
      };
      if (blocked) expect(synth).toThrow("no");
      else synth();
      return outdir;
    };
    const outdir = again(false);
    await cli(["lock", outdir, "-o", record]);
    again(true);
    // What Terraform keeps in the stacks' folders is left to it.
    expect(existsSync(path.join(outdir, "stacks/wave-1/cdk.tf.json"))).toBe(true);
    const commands = [
      ["lock", outdir, "-o", record, "--check"],
      ["lock", outdir, "-o", record],
      ["status", "--synthesized", outdir],
    ];
    for (const command of commands) {
      const { status, stdout, stderr } = await cli(command);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toContain("PLAN_SYNTHESIZED_APP");
      expect(stderr).toContain("the last synthesis was stopped, and its stacks are those of an earlier one");
      expect(stderr).toContain("remedy what cdktf synth says, and run it again");
    }
    again(false);
    expect(await cli(["lock", outdir, "-o", record, "--check"])).toMatchObject({ status: 0 });
  });

  it("takes over the new names, and keeps what was pinned", async () => {
    const record = file("renamed.json");
    await cli(["lock", app, "-o", record]);
    const disks = (servers[0]?.disks ?? []).map((each) =>
      each.name === "Hard disk 2" ? { ...each, name: "Data", renamedFrom: "Hard disk 2" } : each,
    );
    const renamed = synthesized(
      "renamed",
      change("db-01", { name: "orders-db", renamedFrom: "db-01", disks: [...disks].reverse() }),
      read(record),
    );
    const { status, stdout } = await cli(["lock", renamed, "-o", record, "-f", "json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      file: record,
      outcome: "written",
      servers: 3,
      changes: [
        { kind: "renamed", subject: "orders-db", detail: "db-01 before" },
        { kind: "renamed", subject: "orders-db:Data", detail: "Hard disk 2 before" },
      ],
    });
    const [, orders] = read(record).servers;
    expect(orders?.disks.map(({ name, deviceName }) => [name, deviceName])).toEqual([
      ["Hard disk 1", undefined],
      ["Data", "/dev/sdf"],
      ["Hard disk 3", "/dev/sdg"],
    ]);
  });

  it("names what is gone and writes nothing until it is forgotten", async () => {
    const record = file("gone.json");
    await cli(["lock", app, "-o", record]);
    const before = readFileSync(record, "utf8");
    const disks = servers[0]?.disks?.slice(0, 2);
    const smaller = synthesized(
      "smaller",
      change("db-01", { disks }).filter(({ name }) => name !== "files"),
    );
    const refused = await cli(["lock", smaller, "-o", record]);
    expect(refused.status).toBe(1);
    expect(refused.stdout).toContain("NOT WRITTEN");
    expect(refused.stdout).toMatch(/gone {5}db-01:Hard disk 3: aws_ebs_volume\./);
    expect(refused.stdout).toMatch(/gone {5}files: aws_instance\.[^,]*,\s+aws_ebs_volume\./);
    expect(refused.stdout).toContain(
      `\n  migration-patterns lock --output ${record} --forget 'db-01:Hard disk 3' --forget files\n`,
    );
    expect(readFileSync(record, "utf8")).toBe(before);
    const forgotten = await cli([
      "lock",
      "-o",
      record,
      "--forget",
      "db-01:Hard disk 3",
      "--forget",
      "42000003-0000-4000-8000-000000000000",
    ]);
    expect(forgotten).toMatchObject({ status: 0, stderr: "" });
    expect(read(record).servers.map(({ name, disks: kept }) => [name, kept.length])).toEqual([
      ["db-01", 2],
      ["web-01", 1],
    ]);
    // It is made from one image less, too.
    const written = await cli(["lock", smaller, "-o", record]);
    expect(written).toMatchObject({ status: 0 });
    expect(written.stdout).toContain("changed  db-01: other images before");
    expect(await cli(["lock", smaller, "-o", record, "--check"])).toMatchObject({ status: 0 });
  });

  it("says which name it cannot forget", async () => {
    const record = file("twice.json");
    await cli(["lock", app, "-o", record]);
    const { servers: entries, ...rest } = read(record);
    const [first, ...others] = entries as [EstateRecord["servers"][number], ...EstateRecord["servers"]];
    writeFileSync(
      record,
      JSON.stringify({ ...rest, servers: [first, ...others.map((each) => ({ ...each, name: "db-01" }))] }),
    );
    const twice = await cli(["lock", "-o", record, "--forget", "db-01"]);
    expect(twice).toMatchObject({ status: 2 });
    expect(twice.stderr).toContain("PLAN_ESTATE_FORGET");
    expect(twice.stderr).toContain("42000002-0000-4000-8000-000000000000: aws_instance.");
    const unknown = await cli(["lock", "-o", record, "--forget", "nobody"]);
    expect(unknown).toMatchObject({ status: 2 });
    expect(unknown.stderr).toContain("take the name from the record");
    expect(await cli(["lock", "-o", file("none.json"), "--forget", "a"])).toMatchObject({ status: 2 });
  });

  it("refuses a call that mixes the two, and records of two apps", async () => {
    const record = file("mixed.json");
    await cli(["lock", app, "-o", record]);
    for (const args of [
      [app, "--forget", "a"],
      ["--check", "--forget", "a"],
      [app, app],
    ]) {
      const { status, stderr } = await cli(["lock", ...args, "-o", record]);
      expect(status).toBe(2);
      expect(stderr).toContain("CLI_UNEXPECTED_ARGUMENT");
    }
    const other = await cli(["lock", synthesized("billing", servers, undefined, "billing"), "-o", record]);
    expect(other).toMatchObject({ status: 2 });
    expect(other.stderr).toContain("PLAN_ESTATE_APP");
    expect((await cli(["lock", app, "-o", record, "--app", "billing"])).stderr).toContain("PLAN_ESTATE_APP");
    expect((await cli(["lock", path.join(folder, "nowhere"), "-o", record])).stderr).toContain("PLAN_SYNTHESIZED_APP");
  });

  it("reads neither a record that is none, nor identities of another version", async () => {
    const record = file("broken.json", "{}");
    expect((await cli(["lock", app, "-o", record])).stderr).toContain("ESTATE_RECORD_SHAPE");
    expect(readFileSync(record, "utf8")).toBe("{}");
    const newer = synthesized("newer");
    const identities = path.join(newer, "stacks", "wave-1", "estate", "wave-1-shop.json");
    writeFileSync(identities, readFileSync(identities, "utf8").replace('"formatVersion": 1', '"formatVersion": 2'));
    const { status, stderr } = await cli(["lock", newer, "-o", file("newer.json")]);
    expect(status).toBe(2);
    expect(stderr).toContain("PLAN_ESTATE_IDENTITIES");
    expect(stderr).toContain("received 2");
    writeFileSync(identities, "{");
    expect((await cli(["lock", newer, "-o", file("newer.json")])).stderr).toContain("PLAN_ESTATE_IDENTITIES");
  });

  it("passes over the file of a migration that has gone", async () => {
    const left = synthesized("left");
    const at = path.join(left, "stacks", "wave-1", "estate");
    writeFileSync(path.join(at, "wave-0.json"), readFileSync(path.join(at, "wave-1-shop.json"), "utf8"));
    expect(await cli(["lock", left, "-o", file("left.json")])).toMatchObject({ status: 0 });
    rmSync(path.join(at, "wave-1-shop.json"));
    expect((await cli(["lock", left, "-o", file("left-2.json")])).stderr).toContain(
      "synthesize an app with a LiftAndShift",
    );
  });
});
