/** With a record the order of the file counts for nothing, and a server keeps its device names and its place. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { ServerInput } from "../fixtures";
import { disk, findingsOf, gravely, machine, migrate, recordOf, servers, terraformOf } from "./fixtures";

const record = recordOf(migrate().migration);
const recorded = terraformOf(migrate(servers, { estate: record }).stack);

const instances = (given: readonly ServerInput[], estate = record) =>
  terraformOf(migrate(given, { estate }).stack).resource;

describe("a recorded estate", () => {
  it("is the Terraform that it was before it was recorded", () => {
    expect(recorded).toEqual(terraformOf(migrate().stack));
    expect(findingsOf(migrate(servers, { estate: record }).migration)).toEqual([]);
  });

  it("is the same whatever the order of servers and disks in the file", () => {
    const shuffled = fc
      .tuple(fc.shuffledSubarray([...servers], { minLength: servers.length }), fc.infiniteStream(fc.nat()))
      .map(([list, numbers]) =>
        list.map((server) => ({
          ...server,
          disks: [...(server.disks ?? [])]
            .map((each) => ({ each, at: Number(numbers.next().value) }))
            .sort((a, b) => a.at - b.at)
            .map(({ each }) => each),
        })),
      );
    fc.assert(
      fc.property(shuffled, (given) => {
        expect(terraformOf(migrate(given, { estate: record }).stack)).toEqual(recorded);
      }),
      { numRuns: 20 },
    );
  });

  it("would have other attachments without its record, which is why there is one", () => {
    const turned = servers.map((server) => ({ ...server, disks: [...(server.disks ?? [])].reverse() }));
    expect(terraformOf(migrate(turned).stack)).not.toEqual(recorded);
  });

  it("gives a new disk the next free letter, wherever it stands in the file", () => {
    const [db, ...others] = servers as [ServerInput, ...ServerInput[]];
    const given = [
      { ...db, disks: [disk("Hard disk 4", "2003", 20), disk("Hard disk 1a", "1999", 10), ...(db.disks ?? [])] },
      ...others,
    ];
    const names = Object.entries(instances(given)["aws_volume_attachment"] ?? {})
      .filter(([name]) => name.includes("db-01"))
      .map(([name, { device_name }]) => `${/db-01--(.*)_/.exec(name)?.[1] ?? ""} ${String(device_name)}`)
      .sort();
    expect(names).toEqual([
      "Hard-disk-1a /dev/sdh",
      "Hard-disk-2 /dev/sdf",
      "Hard-disk-3 /dev/sdg",
      "Hard-disk-4 /dev/sdi",
    ]);
  });

  it("keeps a server in its subnet and at its address, and says so", () => {
    const given = servers.map((server) =>
      server.name === "db-01"
        ? { ...server, tier: "app", nics: [{ mac: "00:50:56:00:00:01", addresses: ["10.10.1.77"] }] }
        : server,
    );
    const { migration, stack } = migrate(given, { estate: record });
    const [before, after] = [recorded, terraformOf(stack)].map(
      ({ resource }) => Object.entries(resource["aws_instance"] ?? {}).find(([name]) => name.includes("db-01"))?.[1],
    );
    expect(after?.["subnet_id"]).toBe(before?.["subnet_id"]);
    expect(after?.["private_ip"]).toBe("10.10.3.20");
    expect(gravely(findingsOf(migration))).toEqual([]);
    expect(findingsOf(migration).map(({ message }) => message)).toEqual([
      "db-01 stays in isolated/eu-central-1a at 10.10.3.20, and would now be put in private/eu-central-1a at 10.10.1.77",
    ]);
  });

  it("lets no new server take the address of a recorded one", () => {
    const given = [
      ...servers.map((server) => (server.name === "db-01" ? { ...server, nics: [] } : server)),
      machine("aa-01", 9, { nics: [{ mac: "00:50:56:00:00:09", addresses: ["10.10.3.20"] }] }),
    ];
    const taken = Object.values(instances(given)["aws_instance"] ?? {}).filter(
      (each) => each["private_ip"] !== undefined,
    );
    expect(taken.map((each) => (each["tags"] as Record<string, string>)["Name"])).toEqual(["db-01"]);
  });
});
