import { describe, expect, it } from "@jest/globals";
import { Token } from "cdktf";
import { runRules, type Rule } from "../../../../lib/core/rule";
import type { InventoryInput } from "../../../../lib/inventory/model";
import * as rules from "../../../../lib/patterns/infrastructure/lift-and-shift";
import {
  fleetRules,
  LandingNetwork,
  ServerImage,
  type FleetReview,
  type ServerFleetProps,
} from "../../../../lib/patterns/infrastructure/lift-and-shift";
import { AMI, existing, fleetOf, inventoryOf, serverInput, type ServerInput } from "./fixtures";

function review(
  servers: readonly ServerInput[],
  over: Partial<ServerFleetProps> = {},
  flows: InventoryInput["flows"] = [],
): FleetReview {
  return fleetOf(inventoryOf(servers, flows), over).review;
}

const disks = (count: number, capacityMiB = 1024) =>
  Array.from({ length: count }, (_, index) => ({ name: `Hard disk ${index + 1}`, capacityMiB }));
const adopted: Partial<ServerFleetProps> = { images: () => ServerImage.adopt("i-0123456789abcdef0") };
const small = LandingNetwork.fromExisting({
  vpcId: "vpc-0123456789abcdef0",
  subnets: [{ id: "subnet-0000000a", tier: "private", availabilityZone: "eu-central-1a", cidr: "10.10.1.0/28" }],
});
const unknownBlock = LandingNetwork.fromExisting({
  ...small,
  subnets: small.subnets.map((each) => ({
    ...each,
    cidr: Token.asString({ resolve: () => "10.10.1.0/28", creationStack: [], toString: () => "late" }),
  })),
});
const named = (count: number) => Array.from({ length: count }, (_, index) => serverInput(`s${index}`));
const licence = (over: object = {}) => ({
  product: "SQL Server 2019",
  model: "byol" as const,
  servers: ["a"],
  boundTo: "physical-core" as const,
  tenancy: "shared" as const,
  evidence: "contract",
  ...over,
});

interface Case {
  readonly rule: Rule<FleetReview>;
  /** What is compliant. */
  readonly good: FleetReview;
  /** What is not, and what is said. */
  readonly bad: FleetReview;
  readonly message: string;
  readonly subject?: string;
}

