/** Former names move every resource from the address that it really had: held against the synthesis of the old names. */
import { describe, expect, it } from "@jest/globals";
import type { TerraformStack } from "cdktf";
import type { ServerInput } from "../fixtures";
import { addressesIn, migrate, recordOf, servers, terraformOf, type MigrationInput } from "./fixtures";
import { unlabelledBlocks } from "../../../../support/unlabelled-blocks";

type Change = (server: ServerInput) => ServerInput;

const at =
  (name: string, change: Partial<ServerInput> | Change): Change =>
  (server) =>
    server.name !== name ? server : typeof change === "function" ? change(server) : { ...server, ...change };

const relabel =
  (from: string, to: string, declared = true): Change =>
  (server) => ({
    ...server,
    disks: (server.disks ?? []).map((each) =>
      each.name === from ? { ...each, name: to, ...(declared ? { renamedFrom: from } : {}) } : each,
    ),
  });

const follow = (from: string, to: string): MigrationInput["inventory"] => ({
  flows: [
    { source: "web-01", destination: "db-01", port: 5432 },
    { source: "192.0.2.7", destination: "web-01", port: 443 },
    { source: "web-01", destination: "files", port: 2049 },
  ].map((flow) => ({
    ...flow,
    source: flow.source === from ? to : flow.source,
    destination: flow.destination === from ? to : flow.destination,
  })),
});

const before = terraformOf(migrate().stack);
const record = recordOf(migrate().migration);

/** Expects that each address that went is one that something moves from, and that what is there moves nowhere else. */
function moves(stack: TerraformStack): Map<string, string> {
  const after = terraformOf(stack);
  const [old, now] = [addressesIn(before), addressesIn(after)];
  const moved = new Map(unlabelledBlocks(after.moved).map(({ from, to }) => [from, to]));
  expect([...moved.keys()].sort()).toEqual(old.filter((address) => !now.includes(address)));
  expect([...moved.values()].sort()).toEqual(now.filter((address) => !old.includes(address)));
  return moved;
}

/** The configurations by their address before the move, with what Terraform would refuse to change in place. */
function pinned(stack: TerraformStack): unknown {
  const after = terraformOf(stack);
  const back = new Map(unlabelledBlocks(after.moved).map(({ from, to }) => [to, from]));
  const text = (value: unknown): string =>
    JSON.stringify(value).replace(/aws_[a-z_]+\.[A-Za-z0-9_-]+/g, (address) => back.get(address) ?? address);
  const picked = (type: string, keys: readonly string[]): unknown[] =>
    Object.entries(after.resource[type] ?? {}).map(([name, config]) => [
      back.get(`${type}.${name}`) ?? `${type}.${name}`,
      ...keys.map((key) => text(config[key] ?? null)),
    ]);
  return [
    ...picked("aws_instance", ["subnet_id", "private_ip", "ami"]),
    ...picked("aws_ebs_volume", ["availability_zone", "snapshot_id", "size", "type"]),
    ...picked("aws_volume_attachment", ["device_name", "instance_id", "volume_id"]),
    ...picked("aws_vpc_security_group_ingress_rule", [
      "security_group_id",
      "referenced_security_group_id",
      "cidr_ipv4",
    ]),
    ...picked("aws_vpc_security_group_egress_rule", ["security_group_id", "referenced_security_group_id", "cidr_ipv4"]),
  ]
    .map((each) => JSON.stringify(each))
    .sort();
}

const unchanged = pinned(migrate().stack);

