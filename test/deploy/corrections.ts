/**
 * Corrections of what is live, in the deploy lab: a wave is cut over, and then its inventory is corrected, line after line, as
 * people do. Where a finding is printed, its mend is carried out as it is printed. The guard lets every plan of it pass. After
 * each correction every server, volume and attachment of before is there, under the same id, and the second plan is empty. At
 * the end `terraform destroy` is refused until the declared way.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { runInNewContext } from "node:vm";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack, Testing } from "cdktf";
import { isBlocking, type Finding } from "../../lib/core/finding";
import type { InventoryInput } from "../../lib/inventory/model";
import {
  LandingNetwork,
  ServerImage,
  type EstateRecord,
  type LiftAndShift,
  type ServerNetwork,
} from "../../lib/patterns/infrastructure/lift-and-shift";
import { guardPlan } from "../../lib/plan/guard/guard";
import { readTerraformPlan } from "../../lib/plan/guard/read-plan";
import {
  findingsOf,
  gravely,
  machine,
  disk,
  migrate,
  recordOf,
  rollback,
  type MigrationInput,
} from "../patterns/infrastructure/lift-and-shift/estate/fixtures";
import type { Outcome } from "../support/terraform";
import { aws, type AwsApi } from "./aws";
import { engine, forEngine } from "./engine";
import type { Bench } from "./lab";
import { runWithin } from "./process";
import { movesOf, stray, type ResourceChange } from "./plan";
import { deleteRootVolumes } from "./root-volumes";

type ServerInput = NonNullable<InventoryInput["servers"]>[number];

/** What is declared. Each correction changes something of it. */
interface Declared {
  readonly servers: readonly ServerInput[];
  /** Exported disks of the servers, by the name of the export. A newer export has a newer name. */
  readonly exported: string;
  readonly image: string;
  readonly id: string;
  readonly props: MigrationInput;
}

/** A correction of what is declared, and what is found of it. */
interface Correction {
  readonly what: string;
  readonly change: (declared: Declared) => Declared;
  /** The rule that finds it, whose mend is carried out. @default - nothing blocks: nothing has to be done */
  readonly rule?: string;
  /** What has to be planned; an empty plan shows that nothing was corrected. @default - nothing */
  readonly plans?: RegExp;
}

const STACKS = ["wave-1", "wave-2"] as const;
/** What serves: under the id that it has when it is cut over it is still there at the end. */
const SERVES = /^aws_(?:instance|ebs_volume|volume_attachment)$/;

/** The security group that a server had to itself, in the wave that it has left: the guard cannot know that nobody is in it. */
const LEFT_BEHIND = /^aws_(?:security_group|vpc_security_group_\w+)\.\S*server--files/;

const servers: readonly ServerInput[] = [
  machine("db-01", 1, {
    application: "shop",
    tier: "db",
    wave: "wave-1",
    disks: [disk("Hard disk 1", "2000", 50), disk("Hard disk 2", "2001", 100), disk("Hard disk 3", "2002", 200)],
  }),
  machine("web-01", 2, { application: "shop", tier: "web", wave: "wave-1" }),
  machine("files", 3, { wave: "wave-1", disks: [disk("Hard disk 1", "2000", 30), disk("Hard disk 2", "2001", 60)] }),
];

function changed(name: string, over: (server: ServerInput) => Partial<ServerInput>): Correction["change"] {
  return (declared) => ({
    ...declared,
    servers: declared.servers.map((server) => (server.name === name ? { ...server, ...over(server) } : server)),
  });
}

