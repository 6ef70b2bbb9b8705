/**
 * ```
 * tsx test/vpn/main.ts [--if-available] [--keep] [name …]
 * ```
 *
 * The VPN lab: both ends of each input's connections come up in network namespaces with real IPsec and BGP. AWS's end is
 * configured from the synthesized `aws_vpn_connection` alone, the customer's from the generated device files, so whatever
 * they disagree on fails here. Needs root on Linux and the packages that it names when they are missing.
 */
import { existsSync, chmodSync } from "node:fs";
import * as path from "node:path";
import { makeLastingFolder, makeTemporaryFolder } from "../support/temporary-folder";
import { awsConnection } from "./aws-connection";
import { ADAPTATIONS } from "./customer-side";
import { inputs, synthesize, type LabInput } from "./inputs";
import { attempt, killAll, stopAll } from "./process";
import { Report } from "./report";
import { scenario } from "./scenario";
import { Site } from "./site";
import { OUTSIDE_ADDRESSES, type Topology } from "./topology";

/** What the lab runs, and the Debian package that has it. */
const NEEDED: readonly (readonly [file: string, debianPackage: string])[] = [
  ["/usr/sbin/swanctl", "strongswan-swanctl"],
  ["/usr/sbin/charon-systemd", "charon-systemd"],
  ["/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so", "libcharon-extra-plugins"],
  ["/usr/lib/ipsec/plugins/libstrongswan-openssl.so", "libstrongswan-standard-plugins"],
  ["/usr/lib/ipsec/plugins/libstrongswan-gcm.so", "libstrongswan-standard-plugins"],
  ["/usr/lib/frr/bgpd", "frr"],
  ["/usr/bin/tcpdump", "tcpdump"],
  ["/usr/bin/ping", "iputils-ping"],
  ["/usr/sbin/nft", "nftables"],
  ["/usr/sbin/sysctl", "procps"],
  ["/usr/sbin/ip", "iproute2"],
];

const active = new Set<Topology>();

/** What stands in the way of the lab, in words. */
function missing(): string[] {
  if (process.platform !== "linux") return ["Linux"];
  const files = NEEDED.filter(([file]) => !existsSync(file) && !existsSync(file.replace(/^\/usr/, "")));
  const packages = [...new Set(files.map(([, debianPackage]) => debianPackage))].sort();
  const found = packages.map((name) => `the Debian package ${name}`);
  if (process.getuid?.() !== 0) found.push("root");
  if (!existsSync("/dev/net/tun")) found.push("the device /dev/net/tun");
  if (found.length > 0) return found;
  const probe = `vpnlab${process.pid}-probe`;
  const { ok, out } = attempt(["ip", "netns", "add", probe]);
  attempt(["ip", "netns", "delete", probe]);
  return ok ? [] : [`network namespaces (${out.trim()})`];
}

async function runInput(report: Report, input: LabInput, folder: string): Promise<void> {
  for (const stack of synthesize(input)) {
    const connections = stack.resources("aws_vpn_connection");
    for (const [index, resource] of connections.entries()) {
      const name =
        connections.length === 1
          ? input.name
          : `${input.name} ${resource.address.replace(/^[^.]*\.|_connection_[0-9A-F]{8}$/g, "")}`;
      const output = stack
        .deviceOutputs()
        .find(({ files }) => Object.values(files).some((text) => text.includes(`\${${resource.address}.`)));
      const found = await report.check(name, "the device output is sensitive and holds no key", () => {
        if (output === undefined) throw new Error(`no output has a device's files for ${resource.address}`);
        if (!output.sensitive) throw new Error(`output ${output.name} is not sensitive`);
        for (const [file, text] of Object.entries(output.files)) {
          // A key stands after one of these words on each device; after them there may only be a reference.
          const literal =
            /(?:\bsecret = "|pre-shared-key (?:ascii-text )?"?|pre-shared key: +)(?!\$\{|ascii-text)\S/.exec(text);
          if (literal !== null) throw new Error(`output ${output.name} holds a literal key in ${file}`);
        }
        return `output ${output.name}: ${Object.keys(output.files).join(", ")}`;
      });
      if (!found || output === undefined) continue;
      if (output.files["swanctl.conf"] === undefined) {
        console.log(`      ${name}: its device is not strongSwan and cannot run here`);
        continue;
      }
      const connection = awsConnection(stack, resource, OUTSIDE_ADDRESSES);
      // A short path: the name of a Unix socket holds 107 bytes.
      const site = new Site(connection, output, input.onPremises, path.join(folder, String(index)));
      active.add(site.topology);
      try {
        await scenario(report, name, input, site);
      } finally {
        await site.down();
        await stopAll();
        site.topology.down();
        active.delete(site.topology);
      }
    }
  }
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const names = args.filter((arg) => !arg.startsWith("--"));
  const lacking = missing();
  if (lacking.length > 0) {
    const optional = args.includes("--if-available");
    console.log(`${optional ? "skipped" : "the VPN lab cannot run"}: it needs ${lacking.join(", ")}`);
    process.exitCode = optional ? 0 : 1;
    return;
  }
  const chosen = inputs.filter(({ name }) => names.length === 0 || names.includes(name));
  if (chosen.length === 0) {
    console.log(`no input of that name: there are ${inputs.map(({ name }) => name).join(", ")}`);
    process.exitCode = 1;
    return;
  }
  // Before there is a folder, so that nothing writes into it any more when it is removed.
  process.once("exit", () => {
    killAll();
    for (const topology of active) topology.down();
  });
  // A short name: the path of a Unix socket holds 107 bytes.
  const keep = args.includes("--keep");
  const folder = keep ? makeLastingFolder("vpn") : makeTemporaryFolder("vpn");
  // FRR drops its privileges and has to reach its files.
  for (const each of keep ? [folder] : [path.dirname(folder), folder]) chmodSync(each, 0o755);
  console.log(
    "this machine's kernel stands in the way of some things; in the generated files the lab changes only this:",
  );
  for (const adaptation of ADAPTATIONS) console.log(`- ${adaptation}`);
  console.log("");
  const report = new Report();
  try {
    for (const input of chosen) {
      await report.check(input.name, "runs to its end", async () => {
        const begin = performance.now();
        await runInput(report, input, path.join(folder, input.name));
        return `${((performance.now() - begin) / 1000).toFixed(0)} s`;
      });
    }
  } finally {
    await stopAll();
  }
  process.exitCode = report.print() ? 0 : 1;
}

void main();
