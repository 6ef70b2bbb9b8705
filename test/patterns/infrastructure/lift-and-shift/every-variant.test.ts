import { describe, expect, it } from "@jest/globals";
import { runRules } from "../../../../lib/core/rule";
import { fleetRules } from "../../../../lib/patterns/infrastructure/lift-and-shift";
import { everyVariant } from "./every-variant";
import { newStack, resourcesOf, synthesize, type Json } from "./fixtures";

describe("everything that lift and shift can make", () => {
  const stack = newStack();
  const { fleet } = everyVariant(stack);
  const json = synthesize(stack);

  it("has no blocker", () => {
    expect(runRules(fleetRules, fleet.review).filter(({ severity }) => severity === "blocker")).toEqual([]);
  });

  it("is encrypted at rest", () => {
    for (const volume of resourcesOf(json, "aws_ebs_volume")) expect(volume["encrypted"]).toBe(true);
    for (const snapshot of resourcesOf(json, "aws_ebs_snapshot_import")) expect(snapshot["encrypted"]).toBe(true);
    for (const group of resourcesOf(json, "aws_cloudwatch_log_group")) expect(group).toHaveProperty("kms_key_id");
    for (const instance of resourcesOf(json, "aws_instance")) {
      // What is adopted is as the replication tool made it.
      if ("lifecycle" in instance && String(instance["ami"]).includes("data.aws_instance")) continue;
      expect(instance["root_block_device"]).toMatchObject({ encrypted: true });
    }
  });

  it("answers to IMDSv2 alone", () => {
    for (const instance of resourcesOf(json, "aws_instance")) {
      expect(instance["metadata_options"]).toMatchObject({ http_tokens: "required" });
    }
  });

  it("opens nothing to everybody", () => {
    for (const rule of resourcesOf(json, "aws_vpc_security_group_ingress_rule")) {
      expect(rule["cidr_ipv4"]).not.toBe("0.0.0.0/0");
      expect(rule["cidr_ipv6"]).not.toBe("::/0");
    }
    for (const subnet of resourcesOf(json, "aws_subnet")) expect(subnet["map_public_ip_on_launch"]).toBe(false);
  });

  it("has no rule inside a group's resource", () => {
    for (const group of resourcesOf(json, "aws_security_group")) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });

  it("allows no wildcard action on every resource", () => {
    for (const policy of resourcesOf(json, "aws_iam_role_policy")) {
      const { Statement } = JSON.parse(policy["policy"] as string) as { Statement: Json[] };
      for (const { Action, Resource } of Statement) {
        if (JSON.stringify(Resource).includes('"*"')) expect(JSON.stringify(Action)).not.toContain("*");
      }
    }
  });
});
