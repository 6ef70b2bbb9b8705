import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { account, connection, id, instance, KEY_1, KEY_2, reservation, vpc } from "./adopt/fixture";
import { cli, temporaryFolder } from "./captured";

const { folder, file } = temporaryFolder();

const whole = account({
  Reservations: [reservation(instance(1, "web-01"), instance(2, "old", { State: { Name: "terminated" } }))],
});
const files = Object.entries(whole).map(([key, value]) => file(`${key}.json`, JSON.stringify({ [key]: value })));
const nothing = file("nothing.json", JSON.stringify({ VpnConnections: [connection(1, {}, { State: "deleted" })] }));

async function* piped(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

describe("adopt", () => {
  it("says what would be adopted and what not, and writes nothing without a folder", async () => {
    const before = readdirSync(folder);
    const { status, stdout, stderr } = await cli(["adopt", ...files]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("adopt: READY");
    expect(stdout).toContain(`network shop: ${id("vpc", 1)} as it is, with 2 subnets and 2 route tables`);
    expect(stdout).toContain("VPN of shop: 1 site, 3 resources to import");
    expect(stdout).toContain("servers: 1 instance");
    expect(stdout).toContain(`left out: 1\n  ${id("i", 2)} (ADOPT_INSTANCE_STATE): it is terminated; nothing: it ends`);
    expect(stdout).toContain("nothing was written: name a folder with --output");
    expect(readdirSync(folder)).toEqual(before);
  });

  it("writes the folder whole, and no key into it", async () => {
    const output = path.join(folder, "adopted");
    const { status, stdout } = await cli(["adopt", "--output", output, "--format", "json", ...files]);
    expect(status).toBe(0);
    const report = JSON.parse(stdout) as { folder: string; files: string[]; left: { code: string }[] };
    expect(report).toMatchObject({ folder: output, files: ["adopted.ts", "servers.json"] });
    expect(report.left.map(({ code }) => code)).toEqual(["ADOPT_INSTANCE_STATE"]);
    expect(readdirSync(output).sort()).toEqual(["adopted.ts", "servers.json"]);
    for (const text of [stdout, ...readdirSync(output).map((name) => readFileSync(path.join(output, name), "utf8"))]) {
      expect(text).not.toContain(KEY_1);
      expect(text).not.toContain(KEY_2);
    }
    expect((await cli(["inventory", path.join(output, "servers.json")])).status).toBe(0);
  });

  it("prints the code, and beside it what is left out", async () => {
    const { status, stdout, stderr } = await cli(["adopt", "--format", "typescript", ...files]);
    expect(status).toBe(0);
    expect(stdout).toContain("export const hybridClouds = {");
    expect(stderr).toContain("left out: 1");
    const vpn = await cli([
      "adopt",
      "--format",
      "typescript",
      ...files.filter((each) => !each.includes("Reservations")),
    ]);
    expect(vpn).toMatchObject({ status: 0, stderr: "" });
  });

  it("exits with 1 and writes nothing where nothing can be adopted", async () => {
    const output = path.join(folder, "empty");
    const { status, stdout } = await cli(["adopt", nothing, "--output", output]);
    expect(status).toBe(1);
    expect(stdout).toContain("adopt: NOTHING");
    expect(stdout).toContain(`${id("vpn", 1)} (ADOPT_VPN_STATE): its state is deleted`);
    expect(existsSync(output)).toBe(false);
    expect(await cli(["adopt", nothing, "--format", "typescript"])).toMatchObject({ status: 1, stdout: "" });
  });

  it("reads standard input, and no more of it than it takes", async () => {
    const { status, stdout } = await cli(["adopt", "-"], { stdin: piped(JSON.stringify(whole)) });
    expect(status).toBe(0);
    expect(stdout).toContain("adopt: READY");
    let given = 0;
    const chunk = Buffer.alloc(1024 * 1024, " ");
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; given < 500; given += 1) yield await Promise.resolve(chunk);
    }
    const { status: refused, stderr } = await cli(["adopt", "-"], { stdin: endless() });
    expect(refused).toBe(2);
    expect(stderr).toContain("[ADOPT_FILE_TOO_LARGE] standard input");
    expect(given).toBeLessThan(140);
  });

  it("is limited to the VPCs that are named", async () => {
    const two = file("two.json", JSON.stringify({ ...whole, Vpcs: [vpc(), vpc({ VpcId: id("vpc", 2), Tags: [] })] }));
    expect((await cli(["adopt", two])).stdout).toContain(id("vpc", 2));
    const { status, stdout } = await cli(["adopt", two, "--vpc", id("vpc", 1)]);
    expect(status).toBe(0);
    expect(stdout).not.toContain(id("vpc", 2));
  });

  it("takes the networks on premises that BGP brings", async () => {
    const bgp = file(
      "bgp.json",
      JSON.stringify({ ...whole, VpnConnections: [connection(1, { StaticRoutesOnly: false })] }),
    );
    const option = `--networks=${id("vpn", 1)}=192.168.0.0/16,172.20.0.0/16`;
    const { status, stdout } = await cli(["adopt", bgp, option, "--format", "typescript"]);
    expect(status).toBe(0);
    expect(stdout).toContain('networks: ["172.20.0.0/16", "192.168.0.0/16"]');
  });

  it("refuses a folder in which something is", async () => {
    const full = path.join(folder, "full");
    mkdirSync(full);
    writeFileSync(path.join(full, "main.ts"), "");
    const { status, stderr } = await cli(["adopt", "--output", full, ...files]);
    expect(status).toBe(2);
    expect(stderr).toContain("[CLI_OUTPUT]");
    expect(readdirSync(full)).toEqual(["main.ts"]);
  });

  it.each([
    ["no file", [], "CLI_MISSING_ARGUMENT"],
    ["a file that is not there", [path.join(folder, "no.json")], "CLI_INPUT_FILE"],
    ["a folder", [folder], "CLI_INPUT_FILE"],
    ["a device", ["/dev/zero"], "CLI_INPUT_FILE"],
    ["another document", [file("other.json", "{}")], "ADOPT_FILE"],
    ["a page of several", [file("page.json", JSON.stringify({ Vpcs: [], NextToken: "x" }))], "ADOPT_TRUNCATED"],
    ["the same file twice", [...files, ...files], "ADOPT_DUPLICATE"],
    ["networks of nothing", [...files, "--networks", "192.168.0.0/16"], "CLI_OPTION_VALUE"],
    [
      "networks of one connection twice",
      [...files, "--networks", `${id("vpn", 1)}=10.0.0.0/8`, "--networks", `${id("vpn", 1)}=10.0.0.0/8`],
      "CLI_OPTION_VALUE",
    ],
    ["a VPC that is in no file", [...files, "--vpc", id("vpc", 9)], "ADOPT_VPC_UNKNOWN"],
  ])("refuses %s with exit status 2", async (_what, args, code) => {
    const { status, stdout, stderr } = await cli(["adopt", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`[${code}]`);
  });
});
