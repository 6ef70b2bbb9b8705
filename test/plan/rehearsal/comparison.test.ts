import { describe, expect, it } from "@jest/globals";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  Aspects,
  DataTerraformRemoteState,
  S3Backend,
  TerraformElement,
  TerraformHclModule,
  TerraformLocal,
  TerraformStack,
  TerraformVariable,
  type App,
} from "cdktf";
import { compareSyntheses } from "../../../lib/plan/rehearsal/comparison";
import { dataHoldingTypes } from "../../../lib/plan/losses/data-holding-types";
import type { ComparedResources, ResourceChange } from "../../../lib/plan/rehearsal/rehearsal";
import { synthesize, type Synthesis } from "../../../lib/plan/rehearsal/synthesis";
import { emptyApp, resource } from "./toy";

type Make = (stack: TerraformStack) => void;

function synthesis(make: Make): Synthesis {
  const app = emptyApp();
  make(new TerraformStack(app, "stack"));
  return synthesize(app);
}

function compare(before: Make, after: Make): ComparedResources {
  return compareSyntheses(synthesis(before), synthesis(after), { discards: [], holds: dataHoldingTypes });
}

/** Each list as `address: attributes`. */
function told({ uncertain: _uncertain, ...comparison }: ComparedResources): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries<readonly ResourceChange[]>(comparison)
      .filter(([, changes]) => changes.length > 0)
      .map(([name, changes]) => [
        name,
        changes.map(({ address, attributes, certain }) =>
          [`${address}${attributes.length === 0 ? "" : `: ${attributes.join(", ")}`}`, ...(certain ? [] : ["?"])].join(
            " ",
          ),
        ),
      ]),
  );
}

const one = (type: string, before: object, after: object): Record<string, string[]> =>
  told(
    compare(
      (stack) => resource(stack, "it", type, before as Record<string, unknown>),
      (stack) => resource(stack, "it", type, after as Record<string, unknown>),
    ),
  );