const cases: Case[] = [
  {
    rule: rules.fleetInstanceType,
    good: review([serverInput("a")]),
    bad: review([serverInput("a", { memoryMiB: undefined })]),
    message: "no instance type was found for a: its memory is not known",
  },
  {
    rule: rules.fleetInstanceType,
    good: review([serverInput("a", { cpus: undefined })], { overrides: { a: { instanceType: "u-6tb1.metal" } } }),
    bad: review([serverInput("a", { cpus: 1000 })]),
    message:
      "no instance type was found for a: it needs 1000 CPUs and 8 GiB, more than any x86_64 type of the table has",
  },
  {
    rule: rules.fleetInstanceType,
    good: review([serverInput("a", { cpus: undefined })], adopted),
    bad: review([serverInput("a", { os: { family: "unix", architecture: "x86" } })]),
    message: "no instance type was found for a: no current instance type runs the architecture x86",
  },
  {
    rule: rules.fleetArchitecture,
    good: review([serverInput("a", { os: { family: "linux", architecture: "arm64" } })], {
      overrides: { a: { instanceType: "m7g.large" } },
    }),
    bad: review([serverInput("a")], { overrides: { a: { instanceType: "m7g.large" } } }),
    message: "m7g.large runs arm64, and a is x86_64",
  },
  {
    rule: rules.fleetImage,
    good: review([serverInput("a")], { images: { byOs: { linux: AMI } } }),
    bad: review([serverInput("a")], { images: { byOs: { windows: AMI } } }),
    message: "no image was given for a, whose operating system is linux",
  },
  {
    rule: rules.fleetDiskImages,
    good: review([serverInput("a", { disks: disks(2) })], {
      images: () => ServerImage.diskImage("exports", ["0.vmdk", "1.vmdk"]),
    }),
    bad: review([serverInput("a", { disks: disks(2) })], { images: () => ServerImage.diskImage("exports", "0.vmdk") }),
    message: "a has 2 disks, and its image has 1 key",
  },
  {
    rule: rules.fleetSubnet,
    good: review([serverInput("a")]),
    bad: review([serverInput("a")], { tierOf: () => "public" }),
    message: "the network has no public subnet for a",
  },
  {
    rule: rules.fleetTargetSubnet,
    good: review([serverInput("a", { target: { subnetIds: ["subnet-0000000a"] } })]),
    bad: review([serverInput("a", { target: { subnetIds: ["subnet-0000000f"] } })]),
    message: "the target subnet-0000000f of a is not a subnet of the network",
  },
  {
    rule: rules.fleetTargetSecurityGroup,
    good: review([serverInput("a", { target: { securityGroupIds: ["sg-0123456789abcdef0"] } })]),
    bad: review([serverInput("a", { target: { securityGroupIds: ["sg-0123456789abcdef0", '${file("x")}'] } })]),
    message: 'the target ${file("x")} of a is not the id of a security group',
  },
  {
    rule: rules.fleetAddress,
    good: review([serverInput("a", { nics: [{ addresses: ["10.10.1.20"] }] })]),
    bad: review([serverInput("a", { nics: [{ addresses: ["10.10.1.2"] }] })]),
    message: "a does not keep 10.10.1.2: AWS reserves it in 10.10.1.0/24",
  },
  {
    rule: rules.fleetOtherAddresses,
    good: review([
      serverInput("a", {
        nics: [{ addresses: ["10.10.1.20", "fe80::1", "169.254.1.1"] }, { addresses: ["10.10.1.20"] }],
      }),
    ]),
    bad: review([
      serverInput("a", { nics: [{ addresses: ["10.10.1.20"] }, { addresses: ["10.50.0.1", "10.50.0.2"] }] }),
    ]),
    message: "a has 3 IPv4 addresses and its instance has one; left over: 10.50.0.1, 10.50.0.2",
  },
  {
    rule: rules.fleetSubnetSize,
    good: review(named(11), { network: small }),
    bad: review(named(12), { network: small }),
    message: "10.10.1.0/28 in eu-central-1a has 11 free addresses, and 12 servers need one each",
    subject: "10.10.1.0/28",
  },
  {
    rule: rules.fleetSubnetSize,
    good: review(named(9), { network: { ...small, addressesTaken: () => 2 } }),
    bad: review(named(10), { network: { ...small, addressesTaken: () => 2 } }),
    message: "10.10.1.0/28 in eu-central-1a has 11 free addresses, and 10 servers and 2 endpoints need one each",
    subject: "10.10.1.0/28",
  },
  {
    rule: rules.fleetSubnetUnknown,
    good: review(named(2), { network: small }),
    bad: review(named(2), { network: unknownBlock }),
    message: "its block is not known, so it is uncertain whether it has an address for 2 servers",
    subject: "subnet-0000000a",
  },
  {
    rule: rules.fleetLicenceTenancy,
    good: review([serverInput("a")], { licences: [licence({ tenancy: "dedicated-host" })] }),
    bad: review([serverInput("a")], { licences: [licence()] }),
    message: "SQL Server 2019 on a is counted by physical-core, and the tenancy is shared",
  },
  {
    rule: rules.fleetLicenceTenancy,
    good: review([serverInput("a")], { licences: [licence({ licenseMobility: true })] }),
    bad: review([serverInput("a")], {
      licences: [licence({ boundTo: "host" })],
      overrides: { a: { tenancy: "dedicated" } },
    }),
    message: "SQL Server 2019 on a is counted by host, and the tenancy is dedicated",
  },
  {
    rule: rules.fleetDisksUnknown,
    good: review([serverInput("a")]),
    bad: review([serverInput("a", { disks: [] })]),
    message: "the inventory lists no disk of a",
  },
  {
    rule: rules.fleetVolumeSize,
    good: review([serverInput("a", { disks: disks(1, 65_536 * 1024) })]),
    bad: review([serverInput("a", { disks: disks(1, 65_536 * 1024 + 1) })]),
    message: "Hard disk 1 of a needs 65537 GiB, which exceeds the limit of 65536 GiB for gp3",
  },
  {
    rule: rules.fleetVolumeSize,
    good: review([serverInput("a", { disks: disks(2) })], {
      storage: { volumes: [{ server: "a", disk: "Hard disk 2", volumeType: "st1" }] },
    }),
    bad: review([serverInput("a")], { storage: { volumeType: "st1" } }),
    message: "Hard disk 1 of a needs a boot volume, and st1 cannot be one",
  },
  {
    rule: rules.fleetVolumeType,
    good: review([serverInput("a", { utilisation: { diskIops: 3000 } })], { storage: { volumeType: "gp2" } }),
    bad: review([serverInput("a", { utilisation: { diskIops: 3001 } })], { storage: { volumeType: "gp2" } }),
    message:
      "Hard disk 1 of a becomes gp3 and not gp2: it needs 3001 IOPS, which exceeds the limit of 3000 IOPS for gp2 of 50 GiB",
  },
  {
    rule: rules.fleetVolumeType,
    good: review([serverInput("a", { utilisation: { diskIops: 80_000 } })]),
    bad: review([serverInput("a", { utilisation: { diskIops: 80_001 } })]),
    message:
      "Hard disk 1 of a becomes io2 and not gp3: it needs 80001 IOPS, which exceeds the limit of 80000 IOPS for gp3",
  },
  {
    rule: rules.fleetUnknownDisk,
    good: review([serverInput("a")], {
      storage: {
        volumes: [
          { server: "a", disk: "Hard disk 1", volumeType: "io2" },
          { server: "a", volumeType: "gp2" },
          { server: "nobody", disk: "D", volumeType: "gp2" },
        ],
      },
    }),
    bad: review([serverInput("a")], {
      storage: { volumes: [{ server: "a", disk: "hard disk 1", volumeType: "io2" }] },
    }),
    message: "a has no disk hard disk 1",
  },
  {
    rule: rules.fleetDeviceNames,
    good: review([serverInput("a", { disks: disks(22) })]),
    bad: review([serverInput("a", { disks: disks(23) })]),
    message: "a has 22 data disks for 21 device names; left over: Hard disk 23",
  },
  {
    rule: rules.fleetPeakDisk,
    good: review([serverInput("a", { disks: disks(2), utilisation: { diskIops: 9000 } })]),
    bad: review([serverInput("a", { disks: disks(3), utilisation: { diskIops: 9000 } })]),
    message: "Hard disk 2 is given more performance than the others of a",
  },
  {
    // What somebody has planned or stated is no guess of ours.
    rule: rules.fleetPeakDisk,
    good: review([serverInput("a", { disks: disks(3), utilisation: { diskIops: 9000 } })], {
      storage: { volumeType: "io2" },
      overrides: { a: { disks: { "Hard disk 2": { iops: 12_000 } } } },
    }),
    bad: review([serverInput("a", { disks: disks(3), utilisation: { diskMiBps: 126 } })]),
    message: "Hard disk 2 is given more performance than the others of a",
  },
  {
    rule: rules.fleetFlow,
    good: review([serverInput("a")], {}, [{ source: "192.0.2.7", destination: "a", port: 1 }]),
    bad: review([serverInput("a")], {}, [{ source: "192.0.2.7", destination: "a" }]),
    message: "the flow from 192.0.2.7 to a is left out: it is tcp without a port",
    subject: "192.0.2.7 to a",
  },
  {
    rule: rules.fleetFlow,
    good: review([serverInput("a")], { hostCidrs: { partner: ["192.0.2.7/32"] } }, [
      { source: "partner", destination: "a", port: 1 },
    ]),
    bad: review([serverInput("a")], {}, [{ source: "partner", destination: "a", port: 1 }]),
    message:
      "the flow from partner to a is left out: partner is neither a server nor an address, and hostCidrs has no entry for it",
    subject: "partner to a",
  },
  {
    rule: rules.fleetFlow,
    good: review([serverInput("a")], {}, [{ source: "192.0.2.7", destination: "a", protocol: "47" }]),
    bad: review([serverInput("a")], {}, [{ source: "192.0.2.7", destination: "a", protocol: "tls" }]),
    message: "the flow from 192.0.2.7 to a is left out: security groups do not support its protocol tls",
    subject: "192.0.2.7 to a",
  },
  {
    rule: rules.fleetPublicIngress,
    good: review([serverInput("a")], {}, [{ source: "a", destination: "0.0.0.0/0", port: 443 }]),
    bad: review([serverInput("a")], {}, [{ source: "internet", destination: "a", port: 443 }]),
    message: "server--a admits 0.0.0.0/0 on tcp 443",
    subject: "server--a",
  },
  {
    rule: rules.fleetPublicIngress,
    good: review([serverInput("a")], {}, [{ source: "10.0.0.0/8", destination: "a", protocol: "icmp" }]),
    bad: review([serverInput("a")], {}, [{ source: "::/0", destination: "a", protocol: "icmp" }]),
    message: "server--a admits ::/0 on icmp",
    subject: "server--a",
  },
  {
    rule: rules.fleetRuleQuota,
    good: review([serverInput("a")], {}, clients(60)),
    bad: review([serverInput("a")], {}, clients(61)),
    message: "server--a needs 61 ingress rules, and the quota is 60",
    subject: "server--a",
  },
  {
    rule: rules.fleetTestClients,
    good: review([serverInput("a")], { exposure: "test", testClientCidrs: ["10.9.0.0/24"] }),
    bad: review([serverInput("a")], { exposure: "test" }),
    message: "no test clients are configured for 1 server",
    subject: "test clients",
  },
  {
    rule: rules.fleetNoFlows,
    good: review([serverInput("a"), serverInput("b")], {}, [{ source: "a", destination: "b", port: 1 }]),
    bad: review([serverInput("a"), serverInput("b")]),
    message: "no connection of the fleet's 2 servers is known, so their security groups let them talk to nobody",
    subject: "flows",
  },
  {
    rule: rules.fleetNoFlows,
    good: review([serverInput("a")], {
      declaredFlows: [{ source: "192.0.2.7", destination: "a", port: 5432, protocol: "tcp" }],
    }),
    bad: review([serverInput("a")], {}, [{ source: "192.0.2.7", destination: "other", port: 1 }]),
    message: "no connection of a is known, so its security group lets it talk to nobody",
  },
  {
    // A flow that cannot become a rule opens nothing.
    rule: rules.fleetNoFlows,
    good: review([serverInput("a"), serverInput("b", { application: "shop" })], {}, [
      { source: "192.0.2.7", destination: "a", port: 1 },
      { source: "b", destination: "192.0.2.7", port: 1 },
    ]),
    bad: review([serverInput("a"), serverInput("b")], {}, [
      { source: "192.0.2.7", destination: "a" },
      { source: "b", destination: "192.0.2.7", port: 1 },
    ]),
    message: "no connection of a is known, so its security group lets it talk to nobody",
  },
];

