import { describe, expect, it } from "@jest/globals";
import { adopted, id, instance, leftOut, reservation, routeTable, subnet, tags, vpc, type Json } from "./fixture";

const serversOf = (instances: readonly Json[], over: Json = {}) =>
  adopted({ VpnConnections: [], ...over, Reservations: [reservation(...instances)] });

describe("an instance", () => {
  it("is a server with its target, and an id to import", () => {
    const Volumes = [
      { VolumeId: id("vol", 10), Size: 30, AvailabilityZone: "eu-central-1a" },
      { VolumeId: id("vol", 11), Size: 200, AvailabilityZone: "eu-central-1a" },
    ];
    const { servers } = serversOf([instance(1, "web-01")], { Volumes });
    expect(servers?.instanceIds).toEqual({ "web-01": id("i", 1) });
    expect(servers?.inventory.servers).toEqual([
      expect.objectContaining({
        name: "web-01",
        powerState: "on",
        os: { family: "linux", architecture: "x86_64" },
        cpus: 2,
        memoryMiB: 8192,
        nics: [expect.objectContaining({ addresses: ["10.20.1.1"] })],
        target: {
          region: "eu-central-1",
          accountId: "111122223333",
          instanceType: "m7i.large",
          tenancy: "shared",
          subnetIds: [id("subnet", 1)],
          securityGroupIds: [id("sg", 1)],
        },
      }),
    ]);
    expect(servers?.inventory.servers[0]?.disks).toMatchObject([
      { name: "/dev/xvda", key: id("vol", 10), capacityMiB: 30 * 1024, root: true },
      { name: "/dev/sdf", key: id("vol", 11), capacityMiB: 200 * 1024 },
    ]);
  });

  it("keeps its tags but for AWS's own, and is optional: it may be in another wave", () => {
    const Tags = tags({ Name: "web 01", "aws:ec2launchtemplate:id": "lt-1", team: "shop" });
    const { servers } = serversOf([instance(1, undefined, { Tags })]);
    // The construct's id, which has no space.
    const [path, resource] = Object.entries(servers?.resources ?? {})[0] ?? [];
    expect(path).toMatch(/^fleet\/servers\/web-01-[0-9a-f]{6}$/);
    expect(resource).toEqual({ tags: { Name: "web 01", team: "shop" }, optional: true });
  });

  it.each<[string, Json, readonly string[]]>([
    ["is as a fleet has it", {}, []],
    [
      "has a profile",
      { IamInstanceProfile: { Arn: "arn:aws:iam::1:instance-profile/x", Id: "A" } },
      ["iam_instance_profile"],
    ],
    [
      "takes the old metadata",
      { MetadataOptions: { HttpTokens: "optional", HttpEndpoint: "enabled" } },
      ["metadata_options"],
    ],
    ["is not monitored by the minute", { Monitoring: { State: "disabled" } }, ["monitoring"]],
    ["routes for others", { SourceDestCheck: false }, ["source_dest_check"]],
  ])("that %s stays so", (_what, over, ignored) => {
    const { servers } = serversOf([instance(1, "a", over)]);
    expect(servers?.resources["fleet/servers/a"]?.ignoreChanges ?? []).toEqual(ignored);
  });

  it("with Windows, stopped, dedicated, of a type that is not known, is said to be that", () => {
    const over = {
      Platform: "windows",
      PlatformDetails: "Windows with SQL Server Standard",
      State: { Name: "stopped" },
      InstanceType: "x9z.huge",
      CpuOptions: undefined,
      Placement: { AvailabilityZone: "eu-central-1a", Tenancy: "host" },
    };
    const [server] = serversOf([instance(1, "a", over)]).servers?.inventory.servers ?? [];
    expect(server).toMatchObject({
      powerState: "off",
      os: { family: "windows", name: "Windows with SQL Server Standard" },
      target: { tenancy: "dedicated-host", instanceType: "x9z.huge" },
    });
    expect(server).not.toHaveProperty("cpus");
    expect(server).not.toHaveProperty("memoryMiB");
  });

  it.each<[string, Json, string, RegExp]>([
    ["terminated", { State: { Name: "terminated" } }, "ADOPT_INSTANCE_STATE", /^it is terminated$/],
    ["being terminated", { State: { Name: "shutting-down" } }, "ADOPT_INSTANCE_STATE", /being terminated/],
    ["being launched", { State: { Name: "pending" } }, "ADOPT_INSTANCE_STATE", /pending/],
    [
      "of an Auto Scaling group",
      { Tags: tags({ "aws:autoscaling:groupName": "g" }) },
      "ADOPT_INSTANCE_OWNED",
      /Auto Scaling/,
    ],
    [
      "of CloudFormation",
      { Tags: tags({ "aws:cloudformation:stack-name": "s" }) },
      "ADOPT_INSTANCE_OWNED",
      /CloudFormation/,
    ],
    ["of the Spot market", { InstanceLifecycle: "spot" }, "ADOPT_INSTANCE_OWNED", /Spot/],
    [
      "of a service",
      { Operator: { Managed: true, Principal: "eks.amazonaws.com" } },
      "ADOPT_INSTANCE_OWNED",
      /AWS service/,
    ],
    ["without a subnet", { SubnetId: undefined }, "ADOPT_INSTANCE_STATE", /neither its subnet/],
  ])("%s is left out", (_what, over, code, reason) => {
    const all = serversOf([instance(1, "a", over), instance(2, "b")]);
    expect(leftOut(all, id("i", 1))).toEqual({ code, reason: expect.stringMatching(reason) });
    expect(Object.keys(all.servers?.instanceIds ?? {})).toEqual(["b"]);
  });

  it("without a name has its id as one; two of one name are both left out", () => {
    const all = serversOf([instance(1, undefined), instance(2, "twin"), instance(3, "twin")]);
    expect(all.servers?.instanceIds).toEqual({ [id("i", 1)]: id("i", 1) });
    for (const number of [2, 3]) {
      expect(leftOut(all, id("i", number))).toEqual({
        code: "ADOPT_INSTANCE_NAME",
        reason: expect.stringContaining("its Name tag is that of 1 other instance"),
      });
    }
  });
});

