import { describe, expect, it } from "@jest/globals";
import { TerraformVariable, Token, Testing, type TerraformStack } from "cdktf";
import { isReversible } from "../../../../lib/core/stage";
import { LandingNetwork } from "../../../../lib/parts/network";
import {
  HybridCloud,
  PreSharedKey,
  SiteToSiteVpn,
  hybridCloudStages,
  type HybridCloudProps,
  type HybridCloudStage,
} from "../../../../lib/patterns/infrastructure/hybrid-cloud";
import { readyAssessment, READY_AS_OF } from "../../../support/ready-assessment";
import { dataHoldersOf } from "../../../support/protection";
import { thrown } from "../../../support/thrown";
import { emptyStack, synthesize } from "./synthesize";

const assessment = readyAssessment();
const rollback = { owner: "migration lead", windowHours: 4, triggers: ["packet loss"], sourceRetentionDays: 14 };
const device = { customerGateway: { ipAddress: "198.51.100.10" } };
const site = { name: "on-premises", networks: ["192.168.0.0/16"], devices: [device] } as const;
const base: HybridCloudProps = { app: "shop", assessment, rollback, stage: "live", sites: [site] };
const transitVpc = { zones: ["eu-central-1a", "eu-central-1b"] };

function build(changes: Partial<HybridCloudProps> = {}, stack: TerraformStack = emptyStack()): HybridCloud {
  return new HybridCloud(stack, "hybrid", { ...base, ...changes });
}

const synthesized = (changes: Partial<HybridCloudProps> = {}) => synthesize((stack) => build(changes, stack));

describe("HybridCloud without optional props", () => {
  const result = synthesize((stack) => {
    const address = new TerraformVariable(stack, "on_premises_public_ip", { type: "string" }).stringValue;
    build({ sites: [{ ...site, devices: [{ customerGateway: { ipAddress: address } }] }] }, stack);
  });

  it("creates exactly the catalog's resources, the routes without which they carry nothing, and the stage's record", () => {
    expect(result.counts()).toEqual({
      aws_ssm_parameter: 2,
      aws_vpc: 1,
      aws_default_security_group: 1,
      // The flow logs, with what they are written as and kept in.
      aws_flow_log: 1,
      aws_iam_role: 1,
      aws_iam_role_policy: 1,
      aws_cloudwatch_log_group: 1,
      aws_kms_key: 1,
      aws_vpn_gateway: 1,
      aws_customer_gateway: 1,
      aws_vpn_connection: 1,
      aws_vpn_connection_route: 1,
      aws_vpn_gateway_route_propagation: 1,
    });
    expect(result.outputs()).toEqual([]);
  });

  it("closes the default security group of its VPC, and records the flows for a year", () => {
    const [vpc] = result.names("aws_vpc");
    const vpcId = `\${aws_vpc.${vpc ?? ""}.id}`;
    expect(result.one("aws_default_security_group")).toMatchObject({ vpc_id: vpcId });
    for (const rules of ["ingress", "egress"])
      expect(result.one("aws_default_security_group")).not.toHaveProperty(rules);
    expect(result.one("aws_flow_log")).toMatchObject({ vpc_id: vpcId, traffic_type: "ALL" });
    expect(result.one("aws_cloudwatch_log_group")).toMatchObject({ retention_in_days: 365 });
    expect(String(result.one("aws_iam_role")["assume_role_policy"])).toContain(":vpc-flow-log/*");
  });

  it("leaves the flow logs out where nobody wants them, and a VPC that exists as it is", () => {
    expect(synthesized({ vpc: { flowLogs: false } }).counts()).not.toHaveProperty("aws_flow_log");
    const existing = { vpcId: "vpc-1", cidrs: ["10.2.0.0/16"], routeTables: { app: "rtb-1" } };
    const counts = synthesized({ vpc: existing }).counts();
    for (const type of ["aws_flow_log", "aws_default_security_group"]) expect(counts).not.toHaveProperty(type);
  });

  it("has the catalog's values", () => {
    const [vpc] = result.names("aws_vpc");
    const [gateway] = result.names("aws_vpn_gateway");
    const [customer] = result.names("aws_customer_gateway");
    const [connection] = result.names("aws_vpn_connection");
    expect(result.one("aws_vpc")).toMatchObject({
      cidr_block: "10.0.0.0/16",
      enable_dns_hostnames: true,
      enable_dns_support: true,
    });
    expect(result.one("aws_vpn_gateway")).toMatchObject({
      vpc_id: `\${aws_vpc.${vpc}.id}`,
      tags: { Name: "hybrid-vpn-gateway" },
    });
    expect(result.one("aws_customer_gateway")).toMatchObject({
      bgp_asn: "65000",
      ip_address: "${var.on_premises_public_ip}",
      type: "ipsec.1",
      tags: { Name: "on-premises-gateway" },
    });
    expect(result.one("aws_vpn_connection")).toMatchObject({
      vpn_gateway_id: `\${aws_vpn_gateway.${gateway}.id}`,
      customer_gateway_id: `\${aws_customer_gateway.${customer}.id}`,
      type: "ipsec.1",
      static_routes_only: true,
    });
    expect(result.one("aws_vpn_connection_route")).toMatchObject({
      vpn_connection_id: `\${aws_vpn_connection.${connection}.id}`,
      destination_cidr_block: "192.168.0.0/16",
    });
    expect(result.one("aws_vpn_gateway_route_propagation")).toMatchObject({
      vpn_gateway_id: `\${aws_vpn_gateway.${gateway}.id}`,
      route_table_id: `\${aws_vpc.${vpc}.main_route_table_id}`,
    });
  });

  it("tags everything that can be tagged", () => {
    for (const type of ["aws_vpc", "aws_vpn_gateway", "aws_customer_gateway", "aws_vpn_connection"]) {
      expect(result.one(type)["tags"]).toMatchObject({
        "migration:pattern": "hybrid-cloud",
      });
    }
  });
});

