import { isEbsOptimized } from "../../../../lib/patterns/infrastructure/lift-and-shift/instance-types";
import { describe, expect, it } from "@jest/globals";
import { TerraformStack, Testing } from "cdktf";
import {
  LandingNetwork,
  ServerImage,
  type ServerFleetProps,
} from "../../../../lib/patterns/infrastructure/lift-and-shift";
import type { LicenseRequirement } from "../../../../lib/assessment/checklist/compatibility";
import { dataHoldingTypes } from "../../../../lib/plan/losses/data-holding-types";
import { compareSyntheses } from "../../../../lib/plan/rehearsal/comparison";
import { synthesize as synthesizeApp } from "../../../../lib/plan/rehearsal/synthesis";
import { thrown } from "../../../support/thrown";
import {
  AMI,
  existing,
  fleetOf,
  inventoryOf,
  named,
  newStack,
  resourcesOf,
  serverInput,
  synthesize,
  type Json,
  type ServerInput,
} from "./fixtures";

function synthesized(servers: readonly ServerInput[], over: Partial<ServerFleetProps> = {}) {
  const stack = newStack();
  const fleet = fleetOf(inventoryOf(servers), over, stack);
  return { fleet, json: synthesize(stack) };
}

describe("an instance", () => {
  const { fleet, json } = synthesized(
    [
      serverInput("app-01", {
        application: "shop",
        tier: "app",
        disks: [
          { name: "Hard disk 1", capacityMiB: 51_201 },
          { name: "Hard disk 2", capacityMiB: 102_400 },
          { name: "Hard disk 3", capacityMiB: 10_240 },
        ],
        utilisation: { diskIops: 9000 },
      }),
    ],
    { tags: { "migration:wave": "wave-1" }, kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/k" },
  );
  const instance = named(json, "aws_instance", "app-01");

  it("is the size the server needs", () => {
    expect(instance).toMatchObject({ ami: "ami-0123456789abcdef0", instance_type: "m7i.large" });
  });

  it("answers to IMDSv2 alone, is watched every minute and cannot be terminated by mistake", () => {
    expect(instance).toMatchObject({
      metadata_options: { http_tokens: "required", http_endpoint: "enabled", http_put_response_hop_limit: 1 },
      monitoring: true,
      disable_api_termination: true,
    });
    expect(instance).not.toHaveProperty("tenancy");
    expect(instance).not.toHaveProperty("private_ip");
  });

  it("is managed by Systems Manager", () => {
    expect(instance["iam_instance_profile"]).toContain("aws_iam_instance_profile");
    expect(resourcesOf(json, "aws_iam_role_policy_attachment")).toMatchObject([
      { policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
    ]);
  });

  it("has an encrypted root volume, rounded up", () => {
    expect(instance["root_block_device"]).toMatchObject({
      encrypted: true,
      volume_type: "gp3",
      volume_size: 51,
      kms_key_id: "arn:aws:kms:eu-central-1:123456789012:key/k",
    });
  });

  it("has a volume and an attachment for each data disk, the peak on the largest", () => {
    const kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/k";
    expect(resourcesOf(json, "aws_ebs_volume")).toMatchObject([
      { size: 100, type: "gp3", encrypted: true, iops: 9000, availability_zone: "eu-central-1a", kms_key_id },
      { size: 10, type: "gp3", encrypted: true, availability_zone: "eu-central-1a", kms_key_id },
    ]);
    expect(resourcesOf(json, "aws_volume_attachment").map((each) => each["device_name"])).toEqual([
      "/dev/sdf",
      "/dev/sdg",
    ]);
    expect(instance["subnet_id"]).toBe("subnet-0000000a");
  });

  it("says what it was", () => {
    const tags = {
      Name: "app-01",
      "migration:server": "app-01",
      "migration:application": "shop",
      "migration:tier": "app",
      "migration:wave": "wave-1",
    };
    expect(instance["tags"]).toEqual(tags);
    expect(resourcesOf(json, "aws_ebs_volume")[0]!["tags"]).toEqual({ ...tags, "migration:disk": "Hard disk 2" });
  });

  it("is at hand for overrides", () => {
    expect([...fleet.instances.keys()]).toEqual(["app-01"]);
    expect(fleet.volumes.get("app-01")).toHaveLength(2);
    expect(fleet.attachments.get("app-01")).toHaveLength(2);
    expect(fleet.instances.get("app-01")?.friendlyUniqueId).toMatch(/^fleet_servers_app-01_/);
  });
});

describe("overrides and settings", () => {
  it("decide for one server, against the inventory", () => {
    const { json } = synthesized(
      [
        serverInput("a", { target: { instanceType: "m7i.8xlarge", tenancy: "dedicated" } }),
        serverInput("b", { target: { instanceType: "m7i.8xlarge", securityGroupIds: ["sg-0000000b"] } }),
      ],
      {
        overrides: {
          a: {
            instanceType: "c6i.large",
            tenancy: "shared",
            subnetId: "subnet-0000001b",
            disks: { "Hard disk 1": { iops: 5000 } },
          },
        },
        detailedMonitoring: false,
        terminationProtection: false,
        keyName: "operators",
        instanceProfileName: "servers",
        securityGroupIds: ["sg-0000000a"],
      },
    );
    const a = named(json, "aws_instance", "a");
    expect(a).toMatchObject({
      instance_type: "c6i.large",
      subnet_id: "subnet-0000001b",
      root_block_device: { iops: 5000 },
      monitoring: false,
      disable_api_termination: false,
      key_name: "operators",
      iam_instance_profile: "servers",
    });
    expect(a).not.toHaveProperty("tenancy");
    const b = named(json, "aws_instance", "b");
    expect(b).toMatchObject({ instance_type: "m7i.8xlarge" });
    expect((b["vpc_security_group_ids"] as string[]).slice(1)).toEqual(["sg-0000000a", "sg-0000000b"]);
    expect(resourcesOf(json, "aws_iam_role")).toEqual([]);
  });

  it.each([
    ["a server that is not there", { overrides: { nobody: {} } }, "FLEET_OVERRIDE", 'overrides["nobody"]'],
    [
      "a disk that is not there",
      { overrides: { a: { disks: { C: {} } } } },
      "FLEET_OVERRIDE",
      'overrides["a"].disks["C"]',
    ],
    [
      "a subnet that is not there",
      { overrides: { a: { subnetId: "subnet-9" } } },
      "FLEET_OVERRIDE",
      'overrides["a"].subnetId',
    ],
    ["a tier that is none", { tierOf: () => "dmz" as never }, "FLEET_TIER", "tierOf"],
    ["a setting that is not there", { keepAdresses: false } as never, "SERVER_FLEET_KEEP_ADRESSES", "keepAdresses"],
    ["headroom below nothing", { headroomPercent: -1 }, "SERVER_FLEET_HEADROOM_PERCENT", "headroomPercent"],
    ["test clients with host bits", { testClientCidrs: ["10.0.0.1/8"] }, "FLEET_TEST_CLIENTS", "testClientCidrs[0]"],
  ])("refuse %s", (_what, over, code, path) => {
    const error = thrown(() => fleetOf(inventoryOf([serverInput("a")]), over));
    expect([error.code, error.path]).toEqual([code, path]);
  });

  it("refuse a network whose ids are none", () => {
    const network = { vpcId: "main", subnets: existing.subnets };
    expect(thrown(() => fleetOf(inventoryOf([serverInput("a")]), { network })).code).toBe("LANDING_NETWORK_EXISTING");
  });

  it("take servers that are called as members of every object are, each under an address of its own", () => {
    const names = ["constructor", "__proto__", "toString", "hasOwnProperty"];
    const stack = newStack();
    fleetOf(inventoryOf(names.map((name) => serverInput(name))), {}, stack);
    const made = resourcesOf(synthesize(stack), "aws_instance");
    expect(made.map((instance) => (instance["tags"] as Json)["Name"]).sort()).toEqual([...names].sort());
  });

  it("refuse two servers of one name", () => {
    expect(thrown(() => fleetOf(inventoryOf([serverInput("a"), serverInput("a")]))).code).toBe("FLEET_SERVER_NAME");
  });
});

describe("the storage requirements", () => {
  it("decide the types and sizes of root and data volumes", () => {
    const disks = [
      { name: "boot", capacityMiB: 40_960 },
      { name: "logs", capacityMiB: 1_024_000 },
      { name: "data", capacityMiB: 10_240 },
    ];
    const { json } = synthesized([serverInput("a", { disks })], {
      storage: {
        growthPercent: 20,
        volumeType: "io1",
        volumes: [
          { server: "A", disk: "logs", volumeType: "sc1" },
          { server: "a", disk: "boot", volumeType: "gp2" },
        ],
      },
    });
    const root = named(json, "aws_instance", "a")["root_block_device"];
    expect(root).toMatchObject({ volume_type: "gp2", volume_size: 48 });
    expect(root).not.toHaveProperty("iops");
    const volumes = resourcesOf(json, "aws_ebs_volume");
    expect(volumes).toMatchObject([
      { type: "io1", size: 12, iops: 600 },
      { type: "sc1", size: 1200 },
    ]);
    expect(volumes[1]).not.toHaveProperty("iops");
    for (const volume of volumes) expect(volume).not.toHaveProperty("throughput");
  });
});

describe("placement", () => {
  const address = (text: string) => ({ nics: [{ addresses: ["fe80::1", text] }] });
  const placed = (servers: readonly ServerInput[], over: Partial<ServerFleetProps> = {}) =>
    new Map(fleetOf(inventoryOf(servers), over).plan.servers.map((plan) => [plan.server.name, plan]));

  it("keeps an address where a subnet has it, whatever the tier", () => {
    const plan = placed([serverInput("web-01", address("10.10.3.20"))]).get("web-01");
    expect(plan).toMatchObject({ privateAddress: "10.10.3.20", subnet: { id: "subnet-0000001a" } });
  });

  it.each([
    ["10.10.1.3", "AWS reserves it in 10.10.1.0/24"],
    ["10.10.1.255", "AWS reserves it in 10.10.1.0/24"],
    ["10.99.1.5", "no subnet of the network contains it"],
  ])("leaves %s to AWS", (text, reason) => {
    const plan = placed([serverInput("a", address(text))]).get("a");
    expect(plan?.privateAddress).toBeUndefined();
    expect(plan?.lost).toEqual({ address: text, reason });
  });

  it("gives an address to one server only", () => {
    const plans = placed([serverInput("a", address("10.10.1.20")), serverInput("b", address("10.10.1.20"))]);
    expect(plans.get("a")?.privateAddress).toBe("10.10.1.20");
    expect(plans.get("b")?.lost?.reason).toBe("a has it already");
  });

  it("does not keep addresses where it is told not to, or the server is put elsewhere", () => {
    const server = serverInput("a", address("10.10.1.20"));
    expect(placed([server], { keepAddresses: false }).get("a")).not.toHaveProperty("lost");
    const moved = placed([server], { overrides: { a: { subnetId: "subnet-0000000b" } } }).get("a");
    expect(moved).toMatchObject({
      lost: { reason: "the server was put in another subnet" },
      subnet: { id: "subnet-0000000b" },
    });
  });

  it("lets numbered servers take turns, and moves nobody for one more", () => {
    const names = ["web-01", "web-02", "web-03", "web-04"];
    const before = placed(names.map((name) => serverInput(name)));
    const zones = names.map((name) => before.get(name)?.subnet?.availabilityZone);
    expect(zones[0]).not.toBe(zones[1]);
    expect(zones.slice(2)).toEqual(zones.slice(0, 2));
    const after = placed(["web-00", "aaa", ...names].map((name) => serverInput(name)));
    for (const name of names) expect(after.get(name)?.subnet?.id).toBe(before.get(name)?.subnet?.id);
  });

  it("puts databases into isolated subnets, and uses the zones it is given", () => {
    const plans = placed([serverInput("db-01", { tier: "DB" }), serverInput("db-02", { tier: "db" })], {
      availabilityZones: ["eu-central-1b"],
    });
    expect([...plans.values()].map((plan) => plan.subnet?.id)).toEqual(["subnet-0000001b", "subnet-0000001b"]);
  });

  it("takes the inventory's target where the network has it", () => {
    const plan = placed([serverInput("a", { target: { subnetIds: ["subnet-9", "subnet-0000001a"] } })]).get("a");
    expect(plan).toMatchObject({ subnet: { id: "subnet-0000001a" }, unknownSubnetIds: ["subnet-9"] });
  });

  it("never falls back to a public subnet", () => {
    const network = LandingNetwork.fromExisting({
      vpcId: existing.vpcId,
      subnets: [{ id: "subnet-0000000c", tier: "public", availabilityZone: "eu-central-1a", cidr: "10.10.9.0/24" }],
    });
    const server = serverInput("a", address("10.10.9.20"));
    expect(placed([server], { network }).get("a")?.subnet).toBeUndefined();
    expect(placed([server], { network, tierOf: () => "public" }).get("a")).toMatchObject({
      privateAddress: "10.10.9.20",
    });
  });

  it("gives no public address, whatever an existing public subnet would give", () => {
    const network = LandingNetwork.fromExisting({
      vpcId: existing.vpcId,
      subnets: [{ id: "subnet-0000000c", tier: "public", availabilityZone: "eu-central-1a", cidr: "10.10.9.0/24" }],
    });
    const { json } = synthesized([serverInput("a")], { network, tierOf: () => "public" });
    expect(named(json, "aws_instance", "a")).toMatchObject({ associate_public_ip_address: false });
  });
});

/** What made an instance, and is no reason to make it anew: exactly this, so that all else is drift. */
const MADE = { ignore_changes: ["ami", "ebs_optimized", "user_data", "user_data_base64"] };

describe("images", () => {
  it("has no server made anew for a newer image of its own, nor its disk go with it", () => {
    const { json } = synthesized([serverInput("a")]);
    expect(named(json, "aws_instance", "a")["lifecycle"]).toEqual(MADE);
    expect(named(json, "aws_instance", "a")).toMatchObject({ root_block_device: { delete_on_termination: false } });
  });

  it("says that volumes have a throughput of their own, where every size of the family has one", () => {
    const { json } = synthesized([serverInput("a")]);
    expect(named(json, "aws_instance", "a")["ebs_optimized"]).toBe(true);
    expect(
      ["m7i.large", "t3.micro", "r3.large", "t2.micro", "${data.aws_instance.a.instance_type}"].map(isEbsOptimized),
    ).toEqual([...[true, true], ...[false, false, false]]);
  });

  it("asks for a parameter once, and does not replace servers for its next value", () => {
    const { json } = synthesized([serverInput("a"), serverInput("b")], {
      images: { byOs: { linux: ServerImage.ssmParameter("/images/linux") } },
    });
    expect(Object.values(json.data["aws_ssm_parameter"] ?? {})).toMatchObject([{ name: "/images/linux" }]);
    for (const name of ["a", "b"]) {
      expect(named(json, "aws_instance", name)).toMatchObject({
        ami: expect.stringContaining("aws_ssm_parameter"),
        lifecycle: MADE,
      });
    }
  });

  describe("from exported disks", () => {
    const disks = [
      { name: "data", capacityMiB: 2048 },
      { name: "boot", capacityMiB: 1024, root: true },
    ];
    const { json } = synthesized([serverInput("db 01", { disks, firmware: "bios" })], {
      images: () => ServerImage.diskImage("exports", ["db/boot.vmdk", "db/data.vmdk"]),
    });

    it("imports encrypted snapshots, in a role that reads that bucket alone", () => {
      const imports = resourcesOf(json, "aws_ebs_snapshot_import");
      expect(imports).toHaveLength(2);
      for (const each of imports) {
        expect(each).toMatchObject({ encrypted: true, role_name: expect.stringContaining("aws_iam_role") });
        expect(each["depends_on"]).toEqual([expect.stringContaining("aws_iam_role_policy")]);
      }
      const [policy] = resourcesOf(json, "aws_iam_role_policy");
      const { Statement } = JSON.parse(policy!["policy"] as string) as { Statement: Json[] };
      expect(Statement[0]).toMatchObject({ Resource: ["arn:aws:s3:::exports", "arn:aws:s3:::exports/*"] });
      for (const statement of Statement) expect(JSON.stringify(statement["Action"])).not.toContain(":*");
    });

    it("leaves to EC2 what it answers differently: neither a plan without changes nor a new stage imports a disk again", () => {
      const [boot] = resourcesOf(json, "aws_ebs_snapshot_import");
      expect(boot).not.toHaveProperty("description");
      expect(boot).toMatchObject({
        disk_container: { description: "db 01: db/boot.vmdk" },
        lifecycle: {
          // What names the source, and the role, are no reason to import a disk again either.
          ignore_changes: [
            "kms_key_id",
            "disk_container[0].description",
            "disk_container[0].user_bucket[0].s3_key",
            "role_name",
          ],
        },
      });
      const [ami] = resourcesOf(json, "aws_ami");
      const { replace_triggered_by: triggers } = ami!["lifecycle"] as { replace_triggered_by: string[] };
      // The id alone: a change of the snapshot's tags is no reason for a new image, and with it a new server.
      expect(triggers).toEqual([expect.stringMatching(/^aws_ebs_snapshot_import\.[^.]+\.id$/)]);
    });

    it("starts from the root disk's image and makes the data volume from the other", () => {
      const [ami] = resourcesOf(json, "aws_ami");
      expect(ami).toMatchObject({
        architecture: "x86_64",
        boot_mode: "legacy-bios",
        virtualization_type: "hvm",
        imds_support: "v2.0",
        root_device_name: "/dev/sda1",
        ebs_block_device: [{ device_name: "/dev/sda1", snapshot_id: expect.stringContaining("boot-vmdk") }],
      });
      expect(resourcesOf(json, "aws_ebs_volume")).toMatchObject([
        { size: 2, snapshot_id: expect.stringContaining("data-vmdk"), lifecycle: { ignore_changes: ["snapshot_id"] } },
      ]);
      // The firmware is the image's own matter: a corrected one makes the image anew, and no server.
      expect(resourcesOf(json, "aws_instance")).toMatchObject([{ lifecycle: MADE }]);
      expect(JSON.stringify(resourcesOf(json, "aws_instance"))).not.toContain("boot");
    });

    it("uses a role that exists", () => {
      const { json: other } = synthesized([serverInput("a")], {
        images: () => ServerImage.diskImage("exports", "a.vmdk"),
        importRoleName: "vmimport",
      });
      expect(resourcesOf(other, "aws_ebs_snapshot_import")).toMatchObject([{ role_name: "vmimport" }]);
    });
  });

  it("makes images and snapshots anew for a corrected firmware or a newer export, and no server and no volume", () => {
    const at = (firmware: "bios" | "efi", date: string) => {
      const app = Testing.app();
      const stack = new TerraformStack(app, "stack");
      const disks = [
        { name: "boot", capacityMiB: 1024, root: true },
        { name: "data", capacityMiB: 2048 },
      ];
      const images = () => ServerImage.diskImage("exports", [`${date}/boot.vmdk`, `${date}/data.vmdk`]);
      fleetOf(inventoryOf([serverInput("db", { disks, firmware })]), { images }, stack);
      return synthesizeApp(app);
    };
    const changes = (after: ReturnType<typeof at>) => {
      const outcome = compareSyntheses(at("bios", "2026-11-20"), after, { discards: [], holds: dataHoldingTypes });
      return [...outcome.replaced, ...outcome.destroyed].map(({ type }) => type).sort();
    };
    expect(changes(at("efi", "2026-11-20"))).toEqual(["aws_ami"]);
    const newer = changes(at("bios", "2026-11-21"));
    expect(newer).toContain("aws_ebs_snapshot_import");
    expect(newer.filter((type) => !["aws_ami", "aws_ebs_snapshot_import"].includes(type))).toEqual([]);
  });

  it("adopts an instance, and leaves as it is what would replace it", () => {
    const { json } = synthesized(
      [
        serverInput("a", {
          cpus: undefined,
          disks: [
            { name: "1", capacityMiB: 1 },
            { name: "2", capacityMiB: 1 },
          ],
        }),
      ],
      {
        images: () => ServerImage.adopt("i-0123456789abcdef0"),
      },
    );
    expect(json.import).toEqual([
      { id: "i-0123456789abcdef0", to: expect.stringMatching(/^aws_instance\.fleet_servers_a_/) },
    ]);
    const instance = named(json, "aws_instance", "a");
    expect(instance).toMatchObject({ metadata_options: { http_tokens: "required" }, disable_api_termination: true });
    expect(instance).not.toHaveProperty("root_block_device");
    expect((instance["lifecycle"] as Json)["ignore_changes"]).toEqual(
      expect.arrayContaining([
        "ami",
        "subnet_id",
        "private_ip",
        "root_block_device",
        "ebs_block_device",
        // Of an instance that was launched from a template, which is what a replication tool does.
        "launch_template",
        "hibernation",
        ...MADE.ignore_changes,
      ]),
    );
    expect(resourcesOf(json, "aws_ebs_volume")).toEqual([]);
  });

  it("leaves out a server without image, which a rule has reported", () => {
    const { fleet } = synthesized([serverInput("a"), serverInput("b")], {
      images: { byName: { a: AMI } },
    });
    expect([...fleet.instances.keys()]).toEqual(["a"]);
  });
});

describe("tenancy", () => {
  const windows = (name: string, over: Partial<ServerInput> = {}) =>
    serverInput(name, { os: { family: "windows" }, ...over });
  const licence: LicenseRequirement = {
    product: "SQL Server 2019 Enterprise",
    model: "byol",
    servers: ["crm"],
    boundTo: "physical-core",
    tenancy: "dedicated-host",
    evidence: "contract",
  };

  it("follows the licences, by server or application", () => {
    const { fleet } = synthesized([windows("sql-01", { application: "CRM" }), windows("web-01")], {
      licences: [licence],
    });
    expect(fleet.plan.servers.map(({ tenancy }) => tenancy)).toEqual(["dedicated-host", "shared"]);
  });

  it("makes as many hosts as the servers fill, by zone and family, and lets EC2 place them", () => {
    const big = { cpus: 96, memoryMiB: 384 * 1024, target: { tenancy: "dedicated-host" as const } };
    // Two of these fill a host; the numbers put 01 and 03 into one zone and 02 into the other.
    const { fleet, json } = synthesized(["a-01", "a-03", "a-05", "a-02"].map((name) => windows(name, big)));
    expect([...(fleet.dedicatedHosts?.hosts.keys() ?? [])].map((key) => key.slice(0, 13)).sort()).toHaveLength(3);
    for (const host of resourcesOf(json, "aws_ec2_host")) {
      expect(host).toMatchObject({ auto_placement: "on", instance_family: "m7i" });
    }
    expect(named(json, "aws_instance", "a-01")).toMatchObject({ tenancy: "host" });
    expect(named(json, "aws_instance", "a-01")["depends_on"]).toHaveLength(2);
  });

  it("makes hosts for one type where a host of the family takes no other", () => {
    const { fleet, json } = synthesized(
      ["x2iedn.32xlarge", "x2iedn.16xlarge", "x2iedn.16xlarge", "c6i.large"].map((instanceType, index) =>
        // Even numbers, so that all are in one zone.
        windows(`a-${index * 2}`, { target: { tenancy: "dedicated-host", instanceType } }),
      ),
    );
    expect([...(fleet.dedicatedHosts?.hosts.keys() ?? [])].map((key) => key.split("--").slice(1).join("--"))).toEqual([
      "c6i--large--1",
      "x2iedn--16xlarge--1",
      "x2iedn--32xlarge--1",
    ]);
    for (const host of resourcesOf(json, "aws_ec2_host")) expect(host).not.toHaveProperty("instance_family");
    expect(resourcesOf(json, "aws_ec2_host").map((host) => host["instance_type"])).toEqual([
      "c6i.large",
      "x2iedn.16xlarge",
      "x2iedn.32xlarge",
    ]);
    expect(named(json, "aws_instance", "a-2")["depends_on"]).toEqual([expect.stringContaining("x2iedn--16xlarge--1")]);
  });

  it("uses hosts that exist", () => {
    const dedicated = windows("a", { target: { tenancy: "dedicated-host" } });
    const group = synthesized([dedicated], { dedicatedHosts: { hostResourceGroupArn: "arn:aws:resource-groups:::g" } });
    expect(named(group.json, "aws_instance", "a")).toMatchObject({
      tenancy: "host",
      host_resource_group_arn: "arn:aws:resource-groups:::g",
    });
    expect(resourcesOf(group.json, "aws_ec2_host")).toEqual([]);
    const hostIds = { "eu-central-1a": "h-0a", "eu-central-1b": "h-0b" };
    const host = synthesized([dedicated], { dedicatedHosts: { hostIds } });
    expect(named(host.json, "aws_instance", "a")["host_id"]).toMatch(/^h-0[ab]$/);
  });

  it("is dedicated where it is asked for", () => {
    const { json } = synthesized([windows("a", { target: { tenancy: "dedicated" } })]);
    expect(named(json, "aws_instance", "a")).toMatchObject({ tenancy: "dedicated" });
  });
});
