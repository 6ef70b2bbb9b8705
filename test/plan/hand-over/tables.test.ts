import { readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { App } from "cdktf";
import { migrationsOf } from "../../../lib/plan/hand-over/app-migrations";
import { handedOverTypes, importIdOf } from "../../../lib/plan/hand-over/resource-types";
import { readSynthesizedApp } from "../../../lib/plan/synthesized-app";
import { exampleMain } from "../../support/examples";
import { makeTemporaryFolder } from "../../support/temporary-folder";

const LIBRARY = path.resolve(__dirname, "../../../lib");

/** The resource types that the library's sources import. */
function importedTypes(): string[] {
  const files = readdirSync(LIBRARY, { recursive: true, withFileTypes: true }).filter(({ name }) =>
    name.endsWith(".ts"),
  );
  const texts = files.map(({ name, parentPath }) => readFileSync(path.join(parentPath, name), "utf8"));
  const names = texts.flatMap((text) => [...text.matchAll(/from "@cdktf\/provider-aws\/lib\/([a-z0-9-]+)"/g)]);
  const resources = names
    .map(([, name = ""]) => name)
    .filter((name) => name !== "provider" && !name.startsWith("data-"));
  return [...new Set(resources)].map((name) => `aws_${name.replaceAll("-", "_")}`).sort();
}

/** The marks of the migrations of an example, each address with its type alone. */
async function marked(example: string, options: object): Promise<string[]> {
  const outdir = makeTemporaryFolder("hand-over");
  const before = process.env["CDKTF_OUTDIR"];
  process.env["CDKTF_OUTDIR"] = outdir;
  try {
    const main = (await import(exampleMain(example))) as { createApp(given: object): App | Promise<App> };
    (await main.createApp(options)).synth();
    const migrations = readSynthesizedApp(outdir).flatMap(migrationsOf);
    for (const { resources, onlyForMove } of migrations)
      expect(resources).toEqual(expect.arrayContaining([...onlyForMove]));
    return [...new Set(migrations.flatMap(({ onlyForMove }) => onlyForMove.map((each) => each.split(".")[0] ?? "")))];
  } finally {
    if (before === undefined) delete process.env["CDKTF_OUTDIR"];
    else process.env["CDKTF_OUTDIR"] = before;
    rmSync(outdir, { recursive: true, force: true });
  }
}

describe("the table of types", () => {
  it("has every type that the library creates", () => {
    const types = importedTypes();
    expect(types.length).toBeGreaterThan(60);
    expect(types.filter((type) => handedOverTypes[type] === undefined)).toEqual([]);
  });

  it.each([
    ["aws_vpc", { id: "vpc-1" }, "vpc-1"],
    [
      "aws_route",
      { route_table_id: "rtb-1", destination_cidr_block: "", destination_prefix_list_id: "pl-1" },
      "rtb-1_pl-1",
    ],
    [
      "aws_route_table_association",
      { subnet_id: "subnet-1", route_table_id: "rtb-1", id: "rtbassoc-1" },
      "subnet-1/rtb-1",
    ],
    [
      "aws_volume_attachment",
      { device_name: "/dev/sdf", volume_id: "vol-1", instance_id: "i-1" },
      "/dev/sdf:vol-1:i-1",
    ],
    ["aws_iam_role_policy", { role: "web", name: "read", id: "web:read" }, "web:read"],
    ["aws_iam_role_policy_attachment", { role: "web", policy_arn: "arn:p", id: "web-2026" }, "web/arn:p"],

    ["aws_something_else", { id: "x" }, "x"],
    ["aws_volume_attachment", { device_name: "/dev/sdf", volume_id: "vol-1" }, undefined],
  ])("imports %s by its own id", (type, values, id) => {
    expect(importIdOf(type, values)).toBe(id);
  });
});

describe("what the examples make for the move alone", () => {
  it("is the replication, the copies and the import of disks", async () => {
    expect((await marked("lift-and-shift", { declared: { stage: "test" } })).sort()).toEqual([
      "aws_cloudwatch_log_resource_policy",
      "aws_cloudwatch_metric_alarm",
      "aws_datasync_location_efs",
      "aws_datasync_location_nfs",
      "aws_datasync_task",
      "aws_dms_endpoint",
      "aws_dms_replication_instance",
      "aws_dms_replication_subnet_group",
      "aws_dms_replication_task",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_iam_role_policy_attachment",
      "aws_security_group",
      "aws_vpc_endpoint",
      "aws_vpc_security_group_egress_rule",
      "aws_vpc_security_group_ingress_rule",
    ]);
  });

  it("is nothing of a connection or of a routing", async () => {
    expect(await marked("hybrid-vpn", { stage: "connect" })).toEqual([]);
    expect(await marked("multi-cloud-routing", { stage: "50-percent" })).toEqual([]);
  });
});