describe("HybridCloud stages", () => {
  const vpc = { vpcId: "vpc-1", cidrs: ["10.20.0.0/16"], routeTables: { test: "rtb-1", app: "rtb-2" } };
  const at = (stage: HybridCloudStage) =>
    synthesized({
      stage,
      vpc: { ...vpc, connectivitySubnetIds: ["subnet-1", "subnet-2"] },
      verificationRouteTables: ["test"],
      alarms: {},
      dns: { forward: { "corp.example.com": ["192.168.0.53"] } },
    });
  const connect = at("connect");
  const verify = at("verify");
  const live = at("live");
  const routed = (stage: typeof connect) =>
    stage
      .all("aws_vpn_gateway_route_propagation")
      .map((each) => each["route_table_id"])
      .sort();

  it("route nothing, then the verification tables, then everything", () => {
    expect(routed(connect)).toEqual([]);
    expect(routed(verify)).toEqual(["rtb-1"]);
    expect(routed(live)).toEqual(["rtb-1", "rtb-2"]);
  });

  it("switch the forwarding rules on in live", () => {
    expect(connect.counts()).toMatchObject({ aws_route53_resolver_rule: 1 });
    expect(verify.counts()).not.toHaveProperty("aws_route53_resolver_rule_association");
    expect(live.counts()).toMatchObject({ aws_route53_resolver_rule_association: 1 });
  });

  it("switch alarms on in verify, and the alarm about silence in live", () => {
    const alarms = (stage: typeof connect) => stage.all("aws_cloudwatch_metric_alarm");
    expect(alarms(connect).map((each) => each["actions_enabled"])).toEqual([false, false, false]);
    expect(alarms(verify).map((each) => each["actions_enabled"])).toEqual([true, true, true]);
    // The alarm about silence is there in every stage, and can fire in one: nothing carries less than no byte.
    const silence = (stage: typeof connect) =>
      alarms(stage).find((each) => each["alarm_name"] === "stack-hybrid-alarms-on-premises-no-traffic");
    for (const quiet of [connect, verify]) {
      expect(silence(quiet)).toMatchObject({ threshold: -1, treat_missing_data: "notBreaching" });
    }
    expect(silence(live)).toMatchObject({ threshold: 0, treat_missing_data: "breaching" });
  });

  it("keep the inside addresses when a second device is added", () => {
    const second = { customerGateway: { ipAddress: "198.51.100.11" } };
    const cidrs = (devices: HybridCloudProps["sites"][0]["devices"]) =>
      build({ sites: [{ ...site, devices }] }).connections["on-premises"]?.[0]?.spec.tunnels.map(
        ({ inside }) => inside.cidr,
      );
    expect(cidrs([device, second])).toEqual(cidrs([device]));
  });

  it("leave gateways and connections alone, so that going back takes no tunnel down", () => {
    for (const type of ["aws_vpn_gateway", "aws_customer_gateway", "aws_vpn_connection"]) {
      expect(verify.names(type)).toEqual(connect.names(type));
      expect(live.names(type)).toEqual(connect.names(type));
    }
    const options = ({ tags: _tags, ...rest }: Readonly<Record<string, unknown>>) => rest;
    expect(options(live.one("aws_vpn_connection"))).toEqual(options(connect.one("aws_vpn_connection")));
  });

  it("have a way in and a way back, every step with what is seen", () => {
    expect(hybridCloudStages.names).toEqual(["connect", "verify", "live"]);
    for (const stage of hybridCloudStages) {
      expect(isReversible(stage)).toBe(true);
      for (const step of [...stage.enter, ...(isReversible(stage) ? stage.reverse : [])]) {
        expect(step.minutes).toBeGreaterThan(0);
        expect(step.expect).not.toBe("");
        expect(step.title).not.toMatch(/\.$/);
      }
    }
    const steps = hybridCloudStages.get("verify").enter.map(({ title }) => title);
    expect(steps.join("\n")).toMatch(/Fail over[\s\S]*rotation of a key/);
  });
});