describe("a VPC", () => {
  it("is a network with tiers by where the default routes lead", () => {
    const way = (over: Json) => ({ Routes: [{ DestinationCidrBlock: "0.0.0.0/0", State: "active", ...over }] });
    const { networks } = adopted({
      VpnConnections: [],
      Subnets: [subnet(1), subnet(2, { AvailabilityZone: "eu-central-1b" }), subnet(3), subnet(4)],
      RouteTables: [
        routeTable(1, { ...way({ GatewayId: "igw-1" }), Tags: tags({ Name: "public" }) }),
        routeTable(2, { ...way({ NatGatewayId: "nat-1" }), Tags: tags({ Name: "public" }) }),
        routeTable(3, { Tags: tags({ Name: "data base" }) }),
        routeTable(9, { ...way({ TransitGatewayId: id("tgw", 1) }), Associations: [{ Main: true }], Tags: [] }),
      ],
    });
    expect(networks).toEqual({
      shop: {
        vpcId: id("vpc", 1),
        region: "eu-central-1",
        cidrs: ["10.20.0.0/16"],
        subnets: [
          { id: id("subnet", 1), tier: "public", availabilityZone: "eu-central-1a", cidr: "10.20.1.0/24" },
          { id: id("subnet", 3), tier: "isolated", availabilityZone: "eu-central-1a", cidr: "10.20.3.0/24" },
          { id: id("subnet", 4), tier: "private", availabilityZone: "eu-central-1a", cidr: "10.20.4.0/24" },
          { id: id("subnet", 2), tier: "private", availabilityZone: "eu-central-1b", cidr: "10.20.2.0/24" },
        ],
        // Two of one name are told apart by their ids, and the main table is called so.
        routeTables: {
          public: id("rtb", 1),
          [id("rtb", 2)]: id("rtb", 2),
          "data-base": id("rtb", 3),
          main: id("rtb", 9),
        },
      },
    });
  });

  it("has all its blocks, of both versions", () => {
    const Ipv6CidrBlockAssociationSet = [
      { Ipv6CidrBlock: "2001:db8::/56", Ipv6CidrBlockState: { State: "associated" } },
      { Ipv6CidrBlock: "2001:db8:1::/56", Ipv6CidrBlockState: { State: "disassociated" } },
    ];
    const { networks } = adopted({ VpnConnections: [], Vpcs: [vpc({ Ipv6CidrBlockAssociationSet })] });
    expect(networks["shop"]?.cidrs).toEqual(["10.20.0.0/16", "2001:db8::/56"]);
  });

  it("of which something is missing is left out", () => {
    const all = adopted({ VpnConnections: [], Subnets: [], RouteTables: [] });
    expect(all.networks).toEqual({});
    expect(all.left).toEqual([
      {
        code: "ADOPT_VPC_INCOMPLETE",
        id: id("vpc", 1),
        reason: "no file has its subnets and route tables",
        fix: expect.stringContaining("describe-subnets and describe-route-tables"),
      },
    ]);
  });
});
