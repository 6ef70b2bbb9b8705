/** The rules about identities: what each says would be destroyed, and that its mend ends it. */
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ForgottenResources } from "../../../../../lib/core";
import type { Finding } from "../../../../../lib/core/finding";
import {
  estateAddressChanged,
  estateAdoptionChanged,
  estateDiskGone,
  estateDiskRelabelled,
  estateDiskShrunk,
  estateIdentityUncertain,
  estatePlaceChanged,
  estatePlaceKept,
  estateRenamedFromTaken,
  estateRenameUnrecorded,
  estateServerGone,
  estateServerMoved,
  estateServerRenamed,
  estateUnrecorded,
  ServerImage,
  type EstateRecord,
  type LiftAndShift,
} from "../../../../../lib/patterns/infrastructure/lift-and-shift";
import type { Rule } from "../../../../../lib/core/rule";
import type { EstateReview } from "../../../../../lib/patterns/infrastructure/lift-and-shift";
import { makeTemporaryFolder } from "../../../../support/temporary-folder";
import { newStack, type ServerInput } from "../fixtures";
import { disk, findingsOf, gravely, machine, migrate, recordOf, reviewOf, servers, uuidOf } from "./fixtures";

const record = recordOf(migrate().migration);
const entry = (name: string) => record.servers.find((each) => each.name === name)!;
const db = entry("db-01");

const change = (name: string, over: Partial<ServerInput>): ServerInput[] =>
  servers.map((server) => (server.name === name ? { ...server, ...over } : server));
const [dbInput] = servers;
const dbDisks = dbInput?.disks ?? [];

const found = (rule: Rule<EstateReview>, migration: LiftAndShift): Finding[] =>
  findingsOf(migration).filter((finding) => finding.rule === rule.id);

const withRecord = (given: readonly ServerInput[], input: Parameters<typeof migrate>[1] = {}): LiftAndShift =>
  migrate(given, { estate: record, ...input }).migration;