const corrections: readonly Correction[] = [
  {
    what: "a disk relabelled",
    change: changed("db-01", ({ disks = [] }) => ({
      disks: disks.map((each) => (each.key === "2001" ? { ...each, name: "Data" } : each)),
    })),
    rule: "estate-disk-relabelled",
    plans: /aws_ebs_volume/,
  },
  {
    what: "disks and servers reordered",
    change: (declared) => ({
      ...declared,
      servers: [...declared.servers].reverse().map((each) => ({ ...each, disks: [...(each.disks ?? [])].reverse() })),
    }),
  },
  {
    what: "a server renamed",
    change: changed("db-01", () => ({ name: "orders-db" })),
    rule: "estate-server-renamed",
    plans: /aws_instance/,
  },
  {
    what: "the firmware corrected",
    change: changed("files", () => ({ firmware: "efi" })),
    plans: /aws_ami/,
  },
  {
    what: "a newer image published",
    change: (declared) => ({ ...declared, image: "newer" }),
  },
  {
    what: "the application renamed",
    change: (declared) => ({
      ...declared,
      servers: declared.servers.map((each) =>
        each.application === undefined ? each : { ...each, application: "store" },
      ),
    }),
    plans: /aws_instance/,
  },
  {
    what: "the construct's id changed",
    change: (declared) => ({
      ...declared,
      id: "store",
      props: { ...declared.props, renamedFrom: "wave-1/shop", namedAfter: "wave-1/shop" },
    }),
    plans: /moved/,
  },
  {
    what: "construct and server, one commit",
    change: (declared) => ({
      ...changed("orders-db", () => ({ name: "ledger-db" }))(declared),
      id: "market",
      props: { ...declared.props, renamedFrom: "wave-1/store" },
    }),
    rule: "estate-server-renamed",
    plans: /moved aws_instance/,
  },
];

/** Cuts a wave over, corrects it, and destroys it. */
export async function runCorrections(bench: Bench): Promise<void> {
  mkdirSync(bench.folder, { recursive: true });
  const lab = new Lab(bench, aws(bench.env, "eu-central-1"));
  await lab.step("a wave that is cut over", () => lab.begin());
  for (const correction of corrections) await lab.step(correction.what, () => lab.correct(correction));
  await lab.step("a server in another wave", () => lab.moveToAnotherWave());
  await lab.step("destroy, undeclared", () => lab.destroyIsRefused());
  await lab.step("destroy, declared", () => lab.destroy());
}

class Lab {
  private declared: Declared = { servers, exported: "exports", image: "old", id: "shop", props: {} };
  private record?: EstateRecord;
  private network?: ServerNetwork;
  private images: Readonly<Record<string, string>> = {};
  /** What the last plan changes, with the attributes. */
  private differences: readonly string[] = [];
  /** The ids of what serves, by address: what an address becomes, Terraform says. */
  private serving: ReadonlySet<string> = new Set();

  constructor(
    private readonly bench: Bench,
    private readonly ask: AwsApi,
  ) {}

