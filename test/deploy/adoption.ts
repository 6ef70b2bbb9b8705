/**
 * What somebody else has made is adopted: a VPC, a VPN and instances are made through the AWS API, described, and taken over with
 * the command line. The plan imports and leaves alone what is there, and after it the plan is empty.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Outcome } from "../support/terraform";
import { aws, type AwsApi } from "./aws";
import { engine } from "./engine";
import { COMMAND_LINE } from "./hand-over";
import type { Bench } from "./lab";
import { changesIn, movesOf, stray, type ResourceChange } from "./plan";
import { runWithin } from "./process";
import type { Moves } from "./walks";

const ANSWERS = {
  instances: "describe_instances",
  volumes: "describe_volumes",
  vpcs: "describe_vpcs",
  subnets: "describe_subnets",
  "route-tables": "describe_route_tables",
  "vpn-connections": "describe_vpn_connections",
  "vpn-gateways": "describe_vpn_gateways",
  "customer-gateways": "describe_customer_gateways",
} as const;

/** What Terraform may do to what is there, beside importing it. */
const CHANGES: Moves = {
  aws_vpn_gateway: ["tags", "tags_all"],
  aws_customer_gateway: ["tags", "tags_all"],
  aws_vpn_connection: ["tags", "tags_all"],
  aws_instance: [
    "disable_api_termination",
    "iam_instance_profile",
    "tags",
    "tags_all",
    // Of the state alone: no import knows it.
    "user_data_replace_on_change",
    "vpc_security_group_ids",
  ],
};

/** What is imported, by type. */
const IMPORTED = { aws_vpn_gateway: 1, aws_customer_gateway: 2, aws_vpn_connection: 2, aws_instance: 3 };

/** What is made beside it: what Terraform cannot import, what the fleet has of its own, and the stages' record. */
const CREATED =
  /^aws_(?:vpn_connection_route|vpn_gateway_route_propagation|security_group|vpc_security_group_\w+|iam_\w+|ssm_parameter)\./;

/** Makes the network, the VPN and the servers. Returns the keys of the tunnels. */
async function make(ask: AwsApi): Promise<readonly string[]> {
  const tagged = (type: string, tags: Readonly<Record<string, string>>) => ({
    TagSpecifications: [{ ResourceType: type, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }],
  });
  const { Vpc } = await ask<{ Vpc: { VpcId: string } }>("ec2", "create_vpc", {
    CidrBlock: "10.20.0.0/16",
    ...tagged("vpc", { Name: "shop" }),
  });
  const { VpcId } = Vpc;
  const { Subnet } = await ask<{ Subnet: { SubnetId: string } }>("ec2", "create_subnet", {
    VpcId,
    CidrBlock: "10.20.1.0/24",
    AvailabilityZone: "eu-central-1a",
  });
  const { RouteTable: table } = await ask<{ RouteTable: { RouteTableId: string } }>("ec2", "create_route_table", {
    VpcId,
    ...tagged("route-table", { Name: "app" }),
  });
  await ask("ec2", "associate_route_table", { RouteTableId: table.RouteTableId, SubnetId: Subnet.SubnetId });
  const { VpnGateway } = await ask<{ VpnGateway: { VpnGatewayId: string } }>("ec2", "create_vpn_gateway", {
    Type: "ipsec.1",
    AmazonSideAsn: 64_600,
    ...tagged("vpn-gateway", { Name: "edge", "cost-center": "42" }),
  });
  const { VpnGatewayId } = VpnGateway;
  await ask("ec2", "attach_vpn_gateway", { VpnGatewayId, VpcId });
  const keys: string[] = [];
  const tunnels = [
    // As the console makes one, where nobody chooses anything.
    undefined,
    ["169.254.200.0/30", "169.254.200.4/30"].map((TunnelInsideCidr) => ({
      TunnelInsideCidr,
      IKEVersions: [{ Value: "ikev2" }],
      Phase1EncryptionAlgorithms: [{ Value: "AES256" }],
      Phase1DHGroupNumbers: [{ Value: 20 }, { Value: 14 }],
      DPDTimeoutSeconds: 45,
      StartupAction: "start",
    })),
  ];
  for (const [index, TunnelOptions] of tunnels.entries()) {
    const { CustomerGateway } = await ask<{ CustomerGateway: { CustomerGatewayId: string } }>(
      "ec2",
      "create_customer_gateway",
      { Type: "ipsec.1", BgpAsn: 65_010 + index, IpAddress: `198.51.100.${10 + index}` },
    );
    const { VpnConnection: made } = await ask<{
      VpnConnection: { VpnConnectionId: string; Options: { TunnelOptions: { PreSharedKey: string }[] } };
    }>("ec2", "create_vpn_connection", {
      Type: "ipsec.1",
      CustomerGatewayId: CustomerGateway.CustomerGatewayId,
      VpnGatewayId,
      Options: { StaticRoutesOnly: true, ...(TunnelOptions === undefined ? {} : { TunnelOptions }) },
      ...tagged("vpn-connection", { Name: "office ${x}", owner: "network team" }),
    });
    keys.push(...made.Options.TunnelOptions.map(({ PreSharedKey }) => PreSharedKey));
    await ask("ec2", "create_vpn_connection_route", {
      VpnConnectionId: made.VpnConnectionId,
      DestinationCidrBlock: "192.168.0.0/20",
    });
  }
  await ask("ec2", "enable_vgw_route_propagation", { RouteTableId: table.RouteTableId, GatewayId: VpnGatewayId });
  const { Images } = await ask<{ Images: { ImageId: string }[] }>("ec2", "describe_images", { Owners: ["amazon"] });
  const launched = ["web-01", "app-01", "db-01"].map(async (name) =>
    ask("ec2", "run_instances", {
      ImageId: Images[0]?.ImageId ?? "none",
      InstanceType: "m7i.large",
      MinCount: 1,
      MaxCount: 1,
      SubnetId: Subnet.SubnetId,
      ...tagged("instance", { Name: name, backup: "nightly" }),
    }),
  );
  await Promise.all(launched);
  return keys;
}