describe("a server with another name", () => {
  const renamed = change("db-01", { name: "orders-db" });

  it("is found by its UUID, with all that would be destroyed", () => {
    const migration = withRecord(renamed);
    const [finding, ...others] = gravely(findingsOf(migration));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "estate-server-renamed", severity: "blocker", subject: "orders-db" });
    for (const address of [db.address, ...db.disks.flatMap((each) => [each.address, each.attachment ?? ""])]) {
      expect(finding?.message).toContain(address);
    }
    expect(finding?.remedy).toBe(
      'write renamedFrom: "db-01" at orders-db in the inventory, or fleet: { overrides: { "orders-db": { renamedFrom: "db-01" } } } in the code',
    );
  });

  it("is a warning in the first stage, in which data can be seeded again", () => {
    expect(gravely(findingsOf(withRecord(renamed, { stage: "replicate" }))).map(({ severity }) => severity)).toEqual([
      "warning",
    ]);
  });

  it("is none with either mend", () => {
    expect(gravely(findingsOf(withRecord(change("db-01", { name: "orders-db", renamedFrom: "db-01" }))))).toEqual([]);
    const overrides = { "orders-db": { renamedFrom: "db-01" } };
    expect(gravely(findingsOf(withRecord(renamed, { fleet: { overrides } })))).toEqual([]);
  });

  it("is found where another name is said than the recorded one", () => {
    const migration = withRecord(change("db-01", { name: "orders-db", renamedFrom: "db-00" }));
    expect(found(estateServerRenamed, migration)[0]?.remedy).toContain('renamedFrom: "db-01"');
  });

  it("is none with its former name beside that of the construct, in one commit", () => {
    const construct = { id: "store", renamedFrom: "stack/shop", namedAfter: "stack/shop" };
    const [finding, ...others] = gravely(findingsOf(withRecord(renamed, construct)));
    expect(others).toEqual([]);
    expect(finding?.remedy).toContain('write renamedFrom: "db-01" at orders-db in the inventory');
    const mended = change("db-01", { name: "orders-db", renamedFrom: "db-01" });
    expect(gravely(findingsOf(withRecord(mended, construct)))).toEqual([]);
  });

  it("is told where its resources were if a construct above it has another id and does not say its former path", () => {
    const construct = { id: "store", name: "stack-shop" };
    const remedyOf = (given: readonly ServerInput[]): string =>
      found(estateServerRenamed, withRecord(given, construct))[0]?.remedy ?? "";
    const lines = `say behind the migration where the resources were: fleet.instances.get("orders-db")?.moveFromId("${db.address}");`;
    expect(remedyOf(renamed)).toContain(`a construct above orders-db was renamed as well: give it back its id`);
    expect(remedyOf(renamed)).toContain(`; or ${lines}`);
    expect(remedyOf(renamed)).toContain(`fleet.volumes.get("orders-db")?.[1]?.moveFromId("${db.disks[2]?.address}");`);
    expect(remedyOf(change("db-01", { name: "orders-db", renamedFrom: "db-01" }))).toContain(
      `or take renamedFrom of orders-db out, and ${lines}`,
    );
  });

  it("is told to go by a third name where the two have changed names", () => {
    const swapped = servers.map((server) => {
      if (server.name === "web-01") return { ...server, name: "files" };
      return server.name === "files" ? { ...server, name: "web-01" } : server;
    });
    const findings = found(estateServerRenamed, withRecord(swapped));
    expect(findings.map(({ subject }) => subject)).toEqual(["files", "web-01"]);
    for (const { remedy } of findings) expect(remedy).toContain("under a third name first");
  });

  it("without a UUID is one that went and one that came, unless it says its former name", () => {
    const anonymous = recordOf(migrate(servers.map(({ uuid: _uuid, ...server }) => server)).migration);
    const given = (over: Partial<ServerInput>): ServerInput[] =>
      servers.map(({ uuid: _uuid, ...server }) => (server.name === "db-01" ? { ...server, ...over } : server));
    const lost = migrate(given({ name: "orders-db" }), { estate: anonymous }).migration;
    expect(gravely(findingsOf(lost)).map(({ rule, subject }) => [rule, subject])).toEqual([
      ["estate-server-gone", "db-01"],
    ]);
    const said = migrate(given({ name: "orders-db", renamedFrom: "db-01" }), { estate: anonymous }).migration;
    expect(gravely(findingsOf(said))).toEqual([]);
  });
});

describe("a disk with another label", () => {
  const relabelled = (over: object): ServerInput[] =>
    change("db-01", {
      disks: dbDisks.map((each) => (each.name === "Hard disk 2" ? { ...each, name: "Data", ...over } : each)),
    });

  it("is found by its key, with the volume that would be destroyed", () => {
    const [finding, ...others] = gravely(findingsOf(withRecord(relabelled({}))));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: estateDiskRelabelled.id, severity: "blocker", subject: "db-01" });
    expect(finding?.message).toContain(db.disks[1]?.address);
    expect(finding?.remedy).toContain(
      '{ overrides: { "db-01": { disks: { "Data": { renamedFrom: "Hard disk 2" } } } } }',
    );
  });

  it("is none with either mend", () => {
    expect(gravely(findingsOf(withRecord(relabelled({ renamedFrom: "Hard disk 2" }))))).toEqual([]);
    const overrides = { "db-01": { disks: { Data: { renamedFrom: "Hard disk 2" } } } };
    expect(gravely(findingsOf(withRecord(relabelled({}), { fleet: { overrides } })))).toEqual([]);
  });

  it("is found for two that have changed labels, which are one disk each still", () => {
    const swapped = change("db-01", {
      disks: dbDisks.map((each) => {
        if (each.name === "Hard disk 2") return { ...each, name: "Hard disk 3" };
        return each.name === "Hard disk 3" ? { ...each, name: "Hard disk 2" } : each;
      }),
    });
    expect(found(estateDiskRelabelled, withRecord(swapped))).toHaveLength(2);
  });

  it("of the root disk alone destroys nothing", () => {
    const disks = dbDisks.map((each) => (each.name === "Hard disk 1" ? { ...each, name: "System" } : each));
    expect(gravely(findingsOf(withRecord(change("db-01", { disks }))))).toEqual([]);
  });
});

