import { describe, expect, it } from "@jest/globals";
import { dataHoldingTypes } from "../../../lib/plan/losses/data-holding-types";
import { isOrdered, replacementOf } from "../../../lib/plan/rehearsal/replacement";
import { orderedAttributes } from "../../../lib/plan/rehearsal/ordered-attributes";
import { replacingAttributes } from "../../../lib/plan/rehearsal/replacing-attributes";

const changed = (type: string, path: string, before: object, after: object) =>
  replacementOf(type, { path, how: "changed" }, before as Record<string, unknown>, after as Record<string, unknown>);

describe("the table", () => {
  it("knows every AWS type that holds data", () => {
    expect(
      Object.keys(dataHoldingTypes).filter(
        (type) => type.startsWith("aws_") && replacingAttributes[type] === undefined,
      ),
    ).toEqual([]);
  });

  it("names attributes, each once, in order", () => {
    for (const [type, table] of Object.entries(replacingAttributes)) {
      const names = table.split(" ").filter((each) => each !== "");
      expect([type, ...names]).toEqual([type, ...[...new Set(names)].sort()]);
      for (const name of names) expect(name).toMatch(/^[a-z0-9_]+(\.[a-z0-9_]+)*[?~]?$/);
    }
  });

  it("knows the order to count in lists alone, and in nothing of a type that it lacks", () => {
    for (const [type, names] of Object.entries(orderedAttributes)) {
      expect(replacingAttributes).toHaveProperty([type]);
      expect(names.split(" ")).toEqual([...new Set(names.split(" "))].sort());
    }
    expect(isOrdered("aws_rds_cluster", "availability_zones")).toBe(false);
    expect(isOrdered("aws_fsx_windows_file_system", "subnet_ids")).toBe(true);
    expect(isOrdered("other_thing", "zones")).toBe(true);
  });

  // What the provider's own documentation calls "Forces new resource".
  it.each([
    ["aws_db_instance", "username"],
    ["aws_db_instance", "storage_encrypted"],
    ["aws_rds_cluster", "engine_mode"],
    ["aws_ebs_volume", "availability_zone"],
    ["aws_volume_attachment", "device_name"],
    ["aws_efs_file_system", "encrypted"],
    ["aws_dynamodb_table", "hash_key"],
    ["aws_s3_bucket", "bucket"],
    ["aws_subnet", "cidr_block"],
    ["aws_customer_gateway", "ip_address"],
    ["aws_secretsmanager_secret", "name"],
    ["aws_instance", "subnet_id"],
    ["aws_instance", "root_block_device.encrypted"],
    ["aws_fsx_windows_file_system", "deployment_type"],
    ["aws_route53_record", "name"],
    ["terraform_data", "triggers_replace"],
  ])("has %s.%s replace it", (type, path) => {
    expect(changed(type, path, {}, {})).toBe("replaced");
  });

  it.each([
    ["aws_db_instance", "engine_version"],
    ["aws_db_instance", "allocated_storage"],
    ["aws_instance", "vpc_security_group_ids"],
    ["aws_instance", "root_block_device.volume_size"],
    ["aws_s3_bucket", "force_destroy"],
    ["aws_dynamodb_table", "billing_mode"],
    ["aws_security_group", "tags"],
    ["aws_route53_record", "ttl"],
    ["aws_dms_replication_instance", "replication_instance_class"],
    ["aws_lb", "security_groups"],
    ["terraform_data", "input"],
  ])("has %s.%s changed in place", (type, path) => {
    expect(changed(type, path, {}, {})).toBe("in-place");
  });

  it("doubts what the provider answers for real values only", () => {
    expect(changed("aws_instance", "launch_template.version", {}, {})).toBe("unknown");
    expect(changed("other_database", "name", {}, {})).toBe("unknown");
  });
});