  /** Reports what an action says: a detail, or what it throws as what is wrong. */
  public async step(what: string, act: () => Promise<string>): Promise<void> {
    const started = Date.now();
    const { ok, detail } = await act().then(
      (said) => ({ ok: true, detail: said }),
      (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.message : String(error) }),
    );
    this.bench.report({ example: this.bench.example, what, ok, seconds: (Date.now() - started) / 1000, detail });
  }

  public async begin(): Promise<string> {
    await this.makeAccount();
    const { shop } = this.synthesize();
    this.record = recordOf(shop);
    for (const stack of STACKS) {
      await this.terraform(stack, "init", "-input=false");
      await this.terraform(stack, "apply", "-input=false", "-auto-approve", "-no-color");
    }
    this.serving = await this.idsOf();
    if (this.serving.size !== 9) throw new Error(`${this.serving.size} servers, volumes and attachments, not 9`);
    return `${this.serving.size} servers, volumes and attachments`;
  }

  public async correct({ what, change, rule, plans }: Correction): Promise<string> {
    this.declared = change(this.declared);
    const bare = gravely(findingsOf(this.synthesize().shop));
    const found = bare.filter((finding) => finding.rule === rule);
    if (rule !== undefined && found.length === 0) throw new Error(`${rule} does not find it: ${rulesOf(bare)}`);
    if (rule === undefined && bare.length > 0) throw new Error(`found: ${rulesOf(bare)}`);
    const { shop } = this.synthesize(found);
    const left = gravely(findingsOf(shop));
    if (left.length > 0)
      throw new Error(`found in spite of the mend: ${left.map(({ message }) => message).join("; ")}`);
    const planned = await this.apply("wave-1");
    if (plans === undefined ? planned !== "" : !plans.test(planned))
      throw new Error(`planned: ${planned || "nothing"}`);
    await this.servesStill();
    // What `migration-patterns lock` records; with it the mend may go.
    this.record = recordOf(shop);
    this.declared = settled(this.declared);
    const after = await this.replanned();
    if (after !== "") throw new Error(`without the mend, after ${what}, it plans: ${after}`);
    return planned === "" ? "nothing is planned" : planned;
  }

  /** Plans the first wave as it is declared now. */
  private async replanned(): Promise<string> {
    this.synthesize();
    return this.planned("wave-1");
  }

  public async moveToAnotherWave(): Promise<string> {
    this.declared = changed("files", () => ({ wave: "wave-2" }))(this.declared);
    const { second } = this.synthesize();
    const [finding] =
      second === undefined ? [] : findingsOf(second).filter(({ rule }) => rule === "estate-server-moved");
    const commands = /in the folder that has cdktf\.out: (terraform .*?);/.exec(finding?.remedy ?? "")?.[1];
    if (commands === undefined) throw new Error(`no commands are printed: ${finding?.remedy ?? "no finding"}`);
    const moved = await this.run("sh", ["-c", forEngine(commands)]);
    if (moved.code !== 0) throw new Error(`${commands}\n${moved.stdout}${moved.stderr}`);
    // The group that it had to itself stays behind and goes, once nothing is in it: so the new place comes first.
    const planned = [await this.apply("wave-2"), await this.apply("wave-1")].filter((each) => each !== "").join("; ");
    await this.servesStill();
    return planned;
  }

  public async destroyIsRefused(): Promise<string> {
    for (const stack of STACKS) {
      const { code, stdout, stderr } = await this.run(engine, [
        `-chdir=${this.folderOf(stack)}`,
        ...["destroy", "-input=false", "-auto-approve", "-no-color"],
      ]);
      if (code === 0) throw new Error(`${stack} was destroyed`);
      if (!/prevent_destroy/.test(`${stdout}${stderr}`)) throw new Error(`${stack} was refused otherwise: ${stderr}`);
    }
    await this.servesStill();
    return "refused by prevent_destroy, and everything is there";
  }

  public async destroy(): Promise<string> {
    const unprotected = { reason: "the lab is over", approvedBy: "A. Owner", until: "2026-03-01" };
    this.declared = {
      ...this.declared,
      props: {
        ...this.declared.props,
        unprotected,
        fleet: { ...this.declared.props.fleet, terminationProtection: false },
      },
    };
    this.synthesize();
    for (const stack of [...STACKS].reverse()) {
      await this.terraform(stack, "apply", "-input=false", "-auto-approve", "-no-color");
      await this.terraform(stack, "destroy", "-input=false", "-auto-approve", "-no-color");
    }
    const wrong = await deleteRootVolumes(this.ask, ["ledger-db", "web-01", "files"]);
    if (wrong !== undefined) throw new Error(wrong);
    return "all but the root volumes, which were there to be deleted";
  }

  /** Makes what is there before: a network, and the images that somebody publishes. */
  private async makeAccount(): Promise<void> {
    const { ask } = this;
    const { Vpc } = await ask<{ Vpc: { VpcId: string } }>("ec2", "create_vpc", { CidrBlock: "10.10.0.0/16" });
    const subnets = [];
    for (const [index, availabilityZone] of ["eu-central-1a", "eu-central-1b"].entries()) {
      const cidr = `10.10.${index + 1}.0/24`;
      const { Subnet } = await ask<{ Subnet: { SubnetId: string } }>("ec2", "create_subnet", {
        VpcId: Vpc.VpcId,
        CidrBlock: cidr,
        AvailabilityZone: availabilityZone,
      });
      subnets.push({ id: Subnet.SubnetId, tier: "private", availabilityZone, cidr } as const);
    }
    this.network = LandingNetwork.fromExisting({ vpcId: Vpc.VpcId, subnets });
    const { Images } = await ask<{ Images: { ImageId: string; RootDeviceType: string }[] }>("ec2", "describe_images");
    const [old, newer] = Images.filter(({ RootDeviceType: type }) => type === "ebs").map(({ ImageId }) => ImageId);
    if (old === undefined || newer === undefined) throw new Error("the account has no two images");
    this.images = { old, newer };
  }

  /** Writes the Terraform of both waves, with the mends that are printed. */
  private synthesize(findings: readonly Finding[] = []): { shop: LiftAndShift; second?: LiftAndShift } {
    const { declared, network, record } = this;
    if (network === undefined) throw new Error("there is no network");
    const app = new App({ outdir: path.join(this.bench.folder, "cdktf.out") });
    const [first, other] = STACKS.map((name) => {
      const stack = new TerraformStack(app, name);
      new AwsProvider(stack, "aws", { region: "eu-central-1" });
      new LocalBackend(stack, { path: path.join(this.bench.folder, `terraform.${name}.tfstate`) });
      return stack;
    }) as [TerraformStack, TerraformStack];
    const override = findings.map(({ remedy }) => /fleet: (\{.*\}) in the code/.exec(remedy)?.[1]).find(Boolean);
    const common: MigrationInput = {
      ...declared.props,
      rollback,
      network,
      images: ({ name, disks }) =>
        name === "web-01"
          ? ServerImage.ami(this.images[declared.image] ?? "")
          : ServerImage.diskImage(
              declared.exported,
              disks.map((_disk, index) => `${name}/disk-${index}.vmdk`),
            ),
      inventory: { flows: flowsOf(declared.servers) },
      ...(record === undefined ? {} : { estate: record }),
      ...(override === undefined ? {} : { fleet: runInNewContext(`(${override})`) as MigrationInput["fleet"] }),
    };
    const shop = migrate(declared.servers, { ...common, stack: first, id: declared.id, wave: "wave-1" }).migration;
    const second = declared.servers.some(({ wave }) => wave === "wave-2")
      ? migrate(declared.servers, {
          ...common,
          stack: other,
          id: "second",
          wave: "wave-2",
          renamedFrom: undefined,
          namedAfter: undefined,
        }).migration
      : undefined;
    for (const stack of [first, other]) {
      const folder = this.folderOf(stack.node.id);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, "cdk.tf.json"), Testing.synth(stack));
    }
    return { shop, ...(second === undefined ? {} : { second }) };
  }

  /** Applies the plan of a stack, looks whether the next one is empty, and says in a few words what was planned. */
  private async apply(stack: string): Promise<string> {
    const planned = await this.planned(stack);
    await this.terraform(stack, "apply", "-input=false", "-no-color", "next.tfplan");
    const again = await this.planned(stack);
    if (again !== "") throw new Error(`the second plan of ${stack}: ${again} (${this.differences.join(", ")})`);
    return planned;
  }

  /** Plans a stack. Throws where what serves would be destroyed or made. */
  private async planned(stack: string): Promise<string> {
    await this.terraform(stack, "plan", "-input=false", "-no-color", "-out=next.tfplan");
    const { stdout } = await this.terraform(stack, "show", "-json", "next.tfplan");
    const { resource_changes: changes = [] } = JSON.parse(stdout) as {
      resource_changes?: (ResourceChange & { readonly previous_address?: string })[];
    };
    const wrong = changes.filter(
      ({ type, change: { actions } }) =>
        SERVES.test(type) && (actions.includes("delete") || actions.includes("create")),
    );
    if (wrong.length > 0)
      throw new Error(wrong.map(({ address, change: { actions } }) => `${actions.join("+")} ${address}`).join(", "));
    const { findings } = guardPlan(readTerraformPlan({ name: stack, bytes: Buffer.from(stdout) }));
    const blocked = findings.filter((each) => isBlocking(each) && !LEFT_BEHIND.test(each.subject));
    if (blocked.length > 0)
      throw new Error(blocked.map(({ rule, subject, message }) => `${rule} ${subject}: ${message}`).join("\n"));
    const moved = changes.filter(({ previous_address: from }) => from !== undefined);
    this.differences = movesOf(changes).flatMap((each) => stray(each, []) ?? []);
    const counts = new Map<string, number>();
    const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const { type } of moved) count(`moved ${type}`);
    for (const { type, change } of movesOf(changes)) count(`${change.actions.join("+")} ${type}`);
    return [...counts].map(([key, times]) => `${times} × ${key}`).join(", ");
  }

  private async servesStill(): Promise<void> {
    const now = await this.idsOf();
    const gone = [...this.serving].filter((id) => !now.has(id));
    if (gone.length > 0 || now.size !== this.serving.size)
      throw new Error(`what served is ${gone.join(", ") || "more than it was"}: ${[...now].join(", ")}`);
  }

  /** The ids of the servers, their data volumes and their attachments, as AWS has them. */
  private async idsOf(): Promise<ReadonlySet<string>> {
    const { Reservations } = await this.ask<{
      Reservations: { Instances: { InstanceId: string; State: { Name: string } }[] }[];
    }>("ec2", "describe_instances");
    const { Volumes } = await this.ask<{
      Volumes: {
        VolumeId: string;
        Tags?: { Key: string }[];
        Attachments: { InstanceId: string; Device: string }[];
      }[];
    }>("ec2", "describe_volumes");
    const data = Volumes.filter(({ Tags = [] }) => Tags.some(({ Key }) => Key === "migration:disk"));
    return new Set([
      ...Reservations.flatMap(({ Instances }) => Instances)
        .filter(({ State }) => State.Name === "running")
        .map(({ InstanceId }) => InstanceId),
      ...data.map(({ VolumeId }) => VolumeId),
      ...data.flatMap(({ VolumeId, Attachments }) =>
        Attachments.map(({ InstanceId, Device }) => `${VolumeId} at ${InstanceId} ${Device}`),
      ),
    ]);
  }

  private folderOf(stack: string): string {
    return path.join(this.bench.folder, "cdktf.out", "stacks", stack);
  }

  private async terraform(stack: string, ...args: readonly string[]): Promise<Outcome> {
    const outcome = await this.run(engine, [`-chdir=${this.folderOf(stack)}`, ...args]);
    if (outcome.code === 0) return outcome;
    throw new Error(`${engine} ${args.join(" ")} of ${stack}: ${outcome.stdout.slice(-2000)}\n${outcome.stderr}`);
  }

  private async run(command: string, args: readonly string[]): Promise<Outcome> {
    return runWithin(300, command, args, { env: this.bench.env, cwd: this.bench.folder });
  }
}

/** What is declared once every state has moved: `renamedFrom` is gone, and the names stay. */
function settled({ props, ...declared }: Declared): Declared {
  const { renamedFrom: _moved, ...kept } = props;
  return { ...declared, props: kept };
}

/** The flows between the servers, whatever they are called now. */
function flowsOf(given: readonly ServerInput[]): InventoryInput["flows"] {
  const database = given.find(({ uuid }) => uuid === servers[0]?.uuid)?.name ?? "";
  return [
    { source: "web-01", destination: database, port: 5432 },
    { source: "192.0.2.7", destination: "web-01", port: 443 },
    { source: "web-01", destination: "files", port: 2049 },
  ];
}

function rulesOf(findings: readonly Finding[]): string {
  return findings.map(({ rule }) => rule).join(", ") || "nothing";
}