describe.each([
  ["with a record", { estate: record }],
  ["without one", {}],
] as const)("a former name %s", (_, props) => {
  it("of a server moves its instance, its volumes and what they were made from", () => {
    const given = servers.map(at("db-01", { name: "orders-db", renamedFrom: "db-01" }));
    const { stack } = migrate(given, { ...props, inventory: follow("db-01", "orders-db") });
    const moved = moves(stack);
    expect(new Set([...moved.keys()].map((address) => address.split(".")[0]))).toEqual(
      new Set(["aws_ami", "aws_ebs_snapshot_import", "aws_ebs_volume", "aws_instance", "aws_volume_attachment"]),
    );
    expect(moved.size).toBe(1 + 2 + 2 + 3 + 1);
    expect(pinned(stack)).toEqual(unchanged);
  });

  it("of a server that has a security group to itself moves that, with its rules and those of its peers", () => {
    const given = servers.map(at("files", { name: "filer", renamedFrom: "files" }));
    const { stack } = migrate(given, { ...props, inventory: follow("files", "filer") });
    const moved = [...moves(stack).keys()].map((address) => address.split(".")[0]);
    expect(moved).toContain("aws_security_group");
    expect(moved).toContain("aws_vpc_security_group_ingress_rule");
    expect(moved).toContain("aws_vpc_security_group_egress_rule");
    expect(pinned(stack)).toEqual(unchanged);
  });

  it("of a disk moves its volume and its attachment", () => {
    const given = servers.map(at("db-01", relabel("Hard disk 2", "Data")));
    const { stack } = migrate(given, props);
    expect([...moves(stack).keys()].map((address) => address.split(".")[0]).sort()).toEqual([
      "aws_ebs_volume",
      "aws_volume_attachment",
    ]);
    expect(pinned(stack)).toEqual(unchanged);
  });

  it("may stand in the fleet's overrides, beside measurements that stay what they are", () => {
    const given = servers.map((server) =>
      relabel("Hard disk 2", "Data", false)(at("db-01", { name: "orders-db" })(server)),
    );
    const declared = {
      "orders-db": { renamedFrom: "db-01", disks: { Data: { renamedFrom: "Hard disk 2" } } },
      files: { disks: { Data: { renamedFrom: "Hard disk 2" } } },
      "web-01": {},
    };
    const { stack } = migrate(given, {
      ...props,
      inventory: follow("db-01", "orders-db"),
      fleet: { overrides: declared },
    });
    expect(moves(stack).size).toBe(9 + 2);
    expect(pinned(stack)).toEqual(unchanged);
  });
});

describe("a record that has the new name", () => {
  const given = servers.map(at("db-01", { name: "orders-db", renamedFrom: "db-01" }));
  const inventory = follow("db-01", "orders-db");
  const later = recordOf(migrate(given, { estate: record, inventory }).migration);

  it("keeps zone, subnet and device names when renamedFrom has gone", () => {
    const settled = migrate(servers.map(at("db-01", { name: "orders-db" })), { estate: later, inventory });
    const moving = terraformOf(migrate(given, { estate: record, inventory }).stack);
    const { moved, ...rest } = moving;
    expect(moved).toBeDefined();
    expect(terraformOf(settled.stack)).toEqual(rest);
  });
});

describe("another application or tier", () => {
  const given = (application: string, tier: string): ServerInput[] =>
    servers.map(at("db-01", { application, tier, nics: [] })).map(at("web-01", { application }));

  it("moves the security groups that were called otherwise", () => {
    const estate = recordOf(migrate(given("shop", "db")).migration);
    const { stack } = migrate(given("store", "db"), { estate });
    const moved = unlabelledBlocks(terraformOf(stack).moved);
    expect(moved.filter(({ from }) => from.startsWith("aws_security_group."))).toHaveLength(2);
    const old = addressesIn(terraformOf(migrate(given("shop", "db")).stack));
    const now = addressesIn(terraformOf(stack));
    expect(moved.map(({ from }) => from).sort()).toEqual(old.filter((address) => !now.includes(address)));
  });

  it("leaves a group alone that has servers still, and the instances where they are", () => {
    const estate = recordOf(migrate(given("shop", "db")).migration);
    const others = servers.map(at("db-01", { application: "store", tier: "cache", nics: [] }));
    const after = terraformOf(migrate(others, { estate }).stack);
    // The group of the database has no server any more, and goes on as that of the only one it had.
    expect(unlabelledBlocks(after.moved).filter(({ from }) => from.startsWith("aws_security_group."))).toHaveLength(1);
    const subnets = ({ resource }: typeof after): unknown[] =>
      Object.values(resource["aws_instance"] ?? {}).map((each) => each["subnet_id"]);
    expect(subnets(after)).toEqual(subnets(terraformOf(migrate(given("shop", "db")).stack)));
  });
});