describe("one resource", () => {
  it("is the same, changed in place, or replaced", () => {
    expect(one("aws_ebs_volume", { size: 8 }, { size: 8 })).toEqual({});
    expect(one("aws_ebs_volume", { size: 8 }, { size: 9 })).toEqual({ changed: ["stack/aws_ebs_volume.it: size"] });
    expect(one("aws_ebs_volume", { encrypted: false }, { encrypted: true })).toEqual({
      replaced: ["stack/aws_ebs_volume.it: encrypted"],
    });
  });

  it("takes null for not set, and tags for themselves", () => {
    expect(one("aws_ebs_volume", { snapshot_id: null }, {})).toEqual({});
    expect(one("aws_ebs_volume", { tags: { a: "1" } }, { tags: { a: "2", b: "3" } })).toEqual({
      retagged: ["stack/aws_ebs_volume.it: tags.a, tags.b"],
    });
    expect(
      one("aws_instance", { root_block_device: { tags: { a: "1" } } }, { root_block_device: { tags: { a: "2" } } }),
    ).toEqual({ retagged: ["stack/aws_instance.it: root_block_device.tags.a"] });
  });

  it("keeps what AWS has chosen where the code no longer says it", () => {
    expect(one("aws_instance", { availability_zone: "eu-central-1a" }, {})).toEqual({
      changed: ["stack/aws_instance.it: availability_zone"],
    });
    expect(one("aws_instance", {}, { availability_zone: "eu-central-1a" })).toEqual({
      replaced: ["stack/aws_instance.it: availability_zone"],
    });
  });

  it("is asked for the attribute inside a block, whichever block that is in", () => {
    const disk = (device: string, size: number) => ({ device_name: device, volume_size: size });
    const disks = (...all: object[]) => ({ ebs_block_device: all });
    expect(one("aws_instance", disks(disk("sdb", 8), disk("sdc", 8)), disks(disk("sdc", 8), disk("sdb", 9)))).toEqual({
      changed: ["stack/aws_instance.it: ebs_block_device.volume_size"],
    });
    expect(one("aws_instance", disks(disk("sdb", 8), disk("sdc", 8)), disks(disk("sdc", 8)))).toEqual({
      replaced: ["stack/aws_instance.it: ebs_block_device.device_name"],
    });
    expect(one("aws_instance", {}, disks(disk("sdb", 8)))).toEqual({
      replaced: ["stack/aws_instance.it: ebs_block_device.device_name"],
    });
  });

  it("is replaced with its region, and where its provider works in another", () => {
    expect(one("aws_s3_bucket", { region: "eu-central-1" }, { region: "eu-west-1" })).toEqual({
      replaced: ["stack/aws_s3_bucket.it: region"],
    });
    const at =
      (region: string, alias?: string): Make =>
      (stack) => {
        const provider = new AwsProvider(stack, "aws", { region, ...(alias === undefined ? {} : { alias }) });
        resource(stack, "it", "aws_s3_bucket", alias === undefined ? {} : { provider: provider.fqn });
      };
    expect(told(compare(at("eu-central-1"), at("eu-west-1")))).toEqual({
      replaced: ["stack/aws_s3_bucket.it: provider"],
    });
    expect(told(compare(at("eu-central-1"), at("eu-west-1", "other")))).toEqual({
      replaced: ["stack/aws_s3_bucket.it: provider"],
    });
    expect(told(compare(at("eu-central-1"), at("eu-central-1", "other")))).toEqual({});
  });

  it("is the same with a set in another order, and not with a list", () => {
    const zones = (...all: string[]) => ({ availability_zones: all.map((zone) => `eu-central-1${zone}`) });
    expect(one("aws_rds_cluster", zones("a", "b"), zones("b", "a"))).toEqual({});
    expect(one("aws_rds_cluster", zones("a", "b"), zones("b", "c"))).toEqual({
      replaced: ["stack/aws_rds_cluster.it: availability_zones"],
    });
    const subnets = (...all: string[]) => ({ subnet_ids: all });
    expect(one("aws_fsx_ontap_file_system", subnets("subnet-1", "subnet-2"), subnets("subnet-2", "subnet-1"))).toEqual({
      replaced: ["stack/aws_fsx_ontap_file_system.it: subnet_ids"],
    });
  });

  it("is doubted where it holds data and nobody knows what its provider can change", () => {
    const holds = { ...dataHoldingTypes, other_database: "records" };
    const made = (name: string): Synthesis => synthesis((stack) => resource(stack, "it", "other_database", { name }));
    expect(told(compareSyntheses(made("a"), made("b"), { discards: [], holds }))).toEqual({
      replaced: ["stack/other_database.it: name ?"],
    });
    expect(one("other_database", { name: "a" }, { name: "b" })).toEqual({
      changed: ["stack/other_database.it: name ?"],
    });
  });

  it.each([
    ["all", "all"],
    ["an attribute", ["user_data"]],
    ["what is in a block", ["user_data", "root_block_device[0].encrypted"]],
  ])("is left alone in what ignore_changes covers: %s", (_what, ignored) => {
    const lifecycle = { ignore_changes: ignored };
    expect(
      one(
        "aws_instance",
        { user_data: "a", lifecycle },
        { user_data: "b", lifecycle, ...(ignored.length === 2 ? { root_block_device: { encrypted: true } } : {}) },
      ),
    ).toEqual({});
  });
});

describe("instances of one resource", () => {
  it.each<[string, object, object, string | undefined]>([
    ["a smaller count", { count: 3 }, { count: 2 }, "stack/aws_sqs_queue.it: count"],
    ["a larger count", { count: 2 }, { count: 3 }, undefined],
    ["a count taken away", { count: 1 }, {}, undefined],
    ["an expression", { count: 2 }, { count: "${var.n}" }, "stack/aws_sqs_queue.it: count ?"],
    ["a key taken away", { for_each: { a: 1, b: 2 } }, { for_each: { a: 1 } }, "stack/aws_sqs_queue.it: for_each"],
    ["another key", { for_each: { a: 1 } }, { for_each: { a: 1, b: 2 } }, undefined],
    ["another expression", { for_each: "${var.a}" }, { for_each: "${var.b}" }, "stack/aws_sqs_queue.it: for_each ?"],
    ["the first key", {}, { for_each: { a: 1 } }, "stack/aws_sqs_queue.it: for_each"],
    ["no key at all", { for_each: { a: 1 } }, {}, "stack/aws_sqs_queue.it: for_each"],
  ])("are destroyed or not by %s", (_what, before, after, destroyed) => {
    expect(one("aws_sqs_queue", before, after)).toEqual(destroyed === undefined ? {} : { destroyed: [destroyed] });
  });
});