describe("another address", () => {
  it("is found where the construct's id has changed, with a line for each resource", () => {
    const estate: EstateRecord = {
      ...record,
      servers: record.servers.map((each) => ({ ...each, migration: "orders" })),
    };
    const { migration } = migrate(servers, { estate, id: "other", name: "orders" });
    const findings = found(estateAddressChanged, migration);
    expect(findings.map(({ subject }) => subject).sort()).toEqual(["db-01", "files", "web-01"]);
    expect(findings[0]?.message).toContain(db.address);
    expect(findings[0]?.remedy).toContain(`fleet.instances.get("db-01")?.moveFromId("${db.address}");`);
    for (const each of estate.servers) {
      migration.fleet.instances.get(each.name)?.moveFromId(each.address);
      each.disks.slice(1).forEach((recorded, index) => {
        migration.fleet.volumes.get(each.name)?.[index]?.moveFromId(recorded.address);
        migration.fleet.attachments.get(each.name)?.[index]?.moveFromId(recorded.attachment ?? "");
      });
    }
    const again = migrate(servers, { estate, id: "other", name: "orders" });
    for (const each of estate.servers) again.migration.fleet.instances.get(each.name)?.moveFromId(each.address);
    // The volumes are still to be moved there.
    expect(found(estateAddressChanged, again.migration)).toHaveLength(2);
    expect(gravely(estateAddressChanged(reviewOf(migration, { estate })))).toEqual([]);
  });

  it("is found where another disk became the root disk", () => {
    const disks = dbDisks.map((each) => ({ ...each, ...(each.name === "Hard disk 2" ? { root: true } : {}) }));
    const [finding] = found(estateAddressChanged, withRecord(change("db-01", { disks })));
    expect(finding?.message).toContain(db.disks[1]?.address);
    expect(finding?.remedy).toBe("mark the recorded root disk as root: true in the inventory");
  });
});

describe("a former name that is taken", () => {
  it("is found with both places", () => {
    const migration = withRecord([
      ...change("db-01", { name: "orders-db", renamedFrom: "web-01", location: { file: "a.yaml", line: 3 } }).map(
        (each) => (each.name === "web-01" ? { ...each, location: { file: "a.yaml", line: 9 } } : each),
      ),
    ]);
    const [finding] = found(estateRenamedFromTaken, migration);
    expect(finding).toMatchObject({ severity: "blocker", subject: "orders-db" });
    expect(finding?.message).toBe(
      "orders-db (a.yaml:3) says that it was called web-01, which is the name of web-01 (a.yaml:9)",
    );
  });

  it("is found where two say it, of servers and of disks", () => {
    const given = [
      ...change("db-01", {
        disks: dbDisks.map((each) => (each.name === "Hard disk 1" ? each : { ...each, renamedFrom: "Data" })),
      }).map((each) => (each.name === "db-01" ? each : { ...each, renamedFrom: "old" })),
    ];
    expect(found(estateRenamedFromTaken, withRecord(given)).map(({ message }) => message)).toEqual([
      "Hard disk 2 and Hard disk 3 of db-01 each say that they were called Data",
      "web-01 says that it was called old, which was also the name of files",
    ]);
  });

  it("is found where another disk has the label still", () => {
    const disks = dbDisks.map((each) => (each.name === "Hard disk 2" ? { ...each, renamedFrom: "Hard disk 3" } : each));
    expect(found(estateRenamedFromTaken, withRecord(change("db-01", { disks })))).toHaveLength(1);
  });

  it("is none where nobody has it", () => {
    expect(found(estateRenamedFromTaken, withRecord(change("db-01", { name: "a", renamedFrom: "db-01" })))).toEqual([]);
  });
});

describe("a rename without a record", () => {
  it("is found, because its zone hangs on its former name", () => {
    const given = change("db-01", { name: "orders-db", renamedFrom: "db-01" });
    expect(found(estateRenameUnrecorded, migrate(given).migration)).toMatchObject([{ severity: "warning" }]);
    expect(found(estateRenameUnrecorded, withRecord(given))).toEqual([]);
  });
});