describe("HybridCloud's logs and keys", () => {
  const tunnel = { preSharedKey: PreSharedKey.generated() };
  const devices = [{ ...device, tunnel1: tunnel, tunnel2: tunnel }] as const;
  const kept = { ...site, logs: {}, devices };
  const at = (stage: HybridCloudStage) => dataHoldersOf(build({ stage, sites: [kept], alarms: {} }));

  it.each(["connect", "verify", "live"] as const)("are protected as the stage %s says", (stage) => {
    const held = at(stage);
    expect(held.map(({ type }) => type).sort()).toEqual([
      "aws_cloudwatch_log_group",
      "aws_cloudwatch_log_group",
      "aws_kms_key",
      "aws_kms_key",
      "aws_kms_key",
      "aws_secretsmanager_secret",
      "aws_secretsmanager_secret",
    ]);
    // One key is that of the alarms' topic, in which nothing stays.
    expect(held.filter(({ disposable }) => disposable)).toHaveLength(1);
    for (const { path, prevented, disposable } of held) {
      expect([path, prevented]).toEqual([path, stage !== "connect" && !disposable]);
    }
  });
});

describe("HybridCloud with a transit gateway, BGP and two devices", () => {
  const second = { customerGateway: { ipAddress: "198.51.100.11", asn: 65_010 } };
  const bgp = { ...site, routing: "bgp", devices: [device, second] } as const;
  const result = synthesized({
    sites: [{ ...bgp, logs: {} }],
    gateway: { kind: "transit" },
    vpc: transitVpc,
    alarms: { emails: ["noc@example.com"] },
  });

  it("makes a connection for each device, and one route for the network", () => {
    expect(result.counts()).toMatchObject({
      aws_customer_gateway: 2,
      aws_vpn_connection: 2,
      aws_ec2_transit_gateway: 1,
      aws_ec2_transit_gateway_vpc_attachment: 1,
      aws_ec2_transit_gateway_route_table_association: 3,
      aws_ec2_transit_gateway_route_table_propagation: 3,
      aws_route: 1,
      aws_subnet: 2,
      aws_cloudwatch_log_group: 2,
      // One for the logs of the tunnels, one for those of the flows, one for the topic.
      aws_kms_key: 3,
    });
    expect(result.all("aws_subnet").map((subnet) => subnet["cidr_block"])).toEqual([
      "10.0.255.240/28",
      "10.0.255.224/28",
    ]);
    expect(result.all("aws_vpn_connection").map((each) => (each["tags"] as { Name: string }).Name)).toEqual([
      "on-premises",
      "on-premises-2",
    ]);
  });

  it("gives the four tunnels their turns, or lets them share", () => {
    const ranks = (loadSharing: boolean) =>
      build({ sites: [{ ...bgp, loadSharing }], gateway: { kind: "transit" }, vpc: transitVpc }).connections[
        "on-premises"
      ]?.flatMap(({ spec }) => spec.tunnels.map(({ rank }) => rank));
    expect(ranks(false)).toEqual([0, 1, 2, 3]);
    expect(ranks(true)).toEqual([0, 0, 0, 0]);
  });

  it("has alarms for tunnels, sessions and traffic of both connections, and a topic", () => {
    expect(result.counts()).toMatchObject({
      aws_cloudwatch_metric_alarm: 10,
      aws_sns_topic: 1,
      aws_sns_topic_subscription: 1,
    });
    expect(result.one("aws_sns_topic")["kms_master_key_id"]).toMatch(/^\$\{aws_kms_key\./);
    const names = result.all("aws_cloudwatch_metric_alarm").map((each) => each["alarm_name"]);
    expect(names).toContain("stack-hybrid-alarms-on-premises-2-tunnel2-bgp-dropped");
    const dropped = result
      .all("aws_cloudwatch_metric_alarm")
      .find((each) => each["alarm_name"] === "stack-hybrid-alarms-on-premises-tunnel1-bgp-dropped");
    expect(dropped).toMatchObject({
      statistic: "Minimum",
      evaluation_periods: 1,
      threshold: 1,
      treat_missing_data: "breaching",
    });
  });

  it("refuses what a transit gateway cannot do", () => {
    const gateway = { kind: "transit" } as const;
    const staticSite = { ...bgp, routing: "static" } as const;
    expect(thrown(() => build({ sites: [staticSite], gateway, vpc: transitVpc })).code).toBe(
      "HYBRID_SITE_STATIC_TRANSIT",
    );
    expect(thrown(() => build({ gateway })).code).toBe("HYBRID_TRANSIT_SUBNETS");
    build({ sites: [site], gateway, vpc: transitVpc });
  });

  it("takes an existing gateway whose VPC is attached already", () => {
    const gateway = { kind: "transit", transitGatewayId: "tgw-1", routeTableId: "tgw-rtb-1" } as const;
    const existing = synthesized({ gateway });
    expect(existing.counts()).not.toHaveProperty("aws_ec2_transit_gateway_vpc_attachment");
    expect(existing.one("aws_route")).toMatchObject({ transit_gateway_id: "tgw-1" });
    const vgw = synthesized({ gateway: { kind: "vpn", vpnGatewayId: "vgw-1" } });
    expect(vgw.counts()).not.toHaveProperty("aws_vpn_gateway");
  });
});

describe("HybridCloud DNS", () => {
  const forward = { "corp.example.com": ["192.168.0.53", "192.168.1.53"] };

  it("opens port 53 to the sites' networks and to the resolvers, and to nothing else", () => {
    const result = synthesized({ vpc: transitVpc, dns: { inbound: true, forward } });
    expect(result.counts()).toMatchObject({ aws_route53_resolver_endpoint: 2, aws_security_group: 2 });
    const ingress = result.all("aws_vpc_security_group_ingress_rule");
    expect(ingress.map((rule) => [rule["cidr_ipv4"], rule["ip_protocol"], rule["from_port"]])).toEqual([
      ["192.168.0.0/16", "tcp", 53],
      ["192.168.0.0/16", "udp", 53],
    ]);
    expect(result.all("aws_vpc_security_group_egress_rule")).toHaveLength(4);
    expect(result.one("aws_route53_resolver_rule")).toMatchObject({
      rule_type: "FORWARD",
      target_ip: [{ ip: "192.168.0.53" }, { ip: "192.168.1.53" }],
    });
  });

  it("refuses fewer than two subnets, zones that are no names and targets that are no addresses", () => {
    expect(thrown(() => build({ dns: { inbound: true } })).code).toBe("HYBRID_DNS_SUBNETS");
    const oneZone = { vpc: { zones: ["eu-central-1a"] }, dns: { inbound: true } };
    expect(thrown(() => build(oneZone)).code).toBe("HYBRID_DNS_SUBNETS");
    const unknownList = Token.asList({ resolve: () => [], creationStack: [] });
    expect(thrown(() => build({ dns: { inbound: true, subnetIds: unknownList } })).code).toBe("HYBRID_DNS_SUBNETS");
    const dns = (zone: string, ...targets: string[]) => ({
      subnetIds: ["subnet-1", "subnet-2"],
      forward: { [zone]: targets },
    });
    expect(thrown(() => build({ dns: dns("no zone", "192.168.0.53") })).code).toBe("HYBRID_DNS_ZONE");
    expect(thrown(() => build({ dns: dns("corp.example.com") })).code).toBe("HYBRID_DNS_TARGET");
    expect(thrown(() => build({ dns: dns("corp.example.com", "2001:db8::53") })).code).toBe("HYBRID_DNS_TARGET");
    build({ dns: dns("corp.example.com", "192.168.0.53") });
  });
});

describe("HybridCloud props", () => {
  const vpc = { vpcId: "vpc-1", cidrs: ["10.20.0.0/16"], routeTables: { app: "rtb-1" } };

  it.each([
    [{ sites: [] }, "HYBRID_SITES"],
    [{ sites: [site, site] }, "HYBRID_SITES"],
    [{ sites: [{ ...site, devices: [] }] }, "HYBRID_CLOUD_SITES"],
    [{ sites: [{ ...site, devices: [device, device, device] }] }, "HYBRID_CLOUD_SITES"],
    [{ vpc: { cidr: "10.0.0.0/15" } }, "HYBRID_VPC_CIDR"],
    [{ vpc: { cidr: "10.0.0.0/29" } }, "HYBRID_VPC_CIDR"],
    [{ vpc: { cidr: "2001:db8::/56" } }, "HYBRID_VPC_CIDR"],
    [{ vpc: { cidr: "10.0.0.0/28", zones: ["a", "b"] } }, "HYBRID_VPC_CIDR"],
    [{ vpc: { ...vpc, routeTables: {} } }, "HYBRID_VPC_ROUTE_TABLES"],
    [{ vpc, verificationRouteTables: ["test"] }, "HYBRID_VERIFICATION_ROUTE_TABLES"],
    [{ stage: "test" }, "STAGE_UNKNOWN"],
    [{ assessment: undefined }, "MIGRATION_NOT_ASSESSED"],
    [{ rollback: { ...rollback, triggers: [] } }, "MIGRATION_ROLLBACK"],
  ])("refuses %j with %s", (changes, code) => {
    expect(thrown(() => build(changes as Partial<HybridCloudProps>)).code).toBe(code);
  });

  it("takes a network as it is, and leads its route tables to the sites", () => {
    const stack = emptyStack();
    const network = new LandingNetwork(stack, "network", {
      cidr: "10.20.0.0/16",
      availabilityZones: ["eu-central-1a", "eu-central-1b"],
    });
    const hybrid = new HybridCloud(stack, "hybrid", { ...base, vpc: network });
    expect(hybrid.vpcId).toBe(network.vpcId);
    expect(hybrid.network.cidrs.map(String)).toEqual(["10.20.0.0/16"]);
    const { resource } = JSON.parse(Testing.synth(stack, true)) as { resource: Record<string, object> };
    expect(Object.keys(resource["aws_vpn_gateway_route_propagation"] ?? {})).toHaveLength(2);
    expect(Object.keys(resource["aws_vpc"] ?? {})).toHaveLength(1);
  });

  it.each([["10.0.0.0/16"], ["10.0.0.0/28"]])("allows a VPC of %s", (cidr) => {
    build({ vpc: { cidr } });
  });

  it("cannot be written without an assessment or a way back", () => {
    const incomplete = () => {
      // @ts-expect-error no assessment
      const withoutAssessment: HybridCloudProps = { app: "shop", rollback, stage: "live", sites: [site] };
      // @ts-expect-error no rollback
      const withoutRollback: HybridCloudProps = { app: "shop", assessment, stage: "live", sites: [site] };
      // @ts-expect-error no such stage
      const unknownStage: HybridCloudProps = { ...base, stage: "contract" };
      return [withoutAssessment, withoutRollback, unknownStage];
    };
    expect(incomplete()).toHaveLength(3);
  });
});

describe("HybridCloud findings", () => {
  const overlapping = { sites: [{ ...site, networks: ["10.0.8.0/21"] }] } as const;

  it("stop the synthesis with both owners, and write no Terraform", () => {
    const stack = emptyStack();
    build(overlapping, stack);
    expect(() => Testing.synth(stack, true)).toThrow(
      /10\.0\.8\.0\/21 of site on-premises lies in 10\.0\.0\.0\/16 of the VPC of stack\/hybrid/,
    );
  });

  it("look at everything that is declared in the stack", () => {
    const stack = emptyStack();
    build({ otherNetworks: [{ owner: "pods of cluster blue", cidr: "192.168.128.0/17" }] }, stack);
    expect(() => Testing.synth(stack, true)).toThrow(
      /pods of cluster blue lies in 192\.168\.0\.0\/16 of site on-premises/,
    );
    const other = emptyStack();
    build({}, other);
    new SiteToSiteVpn(other, "munich", {
      gateway: { kind: "vpn", vpcId: "vpc-2" },
      customerGateway: { ipAddress: "198.51.100.20" },
      onPremisesNetworks: ["192.168.5.0/24"],
      awsNetworks: ["10.9.0.0/16"],
    });
    expect(() => Testing.synth(other, true)).toThrow(/192\.168\.5\.0\/24 of site munich lies in/);
  });

  it("are told once, by the first of two", () => {
    const stack = emptyStack();
    const one = build(overlapping, stack);
    const two = new HybridCloud(stack, "second", {
      ...base,
      vpc: { cidr: "10.50.0.0/16" },
      sites: [{ ...site, name: "b", networks: ["172.16.0.0/16"] }],
    });
    const about = (hybrid: HybridCloud) =>
      hybrid.evaluate().findings.filter(({ rule }) => rule === "vpn-address-overlap");
    expect(about(one)).toHaveLength(1);
    expect(about(two)).toHaveLength(0);
  });

  it("can be waived", () => {
    const waiver = {
      rule: "vpn-address-overlap",
      subject: "10.0.8.0/21",
      reason: "translated by the firewall",
      approvedBy: "network team",
      expires: "2030-01-01",
    };
    const stack = emptyStack();
    build({ ...overlapping, assessment: readyAssessment({ waivers: [waiver], asOf: READY_AS_OF }) }, stack);
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });

  it("say that nobody watches a live connection", () => {
    const rules = (hybrid: HybridCloud) => hybrid.evaluate().findings.map(({ rule }) => rule);
    expect(rules(build())).toEqual(["hybrid-unmonitored"]);
    expect(rules(build({ alarms: { topicArns: ["arn:aws:sns:eu-central-1:111122223333:alarms"] } }))).toEqual([]);
    const dns = { subnetIds: ["subnet-1", "subnet-2"], forward: { "corp.example.com": ["172.16.0.53"] } };
    expect(rules(build({ stage: "verify", dns }))).toEqual(["hybrid-dns-target-unreachable"]);
  });
});