function clients(count: number): InventoryInput["flows"] {
  return Array.from({ length: count }, (_, index) => ({ source: `192.0.2.${index + 1}`, destination: "a", port: 443 }));
}

describe.each(cases.map((each) => [each.rule.id, each.message, each] as const))("%s", (_id, message, each) => {
  it("finds nothing where nothing is wrong", () => {
    expect(each.rule(each.good)).toEqual([]);
  });

  it(`says: ${message}`, () => {
    expect(each.rule(each.bad).map((finding) => [finding.subject, finding.message])).toEqual([
      [each.subject ?? "a", message],
    ]);
  });
});

describe("all rules", () => {
  it("have a case here", () => {
    expect(new Set(cases.map(({ rule }) => rule.id))).toEqual(new Set(fleetRules.map(({ id }) => id)));
  });

  it("find nothing wrong with a plain fleet", () => {
    const server = serverInput("a", { nics: [{ addresses: ["10.10.1.20"] }] });
    expect(runRules(fleetRules, review([server], {}, [{ source: "192.0.2.7", destination: "a", port: 1 }]))).toEqual(
      [],
    );
  });

  it("say where a server was read", () => {
    const location = { file: "estate.xlsx", sheet: "vInfo", row: 7 };
    const [finding] = rules.fleetDisksUnknown(review([serverInput("a", { disks: [], location })]));
    expect(finding?.location).toEqual(location);
  });

  it("look at public test clients as at everybody else", () => {
    const seen = rules.fleetPublicIngress(
      review([serverInput("a")], { testClientCidrs: ["0.0.0.0/0"] }, [
        { source: "192.0.2.7", destination: "a", port: 1 },
      ]),
    );
    expect(seen.map(({ message }) => message)).toEqual(["server--a admits 0.0.0.0/0 on tcp 1 as test client"]);
  });

  it("do not judge what a replication tool has made", () => {
    const server = serverInput("a", {
      cpus: undefined,
      disks: disks(30),
      nics: [{ addresses: ["10.99.0.1"] }],
      target: { subnetIds: ["subnet-0000000f"] },
    });
    const flows = [{ source: "192.0.2.7", destination: "a", port: 1 }];
    expect(runRules(fleetRules, review([server], { ...adopted, network: existing }, flows))).toEqual([]);
  });

  it("block without connections as soon as somebody is to reach the servers", () => {
    const severities = (["closed", "test", "open"] as const).map((exposure) =>
      rules.fleetNoFlows(review([serverInput("a")], { exposure })).map(({ severity }) => severity),
    );
    expect(severities).toEqual([["warning"], ["blocker"], ["blocker"]]);
  });
});