/** Adopts it: described, read, synthesized, planned, applied and planned again. */
export async function runAdoption(bench: Bench): Promise<void> {
  mkdirSync(bench.folder, { recursive: true });
  const ask = aws(bench.env, bench.env["AWS_REGION"] ?? "");
  const folder = path.join(bench.folder, "adopted");
  const stack = path.join(bench.folder, "cdktf.out/stacks/adoption");
  const terraform = async (...args: string[]): Promise<Outcome> =>
    runWithin(600, engine, [`-chdir=${stack}`, ...args], { env: bench.env, cwd: bench.folder });
  const node = async (...args: string[]): Promise<Outcome> =>
    runWithin(120, process.execPath, args, {
      env: { ...bench.env, CDKTF_OUTDIR: path.join(bench.folder, "cdktf.out") },
      cwd: bench.folder,
    });
  let keys: readonly string[] = [];
  const steps: readonly (readonly [string, () => Promise<string | undefined>])[] = [
    [
      "made by hand, and described",
      async () => {
        keys = await make(ask);
        const answers = Object.entries(ANSWERS).map(async ([name, operation]) => {
          writeFileSync(path.join(bench.folder, `${name}.json`), JSON.stringify(await ask("ec2", operation)));
        });
        await Promise.all(answers);
        return keys.length === 4 ? undefined : `there are ${keys.length} keys`;
      },
    ],
    [
      "adopt",
      async () => {
        const files = Object.keys(ANSWERS).map((name) => `${name}.json`);
        const said = await node(COMMAND_LINE, "adopt", "--output", folder, ...files);
        if (said.code !== 0) return failure(said);
        const texts = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"));
        const leaks = keys.filter((key) => [said.stdout, ...texts].some((text) => text.includes(key)));
        return leaks.length === 0 ? undefined : `${leaks.length} keys are in what was written`;
      },
    ],
    [
      "synth",
      async () => {
        const said = await node(require.resolve("tsx/cli"), path.join(__dirname, "adoption-app.ts"), folder);
        return said.code === 0 ? undefined : failure(said);
      },
    ],
    [
      "plan: imported, and nothing else",
      async () => {
        const begun = await terraform("init", "-input=false");
        if (begun.code !== 0) return failure(begun);
        const planned = await terraform("plan", "-input=false", "-lock=false", "-out=next.tfplan");
        if (planned.code !== 0) return failure(planned);
        const shown = await terraform("show", "-json", "next.tfplan");
        const { resource_changes: changes = [] } = JSON.parse(shown.stdout) as { resource_changes?: ResourceChange[] };
        return straysOf(changes);
      },
    ],
    [
      "apply",
      async () => {
        const applied = await terraform("apply", "-input=false", "-auto-approve", "next.tfplan");
        return applied.code === 0 ? undefined : failure(applied);
      },
    ],
    [
      "second plan",
      async () => {
        const plan = await terraform("plan", "-detailed-exitcode", "-input=false", "-lock=false");
        return plan.code === 0 ? undefined : plan.code === 2 ? changesIn(plan.stdout) : failure(plan);
      },
    ],
  ];
  for (const [what, act] of steps) {
    const started = Date.now();
    const wrong = await act().catch((error: unknown) => String(error));
    const seconds = (Date.now() - started) / 1000;
    bench.report({
      example: bench.example,
      what,
      ok: wrong === undefined,
      seconds,
      detail: wrong ?? "as it should be",
    });
    if (wrong !== undefined) return;
  }
}

/** What the plan does beside importing what was described. */
function straysOf(changes: readonly ResourceChange[]): string | undefined {
  const imported = changes.filter(({ change }) => (change as { readonly importing?: unknown }).importing !== undefined);
  const counts: Record<string, number> = {};
  for (const { type } of imported) counts[type] = (counts[type] ?? 0) + 1;
  const wrong = movesOf(changes).flatMap((each) => {
    const created = each.change.actions.join() === "create" && CREATED.test(each.address);
    return created ? [] : (stray(each, [CHANGES]) ?? []);
  });
  const differ = Object.entries(IMPORTED).filter(([type, number]) => counts[type] !== number);
  const all = [...wrong, ...differ.map(([type, number]) => `imports ${counts[type] ?? 0} of ${number} ${type}`)];
  return all.length === 0 ? undefined : all.join("\n");
}

function failure({ code, stdout, stderr }: Outcome): string {
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => /[^\s│╷╵]/.test(line));
  return [`ended with code ${code}`, ...lines.slice(-40)].join("\n");
}
