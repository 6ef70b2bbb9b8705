/** What is written is code of the user's: it compiles, it makes what was there, and nothing from AWS is code in it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { TerraformStack, Testing } from "cdktf";
import ts from "typescript";
import { adoptResources, type AdoptedResources } from "../../../lib/core/adopt-resources";
import { mergeInventories } from "../../../lib/inventory/merge-inventories";
import { readInventoryFiles } from "../../../lib/inventory/read-inventory";
import { HybridCloud, type HybridCloudProps } from "../../../lib/patterns/infrastructure/hybrid-cloud";
import { LiftAndShift } from "../../../lib/patterns/infrastructure/lift-and-shift";
import { adoptedImages } from "../../../lib/patterns/infrastructure/lift-and-shift/replication";
import type { ServerNetwork } from "../../../lib/parts/network/server-network";
import { adoptionFiles } from "../../../lib/cli/adopt/adoption-files";
import { readyAssessment, readyInventory } from "../../support/ready-assessment";
import { subpathSources } from "../../support/subpaths";
import { makeTemporaryFolder } from "../../support/temporary-folder";
import {
  account,
  adopted,
  connection,
  customerGateway,
  id,
  instance,
  KEY_1,
  KEY_2,
  reservation,
  routeTable,
  tags,
  tuned,
  vpc,
  vpnGateway,
  type Json,
} from "./fixture";

const root = path.join(__dirname, "../../..");

interface Adopted {
  readonly networks: Readonly<Record<string, ServerNetwork>>;
  readonly hybridClouds: Readonly<
    Record<
      string,
      { readonly props: Pick<HybridCloudProps, "vpc" | "gateway" | "sites">; readonly resources: AdoptedResources }
    >
  >;
  readonly instanceIds: Readonly<Record<string, string>>;
  readonly servers: AdoptedResources;
}

function codeOf(over: Json): string {
  return adoptionFiles(adopted(over))[0]?.text ?? "";
}

/** The values of the file's constants. Its imports are of types alone. */
function evaluated(code: string): Adopted {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(code, { compilerOptions });
  const exports = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function("exports", outputText)(exports);
  return exports as Adopted;
}

const HOSTILE = [
  '"); process.exit(1); //',
  "*/ process.exit(1); /*",
  "${aws_vpc.x.id} %{ if true }",
  "`${process.exit(1)}`",
  "\u2028process.exit(1)\u202e",
  "__proto__",
  "${TfToken[TOKEN.0]}",
];

/** An account in which every free text is one of these. */
function hostile(text: string): Json {
  const own = { Tags: tags({ Name: text, [text]: text }) };
  return account({
    Vpcs: [vpc(own)],
    RouteTables: [routeTable(1, own), routeTable(2, own)],
    VpnGateways: [vpnGateway(own)],
    CustomerGateways: [customerGateway(1, { ...own, DeviceName: text })],
    VpnConnections: [
      tuned(
        1,
        { LogOptions: { CloudWatchLogOptions: { LogEnabled: true, LogGroupArn: text, LogOutputFormat: "json" } } },
        own,
      ),
    ],
    Reservations: [reservation(instance(1, undefined, { ...own, PlatformDetails: text }))],
  });
}

const usual = account({
  VpnConnections: [connection(1), tuned(2, { StartupAction: "start", IkeVersions: [{ Value: "ikev2" }] })],
  CustomerGateways: [customerGateway(1), customerGateway(2)],
  Reservations: [reservation(...["web-01", "app-01", "db-01"].map((name, index) => instance(index + 1, name)))],
});

