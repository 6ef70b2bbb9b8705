/** The patterns and the plan, with everything that they take of what exists. */
import type { Construct } from "constructs";
import { LandingNetwork } from "../../lib/parts/network";
import { HybridCloud, type HybridCloudProps } from "../../lib/patterns/infrastructure/hybrid-cloud";
import { LiftAndShift, ServerImage } from "../../lib/patterns/infrastructure/lift-and-shift";
import { MultiCloudRouting } from "../../lib/patterns/infrastructure/multi-cloud";
import { AutomationRunbooks, SuccessMetrics } from "../../lib/plan";
import { twoClouds } from "../patterns/infrastructure/multi-cloud/intents";
import { readyAssessment } from "../support/ready-assessment";
import { inStage } from "../support/toy-migration";

import { BUCKET, GROUP, KEY, LOGS, NETWORK, REGION, ROLE, TOPIC, type ExistingCase } from "./existing-case";
import type { Given } from "./given";

const rollback = { owner: "migration lead", windowHours: 4, triggers: ["errors"], sourceRetentionDays: 14 };
const site = {
  name: "office",
  networks: ["192.168.0.0/16"],
  devices: [{ customerGateway: { ipAddress: "198.51.100.10" } }],
} as const;

function hybridCloud(scope: Construct, over: Partial<HybridCloudProps>): HybridCloud {
  return new HybridCloud(scope, "hybrid", {
    app: "shop",
    assessment: readyAssessment(),
    rollback,
    stage: "live",
    sites: [site],
    ...over,
  });
}

function existingVpc(given: Given, cidr: string) {
  return {
    vpcId: given.id("vpc"),
    cidrs: [cidr],
    routeTables: { app: given.id("routeTable") },
    connectivitySubnetIds: [given.id("subnet", 1), given.id("subnet", 2)],
  };
}

/** The cases, by what they are about. */
export const patternCases: Readonly<Record<string, ExistingCase>> = {
  "a hybrid cloud over gateways": {
    constructs: ["AwsGateway", "HybridCloud", "HybridDns", "HybridVpc", "SiteToSiteVpn", "VpcRoutes", "VpnAlarms"],
    makesNo: [...NETWORK, ...KEY, ...TOPIC, ...GROUP, ...LOGS, "aws_vpn_gateway", "aws_customer_gateway"],
    make: (scope, given) => {
      hybridCloud(scope, {
        vpc: existingVpc(given, "10.20.0.0/16"),
        gateway: { kind: "vpn", vpnGatewayId: given.id("vpnGateway") },
        sites: [
          {
            ...site,
            devices: [{ customerGateway: { customerGatewayId: given.id("customerGateway") } }],
            logs: { logGroupArn: given.id("logGroup") },
          },
        ],
        dns: {
          inbound: true,
          forward: { "corp.example.com": ["192.168.0.53"] },
          securityGroupIds: [given.id("securityGroup")],
        },
        alarms: { topicArns: [given.id("topic")] },
      });
    },
  },
  "a hybrid cloud over a transit gateway": {
    constructs: ["AwsGateway", "HybridCloud"],
    makesNo: [...NETWORK, ...KEY, "aws_ec2_transit_gateway", "aws_ec2_transit_gateway_route_table"],
    make: (scope, given) => {
      hybridCloud(scope, {
        vpc: existingVpc(given, "10.30.0.0/16"),
        gateway: {
          kind: "transit",
          transitGatewayId: given.id("transitGateway"),
          routeTableId: given.id("transitGatewayRouteTable"),
        },
        sites: [{ ...site, name: "branch", networks: ["172.16.0.0/16"], logs: { kmsKeyArn: given.id("key", 1) } }],
        alarms: { kmsKeyId: given.id("key", 2) },
      });
    },
  },
  "servers in a network": {
    constructs: ["DiskImages", "FleetSecurityGroups", "LiftAndShift", "ServerFleet"],
    makesNo: [...NETWORK, ...KEY, ...ROLE, ...BUCKET, "aws_iam_instance_profile"],
    make: (scope, given) => {
      new LiftAndShift(scope, "wave-1", {
        app: "shop",
        assessment: readyAssessment(),
        stage: "replicate",
        rollback,
        network: LandingNetwork.fromExisting({
          vpcId: given.id("vpc"),
          subnets: [
            { id: given.id("subnet", 1), tier: "private", availabilityZone: "eu-central-1a", cidr: "10.10.1.0/24" },
            { id: given.id("subnet", 2), tier: "isolated", availabilityZone: "eu-central-1a", cidr: "10.10.3.0/24" },
            { id: given.id("subnet", 3), tier: "private", availabilityZone: "eu-central-1a", cidr: "10.10.2.0/24" },
          ],
          endpointSecurityGroupId: given.id("securityGroup", 1),
        }),
        images: (server) => ServerImage.diskImage(given.id("bucketName"), [`${server.name}.vmdk`]),
        fleet: {
          kmsKeyArn: given.id("key"),
          securityGroupIds: [given.id("securityGroup", 2)],
          instanceProfileName: given.id("instanceProfile"),
          importRoleName: given.id("roleName"),
        },
      });
    },
  },
  "a routing in a zone": {
    constructs: ["DnsRouting", "MultiCloudRouting"],
    makesNo: ["aws_route53_zone"],
    make: (scope, given) => {
      new MultiCloudRouting(scope, "users", {
        app: "shop",
        assessment: readyAssessment(),
        stage: "0-percent",
        rollback,
        intent: { ...twoClouds, dns: { ...twoClouds.dns, zone: { name: "example.com", id: given.id("zone") } } },
      });
    },
  },
  "a routing in a private zone of a VPC": {
    constructs: ["DnsRouting"],
    makesNo: ["aws_vpc"],
    make: (scope, given) => {
      const check = { type: "CLOUDWATCH_METRIC", alarmName: "users", alarmRegion: REGION } as const;
      const { aws, gcp } = twoClouds.destinations;
      new MultiCloudRouting(scope, "members", {
        app: "shop",
        assessment: readyAssessment(),
        stage: "0-percent",
        rollback,
        intent: {
          ...twoClouds,
          service: "members",
          destinations: {
            aws: { ...aws, dns: { ...aws.dns, healthCheck: check } },
            gcp: { ...gcp, dns: { ...gcp.dns, healthCheck: check } },
          },
          dns: { ...twoClouds.dns, zone: { name: "example.com", vpcIds: [given.id("vpc")] } },
        },
      });
    },
  },
  "success metrics that tell a topic": {
    constructs: ["SuccessMetrics"],
    makesNo: [...TOPIC, ...KEY],
    make: (scope, given) => {
      new SuccessMetrics(scope, "metrics", {
        name: "shop",
        region: REGION,
        migrations: [],
        topicArns: [given.id("topic")],
      });
    },
  },
  "success metrics with a key": {
    constructs: ["SuccessMetrics"],
    makesNo: KEY,
    make: (scope, given) => {
      new SuccessMetrics(scope, "metrics", {
        name: "shop-with-key",
        region: REGION,
        migrations: [],
        kmsKeyId: given.id("key"),
      });
    },
  },
  "Automation in a role": {
    constructs: ["AutomationRunbooks"],
    makesNo: [...ROLE, ...TOPIC],
    make: (scope, given) => {
      new AutomationRunbooks(scope, "automation", {
        migrations: [inStage(scope, "cutover")],
        approvers: ["lead"],
        assumeRole: given.id("role"),
        notificationArn: given.id("topic"),
      });
    },
  },
};
