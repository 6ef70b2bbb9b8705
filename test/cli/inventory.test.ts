import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { inventorySchema, type Inventory } from "../../lib/inventory/model";
import { cli, temporaryFolder } from "./captured";

const { file } = temporaryFolder();
const estate = file(
  "estate.yaml",
  `servers:
  - name: web-01
    powerState: on
    template: false
    cpus: 2
    memoryMiB: 4096
  - name: golden
    template: true
  - name: ""
networks:
  - name: data centre
    cidr: 10.10.0.0/16
`,
);
const flows = file("flows.yaml", "flows:\n  - source: web-01\n    destination: db.example.com\n    port: 5432\n");

describe("inventory", () => {
  it("prints a summary and what was wrong with its place, and exits with 0 even so", async () => {
    const { status, stdout, stderr } = await cli(["inventory", estate]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("1 server (1 on), 1 template");
    expect(stdout).toMatch(/inventory-(row-skipped|value-invalid)/);
    expect(stdout).toContain("estate.yaml:9");
  });

  it("prints the model's own names as JSON, which is an inventory file again", async () => {
    const { stdout } = await cli(["inventory", estate, flows, "--format", "json"]);
    const json = JSON.parse(stdout) as Inventory;
    expect(json.servers.map(({ name, powerState, template }) => ({ name, powerState, template }))).toEqual([
      { name: "web-01", powerState: "on", template: false },
      { name: "golden", powerState: "unknown", template: true },
    ]);
    expect(json.networks).toHaveLength(1);
    expect(json.flows).toHaveLength(1);
    expect(json.findings).not.toHaveLength(0);
    expect(inventorySchema.parse(json)).toEqual(json);
    const again = await cli(["inventory", file("again.json", stdout), "--format", "json"]);
    expect((JSON.parse(again.stdout) as Inventory).servers).toHaveLength(2);
  });

  it.each([
    ["markdown", /^# Inventory of /],
    ["sarif", /"version": "2\.1\.0"/],
    ["junit", /^<\?xml /],
  ])("has the format %s", async (format, start) => {
    expect((await cli(["inventory", estate, "--format", format])).stdout).toMatch(start);
  });

  it("writes to a file, uncoloured even on a terminal, and then nothing to standard output", async () => {
    const { status, stdout } = await cli(["inventory", estate, "-o", file("out.txt")], { tty: true });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    const written = readFileSync(file("out.txt"), "utf8");
    expect(written).toMatch(/^Inventory of /);
    expect(written).not.toContain("\u001b");
  });

  it("takes a dash for standard output", async () => {
    expect((await cli(["inventory", estate, "--output", "-"])).stdout).toBe((await cli(["inventory", estate])).stdout);
  });

  it("colours on a terminal and not with --no-color", async () => {
    expect((await cli(["inventory", estate], { tty: true })).stdout).toContain("\u001b[");
    expect((await cli(["inventory", estate, "--no-color"], { tty: true })).stdout).not.toContain("\u001b[");
  });

  it("reads a file as the format that is named", async () => {
    const { status, stderr } = await cli(["inventory", estate, "--reader", "migration-hub"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^migration-patterns: \[INVENTORY_/);
  });
});