describe("the code", () => {
  const codes = new Map([["usual", codeOf(usual)]]);
  beforeAll(() => {
    for (const [index, text] of HOSTILE.entries()) codes.set(`hostile-${index}`, codeOf(hostile(text)));
    codes.set("networks", codeOf({ VpnConnections: [] }));
  });

  it("compiles, and nothing in it is unused", () => {
    const folder = makeTemporaryFolder("adopted");
    mkdirSync(path.join(folder, "code"));
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    const files = [...codes].map(([name, code]) => {
      const file = path.join(folder, "code", `${name}.ts`);
      writeFileSync(file, code);
      return file;
    });
    const program = ts.createProgram(files, {
      strict: true,
      noEmit: true,
      noUnusedLocals: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      moduleResolution: ts.ModuleResolutionKind.Node10,
      exactOptionalPropertyTypes: true,
      baseUrl: root,
      paths: subpathSources(root),
    });
    const wrong = files
      .map((each) => program.getSourceFile(each))
      .flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])
      .map(({ file, messageText }) => {
        return `${path.basename(file?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
      });
    expect(wrong).toEqual([]);
  }, 120_000);

  it("is formatted as prettier formats it", () => {
    const file = path.join(makeTemporaryFolder("adopted"), "adopted.ts");
    for (const name of ["usual", "networks"]) {
      writeFileSync(file, codes.get(name) ?? "");
      const prettier = path.join(root, "node_modules/prettier/bin/prettier.cjs");
      const args = [prettier, "--print-width", "120", "--no-config", "--ignore-path", "none", "--check", file];
      expect(spawnSync(process.execPath, args, { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
    }
  }, 60_000);

  it.each(HOSTILE)("has %j as text", (text) => {
    const code = codeOf(hostile(text));
    // Nothing in it can turn the text around, or end a line that is none.
    expect(code).not.toMatch(/[\u2028-\u202e]/);
    const { hybridClouds, servers } = evaluated(code);
    const [[, { resources }] = ["", { resources: {} as AdoptedResources }]] = Object.entries(hybridClouds);
    expect(resources["gateway/vpn-gateway"]?.tags?.["Name"]).toBe(text);
    expect(Object.keys(servers)).toHaveLength(1);
    expect(Object.values(servers)[0]?.tags?.["Name"]).toBe(text);
    expect(Object.hasOwn(resources["gateway/vpn-gateway"]?.tags ?? {}, text)).toBe(true);
  });

  it("has no key, and nor has the inventory", () => {
    const texts = adoptionFiles(adopted(usual)).map(({ text }) => text);
    expect(texts).toHaveLength(2);
    for (const text of texts) {
      expect(text).not.toContain(KEY_1);
      expect(text).not.toContain(KEY_2);
      expect(text).not.toMatch(/PreSharedKey|CustomerGatewayConfiguration/);
    }
  });
});

describe("constructs with it", () => {
  const assessment = readyAssessment();
  const rollback = { owner: "lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 30 };
  const stackOf = () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    return stack;
  };
  type Synthesized = {
    readonly import: readonly { readonly to: string; readonly id: string }[];
    readonly resource: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  };
  const synthesized = (stack: TerraformStack) => JSON.parse(Testing.synth(stack, true)) as Synthesized;

  it("import a VPN, and set nothing that AWS does not show", () => {
    const { shop } = evaluated(codeOf(usual)).hybridClouds;
    const stack = stackOf();
    const hybrid = new HybridCloud(stack, "hybrid", {
      app: "shop",
      assessment,
      rollback,
      stage: "live",
      ...shop!.props,
    });
    adoptResources(hybrid, shop!.resources);
    const { import: imports, resource } = synthesized(stack);
    expect(
      imports
        .flat()
        .map((each) => each.id)
        .sort(),
    ).toEqual([id("cgw", 1), id("cgw", 2), id("vgw", 1), id("vpn", 1), id("vpn", 2)].sort());
    const [first, second] = Object.values(resource["aws_vpn_connection"] ?? {});
    const options = (of: Json | undefined) => Object.keys(of ?? {}).filter((each) => each.startsWith("tunnel1_"));
    expect(options(first)).toEqual(["tunnel1_inside_cidr"]);
    expect(options(second).sort()).toEqual(["tunnel1_ike_versions", "tunnel1_inside_cidr", "tunnel1_startup_action"]);
    expect(first?.["tags"]).toMatchObject({ Name: "office", "migration:pattern": "hybrid-cloud" });
    expect(resource).not.toHaveProperty("aws_vpc");
    // Only the table that leads there today.
    expect(Object.values(resource["aws_vpn_gateway_route_propagation"] ?? {})).toMatchObject([
      { route_table_id: id("rtb", 1) },
    ]);
  });

  it("import servers of the estate, which keep their groups and what differs", async () => {
    const [code, inventory] = adoptionFiles(adopted(usual));
    const { networks, instanceIds, servers } = evaluated(code!.text);
    const bytes = Buffer.from(inventory!.text);
    const described = await readInventoryFiles([{ name: inventory!.name, bytes }]);
    const stack = stackOf();
    const wave = new LiftAndShift(stack, "wave-1", {
      app: "shop",
      assessment: readyAssessment({ inventory: mergeInventories(readyInventory(), described) }),
      rollback,
      stage: "replicate",
      network: networks["shop"]!,
      images: adoptedImages(instanceIds),
    });
    adoptResources(wave, servers);
    const { import: imports, resource } = synthesized(stack);
    expect(
      imports
        .flat()
        .map((each) => each.id)
        .sort(),
    ).toEqual([id("i", 1), id("i", 2), id("i", 3)]);
    const web = Object.entries(resource["aws_instance"] ?? {}).find(([name]) => name.includes("web-01"))?.[1];
    expect(web?.["tags"]).toMatchObject({ backup: "nightly", "migration:server": "web-01" });
    expect(web?.["vpc_security_group_ids"]).toContain(id("sg", 1));
  });

  it("take the VPC as it is for a VPN of another kind", () => {
    const { networks } = evaluated(codeOf({ VpnConnections: [] }));
    const stack = stackOf();
    const hybrid = new HybridCloud(stack, "hybrid", {
      app: "shop",
      assessment,
      rollback,
      stage: "connect",
      vpc: networks["shop"] as NonNullable<HybridCloudProps["vpc"]>,
      sites: [
        {
          name: "office",
          networks: ["192.168.0.0/20"],
          devices: [{ customerGateway: { ipAddress: "198.51.100.10" } }],
        },
      ],
    });
    expect(hybrid.vpcId).toBe(id("vpc", 1));
    expect(synthesized(stack).resource).not.toHaveProperty("aws_vpc");
  });
});