describe("a server that is gone", () => {
  const without = servers.filter(({ name }) => name !== "db-01");

  it("is found with what would be destroyed and how it stays", () => {
    const [finding, ...others] = gravely(findingsOf(withRecord(without)));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: estateServerGone.id, severity: "blocker", subject: "db-01" });
    expect(finding?.message).toContain(db.address);
    for (const disk of db.disks) expect(finding?.message).toContain(disk.address);
    expect(finding?.message).toMatch(/ and 6 more$/);
    expect(finding?.remedy).toContain(db.disks[2]?.address);
    expect(finding?.remedy).toContain(
      `new ForgottenResources(this, "forgotten-db-01", { addresses: ["${db.address}", `,
    );
    expect(finding?.remedy).toContain(
      "below Terraform 1.7: terraform -chdir=cdktf.out/stacks/stack state rm with the same addresses",
    );
    expect(finding?.remedy).toContain("migration-patterns lock --forget db-01");
  });

  it("is none where Terraform forgets all of it, and one where it forgets but the instance", () => {
    const all = [
      db.address,
      ...db.disks.slice(1).flatMap((each) => [each.address, each.attachment ?? ""]),
      ...(db.images ?? []),
    ];
    const some = newStack();
    new ForgottenResources(some, "forgotten", { addresses: [db.address] });
    expect(found(estateServerGone, withRecord(without, { stack: some }))).toHaveLength(1);
    const stack = newStack();
    new ForgottenResources(stack, "forgotten", { addresses: all });
    expect(gravely(findingsOf(withRecord(without, { stack })))).toEqual([]);
  });

  it("brings a command that a shell takes as it is, whatever the server is called", () => {
    const name = "it's $(touch planted) `touch planted`; touch planted #";
    const estate = recordOf(migrate([...servers, machine(name, 4)]).migration);
    const [finding] = found(estateServerGone, migrate(servers, { estate }).migration);
    const folder = makeTemporaryFolder("shell");
    const script = path.join(folder, "migration-patterns");
    writeFileSync(script, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n", { mode: 0o755 });
    const command = /migration-patterns lock --forget .*$/.exec(finding?.remedy ?? "")?.[0] ?? "";
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
    const { stdout } = spawnSync("sh", ["-c", command], { cwd: folder, env, encoding: "utf8" });
    expect(stdout).toBe(["lock", "--forget", name, ""].join("\n"));
    expect(readdirSync(folder)).toEqual(["migration-patterns"]);
  });

  it("is found where it retires", () => {
    const [finding] = found(estateServerGone, withRecord(change("db-01", { strategy: "retire" })));
    expect(finding?.message).toContain("its strategy is retire");
  });

  it("is found in the wave that lost it", () => {
    const inWaves = servers.map((server) => ({ ...server, wave: "1" }));
    const estate = recordOf(migrate(inWaves, { wave: "1" }).migration);
    const given = inWaves.map((server) => (server.name === "db-01" ? { ...server, wave: "2" } : server));
    const [finding] = found(estateServerGone, migrate(given, { wave: "1", estate }).migration);
    expect(finding?.message).toContain("it is in the wave 2 now");
    expect(finding?.remedy).toContain("estate-server-moved");
  });
});

describe("a disk that is gone", () => {
  const without = (name: string): ServerInput[] =>
    change("db-01", { disks: dbDisks.filter((each) => each.name !== name) });

  it("is found with its volume and how it stays", () => {
    const [finding, ...others] = gravely(findingsOf(withRecord(without("Hard disk 2"))));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: estateDiskGone.id, severity: "blocker", subject: "db-01" });
    expect(finding?.message).toContain(db.disks[1]?.address);
    expect(finding?.remedy).toContain('put the disk back: name: "Hard disk 2", key: "2001", capacityMiB: 102400');
    expect(finding?.remedy).toContain("migration-patterns lock --forget 'db-01:Hard disk 2'");
  });

  it("is none where Terraform forgets it", () => {
    const stack = newStack();
    const { address, attachment = "" } = db.disks[1]!;
    new ForgottenResources(stack, "forgotten", { addresses: [address, attachment] });
    expect(gravely(findingsOf(withRecord(without("Hard disk 2"), { stack })))).toEqual([]);
  });

  it("is found where it is the root disk, for which another would be taken", () => {
    const findings = gravely(findingsOf(withRecord(without("Hard disk 1"))));
    expect(findings.map(({ rule }) => rule)).toEqual(["estate-address-changed", "estate-disk-gone"]);
  });
});

