import { describe, expect, it } from "@jest/globals";
import { Token } from "cdktf";
import { LandingNetwork, subnetsOf, type LandingNetworkProps, type Network } from "../../../lib/parts/network";
import { thrown } from "../../support/thrown";
import {
  named,
  newStack,
  resourcesOf,
  synthesize,
  type Json,
} from "../../patterns/infrastructure/lift-and-shift/fixtures";

const ZONES = ["eu-central-1a", "eu-central-1b"];

function networkOf(props: Partial<LandingNetworkProps> = {}) {
  const stack = newStack();
  const network = new LandingNetwork(stack, "network", {
    cidr: "10.20.0.0/16",
    ...(props.subnets === undefined ? { availabilityZones: ZONES } : {}),
    ...props,
  });
  return { network, stack };
}

describe("LandingNetwork", () => {
  describe("with what it does by itself", () => {
    const { network, stack } = networkOf({ tags: { owner: "platform" } });
    const json = synthesize(stack);

    it("makes a VPC with DNS, and a default group without rules", () => {
      expect(resourcesOf(json, "aws_vpc")).toMatchObject([
        { cidr_block: "10.20.0.0/16", enable_dns_support: true, enable_dns_hostnames: true },
      ]);
      const [group] = resourcesOf(json, "aws_default_security_group");
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    });

    it("makes a private subnet in each zone, none of which gives out public addresses", () => {
      expect(resourcesOf(json, "aws_subnet")).toMatchObject([
        { availability_zone: "eu-central-1a", cidr_block: "10.20.0.0/20", map_public_ip_on_launch: false },
        { availability_zone: "eu-central-1b", cidr_block: "10.20.16.0/20", map_public_ip_on_launch: false },
      ]);
      expect(network.subnets.map(({ tier }) => tier)).toEqual(["private", "private"]);
      expect(Object.keys(network.routeTables)).toEqual(["private--eu-central-1a", "private--eu-central-1b"]);
      expect(Object.values(network.routeTables).every((id) => Token.isUnresolved(id))).toBe(true);
      expect(Object.keys(network.routeTableResources)).toEqual(Object.keys(network.routeTables));
      expect(network.cidrs).toEqual(["10.20.0.0/16"]);
    });

    it("has no way to the internet", () => {
      for (const type of ["aws_internet_gateway", "aws_nat_gateway", "aws_eip", "aws_route"]) {
        expect(resourcesOf(json, type)).toEqual([]);
      }
    });

    it("reaches Systems Manager by interface and S3 and DynamoDB by gateway", () => {
      const endpoints = resourcesOf(json, "aws_vpc_endpoint");
      expect(endpoints.map((each) => [each["vpc_endpoint_type"], each["service_name"]])).toEqual([
        ["Gateway", "com.amazonaws.eu-central-1.dynamodb"],
        ["Interface", "com.amazonaws.eu-central-1.ec2messages"],
        ["Gateway", "com.amazonaws.eu-central-1.s3"],
        ["Interface", "com.amazonaws.eu-central-1.ssm"],
        ["Interface", "com.amazonaws.eu-central-1.ssmmessages"],
      ]);
      expect(resourcesOf(json, "aws_vpc_security_group_ingress_rule")).toMatchObject([
        { cidr_ipv4: "10.20.0.0/16", from_port: 443, to_port: 443, ip_protocol: "tcp" },
      ]);
      expect(network.addressesTaken(network.subnets[0]!)).toBe(3);
    });

    it("lets the account's identities through the endpoints, and everybody read what Amazon publishes", () => {
      const endpoints = resourcesOf(json, "aws_vpc_endpoint");
      for (const { policy, service_name: service } of endpoints) {
        const { Statement } = JSON.parse(String(policy)) as { Statement: { Sid: string; Resource: unknown }[] };
        const sids = Statement.map(({ Sid }) => Sid);
        const anybody = String(service).endsWith(".s3") ? ["ObjectsThatAnybodyReads"] : [];
        expect(sids).toEqual(["IdentitiesOfTrustedAccounts", "ServicesOfAws", ...anybody]);
        if (anybody.length > 0) {
          expect(Statement.at(-1)?.Resource).toEqual(
            expect.arrayContaining([
              "arn:aws:s3:::al2023-repos-eu-central-1-de612dc2/*",
              "arn:aws:s3:::patch-baseline-snapshot-eu-central-1/*",
            ]),
          );
        }
      }
      expect(endpoints).toHaveLength(5);
    });

    it("keeps flow logs for a year in a group that its own key encrypts", () => {
      expect(resourcesOf(json, "aws_flow_log")).toMatchObject([
        {
          traffic_type: "ALL",
          log_destination_type: "cloud-watch-logs",
          log_destination: expect.stringContaining(".arn}"),
        },
      ]);
      expect(resourcesOf(json, "aws_flow_log")[0]).not.toHaveProperty("log_group_name");
      expect(resourcesOf(json, "aws_cloudwatch_log_group")).toMatchObject([
        {
          name: "/vpc/flow-logs/stack-network",
          retention_in_days: 365,
          kms_key_id: expect.stringContaining("aws_kms_key"),
        },
      ]);
      const [key] = resourcesOf(json, "aws_kms_key");
      expect(key).toMatchObject({ enable_key_rotation: true });
      const policy = JSON.parse(key!["policy"] as string) as { Statement: Json[] };
      expect(policy.Statement[1]).toMatchObject({
        Principal: { Service: "logs.eu-central-1.amazonaws.com" },
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": expect.stringMatching(/:log-group:\/vpc\/flow-logs\/stack-network$/),
          },
        },
      });
    });

    it("lets the flow logs' role write to that group alone", () => {
      const [policy] = resourcesOf(json, "aws_iam_role_policy");
      const { Statement } = JSON.parse(policy!["policy"] as string) as { Statement: { Resource: string[] }[] };
      expect(Statement).toHaveLength(1);
      for (const resource of Statement[0]!.Resource) expect(resource).toContain("aws_cloudwatch_log_group");
    });

    it("tags what can be tagged", () => {
      for (const [type, resources] of Object.entries(json.resource)) {
        if (/association|policy|^aws_route$/.test(type)) continue;
        for (const each of Object.values(resources ?? {})) expect(each["tags"]).toMatchObject({ owner: "platform" });
      }
    });
  });

  describe("with public subnets", () => {
    it("routes them to an internet gateway", () => {
      const json = synthesize(networkOf({ tiers: ["public", "private"] }).stack);
      expect(resourcesOf(json, "aws_internet_gateway")).toHaveLength(1);
      expect(resourcesOf(json, "aws_route")).toMatchObject([
        { destination_cidr_block: "0.0.0.0/0", gateway_id: expect.stringContaining("aws_internet_gateway") },
      ]);
    });

    it.each([
      ["one", 1],
      ["per-zone", 2],
    ] as const)("gives private subnets NAT: %s", (nat, gateways) => {
      const { network, stack } = networkOf({ tiers: ["public", "private", "isolated"], nat });
      const json = synthesize(stack);
      expect(resourcesOf(json, "aws_nat_gateway")).toHaveLength(gateways);
      expect(resourcesOf(json, "aws_eip")).toHaveLength(gateways);
      const routes = resourcesOf(json, "aws_route").filter((route) => "nat_gateway_id" in route);
      expect(new Set(routes.map((route) => route["nat_gateway_id"])).size).toBe(gateways);
      // One for each zone's private table; the isolated table gets none.
      expect(routes).toHaveLength(2);
      expect(Object.keys(network.natGateways)).toEqual(ZONES.slice(0, gateways));
    });

    it("refuses NAT without them", () => {
      const error = thrown(() => networkOf({ nat: "one" }));
      expect([error.code, error.path]).toEqual(["LANDING_NETWORK_NAT", "nat"]);
    });
  });

  describe("with its subnets listed", () => {
    const subnet = (cidr: string, zone = "eu-central-1a") => ({
      tier: "private" as const,
      availabilityZone: zone,
      cidr,
    });

    it("makes those, the additional blocks first", () => {
      const { stack } = networkOf({
        cidr: "10.30.0.0/24",
        additionalCidrs: ["10.31.0.0/24"],
        subnets: [subnet("10.30.0.0/25"), subnet("10.31.0.0/25", "eu-central-1b")],
      });
      const json = synthesize(stack);
      expect(resourcesOf(json, "aws_vpc_ipv4_cidr_block_association")).toMatchObject([{ cidr_block: "10.31.0.0/24" }]);
      const made = named(json, "aws_subnet", "stack-network-10-31-0-0-25");
      expect(made["depends_on"]).toEqual([expect.stringContaining("aws_vpc_ipv4_cidr_block_association")]);
    });

    it.each([
      ["outside the VPC", [subnet("10.99.0.0/24")], "subnets[0].cidr"],
      ["too small", [subnet("10.20.0.0/29")], "subnets[0].cidr"],
      ["that overlap", [subnet("10.20.0.0/24"), subnet("10.20.0.0/25")], "subnets[1].cidr"],
    ])("refuses subnets %s", (_what, subnets, path) => {
      const error = thrown(() => networkOf({ subnets }));
      expect([error.code, error.path]).toEqual(["LANDING_NETWORK_SUBNETS", path]);
    });

    it("refuses zones or tiers beside them, and neither of both", () => {
      const subnets = [subnet("10.20.0.0/24")];
      expect(thrown(() => networkOf({ subnets, availabilityZones: ZONES })).code).toBe("LANDING_NETWORK_SUBNETS");
      expect(thrown(() => networkOf({ subnets, tiers: ["private"] })).code).toBe("LANDING_NETWORK_SUBNETS");
      expect(thrown(() => new LandingNetwork(newStack(), "n", { cidr: "10.0.0.0/16" })).path).toBe("availabilityZones");
    });
  });

  it("does without what is switched off or exists", () => {
    const arn = "arn:aws:logs:eu-central-1:123456789012:log-group:flows";
    const json = synthesize(
      networkOf({
        gatewayEndpoints: [],
        interfaceEndpoints: [],
        flowLogs: { logGroupArn: arn },
        accountId: "123456789012",
      }).stack,
    );
    expect(resourcesOf(json, "aws_vpc_endpoint")).toEqual([]);
    expect(resourcesOf(json, "aws_security_group")).toEqual([]);
    expect(resourcesOf(json, "aws_kms_key")).toEqual([]);
    expect(resourcesOf(json, "aws_flow_log")).toMatchObject([{ log_destination: arn }]);
    expect(json.data).toEqual({});
    expect(resourcesOf(synthesize(networkOf({ flowLogs: false }).stack), "aws_flow_log")).toEqual([]);
  });

  it("takes zones that are tokens, with a region", () => {
    const zones = [Token.asString({ resolve: () => "eu-west-1x" })];
    const { network, stack } = networkOf({ availabilityZones: zones, region: "eu-west-1" });
    expect(resourcesOf(synthesize(stack), "aws_subnet")).toMatchObject([{ availability_zone: "eu-west-1x" }]);
    expect(Object.keys(network.routeTables)).toEqual(["private--zone-0"]);
    expect(thrown(() => networkOf({ availabilityZones: zones })).code).toBe("LANDING_NETWORK_REGION");
  });

  it.each([
    ["host bits", { cidr: "10.20.0.5/16" }, "CIDR_HOST_BITS"],
    ["a VPC that is too large", { cidr: "10.0.0.0/8" }, "LANDING_NETWORK_CIDR"],
    ["an additional block that overlaps", { additionalCidrs: ["10.20.1.0/24"] }, "LANDING_NETWORK_CIDR"],
    ["a retention that CloudWatch has not", { flowLogs: { retentionDays: 42 } }, "LANDING_NETWORK_FLOW_LOGS"],
    ["a name that a group may not have", { name: "sg-1" }, "LANDING_NETWORK_NAME"],
    ["a zone of no region", { availabilityZones: ["a"] }, "LANDING_NETWORK_REGION"],
    ["a prop that it has not", { natGateways: 2 } as never, "LANDING_NETWORK_NAT_GATEWAYS"],
  ])("refuses %s", (_what, props, code) => {
    expect(thrown(() => networkOf(props)).code).toBe(code);
  });
});