describe("the values of for_each", () => {
  const volumes = (sizes: unknown, more: object = {}) => ({
    for_each: sizes,
    availability_zone: "${each.value.zone}",
    size: "${each.value.size}",
    ...more,
  });
  const volume = (zone: string, size: number) => ({ zone, size });

  it("count for the attributes that take them, where an instance stays", () => {
    const before = volumes({ a: volume("eu-central-1a", 8), b: volume("eu-central-1a", 8) });
    expect(
      one("aws_ebs_volume", before, volumes({ a: volume("eu-central-1a", 9), b: volume("eu-central-1a", 8) })),
    ).toEqual({
      changed: ["stack/aws_ebs_volume.it: size (with for_each)"],
    });
    expect(
      one("aws_ebs_volume", before, volumes({ a: volume("eu-central-1b", 8), b: volume("eu-central-1a", 8) })),
    ).toEqual({
      replaced: ["stack/aws_ebs_volume.it: availability_zone (with for_each)"],
    });
  });

  it("count not for an instance that is added", () => {
    const [a, b] = [volume("eu-central-1a", 8), volume("eu-central-1b", 9)];
    expect(one("aws_ebs_volume", volumes({ a }), volumes({ a, b }))).toEqual({});
  });

  it("are doubted where they are an expression, or what it refers to changes", () => {
    expect(one("aws_ebs_volume", volumes("${local.a}"), volumes("${local.b}"))).toEqual({
      replaced: ["stack/aws_ebs_volume.it: availability_zone (with for_each) ?"],
    });
    const local =
      (size: number): Make =>
      (stack) => {
        new TerraformLocal(stack, "sizes", { a: size });
        resource(stack, "it", "aws_ebs_volume", { for_each: "${local.sizes}", size: "${each.value}" });
      };
    expect(told(compare(local(8), local(9)))).toEqual({
      destroyed: ["stack/aws_ebs_volume.it: for_each (with stack/local.sizes) ?"],
    });
    expect(told(compare(local(8), local(8)))).toEqual({});
  });
});

describe("what the Terraform of an app does not tell", () => {
  const uncertain = (before: Make, after: Make) =>
    compare(before, after).uncertain.map(({ subject, what }) => `${subject}: ${what}`);

  it("is another value of a variable than its default", () => {
    const sized =
      (size: number): Make =>
      (stack) => {
        const zone = new TerraformVariable(stack, "zone", { default: `eu-central-1${size === 8 ? "a" : "b"}` });
        resource(stack, "it", "aws_ebs_volume", { availability_zone: zone.value as unknown, size: 8 });
      };
    expect(uncertain(sized(8), sized(9))).toEqual([
      "stack/var.zone: its default changes, which counts wherever no other value is given",
    ]);
    expect(told(compare(sized(8), sized(9)))).toMatchObject({
      replaced: ["stack/aws_ebs_volume.it: availability_zone (with stack/var.zone) ?"],
    });
    expect(uncertain(sized(8), sized(8))).toEqual([]);
  });

  it("is what a module makes", () => {
    const module =
      (...versions: string[]): Make =>
      (stack) => {
        for (const version of versions) {
          const made = new TerraformHclModule(stack, "db", { source: "terraform-aws-modules/rds/aws", version });
          resource(stack, "it", "aws_route53_record", { records: [made.get("address") as unknown] });
        }
      };
    expect(uncertain(module("6.1.0"), module("6.2.0"))).toEqual([
      "stack/module.db: it changes in version: what it does with that is in the module",
    ]);
    expect(told(compare(module("6.1.0"), module("6.2.0")))["changed"]).toEqual([
      "stack/aws_route53_record.it: records (with stack/module.db) ?",
    ]);
    expect(uncertain(module(), module("6.1.0"))).toEqual([
      "stack/module.db: it is added: what it makes is in the module",
    ]);
    expect(uncertain(module("6.1.0"), module())).toEqual([
      "stack/module.db: it is removed, and with it whatever it made",
    ]);
    expect(uncertain(module("6.1.0"), module("6.1.0"))).toEqual([]);
  });

  it("is what the state of another backend has", () => {
    const at =
      (key: string): Make =>
      (stack) => {
        new S3Backend(stack, { bucket: "states", key, region: "eu-central-1" });
        resource(stack, "it", "aws_ebs_volume", { size: 8 });
      };
    expect(uncertain(at("a"), at("a"))).toEqual([]);
    expect(uncertain(at("a"), at("b"))).toEqual([
      "stack: its backend changes, so that Terraform reads another state: whether the resources are in it is not known",
    ]);
    expect(uncertain(at("a"), () => undefined)).toHaveLength(1);
  });
});