describe("what depends on the values", () => {
  it.each([
    [{}, "in-place"],
    [{ user_data_replace_on_change: true }, "replaced"],
  ])("is user data, where the code asks for it: %j", (after, expected) => {
    expect(changed("aws_instance", "user_data", {}, after)).toBe(expected);
    expect(changed("aws_instance", "user_data_base64", {}, after)).toBe(expected);
  });

  it.each([
    ["m7i.large", "m7i.xlarge", "in-place"],
    ["m7i.large", "m7g.large", "replaced"],
    ["c7gn.large", "t4g.small", "in-place"],
    ["g5.xlarge", "is4gen.large", "replaced"],
    ["g5.xlarge", "p4de.24xlarge", "in-place"],
    ["${var.type}", "m7g.large", "unknown"],
  ])("is the instance type, by its processor: %s to %s", (before, after, expected) => {
    expect(changed("aws_instance", "instance_type", { instance_type: before }, { instance_type: after })).toBe(
      expected,
    );
  });

  it.each([
    ["7.0", "7.1", "in-place"],
    ["7.1", "7.0", "replaced"],
    ["6.2", "6.x", "in-place"],
    ["10.0", "9.9", "replaced"],
    ["7.1", "7.1", "in-place"],
    ["${var.version}", "7.1", "unknown"],
  ])("is the version of a cache: %s to %s", (before, after, expected) => {
    const [from, to] = [{ engine_version: before }, { engine_version: after }];
    expect(changed("aws_elasticache_replication_group", "engine_version", from, to)).toBe(expected);
    expect(changed("aws_elasticache_cluster", "engine_version", from, to)).toBe(expected);
  });

  it("is the version of Kafka", () => {
    const [old, young] = [{ kafka_version: "3.5.1" }, { kafka_version: "3.6.0" }];
    expect(changed("aws_msk_cluster", "kafka_version", old, young)).toBe("in-place");
    expect(changed("aws_msk_cluster", "kafka_version", young, old)).toBe("replaced");
  });

  it("is the storage of a cluster and the node of a cache, by the engine", () => {
    expect(changed("aws_rds_cluster", "storage_type", {}, { engine: "aurora-postgresql" })).toBe("in-place");
    expect(changed("aws_rds_cluster", "storage_type", {}, { engine: "mysql" })).toBe("replaced");
    expect(changed("aws_rds_cluster", "storage_type", {}, {})).toBe("unknown");
    expect(changed("aws_elasticache_cluster", "node_type", {}, { engine: "redis" })).toBe("in-place");
    expect(changed("aws_elasticache_cluster", "node_type", {}, { engine: "memcached" })).toBe("replaced");
  });

  it.each(["aws_opensearch_domain", "aws_elasticsearch_domain"])("is encryption of %s turned off", (type) => {
    const [off, on] = [{}, { encrypt_at_rest: { enabled: true }, node_to_node_encryption: [{ enabled: true }] }];
    for (const name of ["encrypt_at_rest", "node_to_node_encryption"]) {
      expect(changed(type, `${name}.enabled`, on, off)).toBe("replaced");
      expect(changed(type, `${name}.enabled`, off, on)).toBe("unknown");
    }
    expect(changed("aws_opensearch_domain", "engine_version", {}, {})).toBe("unknown");
    expect(changed("aws_elasticsearch_domain", "elasticsearch_version", {}, {})).toBe("unknown");
  });
});

describe("an engine of ElastiCache", () => {
  // As version 5.100.0 of the provider plans it.
  it.each([
    ["aws_elasticache_replication_group", { engine: "redis" }, { engine: "valkey" }, "in-place"],
    ["aws_elasticache_replication_group", {}, { engine: "valkey" }, "in-place"],
    ["aws_elasticache_replication_group", { engine: "valkey" }, { engine: "redis" }, "replaced"],
    ["aws_elasticache_replication_group", { engine: "valkey" }, {}, "replaced"],
    ["aws_elasticache_replication_group", { engine: "${var.engine}" }, { engine: "redis" }, "unknown"],
    ["aws_elasticache_serverless_cache", { engine: "redis" }, { engine: "valkey" }, "in-place"],
    ["aws_elasticache_serverless_cache", { engine: "valkey" }, { engine: "redis" }, "replaced"],
    ["aws_elasticache_cluster", { engine: "redis" }, { engine: "memcached" }, "replaced"],
  ])("of %s from %j to %j is %s", (type, before, after, effect) => {
    expect(changed(type, "engine", before, after)).toBe(effect);
  });

  it("has the versions of Valkey follow those of Redis", () => {
    const [redis, valkey] = [
      { engine: "redis", engine_version: "7.1" },
      { engine: "valkey", engine_version: "7.2" },
    ];
    expect(changed("aws_elasticache_replication_group", "engine_version", redis, valkey)).toBe("in-place");
    expect(
      changed("aws_elasticache_replication_group", "engine_version", { ...valkey, engine_version: "8.0" }, valkey),
    ).toBe("replaced");
  });
});

it("takes a dynamic block for the blocks that it makes", () => {
  for (const path of ["dynamic.ebs_block_device.for_each", "dynamic.ebs_block_device.content.device_name"]) {
    expect(changed("aws_ami", path.replace("for_each", "for_each.device_name"), {}, {})).toBe("replaced");
  }
});
