import { describe, expect, it } from "@jest/globals";
import * as rules from "../../../lib/assessment/rules/identity-rules";
import { aServer, checklistWith, seen, subjectWith, type ServerInput } from "../fixture";

function two(first: Partial<ServerInput>, second: Partial<ServerInput>) {
  return subjectWith({
    inventory: {
      servers: [
        aServer({ name: "a", fqdn: "a.example.internal", nics: [], ...first }),
        aServer({ name: "b", fqdn: "b.example.internal", nics: [], ...second }),
      ],
      databases: [],
      flows: [],
    },
  });
}

const nic = (nics: ServerInput["nics"]) => ({ nics });

describe.each([
  [
    "duplicate-hostname by name",
    rules.duplicateHostname,
    { name: "Db-01" },
    { name: "db-01 " },
    "blocker db-01: 2 servers have the name db-01: Db-01, db-01",
  ],
  [
    "duplicate-hostname by fqdn",
    rules.duplicateHostname,
    { fqdn: "db.example.internal." },
    { fqdn: "DB.example.internal" },
    "blocker db.example.internal: 2 servers have the name db.example.internal: a, b",
  ],
  [
    "duplicate-uuid",
    rules.duplicateUuid,
    { uuid: "42001" },
    { uuid: "42001" },
    "warning 42001: 2 servers have the UUID 42001: a, b; only their names tell them apart",
  ],
  [
    "duplicate-mac-address",
    rules.duplicateMac,
    nic([{ mac: "00:50:56:aa:bb:cc" }]),
    nic([{ mac: "00-50-56-AA-BB-CC" }]),
    "warning 00:50:56:aa:bb:cc: 2 servers have the MAC address 00:50:56:aa:bb:cc: a, b",
  ],
  [
    "duplicate-ip-address",
    rules.duplicateAddress,
    nic([{ addresses: ["10.10.0.5"] }]),
    nic([{ addresses: ["10.10.0.6", "10.10.0.5"] }]),
    "blocker 10.10.0.5: 2 servers have the IP address 10.10.0.5: a, b",
  ],
] as const)("%s", (_, rule, first, second, message) => {
  it("finds nothing where every server has its own", () => {
    expect(seen(rule, subjectWith())).toEqual([]);
  });

  it("finds two that share one", () => {
    expect(seen(rule, two(first as never, second as never))).toEqual([message]);
  });
});

describe("the servers that share an identifier", () => {
  it("are named with the places of all of them, and the finding is at the first", () => {
    const at = (row: number) => ({ file: "estate.xlsx", sheet: "vInfo", row });
    const subject = two({ uuid: "42001", location: at(9) }, { uuid: "42001", location: at(4) });
    expect(rules.duplicateUuid(subject)).toMatchObject([
      {
        location: at(9),
        message:
          "2 servers have the UUID 42001: a (estate.xlsx, sheet vInfo, row 9), b (estate.xlsx, sheet vInfo, row 4); only their names tell them apart",
      },
    ]);
  });

  it("are told when nothing tells clones apart", () => {
    expect(seen(rules.duplicateUuid, two({ uuid: "42001" }, { uuid: "42001", name: "a" }))[0]).toContain(
      "a, a; not even their names tell them apart",
    );
  });
});

describe("what many servers have in common without fault", () => {
  it("is a guest that calls itself localhost, and an identifier of zeros", () => {
    expect(
      seen(rules.duplicateHostname, two({ fqdn: "localhost.localdomain" }, { fqdn: "localhost.localdomain" })),
    ).toEqual([]);
    const zeros = { uuid: "00000000-0000-0000-0000-000000000000", nics: [{ mac: "00:00:00:00:00:00" }] };
    expect(seen(rules.duplicateUuid, two(zeros, zeros))).toEqual([]);
    expect(seen(rules.duplicateMac, two(zeros, zeros))).toEqual([]);
  });

  it.each([
    "127.0.0.1",
    "169.254.10.1",
    "fe80::1",
    "::1",
    "172.17.0.1",
    "192.168.122.1",
    "224.0.0.1",
    "not an address",
  ])("is the address %s", (address) => {
    const same = nic([{ addresses: [address] }]);
    expect(seen(rules.duplicateAddress, two(same, same))).toEqual([]);
  });

  it("is an address of a declared container network", () => {
    const same = aServer({ nics: [{ addresses: ["10.244.0.1"] }] });
    const subject = subjectWith({
      inventory: { servers: [same, { ...same, name: "other" }] },
      checklist: checklistWith({
        infrastructure: {
          network_configuration: {
            sources: [{ name: "data centre", cidr: "10.10.0.0/16" }],
            targets: [{ name: "vpc", cidr: "10.20.0.0/16" }],
            containers: [{ name: "pods", cidr: "10.244.0.0/16" }],
          },
        },
      }),
    });
    expect(seen(rules.duplicateAddress, subject)).toEqual([]);
  });
});