describe("addresses", () => {
  it("are created and destroyed", () => {
    expect(
      told(
        compare(
          (stack) => resource(stack, "old", "aws_sqs_queue"),
          (stack) => resource(stack, "new", "aws_sqs_queue"),
        ),
      ),
    ).toEqual({ created: ["stack/aws_sqs_queue.new"], destroyed: ["stack/aws_sqs_queue.old"] });
  });

  it("are moved by a moved block", () => {
    expect(
      told(
        compare(
          (stack) => resource(stack, "old", "aws_sqs_queue", { name: "a" }),
          (stack) => {
            resource(stack, "new", "aws_sqs_queue", { name: "a" });
            stack.addOverride("moved", [{ from: "aws_sqs_queue.old", to: "aws_sqs_queue.new" }]);
          },
        ),
      ),
    ).toEqual({});
  });

  it("are forgotten, not destroyed, by a removed block that says so", () => {
    const removed =
      (destroy: boolean): Make =>
      (stack) => {
        stack.addOverride("removed", [{ from: "aws_sqs_queue.old", lifecycle: { destroy } }]);
      };
    const before: Make = (stack) => resource(stack, "old", "aws_sqs_queue");
    expect(told(compare(before, removed(false)))).toEqual({});
    expect(told(compare(before, removed(true)))).toEqual({ destroyed: ["stack/aws_sqs_queue.old"] });
  });
});

