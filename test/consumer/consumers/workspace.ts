import type { Consumer } from "../consumers";
import { runsCommand, runsEverything, synthesizes, writeSources } from "../sources";
import { versions } from "../versions";
import { strictest } from "./typescript";

const ours = "cdktf-migration-patterns";

/** The package of a workspace that assesses, from which the other one takes the assessment. */
const estate = `
import { assess, readChecklist, type Assessment } from "${ours}/assessment";
import { defineInventory } from "${ours}/inventory";

export const assessment: Assessment = assess(defineInventory({}), readChecklist("checklist.yaml"), [], { asOf: "2026-11-22" });
`;

/** What only a workspace has: an object of ours that one package makes and another one uses. */
const office = `
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { assessment } from "@larkspur/estate";
import { App, TerraformStack } from "cdktf";
import { HybridCloud, PreSharedKey, strongSwan } from "${ours}/infrastructure/hybrid-cloud";
import { Construct } from "constructs";

const app = new App();
const stack = new TerraformStack(app, "office");
new AwsProvider(stack, "aws", { region: "eu-central-1" });
new HybridCloud(new Construct(stack, "group"), "vpn", {
  app: "larkspur",
  assessment,
  stage: "connect",
  rollback: { owner: "network lead", windowHours: 4, triggers: ["both tunnels down"], sourceRetentionDays: 30 },
  sites: [{
    name: "office",
    networks: ["192.168.0.0/20"],
    devices: [{
      customerGateway: { ipAddress: "198.51.100.10" },
      device: strongSwan(),
      tunnel1: { preSharedKey: PreSharedKey.generated() },
      tunnel2: { preSharedKey: PreSharedKey.generated() },
    }],
  }],
});
app.synth();
`;

/** An npm workspace of two packages, and the copy of `constructs` that one of them brings along by mistake. */
export const workspace: Consumer = {
  name: "workspace",
  what: "an npm workspace of two packages",
  inCi: false,
  async make(project, expected) {
    const dependencies = {
      [ours]: `file:${project.tarball}`,
      ...pick("cdktf", "constructs", "zod", "@cdktf/provider-aws"),
    };
    const compilerOptions = { ...strictest, module: "node16", composite: true, declaration: true };
    const member = (name: string, more: object) => ({ name: `@larkspur/${name}`, version: "1.0.0", ...more });
    project.write({
      "package.json": {
        private: true,
        workspaces: ["estate", "stacks"],
        devDependencies: pick("typescript", "@types/node"),
      },
      "estate/package.json": member("estate", { main: "out/index.js", types: "out/index.d.ts", dependencies }),
      "estate/tsconfig.json": { compilerOptions, include: ["*.ts"] },
      "estate/index.ts": estate,
      "stacks/package.json": member("stacks", { dependencies: { ...dependencies, "@larkspur/estate": "1.0.0" } }),
      "stacks/tsconfig.json": { compilerOptions, include: ["*.ts", "blocks"], references: [{ path: "../estate" }] },
      "stacks/office.ts": office,
    });
    await project.run("npm install", ["npm", "install", "--no-audit", "--no-fund"]);
    writeSources(project, "", "stacks");
    await project.compile("--build", "stacks");
    await synthesizes(project, [process.execPath, "stacks/out/app.js"], expected);
    await runsEverything(project, [process.execPath, "stacks/out/everything.js"], expected);
    await runsCommand(project);
    await project.run("what one package assesses, the other migrates", [process.execPath, "stacks/out/office.js"]);

    // Another version for one package alone: npm puts a copy beside it, and the stack is made of both.
    project.write({
      "stacks/package.json": member("stacks", {
        dependencies: { ...dependencies, constructs: "10.4.2", "@larkspur/estate": "1.0.0" },
      }),
    });
    await project.run("npm install of another constructs", ["npm", "install", "--legacy-peer-deps"]);
    const { code, stderr } = await project.try([process.execPath, "stacks/out/office.js"]);
    project.expect(
      "two copies of constructs are refused at load, with both versions",
      code === 1 && stderr.includes("[INSTALLATION_COPIES]") && stderr.includes(`"${versions.constructs} and 10.4.2"`),
      stderr.split("\n").find((line) => line.includes("[INSTALLATION_COPIES]")) ?? stderr,
    );
  },
};

function pick(...names: readonly (keyof typeof versions)[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, versions[name]]));
}
