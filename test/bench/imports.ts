/**
 * `npm run bench` (first part): what it costs to load the library, as whole processes against one that loads bare CDKTF. Limits:
 * the root entry, from which something light is taken, at most 0.4 times its time, both beyond what Node.js itself needs, and
 * 15 MB; 120 MB where all of it is; each subpath with all that it has at most 2.5 times, the root with everything 4 times; and a
 * stack that uses one pattern from its subpath at most 1.5 times a process that makes the same resources with bare CDKTF.
 */
import * as path from "node:path";
import { loadableSubpaths } from "../support/subpaths";
import { enterRunFolder } from "../support/temporary-folder";
import { build, inTurn, type Sample } from "./process";

const root = path.join(__dirname, "../..");

const landing = `
const { App, TerraformStack } = require("cdktf");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const app = new App({ outdir: require("node:fs").mkdtempSync(require("node:path").join(require("node:os").tmpdir(), "bench-")) });
const stack = new TerraformStack(app, "s");
new AwsProvider(stack, "aws", { region: "eu-central-1" });
`;

const codes = {
  node: ``,
  "bare CDKTF": `require("cdktf")`,
  // The list of a pattern's stages, which needs no CDKTF: what is measured is the entry and not CDKTF.
  "root entry": `if (require("cdktf-migration-patterns").hybridCloudStages.names.length === 0) throw new Error("the entry is not whole")
    if (Object.keys(require.cache).some((file) => /node_modules.cdktf./.test(file))) throw new Error("the entry loads CDKTF")`,
  "root entry, all of it": `Object.values(require("cdktf-migration-patterns"))`,
  "bare CDKTF, one VPC with a VPN": `${landing}
    const lib = "@cdktf/provider-aws/lib/";
    const { Vpc } = require(lib + "vpc"), { VpnGateway } = require(lib + "vpn-gateway"), { CustomerGateway } = require(lib + "customer-gateway");
    const { VpnConnection } = require(lib + "vpn-connection"), { VpnConnectionRoute } = require(lib + "vpn-connection-route");
    const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, enableDnsSupport: true });
    const gateway = new VpnGateway(stack, "vgw", { vpcId: vpc.id });
    const customer = new CustomerGateway(stack, "cgw", { bgpAsn: "65000", ipAddress: "198.51.100.10", type: "ipsec.1" });
    const vpn = new VpnConnection(stack, "vpn", { vpnGatewayId: gateway.id, customerGatewayId: customer.id, type: "ipsec.1", staticRoutesOnly: true, tunnel1InsideCidr: "169.254.10.0/30", tunnel2InsideCidr: "169.254.10.4/30" });
    new VpnConnectionRoute(stack, "r", { vpnConnectionId: vpn.id, destinationCidrBlock: "192.168.0.0/16" });
    app.synth();`,
  "SiteToSiteVpn from its subpath": `${landing}
    const { Vpc } = require("@cdktf/provider-aws/lib/vpc");
    const { SiteToSiteVpn } = require("cdktf-migration-patterns/infrastructure/hybrid-cloud");
    const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, enableDnsSupport: true });
    new SiteToSiteVpn(stack, "vpn", { gateway: { kind: "vpn", vpcId: vpc.id }, customerGateway: { ipAddress: "198.51.100.10" },
      onPremisesNetworks: ["192.168.0.0/16"], awsNetworks: ["10.0.0.0/16"] });
    app.synth();`,
};

// The measured processes leave what they synthesize in the run's folder.
enterRunFolder();
build(root);
const measured = inTurn(codes, root, 9);
let failed = 0;
let passed = 0;

function check(what: string, value: number, limit: number, unit: string): void {
  const ok = value <= limit;
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? "ok  " : "FAIL"} ${what}: ${value.toFixed(2)}${unit}, at most ${limit}${unit}`);
}

for (const [name, { seconds, megabytes }] of Object.entries(measured)) {
  console.log(`     ${name.padEnd(40)} ${seconds.toFixed(3)} s ${megabytes.toFixed(0).padStart(5)} MB`);
}
const node = measured["node"];
const entry = measured["root entry"];
if (node === undefined || entry === undefined) throw new Error("the root entry was not measured");
const cdktf = measured["bare CDKTF"];
if (cdktf === undefined) throw new Error("bare CDKTF was not measured");
const beyondNode = (process: Sample): number => process.seconds - node.seconds;
check(
  "the root entry's time against bare CDKTF, both beyond Node.js",
  beyondNode(entry) / beyondNode(cdktf),
  0.4,
  " times",
);
check("the root entry's memory beyond Node.js", entry.megabytes - node.megabytes, 15, " MB");
const everything = measured["root entry, all of it"];
if (everything === undefined) throw new Error("the whole root entry was not measured");
check("the whole root entry's memory", everything.megabytes, 120, " MB");
const bare = measured["bare CDKTF, one VPC with a VPN"];
const pattern = measured["SiteToSiteVpn from its subpath"];
if (bare === undefined || pattern === undefined) throw new Error("the pattern was not measured");
check("one VPC with one VPN: time against bare CDKTF", pattern.seconds / bare.seconds, 1.5, " times");
check("one VPC with one VPN: memory against bare CDKTF", pattern.megabytes / bare.megabytes, 1.5, " times");

// Fewer rounds, because there are many: what counts is the processor's time, which others on the machine change little.
const whole = Object.fromEntries(
  loadableSubpaths(root).map(([subpath]) => [
    subpath,
    `Object.values(require("cdktf-migration-patterns${subpath.slice(1)}"))`,
  ]),
);
const { "bare CDKTF": reference, ...subpaths } = inTurn({ "bare CDKTF": codes["bare CDKTF"], ...whole }, root, 3);
if (reference === undefined) throw new Error("bare CDKTF was not measured");
for (const [subpath, { cpuSeconds }] of Object.entries(subpaths)) {
  check(`all of ${subpath} against bare CDKTF`, cpuSeconds / reference.cpuSeconds, subpath === "." ? 4 : 2.5, " times");
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