describe("what refers to a replaced resource", () => {
  const chain =
    (ami: string, more: Make = () => undefined): Make =>
    (stack) => {
      const server = resource(stack, "server", "aws_instance", { ami, instance_type: "m7i.large" });
      const volume = resource(stack, "volume", "aws_ebs_volume", { size: 8 });
      resource(stack, "attachment", "aws_volume_attachment", {
        instance_id: server.getStringAttribute("id"),
        volume_id: volume.getStringAttribute("id"),
      });
      more(stack);
    };

  it("is replaced with it where it cannot follow in place", () => {
    expect(told(compare(chain("ami-1"), chain("ami-2")))).toEqual({
      replaced: [
        "stack/aws_instance.server: ami",
        "stack/aws_volume_attachment.attachment: instance_id (with stack/aws_instance.server)",
      ],
    });
  });

  it("is changed where it can, through a local value too", () => {
    const more: Make = (stack) => {
      const id = new TerraformLocal(stack, "id", "${aws_instance.server.id}");
      resource(stack, "alarm", "aws_cloudwatch_metric_alarm", { dimensions: { InstanceId: id.asString } });
      resource(stack, "record", "aws_route53_record", { records: ["${aws_instance.server.private_ip}"], ttl: 60 });
    };
    expect(told(compare(chain("ami-1", more), chain("ami-2", more))).changed).toEqual([
      "stack/aws_cloudwatch_metric_alarm.alarm: dimensions.InstanceId (with stack/local.id)",
      "stack/aws_route53_record.record: records (with stack/aws_instance.server)",
    ]);
  });

  it("stays where what it refers to is configured and the same, or where the resource is only changed", () => {
    const more: Make = (stack) => {
      resource(stack, "type", "aws_ssm_parameter", { value: "${aws_instance.server.instance_type}" });
      resource(stack, "text", "aws_ssm_parameter", { value: "$${aws_instance.server.id} aws_instance.server.id" });
    };
    expect(told(compare(chain("ami-1", more), chain("ami-2", more))).changed).toBeUndefined();
    const sized =
      (size: number): Make =>
      (stack) => {
        resource(stack, "volume", "aws_ebs_volume", { size });
        resource(stack, "attachment", "aws_volume_attachment", { volume_id: "${aws_ebs_volume.volume.id}" });
        resource(stack, "size", "aws_ssm_parameter", { value: "${aws_ebs_volume.volume.size}" });
      };
    expect(told(compare(sized(8), sized(9)))).toEqual({
      changed: [
        "stack/aws_ebs_volume.volume: size",
        "stack/aws_ssm_parameter.size: value (with stack/aws_ebs_volume.volume)",
      ],
    });
  });

  it("is replaced where replace_triggered_by says so", () => {
    const triggered =
      (version: string): Make =>
      (stack) => {
        resource(stack, "parameter", "aws_ssm_parameter", { value: version });
        resource(stack, "server", "aws_instance", {
          lifecycle: { replace_triggered_by: ["aws_ssm_parameter.parameter.value"] },
        });
      };
    expect(told(compare(triggered("1"), triggered("2"))).replaced).toEqual([
      "stack/aws_instance.server: replace_triggered_by (with stack/aws_ssm_parameter.parameter)",
    ]);
  });

  it("is found in other stacks", () => {
    const app = (cidr: string): App => {
      const made = emptyApp();
      const zone = new TerraformStack(made, "landing-zone");
      const subnet = resource(zone, "subnet", "aws_subnet", { cidr_block: cidr });
      const wave = new TerraformStack(made, "wave-1");
      resource(wave, "server", "aws_instance", { subnet_id: subnet.getStringAttribute("id") });
      return made;
    };
    const [before, after] = [synthesize(app("10.0.0.0/24")), synthesize(app("10.0.1.0/24"))];
    expect(told(compareSyntheses(before, after, { discards: [], holds: dataHoldingTypes }))).toEqual({
      replaced: [
        "landing-zone/aws_subnet.subnet: cidr_block",
        "wave-1/aws_instance.server: subnet_id (with landing-zone/aws_subnet.subnet)",
      ],
    });
  });

  it("is not looked for in states that other apps have written", () => {
    const foreign: Make = (stack) => {
      const state = new DataTerraformRemoteState(stack, "foreign", { organization: "o", workspaces: { name: "w" } });
      resource(stack, "server", "aws_instance", { subnet_id: state.getString("subnet") });
    };
    expect(told(compare(foreign, foreign))).toEqual({});
  });

  it("is followed through what is looked up with it", () => {
    const looked =
      (name: string): Make =>
      (stack) => {
        stack.addOverride("data", { aws_ami: { linux: { name_regex: name } } });
        resource(stack, "server", "aws_instance", { ami: "${data.aws_ami.linux.id}" });
      };
    expect(told(compare(looked("a"), looked("b"))).replaced).toEqual([
      "stack/aws_instance.server: ami (with stack/data.aws_ami.linux)",
    ]);
  });
});

describe("a synthesis", () => {
  it("applies aspects, as app.synth() does", () => {
    const app = emptyApp();
    const stack = new TerraformStack(app, "stack");
    resource(stack, "it", "aws_sqs_queue");
    Aspects.of(stack).add({
      visit: (node) => {
        if (TerraformElement.isTerraformElement(node) && node.node.id === "it") node.addOverride("name", "aspect");
      },
    });
    expect(synthesize(app).elements.get("stack/aws_sqs_queue.it")?.config).toEqual({ name: "aspect" });
  });
});