describe("LandingNetwork.fromExisting", () => {
  const network = {
    vpcId: "vpc-0123456789abcdef0",
    subnets: [
      { id: "subnet-0123abcd", tier: "private" as const, availabilityZone: "eu-central-1a", cidr: "10.0.0.0/24" },
    ],
  };

  it("gives back what it was given", () => {
    expect(LandingNetwork.fromExisting(network)).toEqual(network);
  });

  it("gives a network to which a VPN leads, with blocks and route tables", () => {
    const whole: Network = LandingNetwork.fromExisting({
      ...network,
      cidrs: ["10.0.0.0/16"],
      routeTables: { app: "rtb-0123abcd" },
    });
    expect(whole.routeTables).toEqual({ app: "rtb-0123abcd" });
    expect(subnetsOf(whole, "private")).toEqual([{ id: "subnet-0123abcd", availabilityZone: "eu-central-1a" }]);
    expect(subnetsOf(whole, "public")).toEqual([]);
    // @ts-expect-error -- without them it is a place for servers, and no more
    const half: Network = LandingNetwork.fromExisting(network);
    expect(half.routeTables).toBeUndefined();
  });

  it("takes tokens for ids", () => {
    const vpcId = Token.asString({ resolve: () => "vpc-1" });
    expect(LandingNetwork.fromExisting({ ...network, vpcId }).vpcId).toBe(vpcId);
  });

  it.each([
    ["a VPC's name", { ...network, vpcId: "main" }, "vpcId"],
    ["a block with host bits", { ...network, cidrs: ["10.0.0.5/16"] }, "cidrs[0]"],
    ["no block", { ...network, cidrs: [] }, "cidrs"],
    ["a route table's name", { ...network, routeTables: { app: "main" } }, "routeTables.app"],
    ["no subnet", { ...network, subnets: [] }, "subnets"],
    ["host bits", { ...network, subnets: [{ ...network.subnets[0]!, cidr: "10.0.0.1/24" }] }, "subnets[0].cidr"],
  ])("refuses %s", (_what, given, path) => {
    const error = thrown(() => LandingNetwork.fromExisting(given));
    expect([error.code, error.path]).toEqual(["LANDING_NETWORK_EXISTING", path]);
  });
});
