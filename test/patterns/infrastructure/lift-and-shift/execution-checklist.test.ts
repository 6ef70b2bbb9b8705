/**
 * The catalog's *Migration Execution* checklist, leaf by leaf, over the synthesized Terraform of `examples/lift-and-shift`: each
 * is done by resources, said to people in the runbook, and named in the README with what does it.
 */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { synthesizeExample, type SynthesizedStack } from "../../../support/synthesize-example";
import type { Json } from "./fixtures";

const README = readFileSync(
  path.resolve(__dirname, "../../../../lib/patterns/infrastructure/lift-and-shift/README.md"),
  "utf8",
);

/** The example in the stage before the test, and after the cut-over. */
let before: SynthesizedStack;
let after: SynthesizedStack;

beforeAll(async () => {
  const at = async (stage: string): Promise<SynthesizedStack> => {
    const [stack] = await synthesizeExample("lift-and-shift", { declared: { stage } });
    if (stack === undefined) throw new Error("the example has no stack");
    return stack;
  };
  before = await at("replicate");
  after = await at("cutover");
}, 120_000);

const all = (stack: SynthesizedStack, type: string): Json[] => Object.values(stack.terraform.resource?.[type] ?? {});

/** The one resource of a type, in the stage `cutover`. */
function one(type: string): Json {
  const [found, ...others] = all(after, type);
  if (found === undefined || others.length > 0) throw new Error(`there are ${others.length + 1} of ${type}, not one`);
  return found;
}

/** Says that the README and the runbook name the leaf with what does it. */
function documented(leaf: string, construct: string, types: readonly string[], steps: readonly RegExp[]): void {
  const row = README.split("\n").find((line) => line.startsWith(`| \`${leaf}\``)) ?? `no row for ${leaf}`;
  expect(row).toContain(`\`${construct}\``);
  for (const type of types) {
    expect(row).toContain(`\`${type}\``);
    expect([type, all(after, type).length > 0]).toEqual([type, true]);
  }
  for (const step of steps) expect(before.artifacts["runbook.md"]).toMatch(step);
}