describe("a disk that is smaller", () => {
  const sized = (gib: number): ServerInput[] =>
    change("db-01", {
      disks: dbDisks.map((each) => (each.name === "Hard disk 2" ? { ...each, capacityMiB: gib * 1024 } : each)),
    });

  it("is found, with the size that it has to keep", () => {
    const [finding, ...others] = gravely(findingsOf(withRecord(sized(60))));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: estateDiskShrunk.id, severity: "blocker", subject: "db-01" });
    expect(finding?.message).toContain("has 100 GiB as recorded, and would have 60 GiB");
    expect(finding?.remedy).toContain("capacityMiB: 102400");
  });

  it("is none where it is larger or as large", () => {
    expect(gravely(findingsOf(withRecord(sized(100))))).toEqual([]);
    expect(gravely(findingsOf(withRecord(sized(400))))).toEqual([]);
  });
});

describe("an adoption", () => {
  const adopting = { images: () => ServerImage.adopt("i-0123456789abcdef0") };
  const adopted = recordOf(migrate(servers, adopting).migration);

  it("of a server that was created is found with its volumes", () => {
    const findings = gravely(findingsOf(withRecord(servers, adopting)));
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set([estateAdoptionChanged.id]));
    expect(findings).toHaveLength(3);
    expect(findings[0]?.message).toContain(db.disks[1]?.address);
    expect(findings[0]?.remedy).toContain(`state rm ${db.address} `);
  });

  it("that ends is found with the instance", () => {
    const findings = gravely(findingsOf(migrate(servers, { estate: adopted }).migration));
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set([estateAdoptionChanged.id]));
    expect(findings[0]?.message).toContain(adopted.servers[0]?.address);
  });

  it("that goes on is none", () => {
    expect(adopted.servers[0]).toMatchObject({ adopted: true, disks: [] });
    expect(gravely(findingsOf(migrate(servers, { estate: adopted, ...adopting }).migration))).toEqual([]);
  });
});

describe("a server in another migration", () => {
  const elsewhere = (stack: string): EstateRecord => ({
    ...record,
    servers: record.servers.map((each) =>
      each.name === "db-01" ? { ...each, stack, migration: "wave-1", address: "aws_instance.old" } : each,
    ),
  });

  it("of another stack is found with commands in their order", () => {
    const { migration } = migrate(servers, { estate: elsewhere("wave-1") });
    const [finding, ...others] = gravely(findingsOf(migration));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: estateServerMoved.id, severity: "blocker", subject: "db-01" });
    const { remedy = "" } = finding ?? {};
    const steps = [
      "terraform -chdir=cdktf.out/stacks/wave-1 state pull > wave-1.tfstate",
      "terraform -chdir=cdktf.out/stacks/stack state pull > stack.tfstate",
      `terraform state mv -state=wave-1.tfstate -state-out=stack.tfstate aws_instance.old ${db.address}`,
      `terraform state mv -state=wave-1.tfstate -state-out=stack.tfstate ${db.disks[1]!.address} ${db.disks[1]!.address}`,
      'terraform -chdir=cdktf.out/stacks/stack state push "$PWD"/stack.tfstate',
      'terraform -chdir=cdktf.out/stacks/wave-1 state push "$PWD"/wave-1.tfstate',
      "waive estate-server-moved and estate-server-gone for db-01",
      'fleet.instances.get("db-01")?.importFrom("INSTANCE_ID");',
      `fleet.attachments.get("db-01")?.[0]?.importFrom("/dev/sdf:VOLUME_ID_OF_${db.disks[1]!.address}:INSTANCE_ID");`,
      'new ForgottenResources(this, "forgotten-db-01", { addresses: ["aws_instance.old", ',
      "deploy stack first, then wave-1",
    ];
    const places = steps.map((step) => remedy.indexOf(step));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("of another stack is none once it is imported", () => {
    const { migration } = migrate(servers, { estate: elsewhere("wave-1") });
    migration.fleet.instances.get("db-01")?.importFrom("i-0123456789abcdef0");
    expect(found(estateServerMoved, migration)).toEqual([]);
  });

  it("of the same stack is found with the line that moves it, and none behind it", () => {
    const { migration } = migrate(servers, { estate: elsewhere("stack") });
    const [finding] = found(estateServerMoved, migration);
    expect(finding?.remedy).toContain('fleet.instances.get("db-01")?.moveFromId("aws_instance.old");');
    const mended = migrate(servers, { estate: elsewhere("stack") }).migration;
    mended.fleet.instances.get("db-01")?.moveFromId("aws_instance.old");
    expect(found(estateServerMoved, mended)).toEqual([]);
  });
});

