/** The security defaults, over the synthesized Terraform of data moves of every kind, in every stage. */
import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdktf";
import {
  resourcesOf,
  synthesize,
  type Json,
  type Synthesized,
} from "../../patterns/infrastructure/lift-and-shift/fixtures";
import { dataHoldersOf } from "../../support/protection";
import { inStage } from "../../support/toy-migration";
import { configuration, databaseMoves, fileMoves, newStack } from "./fixtures";

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
}

/** Every policy of a type, with the policy of keys left out: in those "*" is the key itself. */
function statementsOf(json: Synthesized): Statement[] {
  return [
    ...resourcesOf(json, "aws_iam_role_policy").map((each) => each["policy"]),
    ...resourcesOf(json, "aws_iam_policy").map((each) => each["policy"]),
    ...resourcesOf(json, "aws_cloudwatch_log_resource_policy").map((each) => each["policy_document"]),
    ...resourcesOf(json, "aws_efs_file_system_policy").map((each) => each["policy"]),
  ].flatMap((policy) => (JSON.parse(policy as string) as { Statement: Statement[] }).Statement);
}

describe.each(["replicate", "test", "cutover", "finalized"] as const)("data moves in the stage %s", (stage) => {
  const { stack, on } = newStack();
  databaseMoves(stack, on, stage);
  fileMoves(stack, on, stage);
  configuration(stack, stage);
  const text = Testing.synth(stack, true);
  const json = synthesize(stack);
  const all = (type: string): Json[] => resourcesOf(json, type);

  it("are encrypted at rest with keys that rotate", () => {
    for (const key of all("aws_kms_key")) expect(key["enable_key_rotation"]).toBe(true);
    for (const group of all("aws_cloudwatch_log_group")) expect(group).toHaveProperty("kms_key_id");
    for (const type of ["aws_db_instance", "aws_rds_cluster"]) {
      for (const database of all(type)) {
        expect(database["storage_encrypted"]).toBe(true);
        expect(database).toHaveProperty("kms_key_id");
      }
    }
    for (const fileSystem of all("aws_efs_file_system")) expect(fileSystem["encrypted"]).toBe(true);
    for (const type of ["aws_dms_replication_instance", "aws_dms_endpoint"]) {
      for (const each of all(type)) expect(each).toHaveProperty("kms_key_arn");
    }
    for (const config of all("aws_dms_replication_config"))
      expect(config["compute_config"]).toHaveProperty("kms_key_id");
  });

  it("give every bucket versions, a key, no public access and TLS", () => {
    const count = all("aws_s3_bucket").length;
    expect(count).toBeGreaterThan(0);
    expect(all("aws_s3_bucket_server_side_encryption_configuration")).toHaveLength(count);
    expect(all("aws_s3_bucket_versioning")).toHaveLength(count);
    expect(
      all("aws_s3_bucket_policy").filter((each) => String(each["policy"]).includes("aws:SecureTransport")),
    ).toHaveLength(count);
    const blocks = all("aws_s3_bucket_public_access_block");
    expect(blocks).toHaveLength(count);
    for (const block of blocks) {
      expect(block).toMatchObject({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      });
    }
    for (const bucket of all("aws_s3_bucket")) expect(bucket["force_destroy"]).toBe(false);
  });

  it("protect data stores from deletion, and leave a snapshot", () => {
    for (const type of ["aws_db_instance", "aws_rds_cluster"]) {
      expect(all(type).length).toBeGreaterThan(0);
      for (const database of all(type)) {
        expect(database).toMatchObject({ deletion_protection: true, skip_final_snapshot: false });
        expect(database["backup_retention_period"]).toBeGreaterThanOrEqual(7);
        expect(database).toHaveProperty("final_snapshot_identifier");
      }
    }
  });

  it("are protected by Terraform from the second stage on, and in no stage where the code itself has them", () => {
    const holders = dataHoldersOf(inStage(stack, stage));
    for (const { path, prevented, disposable } of holders) {
      expect([path, prevented]).toEqual([path, stage !== "replicate" && !disposable]);
    }
    expect([...new Set(holders.map(({ type }) => type))].sort()).toEqual([
      "aws_cloudwatch_log_group",
      "aws_db_instance",
      "aws_efs_file_system",
      "aws_kms_key",
      "aws_rds_cluster",
      "aws_s3_bucket",
      "aws_s3_object",
    ]);
  });

  it("are not public", () => {
    for (const type of ["aws_db_instance", "aws_rds_cluster_instance", "aws_dms_replication_instance"]) {
      for (const each of all(type)) expect(each["publicly_accessible"]).toBe(false);
    }
    for (const rule of all("aws_vpc_security_group_ingress_rule")) expect(rule["cidr_ipv4"]).not.toBe("0.0.0.0/0");
    for (const group of all("aws_security_group")) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });

  it("allow no action by a wildcard, and nothing on every resource", () => {
    const statements = statementsOf(json);
    for (const { Effect, Action, Resource } of statements.filter((each) => each.Effect === "Allow")) {
      expect(`${Effect} ${JSON.stringify(Action)}`).not.toContain("*");
      expect([Resource].flat()).not.toContain("*");
    }
  });

  it("hold no secret", () => {
    expect(text).not.toMatch(/"(password|pre_?shared_?key|secret_string)":\s*"(?!\$\{)[^"]+"/i);
    expect(text).not.toMatch(/-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}/);
  });

  it("name every taggable resource", () => {
    const untaggable =
      /policy|attachment|association|object_lock|versioning|encryption_configuration|public_access|ownership|lifecycle|mount_target|variable/;
    for (const [type, resources] of Object.entries(json.resource)) {
      if (untaggable.test(type)) continue;
      for (const [id, resource] of Object.entries(resources ?? {})) {
        // The record of the migration has its name in its path.
        if (type === "aws_iam_role_policy" || type === "aws_ssm_parameter") continue;
        expect([type, id, (resource["tags"] as Json | undefined)?.["Name"]]).toEqual([type, id, expect.anything()]);
      }
    }
  });
});
