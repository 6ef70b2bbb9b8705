/** The record is read strictly: what is wrong in it is named by its entry, with how to write it anew. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isMigrationError } from "../../../../../lib/core/error";
import {
  formatEstateRecord,
  parseEstateRecord,
  readEstateRecord,
  type EstateRecord,
  type RecordedServer,
} from "../../../../../lib/patterns/infrastructure/lift-and-shift";
import { thrown } from "../../../../support/thrown";
import { machine, migrate, recordOf, servers } from "./fixtures";

const record = recordOf(migrate().migration);
const text = formatEstateRecord(record);
const json = (): { servers: Record<string, unknown>[] } & Record<string, unknown> =>
  JSON.parse(text) as { servers: Record<string, unknown>[] };

describe("a record", () => {
  it("is read as it was written, and written in one order", () => {
    expect(readEstateRecord(text)).toEqual(JSON.parse(text));
    expect(formatEstateRecord(readEstateRecord(text))).toBe(text);
    expect(formatEstateRecord({ ...record, servers: [...record.servers].reverse() })).toBe(text);
    expect(text.endsWith("}\n")).toBe(true);
    expect(readEstateRecord(`\uFEFF${text}`)).toEqual(JSON.parse(text));
  });

  it("has what identifies, and where what was made of it is", () => {
    expect(record.servers[0]).toMatchObject({
      uuid: "42000001-0000-4000-8000-000000000000",
      name: "db-01",
      stack: "stack",
      migration: "stack-shop",
      group: "shop--db",
      subnet: "isolated/eu-central-1a",
      privateAddress: "10.10.3.20",
      disks: [
        { key: "2000", name: "Hard disk 1", sizeGiB: 50 },
        { key: "2001", name: "Hard disk 2", sizeGiB: 100, deviceName: "/dev/sdf" },
        { key: "2002", name: "Hard disk 3", sizeGiB: 200, deviceName: "/dev/sdg" },
      ],
    });
    expect(record.servers[0]?.disks[0]?.address).toBe(record.servers[0]?.address);
  });

  it("that is no JSON says so", () => {
    expect(thrown(() => readEstateRecord("{ servers: [", "x.json"))).toMatchObject({ code: "ESTATE_RECORD_SYNTAX" });
  });

  it("of a newer version says what to take", () => {
    const error = thrown(() => parseEstateRecord({ ...json(), formatVersion: 2, more: [] }));
    expect(error).toMatchObject({ code: "ESTATE_RECORD_VERSION", received: 2 });
    expect(error.message).toContain("take that version");
  });

  it.each<[string, (given: ReturnType<typeof json>) => unknown, string]>([
    ["an unknown field", (given) => ({ ...given, comment: "x" }), 'the file: unrecognized key: "comment"'],
    ["no list", (given) => ({ ...given, servers: {} }), "servers: invalid input"],
    ["nothing", () => null, "the file: invalid input"],
    ["no version", ({ formatVersion: _version, ...given }) => given, "formatVersion: invalid input"],
    [
      "another field of a server",
      (given) => edited(given, { ip: "10.0.0.1" }),
      'servers[0] (db-01): unrecognized key: "ip"',
    ],
    [
      "a data source",
      (given) => edited(given, { address: "data.aws_instance.x" }),
      "servers[0].address (db-01): must be the address of aws_instance",
    ],
    [
      "an expression",
      (given) => edited(given, { address: 'aws_instance.x${file("a")}' }),
      "servers[0].address (db-01): must be",
    ],
    [
      "no address",
      (given) => edited(given, { privateAddress: "10.0.0.300" }),
      "servers[0].privateAddress (db-01): invalid",
    ],
    [
      "a device name that is none",
      (given) =>
        edited(given, { disks: [{ name: "a", address: "aws_ebs_volume.a", sizeGiB: 1, deviceName: "/dev/null" }] }),
      "servers[0].disks[0].deviceName (db-01): must be a device name, like /dev/sdf",
    ],
  ])("with %s names the entry and how to write it anew", (_, change, detail) => {
    const error = thrown(() => parseEstateRecord(change(json())));
    expect(error.code).toBe("ESTATE_RECORD_SHAPE");
    expect(error.message.toLowerCase()).toContain(detail.toLowerCase());
    expect(error.message).toContain("run migration-patterns lock");
  });

  it.each<[string, (given: readonly RecordedServer[]) => RecordedServer[], string]>([
    ["UUID", ([a, ...more]) => [a!, { ...more[0]!, uuid: a!.uuid?.toUpperCase() }, ...more.slice(1)], "uuid 42000001"],
    [
      "address",
      ([a, ...more]) => [a!, { ...more[0]!, address: a!.address }, ...more.slice(1)],
      `address ${record.servers[0]!.address} of stack stack`,
    ],
    [
      "volume",
      ([a, ...more]) => [
        { ...a!, disks: [a!.disks[0]!, a!.disks[1]!, { ...a!.disks[2]!, address: a!.disks[1]!.address }] },
        ...more,
      ],
      "servers[0].disks[1] (Hard disk 2 of db-01) and servers[0].disks[2] (Hard disk 3 of db-01)",
    ],
    [
      "device name",
      ([a, ...more]) => [
        { ...a!, disks: [a!.disks[0]!, a!.disks[1]!, { ...a!.disks[2]!, deviceName: "/dev/sdf" }] },
        ...more,
      ],
      "device name",
    ],
    [
      "key",
      ([a, ...more]) => [{ ...a!, disks: [a!.disks[0]!, a!.disks[1]!, { ...a!.disks[2]!, key: "2001" }] }, ...more],
      "key of servers[0] (db-01) 2001",
    ],
  ])("with one %s twice names both", (_, change, detail) => {
    const error = thrown(() => parseEstateRecord({ ...record, servers: change(record.servers) }));
    expect(error.code).toBe("ESTATE_RECORD_DUPLICATE");
    expect(error.message).toContain(detail);
  });

  it("that is anything else is refused with a code", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.constant(text.slice(0, -40))), (given) => {
        try {
          readEstateRecord(given);
        } catch (error) {
          expect(isMigrationError(error)).toBe(true);
        }
      }),
    );
  });
});

describe("a record of another estate", () => {
  it("is refused by its app", () => {
    const error = thrown(() => migrate(servers, { estate: { ...record, app: "billing" } }));
    expect(error).toMatchObject({ code: "ESTATE_RECORD_FOREIGN", received: "billing" });
  });

  it("is refused where it knows none of the servers, with its entries", () => {
    const error = thrown(() => migrate([machine("other-01", 8), machine("other-02", 9)], { estate: record }));
    expect(error.code).toBe("ESTATE_RECORD_FOREIGN");
    expect(error.message).toContain("db-01 (42000001-0000-4000-8000-000000000000): aws_instance.");
  });

  it("is no error where it is of another migration of the app", () => {
    const other: EstateRecord = { ...record, servers: record.servers.map((each) => ({ ...each, stack: "billing" })) };
    expect(() => migrate([machine("other-01", 8)], { estate: other })).not.toThrow();
  });

  it("is read as strictly where it is passed in as data", () => {
    const estate = { ...record, servers: [{ name: "db-01" }] } as unknown as EstateRecord;
    expect(thrown(() => migrate(servers, { estate })).code).toBe("ESTATE_RECORD_SHAPE");
  });
});

function edited(given: ReturnType<typeof json>, over: object): unknown {
  return { ...given, servers: given.servers.map((server, index) => (index === 0 ? { ...server, ...over } : server)) };
}