describe("a place", () => {
  it("that is overridden is found, with what would be made anew", () => {
    const overrides = { "db-01": { subnetId: "subnet-0000000b" } };
    const [finding, ...others] = gravely(findingsOf(withRecord(servers, { fleet: { overrides } })));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: estatePlaceChanged.id, severity: "blocker", subject: "db-01" });
    expect(finding?.message).toContain(
      "db-01 is recorded in isolated/eu-central-1a at 10.10.3.20, and would be put in private/eu-central-1b",
    );
    expect(finding?.message).toContain(db.disks[1]?.address);
  });

  it("that is kept is worth knowing", () => {
    const migration = withRecord(change("db-01", { nics: [] }));
    expect(found(estatePlaceKept, migration)).toMatchObject([{ severity: "info", subject: "db-01" }]);
    expect(found(estatePlaceKept, withRecord(servers))).toEqual([]);
    expect(found(estatePlaceChanged, migration)).toEqual([]);
  });
});

describe("identities", () => {
  it("that are missing are said once for the fleet", () => {
    const given = [
      ...servers.map(({ uuid: _uuid, ...server }) => server),
      machine("a", 8),
      machine("clone-1", 9, { disks: [{ name: "Hard disk 1", capacityMiB: 1024 }] }),
      machine("clone-2", 9, { disks: [disk("a", "2000", 1), disk("b", "2000", 1)] }),
    ];
    const estate = recordOf(migrate(given).migration);
    const migration = migrate(given, { estate }).migration;
    expect(findingsOf(migration)).toMatchObject([{ rule: estateIdentityUncertain.id, severity: "info" }]);
    expect(findingsOf(migration)[0]?.message).toBe(
      "uncertain: 5 servers have no UUID of their own (clone-1, clone-2, db-01, files, web-01), and 2 servers have disks without a key (clone-1, clone-2)",
    );
    expect(estate.servers.filter(({ uuid }) => uuid !== undefined).map(({ name }) => name)).toEqual(["a"]);
    expect(found(estateIdentityUncertain, withRecord(servers))).toEqual([]);
  });

  it("of clones go by their names, and survive one another's rename", () => {
    const clones = [machine("clone-1", 9), machine("clone-2", 9)];
    const estate = recordOf(migrate(clones).migration);
    const given = [machine("clone-1", 9), machine("clone-b", 9, { renamedFrom: "clone-2" })];
    expect(gravely(findingsOf(migrate(given, { estate }).migration))).toEqual([]);
  });

  it("that are not recorded are worth knowing beyond the first stage", () => {
    const [finding, ...others] = findingsOf(migrate().migration);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: estateUnrecorded.id, severity: "info" });
    expect(findingsOf(migrate(servers, { stage: "replicate" }).migration)).toEqual([]);
    const more = withRecord([...servers, machine("new-01", 5)]);
    expect(findingsOf(more).map(({ message }) => message)).toEqual([
      "the record does not have 1 server of stack-shop: new-01",
    ]);
  });

  it("are read in any case", () => {
    const given = servers.map((server) => ({ ...server, uuid: server.uuid?.toUpperCase() }));
    expect(
      gravely(findingsOf(withRecord(given.map((each) => (each.name === "db-01" ? { ...each, name: "x" } : each))))),
    ).toMatchObject([{ rule: "estate-server-renamed" }]);
    expect(uuidOf(1)).toBe(db.uuid);
  });
});