describe("provision_target_infrastructure", () => {
  it("compute_instances", () => {
    documented(
      "compute_instances",
      "ServerFleet",
      ["aws_instance", "aws_iam_instance_profile"],
      [/Check that Systems Manager manages every server/],
    );
    const servers = all(after, "aws_instance").map((each) => (each["tags"] as Json)["migration:server"]);
    expect(servers.sort()).toEqual(["booking-app01", "booking-web01"]);
    for (const instance of all(after, "aws_instance")) {
      expect(instance["instance_type"]).toMatch(/^[a-z0-9-]+\.[a-z0-9]+$/);
      expect(instance["iam_instance_profile"]).toContain("aws_iam_instance_profile.");
    }
  });

  it("storage_volumes", () => {
    const types = ["aws_ebs_volume", "aws_volume_attachment", "aws_ebs_snapshot_import", "aws_ami"];
    documented("storage_volumes", "ServerFleet", types, [/Bring the servers' own disks up to date/]);
    // booking-app01 has a data disk of 100 GiB.
    expect(one("aws_ebs_volume")).toMatchObject({ size: 100, encrypted: true, type: "gp3" });
    expect(one("aws_volume_attachment")["volume_id"]).toContain("aws_ebs_volume.");
    expect(all(after, "aws_ebs_snapshot_import")).toHaveLength(3);
  });

  it("network_configuration", () => {
    const types = ["aws_vpc", "aws_subnet", "aws_route_table", "aws_vpc_endpoint", "aws_flow_log"];
    documented("network_configuration", "LandingNetwork", types, [/Deploy the target infrastructure/]);
    expect(one("aws_vpc")["cidr_block"]).toBe("10.80.0.0/16");
    const zones = all(after, "aws_subnet").map((each) => each["availability_zone"]);
    expect(new Set(zones)).toEqual(new Set(["eu-central-1a", "eu-central-1b"]));
    expect(all(after, "aws_route_table").length).toBeGreaterThan(0);
  });

  it("security_groups", () => {
    const types = ["aws_security_group", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];
    documented("security_groups", "FleetSecurityGroups", types, [/acceptance tests from the test clients/]);
    const from = (stack: SynthesizedStack): unknown[] =>
      all(stack, "aws_vpc_security_group_ingress_rule").flatMap((rule) => rule["cidr_ipv4"] ?? []);
    expect(from(before)).not.toContain("203.0.113.10/32");
    expect(from(after)).toContain("203.0.113.10/32");
    for (const group of all(after, "aws_security_group")) expect(group).not.toHaveProperty("ingress");
  });
});

describe("migrate_data", () => {
  it("database_backup_restore", () => {
    const types = ["aws_db_instance", "aws_dms_replication_instance", "aws_dms_endpoint", "aws_dms_replication_task"];
    documented("database_backup_restore", "DatabaseMove", types, [
      /Start the replication of booking-db/,
      /Check that every table of booking-db is validated/,
    ]);
    expect(one("aws_db_instance")).toMatchObject({
      engine: "postgres",
      storage_encrypted: true,
      deletion_protection: true,
      backup_retention_period: 14,
    });
    const task = one("aws_dms_replication_task");
    expect(task["migration_type"]).toBe("full-load-and-cdc");
    expect(JSON.parse(String(task["replication_task_settings"]))).toMatchObject({
      ValidationSettings: { EnableValidation: true },
    });
    for (const endpoint of all(after, "aws_dms_endpoint")) expect(endpoint).toHaveProperty("secrets_manager_arn");
  });

  it("file_system_replication", () => {
    const types = [
      "aws_datasync_task",
      "aws_datasync_location_nfs",
      "aws_datasync_location_efs",
      "aws_efs_file_system",
    ];
    documented("file_system_replication", "FileMove", types, [/Copy the files of booking-attachments/]);
    const [task] = all(before, "aws_datasync_task");
    expect(task).toMatchObject({ schedule: { schedule_expression: "rate(6 hours)" } });
    expect(task).toMatchObject({ options: { verify_mode: "POINT_IN_TIME_CONSISTENT" } });
    // From the cut-over on a copy would overwrite what is new with what is old.
    expect(one("aws_datasync_task")).not.toHaveProperty("schedule");
    expect(one("aws_efs_file_system")["encrypted"]).toBe(true);
  });

  it("configuration_files", () => {
    const types = ["aws_s3_object", "aws_ssm_document", "aws_ssm_association"];
    documented("configuration_files", "ConfigurationFiles", types, [
      /Check that booking-app-configuration has placed its files/,
    ]);
    expect(all(before, "aws_ssm_association")).toEqual([]);
    expect(one("aws_ssm_association")).toMatchObject({
      targets: [{ key: "tag:migration:server", values: ["booking-app01"] }],
    });
    expect(one("aws_s3_object")).toMatchObject({ server_side_encryption: "aws:kms" });
    expect(String(one("aws_ssm_document")["content"])).toContain("/etc/booking/booking.properties");
  });
});

describe("update_configurations", () => {
  it("connection_strings", () => {
    const types = ["aws_secretsmanager_secret", "aws_secretsmanager_secret_version"];
    documented("connection_strings", "ConfigurationCutover", types, [
      /Write down the current version of the secret booking\/database/,
    ]);
    const text = (stack: SynthesizedStack): string =>
      String(all(stack, "aws_secretsmanager_secret_version")[0]?.["secret_string_wo"]);
    expect(text(before)).toContain("@booking-db01.corp.example:5432/booking?sslmode=require");
    expect(text(after)).toMatch(/@\$\{aws_db_instance\.\w+\.address\}:5432\/booking\?sslmode=require/);
    for (const each of [text(before), text(after)])
      expect(each).toContain("ephemeral.aws_secretsmanager_secret_version");
  });

  it("environment_variables", () => {
    documented(
      "environment_variables",
      "ConfigurationCutover",
      ["aws_ssm_parameter"],
      [/Write down the versions of the parameters/],
    );
    const named = (stack: SynthesizedStack, name: string): Json | undefined =>
      all(stack, "aws_ssm_parameter").find((each) => each["name"] === name);
    const host = "/booking/REPORT_DATABASE_HOST";
    expect(named(before, host)).toMatchObject({ type: "String", insecure_value: "booking-db01.corp.example" });
    expect(named(after, host)?.["insecure_value"]).toMatch(/^\$\{aws_db_instance\.\w+\.address\}$/);
    const key = named(after, "/booking/SESSION_KEY");
    expect(key).toMatchObject({ type: "SecureString" });
    expect(key).not.toHaveProperty("insecure_value");
    expect(key?.["value_wo_version"]).not.toBe(named(before, "/booking/SESSION_KEY")?.["value_wo_version"]);
  });

  it("dns_records", () => {
    documented(
      "dns_records",
      "ConfigurationCutover",
      ["aws_route53_record"],
      [/Query DNS for origin\.booking\.example/, /At the DNS provider/],
    );
    expect(all(before, "aws_route53_record")[0]).toMatchObject({ ttl: 3600, records: ["10.30.10.11"] });
    const record = one("aws_route53_record");
    expect(record["ttl"]).toBe(60);
    expect(String(record["records"])).toMatch(/^\$\{aws_instance\.[\w-]+\.private_ip\}$/);
    // The address is known to Terraform alone: a file would have a hole where the network engineer needs it.
    expect(Object.keys(after.artifacts).filter((name) => name.endsWith("dns-changes.csv"))).toEqual([]);
    const elsewhere = String(after.terraform.output?.["booking_configuration_dns_changes"]?.["value"]);
    expect(elsewhere).toMatch(/booking\.partner\.example,A,10\.30\.10\.11,"\$\{aws_instance\.[\w-]+\.private_ip\}",60/);
    for (const text of Object.values(after.artifacts)) expect(text).not.toMatch(/\$\{aws_instance\./);
    expect(before.artifacts["runbook.md"]).toContain("output -raw booking_configuration_dns_changes > dns-changes.csv");
  });
});

describe("validate_functionality", () => {
  it("application_health_checks", () => {
    const types = ["aws_route53_health_check", "aws_cloudwatch_metric_alarm"];
    documented("application_health_checks", "ApplicationHealthChecks", types, [/Watch the alarms of booking/]);
    expect(one("aws_route53_health_check")).toMatchObject({ fqdn: "www.booking.example", resource_path: "/health" });
    expect(alarmNamed("booking-health-site")).toMatchObject({ provider: "aws.us_east_1" });
  });

  it("end_to_end_testing", () => {
    const types = ["aws_synthetics_canary", "aws_cloudwatch_metric_alarm"];
    documented("end_to_end_testing", "EndToEndTest", types, [/Look at the alarms of booking/]);
    expect(one("aws_synthetics_canary")).toMatchObject({ name: "booking-journey", handler: "journey.handler" });
    expect(alarmNamed("booking-end-to-end-journey")).toBeDefined();
  });

  it("performance_validation", () => {
    documented(
      "performance_validation",
      "PerformanceValidation",
      ["aws_cloudwatch_metric_alarm"],
      [/Check that every validation alarm has been in OK for the whole bake time/],
    );
    expect(README).toContain("the `aws_cloudwatch_composite_alarm` over all of them is `ValidationSuite`'s");
    // 6.2 seconds before, a fifth more is still good enough, and the canary measures milliseconds.
    expect(alarmNamed("booking-performance-journey")).toMatchObject({ threshold: 7440 });
    const rules = all(after, "aws_cloudwatch_composite_alarm").map((each) => String(each["alarm_rule"]));
    expect(rules.some((rule) => rule.includes("performance_comparisons_journey"))).toBe(true);
  });
});

describe("the README", () => {
  it("names every leaf of the checklist once", () => {
    const section = /## The execution checklist\n(.*?)\n## /s.exec(README)?.[1] ?? "";
    const leaves = [...section.matchAll(/^\| `(\w+)`/gm)].map((match) => match[1]);
    expect(leaves).toEqual([
      "compute_instances",
      "storage_volumes",
      "network_configuration",
      "security_groups",
      "database_backup_restore",
      "file_system_replication",
      "configuration_files",
      "connection_strings",
      "environment_variables",
      "dns_records",
      "application_health_checks",
      "end_to_end_testing",
      "performance_validation",
    ]);
  });
});

function alarmNamed(name: string): Json | undefined {
  return all(after, "aws_cloudwatch_metric_alarm").find((each) => each["alarm_name"] === name);
}
