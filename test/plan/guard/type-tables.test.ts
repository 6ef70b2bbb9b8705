/** The guard's tables of types, held against the types that the examples make and that the rehearsal knows. */
import { describe, expect, it } from "@jest/globals";
import { heldData } from "../../../lib/plan/guard/held-data";
import { inertTypes } from "../../../lib/plan/guard/inert-types";
import { protectingTypes } from "../../../lib/plan/guard/protecting-types";
import { switchedTypes, trafficCarryingTypes, tunnelTypes } from "../../../lib/plan/guard/traffic-carrying-types";
import { replacingAttributes } from "../../../lib/plan/rehearsal/replacing-attributes";
import { exampleTypes } from "../../validate/guard-questions";

const tables = { data: Object.keys(heldData), protects: Object.keys(protectingTypes), inert: [...inertTypes] };
const traffic = Object.keys(trafficCarryingTypes);
const known = new Set([...Object.values(tables).flat(), ...traffic]);

describe("the tables of types", () => {
  it("know every type that the examples make, and every type of which the rehearsal knows what replaces it", () => {
    const types = [...exampleTypes(), ...Object.keys(replacingAttributes)];
    expect(types.length).toBeGreaterThan(200);
    expect([...new Set(types)].filter((type) => !known.has(type)).sort()).toEqual([]);
  });

  it("have each type once, but for what holds data and carries traffic", () => {
    const once = [...tables.protects, ...tables.inert, ...traffic];
    expect(once.filter((type, index) => once.indexOf(type) !== index)).toEqual([]);
    expect(tables.data.filter((type) => tables.protects.includes(type) || inertTypes.has(type))).toEqual([]);
    expect(tables.data.filter((type) => traffic.includes(type))).toContain("aws_instance");
  });

  it("call only what carries traffic switched, or a part of a VPN", () => {
    expect([...switchedTypes, ...tunnelTypes.keys()].filter((type) => !traffic.includes(type))).toEqual([]);
    expect([...switchedTypes].filter((type) => tunnelTypes.has(type))).toEqual([]);
  });

  it("let the stages of the library switch: what they destroy is switched, or holds and carries nothing", () => {
    // What the rehearsal of the examples destroys between two stages, by type.
    const destroyed = [
      ...["aws_route", "aws_route53_resolver_rule_association", "aws_vpn_gateway_route_propagation"],
      ...["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule", "aws_security_group"],
      ...["aws_dms_replication_instance", "aws_dms_replication_task", "aws_dms_endpoint", "aws_datasync_task"],
      ...["aws_cloudwatch_metric_alarm", "aws_iam_role", "aws_ssm_association", "aws_secretsmanager_secret_version"],
    ];
    expect(destroyed.filter((type) => !switchedTypes.has(type) && !inertTypes.has(type))).toEqual([]);
  });
});
